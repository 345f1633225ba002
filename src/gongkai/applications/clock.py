"""From an application's facts to its clock: what core.deadlines computes, kept for lists and made anew at will."""

from __future__ import annotations

from datetime import date

from gongkai.applications.models import Application, Consultation
from gongkai.applications.states import OPEN, State
from gongkai.calendars.queries import calendar_of, conventions
from gongkai.core import deadlines
from gongkai.core.deadlines import Channel, Deadline, Facts, Pause, PauseKind
from gongkai.core.workdays import Calendar


def facts_of(application: Application, consultations: list[Consultation] | None = None) -> Facts:
    """The facts of its clock; `consultations` saves the query where they are at hand."""
    held = list(application.consultations.all()) if consultations is None else consultations
    return Facts(
        arrived=application.arrived_on, channel=Channel(application.channel or Channel.IN_PERSON),
        confirmed=application.confirmed_on, correction_asked=application.correction_asked_on,
        correction_due=application.correction_due_on, corrected=application.corrected_on,
        pauses=tuple(Pause(c.sent_on, c.ended_on, PauseKind(c.kind), c.due_on) for c in held),
        extended=application.extended_days, extended_on=extended_on(application),
        fee_noticed=application.fee_noticed_on, fee_due=application.fee_due_on, paid=application.paid_on,
        delayed_to=application.delayed_to, served=application.closed_on,
    )


def extended_on(application: Application) -> date | None:
    """The day on which the extension was agreed to (Art. 33). A piece of a split has its whole's; a register taken over
    knows none."""
    row: Application | None = application
    while row is not None and row.pk and row.extended_days:
        # Not filtered: a list has them prefetched.
        for extension in row.extensions.all():
            if extension.approved:
                return extension.decided_on
        row = row.split_from
    return None


def deadline_of(application: Application, calendar: Calendar | None = None) -> Deadline:
    """The reply's due date with its steps."""
    return deadlines.reply_due(facts_of(application), calendar or calendar_of(application.agency), conventions())


def settle(application: Application, calendar: Calendar | None = None) -> Deadline:
    """Set the cached dates of `application` from its facts; the caller saves. Closed cases keep their last date."""
    consultations = list(application.consultations.all()) if application.pk else []
    facts = facts_of(application, consultations)
    deadline = deadlines.reply_due(facts, calendar or calendar_of(application.agency), conventions())
    application.received_on = deadlines.received_on(facts)
    if application.state in OPEN or application.due_on is None:
        application.due_on, application.due_status = deadline.due_on, deadline.status
    application.waits_until = _waits_until(application, consultations)
    return deadline


CLOCK_FIELDS = ("received_on", "due_on", "due_status", "waits_until")


def _waits_until(application: Application, consultations: list[Consultation]) -> date | None:
    if application.state == State.CORRECTION:
        return application.correction_due_on
    if application.state == State.FEE:
        return application.fee_due_on
    if application.state == State.REASONS:
        return application.reasons_due_on
    if application.state == State.CONSULTING:
        return min((c.due_on for c in consultations if c.ended_on is None), default=None)
    return None
