"""The form's own words for a cell, so that a message names what the clerk sees on paper."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from gongkai.core.report.forms import FORM_IDS, Label, form
from gongkai.core.report.model import Number, Report

TABLE_NAMES = {"t2": "表二", "t3": "表三", "t4": "表四"}
_NOTE_IN_LABEL = re.compile(r"（(?:区分处理|单位)[^）]*）")
_INNER_QUOTES = str.maketrans("“”", "‘’")  # labels stand in quotation marks themselves
_SHORT = {
    "other_uncorrected": "1.逾期不补正",
    "other_unpaid": "2.逾期未按收费通知缴费",
}


def cell_name(report: Report, cell_id: str) -> str:
    """A cell in the form's words: 表三“（一）予以公开”行“总计”列."""
    table, row, column = cell_id.split(".")
    if table == "t4":
        return f"表四“{row_name(report, table, row)}”的“{column_name(report, table, row, column)}”"
    return f"{TABLE_NAMES[table]}“{row_name(report, table, row)}”行“{column_name(report, table, row, column)}”列"


def cell_names(report: Report, cell_ids: Iterable[str], most: int = 3) -> str:
    """Several cells; a whole row is named as one, and after `most` names only the number of cells is told."""
    ids = list(cell_ids)
    rows: dict[tuple[str, str], list[str]] = {}
    for cell_id in ids:
        table, row, _ = cell_id.split(".")
        rows.setdefault((table, row), []).append(cell_id)
    names: list[str] = []
    for (table, row), cells in rows.items():
        if len(cells) > 1 and len(cells) == len(_columns(_form_of(report, table), table, row)):
            names.append(f"{TABLE_NAMES[table]}“{row_name(report, table, row)}”整行")
        else:
            names += [cell_name(report, cell_id) for cell_id in cells]
    shown = "、".join(names[:most])
    return shown if len(names) <= most else f"{shown}等 {len(ids)} 格"


def row_name(report: Report, table: str, row: str) -> str:
    """A row in the form's words, the group before the item where the item alone would be unclear."""
    return _rows(_form_of(report, table), table).get(row, row)


def column_name(report: Report, table: str, row: str, column: str) -> str:
    """A column in the form's words (table 二 has its own columns for each block)."""
    return _columns(_form_of(report, table), table, row).get(column, column)


def number(value: Number) -> str:
    """A number as it is shown: 21, -8, 311.97."""
    return str(value)


def _form_of(report: Report, table: str) -> str:
    return report.forms.get(table, FORM_IDS[-1])


@cache
def _rows(form_id: str, table: str) -> dict[str, str]:
    the_form = form(form_id)
    if table == "t2":
        return {row.key: row.text for block in the_form.blocks for row in block.rows}
    if table == "t4":
        return {group.key: "".join(_bracketed(group)) for group in the_form.t4_groups}
    return {row.key: _t3_row(row) for row in the_form.t3_rows}


@cache
def _columns(form_id: str, table: str, row: str) -> dict[str, str]:
    the_form = form(form_id)
    if table == "t2":
        return {
            column.key: _NOTE_IN_LABEL.sub("", column.text)
            for block in the_form.blocks if any(r.key == row for r in block.rows) for column in block.columns
        }
    return {column.key: column.text for column in (the_form.t3_columns if table == "t3" else the_form.t4_columns)}


def _t3_row(row: Label) -> str:
    text = _SHORT.get(row.key) or _NOTE_IN_LABEL.sub("", row.text).translate(_INNER_QUOTES)
    return f"{row.path[1]} {text}" if len(row.path) > 2 else text


def _bracketed(group: Label) -> tuple[str, ...]:
    return group.path if len(group.path) == 1 else (group.path[0], f"（{group.path[1]}）")
