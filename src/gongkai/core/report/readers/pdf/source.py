"""The file as pages of glyphs and rules: the only module that holds pdfium's objects.

pdfium is not safe in threads: one lock is held from opening a file to closing it.
"""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2.raw as pdfium

from gongkai.core.errors import ReadError
from gongkai.core.report.readers.pdf.glyphs import is_hidden, quarter_turns, read_glyphs
from gongkai.core.report.readers.pdf.page import Glyph, Page, Rule
from gongkai.core.report.readers.pdf.streams import check_streams
from gongkai.core.report.readers.pdf.strokes import Strokes

MAX_PAGES = 400
MAX_SECONDS = 8.0
_SCAN = 0.5  # share of the page under images from which invisible text is the text layer of a scan
LOCK = threading.Lock()


def read_pages(data: bytes) -> tuple[list[Page], str | None]:
    """Every page, and the title of the file's metadata.

    Raises ReadError `encrypted`, `damaged`, `too-many-pages`, `too-slow` or `content-too-large`.
    """
    check_streams(data)
    deadline = time.monotonic() + MAX_SECONDS
    with LOCK, _document(data) as document:
        count = pdfium.FPDF_GetPageCount(document)
        if count > MAX_PAGES:
            raise ReadError(
                "too-many-pages", f"PDF 有 {count} 页，超过 {MAX_PAGES} 页的上限，没有解析；请只上传年度报告本身。"
            )
        pages = []
        for number in range(1, count + 1):
            if time.monotonic() > deadline:
                raise ReadError(
                    "too-slow",
                    f"PDF 读到第 {number} 页已超过 {MAX_SECONDS:.0f} 秒，已停止；请重新导出较简单的 PDF 后上传。",
                )
            with _page(document, number) as page:
                pages.append(_read_page(page, number))
        return pages, _title(document)


@contextmanager
def _document(data: bytes) -> Iterator[object]:
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        if pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise ReadError("encrypted", "PDF 加了打开密码，无法读取；请取消密码后再上传。")
        raise ReadError("damaged", "PDF 已损坏或不完整，打不开；请重新导出或取得原件后再上传。")
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


@contextmanager
def _page(document: object, number: int) -> Iterator[object]:
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        raise ReadError("damaged", f"PDF 第 {number} 页已损坏，打不开；请重新导出或取得原件后再上传。")
    try:
        yield page
    finally:
        pdfium.FPDF_ClosePage(page)


def _read_page(page: object, number: int) -> Page:
    strokes = Strokes(page)
    textpage = pdfium.FPDFText_LoadPage(page)
    if not textpage:
        raise ReadError("damaged", f"PDF 第 {number} 页的文字已损坏；请重新导出或取得原件后再上传。")
    try:
        view = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, view)
        left, top, width, height = view.left, view.top, view.right - view.left, view.top - view.bottom
        glyphs, indexes, garbled = read_glyphs(textpage, left, top)
        turns = quarter_turns(textpage, indexes)
        pictures = min(strokes.image_area / max(width * height, 1.0), 1.0)
        hidden = pictures > _SCAN and is_hidden(textpage, indexes)
    finally:
        pdfium.FPDFText_ClosePage(textpage)
    rules, fills = (
        [Rule(x0 - left, top - above, x1 - left, top - below) for x0, above, x1, below in found]
        for found in (strokes.rules, strokes.fills)
    )
    if turns:
        glyphs = [Glyph(*_turned(glyph, width, height, turns), glyph.text) for glyph in glyphs]
        rules = [Rule(*_turned(rule, width, height, turns)) for rule in rules]
        fills = [Rule(*_turned(rule, width, height, turns)) for rule in fills]
        if turns != 2:
            width, height = height, width
    right, bottom = 2 * width + 2, 2 * height + 2
    glyphs = [g for g in glyphs if -2 <= g[0] + g[2] <= right and -2 <= g[1] + g[3] <= bottom]  # seen on the sheet
    return Page(number, width, height, glyphs, rules, fills, garbled, pictures, hidden)


def _turned(box: Glyph | Rule, width: float, height: float, turns: int) -> tuple[float, float, float, float]:
    """A box on a sheet `width` by `height` that is read after turning it clockwise by `turns` quarters."""
    x0, top, x1, bottom = box[:4]
    if turns == 1:
        return height - bottom, x0, height - top, x1
    if turns == 2:
        return width - x1, height - bottom, width - x0, height - top
    return top, width - x1, bottom, width - x0


def _title(document: object) -> str | None:
    size = pdfium.FPDF_GetMetaText(document, b"Title", None, 0)
    if not 2 < size < 2_000:
        return None
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document, b"Title", buffer, size)
    return buffer.raw[:-2].decode("utf-16-le", "ignore").strip() or None
