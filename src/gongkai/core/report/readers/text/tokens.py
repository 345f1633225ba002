"""Lines of a table region to pieces of text: cells of pipe rows, tab rows, or one cell a line.

Where the layout shows table rows, every piece carries its row and empty cells are kept; else `row` is None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.core.report.readers.limits import check_cells
from gongkai.core.report.readers.text.draft import Piece
from gongkai.core.report.readers.text.lines import Line
from gongkai.core.text.fold import squeeze

_RULE = " \t|:：+=_-"  # |---|---| of Markdown and +-----+ of drawn tables
_LONGEST = 200  # characters of a cell; what follows on further lines is not part of it
_QUOTED_ROWS = 8  # a quoted cell that runs over more lines is a stray quotation mark


def layout_of(region: Sequence[Line]) -> str:
    """"pipes", "tabs", "columns" (aligned by spaces) or "cells" (one cell a line)."""
    filled = [line.text for line in region if line.bare]
    if not filled:
        return "cells"
    if 2 * sum("|" in text for text in filled) >= len(filled):
        return "pipes"
    if 2 * sum("\t" in text for text in filled) >= len(filled):
        return "tabs"
    return "columns" if any(_aligned(text) for text in filled) else "cells"


_ALIGNED = re.compile(r"\s*(?:\S.*\s)?[^\s\d]\S*\s+[\d.,－-]+\s*|\s*(?:\S.*\s)?[\d.,]+\s+[\d.,]+\s*")


def _aligned(text: str) -> bool:
    """A label and a number, or two numbers, on one line."""
    return len(text) < 400 and _ALIGNED.fullmatch(text) is not None


def pieces_of(region: Sequence[Line], layout: str) -> list[Piece]:
    """The cells of a region in reading order, for every layout but "columns"."""
    check_cells(sum(line.text.count("|") + line.text.count("\t") + 1 for line in region))
    if layout == "pipes":
        return _pipes(region)
    if layout == "tabs":
        return _tab_rows(region) if any("\t" in line.bare for line in region) else _tab_cells(region)
    return [Piece(squeeze(line.text), line.number) for line in region if line.bare]


def _pipes(region: Sequence[Line]) -> list[Piece]:
    filled = [line for line in region if line.bare and not _is_rule(line.bare)]
    closed = 2 * sum(line.bare.endswith("|") for line in filled) > len(filled)
    opened = 2 * sum(line.bare.startswith("|") for line in filled) > len(filled)
    rows: list[tuple[int, list[str]]] = []
    for line in filled:
        bare = line.bare[1:] if opened and line.bare.startswith("|") else line.bare
        cells = [squeeze(cell) for cell in bare.split("|")]
        if closed and rows and 0 < len(rows[-1][1][-1]) < _LONGEST:
            # Every cell is closed by a bar and this one was not: the line continues it.
            rows[-1][1][-1] += cells[0]
            rows[-1][1].extend(cells[1:])
        else:
            rows.append((line.number, cells))
    for _, cells in rows:
        if closed and not cells[-1]:
            cells.pop()  # nothing stands after the closing bar
    in_rows = any(sum(bool(cell) for cell in cells) > 1 for _, cells in rows)
    return [
        Piece(cell, number, row if in_rows else None) for row, (number, cells) in enumerate(rows) for cell in cells
    ]


def _is_rule(text: str) -> bool:
    return not text.strip(_RULE) and any(run in text for run in ("---", "===", "___"))


def _tab_rows(region: Sequence[Line]) -> list[Piece]:
    found: list[Piece] = []
    waiting: list[str] = []
    started = row = 0
    for line in region:
        if not line.bare and not waiting:
            continue
        started = line.number if not waiting else started
        waiting.append(line.text)
        text = "".join(waiting)
        if text.count('"') % 2 and len(waiting) < _QUOTED_ROWS:
            continue  # a spreadsheet quotes cells that hold a line break
        waiting = []
        found += [Piece(_unquoted(cell), started, row) for cell in text.rstrip("\r\n").split("\t")]
        row += 1
    return found


def _unquoted(cell: str) -> str:
    text = cell.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].replace('""', '"')
    return squeeze(text)


def _tab_cells(region: Sequence[Line]) -> list[Piece]:
    """A tab opens a cell, a line without one continues it, a blank line ends the table row."""
    found: list[Piece] = []
    row = 0
    for line in region:
        if "\t" not in line.text:
            if not line.bare:
                row += 1
            elif found and found[-1].row == row and len(found[-1].text) < _LONGEST:
                found[-1] = Piece(found[-1].text + line.bare, found[-1].line, row)
            else:
                found.append(Piece(squeeze(line.text), line.number, row))
            continue
        found.append(Piece(squeeze(line.text), line.number, row))
    return found
