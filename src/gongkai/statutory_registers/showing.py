"""By when a decision of licensing or punishment must be shown (双公示): the day with its reasons, how near it is, and
which rows wait beyond it. Nothing is kept: the day follows from the decision's day and the calendar of the agency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import beneath, may, within
from gongkai.agencies.models import Agency
from gongkai.calendars.queries import calendar_for, calendar_of, calendars_of
from gongkai.core.deadlines import Deadline, showing_due, urgency
from gongkai.core.workdays import Calendar
from gongkai.publications.chips import SOON, Chip
from gongkai.publications.permissions import PublicationPermission
from gongkai.statutory_registers.models import Entry
from gongkai.statutory_registers.permissions import RegisterPermission as P
from gongkai.statutory_registers.registers import SHOWN_WITHIN, Register, Shown

Regions = QuerySet[Agency, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Due:
    """The decisions that wait to be shown and are late or near: the first rows, how many there are."""

    rows: list[Entry]
    count: int

    @property
    def registers(self) -> tuple[Register, ...]:
        """The registers that such decisions stand in."""
        return tuple(SHOWN_WITHIN)


def due_of(entry: Entry, calendar: Calendar | None = None) -> Deadline | None:
    """By when a row must be shown, with the steps for its page. None where no time runs: a register without a limit,
    a row that was cancelled or is lawfully not shown."""
    days = SHOWN_WITHIN.get(Register(entry.register))
    if days is None or entry.cancelled_on is not None or entry.shown == Shown.LAWFULLY_NOT:
        return None
    return showing_due(entry.on, days, calendar or calendar_of(entry.agency))


def chip_of(entry: Entry, today: date, calendar: Calendar) -> Chip | None:
    """How near the row's day is; for a row that was shown, whether it was in time. None where no time runs."""
    days = SHOWN_WITHIN.get(Register(entry.register))
    if days is None or entry.cancelled_on is not None or entry.shown == Shown.LAWFULLY_NOT:
        return None
    due_on = calendar.add(entry.on, days)
    if entry.shown == Shown.SHOWN:
        late = calendar.count(due_on, entry.shown_on) if entry.shown_on is not None else 0
        if late > 0:
            return Chip("missed", _("逾期公示"), late, entry.shown_on)
        return Chip("done", _("已公示"), 0, entry.shown_on)
    near, left = urgency(due_on, today, calendar)
    unknown = calendar.first_unknown(entry.on, due_on) is not None
    if near == "overdue":
        return Chip("late", _("已逾期"), abs(left), due_on, unknown)
    if near == "due_today":
        return Chip("today", _("今天到期"), 0, due_on, unknown)
    return Chip("soon" if left <= SOON else "fine", _("还有"), left, due_on, unknown)


def with_chips(rows: Iterable[Entry], today: date) -> list[Entry]:
    """Each row with its `chip`; calendars are asked once for all agencies."""
    found = list(rows)
    if not found:
        return found
    calendars = calendars_of({row.agency_id: row.agency for row in found}.values())
    for row in found:
        row.chip = chip_of(row, today, calendars[row.agency_id])  # type: ignore[attr-defined]
    return found


def regions() -> Regions:
    """The agencies with a region of their own: read when first asked, and then kept, so that a page that asks of
    several days asks for them once."""
    return Agency.objects.exclude(region="").order_by("path").values_list("path", "region")


def late(
    registers: Iterable[str], on: date, calendar: Calendar | None = None, where: Regions | None = None,
) -> Q:
    """Rows of these registers that wait and whose day is past on a day, today or one to come; none of a register
    without a limit. Each agency's own calendar counts unless one is given; `where`: the regions, if they are at hand.

    A row's day is past when as many working days as the limit has lie after the decision and before `on`.
    """
    by_limit: dict[int, list[str]] = {}
    for register in registers:
        if (days := SHOWN_WITHIN.get(Register(register))) is not None:
            by_limit.setdefault(days, []).append(register)
    which, where = Q(pk__in=[]), regions() if where is None else where
    for days, same in by_limit.items():
        decided = _decided(on, days, where) if calendar is None else Q(on__lt=calendar.subtract(on, days))
        which |= Q(register__in=same, shown=Shown.NOT_YET, cancelled_on__isnull=True) & decided
    return which


def near(registers: Iterable[str], today: date, calendar: Calendar | None = None) -> Q:
    """Rows that wait and whose day is today or one of the next working days that count as soon."""
    ends, where = (calendar or calendar_for()).add(today, SOON), regions()
    return late(registers, ends + timedelta(days=1), calendar, where) & ~late(registers, today, calendar, where)


def due_for(actor: Actor, today: date, first: int = 6, where: Regions | None = None) -> Due:
    """What is late or near where this person keeps the registers, or reports from a section to who does."""
    if not (may(actor, P.KEEP) or may(actor, PublicationPermission.CONTRIBUTE)):
        return Due([], 0)
    ends = calendar_for().add(today, SOON) + timedelta(days=1)
    reach = within(actor, P.KEEP, "agency__path") | within(actor, PublicationPermission.CONTRIBUTE, "agency__path")
    rows = Entry.objects.filter(reach, late(SHOWN_WITHIN, ends, where=where))
    found = with_chips(rows.select_related("agency").order_by("on", "pk")[:first], today)
    return Due(found, len(found) if len(found) < first else rows.count())


def _decided(before: date, days: int, where: Regions) -> Q:
    """The decisions of long enough ago, by the calendar of each agency: the nearest region of it or above it counts.
    Only where a region's holidays make another day of it is a part of the tree asked on its own."""
    national = calendar_for().subtract(before, days)
    known: dict[str, date] = {}
    above: list[tuple[str, date]] = []  # the agencies over the one in hand; by path, what is over it comes before it
    asked = Q(on__lt=national)
    for path, region in where:
        if region not in known:
            known[region] = calendar_for(region).subtract(before, days)
        while above and not path.startswith(above[-1][0]):
            above.pop()
        differs = known[region] != (above[-1][1] if above else national)
        above.append((path, known[region]))
        if differs:
            part = beneath(path, "agency__path")
            asked = (asked & ~part) | (part & Q(on__lt=known[region]))
    return asked
