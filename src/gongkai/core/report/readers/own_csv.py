"""The project's own CSV of cells, back into a report without prose. Nothing is located: cells come with their ids."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from gongkai.core.errors import ReadError
from gongkai.core.report.forms import all_forms
from gongkai.core.report.model import Cell, Report, Status
from gongkai.core.report.writers.csv_columns import COLUMNS, STATUS_WORDS, unguard
from gongkai.core.text.numerals import parse_numeral

_KNOWN = {cell_id for form in all_forms() for cell_id in form.cells}
_STATUS = {word: Status(key) for key, word in STATUS_WORDS.items()}


def read(data: bytes) -> Report:
    """The report. Raises ReadError `csv-broken` for a row that this project did not write, or for several reports."""
    try:
        rows = list(_rows(data))
        identity = {(agency, year) for agency, year, _, _ in rows}
        if len(identity) > 1:
            raise ValueError("several reports in one file")
    except (ValueError, KeyError, csv.Error) as error:
        raise ReadError(
            "csv-broken", "CSV 与本软件导出的单元格清单不符（或含有多份报告），未读取任何内容；请重新导出后再试。",
        ) from error
    agency, year = identity.pop() if identity else ("", "")
    forms = {cell.id.split(".")[0]: form_id for _, _, form_id, cell in rows if form_id}
    distinct = set(forms.values())
    return Report(
        form=distinct.pop() if len(distinct) == 1 else "mixed" if distinct else None, forms=forms,
        agency=agency or None, year=int(year) if year else None, cells={cell.id: cell for *_, cell in rows}, kind="csv",
    )


def _rows(data: bytes) -> Iterator[tuple[str, str, str, Cell]]:
    lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    if tuple(next(lines, ())) != COLUMNS:
        raise ValueError("another head row")
    for line in lines:
        agency, year, form_id, cell_id, _, _, _, digits, word, unit, raw = map(unguard, line)
        if cell_id not in _KNOWN:
            raise ValueError(f"unknown cell {cell_id!r}")
        status, numeral = _STATUS[word], parse_numeral(digits)
        if (numeral is None) != (status is not Status.VALUE):
            raise ValueError(f"{cell_id}: {word} with value {digits!r}")
        value = numeral.value if numeral else None
        missing = status is Status.MISSING and not raw
        yield agency, year, form_id, Cell(cell_id, status, value, None if missing else raw, unit or None)
