"""Pictures in a PDF with their pixels alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf

from gongkai.core.screening.formats.image.segments import bare_jp2, bare_jpeg

_KEYS = ("/Width", "/Height", "/BitsPerComponent", "/ImageMask", "/Decode", "/Interpolate", "/Intent", "/Matte")
_FAX = frozenset({"/CCITTFaxDecode", "/JBIG2Decode"})
_PARMS = ("/K", "/EndOfLine", "/EncodedByteAlign", "/Columns", "/Rows", "/EndOfBlock", "/BlackIs1", "/ColorTransform")


def image_of(target: pikepdf.Pdf, source: Any, space: Callable[[Any], Any]) -> Any:
    """A new picture of the same pixels, or None when it cannot be rebuilt."""
    head = source.stream_dict
    held = head.get("/Filter")
    names = [str(name) for name in held] if isinstance(held, pikepdf.Array) else [str(held)] if held is not None else []
    last = names[-1] if names else ""
    try:
        if last in _FAX or last in ("/DCTDecode", "/JPXDecode"):
            raw = _packed(source, len(names))
            if last == "/DCTDecode":
                raw = bare_jpeg(raw)
            elif last == "/JPXDecode":
                raw = bare_jp2(raw)
            made = target.make_stream(raw)
            made.stream_dict.Filter = pikepdf.Name(last)
            _parameters(target, head, made, len(names))
        else:
            made = target.make_stream(_pixels(source, head))
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return None
    made.stream_dict.Type, made.stream_dict.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    for key in _KEYS:
        value = head.get(key)
        if value is not None:
            made.stream_dict[key] = pikepdf.Array(list(value)) if isinstance(value, pikepdf.Array) else value
    colours = head.get("/ColorSpace")
    if colours is not None:
        copied = space(colours)
        if copied is None:
            return None
        made.stream_dict.ColorSpace = copied
    if "/SMaskInData" in head:
        made.stream_dict.SMaskInData = head.SMaskInData
    return made


def _packed(source: Any, filters: int) -> bytes:
    if filters == 1:
        return bytes(source.read_raw_bytes())
    return bytes(source.get_stream_buffer(pikepdf.StreamDecodeLevel.generalized))


def _parameters(target: pikepdf.Pdf, head: Any, made: Any, filters: int) -> None:
    held = head.get("/DecodeParms")
    if isinstance(held, pikepdf.Array):
        held = held[filters - 1] if len(held) >= filters else None
    if not isinstance(held, pikepdf.Dictionary):
        return
    kept = pikepdf.Dictionary()
    for key in _PARMS:
        if key in held:
            kept[key] = held[key]
    shared = held.get("/JBIG2Globals")
    if isinstance(shared, pikepdf.Stream):
        kept["/JBIG2Globals"] = target.make_stream(shared.read_bytes())
    made.stream_dict.DecodeParms = kept


def _pixels(source: Any, head: Any) -> bytes:
    """Unpacked pixels and not a byte more."""
    raw = bytes(source.read_bytes())
    width, height = int(head.Width), int(head.Height)
    bits = 1 if head.get("/ImageMask") else int(head.get("/BitsPerComponent", 8))
    parts = 1 if head.get("/ImageMask") else _components(head.get("/ColorSpace"))
    return raw[:(width * bits * parts + 7) // 8 * height] if parts else raw


def _components(space: Any) -> int:
    names = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4, "/CalGray": 1, "/CalRGB": 3, "/Lab": 3, "/Indexed": 1}
    if isinstance(space, pikepdf.Array) and len(space):
        family = str(space[0])
        if family == "/ICCBased":
            return int(space[1].stream_dict.get("/N", 0))
        return {"/Separation": 1, "/DeviceN": len(space[1]) if len(space) > 1 and family == "/DeviceN" else 0}.get(
            family, names.get(family, 0)
        )
    return names.get(str(space), 0)
