"""The words of the form for a cell id: its row label and its column head."""

from __future__ import annotations

from gongkai.core.report.forms import FORM_IDS, Form, Label, form


def labels(cell_id: str, form_id: str | None = None) -> tuple[Label, Label]:
    """Row label and column head. Without `form_id` the newest form that has the cell. KeyError when none has it."""
    for candidate in [form(form_id)] if form_id else [form(known) for known in reversed(FORM_IDS)]:
        if cell_id in candidate.cells:
            table, row_key, col_key = cell_id.split(".")
            rows, columns = line(candidate, table, row_key)
            return (
                next(label for label in rows if label.key == row_key),
                next(label for label in columns if label.key == col_key),
            )
    raise KeyError(cell_id)


def line(chosen: Form, table: str, row_key: str) -> tuple[tuple[Label, ...], tuple[Label, ...]]:
    """The rows among which a row stands, and the columns that cross it (table 二 has other columns in each block)."""
    if table == "t2":
        block = next(b for b in chosen.blocks if any(row.key == row_key for row in b.rows))
        return block.rows, block.columns
    if table == "t3":
        return chosen.t3_rows, chosen.t3_columns
    return chosen.t4_groups, chosen.t4_columns


def cell_title(cell_id: str, form_id: str | None = None) -> str:
    """A cell in words, "（一）予以公开 · 自然人"; an id that no form has is given back as it is."""
    try:
        row, column = labels(cell_id, form_id)
    except KeyError:
        return cell_id
    return f"{row.text} · {column.text}"
