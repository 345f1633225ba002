"""Plain text, CSV and JSON in UTF-8, UTF-16 or GB18030: lines, or the cells of a table."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats.characters import decode
from gongkai.core.screening.formats.spelt import escapes, packed, put_together
from gongkai.core.screening.model import Piece, Rebuilt, Unpacked

_MAX_TEXT = 16_000_000  # characters
_CODE = re.compile(r"[\"'`]\s{0,9}[+&]\s{0,9}[\"'`]|fromCharCode|\bChrW?\(|\batob\(")
_LINK_TITLE = re.compile(r"\]\([^()\s]*\s+[\"']([^\"'\n]+)[\"']\)|^\[[^\]\n]+\]:\s*\S+\s+[\"'(]([^\"'\n]+)[\"')]", re.M)
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|/\*.{0,200}?\*/")
_TABLE = "表格"


def unpack(data: bytes, name: str, _depth: int) -> Unpacked:
    """Every line, or every cell of a CSV file. Raises ReadError `unknown-encoding`, `text-too-long`."""
    text = _decoded(data)
    pieces: list[Piece] = []
    delimiter = _delimiter(text, name)
    if delimiter:
        for number, row in enumerate(_rows(text, delimiter), 1):
            pieces += [
                Piece(cell, f"第{number}行第{column}列", row=number, table=_TABLE)
                for column, cell in enumerate(row, 1) if cell.strip()
            ]
    else:
        pieces += [Piece(line, f"第{number}行") for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    plain = escapes(text)
    if plain != text:  # JSON and scripts write characters as numbers
        pieces.append(Piece(plain, "转义书写的文字", table="转义"))
    if unpacked := packed(text):
        pieces.append(Piece(unpacked, "编码书写的文字", hidden=True, why="base64 编码", table="编码"))
    if _CODE.search(text) and (made := put_together(text)):
        pieces.append(Piece(made, "拼接的文字", hidden=True, why="程序拼接", table="拼接"))
    pieces += _values(text)
    marked = [line for line in text.splitlines() if _TAG.search(line)]
    if marked:
        pieces.append(Piece("\n".join(_TAG.sub("", line) for line in marked), "标记之间的文字", table="标记"))
    titles = "\n".join(found[1] or found[2] for found in _LINK_TITLE.finditer(text))
    if titles:
        pieces.append(Piece(titles, "链接的提示", hidden=True, why="链接的提示", table="链接"))
    return Unpacked("csv" if delimiter else "text", tuple(pieces))


def _values(text: str) -> list[Piece]:
    """The texts of a JSON file, each by itself: a mark stands alone in its value."""
    if text.lstrip()[:1] not in {"{", "["}:
        return []
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        return []
    found: list[Piece] = []
    left = [parsed]
    while left:
        one = left.pop()
        if isinstance(one, dict):
            left += [*one.values(), *one.keys()]
        elif isinstance(one, list):
            left += one
        elif isinstance(one, str) and one.strip():
            found.append(Piece(one, f"第{len(found) + 1}个值", table="值"))
    return found


def clean(data: bytes, name: str, mask: Callable[[str], str]) -> Rebuilt:
    """The same text in UTF-8 with its values masked."""
    text = _decoded(data)
    delimiter = _delimiter(text, name)
    if delimiter:
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
        writer.writerows([mask(cell) for cell in row] for row in _rows(text, delimiter))
        made = b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")  # spreadsheets know UTF-8 by its mark only
    else:
        lines = "\n".join(mask(line) for line in text.splitlines())
        made = mask(lines).encode("utf-8")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return Rebuilt(made, ("文件已转为 UTF-8 编码。",))
    return Rebuilt(made)


def _decoded(data: bytes) -> str:
    text = decode(data)
    if len(text) > _MAX_TEXT:
        raise ReadError("text-too-long", f"文件的文字超过 {_MAX_TEXT // 10_000} 万字，没有筛查；请拆分后上传。")
    return text


def _delimiter(text: str, name: str) -> str | None:
    """The mark between cells, None for a text that is no table."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:10]
    named = name.lower().endswith((".csv", ".tsv"))
    for mark in ("\t", ",", ";"):
        counts = [line.count(mark) for line in lines]
        alike = len(counts) > 1 and min(counts) > 0 and len(set(counts)) == 1 and mark != ";"
        if alike or (named and counts and counts[0]):
            return mark
    return "," if named else None


def _rows(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=delimiter))
    except csv.Error:  # a field larger than the library takes: lines are cells enough
        return [line.split(delimiter) for line in text.splitlines()]
