"""The numbers of a consolidated report: the union of its members' records, and what stands beside them.

    value of a cell = records of everybody whose records count, each record once
                    + what was typed in in the place of some members' records
                    + the filed cells of members that only handed in a file

`contributions` says who gives what; the shares add up to the value (a property test holds them equal). A number that a
file has not is no zero: `Consolidation.unknown` counts such members for each cell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Sum

from gongkai.agencies.models import Agency
from gongkai.annual_reports import readings, sums
from gongkai.annual_reports.models import AnnualReport, FiledCell, ReportVersion
from gongkai.annual_reports.rules import RolledCell
from gongkai.annual_reports.totals import OTHER_FORM
from gongkai.compilations import figures
from gongkai.compilations.figures import Figure
from gongkai.compilations.figures.compute import typed
from gongkai.compilations.figures.lists import Listing, plain
from gongkai.compilations.membership import HOW_NAMES, How, Member, Membership, key_of, membership
from gongkai.compilations.models import Compilation, Source
from gongkai.compilations.reach import Reach
from gongkai.core.report import conversion
from gongkai.core.report.forms import form
from gongkai.core.report.model import Number, Status

__all__ = [
    "HOW_NAMES", "Consolidation", "Contribution", "How", "Member", "Membership", "compute", "consolidate",
    "contributions", "counted_reach", "members",
]
_NOT_SPLIT = "t3.other."  # the one row of 2019, which the form of 2021 prints as three
_REST = "t3.other_rest."
_WAN = 10_000


@dataclass(slots=True)
class Consolidation:
    """The cells of a consolidated report with the members behind them. `unknown` {cell: members without a number};
    `beside` {cell: what files and hands give of the value}."""

    membership: Membership
    figures: dict[str, Figure]
    unknown: dict[str, int] = field(default_factory=dict)
    beside: dict[str, Number] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one member gives to one cell. `status` as of a filed cell ("value", "blank", "missing", "unreadable",
    "other_form"); without a number `value` is None. `records` is how many records stand behind it;
    `derived`: the one row 其他处理 of an older form, taken into 其他."""

    agency: Agency
    how: How
    status: str
    value: Number | None = None
    records: int = 0
    report: AnnualReport | None = None
    compilation: Compilation | None = None
    raw: str | None = None
    derived: bool = False

    @property
    def how_name(self) -> str:
        """Where it comes from, in words."""
        return str(HOW_NAMES[self.how])


def members(agency: Agency, year: int) -> list[Member]:
    """Everybody who is in the consolidated report of a government, parents before children, abolished ones last."""
    return membership(agency, year).members


def counted_reach(agency: Agency, year: int, cell: str) -> Reach:
    """Whose records stand behind a cell of the consolidated report: what its list shows."""
    return membership(agency, year).counted(key_of(cell))


def compute(
    agency: Agency, year: int, form_id: str, entered: Mapping[str, Number] | None = None,
) -> dict[str, Figure]:
    """Every cell of the consolidated report, in printed order. `entered` are numbers typed into the consolidated report
    itself: they stand in the place of every member's."""
    return consolidate(agency, year, form_id, entered).figures


def consolidate(
    agency: Agency, year: int, form_id: str, entered: Mapping[str, Number] | None = None,
) -> Consolidation:
    """The same with the members, and with what is not known."""
    who, given = membership(agency, year), dict(entered or {})
    found = Consolidation(who, _records(who, form_id, given))
    closed = {key_of(cell) for cell in given}
    beside = _typed_in(who, form_id)
    for cell, (value, unknown) in _filed(who, form_id).items():
        beside[cell] = beside.get(cell, 0) + value
        if unknown and key_of(cell) not in closed:
            found.unknown[cell] = unknown
    for cell, value in beside.items():
        if key_of(cell) in closed or not value:
            continue
        counted = found.figures[cell]
        total = counted.value + value
        exact = plain(total) if isinstance(total, Decimal) else total
        found.figures[cell] = Figure(cell, exact, counted.records, Source.MEMBER)
        found.beside[cell] = value
    return found


def contributions(
    agency: Agency, year: int, form_id: str, cell: str, who: Membership | None = None,
) -> list[Contribution]:
    """Who gives what to a cell: the largest first, then those without a number. Raises KeyError for a cell that the
    form has not."""
    if cell not in form(form_id).cells:
        raise KeyError(cell)
    who = who or membership(agency, year)
    rows = [*_from_records(who, form_id, cell), *_from_hands(who, form_id, cell), *from_files(who, form_id, cell)]
    gone = who.replaced(key_of(cell))
    rows += [
        Contribution(m.agency, How.MISSING, Status.MISSING) for m in who.of(How.MISSING) if m.agency.pk not in gone
    ]
    return sorted(rows, key=lambda row: (row.value is None, -(row.value or 0), row.agency.path))


def _records(who: Membership, form_id: str, given: Mapping[str, Number]) -> dict[str, Figure]:
    """Each cell from the records that count for it: one computation for each set of agencies that was replaced."""
    cells = form(form_id).cells
    alike: dict[frozenset[int], set[str]] = defaultdict(set)
    for key in dict.fromkeys(map(key_of, cells)):
        alike[who.counted(key).agencies].add(key)
    found: dict[str, Figure] = {}
    for agencies, keys in alike.items():
        reach = Reach(who.reach.agency, who.year, who.reach.scope, agencies, who.reach.heirs_of)
        # A number given for every other cell keeps the computation from asking about it.
        others: dict[str, Number] = dict.fromkeys((c for c in cells if key_of(c) not in keys), 0)
        own = {cell: value for cell, value in given.items() if key_of(cell) in keys}
        computed = figures.compute(reach, form_id, others | own)
        found |= {cell: figure for cell, figure in computed.items() if key_of(cell) in keys}
    return {cell: found[cell] for cell in cells}


def _whole(form_id: str, given: Mapping[str, Number]) -> dict[str, Number]:
    """Typed cells with their sums: a table of which any cell was typed in is whole, and its gaps are zero."""
    here = {cell: value for cell, value in given.items() if cell in form(form_id).cells}
    found = {cell: value for cell, value in here.items() if cell.startswith("t2.")}
    for table in sorted({key_of(cell) for cell in here} & {"t3", "t4"}):
        found |= {cell: figure.value for cell, figure in typed(form_id, table, here).items()}
    return found


def _typed_in(who: Membership, form_id: str) -> dict[str, Number]:
    found: dict[str, Number] = {}
    for block in who.typed:
        for cell, value in _whole(form_id, _exact(block.cells)).items():
            found[cell] = found.get(cell, 0) + value
    return found


def _exact(cells: Mapping[str, Decimal]) -> dict[str, Number]:
    return {cell: readings.exact(value) for cell, value in cells.items()}


def _filed(who: Membership, form_id: str) -> dict[str, tuple[Number, int]]:
    """Cell → (sum of the files, how many of them hold no number), in the cells of the form."""
    speaking = {m.agency.pk: m.report.current_id for m in who.of(How.FILE) if m.report is not None}
    forms = dict(ReportVersion.objects.filter(pk__in=speaking.values()).values_list("pk", "forms"))
    alike: dict[frozenset[int], list[str]] = defaultdict(list)
    for cell in form(form_id).cells if forms else ():
        replaced = who.replaced(key_of(cell))
        alike[frozenset(pk for agency, pk in speaking.items() if agency not in replaced)].append(cell)
    found: dict[str, tuple[Number, int]] = {}
    for versions, cells in alike.items():
        for one_row in (False, True):
            its = {pk: forms[pk] for pk in versions if (forms[pk].get("t3") == "2019") is one_row}
            rolled = sums.add_up(its, one_row=form_id == "2019") if its else {}
            for cell in cells if its else ():
                value, unknown = _rolled(rolled, form_id, cell, len(its), one_row=one_row)
                before = found.get(cell, (0, 0))
                found[cell] = (before[0] + value, before[1] + unknown)
    return found


def _rolled(
    rolled: Mapping[str, RolledCell], form_id: str, cell: str, files: int, *, one_row: bool,
) -> tuple[Number, int]:
    if one_row and _of_the_one_row(cell, form_id) and not cell.startswith(_REST):
        return 0, 0  # 其他处理 cannot be split: all of it stands in 其他
    row = rolled.get(_as_filed(cell, form_id, one_row=one_row))
    if row is None:
        return 0, files
    spec = form(form_id).cells[cell]
    in_yuan = spec.kind == "amount" and spec.unit is None
    return (row.total or 0) * (_WAN if in_yuan else 1), row.uncertain


def _of_the_one_row(cell: str, form_id: str) -> bool:
    return form_id != "2019" and cell.rsplit(".", 1)[0] in {f"t3.{row}" for row in conversion.OTHER_PARTS}


def _as_filed(cell: str, form_id: str, *, one_row: bool) -> str:
    """Under which cell a file with one row of 其他处理 has what a form prints."""
    if one_row and _of_the_one_row(cell, form_id):
        return _NOT_SPLIT + cell.split(".")[2]
    return cell


def _from_records(who: Membership, form_id: str, cell: str) -> list[Contribution]:
    values, lengths = _grouped(figures.listed(who.counted(key_of(cell)), form_id, cell))
    replaced = who.replaced(key_of(cell))
    behind: dict[int, list[int]] = defaultdict(list)
    for one in {*values, *lengths}:
        behind[who.owner.get(one) or one].append(one)
    rows = []
    for member in who.members:
        heritage = behind[member.agency.pk]
        if member.agency.pk in replaced or (member.how is not How.RECORDS and not heritage):
            continue
        value: Number = sum((values.get(one, 0) for one in heritage), 0)
        rows.append(Contribution(
            member.agency, member.how, Status.VALUE, plain(value) if isinstance(value, Decimal) else value,
            sum(lengths.get(one, 0) for one in heritage), compilation=member.compilation,
        ))
    return rows


def _grouped(listing: Listing) -> tuple[dict[int, Number], dict[int, int]]:
    """Agency → its part of the number, and agency → the length of its part of the list."""
    path = "dispute__agency" if listing.source == Source.DISPUTE else "agency"
    lengths: dict[int, int] = defaultdict(int)
    values: dict[int, Number] = defaultdict(int)
    for sign, rows in ((1, listing.records), (-1, listing.minus)):
        if rows is None:
            continue
        for agency, n in rows.order_by().values_list(path).annotate(n=Count("pk")):
            lengths[agency] += n
            values[agency] += sign * n
    if listing.money:
        values.clear()
        for agency, total in listing.records.order_by().values_list(path).annotate(total=Sum("amount")):
            values[agency] = (total or Decimal(0)) / listing.unit
    return values, lengths


def _from_hands(who: Membership, form_id: str, cell: str) -> list[Contribution]:
    by_key = {member.agency.pk: member.agency for member in who.members}
    return [
        Contribution(
            by_key[block.compilation.agency_id], How.HAND, Status.VALUE,
            _whole(form_id, _exact(block.cells)).get(cell, 0), compilation=block.compilation,
        )
        for block in who.typed if key_of(cell) in block.keys
    ]


def from_files(who: Membership, form_id: str, cell: str) -> list[Contribution]:
    """What members that only handed in a file give to a cell."""
    gone = who.replaced(key_of(cell))
    speaking = [m for m in who.of(How.FILE) if m.agency.pk not in gone]
    asked = {m.report.current_id: m for m in speaking if m.report is not None}
    forms = dict(ReportVersion.objects.filter(pk__in=asked).values_list("pk", "forms"))
    single = {pk for pk, its in forms.items() if its.get("t3") == "2019"}
    filed = {pk: _as_filed(cell, form_id, one_row=pk in single) for pk in forms}
    rows = FiledCell.objects.filter(version__in=asked, cell__in=set(filed.values()))
    held = {(row.version_id, row.cell): row for row in rows}
    split = sums.one_rows(forms.keys() - single) if form_id == "2019" and cell.startswith(_NOT_SPLIT) else {}
    found = []
    for pk, member in asked.items():
        value, status, raw, derived = _file_value(form_id, cell, forms[pk], filed[pk], held.get((pk, filed[pk])))
        if pk in split:
            one = split[pk][cell]
            value, status, raw, derived = one.value, str(one.status), one.raw, True
        found.append(Contribution(
            member.agency, How.FILE, status, value, report=member.report, compilation=member.compilation, raw=raw,
            derived=derived,
        ))
    return found


def _file_value(
    form_id: str, cell: str, forms: Mapping[str, str], filed: str, row: FiledCell | None,
) -> tuple[Number | None, str, str | None, bool]:
    derived = filed != cell
    if derived and not cell.startswith(_REST):
        return 0, Status.VALUE, None, True  # what the one row holds stands in 其他
    table = cell.split(".")[0]
    if table in forms and table != "t4" and filed not in form(forms[table]).cells:
        return None, OTHER_FORM, None, False
    if row is None:
        return None, Status.MISSING, None, False
    if row.value is None:
        return None, row.status, row.raw, derived
    spec = form(form_id).cells[cell]
    in_wan = sums.in_wan(filed, row.value, row.unit, forms)
    if in_wan.value is None:
        return None, Status.UNREADABLE, row.raw, derived  # an amount of which nobody wrote the unit
    value = in_wan.value * _WAN if spec.kind == "amount" and spec.unit is None else in_wan.value
    return value, Status.VALUE, row.raw, derived
