"""A report as .docx: the statutory tables with their true merges, in the look of an official document.

Written as XML directly: about a dozen element kinds, and exact control of what Word and WPS need to keep a table
on its page (grid, spans, repeated head rows, rows that do not split).
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from gongkai.core.report.model import Report
from gongkai.core.report.render.tables import SlotView, TableView
from gongkai.core.report.writers import docx_parts as parts
from gongkai.core.report.writers.dress import DRAFT, PLAIN, Dress
from gongkai.core.report.writers.outline import Block, outline, printable, split_lead, title_lines, title_of

_STYLES = {"heading": "Heading1", "signature": "Signature", "date": "Date", "remark": "Remark"}


def write(report: Report, dress: Dress = PLAIN) -> bytes:
    """The report as the bytes of a .docx."""
    body = "".join(_block(block, report) for block in outline(report, dress))
    creator = printable(report.agency or "")
    return parts.package(body, title=printable(title_of(report)), creator=creator, draft=DRAFT if dress.draft else "")


def _block(block: Block, report: Report) -> str:
    if block.table is not None:
        # Word joins two tables that touch; the narrow paragraph also keeps the next heading off the border.
        return f'{_table(block.table)}<w:p><w:pPr><w:pStyle w:val="AfterTable"/></w:pPr></w:p>'
    if block.kind == "title":
        return f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>{_run(title_lines(report))}</w:p>'
    style = f'<w:pPr><w:pStyle w:val="{_STYLES[block.kind]}"/></w:pPr>' if block.kind in _STYLES else ""
    lead, rest = split_lead(block.text) if block.kind == "text" else ("", block.text)
    runs = (_run(lead, '<w:rPr><w:rStyle w:val="Lead"/></w:rPr>') if lead else "") + _run(rest)
    return f"<w:p>{style}{runs}</w:p>"


def _table(table: TableView) -> str:
    scale = parts.TEXT_WIDTH / sum(table.widths)
    edges = [0]
    for i in range(table.ncols):
        edges.append(round(sum(table.widths[: i + 1]) * scale))
    grid = "".join(f'<w:gridCol w:w="{edges[i + 1] - edges[i]}"/>' for i in range(table.ncols))
    border = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    rows = "".join(_row(table, r, edges) for r in range(len(table.rows)))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{parts.TEXT_WIDTH}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{border}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(table: TableView, r: int, edges: list[int]) -> str:
    repeat = "<w:tblHeader/>" if r < table.header_rows else ""
    covering = [s for s in table.slots() if s.row <= r < s.row + s.rowspan]
    cells = "".join(_cell(table, slot, r, edges) for slot in sorted(covering, key=lambda slot: slot.col))
    height = 374 if table.ncols > 4 else 454  # table 三 has 28 rows and must fit the page
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}"/>{repeat}</w:trPr>{cells}</w:tr>'


def _cell(table: TableView, slot: SlotView, r: int, edges: list[int]) -> str:
    """A cell, or the continuation of one that began in a row above."""
    width = edges[slot.col + slot.colspan] - edges[slot.col]
    span = f'<w:gridSpan w:val="{slot.colspan}"/>' if slot.colspan > 1 else ""
    begins = slot.row == r
    merge = "" if slot.rowspan == 1 else '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
    left = '<w:jc w:val="left"/>' if slot.reads_left else ""
    # Rows that cling together keep a table on one page where it fits, with its heading.
    keep = "<w:keepNext/>" if r < len(table.rows) - 1 else ""
    style = "WideTableText" if table.ncols > 4 else "TableText"
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{left}</w:pPr>{_run(slot.text) if begins else ""}</w:p></w:tc>'
    )


def _run(text: str, look: str = "") -> str:
    """Text as one run; line breaks and tabs as Word writes them."""
    pieces = []
    for i, line in enumerate(printable(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        for j, piece in enumerate(line.split("\t")):
            pieces.append(("<w:tab/>" if j else "<w:br/>" if i else "") + _text(piece))
    return f"<w:r>{look}{''.join(pieces)}</w:r>"


def _text(piece: str) -> str:
    return f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else ""
