"""The order of things in a Word document: paragraphs, tables, text boxes, each read once."""

from __future__ import annotations

from lxml.etree import _Element

from gongkai.core.report.document import Block
from gongkai.core.report.model import Note
from gongkai.core.report.readers.docx.collect import Blocks
from gongkai.core.report.readers.docx.inline import Inline
from gongkai.core.report.readers.docx.names import (
    ALTERNATE,
    GONE,
    P_PR,
    R_PR,
    SDT,
    TBL,
    WRAPPERS,
    P,
    W,
    alternative,
    is_on,
    unwrapped,
)
from gongkai.core.report.readers.docx.numbering import Numbering, reference
from gongkai.core.report.readers.docx.styles import Styles
from gongkai.core.report.readers.docx.tables import TableReader

_ALT_CHUNK = W + "altChunk"


class Body:
    """Walks a document once; `notes` tells afterwards what was left out."""

    def __init__(self, numbering: Numbering, styles: Styles) -> None:
        self._numbering = numbering
        self._inline = Inline(styles)
        self._tables = TableReader(self.paragraph)
        self._out = Blocks()
        self._carried = ""  # the text of paragraphs whose end was deleted: it runs on into the next one
        self._embedded = False

    def read(self, root: _Element) -> list[Block]:
        """Every block of w:document, in reading order."""
        for child in root:
            if child.tag == W + "body":
                self._walk(child)
        self._out.text(self._take_carried())
        return self._out.blocks

    def notes(self) -> list[Note]:
        """What a person must know about the reading."""
        notes = []
        if self._inline.changed or self._tables.changed:
            notes.append(Note("tracked-changes", "文件里有未接受的修订：按全部接受后的样子读取，已删除的内容不计。"))
        if self._inline.hidden:
            notes.append(Note("hidden-text", "文件里有隐藏文字，没有读取。"))
        if self._embedded:
            notes.append(Note("embedded-document", "文件里嵌入了另一份文档（altChunk），嵌入的部分没有读取。"))
        return notes

    def paragraph(self, element: _Element) -> str:
        """The text of a w:p with its automatic number; empty while its end mark is deleted and it runs on."""
        properties = element.find(P_PR)
        text = self._inline.text(element)
        if properties is not None:
            mark = properties.find(R_PR)
            if mark is not None and len(mark):
                if mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None:
                    self._inline.changed = True
                    self._carried += text
                    return ""
                if not text and is_on(mark.find(W + "vanish")):
                    return self._take_carried()
            if self._numbering.exists and (label := self._numbering.label(*reference(properties))):
                text = label + self._take_carried() + text
        if self._carried:
            text = self._take_carried() + text
        return text

    def _walk(self, element: _Element) -> None:
        for child in element:
            tag = child.tag
            if tag == P:
                self._out.text(self.paragraph(child))
            elif tag == TBL:
                self._out.text(self._take_carried())
                for item in self._tables.read(child):
                    if isinstance(item, str):
                        self._out.text(item)
                    else:
                        self._out.grid(item)
            elif tag == SDT:
                content = unwrapped(child)
                if content is not None:
                    self._walk(content)
            elif tag in WRAPPERS:
                self._walk(child)
            elif tag in GONE:
                self._inline.changed = True
            elif tag == ALTERNATE:
                branch = alternative(child)
                if branch is not None:
                    self._walk(branch)
            elif tag == _ALT_CHUNK:
                self._embedded = True
            if self._inline.boxes:
                self._walk_boxes()

    def _walk_boxes(self) -> None:
        boxes, self._inline.boxes = self._inline.boxes, []
        for box in boxes:
            self._walk(box)

    def _take_carried(self) -> str:
        carried, self._carried = self._carried, ""
        return carried
