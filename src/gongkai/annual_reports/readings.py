"""A reading as JSON in a column, and back, without loss. No Django.

The project's exchange format (writers.as_json) says what others need; this one keeps everything: places, units,
notes. Integers stay integers, decimals are written as text so that no digit is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.core.report.model import Cell, Finding, Fix, Note, Number, Place, Report, Section, Severity, Status

# What PostgreSQL's JSON cannot hold: NUL and halves of surrogate pairs, both only ever found in damaged files.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def dump(report: Report) -> dict[str, Any]:
    """A report as plain JSON values. A character that no database can hold becomes U+FFFD."""
    return _storable({
        "form": report.form, "forms": report.forms, "agency": report.agency, "year": report.year,
        "title": report.title, "signature": report.signature,
        "signed_on": report.signed_on.isoformat() if report.signed_on else None,
        "cells": {cell.id: _cell(cell) for cell in report.cells.values()},
        "sections": {str(n): _slim({"heading": s.heading, "text": s.text, "where": _place(s.where)})
                     for n, s in report.sections.items()},
        "preamble": report.preamble,
        "notes": [_slim({"code": n.code, "message": n.message, "where": _place(n.where)}) for n in report.notes],
        "source": report.source, "kind": report.kind,
    })


def load(data: dict[str, Any]) -> Report:
    """The report that `dump` wrote."""
    signed_on = data.get("signed_on")
    return Report(
        form=data.get("form"), forms=dict(data.get("forms", {})), agency=data.get("agency"), year=data.get("year"),
        title=data.get("title"), signature=data.get("signature"),
        signed_on=date.fromisoformat(signed_on) if signed_on else None,
        cells={cell_id: _load_cell(cell_id, cell) for cell_id, cell in data.get("cells", {}).items()},
        sections={int(n): Section(int(n), s.get("heading"), s.get("text", ""), _load_place(s.get("where")))
                  for n, s in data.get("sections", {}).items()},
        preamble=data.get("preamble", ""),
        notes=[Note(n["code"], n["message"], _load_place(n.get("where"))) for n in data.get("notes", [])],
        source=data.get("source"), kind=data.get("kind"),
    )


def dump_findings(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as plain JSON values."""
    return _storable([
        _slim({
            "code": f.code, "rule": f.rule, "severity": f.severity.value, "message": f.message,
            "reported": _plain(f.reported), "computed": _plain(f.computed), "cells": list(f.cells), "cause": f.cause,
            "fix": _fix(f.fix) if f.fix else None,
        })
        for f in findings
    ])


def load_findings(data: Iterable[dict[str, Any]]) -> list[Finding]:
    """The findings that `dump_findings` wrote."""
    return [
        Finding(
            code=f["code"], rule=f["rule"], severity=Severity(f["severity"]), message=f["message"],
            reported=_unplain(f.get("reported")), computed=_unplain(f.get("computed")),
            cells=tuple(f.get("cells", ())), cause=f.get("cause"),
            fix=_load_fix(f["fix"]) if f.get("fix") else None,
        )
        for f in data
    ]


def corrected(report: Report, corrections: dict[str, tuple[Decimal | None, str]]) -> Report:
    """The effective report: `corrections` {cell: (value or None for blank, unit)} laid over the reading.

    The reading itself is not touched; raw text and place stay, for they say what the file holds.
    """
    cells = dict(report.cells)
    for cell_id, (value, unit) in corrections.items():
        before = cells.get(cell_id) or Cell(cell_id, Status.MISSING)
        cells[cell_id] = before._replace(
            value=None if value is None else exact(value), unit=unit or before.unit,
            status=Status.BLANK if value is None else Status.VALUE,
        )
    return replace(report, cells=cells)


def exact(value: Decimal) -> Number:
    """A database decimal (311.970000) as the number it is: int where whole, else without trailing zeros."""
    return int(value) if value == value.to_integral_value() else value.normalize()


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "values": {cell: _plain(v) for cell, v in fix.values.items()}, "sentence": fix.sentence,
        "alternatives": [{cell: _plain(v) for cell, v in choice.items()} for choice in fix.alternatives],
    }


def _load_fix(data: dict[str, Any]) -> Fix:
    return Fix(
        {cell: _number(v) for cell, v in data["values"].items()}, data["sentence"],
        tuple({cell: _number(v) for cell, v in choice.items()} for choice in data.get("alternatives", ())),
    )


def _cell(cell: Cell) -> dict[str, Any]:
    return _slim({
        "status": cell.status.value, "value": _plain(cell.value), "raw": cell.raw, "unit": cell.unit,
        "where": _place(cell.where),
    })


def _load_cell(cell_id: str, data: dict[str, Any]) -> Cell:
    value = data.get("value")
    return Cell(
        cell_id, Status(data["status"]), None if value is None else _number(value), data.get("raw"),
        data.get("unit"), _load_place(data.get("where")),
    )


def _plain(value: Any) -> Any:
    # A decimal is marked, so that a text that looks like one stays a text.
    return {"decimal": str(value)} if isinstance(value, Decimal) else value


def _unplain(value: Any) -> Any:
    return Decimal(value["decimal"]) if isinstance(value, dict) else value


def _number(value: Any) -> Number:
    number = _unplain(value)
    if not isinstance(number, int | Decimal):
        raise TypeError(f"not a number: {value!r}")
    return number


def _place(place: Place | None) -> dict[str, int] | None:
    return {k: v for k, v in place._asdict().items() if v is not None} if place is not None else None


def _load_place(data: dict[str, int] | None) -> Place | None:
    return Place(**data) if data is not None else None


def _slim(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value is not None}


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: _storable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_storable(inner) for inner in value]
    return value
