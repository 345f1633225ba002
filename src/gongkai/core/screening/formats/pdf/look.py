"""Pages as a reader sees them: every character with its box, and whether it can be seen at all.

A page is drawn twice, with its text and without it. A character that makes no difference to the picture cannot be seen,
however it is hidden: without colour, in the colour of the ground, under a picture or a box, cut off, switched off.

pdfium is not safe in threads: one lock is held from opening a file to closing it.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from gongkai.core.errors import ReadError
from gongkai.core.report.readers.pdf.glyphs import _RADICALS as RADICALS
from gongkai.core.report.readers.pdf.source import _LOCK as LOCK
from gongkai.core.screening.formats.pdf.refusals import MAX_SECONDS, damaged, too_slow

SCALE = 1.5             # pixels a point when a page is drawn to be compared
_MOST_PIXELS = 6_000_000
_DIFFERENCE = 16        # of 255: less is not seen
_TINY = 2.2             # points: the height of a line of text that nobody reads
_WHITE = 235
_OVERSIZE = 3.5         # times its ink: the line box of a character that is believed
_NO_BOX = (0.0, 0.0, 0.0, 0.0)
_PRIVATE = range(0xE000, 0xF900)


Box = tuple[float, float, float, float]


class Char(NamedTuple):
    """A character as the file draws it: the box of its ink on the upright page in points from the top left corner, why
    it cannot be seen (empty when it can), and the box of its line height. White space between words and lines has no
    box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    why: str
    line: Box


@dataclass(slots=True)
class Look:
    """A page: its size in points, its characters in the order of drawing, how many have no Unicode value, the share of
    it under pictures, whether its text runs sideways, and whether text stays invisible because its font is neither in
    the file nor on this machine."""

    number: int
    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    garbled: int = 0
    pictures: float = 0.0
    sideways: bool = False
    no_font: bool = False


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


def draw(page: Any, scale: float) -> Image.Image:
    """The page as a picture on white ground."""
    width, height = _pixels(page, scale)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGRx, None, 0)
    if not bitmap:
        raise ReadError("content-too-large", "PDF 的页面尺寸过大，画不出来，无法筛查；请按常用纸张重新导出后再上传。")
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, 0)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
        return Image.frombytes("RGB", (width, height), pixels, "raw", "BGRX", stride, 1)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


def _pixels(page: Any, scale: float) -> tuple[int, int]:
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _look(page: Any, number: int, compare: bool) -> Look:
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    look = Look(number, width, height)
    textpage = pdfium.FPDFText_LoadPage(page)
    if not textpage:
        raise ReadError("damaged", f"PDF 第 {number} 页的文字已损坏，无法筛查；请重新导出或取得原件后再上传。")
    try:
        look.pictures = min(1.0, _picture_area(page) / max(width * height, 1.0))
        raw = _characters(page, textpage, look)
        marks = _difference(page) if compare and raw else None
        _judge(look, raw, marks)
    finally:
        pdfium.FPDFText_ClosePage(textpage)
    return look


class _Raw(NamedTuple):
    text: str
    box: Box | None
    line: Box
    why: str
    font: int  # 0 when the font is in the file
    white: bool


def _characters(page: Any, textpage: Any, look: Look) -> list[_Raw]:
    count = pdfium.FPDFText_CountChars(textpage)
    states: dict[int, tuple[str, int, bool]] = {}
    raw: list[_Raw] = []
    high = turned = 0
    for index in range(max(0, count)):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
            high = 0
        if pdfium.FPDFText_IsGenerated(textpage, index) == 1 or code in (0, 9, 10, 13, 0x20, 0xA0, 0x3000):
            if code:
                raw.append(_Raw("\n" if code in (10, 13) else " ", None, _NO_BOX, "", 0, False))
            continue
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
            why = "字号过小"
        turned += abs(pdfium.FPDFText_GetCharAngle(textpage, index) % 3.1416) > 0.3
        raw.append(_Raw(text, box, line, why, font, white))
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


def _difference(page: Any) -> tuple[Image.Image, float]:
    """What the text adds to the picture of the page, as grey values, and the pixels a point."""
    area = pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page)
    scale = min(SCALE, (_MOST_PIXELS / max(area, 1.0)) ** 0.5)
    whole = draw(page, scale)
    _switch_text(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, 0)
    bands = ImageChops.difference(whole, draw(page, scale)).split()
    return ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2]), scale


def _switch_text(holder: Any, count: Any, get: Any, depth: int) -> None:
    for index in range(count(holder)):
        item = get(holder, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            pdfium.FPDFPageObj_SetIsActive(item, False)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 8:
            _switch_text(item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, depth + 1)


def _picture_area(page: Any) -> float:
    """Square points under pictures, counted with overlaps."""
    return _area(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, 0)


def _area(holder: Any, count: Any, get: Any, depth: int) -> float:
    total = 0.0
    for index in range(count(holder)):
        item = get(holder, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = (ctypes.c_float() for _ in range(4))
            pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
            total += max(0.0, right.value - left.value) * max(0.0, top.value - bottom.value)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 8:
            total += _area(item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, depth + 1)
    return total


def _judge(look: Look, raw: list[_Raw], marks: tuple[Image.Image, float] | None) -> None:
    """Fill in the characters with why each cannot be seen."""
    seen = [_is_seen(item, marks, look) for item in raw]
    drawn_fonts = {item.font for item, is_seen in zip(raw, seen, strict=True) if is_seen}
    for at, item in enumerate(raw):
        why = item.why
        if item.box is not None and not why and not seen[at]:
            x0, top, x1, bottom = item.box
            if x1 < 0 or bottom < 0 or x0 > look.width or top > look.height:
                why = "在页面之外"
            elif item.font and item.font not in drawn_fonts and not item.white:
                look.no_font = True
            elif not (_is_plain(raw, seen, at - 1) and _is_plain(raw, seen, at + 1)):
                why = "与背景同色" if item.white else "被遮盖或没有显示"
        look.chars.append(Char(item.text, *(item.box or _NO_BOX), why, item.line))


def _is_plain(raw: list[_Raw], seen: list[bool], at: int) -> bool:
    """One thin character between two that are seen is only too thin for the measure."""
    return 0 <= at < len(raw) and raw[at].box is not None and seen[at]


def _is_seen(item: _Raw, marks: tuple[Image.Image, float] | None, look: Look) -> bool:
    if item.box is None:
        return False
    x0, top, x1, bottom = item.box
    if marks is None:
        return x1 >= 0 and bottom >= 0 and x0 <= look.width and top <= look.height
    picture, scale = marks
    box = (
        max(0, int(x0 * scale)), max(0, int(top * scale)),
        min(picture.width, int(x1 * scale) + 1), min(picture.height, int(bottom * scale) + 1),
    )
    if box[0] >= box[2] or box[1] >= box[3]:
        return False
    highest = picture.crop(box).getextrema()[1]
    return isinstance(highest, int) and highest >= _DIFFERENCE
