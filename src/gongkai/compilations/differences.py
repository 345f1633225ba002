"""What the report said and what the records say now; and last year's open cases against this year's, one by one.

The report stays as it was signed. Here its lists are held against those of now: late registrations, cases that were
re-opened or corrected, registers that were mended, agencies that moved.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cache

from gongkai.agencies.models import Agency
from gongkai.annual_reports.models import Scope
from gongkai.compilations import assemble, freezing, queries
from gongkai.compilations.figures.lists import COLUMNS
from gongkai.compilations.figures.parts import parts
from gongkai.compilations.figures.records import Record
from gongkai.compilations.models import Compilation, Signing, Source
from gongkai.compilations.reach import reach
from gongkai.compilations.states import FROZEN, Origin, State
from gongkai.core.report.forms import form
from gongkai.core.report.model import Number

SHOWN = 200  # labels of one cell that a page lists; the rest is counted
_CARRIED_OUT, _CARRIED_IN = "t3.carried_out.", "t3.carried_in."


@dataclass(slots=True)
class Difference:
    """A cell whose number or list is no longer what was signed. `added` and `removed` are labels, at most SHOWN;
    `more_added` and `more_removed` count the rest. `altered` are records that stand in both with another amount."""

    cell: str
    reported: Number | None = None
    now: Number | None = None
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)
    more_added: int = 0
    more_removed: int = 0


def differences(compilation: Compilation) -> list[Difference]:
    """Every cell that differs, in printed order; empty where nothing does, and for what was handed in as a file."""
    signing = standing_signing(compilation)
    if signing is None or compilation.origin == Origin.FILE:
        return []
    return compared(compilation, signing)


def compared(compilation: Compilation, signing: Signing) -> list[Difference]:
    """A signing against the records of now. A record that went from one cell to another is in both; in their sum it
    stands as it stood."""
    said, live = assemble.frozen(signing), assemble.figures_of(compilation)
    lists = _lists(compilation.form, compilation.year, freezing.kept(signing), freezing.rows(compilation))
    found = []
    for cell in form(compilation.form).cells:
        before, after = said.get(cell), live.get(cell)
        one = lists.get(cell) or Difference(cell)
        one.reported, one.now = None if before is None else before.value, None if after is None else after.value
        if cell in lists or one.reported != one.now:
            found.append(one)
    return found


def standing_signing(compilation: Compilation) -> Signing | None:
    """The signing whose numbers count now; None while the report is being worked on."""
    return queries.last_signing(compilation) if State(compilation.state) in FROZEN else None


def _lists(
    form_id: str, year: int, before: Iterable[Record], now: Iterable[Record],
) -> dict[str, Difference]:
    found: dict[str, Difference] = {}
    for old, new in freezing.pairs(before, now):
        was = _with_sums(form_id, old.cells) if old is not None else frozenset()
        is_ = _with_sums(form_id, new.cells) if new is not None else frozenset()
        if new is not None:
            for cell in is_ - was:
                one = _of(found, cell)
                if len(one.added) < SHOWN:
                    one.added.append(new.label)
                else:
                    one.more_added += 1
        if old is not None:
            for cell in was - is_:
                one = _of(found, cell)
                if len(one.removed) < SHOWN:
                    one.removed.append(old.label)
                else:
                    one.more_removed += 1
        if old is not None and new is not None:
            for cell in _with_sums(form_id, _altered(form_id, year, old, new)):
                one = _of(found, cell)
                if len(one.altered) < SHOWN:
                    one.altered.append(new.label)
    return found


def _of(found: dict[str, Difference], cell: str) -> Difference:
    return found.setdefault(cell, Difference(cell))


@cache
def _with_sums(form_id: str, cells: tuple[str, ...]) -> frozenset[str]:
    """Cells with every sum that they are part of."""
    wanted = set(cells)
    return frozenset(cell for cell in form(form_id).cells if not wanted.isdisjoint(parts(form_id, cell)))


def _altered(form_id: str, year: int, old: Record, new: Record) -> tuple[str, ...]:
    """The cells in which a record stands as before and to which it gives something else: another amount."""
    if old.facts == new.facts:
        return ()
    both = set(old.cells) & set(new.cells)
    return tuple(sorted(
        c for c in both if freezing.gives(form_id, year, old, c) != freezing.gives(form_id, year, new, c)
    ))


@dataclass(slots=True)
class Carry:
    """上年结转 against last year's 结转下年度, case by case. `lost` were open at the end of last year's report and are
    not carried in; `found` are carried in and were not in it; `moved` stand in another column now. `before` are the
    signings of last year that it is held against. Labels, at most SHOWN each, with the numbers of all. `came` and
    `went` are the agencies that a government counts this year and did not last year, or the other way round: their open
    cases went with them."""

    carried_out: int
    carried_in: int
    before: list[Signing]
    lost: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    more: int = 0
    came: list[str] = field(default_factory=list)
    went: list[str] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        """Every case is in both, in the same column."""
        return not (self.lost or self.found or self.moved)


def carry(compilation: Compilation) -> Carry | None:
    """This year's carried-in cases against those that last year's signed reports carried out: its own, and those of
    agencies whose duties it took over. None where nothing of last year was signed here."""
    before = _signed_last_year(compilation)
    if not before or compilation.origin == Origin.FILE:
        return None
    out: dict[int, tuple[str, str]] = {}
    for signing in before:
        out |= _carried(freezing.kept(signing), _CARRIED_OUT)
    signing = standing_signing(compilation)
    rows = freezing.kept(signing) if signing is not None else freezing.rows(compilation)
    into = _carried(rows, _CARRIED_IN)
    made = Carry(len(out), len(into), before)
    if compilation.scope == Scope.CONSOLIDATED:
        now, last = (reach(compilation.agency, compilation.year - n, compilation.scope).agencies for n in (0, 1))
        made.came, made.went = _names(now - last), _names(last - now)
    for key in sorted(out.keys() | into.keys()):
        if key not in into:
            _note(made, made.lost, out[key][0])
        elif key not in out:
            _note(made, made.found, into[key][0])
        elif out[key][1] != into[key][1]:
            _note(made, made.moved, into[key][0])
    return made


def _names(agencies: Collection[int]) -> list[str]:
    return list(Agency.objects.filter(pk__in=agencies).order_by("path").values_list("name", flat=True)[:SHOWN])


def _note(made: Carry, into: list[str], label: str) -> None:
    if len(into) < SHOWN:
        into.append(label)
    else:
        made.more += 1


def _carried(rows: Iterable[Record], start: str) -> dict[int, tuple[str, str]]:
    """Application → (number, column) of those that stand in a row of table 三."""
    wanted = {f"{start}{column}" for column in COLUMNS}
    found = {}
    for row in rows:
        if row.source != Source.APPLICATION:
            break  # applications come first
        for cell in row.cells:
            if cell in wanted:
                found[row.key] = (row.label, cell.rsplit(".", 1)[1])
    return found


def _signed_last_year(compilation: Compilation) -> list[Signing]:
    agencies = reach(compilation.agency, compilation.year, compilation.scope).agencies
    whose = {compilation.agency_id} if compilation.scope == Scope.CONSOLIDATED else agencies
    rows = Compilation.objects.filter(
        agency__in=whose, year=compilation.year - 1, scope=compilation.scope, state__in=FROZEN, origin=Origin.RECORDS,
    ).select_related("agency").order_by("agency__path")
    found = [queries.last_signing(row) for row in rows]
    return [signing for signing in found if signing is not None]
