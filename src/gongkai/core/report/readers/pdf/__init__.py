"""Reader for PDF with text: ruled tables with their true spans, tables set in columns, and running text.

source → pages of glyphs and rules · lattice → slots · ruled → tables with text · breaks → tables cut by page breaks
made whole · furniture and flow → paragraphs. Only `source`, `glyphs` and `strokes` know pdfium.
"""

from __future__ import annotations

from gongkai.core.errors import ReadError
from gongkai.core.report.document import Document, Grid
from gongkai.core.report.model import Note, Place
from gongkai.core.report.readers.pdf.breaks import join
from gongkai.core.report.readers.pdf.columns import holds_tables, read_columns
from gongkai.core.report.readers.pdf.flow import measure, paragraphs
from gongkai.core.report.readers.pdf.furniture import is_continuation_mark, without_furniture
from gongkai.core.report.readers.pdf.lines import Line, to_lines
from gongkai.core.report.readers.pdf.page import Page
from gongkai.core.report.readers.pdf.ruled import Table, ruled_tables
from gongkai.core.report.readers.pdf.source import read_pages

__all__ = ["read"]

_GARBLED_SHARE = 0.2  # of all characters from which nothing in the file can be trusted


def read(data: bytes) -> Document:
    """Paragraphs and grids of a PDF in reading order.

    Raises ReadError `encrypted`, `damaged`, `image-only`, `text-garbled`, `too-many-pages`, `too-slow` or
    `content-too-large`.
    """
    pages, title = read_pages(data)
    _refuse_unreadable(pages)
    document = Document("pdf", title=title)
    tables, lines = [], []
    for page in pages:
        found, outside = ruled_tables(page)
        tables.append(found)
        lines.append(to_lines(outside, page.number))
    lines = without_furniture(pages, lines)
    items: list[Line | Table] = []
    for found, own in zip(tables, lines, strict=True):
        items += _in_order(found, own)
    _fill(document, _joined(items), min(page.width for page in pages))
    _doubt(document, pages)
    return document


def _refuse_unreadable(pages: list[Page]) -> None:
    glyphs = sum(len(page.glyphs) for page in pages)
    if not glyphs:
        raise ReadError(
            "image-only",
            "PDF 里只有图像（多为扫描件），没有文字，本程序不做文字识别；请上传带文字的 PDF 或 .docx 原件。",
        )
    garbled = sum(page.garbled for page in pages)
    if garbled > _GARBLED_SHARE * glyphs:
        raise ReadError(
            "text-garbled",
            f"PDF 的字体没有文字编码，{glyphs} 个字符中有 {garbled} 个认不出，不能确定数字；"
            "请重新导出 PDF 或上传 .docx 原件。",
        )


def _doubt(document: Document, pages: list[Page]) -> None:
    """Say where the text of the file is not to be trusted; numbers of a scan's text layer are never taken."""
    garbled = [page for page in pages if page.garbled]
    if garbled:
        document.notes.append(Note(
            "text-garbled",
            f"PDF 中有 {sum(page.garbled for page in garbled)} 个字符没有文字编码、认不出，"
            "含有它们的数字未采用，请核对原表。",
            Place(page=garbled[0].number),
        ))
    scanned = {page.number for page in pages if page.hidden}
    if not scanned:
        return
    document.notes.append(Note(
        "scanned-text",
        "PDF 是扫描件，文字由识别软件加上、可能有误，表中数字一概未采用；请上传带文字的 PDF 或 .docx 原件。",
        Place(page=min(scanned)),
    ))
    for block in document.blocks:
        if isinstance(block, Grid):
            for cell in block.cells:
                cell.certain = cell.certain and not (cell.where and cell.where.page in scanned)


def _in_order(tables: list[Table], lines: list[Line]) -> list[Line | Table]:
    return sorted([*tables, *lines], key=lambda item: item.top)


def _joined(items: list[Line | Table]) -> list[Line | Table]:
    """Tables that go on after a page break become one."""
    joined: list[Line | Table] = []
    for n, item in enumerate(items):
        before = joined[-1] if joined else None
        if isinstance(item, Table) and isinstance(before, Table) and item.first_page == before.last_page + 1:
            whole = join(before, item)
            if whole is not None:
                joined[-1] = whole
                continue
        after = items[n + 1] if n + 1 < len(items) else None
        between = isinstance(before, Table) and isinstance(after, Table)
        if between and isinstance(item, Line) and is_continuation_mark(item):
            continue
        joined.append(item)
    return joined


def _fill(document: Document, items: list[Line | Table], width: float) -> None:
    """The blocks of the document in reading order: ruled tables, and what the lines between them say."""
    body = measure((item for item in items if isinstance(item, Line)), width)
    run: list[Line] = []
    ordinal = 0

    def flush() -> None:
        if holds_tables(run):
            blocks, notes = read_columns(run, body.height)
            document.blocks += blocks
            document.notes += notes
        else:
            document.blocks += paragraphs(run, body)
        run.clear()

    for item in items:
        if isinstance(item, Line):
            run.append(item)
        elif len(item.pieces) == 1:  # a frame around text, not the rest of a table
            run += item.lines
        else:
            ordinal += 1
            flush()
            document.blocks.append(item.grid(ordinal))
    flush()
