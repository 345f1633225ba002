"""Documents written out as text in the layouts in which reports are passed on, for tests of the text reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from gongkai.core.report.document import Document, Grid, GridCell

Layout = Callable[[Grid, Random], str]


def write(document: Document, layout: Layout, *, seed: int = 0) -> str:
    """Paragraphs as lines, tables in one layout."""
    rng = Random(seed)
    parts = [layout(block, rng) if isinstance(block, Grid) else block.text for block in document.blocks]
    return "\n".join(parts) + "\n"


def _rows(grid: Grid) -> Iterator[list[GridCell | None]]:
    """Slot by slot; None where a cell from above or from the left stands."""
    slots: list[list[GridCell | None]] = [[None] * grid.ncols for _ in range(grid.nrows)]
    for cell in grid.cells:
        slots[cell.row][cell.col] = cell
    yield from slots


def _starting(grid: Grid) -> Iterator[list[GridCell]]:
    for row in _rows(grid):
        yield [cell for cell in row if cell is not None]


def _is_label(cell: GridCell) -> bool:
    return len(cell.text) >= 4 and not cell.text[0].isdigit() and "-" not in cell.text


def _broken(text: str, rng: Random) -> str:
    """A label cut by a line break at some place."""
    cut = rng.randrange(2, len(text) - 1)
    return text[:cut] + "\n" + text[cut:]


def cells(grid: Grid, rng: Random) -> str:
    """One cell a line."""
    return "\n".join(" " * rng.randrange(3) + cell.text for row in _starting(grid) for cell in row)


def cells_apart(grid: Grid, rng: Random) -> str:
    """One cell a line with a blank line after each, labels of the form broken now and then where a word ends."""
    lines = []
    for row in _starting(grid):
        for cell in row:
            text = cell.text
            if text in {"商业企业", "科研机构", "结果维持", "社会公益组织"} and rng.random() < 0.5:
                text = text[:2] + "\n\n" + text[2:]
            elif text.startswith(("（三）", "（四）", "（五）")) and rng.random() < 0.5:
                text = text[:3] + "\n\n" + text[3:]
            elif text == "三、本年度办理结果" and rng.random() < 0.5:
                text = "三、\n本年度办理结果"
            lines.append(text)
    return "\n\n".join(lines)


def tab_cells(grid: Grid, rng: Random) -> str:
    """A tab before every cell, a blank line after every table row, labels broken over lines."""
    lines: list[str] = []
    covered = _covered(grid)
    for r, row in enumerate(_rows(grid)):
        for c, cell in enumerate(row):
            if cell is None:
                if (r, c) in covered:
                    lines.append("\t")
                continue
            text = cell.text
            if _is_label(cell) and rng.random() < 0.3:
                text = _broken(text, rng)
            lines.append("\t" + text)
        lines.append("")
    return "\n".join(lines)


def _covered(grid: Grid) -> set[tuple[int, int]]:
    """The left slot of each merged cell in every further row that it covers."""
    return {(r, cell.col) for cell in grid.cells for r in range(cell.row + 1, cell.row + cell.rowspan)}


def bar_cells(grid: Grid, rng: Random) -> str:
    """Every cell on a line of its own that ends with a bar; merged cells leave bars behind."""
    own_line = rng.random() < 0.5
    lines = []
    for row in _starting(grid):
        lines += [f"{cell.text} |" for cell in row]
        missing = grid.ncols - len(row)
        if missing:
            if own_line:
                lines.append("|" * missing)
            else:
                lines[-1] += " " + "|" * missing
    return "\n".join(lines)


def bar_rows(grid: Grid, rng: Random) -> str:
    """A table row a line, cells closed by bars, merged cells left out and made up for at the end."""
    return "\n".join(
        " | ".join(cell.text for cell in row) + " | " + "|" * (grid.ncols - len(row)) for row in _starting(grid) if row
    )


def markdown(grid: Grid, rng: Random) -> str:
    """A Markdown table; merged cells are empty."""
    lines = ["| " + " | ".join(cell.text if cell else "" for cell in row) + " |" for row in _rows(grid)]
    lines.insert(1, "|" + "---|" * grid.ncols)
    return "\n".join(lines)


def markdown_repeated(grid: Grid, rng: Random) -> str:
    """A Markdown table; merged cells are repeated."""
    lines = ["| " + " | ".join(cell.text if cell else "" for cell in row) + " |" for row in grid.matrix()]
    lines.insert(1, "|" + ":---:|" * grid.ncols)
    return "\n".join(lines)


def tab_rows_short(grid: Grid, rng: Random) -> str:
    """A table row a line, merged cells left out, so that the columns drift."""
    return "\n".join("\t".join(cell.text for cell in row) for row in _starting(grid) if row)


def spaced_rows(grid: Grid, rng: Random) -> str:
    """A table row a line, cells apart by one space, merged cells left out."""
    return tab_rows_short(grid, rng).replace("\t", " ")


def tab_rows_full(grid: Grid, rng: Random) -> str:
    """A table row a line, an empty cell for every merged slot."""
    return "\n".join("\t".join(cell.text if cell else "" for cell in row) for row in _rows(grid))


def tab_rows_down(grid: Grid, rng: Random) -> str:
    """A table row a line, an empty cell only where a cell from above stands."""
    covered = _covered(grid)
    lines = []
    for r, row in enumerate(_rows(grid)):
        lines.append("\t".join(cell.text if cell else "" for c, cell in enumerate(row) if cell or (r, c) in covered))
    return "\n".join(lines)


def tab_rows_repeated(grid: Grid, rng: Random) -> str:
    """A table row a line, merged labels repeated in every slot."""
    return "\n".join("\t".join(cell.text if cell else "" for cell in row) for row in grid.matrix())


def _saved(grid: Grid, separator: str) -> str:
    """A table as a spreadsheet saves it: an empty cell for every merged slot, cells with a separator in quotes."""
    return "\n".join(
        separator.join(_quoted(cell.text if cell else "", separator) for cell in row) for row in _rows(grid)
    )


def _quoted(text: str, separator: str) -> str:
    needs = separator in text or '"' in text or "“" in text
    return '"' + text.replace('"', '""') + '"' if needs else text


def commas(grid: Grid, rng: Random) -> str:
    """Saved with commas, large numbers grouped."""
    for cell in grid.cells:
        if len(cell.text) > 4 and cell.text.isdecimal():
            cell.text = f"{int(cell.text):,}"
    return _saved(grid, ",")


def semicolons(grid: Grid, rng: Random) -> str:
    """Saved with semicolons."""
    return _saved(grid, ";")


LAYOUTS: tuple[Layout, ...] = (
    cells, cells_apart, tab_cells, bar_cells, bar_rows, markdown, markdown_repeated, tab_rows_short, tab_rows_full,
    tab_rows_down, tab_rows_repeated, spaced_rows, commas, semicolons,
)
WITH_BLANKS: tuple[Layout, ...] = tuple(layout for layout in LAYOUTS if layout not in (cells, cells_apart, spaced_rows))
