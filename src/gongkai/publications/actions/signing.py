"""The signature: whoever signs decides the attribute (Arts. 13 to 17)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.core.catalogue.freshness import add_months
from gongkai.ledger.actions import record
from gongkai.publications.actions.parts import is_hand, put, taken
from gongkai.publications.actions.readiness import may_go_out, needs_interpretation, unlooked
from gongkai.publications.content import digest_of
from gongkai.publications.events.reviewing import Signed
from gongkai.publications.kinds import Attribute
from gongkai.publications.models import Edition, Withholding
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.practices import practice_of
from gongkai.publications.rules import drafting
from gongkai.publications.rules import reviewing as rules
from gongkai.publications.states import Act, State


@transaction.atomic
def sign(
    *, by: Actor, edition: Edition, decided_attribute: str, on: date, at: datetime, seen: int | None = None,
    ground: str = "", reason: str = "",
) -> Edition:
    """Decide what becomes of it: 主动公开 waits for its publication; the others are filed with ground and reason, to
    be looked at again (Art. 18).

    Raises Refused: own-work, own-review, digest-changed, future-date, attribute-unknown, ground-missing,
    words-missing, words-blocked, file-unreadable, file-blocked, warnings-open, files-unlooked,
    interpretation-missing, not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.SIGN, edition.publication)
    now, state = taken(edition, Act.SIGN, seen=seen)
    reviewed_by_me = by.user_id is not None and now.gates.filter(passed_by_id=by.user_id).exists()
    rules.a_person(by.user_id)
    rules.signatory(mine=is_hand(now, by), reviewed_by_me=reviewed_by_me)
    rules.same_words(digest_of(now), now.digest)
    rules.signed_on(on, localdate(at))
    ground, reason = rules.decision(now.attribute, decided_attribute, ground, reason)
    if decided_attribute == Attribute.ACTIVE:
        _ready(now)
    now.decided_attribute = decided_attribute
    now.signed_by_id, now.signed_at, now.signed_on, now.signed_digest = by.user_id, at, on, now.digest
    if decided_attribute == Attribute.ACTIVE:
        put(now, state)
    else:
        now.ended_at = at
        put(now, State.FILED)
        _withheld(now, ground, reason, on)
    record(
        Signed(now.number, now.attribute, decided_attribute, ground, on, now.digest), by=by, at=at,
        subject_id=now.publication_id, agency_id=now.publication.agency_id,
    )
    return now


def _ready(edition: Edition) -> None:
    may_go_out(edition, Attribute.ACTIVE)
    drafting.looked(unlooked(edition))
    publication = edition.publication
    rules.interpretation_planned(needs_interpretation(publication.kind), publication.interpretation)


def _withheld(edition: Edition, ground: str, reason: str, on: date) -> None:
    publication = edition.publication
    months = practice_of(publication.agency).reassess_months
    Withholding.objects.create(
        agency=publication.agency, section=publication.section, publication=publication, title=edition.title,
        document_number=edition.document_number, attribute=edition.decided_attribute, ground=ground, reason=reason,
        decided_by_id=edition.signed_by_id, decided_on=on, every_months=months, next_on=add_months(on, months),
        source=publication.source,
    )
