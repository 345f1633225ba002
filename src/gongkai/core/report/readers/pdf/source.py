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
from gongkai.core.report.readers.pdf.strokes import Strokes

MAX_PAGES = 400
MAX_SECONDS = 8.0
_SCAN = 0.5  # share of the page under images from which invisible text is the text layer of a scan
_LOCK = threading.Lock()


def read_pages(data: bytes) -> tuple[list[Page], str | None]:
    """Every page, and the title of the file's metadata.

    Raises ReadError `encrypted`, `damaged`, `too-many-pages`, `too-slow` or `content-too-large`.
    """
    deadline = time.monotonic() + MAX_SECONDS
    with _LOCK, _document(data) as document:
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
        glyphs, indexes, garbled = read_glyphs(textpage)
        turns = quarter_turns(textpage, indexes)
        view = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, view)
        box = (view.left, view.bottom, view.right, view.top)
        area = max((box[2] - box[0]) * (box[3] - box[1]), 1.0)
        pictures = min(strokes.image_area / area, 1.0)
        hidden = pictures > _SCAN and is_hidden(textpage, indexes)
    finally:
        pdfium.FPDFText_ClosePage(textpage)
    upright = _upright(glyphs, box, turns)
    width, height = (box[2] - box[0], box[3] - box[1])[:: -1 if turns % 2 else 1]
    seen = [Glyph(*g) for g in upright if -2 <= g[0] + g[2] <= 2 * width + 2 and -2 <= g[1] + g[3] <= 2 * height + 2]
    rules = [Rule(*r) for r in _upright(strokes.rules, box, turns)]
    return Page(number, width, height, seen, rules, garbled, pictures, hidden)


def _upright(items: list, box: tuple[float, float, float, float], turns: int) -> list:  # type: ignore[type-arg]
    """User space (y up) to the sheet as it is read (y down from the top left corner)."""
    left, bottom, right, top = box
    if turns == 0:
        return [(i[0] - left, top - i[1], i[2] - left, top - i[3], *i[4:]) for i in items]
    if turns == 1:
        return [(i[3] - bottom, i[0] - left, i[1] - bottom, i[2] - left, *i[4:]) for i in items]
    if turns == 2:
        return [(right - i[2], i[3] - bottom, right - i[0], i[1] - bottom, *i[4:]) for i in items]
    return [(top - i[1], right - i[2], top - i[3], right - i[0], *i[4:]) for i in items]


def _title(document: object) -> str | None:
    size = pdfium.FPDF_GetMetaText(document, b"Title", None, 0)
    if not 2 < size < 2_000:
        return None
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document, b"Title", buffer, size)
    return buffer.raw[:-2].decode("utf-16-le", "ignore").strip() or None
