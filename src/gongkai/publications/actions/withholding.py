"""What is not published: entered with its ground, and looked at again in time (Arts. 14–18)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.agencies.models import Agency, Section
from gongkai.core.errors import Refused
from gongkai.core.required import required
from gongkai.infra import locks
from gongkai.ledger.actions import record
from gongkai.publications.events.withholding import Reassessed, Withheld
from gongkai.publications.kinds import Attribute
from gongkai.publications.models import Publication, Reassessment, Withholding
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.practices import practice_of
from gongkai.publications.rules import withholding as rules


@transaction.atomic
def withhold(
    *, by: Actor, agency: Agency, title: str, attribute: str, ground: str, reason: str, decided_on: date, at: datetime,
    section: Section | None = None, publication: Publication | None = None, document_number: str = "", source: str = "",
    every_months: int | None = None,
) -> Withholding:
    """Enter an item that is not published: decided by who signs, with ground and reason, to be looked at again.

    `source` names what it comes from ("application:17"); the same source is entered once. Raises Refused:
    words-missing, words-too-long, attribute, ground, future-date, interval, section-elsewhere; Denied.
    """
    authorise(by, P.SIGN, agency)
    if section is not None and section.agency_id != agency.pk:
        raise Refused("section-elsewhere", "所选科室不属于本机关；没有保存")
    called = required("名称", title, rules.TITLE_MOST)
    rules.ground(attribute, ground)
    said = required("理由", reason, rules.REASON_MOST)
    rules.decided(decided_on, timezone.localdate(at))
    months = rules.interval(every_months if every_months is not None else practice_of(agency).reassess_months)
    if source:
        locks.serialise(f"withholding-{agency.pk}")
        there = Withholding.objects.filter(agency=agency, source=source).first()
        if there is not None:
            return there
    kept = Withholding.objects.create(
        agency=agency, section=section, publication=publication, title=called,
        document_number=" ".join(document_number.split())[:100], attribute=attribute, ground=ground, reason=said,
        decided_by_id=by.user_id, decided_on=decided_on, every_months=months,
        next_on=rules.months_later(decided_on, months), source=source[:60],
    )
    record(Withheld(attribute, ground, kept.next_on), by=by, at=at, subject_id=kept.pk, agency_id=agency.pk)
    return kept


@transaction.atomic
def reassess(
    *, by: Actor, withholding: Withholding, verdict: str, reason: str, at: datetime, every_months: int | None = None,
) -> Withholding:
    """Look at a withheld item again (Art. 18): keep it, turn 不予公开 into 依申请公开, or have it published.

    "publish" ends the withholding and leaves the document to be drafted and to pass its gates like any other. Raises
    Refused: verdict, words-missing, words-too-long, already-ended, interval; Denied.
    """
    authorise(by, P.REASSESS, withholding)
    now = Withholding.objects.select_for_update(of=("self",), no_key=True).get(pk=withholding.pk)
    if now.ended_on is not None:
        raise Refused("already-ended", "这一项已于%(day)s转为公开", day=now.ended_on)
    rules.verdict(verdict, now.attribute)
    said = required("理由", reason, rules.REASON_MOST)
    today = timezone.localdate(at)
    if verdict == "publish":
        now.ended_on = today
    else:
        if verdict == "on_request":
            now.attribute, now.ground = Attribute.ON_REQUEST, rules.ON_REQUEST
        now.every_months = rules.interval(every_months if every_months is not None else now.every_months)
        now.next_on = rules.months_later(today, now.every_months)
    now.save(update_fields=["ended_on", "attribute", "ground", "every_months", "next_on"])
    Reassessment.objects.create(
        withholding=now, verdict=verdict, reason=said, by_id=by.user_id, on=today, at=at,
    )
    record(
        Reassessed(verdict, now.next_on if now.ended_on is None else None), by=by, at=at, subject_id=now.pk,
        agency_id=now.agency_id,
    )
    return now
