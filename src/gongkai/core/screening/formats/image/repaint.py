"""A picture painted anew: pixels go over, nothing else does."""

from __future__ import annotations

import io
import warnings
from typing import Any

from PIL import Image, ImageOps

from gongkai.core.errors import ReadError

MAX_PIXELS = 150_000_000      # of one frame
MAX_ALL_PIXELS = 400_000_000  # of all frames
MAX_FRAMES = 300
_ERRORS = (
    OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, MemoryError, IndexError, OverflowError,
    Image.DecompressionBombError,
)
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")


def check(data: bytes) -> int:
    """How many frames or pages the picture has. Raises ReadError `damaged` or `content-too-large`."""
    try:
        with warnings.catch_warnings(), _opened(data) as picture:
            warnings.simplefilter("ignore")  # a damaged directory of a later frame is passed over
            frames = getattr(picture, "n_frames", 1)
            pixels = picture.width * picture.height
            if pixels <= MAX_PIXELS and frames <= MAX_FRAMES and pixels * frames <= MAX_ALL_PIXELS:
                picture.load()
                return int(frames)
    except _ERRORS as error:
        raise ReadError("damaged", "图片已损坏或不完整，打不开，无法筛查；请重新取得原件后再上传。") from error
    raise ReadError(
        "content-too-large", f"图片超过 {MAX_PIXELS // 1_000_000} 百万像素或帧数过多，没有筛查；请缩小后再上传。"
    )


def repainted(data: bytes) -> bytes:
    """The picture in its own format without anything but pixels. Raises ReadError as `check` does."""
    check(data)
    try:
        with warnings.catch_warnings(), _opened(data) as picture:
            warnings.simplefilter("ignore")
            kind = str(picture.format)
            frames = []
            times = []
            for number in range(getattr(picture, "n_frames", 1)):
                picture.seek(number)
                times.append(int(picture.info.get("duration", 0) or 0))
                frames.append(_bare(picture))
            into = io.BytesIO()
            frames[0].save(into, "JPEG" if kind == "MPO" else kind, **_options(kind, frames, times))
            return into.getvalue()
    except _ERRORS as error:
        raise ReadError("cannot-clean", "图片无法重新生成，没有清理；请用看图软件另存为 PNG 后再上传。") from error


def _opened(data: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Image.open(io.BytesIO(data), formats=(*_FORMATS, "MPO"))


def _bare(picture: Image.Image) -> Image.Image:
    """Upright pixels; colours beneath full transparency are gone too."""
    upright: Any = ImageOps.exif_transpose(picture)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        seen = upright.convert("RGBA")
        ground = Image.new("RGBA", seen.size, (0, 0, 0, 0))
        ground.paste(seen, mask=seen.getchannel("A").point(lambda alpha: 255 if alpha else 0))
        return ground
    mode = upright.mode if upright.mode in ("1", "L", "RGB", "CMYK", "I;16") else "RGB"
    pixels = upright if upright.mode == mode else upright.convert(mode)
    return Image.frombytes(mode, pixels.size, pixels.tobytes())


def _options(kind: str, frames: list[Image.Image], times: list[int]) -> dict[str, Any]:
    options: dict[str, Any] = {}
    if kind in ("JPEG", "MPO"):
        options["quality"] = 92
    elif kind == "TIFF":
        options["compression"] = "group4" if all(frame.mode == "1" for frame in frames) else "tiff_adobe_deflate"
    elif kind == "WEBP":
        options["quality"] = 92
    if len(frames) > 1 and kind in ("GIF", "TIFF", "WEBP", "PNG"):
        options |= {"save_all": True, "append_images": frames[1:]}
        if kind != "TIFF":
            options |= {"duration": times, "loop": 0}
    return options
