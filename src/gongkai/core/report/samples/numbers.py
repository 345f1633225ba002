"""The numbers of a synthetic report, drawn so that every identity of the form holds.

The order of drawing follows the order of events: what is open from last year, what comes in, what stays open, and
how the rest ended. Totals are always sums, never drawn.
"""

from __future__ import annotations

from decimal import Decimal
from random import Random

from gongkai.core.report.forms import Form
from gongkai.core.report.model import Number, Report

SIZES = ("none", "small", "large")  # "none": no request came in, as with many township offices

# How requests usually end: granted and "not held" dominate everywhere, secrecy is rare. other_unpaid is left
# out, because it demands a story about fees that only a planted report tells.
_WEIGHTS = {
    "granted": 40, "partial": 12, "refused_secret": 1, "refused_law": 1, "refused_security": 1,
    "refused_third_party": 4, "refused_internal": 3, "refused_process": 3, "refused_enforcement": 3,
    "refused_enquiry": 4, "unable_not_held": 30, "unable_creation": 5, "unable_unclear": 3, "unhandled_petition": 6,
    "unhandled_repeat": 4, "unhandled_publication": 1, "unhandled_excessive": 1, "unhandled_confirmation": 1,
    "other": 8, "other_uncorrected": 4, "other_rest": 4,
}
# The largest number of new requests by applicant for a small and a large agency.
_MOST_NEW = {
    "natural": (9, 260), "business": (3, 40), "research": (0, 3), "welfare": (0, 4), "legal": (1, 15), "other": (0, 6),
}
_MOST_DECISIONS = {"none": 40, "small": 600, "large": 20_000}
_MOST_DISPUTES = {"none": 0, "small": 1, "large": 9}


def draw(rng: Random, form: Form, size: str, previous: Report | None) -> dict[str, Number]:
    """All cells of a form in printed order; what last year's report left open or in force is carried on."""
    publication = _publication_2019 if form.id == "2019" else _publication_2021
    values = publication(rng, _MOST_DECISIONS[size], previous)
    values |= _requests(rng, form, size, previous)
    values |= _disputes(rng, form, _MOST_DISPUTES[size])
    total_up(form, values)
    return {cell_id: values[cell_id] for cell_id in form.cells}


def total_up(form: Form, values: dict[str, Number]) -> None:
    """Set every total of tables 三 and 四 to the sum of its parts, in place."""
    applicants = [col.key for col in form.t3_columns if col.key != "total"]
    outcomes = [row.key for row in form.t3_rows if row.key not in {"new", "carried_in", "closed", "carried_out"}]
    for col in applicants:
        values[f"t3.closed.{col}"] = sum(values[f"t3.{key}.{col}"] for key in outcomes)
    for row in form.t3_rows:
        values[f"t3.{row.key}.total"] = sum(values[f"t3.{row.key}.{col}"] for col in applicants)
    for group in form.t4_groups:
        parts = [values[f"t4.{group.key}.{col.key}"] for col in form.t4_columns if col.key != "total"]
        values[f"t4.{group.key}.total"] = sum(parts)


def _requests(rng: Random, form: Form, size: str, previous: Report | None) -> dict[str, Number]:
    values: dict[str, Number] = {spec.id: 0 for spec in form.table("t3")}
    outcomes = [row.key for row in form.t3_rows if row.key in _WEIGHTS]
    weights = [_WEIGHTS[key] for key in outcomes]
    for col, (small, large) in _MOST_NEW.items():
        new = rng.randint(0, {"none": 0, "small": small, "large": large}[size])
        carried_in = _before(previous, f"t3.carried_out.{col}", 0)
        carried_out = rng.randint(0, max(1, new // 12)) if new else 0
        values[f"t3.new.{col}"] = new
        values[f"t3.carried_in.{col}"] = carried_in
        values[f"t3.carried_out.{col}"] = carried_out
        for key in rng.choices(outcomes, weights, k=new + carried_in - carried_out):
            values[f"t3.{key}.{col}"] += 1
    return values


def _disputes(rng: Random, form: Form, most: int) -> dict[str, Number]:
    return {spec.id: rng.randint(0, most) * rng.randint(0, 1) for spec in form.table("t4")}


def _publication_2021(rng: Random, most: int, previous: Report | None) -> dict[str, Number]:
    stood = _before(previous, "t2.normative.in_force", rng.randint(8, 60))
    made = rng.randint(0, 6)
    repealed = rng.randint(0, min(4, stood))
    return {
        "t2.regulations.made": 0, "t2.regulations.repealed": 0, "t2.regulations.in_force": 0,
        "t2.normative.made": made, "t2.normative.repealed": repealed, "t2.normative.in_force": stood + made - repealed,
        "t2.licences.decisions": rng.randint(0, most),
        "t2.penalties.decisions": rng.randint(0, most // 2), "t2.coercion.decisions": rng.randint(0, most // 20),
        "t2.fees.amount": _amount(rng, most),
    }


def _publication_2019(rng: Random, most: int, previous: Report | None) -> dict[str, Number]:
    made = rng.randint(0, 8)
    disclosed = rng.randint(made // 2, made)
    values: dict[str, Number] = {
        "t2.regulations.made": 0, "t2.regulations.disclosed": 0, "t2.regulations.total": 0,
        "t2.normative.made": made, "t2.normative.disclosed": disclosed,
        "t2.normative.total": _before(previous, "t2.normative.total", rng.randint(8, 60)) + disclosed,
    }
    for row in ("licences", "services", "penalties", "coercion", "fees"):
        stood = _before(previous, f"t2.{row}.items", rng.randint(5, 90)) + _before(previous, f"t2.{row}.change", 0)
        values[f"t2.{row}.items"] = stood
        values[f"t2.{row}.change"] = rng.randint(-min(8, stood), 8)
        if row != "fees":
            values[f"t2.{row}.decisions"] = rng.randint(0, most)
    values["t2.procurement.items"] = rng.randint(1, 40)
    values["t2.procurement.amount"] = _amount(rng, most * 10) + Decimal("1.5")
    return values


def _amount(rng: Random, most: int) -> Decimal:
    """An amount in 万元 with as many decimals as offices happen to write: none to four."""
    places = rng.choice((0, 1, 2, 2, 4))
    return Decimal(rng.randint(0, most * 10**places)).scaleb(-places)


def _before(previous: Report | None, cell_id: str, otherwise: int) -> int:
    """Last year's count at a cell; `otherwise` where there is no earlier report or its form has no such cell."""
    value = previous.value(cell_id) if previous is not None else None
    return otherwise if value is None else int(value)
