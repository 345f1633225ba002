"""Which numbers of a report were typed in, in words that stand below the table (手工填报)."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.compilations.figures.parts import parts
from gongkai.compilations.models import Compilation, Signing, Source
from gongkai.core.report.render.labels import cell_title

_TABLES = {"t2": "本表", "t3": "本表", "t4": "本表"}
_MOST = 6  # cells named one by one; beyond it their number is told


def typed_in(compilation: Compilation, signing: Signing | None) -> dict[str, str]:
    """{cell: source} of the numbers typed in: as they stand, or as a signing froze them. One query."""
    if signing is None:
        rows = compilation.entered.filter(withdrawn_at__isnull=True).values_list("cell", "source")
        return dict(rows)
    frozen = signing.counted.filter(source=Source.HAND).values_list("cells", "label")
    return {cell: label for cells, label in frozen for cell in cells}


def remarks(typed: Mapping[str, str], form_id: str) -> dict[str, str]:
    """{table: sentence} for every table with numbers typed in: which, and where they come from."""
    found = {}
    for table in ("t2", "t3", "t4"):
        cells = [cell for cell in typed if cell.startswith(f"{table}.")]
        if cells:
            found[table] = f"注：{_which(table, cells, form_id)}为手工填报，来源：{_sources(typed, cells)}。"
    return found


def with_sums(typed: Mapping[str, str], form_id: str, cells: Mapping[str, object]) -> frozenset[str]:
    """The cells that are by hand: those typed in and every sum of which a part was."""
    return frozenset(cell for cell in cells if cell in typed or any(part in typed for part in parts(form_id, cell)))


def _which(table: str, cells: list[str], form_id: str) -> str:
    if table in {"t3", "t4"}:
        return _TABLES[table]
    named = "、".join(f"“{cell_title(cell, form_id)}”" for cell in cells[:_MOST])
    return named if len(cells) <= _MOST else f"{named}等 {len(cells)} 个数"


def _sources(typed: Mapping[str, str], cells: list[str]) -> str:
    return "；".join(dict.fromkeys(typed[cell].rstrip("。；") for cell in cells))
