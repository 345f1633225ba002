"""Which days are working days, and how to count them.

A calendar is layers of yearly arrangements, the whole country's first and then region inside region. Only the days
that differ from Monday to Friday are kept, as sorted ordinals with running sums, so that counting and adding are a
bisection and a little arithmetic over any distance.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from gongkai.core.workdays.arrangement import ArrangedDay, YearArrangement

_OFF_ALREADY = ("放假", "停工", "停产", "停业", "休市", "停课")


class DayNote(NamedTuple):
    """What a day is, in Chinese (春节放假, 调休上班, 周末, 工作日), and the notice that says so."""

    day: date
    workday: bool
    what: str
    source: str


@dataclass(frozen=True)
class Layer:
    """One region's arrangements by year. A region that is `yearly` has holidays of its own every year, so a year
    without an arrangement is a year that is not known."""

    region: str = ""
    name: str = ""
    years: Mapping[int, YearArrangement] = field(default_factory=dict)
    yearly: bool = False


@dataclass(frozen=True, eq=False)  # compared by identity: caches keep what they computed for one
class Calendar:
    """Immutable. Make one with `shipped`, another with `with_year` or `with_days`."""

    layers: tuple[Layer, ...]
    local: tuple[ArrangedDay, ...] = ()

    def __post_init__(self) -> None:
        named: dict[int, ArrangedDay] = {}
        doubtful: set[int] = set()
        for layer in self.layers:
            for _, arranged in sorted(layer.years.items()):
                for day in arranged.days:
                    named[day.on.toordinal()] = day
                    (doubtful.discard if arranged.verified else doubtful.add)(day.on.toordinal())
        for day in self.local:
            named[day.on.toordinal()] = day
            doubtful.discard(day.on.toordinal())
        marks = sorted(o for o, day in named.items() if day.works != (_weekday(o) < 5))
        sums = [0, *accumulate(1 if named[o].works else -1 for o in marks)]
        put = object.__setattr__  # frozen: what follows is computed from the two fields and never changes
        put(self, "_named", named)
        put(self, "_marks", marks)
        put(self, "_marked", frozenset(marks))
        put(self, "_sums", sums)
        put(self, "_reached", [_weekdays(o) + total for o, total in zip(marks, sums[1:], strict=True)])
        put(self, "_doubtful", sorted(doubtful))
        put(self, "_years", self._known_years())

    _named: dict[int, ArrangedDay] = field(init=False, repr=False, compare=False)
    _marks: list[int] = field(init=False, repr=False, compare=False)
    _marked: frozenset[int] = field(init=False, repr=False, compare=False)
    _sums: list[int] = field(init=False, repr=False, compare=False)
    _reached: list[int] = field(init=False, repr=False, compare=False)
    _doubtful: list[int] = field(init=False, repr=False, compare=False)
    _years: frozenset[int] = field(init=False, repr=False, compare=False)

    @property
    def region(self) -> str:
        """The code of the innermost region, "" for the whole country."""
        return self.layers[-1].region

    @property
    def known_through(self) -> date:
        """31 December of the last year up to which nothing is missing, for the country and for a region that sets
        holidays of its own. Within it single days may still be doubtful: ask `knows`."""
        last = min(_unbroken(self.layers[0].years), *(
            max(layer.years, default=min(self.layers[0].years) - 1) for layer in self.layers[1:] if layer.yearly
        ), 9999)
        return date(last, 12, 31)

    def knows(self, day: date) -> bool:
        """Whether notices settle this day; else it is guessed from its weekday, or read from a reprint."""
        return self.first_unknown_ordinal(day.toordinal() - 1, day.toordinal()) is None

    def is_workday(self, day: date) -> bool:
        """Whether offices work; beyond the known years Monday to Friday."""
        ordinal = day.toordinal()
        return (_weekday(ordinal) < 5) != (ordinal in self._marked)

    def add(self, start: date, n: int) -> date:
        """The `n`-th working day after `start`, which is not counted; `start` itself for 0."""
        if n <= 0:
            if n == 0:
                return start
            raise ValueError("add needs n >= 0; use subtract")
        return self._nth(self._worked(start.toordinal()) + n)

    def subtract(self, day: date, n: int) -> date:
        """The `n`-th working day before `day`, which is not counted; `day` itself for 0."""
        if n <= 0:
            if n == 0:
                return day
            raise ValueError("subtract needs n >= 0; use add")
        return self._nth(self._worked(day.toordinal() - 1) - n + 1)

    def count(self, after: date, through: date) -> int:
        """Working days after `after` up to and including `through`; negative where `through` is the earlier."""
        return self._worked(through.toordinal()) - self._worked(after.toordinal())

    def note(self, day: date) -> DayNote:
        """What a day is and why."""
        named = self._named.get(day.toordinal())
        if named is None:
            works = day.weekday() < 5
            return DayNote(day, works, "工作日" if works else "周末", "")
        if named.works:
            return DayNote(day, True, "调休上班" if day.weekday() >= 5 else "照常上班", named.source)
        what = named.name if named.name.endswith(_OFF_ALREADY) else f"{named.name}放假"
        return DayNote(day, False, what, named.source)

    def special(self, after: date, through: date) -> tuple[DayNote, ...]:
        """The days in (after, through] that differ from Monday to Friday."""
        marks = self._marks
        inside = marks[bisect_right(marks, after.toordinal()):bisect_right(marks, through.toordinal())]
        return tuple([self.note(date.fromordinal(ordinal)) for ordinal in inside])

    def first_unknown(self, after: date, through: date) -> date | None:
        """The first day in (after, through] that no notice settles."""
        found = self.first_unknown_ordinal(after.toordinal(), through.toordinal())
        return None if found is None else date.fromordinal(found)

    def first_unknown_ordinal(self, after: int, through: int) -> int | None:
        """The same on ordinals."""
        if after >= through:
            return None
        first, last = date.fromordinal(after + 1).year, date.fromordinal(through).year
        missing = next((year for year in range(first, last + 1) if year not in self._years), None)
        found = None if missing is None else max(after + 1, date(missing, 1, 1).toordinal())
        if self._doubtful:
            at = bisect_right(self._doubtful, after)
            if at < len(self._doubtful) and self._doubtful[at] <= (through if found is None else found):
                return self._doubtful[at]
        return found

    def unsettled(self, year: int) -> Layer | None:
        """The widest layer that lacks a year it ought to have; None where none does."""
        layers = (self.layers[0], *(layer for layer in self.layers[1:] if layer.yearly))
        return next((layer for layer in layers if year not in layer.years), None)

    def with_year(self, arrangement: YearArrangement) -> Calendar:
        """A calendar in which an arrangement stands in place of what was known of its region's year."""
        layers = list(self.layers)
        for at, layer in enumerate(layers):
            if layer.region == arrangement.region:
                layers[at] = replace(layer, years={**layer.years, arrangement.year: arrangement})
                break
        else:
            layers.append(Layer(arrangement.region, "", {arrangement.year: arrangement}))
            layers[1:] = sorted(layers[1:], key=_width)
        return replace(self, layers=tuple(layers))

    def with_days(self, days: Iterable[ArrangedDay]) -> Calendar:
        """A calendar with single days over everything else, such as a closure; which years are known stays."""
        return replace(self, local=(*self.local, *days))

    def _known_years(self) -> frozenset[int]:
        known = set(self.layers[0].years)
        for layer in self.layers[1:]:
            if layer.yearly:
                known &= set(layer.years)
        return frozenset(known)

    def _worked(self, ordinal: int) -> int:
        """Working days from the first day of all up to and including a day."""
        return _weekdays(ordinal) + self._sums[bisect_right(self._marks, ordinal)]

    def _nth(self, number: int) -> date:
        """The day on which `_worked` first reaches `number`."""
        at = bisect_left(self._reached, number)
        weeks, rest = divmod(number - self._sums[at] - 1, 5)
        ordinal = weeks * 7 + rest + 1
        if at < len(self._marks) and ordinal > self._marks[at]:
            ordinal = self._marks[at]
        return date.fromordinal(ordinal)


def _weekday(ordinal: int) -> int:
    return (ordinal - 1) % 7  # day 1 was a Monday


def _weekdays(ordinal: int) -> int:
    weeks, rest = divmod(ordinal, 7)
    return weeks * 5 + min(rest, 5)


def _unbroken(years: Mapping[int, YearArrangement]) -> int:
    last = min(years)
    while last + 1 in years:
        last += 1
    return last


def _width(layer: Layer) -> tuple[bool, int]:
    """Wider regions first, by their code: 650000 before 650100; names that are no codes last."""
    return (not layer.region.isdecimal(), len(layer.region.rstrip("0")))
