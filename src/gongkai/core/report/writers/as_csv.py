"""A report's cells as CSV, one row a cell. The prose is not in it; .json keeps everything."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from gongkai.core.report.model import Cell, Number, Report
from gongkai.core.report.render.labels import labels
from gongkai.core.report.writers.csv_columns import COLUMNS, STATUS_WORDS, guard


def write(report: Report) -> bytes:
    """The cells in the order of the form, UTF-8 with the mark that spreadsheets need to see it."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for cell in report.cells.values():
        rows.writerow([guard(text) for text in _row(report, cell)])
    return out.getvalue().encode("utf-8-sig", "replace")


def _row(report: Report, cell: Cell) -> list[str]:
    table = cell.id.split(".")[0]
    form_id = report.forms.get(table, "")
    row, column = labels(cell.id, form_id or None)
    return [
        report.agency or "", "" if report.year is None else str(report.year), form_id, cell.id, table,
        " / ".join(row.path), " / ".join(column.path),
        "" if cell.value is None else _digits(cell.value), STATUS_WORDS[cell.status.value], cell.unit or "",
        cell.raw or "",
    ]


def _digits(value: Number) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
