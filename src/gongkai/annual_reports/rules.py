"""Decisions about annual reports on plain facts. No Django.

Which agencies make up a government's consolidated report: its departments and townships (2021 notice, the report of
a government covers the whole of its level), each counted once, and never a consolidated report beside its parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from gongkai.core.errors import Refused
from gongkai.core.report.forms import all_forms
from gongkai.core.report.model import Cell, Number, Status

_TOO_LARGE = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class Node:
    """An agency in force at the end of the year. `reports` maps scope ("own", "consolidated") to a report's key."""

    id: int
    parent_id: int | None
    is_government: bool
    reports: Mapping[str, int]


class Standing(StrEnum):
    """How an agency stands in a roll-up."""

    IN = "in"            # its report is counted
    MISSING = "missing"  # it owes a report and has filed none
    COVERED = "covered"  # its figures stand in the consolidated report of an agency above it
    EMPTY = "empty"      # it owes none of its own: a government whose parts are counted one by one


@dataclass(frozen=True, slots=True)
class Member:
    """One agency of a roll-up; `report` is the key of the report counted, with the scope it speaks for."""

    agency_id: int
    standing: Standing
    report: int | None = None
    scope: str | None = None


def membership(root_id: int, nodes: Iterable[Node]) -> list[Member]:
    """Who is in the roll-up of `root_id`, in the order of `nodes` (parents before children).

    The root's own report counts, its consolidated one never (it is what the sum is held against). Below, a filed
    consolidated report stands for its whole subtree; otherwise each agency's own report counts.
    """
    nodes = list(nodes)
    parents = {node.parent_id for node in nodes}
    covered: set[int] = set()
    members = []
    for node in nodes:
        if node.parent_id in covered:
            covered.add(node.id)
            members.append(Member(node.id, Standing.COVERED))
        elif node.id != root_id and "consolidated" in node.reports:
            covered.add(node.id)
            members.append(Member(node.id, Standing.IN, node.reports["consolidated"], "consolidated"))
        elif "own" in node.reports:
            members.append(Member(node.id, Standing.IN, node.reports["own"], "own"))
        elif node.is_government and node.id in parents:
            members.append(Member(node.id, Standing.EMPTY))
        else:
            members.append(Member(node.id, Standing.MISSING))
    return members


def correction(
    *, cell: str, form_cells: Iterable[str], value: Decimal | None, reason: str, unchanged: bool,
) -> None:
    """Refuse a correction of an unknown cell, without a reason, of nothing, or of a kind the cell cannot hold.

    C9: counts are whole and not negative, changes are whole, amounts may have decimals.
    """
    if cell not in set(form_cells):
        raise Refused("unknown-cell", "这份年报的表式里没有单元 %(cell)s", cell=cell)
    if not reason.strip():
        raise Refused("reason-needed", "更正须写明理由")
    if unchanged:
        raise Refused("nothing-changed", "更正后的数与现在的数相同")
    if value is not None:
        _fits(kind_of(cell), value)


def kind_of(cell: str) -> str:
    """count, change or amount, from the forms. Raises KeyError for an unknown cell."""
    for form in all_forms():
        if cell in form.cells:
            return form.cells[cell].kind
    raise KeyError(cell)


def _fits(kind: str, value: Decimal) -> None:
    if abs(value) >= _TOO_LARGE:
        raise Refused("too-large", "这个数太大，请核对")
    if value != value.quantize(Decimal("0.000001")):
        raise Refused("too-fine", "最多保留六位小数")
    whole = value == value.to_integral_value()
    if kind == "count" and (value < 0 or not whole):
        raise Refused("not-a-count", "这里应填不小于 0 的整数")
    if kind == "change" and not whole:
        raise Refused("not-a-count", "这里应填整数，减少用负数")
    if kind == "amount" and value < 0:
        raise Refused("not-an-amount", "金额不能是负数")


@dataclass(slots=True)
class RolledCell:
    """One cell of a roll-up: the sum of those that hold a number, and how many hold none, told apart.

    `total` is None when no member holds a number: a sum of nothing is not zero. Amounts are in 万元; an amount whose
    unit nobody wrote cannot be added to others and is counted in `no_unit`. `other_form` counts members whose form
    has no such cell; `derived` says that three rows of a member were added up into one.
    """

    cell: str
    total: Number | None = None
    counted: int = 0
    blank: int = 0
    missing: int = 0
    unreadable: int = 0
    no_unit: int = 0
    other_form: int = 0
    derived: bool = False

    @property
    def unfilled(self) -> int:
        """Members whose form has the cell and whose number is not known."""
        return self.blank + self.missing + self.unreadable + self.no_unit

    @property
    def uncertain(self) -> int:
        """Members who give no number, for whatever reason."""
        return self.unfilled + self.other_form

    def add(self, status: str, value: Number | None, times: int = 1) -> None:
        """Count `times` members with this status; `value` is already their sum, amounts in 万元."""
        if status == Status.VALUE and value is not None:
            self.total = value if self.total is None else self.total + value
            self.counted += times
        elif status == Status.BLANK:
            self.blank += times
        elif status == Status.MISSING:
            self.missing += times
        else:
            self.unreadable += times


def summable(cell: Cell) -> dict[str, Any]:
    """Status and value of a cell as a row for sums.

    A number too long for the column (digits of several cells run together) cannot be a count of anything: it is
    unreadable there, never cut or rounded. The reading keeps it as it was read.
    """
    if cell.status is not Status.VALUE or cell.value is None:
        return {"status": cell.status, "value": None}
    value = Decimal(cell.value)
    if abs(value) >= _TOO_LARGE or value != round(value, 6):
        return {"status": Status.UNREADABLE, "value": None}
    return {"status": Status.VALUE, "value": value}

