"""The fast reading of a plain Word document: one pass over the bytes, no tree.

Most reports use a few dozen element names and no tracked changes, fields, text boxes or content controls. For
those, cutting the text at its end tags gives the same blocks as the walk over the tree in a third of the time. A
document with any name outside the list below is left to the walk: the list is what makes the cut safe.
"""

from __future__ import annotations

import html
import re

from gongkai.core.report.document import Block, Grid
from gongkai.core.report.readers.docx.collect import Blocks, Layout
from gongkai.core.report.readers.docx.names import W
from gongkai.core.report.readers.docx.numbering import Numbering
from gongkai.core.report.readers.docx.styles import Styles
from gongkai.core.report.readers.limits import MAX_TABLE_COLUMNS, check_cells

# Elements that hold the text and the tables, and elements that only say how they look.
_PLAIN = frozenset(b"w:" + name for name in b"""
document body p r t pPr rPr tbl tr tc tblPr tblGrid gridCol trPr tcPr gridSpan vMerge gridBefore gridAfter wBefore
wAfter tab br cr noBreakHyphen pStyle rStyle numPr numId ilvl hyperlink smartTag fldSimple bookmarkStart bookmarkEnd
proofErr lastRenderedPageBreak sectPr pgSz pgMar cols docGrid headerReference footerReference type titlePg pgNumType
tblStyle tblW tblLook tblBorders tblLayout tblInd tblCellMar tblCellSpacing tblpPr tblOverlap jc top left bottom right
start end insideH insideV tl2br tr2bl trHeight cantSplit tblHeader hideMark tcW tcBorders tcMar vAlign shd noWrap
textDirection tcFitText cnfStyle tblStyleRowBandSize tblStyleColBandSize rFonts b bCs i iCs u color sz szCs kern lang
spacing w position highlight outline shadow caps smallCaps em effect bdr fitText snapToGrid
rtl cs eastAsianLayout noProof ind keepNext keepLines pageBreakBefore widowControl suppressLineNumbers pBdr tabs
overflowPunct topLinePunct autoSpaceDE autoSpaceDN adjustRightInd kinsoku wordWrap bidi contextualSpacing
mirrorIndents textAlignment textboxTightWrap outlineLvl suppressAutoHyphens between bar formProt paperSrc vMergeOrig
background softHyphen
""".split())
_NAME = re.compile(rb"<([\w:]+)")
_NAMESPACE = f'xmlns:w="{W[1:-1]}"'.encode()
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding=["'](?!utf-8)""", re.I)
_TEXT = re.compile(rb"<w:t(?:\s[^>]*)?(?<!/)>([^<]*)<")
_PIECE = re.compile(rb"<w:(?:t(?:\s[^>]*)?(?<!/)>([^<]*)<|(tab\s*/>|br\b|cr\b|noBreakHyphen\b))")
_MARKS = {b"t": b"\t", b"b": b"\n", b"c": b"\n", b"n": b"-"}  # by the first letter of the element
_BREAKING = frozenset({b"w:tab", b"w:br", b"w:cr", b"w:noBreakHyphen"})
_SPAN = re.compile(rb'<w:gridSpan w:val="(\d{1,6})"')
_MERGE = re.compile(rb'<w:vMerge(?: w:val="(restart|continue)")?\s*/>')
_BEFORE = re.compile(rb'<w:gridBefore w:val="(\d{1,6})"')
_STYLE = re.compile(rb'<w:pStyle w:val="([^"]*)"')
_CHARACTER_STYLE = re.compile(rb'<w:rStyle w:val="([^"]*)"')
_NUM_ID = re.compile(rb'<w:numId w:val="([^"]*)"')
_LEVEL = re.compile(rb'<w:ilvl w:val="(\d)"')


def scan(main: bytes, numbering: Numbering, styles: Styles) -> list[Block] | None:
    """The blocks of a plain document, exactly as the walk gives them; None for one that is not plain."""
    names = set(_NAME.findall(main))
    start, end = main.find(b"<w:body>"), main.rfind(b"</w:body>")
    if not names <= _PLAIN or start < 0 or end < start or not _is_regular(main):
        return None
    if b"w:rStyle" in names and any(styles.hides(s.decode()) for s in set(_CHARACTER_STYLE.findall(main))):
        return None
    return _Scan(numbering, names).read(main[start:end])


def _is_regular(main: bytes) -> bool:
    """True when end tags stand where the cuts expect them and nothing can hide inside or beside the text."""
    return (
        main.count(b"</w:tc>") == main.count(b"<w:tc>") + main.count(b"<w:tc ")
        and main.count(b"</w:tr>") == main.count(b"<w:tr>") + main.count(b"<w:tr ")
        and main.count(b"</w:tbl>") == main.count(b"<w:tbl>")
        and b"<w:tc/>" not in main and b"<w:tr/>" not in main
        and b"<!" not in main and main.count(b"<?") <= 1 and b"xmlns=" not in main
        and main.count(b"xmlns:w=") == 1 and _NAMESPACE in main and _ENCODING.match(main) is None
        and main.find(b"\r", 100) < 0
    )


class _Scan:
    def __init__(self, numbering: Numbering, names: set[bytes]) -> None:
        self._numbering = numbering
        self._breaking = bool(names & _BREAKING)
        self._numbered = bool(names & {b"w:numPr", b"w:pStyle"}) and numbering.exists
        self._before = b"w:gridBefore" in names
        self._out = Blocks()
        self._cells = 0

    def read(self, body: bytes) -> list[Block] | None:
        first, *tables = body.split(b"<w:tbl>")
        self._prose(first)
        for piece in tables:
            table, *after = piece.split(b"</w:tbl>")
            if len(after) != 1:  # a table inside a table
                return None
            self._table(table)
            self._prose(after[0])
        return self._out.blocks

    def _prose(self, markup: bytes) -> None:
        if b"</w:p>" in markup:
            for paragraph in markup.split(b"</w:p>")[:-1]:
                self._out.text(self._paragraph(paragraph))

    def _table(self, markup: bytes) -> None:
        layout = Layout()
        for row in markup.split(b"</w:tr>")[:-1]:
            before = _BEFORE.search(row) if self._before else None
            layout.start_row(min(int(before[1]), MAX_TABLE_COLUMNS) if before else 0)
            for cell in row.split(b"</w:tc>")[:-1]:
                span, merge = 1, ""
                if b"<w:gridSpan" in cell and (found := _SPAN.search(cell)):
                    span = max(1, min(int(found[1]), MAX_TABLE_COLUMNS + 1))
                if b"<w:vMerge" in cell and (found := _MERGE.search(cell)):
                    merge = "restart" if found[1] == b"restart" else "continue"
                if not (merge and layout.goes_on(span, merge)):
                    layout.add(self._cell(cell), span, merge)
            layout.end_row()
        self._cells += len(layout.cells)
        check_cells(self._cells)
        if layout.cells:
            self._out.grid(Grid(layout.cells, layout.nrows, layout.ncols))

    def _cell(self, markup: bytes) -> str:
        paragraphs = markup.split(b"</w:p>")
        if len(paragraphs) == 2:
            return self._paragraph(paragraphs[0]).strip()
        lines = [text for paragraph in paragraphs[:-1] if (text := self._paragraph(paragraph))]
        return "\n".join(lines).strip()

    def _paragraph(self, markup: bytes) -> str:
        if self._breaking:
            pieces = [(mark and _MARKS[mark[:1]]) or text for text, mark in _PIECE.findall(markup)]
        else:
            pieces = _TEXT.findall(markup)
        text = (pieces[0] if len(pieces) == 1 else b"".join(pieces)).decode("utf-8")
        if "&" in text:
            text = html.unescape(text)
        if self._numbered and (b"<w:numPr" in markup or b"<w:pStyle" in markup):
            style, num_id, level = _STYLE.search(markup), _NUM_ID.search(markup), _LEVEL.search(markup)
            return self._numbering.label(
                style[1].decode() if style else None, num_id[1].decode() if num_id else None,
                int(level[1]) if level else None,
            ) + text
        return text
