"""What a workbook says once for all sheets: their names and states, its strings, and how cells look."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from lxml import etree

from gongkai.core.screening.formats.ooxml.colours import TINY_POINTS, WHITE, alike, is_colour
from gongkai.core.screening.formats.ooxml.names import R, S, local
from gongkai.core.screening.formats.ooxml.package import Package, parse
from gongkai.core.screening.formats.ooxml.props import NUMBER_FORMAT, PALE, TINY

_INDEXED = {"1": WHITE, "9": WHITE, "65": WHITE, "0": "000000", "8": "000000", "64": "000000"}
_SHOWS_NUMBER = re.compile(r"[0#?@]|general|[ymdhse]|g/", re.I)
_NOISE = re.compile(r'\[[^\]]*\]|"[^"]*"|\\.|_.|\*.')
_WHITE_FORMAT = re.compile(r"\[(?:white|白色)\]", re.I)
_SLIGHT = 0.05
_UNKNOWN = "?"
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as the workbook lists it; `part` is empty when there is none."""

    name: str
    state: str
    part: str
    kind: str


@dataclass(frozen=True, slots=True)
class Look:
    """What of a cell's style can hide it."""

    colour: str
    behind: str
    size: float
    code: str


@dataclass(slots=True)
class Book:
    """A workbook opened: sheets in order, strings, looks."""

    main: str
    root: etree._Element
    sheets: list[Sheet]
    strings: list[etree._Element] = field(default_factory=list)
    strings_part: str = ""
    styles_part: str = ""
    looks: list[Look] = field(default_factory=list)

    def look(self, style: str | None) -> Look | None:
        """The look of a style number."""
        number = int(style) if style and style.isdigit() else 0
        return self.looks[number] if number < len(self.looks) else None


def open_book(package: Package) -> Book:
    """Raises ReadError when the workbook is damaged."""
    main = package.main()
    root = parse(package.parts[main])
    relations = {relation.id: relation for relation in package.relations(main)}
    sheets = []
    for each in root.iter(f"{S}sheet"):
        pointed = relations.get(each.get(f"{R}id", ""))
        part = pointed.target if pointed is not None and not pointed.external else ""
        kind = pointed.type.rpartition("/")[2] if pointed is not None else ""
        sheets.append(Sheet(each.get("name", ""), each.get("state", "visible"), part, kind))
    book = Book(main, root, sheets)
    for relation in relations.values():
        if relation.external:
            continue
        if relation.type.endswith("/sharedStrings"):
            book.strings_part = relation.target
            book.strings = list(parse(package.parts[relation.target]).iterchildren(f"{S}si"))
        elif relation.type.endswith("/styles"):
            book.styles_part = relation.target
            book.looks = _looks(parse(package.parts[relation.target]))
    return book


def _looks(styles: etree._Element) -> list[Look]:
    codes = {each.get("numFmtId", ""): each.get("formatCode", "") for each in styles.iter(f"{S}numFmt")}
    fonts = [(_colour(f.find(f"{S}color")), _size(f)) for f in styles.findall(f"{S}fonts/{S}font")]
    fills = [_fill(fill) for fill in styles.findall(f"{S}fills/{S}fill")]
    looks = []
    for each in styles.findall(f"{S}cellXfs/{S}xf"):
        colour, size = _at(fonts, each.get("fontId"), ("", 11.0))
        looks.append(Look(colour, _at(fills, each.get("fillId"), ""), size, codes.get(each.get("numFmtId", ""), "")))
    return looks


def _at(items: list[_Item], number: str | None, default: _Item) -> _Item:
    index = int(number) if number and number.isdigit() else 0
    return items[index] if index < len(items) else default


def _size(font: etree._Element) -> float:
    size = font.find(f"{S}sz")
    try:
        return float(size.get("val", "11")) if size is not None else 11.0
    except ValueError:
        return 11.0


def _colour(element: etree._Element | None) -> str:
    """RRGGBB, or the theme's number with its tint, or empty for the automatic colour."""
    if element is None:
        return ""
    if (rgb := element.get("rgb", "")) and is_colour(rgb[-6:]):
        return rgb[-6:].upper()
    if (indexed := element.get("indexed")) is not None:
        return _INDEXED.get(indexed, f"i{indexed}")
    if (theme := element.get("theme")) is not None:
        tint = float(element.get("tint", "0") or 0)
        return WHITE if theme == "0" and abs(tint) < _SLIGHT else f"t{theme}:{tint:.2f}"
    return ""


def _fill(fill: etree._Element) -> str:
    pattern = fill.find(f"{S}patternFill")
    if pattern is None:
        return _UNKNOWN if len(fill) else ""
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return ""
    return _colour(pattern.find(f"{S}fgColor")) or _UNKNOWN if kind == "solid" else _UNKNOWN


def hidden_by(look: Look | None, *, text: bool, value: str, covered: bool) -> str:
    """How a cell's style hides its value; empty when it is seen. `covered`: another style lies over the cell."""
    if look is None:
        return ""
    if look.size <= TINY_POINTS:
        return TINY
    if look.code and hides_value(look.code, text, _sign(value)):
        return NUMBER_FORMAT
    if covered or look.behind == _UNKNOWN:
        return ""
    behind = look.behind or WHITE
    if _WHITE_FORMAT.search(look.code) and behind == WHITE:
        return PALE
    return PALE if same(look.colour, behind) else ""


def same(colour: str, behind: str) -> bool:
    """A colour that does not stand out from the ground."""
    if not colour:
        return False
    return colour == behind or (is_colour(colour) and is_colour(behind) and alike(colour, behind))


def _sign(value: str) -> int:
    try:
        number = float(value)
    except ValueError:
        return 1
    return (number > 0) - (number < 0)


@cache
def hides_value(code: str, text: bool, sign: int) -> bool:
    """A number format that shows nothing of the value: ";;;" or only words of its own."""
    sections = re.split(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", code)
    if text:
        return len(sections) > 3 and "@" not in sections[3]
    at = 0
    if sign < 0 and len(sections) > 1:
        at = 1
    elif sign == 0 and len(sections) > 2:
        at = 2
    return not _SHOWS_NUMBER.search(_NOISE.sub("", sections[at]))


def string_text(item: etree._Element) -> str:
    """The text of a shared or inline string, without its phonetic guide."""
    return "".join(
        element.text or "" for element in item.iter(f"{S}t")
        if local(element.getparent().tag) != "rPh"  # type: ignore[union-attr]
    )


def run_colour(run: etree._Element) -> tuple[str, float]:
    """The colour and size of one run of a rich string; size 11 when it says none."""
    properties = run.find(f"{S}rPr")
    if properties is None:
        return "", 11.0
    return _colour(properties.find(f"{S}color")), _size(properties)
