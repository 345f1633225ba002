"""What a picture tells beside its pixels: camera, place, author, comments, and whatever was appended."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

from PIL import ExifTags, Image

from gongkai.core.screening.formats.image.segments import carried
from gongkai.core.screening.formats.pdf.strings import decode, is_text, readable_runs
from gongkai.core.screening.formats.pdf.walk import xmp_texts

_FRAMES = 200
_RECORDS = 9  # of IPTC
_STRIPS = {"offsets": (273, 324), "counts": (279, 325)}
_COMMENT_CODES = {
    b"ASCII\x00\x00\x00": ("latin-1",), b"UNICODE\x00": ("utf-16-le", "utf-16-be"),  # the order of bytes is not said
    b"JIS\x00\x00\x00\x00\x00": ("shift_jis",),
}


def picture_texts(data: bytes) -> list[str]:
    """The texts alone, for a picture inside another file."""
    return [text for _, text in metadata(data)]


def metadata(data: bytes) -> list[tuple[str, str]]:
    """(name of the part, text) of everything that is no pixel. A part that cannot be parsed is searched for text."""
    found: list[tuple[str, str]] = []
    for part, body in carried(data):
        found += [(part, text) for text in _texts(body)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # damaged tags are searched as loose text
        found += _tags(data)
    return [pair for pair in dict.fromkeys(found) if len(pair[1].strip()) >= 2]


def has_position(data: bytes) -> bool:
    """True when the picture says where it was taken."""
    try:
        with warnings.catch_warnings(), _opened(data) as picture:
            warnings.simplefilter("ignore")
            return bool(picture.getexif().get_ifd(ExifTags.IFD.GPSInfo))
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, Image.DecompressionBombError):
        return False


def _opened(data: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Image.open(io.BytesIO(data))


def _texts(body: bytes) -> Iterator[str]:
    if b"<" in body and (b"rdf" in body or b"xmp" in body or b"XML" in body):
        yield from xmp_texts(body[body.find(b"<"):])
        return
    if body[:4] in (b"Exif", b"II*\x00", b"MM\x00*", b"JFIF") or body[:11] == b"ICC_PROFILE" or b"acsp" in body[:64]:
        yield readable_runs(body)
        return
    if body[:10] == b"Photoshop " and (said := list(_iptc(body))):
        yield from said
        return
    text = decode(body)
    yield text if is_text(text) else readable_runs(body)


def _iptc(body: bytes) -> Iterator[str]:
    """The fields of IPTC's records (caption, by-line, …), each in its own encoding."""
    at = 0
    while (at := body.find(b"\x1c", at)) >= 0 and at + 5 <= len(body):
        size = int.from_bytes(body[at + 3:at + 5], "big")
        value = body[at + 5:at + 5 + size]
        if not 0 < body[at + 1] <= _RECORDS or size >> 15 or len(value) < size:
            at += 1
            continue
        at += 5 + size
        text = decode(value)
        if is_text(text):
            yield text
    rest = readable_runs(body)
    if rest:
        yield rest


def _tags(data: bytes) -> Iterator[tuple[str, str]]:
    """EXIF and TIFF tags of all frames, and what lies in a TIFF beside its pixels."""
    try:
        with _opened(data) as picture:
            yield from _exif(picture)
            if picture.format == "TIFF":
                yield from _tiff(picture, data)
            yield from _info(picture.info)
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, EOFError, Image.DecompressionBombError):
        return


def _exif(picture: Image.Image) -> Iterator[tuple[str, str]]:
    held = picture.getexif()
    groups = [dict(held), *(held.get_ifd(group) for group in ExifTags.IFD)]
    for tags in groups:
        for tag, value in tags.items():
            text = _value(tag, value)
            if text:
                name = ExifTags.TAGS.get(tag, ExifTags.GPSTAGS.get(tag, str(tag)))
                yield f"EXIF {name}", text


def _value(tag: Any, value: Any) -> str:
    if isinstance(value, bytes):
        if value[:8] in _COMMENT_CODES:
            read = [value[8:].decode(code, "ignore") for code in _COMMENT_CODES[value[:8]]]
            return "\n".join((*read, decode(value[8:]))).strip("\x00 \n")
        if isinstance(tag, int) and 0x9C9B <= tag <= 0x9C9F:  # Windows' own tags
            return value.decode("utf-16-le", "ignore").strip("\x00")
        text = decode(value.strip(b"\x00"))
        return text if is_text(text) else readable_runs(value)
    if isinstance(value, tuple) and value and all(isinstance(part, int) and 0 <= part < 256 for part in value):
        return _value(tag, bytes(value))
    if isinstance(value, str):
        return _reread(value.strip("\x00 "))
    return str(value) if isinstance(value, int) and value >= 10_000_000_000 else ""


def _reread(text: str) -> str:
    """A tag that was read as Latin-1 and is UTF-8 or GBK, as cameras and programs here write it."""
    if text.isascii():
        return text
    try:
        return decode(text.encode("latin-1"))
    except UnicodeEncodeError:
        return text


def _info(info: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    for key, value in info.items():
        if key in ("icc_profile", "exif", "transparency", "photoshop"):
            continue
        if isinstance(value, bytes):
            value = decode(value)
        if isinstance(value, str) and is_text(value):
            if "<" in value and "rdf" in value:
                for text in xmp_texts(value.encode("utf-8")):
                    yield "XMP", text
            else:
                yield "文字块", f"{key}\n{value}"


def _tiff(picture: Any, data: bytes) -> Iterator[tuple[str, str]]:
    pixels: list[tuple[int, int]] = []
    for frame in range(min(getattr(picture, "n_frames", 1), _FRAMES)):
        picture.seek(frame)
        tags = picture.tag_v2
        for tag, value in tags.items():
            if tag == 700 and isinstance(value, bytes):
                for text in xmp_texts(value):
                    yield "XMP", text
            elif text := _value(tag, value):
                yield f"TIFF 标签 {tag}", text
        for offsets, counts in zip(_STRIPS["offsets"], _STRIPS["counts"], strict=True):
            if offsets in tags and counts in tags:
                pixels += zip(tags[offsets], tags[counts], strict=False)
    at = 0
    for start, size in sorted(pixels):
        if start > at:
            yield "附加数据", readable_runs(data[at:start])
        at = max(at, start + size)
    yield "附加数据", readable_runs(data[at:])
