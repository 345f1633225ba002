"""From the facts of a dispute to its clocks: what core.deadlines computes, kept for lists and made anew at will."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.applications.models import Application, Service
from gongkai.applications.states import CLOSED
from gongkai.applications.states import State as ApplicationState
from gongkai.calendars.queries import calendar_of
from gongkai.core.deadlines import (
    Deadline,
    Remedies,
    answer_due,
    appeal_due,
    decision_due,
    rehandling_due,
    remedy_until,
    suit_until,
)
from gongkai.core.law.answer_kinds import ANSWERS
from gongkai.core.law.remedies import NO_REPLY, RemedySettings
from gongkai.core.workdays import Calendar
from gongkai.disputes.models import Dispute, Proceeding, Rehandling
from gongkai.disputes.states import Result, Stage

Words = str | Promise
PROCEEDING_FIELDS = ("answer_due_on", "answer_due_status", "decision_due_on")
REHANDLING_FIELDS = ("due_on", "due_status")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit of a case for its page: what it is, whose it is ("organ", "body", "applicant"), until when and why,
    and the day on which it was met."""

    key: str
    name: Words
    whose: str
    deadline: Deadline
    met_on: date | None = None


def answer_of(proceeding: Proceeding, calendar: Calendar) -> Deadline | None:
    """By when the organ answers; None where it is the organ that went to court."""
    if proceeding.ours:
        return None
    return answer_due(proceeding.stage, proceeding.received_on, proceeding.simple, calendar)


def decision_of(proceeding: Proceeding, calendar: Calendar) -> Deadline:
    """By when the reviewing body or the court decides, for information."""
    return decision_due(proceeding.stage, proceeding.accepted_on, proceeding.simple, calendar)


def rehandling_of(rehandling: Rehandling, calendar: Calendar) -> Deadline:
    """By when the organ replies anew."""
    days, named = rehandling.days, rehandling.days is not None
    return rehandling_due(
        rehandling.from_on, days or settings.GONGKAI_REHANDLING_DAYS, rehandling.working or not named, calendar,
        named=named,
    )


def settle(proceeding: Proceeding, calendar: Calendar) -> None:
    """Set the cached dates of a proceeding from its facts; the caller saves."""
    answer = answer_of(proceeding, calendar)
    proceeding.answer_due_on = answer.due_on if answer else None
    proceeding.answer_due_status = answer.status if answer else ""
    proceeding.decision_due_on = decision_of(proceeding, calendar).due_on


def settle_rehandling(rehandling: Rehandling, calendar: Calendar) -> None:
    """Set the cached due date of a duty from its facts; the caller saves."""
    deadline = rehandling_of(rehandling, calendar)
    assert deadline.due_on is not None
    rehandling.due_on, rehandling.due_status = deadline.due_on, deadline.status


def remedy_settings() -> RemedySettings:
    """Periods and readings of the remedies: GONGKAI_REMEDIES."""
    return RemedySettings(**settings.GONGKAI_REMEDIES)


def clocks_of(dispute: Dispute, calendar: Calendar | None = None) -> list[Clock]:
    """Every time limit of a case, in the order of its course, for its page."""
    calendar = calendar or calendar_of(dispute.agency)
    rows = list(dispute.proceedings.order_by("position"))
    found: list[Clock] = []
    for row in rows:
        found += _of_proceeding(row, calendar, last=row is rows[-1])
    for duty in dispute.rehandlings.select_related("proceeding").order_by("pk"):
        if duty.lifted_on is None:
            found.append(Clock(
                f"rehandling-{duty.pk}", _("重新答复期限"), "organ", rehandling_of(duty, calendar), duty.done_on,
            ))
    return found


def _of_proceeding(row: Proceeding, calendar: Calendar, *, last: bool) -> Iterator[Clock]:
    answer = answer_of(row, calendar)
    if answer is not None:
        name = _("答复期限") if row.stage == Stage.RECONSIDERATION else _("答辩期限")
        yield Clock(f"answer-{row.position}", name, "organ", answer, row.answered_on)
    yield Clock(f"decision-{row.position}", _("审理期限"), "body", decision_of(row, calendar), row.decided_on)
    if not last or row.served_on is None:
        return
    if row.stage == Stage.RECONSIDERATION:
        yield Clock("suit", _("申请人起诉期限"), "applicant", suit_until(row.served_on, calendar, remedy_settings()))
    elif row.stage == Stage.FIRST:
        ruling = row.result == Result.OTHER
        yield Clock("appeal", _("上诉期限"), "organ", appeal_due(row.served_on, calendar, ruling=ruling))


def remedies_of(application: Application, today: date, calendar: Calendar | None = None) -> Remedies | None:
    """Until when the applicant may contest the reply, or, where the time for it has run out without one, the silence.

    Counted from the day on which the reply was received; from the day on which it was sent where receipt is not
    registered, and then provisional. None where there is nothing to contest yet.
    """
    calendar = calendar or calendar_of(application.agency)
    if application.state not in CLOSED:
        if application.state == ApplicationState.SPLIT or application.due_on is None or application.due_on >= today:
            return None
        return remedy_until(NO_REPLY, application.due_on, calendar, remedy_settings())
    if application.answer_kind not in ANSWERS or application.closed_on is None:
        return None
    service = Service.objects.filter(application=application, reply=True).first()
    received = service.received_on if service is not None else None
    return remedy_until(
        application.answer_kind, received or application.closed_on, calendar, remedy_settings(),
        decided_on=application.signed_on or application.closed_on, settled=received is not None,
    )
