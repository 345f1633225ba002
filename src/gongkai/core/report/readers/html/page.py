"""A page taken apart: scripts and hidden parts out, tables as grids in their places, the rest as lines."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.core.report.document import Block, Grid, Paragraph
from gongkai.core.report.model import Place
from gongkai.core.report.readers.html.grid import read_table
from gongkai.core.report.readers.html.lines import BREAK, mark_lines, split
from gongkai.core.report.readers.limits import check_cells, check_tables, check_text
from gongkai.core.report.readers.nesting import Table

_UNSEEN = ["script", "style", "noscript", "template", "iframe", "select", "textarea", "svg", "object", "del"]
_HIDDEN = '[style*="display:none" i], [style*="display: none" i], [hidden]'
_INVISIBLE = '[style*="visibility:hidden" i], [style*="visibility: hidden" i]'
# Text that must not run together with its neighbours into another number, and the mark set before it.
_APART = (("sup, sub", "^"), ("s, strike", "~"))
_TITLE = 'meta[name="ArticleTitle" i]'
# A table that was taken out leaves this mark in the text; the characters belong to no script.
_MARK = re.compile("\ue000(\\d+)\ue001")


class Page:
    """The blocks of one page. `tables_before` goes on counting tables over several pages of one file."""

    def __init__(self, markup: str, tables_before: int = 0) -> None:
        self.blocks: list[Block] = []
        self._taken: list[list[Table]] = []  # by mark: the tables that stand at that place
        self._lines = 0
        self._tables = tables_before
        tree = LexborHTMLParser(mark_lines(markup.replace("\ue000", "").replace("\ue001", "")))
        self.title = _title(tree)
        self.has_pictures = tree.css_first("img") is not None
        tree.strip_tags(_UNSEEN)
        lowered = markup.lower() if "isplay" in markup or "ISPLAY" in markup or "hidden" in markup else ""
        if "display" in lowered or "hidden" in lowered:
            for node in tree.css(_HIDDEN):
                node.decompose()
        if "isibility" in markup or "ISIBILITY" in markup:
            for node in tree.css(_INVISIBLE):  # keeps its place
                for child in list(node.iter(include_text=True)):
                    child.decompose()
        for selector, mark in _APART:
            for node in tree.css(selector):
                if node.text().strip()[:1].isdigit():
                    node.insert_before(mark)
        if tree.body is not None:
            self._take_tables(tree)
            self._emit(tree.body.text())

    def _take_tables(self, tree: LexborHTMLParser) -> None:
        """Replace every table by a mark, inner ones first, so that each is met without others inside."""
        nodes = tree.css("table")
        check_tables(len(nodes))
        cells = 0
        for node in reversed(nodes):
            table = read_table(node)
            cells += len(table.cells)
            check_cells(cells)
            caption = node.css_first("caption")
            before = caption.text() if caption is not None else ""
            node.replace_with(BREAK + before + BREAK + self._place(node, table) + BREAK)

    def _place(self, node: LexborNode, table: Table) -> str:
        """What stands in the text where a table was."""
        if not table.cells:
            return node.text()
        inner = sum(self._size(cell.text) for cell in table.cells) if self._taken else 0
        if inner and inner >= len(table.cells):  # a layout: its cells are parts of the page
            return BREAK.join(cell.text.replace("\n", BREAK) for cell in table.cells)
        followers = [table]
        if inner:
            for cell in table.cells:
                followers += [t for t in self._marked(cell.text) if len(t.cells) > 1]
                cell.text = _MARK.sub(lambda m: "\n".join(t.text() for t in self._taken[int(m[1])][:1]), cell.text)
        self._taken.append(followers)
        return f"\ue000{len(self._taken) - 1}\ue001"

    def _marked(self, text: str) -> list[Table]:
        return [table for match in _MARK.finditer(text) for table in self._taken[int(match[1])]]

    def _size(self, text: str) -> int:
        return sum(len(table.cells) for table in self._marked(text)) if "\ue000" in text else 0

    def _emit(self, text: str) -> None:
        check_text(len(text))
        for number, part in enumerate(_MARK.split(text)):
            if number % 2:
                for table in self._taken[int(part)]:
                    self._tables += 1
                    self.blocks.append(Grid(table.cells, table.nrows, table.ncols, Place(table=self._tables)))
                continue
            for line in split(part):
                self._lines += 1
                self.blocks.append(Paragraph(line, Place(line=self._lines)))


def _title(tree: LexborHTMLParser) -> str | None:
    """What the site names the article, else the page's title."""
    named = tree.css_first(_TITLE)
    title = (named.attributes.get("content") or "").strip() if named is not None else ""
    if not title:
        element = tree.css_first("title")
        title = " ".join(element.text().split()) if element is not None else ""
    return title or None
