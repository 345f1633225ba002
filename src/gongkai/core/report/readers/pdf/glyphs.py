"""Characters of a page with their boxes, straight from pdfium's text page.

A ctypes call for each box is the price of a PDF; everything else is asked for once a page, or for few characters.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from statistics import median

import pypdfium2.raw as pdfium

from gongkai.core.report.readers.limits import check_text
from gongkai.core.report.readers.pdf.page import Glyph

REPLACEMENT = "\ufffd"
_PRIVATE = range(0xE000, 0xF900)
_SURROGATES = range(0xD800, 0xE000)
_SPACES = frozenset([0, 9, 10, 13, 0x20, 0xA0, 0x3000, 0xFEFF, *range(0x2000, 0x2010), 0x2028, 0x2029])
_HYPHEN = 0x02  # pdfium's mark for a hyphen at the end of a line
_SAMPLE = 24
_OVERSIZE = 3.5  # times the usual height
# Files made with Noto or Source Han fonts map some glyphs to radicals; NFKC resolves only the Kangxi block.
_SUPPLEMENT = (
    "⺅亻⺟母⺠民⻁虎⻄西⻅见⻆角⻈讠⻉贝⻋车⻐钅⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼"
    "⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"
)
RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | {
    ord(a): b for a, b in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)
}


def read_glyphs(textpage: object, left: float, top: float) -> tuple[list[Glyph], list[int], int]:
    """Glyphs, their indexes in the text page, and how many are garbled. `left` and `top` are the page's corner.

    White space is left out: gaps say where words end. A character that the file does not map to Unicode becomes
    U+FFFD, because pdfium would give its code in the font, which may look like another digit.
    """
    get_box, unmapped = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_HasUnicodeMapError
    box = pdfium.FS_RECTF()
    at = ctypes.byref(box)
    glyphs: list[Glyph] = []
    indexes: list[int] = []
    garbled = 0
    high = 0
    for index, code in enumerate(_codes(textpage)):
        if 0x3000 < code < 0xD800:
            text = chr(code)
        elif code in _SPACES:
            if code or not _has_ink(textpage, index):
                continue
            text = REPLACEMENT  # drawn, and pdfium cannot say what it is
        elif code < 0x2000:  # only here may the code of an unmapped character pass for a digit or a letter
            text = "-" if code == _HYPHEN else chr(code)
            if unmapped(textpage, index) == 1:
                text = REPLACEMENT
            elif code < 0x20 and code != _HYPHEN:
                continue
        elif code in _SURROGATES:
            if code < 0xDC00:
                high = code
                continue
            text = chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)) if high else REPLACEMENT
            high = 0
        elif code in _PRIVATE or code >= 0xFFF0:
            text = REPLACEMENT
        else:
            text = RADICALS.get(code) or chr(code)
        garbled += text == REPLACEMENT
        get_box(textpage, index, at)
        glyphs.append(Glyph(box.left - left, top - box.top, box.right - left, top - box.bottom, text))
        indexes.append(index)
    _mend_boxes(textpage, glyphs, indexes, left, top)
    return glyphs, indexes, garbled


def _codes(textpage: object) -> list[int]:
    """The code of every character: in one call where pdfium has one for each, else one by one."""
    count = pdfium.FPDFText_CountChars(textpage)
    check_text(count)
    buffer = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(textpage, 0, count, buffer) == count + 1:
        codes = list(buffer)[:count]
        if 0 not in codes and 0xFFFE not in codes:
            return codes
    return [pdfium.FPDFText_GetUnicode(textpage, index) for index in range(count)]


def _ink(textpage: object, index: int) -> tuple[float, float, float, float]:
    """Left, right, bottom and top of what is drawn."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
    return left.value, right.value, bottom.value, top.value


def _has_ink(textpage: object, index: int) -> bool:
    left, right, bottom, top = _ink(textpage, index)
    return right - left > 0.1 and top - bottom > 0.1


def _mend_boxes(textpage: object, glyphs: list[Glyph], indexes: list[int], left: float, top: float) -> None:
    """Boxes far larger than the text of the page come from fonts for vertical writing: take the ink instead."""
    if not glyphs:
        return
    most = _OVERSIZE * median([bottom - above for _, above, _, bottom, _ in glyphs])
    for i, (x0, above, x1, below, text) in enumerate(glyphs):
        if below - above > most or x1 - x0 > most:
            ink = _ink(textpage, indexes[i])
            glyphs[i] = Glyph(ink[0] - left, top - ink[3], ink[1] - left, top - ink[2], text)


def quarter_turns(textpage: object, indexes: list[int]) -> int:
    """By how many quarter turns counter-clockwise most of the text is drawn: a sheet printed sideways."""
    if not indexes:
        return 0
    votes = [0, 0, 0, 0]
    for index in indexes[:: max(1, len(indexes) // _SAMPLE)]:
        votes[round(pdfium.FPDFText_GetCharAngle(textpage, index) / (math.pi / 2)) % 4] += 1
    return votes.index(max(votes))


def is_hidden(textpage: object, indexes: list[int]) -> bool:
    """True when most of the text is drawn invisibly, as programs lay recognised text over a scan."""
    sample = indexes[:: max(1, len(indexes) // _SAMPLE)]
    hidden = 0
    for index in sample:
        mode = pdfium.FPDFTextObj_GetTextRenderMode(pdfium.FPDFText_GetTextObject(textpage, index))
        hidden += mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    return hidden * 2 > len(sample)
