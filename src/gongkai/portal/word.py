"""A document as .docx, in the look of an official document (GB/T 9704), for whoever wants to work on with its words.

Page, faces and styles are those of the annual report (`core/report/writers/docx_parts`). Equal documents give equal
files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape

from gongkai.core.report.writers import docx_parts as parts
from gongkai.core.report.writers.outline import printable
from gongkai.portal.blocks import Cell, Grid, Line, Piece
from gongkai.portal.leaf import Leaf

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FLUSH = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
_CENTRED = f'{_FLUSH}<w:jc w:val="center"/>'
# The same page on its side.
_ACROSS = (
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1588" w:right="1588" w:bottom="1474" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/>'
)
_ACROSS_WIDTH = 16838 - 2 * 1588
_LONG = re.compile("[\x21-\x7e]{24}")
_INDENT = 640  # two characters of 三号, in twentieths of a point


def write(leaf: Leaf) -> bytes:
    """The document as the bytes of a .docx."""
    drawn = [_paragraph([Piece(leaf.title)], '<w:pStyle w:val="Title"/>')]
    if leaf.number:
        drawn.append(_paragraph([Piece(leaf.number)], f'<w:spacing w:after="280"/>{_CENTRED}'))
    drawn += [_facts(leaf.facts), _AFTER]
    across = False
    for block in leaf.blocks:
        if across != (isinstance(block, Grid) and block.lies_across):
            drawn.append(_turned(across=across))
            across = not across
        drawn += [_table(block), _AFTER] if isinstance(block, Grid) else [_line(block)]
    if across:
        drawn.append(_turned(across=across))
    drawn.append(_paragraph([Piece(leaf.mark)], '<w:spacing w:before="280"/>'))
    if leaf.files:
        drawn.append(_paragraph([Piece(leaf.files_called)], '<w:pStyle w:val="Heading1"/>'))
        for n, (name, address, digest) in enumerate(leaf.files, 1):
            drawn.append(_paragraph([Piece(f"{n}. {name}")], f"<w:keepNext/>{_FLUSH}"))
            drawn.append(_small([Piece(address, href=address), Piece(f"\nSHA-256 {digest}")]))
    drawn.append(_small([Piece(leaf.address, href=leaf.address)], '<w:spacing w:before="280"/>'))
    return parts.package("".join(drawn), title=printable(leaf.title), creator=printable(leaf.organ))


def _turned(*, across: bool) -> str:
    """The end of pages that stand or lie; what follows is on the other kind."""
    section = parts.section(draft=False)
    return f"<w:p><w:pPr>{section.replace(parts.PAGE, _ACROSS) if across else section}</w:pPr></w:p>"


def _line(line: Line) -> str:
    if line.kind == "head":
        if line.level == 1:
            return _paragraph(line.pieces, '<w:pStyle w:val="Heading1"/>')
        return _paragraph([_strong(piece) for piece in line.pieces], "<w:keepNext/>")
    if line.kind == "item":
        left = _INDENT * (line.level + 2)
        first = f'w:hanging="{_INDENT}"' if line.mark else 'w:firstLine="0"'
        tab = f'<w:tabs><w:tab w:val="left" w:pos="{left}"/></w:tabs>' if line.mark else ""
        # The indent of the style is counted in characters and would win: it is taken back.
        indent = f'{tab}<w:ind w:left="{left}" {first} w:firstLineChars="0"/>'
        return _paragraph([Piece(f"{line.mark}\t"), *line.pieces] if line.mark else line.pieces, indent)
    if line.kind == "quote":
        return _paragraph(line.pieces, f'<w:ind w:left="{_INDENT}" w:right="{_INDENT}"/>')
    # A word that fills a line would tear the line before it apart.
    return _paragraph(line.pieces, '<w:jc w:val="left"/>' if _LONG.search(line.text) else "")


def _strong(piece: Piece) -> Piece:
    return Piece(piece.text, True, piece.italic, piece.underline, piece.shift, piece.href)


def _small(pieces: list[Piece], spacing: str = "") -> str:
    return _paragraph(pieces, f'<w:pStyle w:val="Remark"/>{spacing}<w:jc w:val="left"/>')


def _facts(facts: Iterable[tuple[str, str]]) -> str:
    """What is known of the document, name and value side by side."""
    cells = []
    for n, (name, value) in enumerate(facts):
        cells += [Cell(n, 0, 1, 1, False, [Line(pieces=[Piece(name)])]),
                  Cell(n, 1, 1, 1, False, [Line(pieces=[Piece(value)])])]
    return _table(Grid(len(cells) // 2, 2, 0, cells), (1, 4)) if cells else ""


def _table(grid: Grid, weights: tuple[int, ...] = ()) -> str:
    shares, whole = weights or grid.weights, _ACROSS_WIDTH if grid.lies_across else parts.TEXT_WIDTH
    edges = [0]
    for n in range(grid.columns):
        edges.append(round(sum(shares[:n + 1]) * whole / sum(shares)))
    columns = "".join(f'<w:gridCol w:w="{edges[n + 1] - edges[n]}"/>' for n in range(grid.columns))
    border = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    rows = []
    for y in range(grid.rows):
        covering = sorted((c for c in grid.cells if c.row <= y < c.row + c.down), key=lambda cell: cell.column)
        head = "<w:tblHeader/>" if y < grid.heads else ""
        drawn = "".join(_cell(cell, y, edges, grid.columns) for cell in covering)
        rows.append(f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{drawn}</w:tr>")
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{whole}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{border}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f'<w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _cell(cell: Cell, y: int, edges: list[int], columns: int) -> str:
    """A cell, or the continuation of one that began in a row above."""
    width = edges[cell.column + cell.across] - edges[cell.column]
    span = f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
    merge = "" if cell.down == 1 else '<w:vMerge w:val="restart"/>' if cell.row == y else "<w:vMerge/>"
    style = f'<w:pStyle w:val="{"WideTableText" if columns > 6 else "TableText"}"/>'
    side = "" if cell.head else '<w:jc w:val="left"/>'
    lines = cell.lines if cell.row == y else []
    drawn = "".join(
        _paragraph([Piece(f"{line.mark} "), *line.pieces] if line.mark else line.pieces, style + side) for line in lines
    ) or _paragraph([], style)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f"{drawn}</w:tc>"
    )


def _paragraph(pieces: Iterable[Piece], properties: str = "") -> str:
    looked = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f'<w:p>{looked}{"".join(_run(piece) for piece in pieces)}</w:p>'


# Word joins two tables that touch; the narrow paragraph also keeps the words off the border.
_AFTER = '<w:p><w:pPr><w:pStyle w:val="AfterTable"/></w:pPr></w:p>'


def _run(piece: Piece) -> str:
    """A piece as one run, a link as a field around it; line breaks and tabs as Word writes them."""
    look = "".join((
        "<w:b/>" if piece.bold else "", "<w:i/>" if piece.italic else "",
        '<w:u w:val="single"/>' if piece.underline else "",
        {"sup": '<w:vertAlign w:val="superscript"/>', "sub": '<w:vertAlign w:val="subscript"/>'}.get(piece.shift, ""),
    ))
    look = f"<w:rPr>{look}</w:rPr>" if look else ""
    said = []
    for n, line in enumerate(printable(piece.text).split("\n")):
        for k, part in enumerate(line.split("\t")):
            said.append("<w:tab/>" if k else "<w:br/>" if n else "")
            said.append(f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else "")
    run = f'<w:r>{look}{"".join(said)}</w:r>'
    if not piece.href:
        return run
    leads = escape(printable(piece.href).replace('"', "%22").replace("\\", "%5C"))
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> HYPERLINK "{leads}" </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
