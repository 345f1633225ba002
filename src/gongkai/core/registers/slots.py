"""What a sheet's own markup says that the library does not: cells that hold an error or a formula without a value, and
rows that are hidden.

The library gives an empty text for such cells, and a case whose closing is an error would come in as open.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.core.errors import ReadError
from gongkai.core.registers.limits import MAX_COLUMNS, too_large
from gongkai.core.registers.values import ERRORS, NOT_COMPUTED
from gongkai.core.report.readers.xlsx.workbook import column_number

_PIECE = 1 << 20
_LONGEST_ROW = 1 << 25
_MOST = 100_000  # slots without a value: a register has none
_TELLING = (b't="e"', b"t='e'", b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/", b' hidden="', b" hidden='")
_ROW = re.compile(rb"""<(?:\w+:)?row\b([^>]*)>""")
_CELL = re.compile(rb"""<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)""", re.S)
_STEP = re.compile(_ROW.pattern + b"|" + _CELL.pattern, re.S)
_NUMBER = re.compile(rb"""\br=["'](\d{1,7})["']""")
_REFERENCE = re.compile(rb"""\br=["']([A-Za-z]{1,3})\d{1,7}["']""")
_TYPE = re.compile(rb"""\bt=["'](\w+)["']""")
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)</(?:\w+:)?v>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)=["']([^"']*)["']""")
_PARTS_MOST = 1 << 24


@dataclass(slots=True)
class Slots:
    """Row (from 1) → column (from 0) → what stands there, an error's name or NOT_COMPUTED; the rows that are hidden."""

    told: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)


def tells(markup: bytes) -> bool:
    """Whether a piece of a sheet holds anything that `slots_of` would find."""
    return any(sign in markup for sign in _TELLING)


def slots_of(opened: zipfile.ZipFile, part: str) -> Slots:
    """The slots of a sheet. Raises ReadError `content-too-large`, `damaged`."""
    slots = Slots()
    row = column = found = 0
    for markup in _rows(opened, part):
        for step in _STEP.finditer(markup):
            if step[1] is not None:
                number = _NUMBER.search(step[1])
                row, column = int(number[1]) if number else row + 1, -1
                if _HIDDEN.search(step[1]):
                    slots.hidden.add(row)
                continue
            reference = _REFERENCE.search(step[2])
            column = column_number(reference[1]) - 1 if reference else column + 1
            told = _told(step[2], step[3] or b"")
            if told and column < MAX_COLUMNS:
                slots.told.setdefault(row, {})[column] = told
                found += 1
                if found > _MOST:
                    raise ReadError(
                        "damaged",
                        "工作簿里的公式大多没有算出的值，没有读取；请用 Excel 或 WPS 打开，重新计算、保存后再导入。",
                    )
    return slots


def parts_of(opened: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → the part that holds it, through the workbook's relationships."""
    targets: dict[str, str] = {}
    for attributes in _RELATION.findall(_small(opened, "xl/_rels/workbook.xml.rels")):
        pair = _pairs(attributes)
        target = pair.get("Target", "")
        targets[pair.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    names: dict[str, str] = {}
    for attributes in _SHEET.findall(_small(opened, "xl/workbook.xml")):
        pair = _pairs(attributes)
        key = next((value for name, value in pair.items() if name == "id" or name.endswith(":id")), "")
        names[pair.get("name", "")] = targets.get(key, "")
    return names


def _told(attributes: bytes, content: bytes) -> str:
    """An empty text that a formula gave is a value; a formula with nothing behind it is none."""
    kind = _TYPE.search(attributes)
    value = _VALUE.search(content)
    text = value[1].strip() if value else b""
    if kind is not None and kind[1] == b"e":
        name = html.unescape(text.decode("utf-8", "replace")).upper()
        return name if name in ERRORS else "#VALUE!"
    if not text and _FORMULA.search(content) and (kind is None or kind[1] != b"str"):
        return NOT_COMPUTED
    return ""


def _rows(opened: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The markup in pieces that end with a row."""
    with opened.open(part) as stream:
        tail = b""
        while piece := stream.read(_PIECE):
            markup = tail + piece
            cut = markup.rfind(b"row>") + len(b"row>")
            if cut < len(b"row>"):
                cut = 0
            if len(markup) - cut > _LONGEST_ROW:
                raise too_large()
            if cut:
                yield markup[:cut]
            tail = markup[cut:]
        yield tail


def _small(opened: zipfile.ZipFile, part: str) -> bytes:
    try:
        with opened.open(part) as stream:
            return stream.read(_PARTS_MOST)
    except KeyError:
        return b""


def _pairs(attributes: bytes) -> dict[str, str]:
    return {
        name.decode("ascii", "replace"): html.unescape(value.decode("utf-8", "replace"))
        for name, value in _ATTRIBUTE.findall(attributes)
    }
