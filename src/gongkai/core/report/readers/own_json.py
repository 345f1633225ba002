"""The project's own JSON, back into a report. Nothing is located or guessed: cells come with their ids."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.core.errors import ReadError
from gongkai.core.report.forms import all_forms
from gongkai.core.report.model import Cell, Note, Report, Section, Status

_KNOWN = {cell_id for form in all_forms() for cell_id in form.cells}


def looks_like(data: bytes) -> bool:
    """Whether the bytes begin like a JSON object of ours (an object, with cells in it)."""
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b'"cells"' in data


def read(data: bytes) -> Report:
    """The report. Raises ReadError `json-broken` for what is not JSON, `json-foreign` for JSON of another shape."""
    try:
        shape = json.loads(data.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise ReadError("json-broken", "文件不是完整的 JSON，未读取任何内容；请重新导出后再试。") from error
    try:
        return _report(shape)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ReadError(
            "json-foreign", "JSON 内容不是本软件导出的年度报告，未读取任何内容；请提供 gongkai convert 导出的文件。",
        ) from error


def _report(shape: dict[str, Any]) -> Report:
    cells = {cell_id: _cell(cell_id, cell) for cell_id, cell in shape["cells"].items() if cell_id in _KNOWN}
    unknown = [cell_id for cell_id in shape["cells"] if cell_id not in _KNOWN]
    notes = [Note(_text(note["code"]) or "", _text(note["message"]) or "") for note in shape.get("notes", [])]
    if unknown:
        notes.append(Note("unknown-cells", f"{len(unknown)}个单元格编号不属于任何格式，已略去：{unknown[0][:40]}等。"))
    signed_on = shape.get("signed_on")
    sections = {
        int(number): Section(int(number), _text(section.get("heading")), _text(section.get("text")) or "")
        for number, section in shape.get("sections", {}).items()
    }
    return Report(
        form=_text(shape.get("form")), forms={k: str(v) for k, v in (shape.get("forms") or {}).items()},
        agency=_text(shape.get("agency")), year=_year(shape.get("year")), title=_text(shape.get("title")),
        signature=_text(shape.get("signature")), signed_on=date.fromisoformat(signed_on) if signed_on else None,
        cells=cells, sections=sections, preamble=_text(shape.get("preamble")) or "", notes=notes, kind="json",
    )


def _cell(cell_id: str, shape: dict[str, Any]) -> Cell:
    status, value = Status(shape["status"]), shape.get("value")
    if isinstance(value, bool) or not isinstance(value, int | Decimal | None):
        raise TypeError(f"{cell_id}: {value!r} is not a number")
    if (value is not None) != (status is Status.VALUE):
        raise ValueError(f"{cell_id}: status {status} and value {value!r} contradict each other")
    unit = _text(shape.get("unit"))
    return Cell(cell_id, status, value, _text(shape.get("raw")), unit)


def _text(value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    return value


def _year(value: Any) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise TypeError(f"{value!r} is not a year")
    return value


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")
