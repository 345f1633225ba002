"""What agencies and years are compared by: a ratio, or a cell of the statutory tables. No Django.

Cells of the two forms meet where the core can bring them together (`core.report.conversion`): 其他处理 as one row,
amounts in 万元. What a form has not stays without a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from gongkai.analysis.ratios import RATIOS, RECORD_NAMES, Lacking, Quotient, Ratio, quotient
from gongkai.core.report.conversion import ONE_ROW, OTHER_PARTS
from gongkai.core.report.forms import all_forms, cell_specs
from gongkai.core.report.model import Number, Report
from gongkai.core.report.words import column_name, row_name

Numbers = Mapping[str, Number]
# The cells that a list offers first; any other can be asked for by its id.
CELLS = (
    "t3.new.total", "t3.carried_in.total", "t3.closed.total", "t3.carried_out.total", "t3.granted.total",
    "t3.partial.total", "t3.unable_not_held.total", "t3.new.natural", "t4.reconsideration.total",
    "t4.reconsideration.corrected", "t4.direct.total", "t4.after.total", "t2.regulations.made", "t2.normative.made",
    "t2.normative.in_force", "t2.licences.decisions", "t2.penalties.decisions", "t2.coercion.decisions",
    "t2.fees.amount",
)


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing to compare by. `ratio` is None for a cell; `parts` are the numbers that it needs."""

    key: str
    name: str
    unit: str
    parts: tuple[str, ...]
    ratio: Ratio | None = None

    @property
    def of_records(self) -> bool:
        """Counted from this system's records, not from reports alone."""
        return any(part in RECORD_NAMES for part in self.parts)

    def of(self, numbers: Numbers) -> Quotient:
        """Its value for the numbers of one agency and year."""
        if self.ratio is not None:
            return quotient(self.ratio, numbers)
        value = numbers.get(self.key)
        return Quotient(None, lacking=Lacking.NO_NUMBER) if value is None else Quotient(Decimal(value), value)


@cache
def measure(key: str) -> Measure:
    """A measure by its key: that of a ratio, or a cell id. Raises KeyError for what is neither."""
    if key in RATIOS:
        ratio = RATIOS[key]
        return Measure(key, ratio.name, ratio.unit, ratio.parts, ratio)
    for form in reversed(all_forms()):
        if key in form.cells:
            unit = "万元" if form.cells[key].kind == "amount" else ""
            return Measure(key, name_of(key), unit, (key,))
    raise KeyError(key)


def offered() -> list[Measure]:
    """Ratios, then the cells that lists offer."""
    return [measure(key) for key in (*RATIOS, *CELLS)]


@cache
def name_of(part: str) -> str:
    """A number in words: a cell in the newest form that has it, or what is counted from records."""
    if part in RECORD_NAMES:
        return RECORD_NAMES[part]
    form_id = next((form.id for form in reversed(all_forms()) if part in form.cells), all_forms()[-1].id)
    report = Report(forms={"t2": form_id, "t3": form_id})
    table, row, column = part.split(".")
    return f"{row_name(report, table, row)} · {column_name(report, table, row, column)}"


def cells_of(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The cells to fetch for some numbers: of the one row 其他处理 also the three that it may have to be made of."""
    wanted: dict[str, None] = {}
    for part in parts:
        if part in RECORD_NAMES:
            continue
        wanted[part] = None
        if part in ONE_ROW:
            wanted |= dict.fromkeys(parts_of_one_row(part))
    return tuple(wanted)


@cache
def parts_of_one_row(cell_id: str) -> tuple[str, ...]:
    """The three cells of the 2021 form that add up to a cell of 其他处理."""
    column = cell_id.split(".")[2]
    return tuple(f"t3.{row}.{column}" for row in OTHER_PARTS)


def with_one_row(numbers: dict[str, Number], parts: tuple[str, ...]) -> dict[str, Number]:
    """The numbers with 其他处理 added up where the report has it in three rows, all of them filled."""
    for part in parts:
        if part in ONE_ROW and part not in numbers:
            three = parts_of_one_row(part)
            if all(one in numbers for one in three):
                numbers[part] = sum(numbers[one] for one in three)
    return numbers


def in_form(part: str, forms: Mapping[str, str]) -> bool:
    """Whether a report of these forms has a place for a number."""
    if part in RECORD_NAMES:
        return True
    specs = cell_specs(tuple(sorted(forms.items())))
    return part in specs or (part in ONE_ROW and parts_of_one_row(part)[0] in specs)
