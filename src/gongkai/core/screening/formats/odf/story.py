"""The text of an OpenDocument part: paragraphs, cells, notes, remarks, and what changes and styles keep from sight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from gongkai.core.screening.formats.halves import HALF, touching
from gongkai.core.screening.formats.ooxml.names import local
from gongkai.core.screening.formats.ooxml.props import COMMENT, DELETED, FOLDED, NARROW, NOTES, UNSEEN_SHEET, VANISHED
from gongkai.core.screening.formats.spelt import put_together
from gongkai.core.screening.model import Piece

_PARAGRAPHS = frozenset({"p", "h"})
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_APART = {  # what stands in a paragraph or beside it without being of its text: (name, why it is hidden)
    "annotation": ("批注", COMMENT), "note": ("脚注", ""), "deletion": ("修订中删除的文字", DELETED),
    "insertion": ("修订记录", "修订记录"), "format-change": ("修订记录", "修订记录"), "notes": ("备注页", NOTES),
    "text-box": ("文本框", ""), "header": ("页眉", ""), "header-left": ("页眉", ""), "header-first": ("页眉", ""),
    "footer": ("页脚", ""), "footer-left": ("页脚", ""), "footer-first": ("页脚", ""),
    "title": ("对象的标题", "替代文字"), "desc": ("对象的说明", "替代文字"), "hidden-text": ("隐藏的文字", VANISHED),
    "hidden-paragraph": ("隐藏的段落", VANISHED), "forms": ("表单", "表单"),
    "tracked-changes": ("修订记录", "修订记录"),
}
_VALUES = frozenset({"value", "string-value", "date-value", "current-value", "formula"})
_MOST_REPEATED = 1_000  # columns or rows that one element stands for
_DEEP = 200
_CELL = "单元格"


@dataclass(slots=True)
class Story:
    """`pieces` in the order of the part, `counts` of each place, `taken` the elements whose text was read, `hidden`
    names of styles that keep their text from sight."""

    hidden: frozenset[str] = frozenset()
    pieces: list[Piece] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    taken: set[etree._Element] = field(default_factory=set)

    def read(self, root: etree._Element) -> None:
        """Take everything that is text below an element, out of it: what is left is what no page shows."""
        self._walk(root, "正文", "", 0)
        for element in self.taken:
            element.text = None
            for child in element:
                child.tail = None

    def _walk(self, element: etree._Element, where: str, why: str, depth: int) -> None:
        if depth > _DEEP:
            return
        for child in element:
            name = local(child.tag)
            if name in _PARAGRAPHS:
                self._paragraph(child, where, why, depth)
            elif name in _APART or (name == "table" and next(_rows(child), None) is not None):
                self._apart(child, where, why, depth)
            else:
                self._walk(child, where, why or self._hides(child), depth + 1)

    def _hides(self, element: etree._Element) -> str:
        if local(element.tag) == "section" and element.get(_of(element, "display")) in {"none", "condition"}:
            return VANISHED
        return self._styled(element)

    def _styled(self, element: etree._Element) -> str:
        named = (str(value) for key, value in element.attrib.items() if local(key) == "style-name")
        return VANISHED if any(name in self.hidden for name in named) else ""

    def _paragraph(self, element: etree._Element, where: str, why: str, depth: int) -> None:
        runs: list[tuple[str, str]] = []
        apart: list[etree._Element] = []
        self._runs(element, why or self._styled(element), runs, apart, depth)
        shown = "".join(text for text, hides in runs if hides == why)
        self._add(shown, where, why)
        for hides in dict.fromkeys(hides for _, hides in runs if hides != why):
            self._add("".join(text for text, other in runs if other == hides), where, hides)
        if touching(runs):
            self._add("".join(text for text, _ in runs), where, f"{max(hides for _, hides in runs)}{HALF}")
        for one in apart:
            self._apart(one, where, why, depth)

    def _apart(self, element: etree._Element, where: str, why: str, depth: int) -> None:
        name = local(element.tag)
        if name == "table":
            self._table(element, why, depth)
            return
        inner, hides = _APART.get(name, (where, ""))
        if name in _APART and element.text and element.text.strip():
            self.taken.add(element)
            self._add(element.text, inner, why or hides)
        self._walk(element, inner, why or hides, depth + 1)

    def _runs(
        self, element: etree._Element, why: str, runs: list[tuple[str, str]], apart: list[etree._Element], depth: int
    ) -> None:
        """The text of a paragraph in stretches with why each is hidden; what has a place of its own goes `apart`."""
        self.taken.add(element)
        if element.text:
            runs.append((element.text, why))
        for child in element:
            name = local(child.tag)
            if name == "s":
                runs.append((" " * min(_number(child, "c"), 100), why))
            elif name in {"tab", "line-break"}:
                runs.append(("\t" if name == "tab" else "\n", why))
            elif name in _APART or name in {"frame", "table", "custom-shape", "g", "rect"} or depth > _DEEP:
                apart.append(child)
            else:
                self._runs(child, why or self._styled(child), runs, apart, depth + 1)
            if child.tail:
                runs.append((child.tail, why))

    def _table(self, table: etree._Element, why: str, depth: int) -> None:
        number = self.counts["表格"] = self.counts.get("表格", 0) + 1
        name = f"表格{number}“{table.get(_of(table, 'name'), '')[-40:]}”"
        why = why or (UNSEEN_SHEET if self._styled(table) else "")
        narrow = _collapsed(table)
        row = 0
        for element in _rows(table):
            row += 1
            gone = element.get(_of(element, "visibility")) in {"collapse", "filter"}
            self._row(element, f"{name} 第{row}行", row, name, why or (FOLDED if gone else ""), narrow, depth)
            row += min(_number(element, "number-rows-repeated"), _MOST_REPEATED) - 1
        for child in table:  # remarks and drawings that belong to no cell
            if local(child.tag) in {"shapes", "forms", "title", "desc"}:
                self._walk(child, name, why or _APART.get(local(child.tag), ("", ""))[1], depth + 1)

    def _row(
        self, row: etree._Element, where: str, number: int, table: str, why: str, narrow: frozenset[int], depth: int
    ) -> None:
        column = 0
        for cell in row:
            if local(cell.tag) not in _CELLS:
                continue
            column += 1
            place = f"{where}第{column}列"
            inner = Story(self.hidden, counts=self.counts, taken=self.taken)
            inner._walk(cell, _CELL, why or (NARROW if column in narrow else ""), depth + 1)
            own = [piece for piece in inner.pieces if piece.where.startswith(_CELL)]
            covered = "被合并遮住的单元格" if local(cell.tag) == "covered-table-cell" else ""
            for hides in dict.fromkeys(piece.why for piece in own):
                text = "\n".join(piece.text for piece in own if piece.why == hides)
                told = hides or covered
                self.pieces.append(Piece(text, place, bool(told), told, row=number, table=table))
            self.pieces += [piece for piece in inner.pieces if piece not in own]
            shown = "\n".join(piece.text for piece in own)
            self.pieces += [Piece(value, place, True, "单元格的值", row=number, table=f"{table}的值")
                            for value in _values(cell, shown)]
            column += min(_number(cell, "number-columns-repeated"), _MOST_REPEATED) - 1

    def _add(self, text: str, where: str, why: str) -> None:
        if not text.strip():
            return
        number = self.counts[where] = self.counts.get(where, 0) + 1
        hidden = bool(why)
        self.pieces.append(Piece(text, f"{where}第{number}段", hidden, why, table=where if hidden else ""))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """Rows of the table itself, also those in groups and heads, and not those of tables in its cells."""
    for child in table:
        if local(child.tag) == "table-row":
            yield child
        elif local(child.tag) in {"table-rows", "table-header-rows", "table-row-group"}:
            yield from _rows(child)


def _collapsed(table: etree._Element) -> frozenset[int]:
    """The numbers of columns that are folded away."""
    found: set[int] = set()
    at = 0
    for column in table.iter():
        if local(column.tag) == "table-row":
            break
        if local(column.tag) == "table-column":
            count = min(_number(column, "number-columns-repeated"), _MOST_REPEATED)
            if column.get(_of(column, "visibility")) in {"collapse", "filter"}:
                found.update(range(at + 1, at + count + 1))
            at += count
    return frozenset(found)


def _values(cell: etree._Element, shown: str) -> Iterable[str]:
    """What a cell holds beside what it shows: numbers in full, formulas and what their literals make."""
    for key, value in cell.attrib.items():
        text = str(value)
        if local(key) not in _VALUES or not text.strip() or text in shown:
            continue
        yield text[:-2] if text.endswith(".0") else text
        if local(key) == "formula" and (made := put_together(text)):
            yield made


def _number(element: etree._Element, name: str) -> int:
    """A count that an element tells, 1 without one."""
    told = next((str(value) for key, value in element.attrib.items() if local(key) == name), "1")
    return max(1, int(told)) if told.isdecimal() and len(told) < 9 else 1


def _of(element: etree._Element, name: str) -> str:
    """The full name of an attribute of this local name, or the name itself."""
    return next((str(key) for key in element.attrib if local(key) == name), name)


def hidden_styles(roots: Iterable[etree._Element]) -> frozenset[str]:
    """Names of styles whose text or table is not shown, also by their parents."""
    parents: dict[str, str] = {}
    hidden: set[str] = set()
    for root in roots:
        for style in root.iter():
            if local(style.tag) != "style":
                continue
            name = style.get(_of(style, "name"), "")
            parents[name] = style.get(_of(style, "parent-style-name"), "")
            for inner in style:
                kind = local(inner.tag)
                unseen = kind in {"text-properties", "table-properties", "section-properties"} and (
                    inner.get(_of(inner, "display")) in {"none", "false"}
                )
                slide = kind == "drawing-page-properties" and inner.get(_of(inner, "visibility")) == "hidden"
                if unseen or slide:
                    hidden.add(name)
    for name, above in parents.items():
        for _ in range(_DEEP):
            if above in hidden:
                hidden.add(name)
            if not above or name in hidden:
                break
            above = parents.get(above, "")
    return frozenset(hidden)
