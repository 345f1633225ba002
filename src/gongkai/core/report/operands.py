"""Operands: which numbers a rule can work with, and which are not there.

A blank, missing or unreadable operand is never taken for zero; the rule is then not evaluated.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from gongkai.core.report.forms import FORM_IDS, Identity, form
from gongkai.core.report.model import Number, Report, Status


class Evaluation(NamedTuple):
    """An identity held against a report: both sums, or the ids of the operands that have no value."""

    identity: Identity
    left: Number = 0
    right: Number = 0
    unknown: tuple[str, ...] = ()

    @property
    def broken(self) -> bool:
        """Both sides are known and differ."""
        return not self.unknown and self.left != self.right


def identities(report: Report) -> list[Identity]:
    """The sums that the report's own tables must satisfy: table 三 by its form, table 四 always."""
    found: list[Identity] = []
    if "t3" in report.forms:
        found += [i for i in form(report.forms["t3"]).identities if i.table == "t3"]
    return found + [i for i in form(FORM_IDS[-1]).identities if i.table == "t4"]


def evaluate(report: Report, identity: Identity) -> Evaluation:
    """Both sides of an identity in this report."""
    unknown = tuple(cell for cell in identity.left + identity.right if report.value(cell) is None)
    if unknown:
        return Evaluation(identity, unknown=unknown)
    return Evaluation(identity, total(report, identity.left) or 0, total(report, identity.right) or 0)


def total(report: Report, cell_ids: Iterable[str]) -> Number | None:
    """The sum of cells, None when any of them has no value."""
    result: Number = 0
    for cell_id in cell_ids:
        value = report.value(cell_id)
        if value is None:
            return None
        result += value
    return result


def status(report: Report, cell_id: str) -> Status:
    """What stands at a cell; a cell that the report does not know is missing."""
    cell = report.cells.get(cell_id)
    return cell.status if cell is not None else Status.MISSING


def table_ids(report: Report, table: str) -> list[str]:
    """The cells of a table in printed order, by the form that the table has; empty for an unknown form."""
    if table == "t4":
        return list(_ids(FORM_IDS[-1], "t4"))
    return list(_ids(report.forms[table], table)) if table in report.forms else []


@cache
def _ids(form_id: str, table: str) -> tuple[str, ...]:
    return tuple(spec.id for spec in form(form_id).table(table))
