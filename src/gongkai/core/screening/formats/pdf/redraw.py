"""A page as a picture of itself, with boxes over what must not be read: beneath them nothing is left."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import pikepdf
from PIL import Image, ImageChops, ImageDraw

from gongkai.core.screening.formats.pdf.chars import Char
from gongkai.core.screening.formats.pdf.seen import draw

DPI = 200
_MOST_PIXELS = 20_000_000
_MARGIN = 0.6      # points around a covered character
_COLOUR = 24       # of 255: a page that departs less from grey is kept in grey
_COVER = (64, 64, 64)


def picture(page: Any, chars: Iterable[Char], width: float, height: float) -> Image.Image:
    """pdfium's `page` drawn at 200 dpi, `chars` covered."""
    scale = min(DPI / 72, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    drawn = draw(page, scale)
    pen = ImageDraw.Draw(drawn)
    for char in chars:
        pen.rectangle(
            ((char.x0 - _MARGIN) * scale, (char.top - _MARGIN) * scale,
             (char.x1 + _MARGIN) * scale, (char.bottom + _MARGIN) * scale),
            fill=_COVER,
        )
    return drawn


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
