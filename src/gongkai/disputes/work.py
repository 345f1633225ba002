"""What waits for whom: the groups of the list, and my work today. A number and the list behind it are one query."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, DateField, Exists, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Least
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import may, within
from gongkai.accounts.roles import BY_KEY
from gongkai.calendars.queries import calendar_for, calendars_of
from gongkai.core import day
from gongkai.core.deadlines import urgency
from gongkai.core.workdays import Calendar
from gongkai.disputes.models import Dispute, DisputeQuerySet, Proceeding, Rehandling
from gongkai.disputes.permissions import DisputePermission as P
from gongkai.disputes.states import OPEN, State
from gongkai.publications.chips import Chip
from gongkai.publications.work import capped

SOON = 5  # working days that count as soon on the desk
Words = str | Promise


Scope = day.Scope
Narrow = Callable[[DisputeQuerySet, Scope], Any]


@dataclass(frozen=True, slots=True)
class Group:
    """A named part of the list. `permission` None: whoever sees a case sees it here."""

    key: str
    name: Words
    told: Words
    narrow: Narrow
    permission: P | None = None
    tone: str = ""


def _unanswered(**due: date) -> Exists:
    """A proceeding that waits for the organ's answer."""
    return Exists(Proceeding.objects.filter(
        dispute=OuterRef("pk"), answered_on__isnull=True, decided_on__isnull=True, ours=False, **due,
    ))


def _owed(**due: date) -> Exists:
    """A duty to reply anew that is not met."""
    return Exists(Rehandling.objects.open().filter(dispute=OuterRef("pk"), **due))


def due_between(rows: DisputeQuerySet, first: date | None, last: date) -> DisputeQuerySet:
    """Open cases in which something of the organ's is due from `first` (None: ever) to `last`."""
    def named(field: str) -> dict[str, date]:
        return {f"{field}__lte": last} | ({f"{field}__gte": first} if first is not None else {})

    return rows.open().filter(Q(_unanswered(**named("answer_due_on"))) | Q(_owed(**named("due_on"))))


def overdue(rows: DisputeQuerySet, today: date) -> DisputeQuerySet:
    """Open cases in which something of the organ's is overdue."""
    return due_between(rows, None, date.fromordinal(today.toordinal() - 1))


def _late_decision(rows: DisputeQuerySet, scope: Scope) -> Any:
    return rows.filter(Exists(Proceeding.objects.filter(
        dispute=OuterRef("pk"), decided_on__isnull=True, decision_due_on__lt=scope.today,
    )), state=State.ANSWERED)


GROUPS: dict[str, Group] = {group.key: group for group in (
    Group("overdue", _("已逾期"), _("答复、答辩或者重新答复的期限已过"),
          lambda r, s: overdue(r, s.today), tone="alert"),
    Group("today", _("今天到期"), _("今天是答复、答辩或者重新答复的期限"),
          lambda r, s: due_between(r, s.today, s.today), tone="ask"),
    Group("soon", _("五个工作日内到期"), _("明天起五个工作日内"),
          lambda r, s: due_between(r, date.fromordinal(s.today.toordinal() + 1), s.soon), tone="ask"),
    Group("answer", _("待答复、待答辩"), _("收到了通知，还没有提交答复和证据"),
          lambda r, s: r.filter(state=State.RECEIVED), P.HANDLE, "ask"),  # noqa: ARG005
    Group("rehandle", _("待重新答复"), _("结果纠正，须在期限内重新作出答复"),
          lambda r, s: r.open().filter(_owed()), P.HANDLE, "ask"),  # noqa: ARG005
    Group("undecided", _("审理期限已过"), _("已答复，审理期限已过还没有登记结果，请向复议机关、法院了解"),
          _late_decision, P.HANDLE),
    Group("close", _("待了结"), _("已有结果，没有要重新答复的"),
          lambda r, s: r.filter(~Q(_owed()), state=State.DECIDED), P.HANDLE),  # noqa: ARG005
    Group("mine", _("我经办的"), _("由我经办、还没有了结的"), lambda r, s: r.open().filter(handler_id=s.actor.user_id)),
    Group("open", _("全部在办"), _("还没有了结的"), lambda r, s: r.open()),  # noqa: ARG005
    Group("pending", _("尚未审结"), _("还没有结果的"),
          lambda r, s: r.filter(state__in=[State.RECEIVED, State.ANSWERED])),  # noqa: ARG005
)}
GROUP_NAMES = {key: group.name for key, group in GROUPS.items()}
# What the first page of the day shows, the most pressing first.
DAY = ("overdue", "today", "soon", "answer", "rehandle", "undecided", "close")


Day = day.Watched


def scope_of(actor: Actor, today: date) -> Scope:
    """The scope of a person on a day."""
    return Scope(actor, today, calendar_for().add(today, SOON))


def narrowed(rows: DisputeQuerySet, key: str, scope: Scope) -> Any:
    """The rows of a group that this person may work on, the earliest due first; all rows for an unknown group."""
    group = GROUPS.get(key)
    if group is None:
        return rows
    if group.permission is not None:
        rows = rows.filter(within(scope.actor, group.permission, "agency__path"))
    return group.narrow(by_due(rows), scope)


def by_due(rows: DisputeQuerySet) -> DisputeQuerySet:
    """The earliest date that the organ has to keep comes first; cases without one last."""
    waiting = Proceeding.objects.filter(
        dispute=OuterRef("pk"), answered_on__isnull=True, decided_on__isnull=True, ours=False,
    ).order_by("answer_due_on")
    owed = Rehandling.objects.open().filter(dispute=OuterRef("pk")).order_by("due_on")
    never = Value(date(9999, 12, 31), output_field=DateField())
    due = Least(
        Coalesce(Subquery(waiting.values("answer_due_on")[:1]), never),
        Coalesce(Subquery(owed.values("due_on")[:1]), never),
    )
    return rows.alias(_due=due).order_by("_due", "pk")


def my_work(actor: Actor, today: date, first: int = 4) -> Day:
    """What waits for this person: own duties with their first rows; for who watches others, which are late."""
    works = any(not BY_KEY[h.role].subtree for h in actor.holdings) and may(actor, P.SEE)
    watches = any(BY_KEY[h.role].subtree for h in actor.holdings) and may(actor, P.SEE)
    scope, rows = scope_of(actor, today), Dispute.objects.visible_to(actor)
    queues = day.waiting(
        GROUPS, DAY if works else (), lambda key: narrowed(rows, key, scope), capped, first,
        lambda found: found.select_related("agency", "handler"),
    )
    with_chips([row for queue in queues for row in queue.rows], today)
    total, _more = capped(rows.open()) if works else (0, False)
    return Day(queues, works, below(actor, today) if watches else [], total, watches)


def below(actor: Actor, today: date, most: int = 20) -> list[day.Below]:
    """Agencies that a supervisor watches and that are late, the most first."""
    reach = within(actor, P.SEE, "dispute__agency__path")
    late: dict[int, day.Below] = {}
    unanswered = Proceeding.objects.filter(
        reach, answered_on__isnull=True, decided_on__isnull=True, ours=False, answer_due_on__lt=today,
        dispute__state__in=OPEN,
    )
    owed = Rehandling.objects.open().filter(reach, due_on__lt=today, dispute__state__in=OPEN)
    for rows, field in ((unanswered, "answer_due_on"), (owed, "due_on")):
        grouped = rows.order_by().values_list("dispute__agency", "dispute__agency__name")
        for agency, name, count, earliest in grouped.annotate(Count("pk"), Min(field)):
            was = late.get(agency)
            late[agency] = day.Below(
                agency, name, count + (was.count if was else 0), min(earliest, was.earliest) if was else earliest,
            )
    return sorted(late.values(), key=lambda one: (-one.count, one.agency_id))[:most]


def with_chips(rows: Iterable[Dispute], today: date) -> list[Dispute]:
    """Each row with `last` (its last proceeding), `duty` (the earliest open one) and `chip`: a fixed number of
    questions for any number of rows."""
    found = list(rows)
    keys = [row.pk for row in found]
    last = {one.dispute_id: one for one in Proceeding.objects.filter(dispute__in=keys).order_by("position")}
    owed = Rehandling.objects.open().filter(dispute__in=keys).order_by("-due_on", "-pk")
    duties = {one.dispute_id: one for one in owed}
    calendars = calendars_of({row.agency_id: row.agency for row in found}.values())
    for row in found:
        row.last, row.duty = last.get(row.pk), duties.get(row.pk)  # type: ignore[attr-defined]
        row.chip = chip_of(  # type: ignore[attr-defined]
            row, last.get(row.pk), duties.get(row.pk), today, calendars[row.agency_id],
        )
    return found


def chip_of(
    row: Dispute, last: Proceeding | None, duty: Rehandling | None, today: date, calendar: Calendar,
) -> Chip:
    """How near the next day is that the organ has to keep; what is over says when."""
    if row.state == State.CANCELLED:
        return Chip("done", _("误登作废"))
    if row.state == State.CLOSED:
        return Chip("done", _("已了结"), 0, row.closed_on)
    waiting = row.state == State.RECEIVED and last is not None and last.answer_due_on is not None
    if waiting and last is not None and (duty is None or _sooner(last.answer_due_on, duty.due_on)):
        return _near(last.answer_due_on, last.answer_due_status, today, calendar)
    if duty is not None:
        return _near(duty.due_on, duty.due_status, today, calendar)
    if row.state == State.ANSWERED:
        return Chip("still", _("等结果"), 0, last.decision_due_on if last is not None else None)
    return Chip("done", _("已有结果"), 0, last.decided_on if last is not None else None)


def _sooner(day: date | None, than: date) -> bool:
    return day is not None and day <= than


def _near(due_on: date | None, status: str, today: date, calendar: Calendar) -> Chip:
    near, left = urgency(due_on, today, calendar)
    provisional = status == "provisional"
    if near == "overdue":
        return Chip("late", _("已逾期"), abs(left), due_on, provisional)
    if near == "due_today":
        return Chip("today", _("今天到期"), 0, due_on, provisional)
    return Chip("soon" if left <= SOON else "fine", _("还有"), left, due_on, provisional)
