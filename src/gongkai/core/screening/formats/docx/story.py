"""The text of one part of a Word document, paragraph by paragraph and cell by cell, seen and hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from gongkai.core.screening.formats.docx.looks import Looks, row_is_hidden
from gongkai.core.screening.formats.docx.ticks import (
    TICKED,
    code_is_ticked,
    field_is_ticked,
    in_symbols,
    is_struck,
    symbol,
)
from gongkai.core.screening.formats.halves import HALF, touching
from gongkai.core.screening.formats.ooxml.joins import cut_cells, cut_paragraphs
from gongkai.core.screening.formats.ooxml.names import MC, M, V, W, local
from gongkai.core.screening.formats.ooxml.props import DELETED, FOLDED, OTHER_BRANCH
from gongkai.core.screening.model import Piece
from gongkai.core.screening.personal.view import TURN, TURN_END

FIELD_CODE = "域代码"
_GONE = frozenset({f"{W}del", f"{W}moveFrom"})
_BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_TEXTS = frozenset({f"{W}t", f"{M}t"})
_DEEP = 200


@dataclass(slots=True)
class Segment:
    """Text of one run; `why` is empty when it can be seen."""

    text: str
    why: str
    struck: bool = False


@dataclass(slots=True)
class Story:
    """Collects the pieces of a part. `name` is how a clerk calls it; `why` hides all of it."""

    looks: Looks
    name: str = "正文"
    why: str = ""
    taken: set[etree._Element] = field(default_factory=set)
    pieces: list[Piece] = field(default_factory=list)
    _tables: int = 0
    _boxes: int = 0

    def read(self, body: etree._Element, where: str = "") -> None:
        """All blocks below `body`."""
        number, lines = 0, list[tuple[str, str]]()
        for block in blocks(body):
            if block.tag == f"{W}tbl":
                self._tables += 1
                self._table(block, f"{where or self._prefix}表格{self._tables}")
                continue
            segments = self._paragraph(block)
            number += bool("".join(s.text for s in segments).strip())
            place = f"{where or self.name}第{number}段"
            lines.append((self._give(segments, place), place))
        for start, end in cut_paragraphs([text for text, _ in lines]):
            joined = "".join(text.strip() for text, _ in lines[start:end])
            self._add(joined, f"{lines[start][1]}起的 {end - start} 段", "")

    @property
    def _prefix(self) -> str:
        return "" if self.name == "正文" else f"{self.name} "

    def _table(self, table: etree._Element, name: str) -> None:
        for number, row in enumerate(_rows(table), 1):
            gone = DELETED if row.find(f"{W}trPr/{W}del") is not None else FOLDED if row_is_hidden(row) else ""
            texts = []
            for column, cell in enumerate(_cells(row), 1):
                where = f"{name} 第{number}行第{column}列"
                segments: list[Segment] = []
                for block in blocks(cell):
                    if block.tag == f"{W}tbl":
                        self._table(block, f"{where} 内表")
                    else:
                        segments += [*([Segment("\n", "")] if segments else []), *self._paragraph(block)]
                texts.append(self._give(segments, where, gone, number, name))
            for start, end in cut_cells(texts):
                joined = "".join(text.strip() for text in texts[start:end])
                self._add(joined, f"{name} 第{number}行第{start + 1}—{end}列", gone)

    def _paragraph(self, paragraph: etree._Element) -> list[Segment]:
        segments: list[Segment] = []
        self._inline(paragraph, "", segments, 0)
        return segments

    def _inline(self, parent: etree._Element, why: str, into: list[Segment], depth: int) -> None:
        if depth > _DEEP:
            return
        for child in parent:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, why or self.looks.hides(child), into, depth)
            elif tag in _GONE:
                self._inline(child, DELETED, into, depth + 1)
            elif tag == f"{W}fldSimple":
                into.append(Segment(child.get(f"{W}instr", ""), FIELD_CODE))
                self._inline(child, why, into, depth + 1)
            elif tag in _TEXTS:
                self._text(child, why, into)
            elif tag in {f"{W}p", f"{W}tbl", f"{W}pPr"}:
                continue
            elif is_turned(child):
                into.append(Segment(TURN, why))
                self._inline(child, why, into, depth + 1)
                into.append(Segment(TURN_END, why))
            elif tag == f"{MC}AlternateContent":
                self._branches(child, why, into, depth)
            else:
                self._inline(child, why, into, depth + 1)

    def _branches(self, alternate: etree._Element, why: str, into: list[Segment], depth: int) -> None:
        for index, branch in enumerate(alternate):
            hidden = why if index == 0 else why or OTHER_BRANCH
            parent = alternate.getparent()
            in_run = parent is not None and parent.tag == f"{W}r"
            (self._run if in_run else self._inline)(branch, hidden, into, depth + 1)

    def _run(self, run: etree._Element, why: str, into: list[Segment], depth: int) -> None:
        for child in run:
            name = local(child.tag)
            if child.tag in _TEXTS:
                self._text(child, why, into)
            elif name in {"delText", "instrText", "delInstrText"}:
                self._text(child, DELETED if name.startswith("del") else FIELD_CODE, into)
                if name == "instrText" and code_is_ticked(child.text or ""):
                    into.append(Segment(TICKED, why))
            elif name == "fldChar" and field_is_ticked(child):
                into.append(Segment(TICKED, why))
            elif child.tag == f"{MC}AlternateContent":
                self._branches(child, why, into, depth)
            elif child.tag == f"{W}sym":
                into.append(Segment(symbol(child), why))
            elif child.tag.startswith(W) and name in _BREAKS:
                into.append(Segment(_BREAKS[name], why))
            elif name in {"drawing", "pict", "object"}:
                self._drawing(child, why)
            elif child.tag == f"{W}ruby" or name in {"rubyBase", "rt", "r"}:
                self._inline(child, why, into, depth + 1)

    def _text(self, element: etree._Element, why: str, into: list[Segment]) -> None:
        if element.text:
            run = element.getparent()
            into.append(Segment(in_symbols(element.text, run), why, is_struck(run)))
            self.taken.add(element)

    def _drawing(self, drawing: etree._Element, why: str) -> None:
        for path in drawing.iter(f"{V}textpath"):
            self._add(path.get("string", ""), f"{self.name}的水印或艺术字", why)
        for content in drawing.iter(f"{W}txbxContent"):
            if any(e.tag == f"{W}txbxContent" for e in _above(content, drawing)):
                continue  # read with the box around it
            self._boxes += 1
            before = self.why
            branch = next((e for e in _above(content, drawing) if e.tag == f"{MC}Fallback"), None)
            self.why = before or why or (OTHER_BRANCH if branch is not None else "")
            self.read(content, f"{self._prefix}文本框{self._boxes} ")
            self.why = before

    def _give(
        self, segments: list[Segment], where: str, gone: str = "", row: int | None = None, table: str = ""
    ) -> str:
        """Add the pieces of one paragraph or cell; give back its visible text."""
        visible = "".join(segment.text for segment in segments if not segment.why)
        self._add(visible, where, gone, row, table)
        left = "".join(segment.text for segment in segments if not (segment.why or segment.struck))
        if left != visible and "公开" in left and "公开" in visible.replace(left, ""):
            self._add(left, where, gone)  # of several choices the one that is not struck through
        hidden: dict[str, list[str]] = {}
        for before, segment in zip([None, *segments], segments, strict=False):
            if segment.why:
                texts = hidden.setdefault(segment.why, [])
                if before is not None and before.why == segment.why and texts:
                    texts[-1] += segment.text
                else:
                    texts.append(segment.text)
        for why, texts in hidden.items():
            self._add("\n".join(texts), where, why)
        if hidden and touching((s.text, s.why) for s in segments if s.why != FIELD_CODE):
            whole = "".join(s.text for s in segments if s.why != FIELD_CODE)
            self._add(whole, where, f"{next(iter(hidden))}{HALF}")
        return visible

    def _add(self, text: str, where: str, why: str, row: int | None = None, table: str = "") -> None:
        if text.strip():
            reason = self.why or why
            self.pieces.append(Piece(text, where, bool(reason), reason, row, table))


def is_turned(element: etree._Element) -> bool:
    """True for a stretch whose characters are shown from right to left, whatever they are."""
    return element.tag == f"{W}bdo" and element.get(f"{W}val", "rtl") == "rtl"


def blocks(parent: etree._Element, depth: int = 0) -> Iterator[etree._Element]:
    """Paragraphs and tables in order, out of content controls and the like; not those inside other paragraphs."""
    for child in parent:
        if child.tag in {f"{W}p", f"{W}tbl"}:
            yield child
        elif depth < _DEEP and local(child.tag) not in {"tcPr", "sectPr", "sdtPr", "trPr", "tblPr"}:
            yield from blocks(child, depth + 1)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == f"{W}tr":
            yield child
        elif local(child.tag) not in {"tblPr", "tblGrid"}:
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif local(child.tag) not in {"trPr", "tblPrEx"}:
            yield from _cells(child)


def _above(element: etree._Element, end: etree._Element) -> Iterator[etree._Element]:
    for above in element.iterancestors():
        if above is end:
            return
        yield above
