"""Drawing whole reports, and summing members into a consolidated one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random

from gongkai.core.report.forms import CellSpec, form, form_for_year
from gongkai.core.report.model import Cell, Number, Report, Status
from gongkai.core.report.samples.numbers import draw
from gongkai.core.report.samples.prose import tell


def sample(
    seed: int, *, agency: str = "青澜县云麓镇人民政府", year: int = 2023, form_id: str | None = None,
    size: str = "small", previous: Report | None = None,
) -> Report:
    """One consistent report: identities hold, prose agrees with the tables, last year is continued.

    `form_id` defaults to the form that the notices prescribe for the year. `size` is "none" (no requests),
    "small" or "large". The same arguments always give an equal report.
    """
    chosen = form(form_id) if form_id else form_for_year(year)
    rng = Random(f"{seed}|{agency}|{year}|{chosen.id}|{size}")  # noqa: S311 - reproducibility, not secrecy
    return assemble(agency, year, chosen.id, draw(rng, chosen, size, previous))


def consolidated(members: Sequence[Report], *, agency: str, year: int) -> Report:
    """The report of a government whose every number is the sum of its members' numbers. All share one form."""
    forms = {member.form for member in members}
    if len(forms) != 1:
        raise ValueError(f"members follow different forms: {sorted(map(str, forms))}")
    chosen = form(forms.pop() or "2021")
    values: dict[str, Number] = {
        cell_id: sum((member.value(cell_id) or 0 for member in members), start=0) for cell_id in chosen.cells
    }
    return assemble(agency, year, chosen.id, values)


def assemble(agency: str, year: int, form_id: str, values: dict[str, Number]) -> Report:
    """A report with these numbers, and with prose told from them."""
    chosen = form(form_id)
    report = Report(form=form_id, forms={"t2": form_id, "t3": form_id}, agency=agency, year=year)
    report.cells = {spec.id: cell(spec, values[spec.id]) for spec in chosen.cells.values()}
    tell(report)
    return report


def cell(spec: CellSpec, value: Number) -> Cell:
    """A cell as an office fills it in: amounts carry 万元, in the cell itself where the form's head gives no unit."""
    if spec.kind != "amount":
        return Cell(spec.id, Status.VALUE, value, str(value))
    amount = value if isinstance(value, Decimal) and value % 1 else int(value)
    raw = f"{amount:f}" if isinstance(amount, Decimal) else str(amount)
    return Cell(spec.id, Status.VALUE, amount, raw if spec.unit else f"{raw}万元", "万元")
