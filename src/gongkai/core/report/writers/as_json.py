"""The JSON of a report: the contract of `gongkai read --json`, and the project's own format for keeping.

Numbers are written exactly as the report gives them (12.50 stays 12.50), which `json` alone cannot do for decimals.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from gongkai.core.report.model import Cell, Finding, Report


def write(report: Report) -> bytes:
    """The report alone, indented for people, without findings."""
    return (dumps(to_dict(report), indent=2) + "\n").encode("utf-8", "replace")  # a lone surrogate has no bytes


def to_dict(report: Report, findings: Iterable[Finding] = ()) -> dict[str, Any]:
    """The JSON shape: plain dicts and lists, numbers as int and Decimal (give it to `dumps`, not to json.dumps)."""
    return {
        "file": report.source,
        "kind": report.kind,
        "form": report.form,
        "forms": report.forms,
        "agency": report.agency,
        "year": report.year,
        "title": report.title,
        "preamble": report.preamble,
        "cells": {cell_id: _cell(cell) for cell_id, cell in report.cells.items()},
        "sections": {
            str(number): {"heading": section.heading, "text": section.text}
            for number, section in sorted(report.sections.items())
        },
        "signature": report.signature,
        "signed_on": report.signed_on.isoformat() if report.signed_on else None,
        "notes": [{"code": note.code, "message": note.message} for note in report.notes],
        "findings": [finding_dict(finding) for finding in findings],
    }


def finding_dict(finding: Finding) -> dict[str, Any]:
    """One finding; fields without content are null rather than absent, so that every line has the same keys."""
    fix = finding.fix
    return {
        "code": finding.code,
        "rule": finding.rule,
        "rules": finding.cause.split(",") if finding.cause else [finding.rule],
        "severity": finding.severity.value,
        "message": finding.message,
        "cells": list(finding.cells),
        "reported": finding.reported,
        "computed": finding.computed,
        "cause": finding.cause,
        "fix": {
            "values": fix.values, "sentence": fix.sentence, "alternatives": list(fix.alternatives),
        } if fix else None,
    }


def dumps(value: Any, *, indent: int | None = None) -> str:
    """Like json.dumps with Chinese kept readable, and Decimal as a number with the digits that it has."""
    return "".join(_pieces(value, indent, 0))


def _cell(cell: Cell) -> dict[str, Any]:
    shape: dict[str, Any] = {"value": cell.value, "status": cell.status.value, "raw": cell.raw}
    if cell.unit is not None or cell.id.endswith(".amount"):
        shape["unit"] = cell.unit
    return shape


def _pieces(value: Any, indent: int | None, depth: int) -> Iterable[str]:
    if isinstance(value, Decimal):
        yield f"{value:f}"
    elif isinstance(value, dict) and value:
        keys = [f"{json.dumps(str(key), ensure_ascii=False)}: " for key in value]
        yield from _items("{", "}", keys, list(value.values()), indent, depth)
    elif isinstance(value, list) and value:
        yield from _items("[", "]", [""] * len(value), value, indent, depth)
    else:
        yield json.dumps(value, ensure_ascii=False)


def _items(
    opening: str, closing: str, keys: list[str], values: list[Any], indent: int | None, depth: int,
) -> Iterable[str]:
    # What holds no further structure stays on one line, so a report is about as long as its tables.
    flat = indent is None or not any(isinstance(value, dict | list) for value in values)
    pad = "" if flat else "\n" + " " * (indent or 0) * (depth + 1)
    yield opening
    for i, (key, value) in enumerate(zip(keys, values, strict=True)):
        yield (", " if flat else ",") + pad if i else pad
        yield key
        yield from _pieces(value, None if flat else indent, depth + 1)
    yield "" if flat else "\n" + " " * (indent or 0) * depth
    yield closing
