"""A report as .xlsx: the prose on the first sheet, each statutory table with its merges on a sheet of its own.

Numbers are written as numbers wherever a spreadsheet can hold them exactly; everything else is text, and text is
never taken for a formula or a link.
"""

from __future__ import annotations

import io
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gongkai.core.report.model import Report, Status
from gongkai.core.report.render.tables import SlotView, TableView
from gongkai.core.report.writers.dress import DRAFT, PLAIN, Dress, ListSheet
from gongkai.core.report.writers.outline import outline, printable, title_of

_LONGEST = 32_767  # characters that a cell may hold
_SAFE_DIGITS = 15  # a spreadsheet keeps numbers in binary with fifteen decimal digits
_PROSE_WIDTH = 96  # of the column with the prose, in characters
_SHEETS = {"t2": "二、主动公开", "t3": "三、收到和处理申请", "t4": "四、复议和诉讼"}


def write(report: Report, dress: Dress = PLAIN) -> bytes:
    """The report as the bytes of an .xlsx workbook."""
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    })
    book.set_properties({"title": printable(title_of(report)), "author": printable(report.agency or "")})
    _prose(book, report, dress)
    for block in outline(report, dress):
        if block.table is not None:
            _table(book, block.table)
    for listed in dress.sheets:
        _list(book, listed)
    if dress.draft:
        for sheet in book.worksheets():
            sheet.set_header(f"&R{DRAFT}")
    book.close()
    return packed.getvalue()


def _prose(book: xlsxwriter.Workbook, report: Report, dress: Dress) -> None:
    sheet = book.add_worksheet("正文")
    sheet.set_column(0, 0, _PROSE_WIDTH)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    base = {"font_name": "宋体", "font_size": 12, "text_wrap": True, "valign": "top"}
    looks = {
        "title": book.add_format(base | {"bold": True, "font_size": 18, "align": "center"}),
        "heading": book.add_format(base | {"bold": True, "font_size": 14}),
        "text": book.add_format(base | {"indent": 1}),
        "remark": book.add_format(base | {"font_size": 10}),
        "signature": book.add_format(base | {"align": "right"}),
        "date": book.add_format(base | {"align": "right"}),
    }
    row = 0
    for block in outline(report, dress):
        if block.table is None:
            lines = 1 + (2 * len(block.text)) // _PROSE_WIDTH
            sheet.set_row(row, (28 if block.kind == "title" else 18) * lines)
            sheet.write_string(row, 0, printable(block.text)[:_LONGEST], looks[block.kind])
            row += 1


def _table(book: xlsxwriter.Workbook, table: TableView) -> None:
    sheet = book.add_worksheet(_SHEETS[table.key])
    sheet.set_paper(9)
    if table.ncols > 10:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    sheet.center_horizontally()
    scale = 100 / sum(table.widths)
    for col, width in enumerate(table.widths):
        sheet.set_column(col, col, max(5.0, width * scale))
    if table.header_rows:
        sheet.repeat_rows(0, table.header_rows - 1)
        sheet.freeze_panes(table.header_rows, 0)
    base = {"font_name": "宋体", "font_size": 10, "border": 1, "text_wrap": True, "valign": "vcenter"}
    base["align"] = "center"
    head = book.add_format(base | {"bold": True, "bg_color": "#F3F4F6"})
    middle, left = book.add_format(base), book.add_format(base | {"align": "left"})
    numbers = {places: book.add_format(base | {"num_format": _number_format(places)}) for places in range(_SAFE_DIGITS)}
    for row in range(len(table.rows)):
        sheet.set_row(row, 24)
    for slot in table.slots():
        look = head if slot.kind == "head" else left if slot.reads_left else middle
        _slot(sheet, slot, look, numbers)


def _list(book: xlsxwriter.Workbook, listed: ListSheet) -> None:
    """Records as a plain list: heads that stay, numbers as numbers, text as text."""
    sheet = book.add_worksheet(listed.name)
    base = {"font_name": "宋体", "font_size": 10, "border": 1, "valign": "vcenter"}
    head, plain = book.add_format(base | {"bold": True, "bg_color": "#F3F4F6"}), book.add_format(base)
    for col, name in enumerate(listed.heads):
        sheet.write_string(0, col, name, head)
        sheet.set_column(col, col, max(10, 2 * len(name) + 2))
    for at, row in enumerate(listed.rows, start=1):
        for col, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(at, col, value, plain)
            else:
                sheet.write_string(at, col, printable(value)[:_LONGEST], plain)
    sheet.freeze_panes(1, 0)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _slot(sheet: Worksheet, slot: SlotView, look: Format, numbers: dict[int, Format]) -> None:
    number = _number(slot)
    if number is not None:
        look = numbers[_places(number)]
    if slot.rowspan > 1 or slot.colspan > 1:
        sheet.merge_range(slot.row, slot.col, slot.row + slot.rowspan - 1, slot.col + slot.colspan - 1, "", look)
    if number is not None:
        sheet.write_number(slot.row, slot.col, float(number), look)
    elif text := printable(slot.text)[:_LONGEST]:
        sheet.write_string(slot.row, slot.col, text, look)
    else:
        sheet.write_blank(slot.row, slot.col, None, look)


def _number(slot: SlotView) -> int | Decimal | None:
    """The number to write as a number: only where the sheet says neither less nor more than the cell."""
    cell = slot.cell
    if cell is None or cell.status is not Status.VALUE or cell.value is None:
        return None
    if cell.unit and slot.text.endswith(cell.unit):
        return None  # the unit stands in the cell and would be lost
    digits = len(Decimal(cell.value).as_tuple().digits)
    return cell.value if digits <= _SAFE_DIGITS and _places(cell.value) < _SAFE_DIGITS else None


def _places(number: int | Decimal) -> int:
    exponent = Decimal(number).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _number_format(places: int) -> str:
    return "0" if places == 0 else "0." + "0" * places
