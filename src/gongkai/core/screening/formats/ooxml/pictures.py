"""Pictures of a rebuilt file: drawn again point by point, so that nothing travels in their margins."""

from __future__ import annotations

import io
import warnings

from PIL import Image

MAX_PIXELS = 80_000_000
_BLANK = (1, 1)


def redraw(data: bytes) -> tuple[bytes, str]:
    """The picture without metadata, and its file ending ("png", "jpeg", "gif").

    What cannot be drawn again (EMF, WMF, SVG, damaged or huge pictures) becomes one transparent point, ending "".
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    return _blank(), ""
                opened.seek(0)
                return _drawn(opened)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError, MemoryError, OverflowError):
        return _blank(), ""


def _drawn(opened: Image.Image) -> tuple[bytes, str]:
    out = io.BytesIO()
    if opened.format == "JPEG":
        mode = opened.mode if opened.mode in {"L", "RGB", "CMYK"} else "RGB"
        _bare(opened.convert(mode)).save(out, "JPEG", quality=92)
        return out.getvalue(), "jpeg"
    clear = "transparency" in opened.info or opened.mode in {"RGBA", "LA", "PA"}
    mode = "RGBA" if clear else opened.mode if opened.mode in {"1", "L"} else "RGB"
    _bare(opened.convert(mode)).save(out, "PNG")
    return out.getvalue(), "png"


def _bare(picture: Image.Image) -> Image.Image:
    """The points alone: no text chunks, profiles, comments or Exif of the picture they came from."""
    fresh = Image.new(picture.mode, picture.size)
    fresh.paste(picture)
    return fresh


def _blank() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", _BLANK).save(out, "PNG")
    return out.getvalue()
