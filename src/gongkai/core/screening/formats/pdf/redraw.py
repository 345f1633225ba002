"""A page as a picture of itself, with boxes over what must not be read: beneath them nothing is left."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import pikepdf
from PIL import Image, ImageChops, ImageDraw

from gongkai.core.screening.formats.pdf.chars import Box, Char, Look
from gongkai.core.screening.formats.pdf.seen import draw

DPI = 200
_MOST_PIXELS = 20_000_000
_MARGIN = 0.6      # points around a covered character
_BESIDE = 24       # characters on either side whose height is looked at
_COLOUR = 24       # of 255: a page that departs less from grey is kept in grey
_COVER = (64, 64, 64)


def picture(page: Any, look: Look, covered: Collection[int]) -> Image.Image:
    """pdfium's `page` drawn at 200 dpi, the characters with these indexes covered."""
    scale = min(DPI / 72, (_MOST_PIXELS / max(look.width * look.height, 1.0)) ** 0.5)
    drawn = draw(page, scale)
    pen = ImageDraw.Draw(drawn)
    for x0, top, x1, bottom in covers(look.chars, covered):
        pen.rectangle(
            ((x0 - _MARGIN) * scale, (top - _MARGIN) * scale, (x1 + _MARGIN) * scale, (bottom + _MARGIN) * scale),
            fill=_COVER,
        )
    return drawn


def covers(chars: Sequence[Char], covered: Collection[int]) -> Iterator[Box]:
    """Boxes over the covered characters: as high as the highest of those side by side, and each as far as to where the
    character after it begins.

    A font that is not in the file is drawn with another, whose ink is wider than the file says: what looks out between
    two boxes can be read. After the last character of a line stands nothing, and its box is a full width wide.
    """
    inked = [index for index in sorted(covered) if chars[index].x1 > chars[index].x0]
    for at, index in enumerate(inked):
        char = chars[index]
        beside = [chars[one] for one in inked[max(0, at - _BESIDE):at + _BESIDE + 1] if _level(chars[one], char)]
        x0, x1 = char.x0, char.x1
        top, bottom = min(one.top for one in beside), max(one.bottom for one in beside)
        wide = max(char.line[3] - char.line[1], bottom - top)
        after = next((one for one in chars[index + 1:index + 4] if one.x1 > one.x0), None)
        if after is not None and _level(after, char) and x0 < after.x0 < x0 + 2 * wide:
            yield x0, top, max(x1, after.x0), bottom
        elif after is not None and after.x0 < x1 and after.x1 > x0 and abs(after.top - top) < 2 * wide:
            # one below the other: wide enough for the ink of another font
            low, high = min(x0, after.x0), max(x1, after.x1, x0 + wide)
            yield low, min(top, max(after.bottom, top - wide)), high, max(bottom, min(after.top, bottom + wide))
        else:
            yield x0, top, max(x1, x0 + wide), bottom


def _level(one: Char, other: Char) -> bool:
    """Side by side: most of the lower of the two stands beside the other."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.5 * min(one.bottom - one.top, other.bottom - other.top)


def picture_page(target: pikepdf.Pdf, drawn: Image.Image, width: float, height: float) -> None:
    """Add a page of this size, in points, that shows the picture."""
    target.add_blank_page(page_size=(max(width, 3.0), max(height, 3.0)))
    page = target.pages[-1]
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=_embedded(target, drawn)))
    page.Contents = target.make_stream(f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /P Do Q".encode("ascii"))


def _embedded(target: pikepdf.Pdf, drawn: Image.Image) -> Any:
    """Text in grey is smaller and sharper unpacked without loss; coloured pages go as JPEG."""
    red, green, blue = drawn.split()
    apart = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(red, blue))
    if apart.point([0 if value < _COLOUR else 255 for value in range(256)]).getbbox() is None:
        grey = drawn.convert("L").point([min(255, (value + 8) // 17 * 17) for value in range(256)])
        made = target.make_stream(grey.tobytes())
        made.stream_dict.ColorSpace = pikepdf.Name.DeviceGray
    else:
        into = io.BytesIO()
        drawn.save(into, "JPEG", quality=88)
        made = target.make_stream(into.getvalue())
        made.stream_dict.ColorSpace = pikepdf.Name.DeviceRGB
        made.stream_dict.Filter = pikepdf.Name.DCTDecode
    made.stream_dict.Type, made.stream_dict.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    made.stream_dict.Width, made.stream_dict.Height = drawn.size
    made.stream_dict.BitsPerComponent = 8
    return made
