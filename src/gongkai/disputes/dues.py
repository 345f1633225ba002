"""The dates that the organ has to keep, for the mail of the day and the calendar of whoever handles disputes: answers
to a reconsideration or in court, and replies to be made anew."""

from __future__ import annotations

from datetime import date

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.applications.dues import SOURCES, Due, Source
from gongkai.disputes.models import Proceeding, Rehandling
from gongkai.disputes.permissions import DisputePermission as P
from gongkai.disputes.states import OPEN, Stage

_ANSWERS = {Stage.RECONSIDERATION: "复议答复期限"}


def dues(actor: Actor, until: date | None, most: int) -> tuple[list[Due], int]:
    """The earliest dates of open cases that this person may handle, and how many there are."""
    mine = within(actor, P.HANDLE, "dispute__agency__path")
    answers = Proceeding.objects.filter(
        mine, dispute__state__in=OPEN, answered_on__isnull=True, decided_on__isnull=True, ours=False,
        answer_due_on__isnull=False,
    ).order_by("answer_due_on", "pk")
    duties = Rehandling.objects.open().filter(mine, dispute__state__in=OPEN).order_by("due_on", "pk")
    if until is not None:
        answers, duties = answers.filter(answer_due_on__lte=until), duties.filter(due_on__lte=until)
    found = [
        Due(f"answer-{row.pk}", row.dispute.number, _ANSWERS.get(Stage(row.stage), "答辩期限"), row.answer_due_on,
            row.answer_due_status == "provisional")
        for row in answers.select_related("dispute")[:most] if row.answer_due_on is not None
    ]
    found += [
        Due(f"rehandling-{row.pk}", row.dispute.number, "重新答复期限", row.due_on, row.due_status == "provisional")
        for row in duties.select_related("dispute")[:most]
    ]
    found.sort(key=lambda one: (one.due_on, one.number))
    return found[:most], answers.count() + duties.count()


SOURCES.append(Source("复议诉讼", dues))
