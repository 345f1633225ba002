"""Out, and out again no more: publish, withdraw, channels. What the public sees changes with the commit, everywhere."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.calendars.queries import calendar_of
from gongkai.ledger.actions import record
from gongkai.publications import indexing
from gongkai.publications.actions.numbers import next_number
from gongkai.publications.actions.parts import held, locked, put, put_publication, show, taken, with_editions
from gongkai.publications.actions.readiness import may_go_out, unlooked
from gongkai.publications.content import digest_of
from gongkai.publications.events.publishing import ChannelsSet, Published, Withdrawn
from gongkai.publications.interpretations import documents_of, interpretations_of
from gongkai.publications.kinds import POLICIES, Attribute, Validity
from gongkai.publications.models import Edition, Publication, Withholding
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.practices import practice_of
from gongkai.publications.rules import drafting, reviewing
from gongkai.publications.rules import publishing as rules
from gongkai.publications.screening import blocked
from gongkai.publications.standing import changed
from gongkai.publications.states import Act, State, after

# In work, and brought back to its author when what stands is withdrawn: its review belongs to what was known before.
_REVIEWED = frozenset({State.REVIEW, State.REVIEWED, State.SIGNED})


@transaction.atomic
def publish(
    *, by: Actor, edition: Edition, at: datetime, seen: int | None = None, channels: Collection[str] = ("website",),
) -> Edition:
    """Put a signed edition before the public, and with it the signed interpretations that are linked to it.

    The first one gets its index number; the edition that stood is superseded. Late is possible and recorded. Raises
    Refused: digest-changed, words-blocked, file-blocked, file-unreadable, files-unlooked, interpretation-unsigned,
    document-first, channel-unknown, what the index template refuses, not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.PUBLISH, edition.publication)
    chosen, today = rules.channels(channels), localdate(at)
    # All rows that this may touch are locked at once, in the order of their keys.
    others = interpretations_of(edition.publication_id) + documents_of(edition.publication_id)
    rows = locked([edition.publication_id, *others])
    now, _state = taken(edition, Act.PUBLISH, seen=seen)
    publication = now.publication
    going = [now]
    if publication.interpretation or others:
        going += _interpretations(by, publication, rows, today)
    events = [_out(one, by, chosen, at, today, going) for one in going]
    for one in going:
        indexing.put(one.publication)
    changed(*(one.publication for one in going))
    for one, event in zip(going, events, strict=True):
        record(event, by=by, at=at, subject_id=one.publication_id, agency_id=one.publication.agency_id)
    return now


@transaction.atomic
def withdraw(
    *, by: Actor, publication: Publication, kind: str, note: str, at: datetime, seen: int | None = None,
) -> Publication:
    """Take down what stands: with the commit it is gone from pages, lists, search and feeds; the address says why.

    A newer edition in work stays a draft: what of it was reviewed is reviewed anew. Raises Refused:
    withdrawal-kind, words-too-long, note-blocked, not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.WITHDRAW, publication)
    now = held(publication)
    edition = now.current if now.current is not None else now.latest
    if edition is None:
        raise drafting.nothing_there()
    edition, state = taken(edition, Act.WITHDRAW, seen=seen)
    now = edition.publication
    now.withdrawal_note = rules.withdrawal(kind, note, blocked=blocked(note))
    now.withdrawn_at, now.withdrawal = at, kind
    edition.ended_at = at
    newer = now.latest
    if newer is not None and newer.pk != edition.pk and newer.state in _REVIEWED:
        newer.signed_by = newer.signed_at = newer.signed_on = None
        newer.signed_digest = newer.decided_attribute = ""
        newer.submitted_at = None
        newer.return_remark = "原公开的一版已撤下，修订稿须重新核对、送审"
        newer.state = after(newer.state, Act.RETURN)
        newer.revision += 1
        newer.save()
    put(edition, state)
    indexing.take_out(now)
    changed(now)
    record(Withdrawn(edition.number, kind), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


@transaction.atomic
def set_channels(*, by: Actor, publication: Publication, channels: Collection[str], at: datetime) -> Publication:
    """Say where else it was made public (Art. 23). Raises Refused: channel-unknown; Denied."""
    authorise(by, P.PUBLISH, publication)
    now = held(publication)
    chosen = rules.channels(channels)
    if chosen == now.channels:
        return now
    now.channels = chosen
    put_publication(now)
    if now.is_public:
        changed(now)
    record(ChannelsSet(tuple(chosen)), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


def _interpretations(by: Actor, document: Publication, rows: dict[int, Publication], today: date) -> list[Edition]:
    """The interpretations that go out with it. Raises Refused: interpretation-unsigned, document-first; Denied."""
    waiting = [rows[pk].title for pk in documents_of(document.pk) if pk in rows and not rows[pk].is_public]
    rules.after_its_document(waiting)
    linked = [with_editions(rows[pk]) for pk in interpretations_of(document.pk) if pk in rows]
    signed = [one.latest for one in linked if one.latest is not None and one.latest.state == State.SIGNED]
    public = [one for one in linked if one.is_public]
    unready = [
        one for one in linked
        if not one.is_public and one.latest is not None
        and one.latest.state in {State.DRAFT, State.SUBMITTED, State.RETURNED, State.REVIEW, State.REVIEWED}
    ]
    rules.together(document.interpretation, document.interpretation_due_on, today, len(signed) + len(public),
                   len(unready))
    for edition in signed:
        authorise(by, P.PUBLISH, edition.publication)
        others = [pk for pk in documents_of(edition.publication_id) if pk != document.pk]
        rules.after_its_document(
            list(Publication.objects.filter(pk__in=others).exclude(
                pk__in=Publication.objects.published().values("pk")).values_list("title", flat=True)),
        )
    return signed


def _out(
    edition: Edition, by: Actor, channels: list[str], at: datetime, today: date, going: list[Edition],
) -> Published:
    """One edition before the public; the event that tells of it."""
    publication = edition.publication
    state = after(edition.state, Act.PUBLISH)
    reviewing.same_words(digest_of(edition), edition.digest)
    reviewing.same_words(edition.signed_digest, edition.digest)
    may_go_out(edition, Attribute.ACTIVE)
    drafting.looked(unlooked(edition))
    calendar = calendar_of(publication.agency)
    practice = practice_of(publication.agency)
    stood = publication.current
    if stood is not None and stood.pk != edition.pk and stood.state == State.PUBLISHED:
        stood.state, stood.ended_at = State.SUPERSEDED, at
        stood.revision += 1
        stood.save()
    due_on = publication.due_on
    late = calendar.count(due_on, today) if due_on is not None and today > due_on else 0
    after_gates = edition.gates.filter(passed_by__isnull=True).exists()
    edition.review_due_on = calendar.add(today, practice.review_after_days) if after_gates else None
    edition.published_by_id, edition.published_at = by.user_id, at
    edition.state = state
    edition.revision += 1
    edition.save()
    if publication.index_number is None:
        publication.index_number = next_number(publication, today)
    if publication.first_published_at is None:
        publication.first_published_at, publication.published_on = at, today
    show(publication, edition)
    publication.current = publication.latest = edition
    publication.updated_at, publication.late_days = at, late
    publication.withdrawn_at, publication.withdrawal, publication.withdrawal_note = None, "", ""
    publication.channels = channels if edition is going[0] else (publication.channels or ["website"])
    publication.validity = _validity(publication, today)
    if publication.interpretation == "planned" and publication.interpretation_due_on is not None:
        latest = calendar.add(today, practice.interpretation_days)
        publication.interpretation_due_on = min(publication.interpretation_due_on, latest)
    put_publication(publication)
    # What was withheld until now is no longer due to be looked at again (Art. 18).
    Withholding.objects.filter(publication=publication, ended_on__isnull=True).update(ended_on=today)
    return Published(
        edition.number, publication.index_number, edition.digest, due_on, late, edition.lane == "emergency",
        edition.review_due_on, tuple(publication.channels),
    )


def _validity(publication: Publication, today: date) -> str:
    """What is stated of a policy when it comes out; what was repealed or amended stays so."""
    if publication.kind not in POLICIES:
        return Validity.NONE.value
    if publication.validity in {Validity.REPEALED, Validity.AMENDED}:
        return publication.validity
    lapsed = publication.expires_on is not None and publication.expires_on <= today
    publication.ended_on = publication.expires_on if lapsed else None
    return (Validity.LAPSED if lapsed else Validity.IN_FORCE).value
