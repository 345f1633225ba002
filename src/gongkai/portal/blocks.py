"""The cleaned words of an edition as blocks, for files that are no HTML: Word (`word.py`) and PDF (`printed.py`).

What is read here was cleaned when it was saved (`publications.cleaning`): few kinds of elements, and none that runs or
loads anything. What stands elsewhere than it should becomes a paragraph; no word is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import html

UPRIGHT = 8  # columns that an upright page has room for
WIDEST = 60  # columns; Word draws no table with more than 63
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LOOKS = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic", "u": "underline"}
_HEADS = {"h2": 1, "h3": 2, "h4": 3}
_PARTS = {"p", "ul", "ol", "li", "table", "blockquote", *_HEADS}


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in one look; `shift` is "", "sup" or "sub". A line break is "\\n"."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    shift: str = ""
    href: str = ""


@dataclass(slots=True)
class Line:
    """A paragraph. `kind`: text, head, item or quote; `level` counts from 1 for heads and from 0 for items; `mark`
    stands before an item."""

    kind: str = "text"
    pieces: list[Piece] = field(default_factory=list)
    level: int = 0
    mark: str = ""

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class Cell:
    """A cell where it begins, rows and columns counted from 0."""

    row: int
    column: int
    down: int
    across: int
    head: bool
    lines: list[Line]


@dataclass(slots=True)
class Grid:
    """A table; the first `heads` rows are repeated on every page."""

    rows: int
    columns: int
    heads: int
    cells: list[Cell]

    @property
    def lies_across(self) -> bool:
        """Whether it needs a page that lies on its side."""
        return self.columns > UPRIGHT

    @property
    def weights(self) -> list[int]:
        """How much of the width each column is given, by the longest line in it, within bounds."""
        found = [6] * self.columns
        for cell in self.cells:
            longest = max((_width(line.text) for line in cell.lines), default=0) // cell.across
            for column in range(cell.column, cell.column + cell.across):
                found[column] = max(found[column], min(longest, 24))
        return found


Block = Line | Grid


def blocks(cleaned: str) -> list[Block]:
    """The blocks of cleaned HTML, in order."""
    if not cleaned.strip():
        return []
    found: list[Block] = []
    _Walk(found).into(html.fragment_fromstring(cleaned, create_parent="div"), Piece(""), Line())
    return found


class _Walk:
    """Goes through a tree and ends a line where a block begins or ends."""

    def __init__(self, found: list[Block]) -> None:
        self.found = found
        self.line: Line | None = None

    def into(self, element: Any, look: Piece, like: Line) -> None:
        """What stands inside an element, as lines `like` this one."""
        self._say(element.text, look, like)
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, look, like)
            self._say(child.tail, look, like)
        if element.tag in _PARTS or element.tag == "div":
            self._end()

    def _child(self, child: Any, look: Piece, like: Line) -> None:
        tag = child.tag
        if tag == "br":
            self._put(replace(look, text="\n"), like)
        elif tag == "table":
            self._end()
            self.found.extend(_grid(child))
        elif tag in {"ul", "ol"}:
            self._end()
            self._items(child, look, like)
        elif tag in _PARTS:
            self._end()
            inside = like if tag == "p" else Line("head", level=_HEADS[tag]) if tag in _HEADS else Line("quote")
            self.into(child, look, like if like.kind == "item" else inside)
        else:
            self.into(child, _looking(child, look), like)

    def _items(self, listed: Any, look: Piece, like: Line) -> None:
        level = like.level + 1 if like.kind == "item" else 0
        number = int(listed.get("start", 1))
        self._say(listed.text, look, Line("item", level=level))
        for child in listed:
            if child.tag == "li":
                mark = f"{number}." if listed.tag == "ol" else "•"
                self._end()
                self.into(child, look, Line("item", level=level, mark=mark))
                number += 1
            elif isinstance(child.tag, str):
                self._child(child, look, Line("item", level=level))
            self._say(child.tail, look, Line("item", level=level))
        self._end()

    def _say(self, text: str | None, look: Piece, like: Line) -> None:
        said = _SPACE.sub(" ", text or "")
        if said.strip(" ") or (said and self.line is not None):
            self._put(replace(look, text=said), like)

    def _put(self, piece: Piece, like: Line) -> None:
        if self.line is None:
            self.line = Line(like.kind, [], like.level, like.mark)
            self.found.append(self.line)
            like.mark = ""  # the second paragraph of an item has none
        self.line.pieces.append(piece)

    def _end(self) -> None:
        self.line = None


def _looking(element: Any, look: Piece) -> Piece:
    tag = element.tag
    if tag in _LOOKS:
        return replace(look, **{_LOOKS[tag]: True})
    if tag in {"sup", "sub"}:
        return replace(look, shift=tag)
    return replace(look, href=element.get("href", "")) if tag == "a" else look


def _grid(table: Any) -> Iterator[Block]:
    """A table with its true spans, its caption before it. One with too many columns becomes lines."""
    for caption in table.findall("caption"):
        yield from _lines(caption)
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for y, row in enumerate(rows):
        x = 0
        for each in row.iterchildren("td", "th"):
            while (y, x) in taken:
                x += 1
            across = min(int(each.get("colspan", 1)), WIDEST)
            down = min(int(each.get("rowspan", 1)), len(rows) - y)
            # What was merged over a cell that is there already gives way to it.
            while across > 1 and any((y, x + k) in taken for k in range(across)):
                across -= 1
            taken.update((y + j, x + k) for j in range(down) for k in range(across))
            cells.append(Cell(y, x, down, across, each.tag == "th", list(_lines(each))))
            x += across
    columns = max((cell.column + cell.across for cell in cells), default=0)
    if columns > WIDEST:
        for y in range(len(rows)):
            yield Line(pieces=[Piece("　".join(
                " ".join(line.text for line in cell.lines) for cell in cells if cell.row == y
            ))])
    elif cells:
        holes = ((y, x) for y in range(len(rows)) for x in range(columns) if (y, x) not in taken)
        cells += [Cell(y, x, 1, 1, head=False, lines=[]) for y, x in holes]
        cells.sort(key=lambda cell: (cell.row, cell.column))
        yield Grid(len(rows), columns, _heads(rows, cells), cells)


def _heads(rows: list[Any], cells: list[Cell]) -> int:
    """Rows at the top of heads alone, none of which reaches below them; never the whole table."""
    count = 0
    for y, row in enumerate(rows):
        if row.getparent().tag != "thead" and any(not cell.head for cell in cells if cell.row == y):
            break
        count = y + 1
    reaches = any(cell.row < count < cell.row + cell.down for cell in cells)
    return count if 0 < count < len(rows) and not reaches else 0


def _lines(element: Any) -> list[Line]:
    """The lines of a cell. A table inside it is told row by row: neither Word nor paper has room for it."""
    found: list[Block] = []
    walk = _Walk(found)
    walk.into(element, Piece(""), Line())
    lines: list[Line] = []
    for block in found:
        if isinstance(block, Line):
            lines.append(block)
        else:
            lines += [Line(pieces=[Piece("　".join(
                " ".join(line.text for line in cell.lines) for cell in block.cells if cell.row == y
            ))]) for y in range(block.rows)]
    return lines


def _width(text: str) -> int:
    """How wide a text is, a Chinese character counting two."""
    return sum(1 if char < "\u2e80" else 2 for char in text)
