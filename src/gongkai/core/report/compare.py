"""Two readings beside each other: the same report in two files, or one agency's reports of two years."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from gongkai.core.report import conversion
from gongkai.core.report.model import Cell, Number, Report, Status
from gongkai.core.report.prose import plain
from gongkai.core.report.words import cell_name

_META = ("agency", "year", "form", "title", "signature", "signed_on")
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class CellPair:
    """One cell in both readings; None where that reading's form has no such cell.

    `derived` marks the one row 其他处理 that was added up from three on one of the sides. `change` is b − a, in 万元
    for amounts; `percent` the change in per cent of a, None where a is zero. Both are None unless both sides have
    a number.
    """

    id: str
    name: str
    a: Cell | None
    b: Cell | None
    derived: bool = False
    change: Number | None = None
    percent: Decimal | None = None

    @property
    def differs(self) -> bool:
        """The two sides do not say the same: another number, or a number on one side only."""
        if self.a is None or self.b is None:
            return False
        return self.a.status is not self.b.status or (self.change is not None and self.change != 0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`cells` holds every cell of either form in printed order, `meta` what differs about the reports themselves,
    `sections` the likeness (0–1) of the prose of each section that both have."""

    a: Report
    b: Report
    cells: tuple[CellPair, ...]
    meta: dict[str, tuple[Any, Any]]
    sections: dict[int, float]

    @property
    def differing(self) -> tuple[CellPair, ...]:
        """The cells that do not say the same."""
        return tuple(pair for pair in self.cells if pair.differs)

    @property
    def only_in_one_form(self) -> tuple[CellPair, ...]:
        """The cells that only one of the two forms has, so that nothing can be compared."""
        return tuple(pair for pair in self.cells if pair.a is None or pair.b is None)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON: what differs, not what is the same."""
        return {
            "a": {"file": self.a.source, "agency": self.a.agency, "year": self.a.year, "form": self.a.form},
            "b": {"file": self.b.source, "agency": self.b.agency, "year": self.b.year, "form": self.b.form},
            "meta": {key: [_plain(one), _plain(other)] for key, (one, other) in self.meta.items()},
            "cells": [_pair_dict(pair) for pair in self.differing],
            "only_in_one_form": [pair.id for pair in self.only_in_one_form],
            "sections": {str(number): round(likeness, 3) for number, likeness in self.sections.items()},
        }


def compare(a: Report, b: Report) -> Comparison:
    """Hold two readings beside each other; for two years give the earlier one first."""
    return Comparison(a, b, tuple(_pairs(a, b)), _meta(a, b), _sections(a, b))


def _pairs(a: Report, b: Report) -> list[CellPair]:
    in_a, in_b = conversion.specs(a), conversion.specs(b)
    pairs = []
    for cell_id in [*in_b, *(c for c in in_a if c not in in_b)]:
        spec_a, spec_b = in_a.get(cell_id), in_b.get(cell_id)
        one = conversion.in_wan(_cell(a, cell_id), spec_a) if spec_a else None
        other = conversion.in_wan(_cell(b, cell_id), spec_b) if spec_b else None
        if "t3" in a.forms and "t3" in b.forms and cell_id in conversion.ONE_ROW:
            one, other = conversion.one_row_cell(a, cell_id), conversion.one_row_cell(b, cell_id)
        pairs.append(_pair(a if spec_b is None else b, cell_id, one, other, derived=spec_a is None or spec_b is None))
    return pairs


def _pair(report: Report, cell_id: str, one: Cell | None, other: Cell | None, *, derived: bool) -> CellPair:
    name = cell_name(report, cell_id)
    if one is None or other is None or one.value is None or other.value is None:
        return CellPair(cell_id, name, one, other, derived and one is not None and other is not None)
    change = other.value - one.value
    percent = (Decimal(change) * 100 / Decimal(one.value)).quantize(_TENTH) if one.value else None
    return CellPair(cell_id, name, one, other, derived, change, percent)


def _cell(report: Report, cell_id: str) -> Cell:
    return report.cells.get(cell_id) or Cell(cell_id, Status.MISSING)


def _meta(a: Report, b: Report) -> dict[str, tuple[Any, Any]]:
    return {key: (getattr(a, key), getattr(b, key)) for key in _META if getattr(a, key) != getattr(b, key)}


def _sections(a: Report, b: Report) -> dict[int, float]:
    likeness = {}
    for number in sorted(a.sections.keys() & b.sections.keys()):
        one, other = plain(a.sections[number].text), plain(b.sections[number].text)
        if one or other:
            likeness[number] = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return likeness


def _pair_dict(pair: CellPair) -> dict[str, Any]:
    assert pair.a is not None
    assert pair.b is not None
    return {
        "id": pair.id, "name": pair.name,
        "a": {"value": pair.a.value, "status": pair.a.status.value},
        "b": {"value": pair.b.value, "status": pair.b.status.value},
        "change": pair.change, "percent": pair.percent, "derived": pair.derived,
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
