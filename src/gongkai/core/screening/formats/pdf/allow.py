"""What a page may bring along into the rebuilt document: an allow-list by kind of object. All else stays behind."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pikepdf

from gongkai.core.screening.formats.pdf.contents import filtered
from gongkai.core.screening.formats.pdf.pictures import image_of

_FONT = frozenset(
    ["Type", "Subtype", "BaseFont", "FirstChar", "LastChar", "Widths", "FontDescriptor", "Encoding",
    "ToUnicode", "DescendantFonts", "CIDSystemInfo", "DW", "W", "DW2", "W2", "CIDToGIDMap", "FontBBox",
    "FontMatrix", "CharProcs", "Resources", "FontName", "Flags", "ItalicAngle", "Ascent", "Descent", "Leading",
    "CapHeight", "XHeight", "StemV", "StemH", "AvgWidth", "MaxWidth", "MissingWidth", "FontFile", "FontFile2",
    "FontFile3", "Length1", "Length2", "Length3", "BaseEncoding", "Differences", "WMode", "CMapName", "UseCMap",
    "Registry", "Ordering", "Supplement", "FontStretch", "FontWeight"]
)
_STATE = frozenset(
    ["Type", "LW", "LC", "LJ", "ML", "D", "RI", "OP", "op", "OPM", "FL", "SM", "SA", "BM", "SMask", "CA", "ca",
    "AIS", "TK", "Font", "S", "G", "BC", "TR"]
)
_PAINT = frozenset(
    ["Type", "PatternType", "PaintType", "TilingType", "BBox", "XStep", "YStep", "Resources", "Matrix",
    "Shading", "ExtGState", "ShadingType", "ColorSpace", "Background", "AntiAlias", "Coords", "Domain",
    "Function", "Extend", "BitsPerCoordinate", "BitsPerComponent", "BitsPerFlag", "Decode", "VerticesPerRow",
    "FunctionType", "Range", "C0", "C1", "N", "Functions", "Bounds", "Encode", "Size", "BitsPerSample", "Order",
    "Alternate", "WhitePoint", "BlackPoint", "Gamma", "Subtype", "Process", "Components", "MixingHints",
    "Solidities", "DotGain", "Colorants"]
)
_FORM = frozenset(["Type", "Subtype", "FormType", "BBox", "Matrix", "Resources", "Group", "S", "CS", "I", "K"])
_TEXTS = frozenset({"Registry", "Ordering"})  # strings that a font needs
_DEFAULTS = frozenset({"/DefaultGray", "/DefaultRGB", "/DefaultCMYK"})
_DEPTH = 40


class Copier:
    """Copies what may come along from one document into another; an object that is used twice is copied once."""

    def __init__(self, target: pikepdf.Pdf) -> None:
        self._target = target
        self._made: dict[tuple[tuple[int, int], str], Any] = {}
        self.refused = False  # something had to stay behind without which a page looks different

    def resources(self, item: Any, used: set[str], depth: int = 0) -> Any:
        """The resources that a page or a drawing uses."""
        if not isinstance(item, pikepdf.Dictionary) or depth > _DEPTH:
            return pikepdf.Dictionary()
        kinds: dict[str, Callable[[Any, int], Any]] = {
            "/Font": lambda value, d: self._plain(value, _FONT, "font", d), "/XObject": self._drawing,
            "/ExtGState": lambda value, d: self._plain(value, _STATE | _FONT | _FORM, "state", d),
            "/ColorSpace": lambda value, d: self._plain(value, _PAINT, "paint", d),
            "/Pattern": self._pattern, "/Shading": lambda value, d: self._plain(value, _PAINT, "paint", d),
        }
        made = pikepdf.Dictionary()
        for kind, copy in kinds.items():
            held = item.get(kind)
            if isinstance(held, pikepdf.Dictionary):
                made[kind] = pikepdf.Dictionary()
                for name, value in held.items():
                    if name not in used and name not in _DEFAULTS:
                        continue
                    copied = copy(value, depth + 1)
                    if copied is not None:
                        made[kind][name] = copied
        return made

    def _once(self, item: Any, kind: str, make: Callable[[], Any]) -> Any:
        if not item.is_indirect:
            return make()
        key = (item.objgen, kind)
        if key not in self._made:
            self._made[key] = None  # a loop ends here
            made = make()
            self._made[key] = made if made is None or made.is_indirect else self._target.make_indirect(made)
        return self._made[key]

    def _plain(self, item: Any, keys: frozenset[str], kind: str, depth: int, key: str = "") -> Any:
        """Names, numbers, arrays and dictionaries with allowed keys; no strings but those that a lookup needs."""
        if depth > _DEPTH:
            return None
        if isinstance(item, pikepdf.Stream):
            return self._once(item, kind, lambda: self._data(item, keys, kind, depth, key))
        if isinstance(item, pikepdf.Dictionary):
            return self._once(item, kind, lambda: self._dictionary(item, keys, kind, depth, key))
        if isinstance(item, pikepdf.Array):
            return self._once(item, kind, lambda: self._array(item, keys, kind, depth, key))
        if isinstance(item, pikepdf.String):
            return pikepdf.String(bytes(item)) if key in _TEXTS else None
        return item

    def _dictionary(self, item: Any, keys: frozenset[str], kind: str, depth: int, key: str) -> Any:
        made = pikepdf.Dictionary()
        if key == "CharProcs":
            for name, value in item.items():
                made[name] = self._content_stream(value, frozenset(), depth)
            return made
        for name, value in item.items():
            free = key in ("Colorants", "DotGain", "Solidities", "Components")
            if name[1:] in keys or free:
                if name == "/Resources":
                    copied = self.resources(value, _used(item), depth + 1)
                elif name == "/G" and isinstance(value, pikepdf.Stream):
                    copied = self._drawing(value, depth + 1)
                else:
                    copied = self._plain(value, keys, kind, depth + 1, name[1:])
                if copied is not None:
                    made[name] = copied
        return made

    def _array(self, item: Any, keys: frozenset[str], kind: str, depth: int, key: str) -> Any:
        if len(item) == 4 and item[0] == pikepdf.Name.Indexed:
            lookup = item[3]
            colours = lookup.read_bytes() if isinstance(lookup, pikepdf.Stream) else bytes(lookup)
            base = self._plain(item[1], keys, kind, depth + 1, "Base")
            return pikepdf.Array([item[0], base, item[2], pikepdf.String(colours[:1024])])
        made = []
        for value in item:
            copied = self._plain(value, keys, kind, depth + 1, key)
            if copied is None and not isinstance(value, pikepdf.String):
                continue
            made.append(copied)
        return pikepdf.Array([value for value in made if value is not None])

    def _data(self, item: Any, keys: frozenset[str], kind: str, depth: int, key: str) -> Any:
        head = self._dictionary(item.stream_dict, keys, kind, depth, key)
        if key == "ToUnicode" or "/CMapName" in item.stream_dict:
            lines = item.read_bytes().splitlines()
            made = self._target.make_stream(b"\n".join(line.split(b"%")[0] for line in lines))
        else:
            made = self._target.make_stream(item.read_bytes())
        for name, value in head.items():
            made.stream_dict[name] = value
        return made

    def _content_stream(self, item: Any, keys: frozenset[str], depth: int) -> Any:
        """Drawing instructions, with what they use."""
        def make() -> Any:
            content, told, used = filtered(item)
            self.refused = self.refused or told
            made = self._target.make_stream(content)
            for name in keys:
                value = item.stream_dict.get("/" + name)
                if value is None:
                    continue
                if name == "Resources":
                    value = self.resources(value, used, depth + 1)
                else:
                    value = self._plain(value, _FORM | _PAINT, "paint", depth + 1, name)
                if value is not None:
                    made.stream_dict["/" + name] = value
            return made

        return self._once(item, "content", make) if isinstance(item, pikepdf.Stream) and depth <= _DEPTH else None

    def _drawing(self, item: Any, depth: int) -> Any:
        if not isinstance(item, pikepdf.Stream):
            return None
        if "/OC" in item.stream_dict:
            self.refused = True
        subtype = item.stream_dict.get("/Subtype")
        if subtype == pikepdf.Name.Image:
            return self._once(item, "image", lambda: self._image(item, depth))
        return self._content_stream(item, _FORM, depth) if subtype == pikepdf.Name.Form else None

    def _image(self, item: Any, depth: int) -> Any:
        def space(value: Any) -> Any:
            return self._plain(value, _PAINT, "paint", depth + 1)

        made = image_of(self._target, item, space)
        if made is None:
            self.refused = True
            return None
        for name in ("/SMask", "/Mask"):
            mask = item.stream_dict.get(name)
            if isinstance(mask, pikepdf.Stream) and depth < _DEPTH:
                made.stream_dict[name] = self._once(mask, "image", partial(self._image, mask, depth + 1))
            elif isinstance(mask, pikepdf.Array):
                made.stream_dict[name] = self._plain(mask, _PAINT, "paint", depth + 1)
        return made

    def _pattern(self, item: Any, depth: int) -> Any:
        if isinstance(item, pikepdf.Stream) and item.stream_dict.get("/PatternType") == 1:
            return self._content_stream(item, _PAINT, depth)
        return self._plain(item, _PAINT | _STATE, "paint", depth)


def _used(font: Any) -> set[str]:
    """What the characters of a font that draws them use."""
    used: set[str] = set()
    drawings = font.get("/CharProcs")
    if isinstance(drawings, pikepdf.Dictionary):
        for _, drawing in drawings.items():
            if isinstance(drawing, pikepdf.Stream):
                used |= filtered(drawing)[2]
    return used
