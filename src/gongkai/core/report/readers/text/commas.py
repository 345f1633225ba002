"""Tables saved from a spreadsheet as CSV: their rows become rows with tabs, so that every column is kept."""

from __future__ import annotations

from collections import Counter

from gongkai.core.report.readers.text.words import is_prose, is_value, known

_SEPARATORS = ",;"
_ENOUGH = 4       # rows of the form that tell a table from running text with commas
_QUOTED_ROWS = 8  # a quoted cell that runs over more lines is a stray quotation mark
_LONGEST = 4000   # characters of a row


def tabbed(text: str) -> str:
    """The text with its comma- or semicolon-separated rows as tab-separated ones; other text comes back as it is.

    Line numbers stay: a row that ran over several lines is followed by empty ones.
    """
    separator = _separator(text)
    if separator is None:
        return text
    out: list[str] = []
    waiting: list[str] = []
    for line in text.splitlines():
        waiting.append(line)
        whole = "\n".join(waiting)
        if whole.count('"') % 2 and len(waiting) < _QUOTED_ROWS:
            continue
        out += _row(whole, separator) if whole.count('"') % 2 == 0 else waiting
        out += [""] * (len(waiting) - 1 if whole.count('"') % 2 == 0 else 0)
        waiting = []
    return "\n".join([*out, *waiting]) + ("\n" if text[-1:] in "\r\n" else "")


def _separator(text: str) -> str | None:
    """The character that parts the cells, when rows of the form show one."""
    found: Counter[str] = Counter()
    for line in text.splitlines():
        for separator in _SEPARATORS:
            cells = line[:_LONGEST].split(separator)
            if len(cells) > 1 and "\t" not in line and "|" not in line:
                found[separator] += any(known(cell.strip(' "')) is not None for cell in cells)
    best = found.most_common(1)
    return best[0][0] if best and best[0][1] >= _ENOUGH else None


def _row(line: str, separator: str) -> list[str]:
    import csv

    if separator not in line or len(line) > _LONGEST:
        return [line]
    cells = [" ".join(cell.split()) for cell in next(csv.reader([line.replace("\n", " ")], delimiter=separator))]
    filled = [cell for cell in cells if cell]
    if not filled:
        return [""]
    if len(filled) == 1 and cells[0] and (known(cells[0]) is None or is_prose(cells[0])):
        return cells[:1]  # a line of text in a sheet; what follows are the sheet's empty columns
    if not any(known(cell) is not None or is_value(cell) for cell in filled):
        return [line]
    return ["\t".join(cells)]
