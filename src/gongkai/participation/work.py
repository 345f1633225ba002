"""What waits for whom: the groups of the list, and my work today. A number and the list behind it are one query."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import may, within
from gongkai.accounts.roles import BY_KEY
from gongkai.calendars.queries import calendar_for, calendars_of
from gongkai.core import day
from gongkai.core.deadlines import urgency
from gongkai.core.workdays import Calendar
from gongkai.participation.models import Consultation, Message, MessageQuerySet
from gongkai.participation.permissions import ParticipationPermission as P
from gongkai.participation.rules import months_before
from gongkai.participation.states import OPEN, State
from gongkai.publications.chips import SOON, Chip
from gongkai.publications.work import capped

Words = str | Promise
STALE_MONTHS = 3  # 检查指标⑤: what the public sent is answered within three months


Scope = day.Scope
Narrow = Callable[[MessageQuerySet, Scope], Any]


@dataclass(frozen=True, slots=True)
class Group:
    """A named part of the list. `permission` None: whoever sees a message sees it here."""

    key: str
    name: Words
    told: Words
    narrow: Narrow
    permission: P | None = None
    tone: str = ""


def stale(rows: MessageQuerySet, today: date) -> MessageQuerySet:
    """Unanswered for more than three months."""
    first = months_before(today, STALE_MONTHS)
    return rows.open().filter(received_at__lt=make_aware(datetime.combine(first, time())))


def _sections(actor: Actor) -> list[int]:
    return [h.section_id for h in actor.holdings if h.section_id is not None]


def _answer(rows: MessageQuerySet, scope: Scope) -> Any:
    """The office's own, and what was given to one's section."""
    mine = within(scope.actor, P.HANDLE, "agency__path") & Q(section__isnull=True)
    return rows.filter(state=State.WORKING).filter(mine | Q(section_id__in=_sections(scope.actor)))


GROUPS: dict[str, Group] = {group.key: group for group in (
    Group("overdue", _("已过答复期限"), _("期限已过，还没有答复"),
          lambda r, s: r.open().filter(due_on__lt=s.today), tone="alert"),
    Group("today", _("今天到期"), _("今天是答复期限"), lambda r, s: r.open().filter(due_on=s.today), tone="ask"),
    Group("soon", _("三个工作日内到期"), _("明天起三个工作日内"),
          lambda r, s: r.open().filter(due_on__gt=s.today, due_on__lte=s.soon), tone="ask"),
    Group("assign", _("待分办"), _("分给科室，或者由公开工作机构办理"),
          lambda r, s: r.filter(state=State.RECEIVED), P.HANDLE, "ask"),  # noqa: ARG005
    Group("answer", _("待我拟答复"), _("已分给本科室或者由公开工作机构办理的"), _answer, tone="ask"),
    Group("review", _("待我审核"), _("自己拟的不在内"),
          lambda r, s: r.filter(state=State.DRAFTED).exclude(drafted_by_id=s.actor.user_id), P.REPLY, "ask"),
    Group("stale", _("三个月没有答复"), _("收到已超过三个月还没有答复（检查指标⑤）"),
          lambda r, s: stale(r, s.today), tone="alert"),
    Group("open", _("全部在办"), _("还没有答复的"), lambda r, s: r.open()),  # noqa: ARG005
    Group("shown", _("已公开的问答"), _("大家现在看得到的"), lambda r, s: r.shown()),  # noqa: ARG005
)}
GROUP_NAMES = {key: group.name for key, group in GROUPS.items()}
# What the first page of the day shows, the most pressing first.
DAY = ("overdue", "today", "soon", "assign", "answer", "review")


@dataclass(frozen=True, slots=True)
class Day(day.Day[Group, Message]):
    """The public's part of the first page. `summaries`: consultations that ended without saying what was adopted."""

    summaries: list[Consultation]


def scope_of(actor: Actor, today: date) -> Scope:
    """The scope of a person on a day."""
    return Scope(actor, today, calendar_for().add(today, SOON))


def narrowed(rows: MessageQuerySet, key: str, scope: Scope) -> Any:
    """The rows of a group that this person may work on, the earliest due first; all rows for an unknown group."""
    group = GROUPS.get(key)
    if group is None:
        return rows
    if group.permission is not None:
        rows = rows.filter(within(scope.actor, group.permission, "agency__path"))
    found = group.narrow(rows, scope)
    return found.order_by("-shown_at", "-pk") if key == "shown" else found.order_by(F("due_on").asc(), "pk")


def enters(actor: Actor) -> bool:
    """Whether this person has anything to do with the room."""
    return may(actor, P.SEE) or may(actor, P.ANSWER)


def work_for(actor: Actor, today: date, first: int = 4) -> Day:
    """What waits for this person: own duties with their first rows."""
    works = any(not BY_KEY[h.role].subtree for h in actor.holdings) and enters(actor)
    scope, rows = scope_of(actor, today), Message.objects.visible_to(actor)
    queues = day.waiting(
        GROUPS, DAY if works else (), lambda key: narrowed(rows, key, scope), capped, first,
        lambda found: found.select_related("agency", "section").defer("content", "reply"),
    )
    with_chips([row for queue in queues for row in queue.rows], today)
    return Day(queues, works, list(unsummarised(actor, today)[:first]) if works else [])


def unsummarised(actor: Actor, today: date) -> Any:
    """Consultations of one's own that ended and do not say yet what was adopted."""
    return Consultation.objects.announced().filter(
        within(actor, P.CONSULT, "agency__path"), closes_on__lt=today, summary__isnull=True,
    ).select_related("publication").order_by("closes_on", "pk")


def with_chips(rows: Iterable[Message], today: date) -> list[Message]:
    """Each row with its `chip`; calendars are asked once for all agencies."""
    found = list(rows)
    calendars = calendars_of({row.agency_id: row.agency for row in found}.values())
    for row in found:
        row.chip = chip_of(row, today, calendars[row.agency_id])  # type: ignore[attr-defined]
    return found


def chip_of(row: Message, today: date, calendar: Calendar) -> Chip:
    """How near the last day is; what is answered says when."""
    if row.state not in OPEN:
        at = row.replied_at or row.closed_at
        word = _("已答复") if row.state == State.REPLIED else _("已办结")
        return Chip("done", word, 0, localdate(at) if at else None)
    near, left = urgency(row.due_on, today, calendar)
    if near == "overdue":
        return Chip("late", _("已逾期"), abs(left), row.due_on)
    if near == "due_today":
        return Chip("today", _("今天到期"), 0, row.due_on)
    return Chip("soon" if left <= SOON else "fine", _("还有"), left, row.due_on)
