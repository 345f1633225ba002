"""The tables of a file row by row: .xlsx, .csv, the tables of a .docx, and web pages that call themselves .xls."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.core.catalogue.standard import MAX_ROWS
from gongkai.core.errors import ReadError
from gongkai.core.registers import xlsx
from gongkai.core.registers.values import text_of
from gongkai.core.report.document import Block, Grid
from gongkai.core.report.readers import docx
from gongkai.core.report.readers.html.depth import check_depth
from gongkai.core.report.readers.html.encoding import decode as decode_page
from gongkai.core.report.readers.html.page import Page
from gongkai.core.report.readers.limits import check_markup, check_size
from gongkai.core.report.readers.sniff import sniff
from gongkai.core.report.readers.text.decode import decode
from gongkai.core.report.writers.csv_columns import unguard

_NO_TABLE = "这个文件不是 .xlsx、.csv 或 .docx 的表格，没有读取；请用 Excel 或 WPS 另存为 .xlsx 后再导入。"
_OF_REPORTS = frozenset({"unknown-format", "image-only", "archive"})


@dataclass(slots=True)
class Table:
    """A sheet or table: its name, and its rows with their numbers in the file from 1."""

    name: str
    lines: list[tuple[int, list[str]]] = field(default_factory=list)


def tables(data: bytes, name: str = "") -> list[Table]:
    """Every sheet or table of a file, merged cells filled downwards.

    Raises ReadError: `unsupported-format`, `table-too-long`, `csv-broken`, `unknown-encoding`, and what the readers
    raise for broken or hostile files.
    """
    check_size(data)
    kind = _kind(data, name)
    if kind == "xlsx":
        found = list(_of_workbook(data))
    elif kind == "docx":
        found = list(_of_blocks(docx.read(data).blocks))
    elif kind == "html":
        found = list(_of_blocks(_page(data)))
    elif kind == "text":
        found = [_of_csv(data)]
    else:
        raise ReadError("unsupported-format", _NO_TABLE)
    if sum(len(table.lines) for table in found) > MAX_ROWS:
        raise _too_long()
    return found


def _kind(data: bytes, name: str) -> str:
    """What the file is. The sentences of some refusals ask for a report; who brings a catalogue is told of tables."""
    try:
        return sniff(data, name or None)
    except ReadError as other:
        if other.code in _OF_REPORTS:
            raise ReadError(other.code, _NO_TABLE) from other
        raise


def _of_workbook(data: bytes) -> Iterator[Table]:
    total = 0
    for sheet in xlsx.sheets(data):
        table = Table(sheet.name)
        for number, cells in sheet.rows():
            texts = [text_of(cell) for cell in cells]
            if any(texts):
                table.lines.append((number, texts))
                total += 1
            if total > MAX_ROWS:
                raise _too_long()
        yield table


def _page(data: bytes) -> list[Block]:
    """The tables of a web page as they are; the reader of reports would take those that it does not know for text."""
    check_markup(data)
    markup, _damaged = decode_page(data)
    check_depth(markup)
    return Page(markup).blocks


def _of_blocks(blocks: list[Block]) -> Iterator[Table]:
    """Tables one after another; the line of text before a table is its name (the title of the domain)."""
    before, number = "", 0
    for block in blocks:
        if not isinstance(block, Grid):
            before = block.text.strip() or before
            continue
        number += 1
        table = Table(before or f"表{number}")
        for at, row in enumerate(block.matrix(), 1):
            # A cell that spans several columns is told once: repeated, a title would look like a row of data.
            texts = [
                cell.text.strip() if cell is not None and cell.col == column else ""
                for column, cell in enumerate(row)
            ]
            if any(texts):
                table.lines.append((at, texts))
        before = ""
        yield table


def _of_csv(data: bytes) -> Table:
    text = decode(data)
    separator = max(",\t;", key=text[:20_000].count)
    table = Table("")
    number = 0
    try:
        for number, line in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1):
            texts = [text_of(unguard(cell.strip())) for cell in line]
            if any(texts):
                table.lines.append((number, texts))
            if len(table.lines) > MAX_ROWS:
                raise _too_long()
    except csv.Error as error:
        raise ReadError(
            "csv-broken", f"第 {number + 1} 行起读不下去，多半是引号没有成对，没有读取；请另存为 .xlsx 后再导入。"
        ) from error
    return table


def _too_long() -> ReadError:
    return ReadError("table-too-long", f"目录超过 {MAX_ROWS} 行，没有读取；请按领域分成几个文件再导入。")
