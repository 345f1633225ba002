"""A report's cells as CSV, one row a cell. The prose is not in it; .json keeps everything."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from gongkai.core.report.forms import FORM_IDS, form
from gongkai.core.report.model import Cell, Number, Report
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
    row, column = _labels(cell.id, form_id)
    return [
        report.agency or "", "" if report.year is None else str(report.year), form_id, cell.id, table, row, column,
        "" if cell.value is None else _digits(cell.value), STATUS_WORDS[cell.status.value], cell.unit or "",
        cell.raw or "",
    ]


def _labels(cell_id: str, form_id: str) -> tuple[str, str]:
    """Row and column in the form's words, label paths joined by " / "."""
    table, row_key, col_key = cell_id.split(".")
    chosen = form(form_id or FORM_IDS[-1])
    if table == "t2":
        block = next(b for b in chosen.blocks if any(row.key == row_key for row in b.rows))
        rows, columns = block.rows, block.columns
    else:
        rows = chosen.t3_rows if table == "t3" else chosen.t4_groups
        columns = chosen.t3_columns if table == "t3" else chosen.t4_columns
    row = next(label for label in rows if label.key == row_key)
    column = next(label for label in columns if label.key == col_key)
    return " / ".join(row.path), " / ".join(column.path)


def _digits(value: Number) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
