"""Tables set in columns of spaces, as a printed page looks when its text is taken out with the layout kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from gongkai.core.report.document import Grid, GridCell

_GROUP, _ITEM, _VALUES, _STEP = 6, 14, 44, 6  # where the columns of table 三 begin, in characters


@dataclass(frozen=True)
class Setting:
    """How a printed page is set: `wrap` characters of an item label on a line; `numbers` on its first, middle or
    last line; `side` puts the outer label beside the rows one character a line; `page` rows on a page."""

    wrap: int = 30
    numbers: str = "middle"
    side: bool = True
    page: int = 99
    blank_lines: bool = False


SETTINGS = (
    Setting(), Setting(wrap=13), Setting(wrap=13, numbers="first"), Setting(wrap=13, numbers="last"),
    Setting(wrap=15, page=12), Setting(wrap=30, side=False, page=9, blank_lines=True),
)


def columns(grid: Grid, rng: Random, setting: Setting = SETTINGS[0]) -> str:
    """A grid of one of the statutory tables in columns of spaces."""
    if grid.ncols == 10:
        return _third(grid, setting)
    if grid.ncols == 15:
        return _fourth(grid, rng)
    return _second(grid, rng)


def _second(grid: Grid, rng: Random) -> str:
    lines = []
    for r in range(grid.nrows):
        texts = [cell.text for cell in grid.cells if cell.row == r]
        gap = " " * rng.randrange(3, 12)
        lines += [" " * rng.randrange(4) + gap.join(texts), *[""] * rng.randrange(3)]
    return "\n".join(lines)


def _fourth(grid: Grid, rng: Random) -> str:
    texts = [cell.text for cell in sorted(grid.cells, key=lambda cell: cell.col) if cell.row < grid.nrows - 1]
    over = [text for text in texts if text.startswith("行政")]
    groups = [text for text in texts if text.endswith("起诉")]
    outcomes = [text for text in texts if text not in over and text not in groups]
    values = [cell.text for cell in grid.cells if cell.row == grid.nrows - 1]
    upper = "  ".join(text[:2] for text in outcomes if text != "总计")
    lower = "  ".join(text[2:] for text in outcomes if text != "总计")
    heads = [upper, "   ".join(["总 计"] * 3), lower] if rng.random() < 0.5 else ["   ".join(outcomes)]
    return "\n".join([" " * 12 + (" " * 30).join(over), " " * 40 + (" " * 20).join(groups), *heads, "",
                      "    ".join(values)])


def _third(grid: Grid, setting: Setting) -> str:
    heads, rows = _heads(grid), _labelled(grid)
    side = next((cell.text for cell in grid.cells if cell.col == 0 and cell.rowspan > 3), "")
    lines: list[str] = []
    for start in range(0, len(rows), setting.page):
        if start:
            lines.append(" " * 30 + f"- {start // setting.page} -")
        lines += heads
        for group, depth, label, values in rows[start:start + setting.page]:
            lines += _row(group, depth, label, values, setting)
            lines += [""] * setting.blank_lines
    if setting.side:
        lines = _beside(lines, side)
    else:
        at = next(i for i, line in enumerate(lines) if "（一）" in line)
        lines[at] = side[:5] + lines[at][5:]
        lines[at + 1] = side[5:] + lines[at + 1][len(side[5:]):]
    return "\n".join(lines)


def _heads(grid: Grid) -> list[str]:
    corner = grid.cells[0].text
    wide = " " * _VALUES
    return [f"{corner} 申请人情况", "", wide + " " * 12 + "法人或其他组织", wide + "自然人" + " " * 38 + "总计",
            wide + " " * 6 + "商业  科研  社会公益 法律服务 其他", wide + " " * 6 + "企业  机构  组织   机构"]


def _labelled(grid: Grid) -> list[tuple[str, int, str, Sequence[str]]]:
    """Per row: the group's label where it begins, the depth and text of the row's own label, the values."""
    found = []
    for r in range(3, grid.nrows):
        labels = [cell for cell in grid.cells if cell.row == r and cell.col < 3]
        own = max(labels, key=lambda cell: cell.col)
        group = next((cell.text for cell in labels if cell.col == 1 and cell is not own), "")
        found.append((group, own.col, own.text, _texts(grid, r)))
    return found


def _texts(grid: Grid, r: int) -> list[str]:
    cells: list[GridCell] = [cell for cell in grid.cells if cell.row == r and cell.col >= 3]
    return [cell.text for cell in cells]


def _row(group: str, depth: int, label: str, values: Sequence[str], setting: Setting) -> list[str]:
    at = (0, _GROUP, _ITEM)[depth]
    wrap = setting.wrap if depth == 2 else 24
    parts = [label[i:i + wrap] for i in range(0, len(label), wrap)]
    lines = [" " * at + part for part in parts]
    if group:
        lines[0] = " " * _GROUP + group.ljust(_ITEM - _GROUP) + lines[0][_ITEM:]
    place = {"first": 0, "last": len(lines) - 1}.get(setting.numbers, len(lines) // 2)
    if setting.numbers == "middle" and len(lines) == 2:
        lines.insert(1, "")
    numbers = "".join(value.ljust(_STEP) if len(value) < _STEP else value + " " for value in values)
    lines[place] = lines[place].ljust(_VALUES) + numbers.rstrip()
    return lines


def _beside(lines: list[str], side: str) -> list[str]:
    """One character of the outer label a line, left of the rows that it covers."""
    start = next(i for i, line in enumerate(lines) if "（一）" in line) + 1
    for i, ch in enumerate(side, start):
        if i < len(lines) and not lines[i][:2].strip():
            lines[i] = (ch + lines[i][1:]) if lines[i] else ch
    return lines
