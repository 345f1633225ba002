"""Which characters of a page can be seen: those that make a difference to its picture."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats.pdf.chars import NO_BOX, Char, Look, Raw

SCALE = 1.5             # pixels a point when a page is drawn to be compared
_MOST_PIXELS = 6_000_000
_DIFFERENCE = 16        # of 255: less is not seen


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


def difference(page: Any) -> tuple[Image.Image, float]:
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


def judge(look: Look, raw: list[Raw], marks: tuple[Image.Image, float] | None) -> None:
    """Fill in the characters with why each cannot be seen."""
    seen = [_is_seen(item, marks, look) for item in raw]
    drawn_fonts = {(item.font, item.text.isascii()) for item, is_seen in zip(raw, seen, strict=True) if is_seen}
    for at, item in enumerate(raw):
        why = item.why
        if item.box is not None and not why and not seen[at]:
            x0, top, x1, bottom = item.box
            if x1 < 0 or bottom < 0 or x0 > look.width or top > look.height:
                why = "在页面之外"
            elif item.font and (item.font, item.text.isascii()) not in drawn_fonts and not item.white:
                look.no_font = True
            elif not (_is_plain(raw, seen, at - 1) and _is_plain(raw, seen, at + 1)):
                why = "与背景同色" if item.white else "被遮盖或没有显示"
        look.chars.append(Char(item.text, *(item.box or NO_BOX), why, item.line))


def _is_plain(raw: list[Raw], seen: list[bool], at: int) -> bool:
    """One thin character between two that are seen, or beside white space, is only too thin for the measure."""
    return 0 <= at < len(raw) and (raw[at].box is None or seen[at])


def _is_seen(item: Raw, marks: tuple[Image.Image, float] | None, look: Look) -> bool:
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
