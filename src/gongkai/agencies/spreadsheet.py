"""Rows out of a spreadsheet: .xlsx, or .csv in UTF-8 or GB18030, whatever the order of its columns. No Django."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook

from gongkai.core.errors import ReadError
from gongkai.core.text.fold import fold

MAX_ROWS = 200_000
MAX_BYTES = 30 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the sheet (1-based, as the office counts) and its cells by heading."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, heading: str) -> str:
        return self.cells.get(heading, "")


def rows(data: bytes, required: str) -> list[Row]:
    """The rows below the first row that has the heading `required`; empty rows are passed over.

    Raises ReadError: empty-file, file-too-large, damaged, no-heading, too-many-rows.
    """
    if not data:
        raise ReadError("empty-file", "文件是空的，请检查后重新上传")
    if len(data) > MAX_BYTES:
        raise ReadError("file-too-large", f"表格超过 {MAX_BYTES // 1024 // 1024} MB，请拆分后再导入")
    lines = _xlsx(data) if data[:4] == b"PK\x03\x04" else _csv(data)
    if len(lines) > MAX_ROWS:
        raise ReadError("too-many-rows", f"表格超过 {MAX_ROWS} 行，请拆分后再导入")
    for index, line in enumerate(lines[:20]):
        headings = [fold(cell) for cell in line]
        if required in headings:
            return [
                Row(number, {h: c for h, c in zip(headings, cells, strict=False) if h})
                for number, cells in enumerate(lines[index + 1:], start=index + 2) if any(cells)
            ]
    raise ReadError("no-heading", f"前 20 行里没有“{required}”这一列的表头，请对照模板检查")


def day(text: str) -> date | None:
    """A date as offices write it: 2020-01-05, 2020/1/5, 2020.1.5, 20200105, 2020年1月5日. Empty gives None.

    Raises ValueError for anything else.
    """
    plain = fold(text)
    if not plain:
        return None
    if plain.isdigit() and len(plain) == 8:
        return date(int(plain[:4]), int(plain[4:6]), int(plain[6:]))
    for mark in "年月/.":
        plain = plain.replace(mark, "-")
    year, month, number = plain.removesuffix("日").split("-")
    return date(int(year), int(month), int(number))


def _xlsx(data: bytes) -> list[list[str]]:
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        return [[_text(cell) for cell in line] for line in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise ReadError("damaged", "表格打不开，请用 Excel 或 WPS 另存为 .xlsx 后再导入") from error


def _csv(data: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise ReadError("damaged", "文件既不是 .xlsx，也不是 UTF-8 或 GB18030 编码的 .csv，请另存后再导入")
    if "\x00" in text:
        raise ReadError("damaged", "文件既不是 .xlsx，也不是文本的 .csv，请用 Excel 或 WPS 另存为 .xlsx 后再导入")
    first = text.split("\n", 1)[0]
    separator = "\t" if "\t" in first and "," not in first else ","
    try:
        return [[cell.strip() for cell in line] for line in csv.reader(io.StringIO(text), delimiter=separator)]
    except csv.Error as error:
        raise ReadError("damaged", "表格的引号或分隔不完整，请用 Excel 或 WPS 另存后再导入") from error


def _text(cell: object) -> str:
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
