"""What waits for whom: the groups of the register list, my work today, and how near a date is.

A group is a named narrowing; the number on the day's page and the list behind it are the same query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import may, within
from gongkai.accounts.roles import BY_KEY
from gongkai.applications.models import Application, ApplicationQuerySet, Extension, ReplyDraft
from gongkai.applications.permissions import ApplicationPermission as P
from gongkai.applications.queries import capped_total
from gongkai.applications.states import OPEN, State
from gongkai.calendars.queries import calendar_for, calendars_of
from gongkai.core import day
from gongkai.core.deadlines import urgency
from gongkai.core.workdays import Calendar

SOON = 5  # working days that count as soon on the desk
Words = str | Promise


Scope = day.Scope
Narrow = Callable[[ApplicationQuerySet, Scope], Any]


@dataclass(frozen=True, slots=True)
class Group:
    """A named part of the register. `permission` None: whoever sees an application sees it here. `date` is the column
    by which its rows stand: the reply's due date, what is waited for, the day of arrival."""

    key: str
    name: Words
    told: Words
    narrow: Narrow
    permission: P | None = None
    date: str = "due_on"
    tone: str = ""


def _in(*states: State, **more: Any) -> Narrow:
    return lambda rows, scope: rows.filter(state__in=states, **more)  # noqa: ARG005


def _overdue(rows: ApplicationQuerySet, scope: Scope) -> Any:
    return rows.open().filter(due_on__lt=scope.today)


def _review(rows: ApplicationQuerySet, scope: Scope) -> Any:
    """Nobody reviews what they wrote."""
    return _not_mine(rows.filter(state=State.REVIEW), scope)


def _not_mine(rows: Any, scope: Scope) -> Any:
    newer = ReplyDraft.objects.filter(application=OuterRef("application"), number__gt=OuterRef("number"))
    mine = ReplyDraft.objects.filter(application=OuterRef("pk"), by_id=scope.actor.user_id).filter(~Exists(newer))
    return rows.filter(~Exists(mine))


def _approval(rows: ApplicationQuerySet, scope: Scope) -> Any:  # noqa: ARG001
    return rows.filter(
        Exists(Extension.objects.filter(application=OuterRef("pk"), approved__isnull=True)), state__in=OPEN,
    )


GROUPS: dict[str, Group] = {group.key: group for group in (
    Group("overdue", _("已逾期"), _("答复期限已过"), _overdue, tone="alert"),
    Group("today", _("今天到期"), _("今天是答复期限"), lambda r, s: r.open().filter(due_on=s.today), tone="ask"),
    Group("soon", _("五个工作日内到期"), _("明天起五个工作日内"),
          lambda r, s: r.open().filter(due_on__gt=s.today, due_on__lte=s.soon), tone="ask"),
    Group("unconfirmed", _("待确认"), _("到达后还没有与申请人确认收到"), _in(State.RECEIVED), P.REGISTER, "arrived_on",
          "ask"),
    Group("unassigned", _("待分办"), _("已登记，还没有分给科室或经办人"), _in(State.REGISTERED), P.HANDLE, tone="ask"),
    Group("approval", _("等我同意延期"), _("须在期限内决定（第三十三条）"), _approval, P.APPROVE_EXTENSION, tone="ask"),
    Group("review", _("等我审查"), _("保密审查、合法性审查，自己拟的稿不在内"), _review, P.REVIEW, tone="ask"),
    Group("signature", _("等我签发"), _("审查都已通过"),
          lambda r, s: _not_mine(r.filter(state=State.REVIEWED), s), P.SIGN, tone="ask"),
    Group("serve", _("待送达"), _("已签发，还没有送达"), _in(State.SIGNED), P.HANDLE, tone="ask"),
    Group("drafting", _("待答复"), _("办理中，等拟稿或送审"), _in(State.ASSIGNED, State.DRAFTED, State.REASONS)),
    Group("correction", _("等申请人补正"), _("期限停止计算"), _in(State.CORRECTION), date="waits_until"),
    Group("opinion", _("等意见"), _("第三方、共同制作机关、其他机关"), _in(State.CONSULTING), date="waits_until"),
    Group("payment", _("等缴费"), _("缴费次日重新计算期限"), _in(State.FEE), date="waits_until"),
    Group("waited", _("等待期限已过"), _("补正、意见或缴费的期限已过，可以往下办"),
          lambda r, s: r.filter(state__in=(State.CORRECTION, State.CONSULTING, State.FEE), waits_until__lt=s.today),
          P.HANDLE, "waits_until", "ask"),
    Group("mine", _("我经办的"), _("分给我、还没有办结的"), lambda r, s: r.open().filter(handler_id=s.actor.user_id)),
    Group("open", _("全部在办"), _("还没有办结的"), lambda r, s: r.open()),  # noqa: ARG005
    Group("closed", _("已办结"), _("已答复、不再处理、已撤回"), lambda r, s: r.filter(closed_on__isnull=False),  # noqa: ARG005
          date="closed_on"),
    Group("late", _("逾期办结"), _("办结晚于期限"), lambda r, s: r.filter(closed_on__gt=F("due_on")), date="closed_on"),  # noqa: ARG005
)}
GROUP_NAMES = {key: group.name for key, group in GROUPS.items()}
# What the first page of the day shows, the most pressing first.
DAY = (
    "overdue", "today", "soon", "waited", "unconfirmed", "unassigned", "approval", "review", "signature", "serve",
    "drafting", "correction", "opinion", "payment",
)


@dataclass(frozen=True, slots=True)
class Chip:
    """How near a date is. `word` says it, `tone` colours it: late, today, soon, fine (days are left), still, over
    (something is waited for, its time has passed), unconfirmed (`due_on` is the day of arrival), done, missed
    (`due_on` is the day it was closed)."""

    tone: str
    word: Words
    left: int = 0
    due_on: date | None = None
    provisional: bool = False


Day = day.Watched


def scope_of(actor: Actor, today: date) -> Scope:
    """The scope of a person on a day; how many days are soon follows the calendar of the first post's agency."""
    return Scope(actor, today, calendar_for().add(today, SOON))


def narrowed(rows: ApplicationQuerySet, key: str, scope: Scope) -> Any:
    """The rows of a group that this person may work on, by the group's own date; all rows for an unknown group."""
    group = GROUPS.get(key)
    if group is None:
        return rows
    if group.permission is not None:
        rows = rows.filter(within(scope.actor, group.permission, "agency__path"))
    first = F(group.date).desc(nulls_last=True) if group.date == "closed_on" else F(group.date).asc(nulls_last=True)
    return group.narrow(rows, scope).order_by(first, "pk")


def work_for(actor: Actor, today: date, first: int = 4) -> Day:
    """What waits for this person: own duties with their first rows; for who watches others, which are late."""
    scope = scope_of(actor, today)
    rows = Application.objects.visible_to(actor)
    working = works_on_applications(actor)
    queues = day.waiting(
        GROUPS, DAY if working else (), lambda key: narrowed(rows, key, scope), capped_total, first,
        lambda found: found.select_related("agency", "section", "handler").defer("content"),
    )
    with_chips([row for queue in queues for row in queue.rows], today)
    total, _more = capped_total(rows.open()) if working else (0, False)
    watching = any(BY_KEY[h.role].subtree and may(actor, P.SEE) for h in actor.holdings)
    return Day(queues, working, below(actor, today) if watching else [], total, watching)


def works_on_applications(actor: Actor) -> bool:
    """Whether a post of this person handles applications rather than watching over others who do."""
    return any(not BY_KEY[h.role].subtree for h in actor.holdings) and (may(actor, P.SEE) or may(actor, P.CONTRIBUTE))


def below(actor: Actor, today: date, most: int = 20) -> list[day.Below]:
    """Agencies that a supervisor watches and that are late, the most first."""
    rows = Application.objects.filter(within(actor, P.SEE, "agency__path")).open().filter(due_on__lt=today)
    found = rows.order_by().values_list("agency_id", "agency__name").annotate(Count("pk"), Min("due_on"))
    return [day.Below(*row) for row in found.order_by("-pk__count", "agency_id")[:most]]


def with_chips(rows: Iterable[Application], today: date) -> list[Application]:
    """Each row with its `chip`; calendars are asked once an agency."""
    found = list(rows)
    calendars = calendars_of({row.agency_id: row.agency for row in found}.values())
    for row in found:
        row.chip = chip_of(row, today, calendars[row.agency_id])  # type: ignore[attr-defined]
    return found


def chip_of(row: Application, today: date, calendar: Calendar) -> Chip:
    """How near the row's date is; while the clock stands still, what it waits for and until when."""
    if row.closed_on is not None:
        late = row.due_on is not None and row.closed_on > row.due_on
        return Chip("missed", _("逾期办结"), 0, row.closed_on) if late else Chip("done", _("已办结"), 0, row.closed_on)
    if row.state == State.SPLIT:
        return Chip("done", _("已拆分"))
    if row.state == State.RECEIVED:
        return Chip("unconfirmed", _("待确认，未起算"), calendar.count(row.arrived_on, today), row.arrived_on)
    held = {State.CORRECTION: _("等补正"), State.FEE: _("等缴费"), State.CONSULTING: _("等意见")}.get(State(row.state))
    if held is not None and row.waits_until is not None:
        near, left = urgency(row.waits_until, today, calendar)
        return Chip("over" if near == "overdue" else "still", held, left, row.waits_until)
    near, left = urgency(row.due_on, today, calendar)
    provisional = row.due_status == "provisional"
    if near == "stopped":
        return Chip("still", _("未起算"))
    if near == "overdue":
        return Chip("late", _("已逾期"), abs(left), row.due_on, provisional)
    if near == "due_today":
        return Chip("today", _("今天到期"), 0, row.due_on, provisional)
    return Chip("soon" if left <= SOON else "fine", _("还有"), left, row.due_on, provisional)

