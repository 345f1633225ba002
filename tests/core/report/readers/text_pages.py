"""Tables as a printed page shows them when its columns are narrow: every cell is wrapped inside its own column."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from gongkai.core.report.document import Grid, GridCell

_GAP = 2  # spaces between columns


@dataclass(frozen=True)
class Page:
    """How a page is set: the width of the three label columns and of a number, where a cell's lines stand in its row
    (top, middle, bottom), how many lines a page holds and whether the heads are repeated on the next one."""

    labels: tuple[int, int, int] = (3, 4, 5)
    number: int = 8
    place: str = "top"
    lines: int = 9999
    repeat: bool = False


PAGES = (
    Page(), Page(place="middle"), Page(place="bottom"), Page((5, 7, 16), place="middle"), Page((2, 3, 4)),
    Page(lines=40), Page(place="middle", lines=40), Page(place="middle", lines=52, repeat=True),
    Page((4, 5, 8), lines=30),
)


def wrapped(grid: Grid, rng: Random, page: Page = PAGES[0]) -> str:
    """A grid of one of the statutory tables with every cell wrapped to its column's width."""
    if grid.ncols == 10:
        widths = [*page.labels, *[page.number] * 7]
    elif grid.ncols == 15:
        widths = [page.number] * 15
    else:
        widths = [14] * grid.ncols
    heads = 3 if grid.ncols == 10 else 0
    rows = _set(grid, widths, page.place)
    lines = [line for row in rows for line in row]
    if grid.ncols != 10 or len(lines) <= page.lines:
        return "\n".join(lines)
    top = [line for row in rows[:heads] for line in row]
    sheets = [lines[at:at + page.lines] for at in range(0, len(lines), page.lines)]
    shift = " " * rng.randrange(4)
    return "\f".join(
        "\n".join(shift * (n % 2) + line for line in [*(top if page.repeat and n else []), *sheet]) + "\n"
        for n, sheet in enumerate(sheets)
    )


def _set(grid: Grid, widths: list[int], place: str) -> list[list[str]]:
    """The lines of each table row; a cell over several rows is set once over all of their lines."""
    heights = [1] * grid.nrows
    for cell in sorted(grid.cells, key=lambda cell: cell.rowspan):
        need = len(_lines(cell, widths)) - sum(heights[cell.row:cell.row + cell.rowspan])
        heights[cell.row + cell.rowspan - 1] += max(0, need)
    starts = [sum(heights[:row]) for row in range(grid.nrows + 1)]
    canvas = [[" "] * (sum(widths) + _GAP * len(widths)) for _ in range(starts[-1])]
    for cell in grid.cells:
        texts = _lines(cell, widths)
        room = starts[cell.row + cell.rowspan] - starts[cell.row] - len(texts)
        first = starts[cell.row] + {"top": 0, "middle": room // 2, "bottom": room}[place]
        left = sum(widths[:cell.col]) + _GAP * cell.col
        for at, text in enumerate(texts, first):
            canvas[at][left:left + len(text)] = text
    lines = ["".join(line).rstrip() for line in canvas]
    return [lines[starts[row]:starts[row + 1]] for row in range(grid.nrows)]


def _lines(cell: GridCell, widths: list[int]) -> list[str]:
    width = sum(widths[cell.col:cell.col + cell.colspan]) + _GAP * (cell.colspan - 1)
    return [cell.text[at:at + width] for at in range(0, len(cell.text), width)] or [""]
