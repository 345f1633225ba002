"""Pages as a reader sees them: every character with its box, and whether it can be seen at all.

A page is drawn twice, with its text and without it. A character that makes no difference to the picture cannot be seen,
however it is hidden: without colour, in the colour of the ground, under a picture or a box, cut off, switched off.

pdfium is not safe in threads: one lock is held from opening a file to closing it.
"""

from __future__ import annotations

import ctypes
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.core.errors import ReadError
from gongkai.core.report.readers.pdf.glyphs import RADICALS
from gongkai.core.report.readers.pdf.source import LOCK
from gongkai.core.screening.formats.pdf.chars import NO_BOX, Box, Look, Raw
from gongkai.core.screening.formats.pdf.refusals import MAX_SECONDS, damaged, too_slow
from gongkai.core.screening.formats.pdf.seen import difference, judge

TINY = "字号过小"
_TINY = 2.2             # points: the height of a line of text that nobody reads
_WHITE = 235
_OVERSIZE = 3.5         # times its ink: the line box of a character that is believed
_SPACES = frozenset([0, 9, 10, 13, 0x20, 0xA0, 0x3000, *range(0x2000, 0x200B), 0x202F, 0x205F])
_NO_INK = frozenset({"Cf", "Zl", "Zp", "Cc"})
_PRIVATE = range(0xE000, 0xF900)


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """pdfium's document, under the lock."""
    with LOCK:
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not document:
            raise damaged()
        try:
            yield document
        finally:
            pdfium.FPDF_CloseDocument(document)


@contextmanager
def page_of(document: Any, number: int) -> Iterator[Any]:
    """Page `number`, counted from 1."""
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        raise ReadError("damaged", f"PDF 第 {number} 页已损坏，打不开，无法筛查；请重新导出或取得原件后再上传。")
    try:
        yield page
    finally:
        pdfium.FPDF_ClosePage(page)


def looks(data: bytes, *, compare: bool = True) -> list[Look]:
    """Every page. Without `compare` nothing is drawn, and only what its own state hides counts as hidden.

    Raises ReadError `damaged` or `too-slow`.
    """
    deadline = time.monotonic() + MAX_SECONDS
    found = []
    with opened(data) as document:
        for number in range(1, pdfium.FPDF_GetPageCount(document) + 1):
            if time.monotonic() > deadline:
                raise too_slow()
            with page_of(document, number) as page:
                found.append(_look(page, number, compare))
    return found


def _look(page: Any, number: int, compare: bool) -> Look:
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    look = Look(number, width, height)
    textpage = pdfium.FPDFText_LoadPage(page)
    if not textpage:
        raise ReadError("damaged", f"PDF 第 {number} 页的文字已损坏，无法筛查；请重新导出或取得原件后再上传。")
    try:
        covered, look.paths = _pictures(page)
        look.pictures = min(1.0, covered / max(width * height, 1.0))
        raw = _characters(page, textpage, look)
        marks = difference(page) if compare and raw else None
        judge(look, raw, marks)
    finally:
        pdfium.FPDFText_ClosePage(textpage)
    return look


def _characters(page: Any, textpage: Any, look: Look) -> list[Raw]:
    count = pdfium.FPDFText_CountChars(textpage)
    states: dict[int, tuple[str, int, bool]] = {}
    raw: list[Raw] = []
    high = turned = 0
    for index in range(max(0, count)):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
            high = 0
        if pdfium.FPDFText_IsGenerated(textpage, index) == 1 or code in _SPACES:
            if code:
                raw.append(Raw("\n" if code in (10, 13) else " ", None, NO_BOX, "", 0, False))
            continue
        if code >= 0x80 and unicodedata.category(chr(code)) in _NO_INK:
            continue  # of no width: it would only hide what stands together
        text = "-" if code in (2, 0xFFFE) else RADICALS.get(code) or chr(code)
        if code in _PRIVATE or code >= 0xFFFE or pdfium.FPDFText_HasUnicodeMapError(textpage, index) == 1:
            text = "\ufffd"
            look.garbled += 1
        holder = pdfium.FPDFText_GetTextObject(textpage, index)
        key = ctypes.cast(holder, ctypes.c_void_p).value or 0
        if key not in states:
            states[key] = _state(textpage, index, holder)
        why, font, white = states[key]
        box, line, high_enough = _box(page, textpage, index, look)
        if not why and not high_enough:
            why = TINY
        turned += abs(pdfium.FPDFText_GetCharAngle(textpage, index) % 3.1416) > 0.3
        raw.append(Raw(text, box, line, why, font, white))
    look.sideways = turned * 3 > len(raw)
    return raw


def _state(textpage: Any, index: int, holder: Any) -> tuple[str, int, bool]:
    """Why the whole text object is hidden by its own state, its font when it is not in the file, is it white."""
    mode = pdfium.FPDFTextObj_GetTextRenderMode(holder)
    red, green, blue, alpha = (ctypes.c_uint(0) for _ in range(4))
    known = pdfium.FPDFText_GetFillColor(textpage, index, red, green, blue, alpha)
    font = pdfium.FPDFTextObj_GetFont(holder)
    outside = 0
    if font and pdfium.FPDFFont_GetIsEmbedded(font) == 0:
        outside = ctypes.cast(font, ctypes.c_void_p).value or 0
    if mode in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP):
        return "不可见的文字", outside, False
    filled = mode in (0, 2, 4, 6)
    if known and filled and alpha.value < 12:
        return "透明的文字", outside, False
    white = bool(known and filled and min(red.value, green.value, blue.value) >= _WHITE)
    return "", outside, white


def _box(page: Any, textpage: Any, index: int, look: Look) -> tuple[Box, Box, bool]:
    """The character's boxes of ink and of line height on the upright page, and is it high enough to be read."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
    loose = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(textpage, index, loose)
    line = (loose.left, loose.right, loose.bottom, loose.top)
    x0, x1, y0, y1 = left.value, right.value, bottom.value, top.value
    if x1 - x0 < 0.05 or y1 - y0 < 0.05:
        x0, x1, y0, y1 = line
    elif loose.top - loose.bottom > _OVERSIZE * (y1 - y0) + 8 or loose.right - loose.left > _OVERSIZE * (x1 - x0) + 20:
        line = (x0, x1, y0, y1)  # fonts for vertical writing tell nonsense
    size = max(loose.top - loose.bottom, loose.right - loose.left, y1 - y0)
    return _upright_box(page, (x0, x1, y0, y1), look), _upright_box(page, line, look), size >= _TINY


def _upright_box(page: Any, box: Box, look: Look) -> Box:
    (ax, ay), (bx, by) = _upright(page, box[0], box[3], look), _upright(page, box[1], box[2], look)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _upright(page: Any, x: float, y: float, look: Look) -> tuple[float, float]:
    """A point of the page as it is seen, in points from the top left corner (a hundredth is exact enough)."""
    across, down = ctypes.c_int(), ctypes.c_int()
    wide, tall = round(look.width * 100), round(look.height * 100)
    pdfium.FPDF_PageToDevice(page, 0, 0, wide, tall, 0, x, y, across, down)
    return across.value / 100, down.value / 100


def _pictures(page: Any) -> tuple[float, int]:
    """Square points under pictures, counted with overlaps, and the number of shapes."""
    return _drawings(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, 0)


def _drawings(holder: Any, count: Any, get: Any, depth: int) -> tuple[float, int]:
    area, paths = 0.0, 0
    for index in range(count(holder)):
        item = get(holder, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        paths += kind == pdfium.FPDF_PAGEOBJ_PATH
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = (ctypes.c_float() for _ in range(4))
            pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
            area += max(0.0, right.value - left.value) * max(0.0, top.value - bottom.value)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 8:
            inner = _drawings(item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, depth + 1)
            area, paths = area + inner[0], paths + inner[1]
    return area, paths
