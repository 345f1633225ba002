"""The empty register that an office fills in: headings, drop-down lists, date format, and a sheet of explanations."""

from __future__ import annotations

import io
from datetime import date

import xlsxwriter
from xlsxwriter.utility import xl_range_abs

from gongkai.core.registers.columns import COLUMNS, HELP_SHEET, choices
from gongkai.core.registers.write import SHEET_NAME

_ROWS = 2_000          # rows that have lists and formats
_FIRST_ROW = 2         # 0-based: a comment, the headings, then the rows
_LIST_COLUMN = 5       # of the help sheet: lists stand to the right of the explanations
_FONT = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
_COMMENT = (
    "填写说明：一件申请填一行，还有别的复议、诉讼程序的在下面另起一行；带 * 的列必须填写；"
    "还没有办结的，办结日期和办理结果留空；"
    "可以在右边加本单位自己的列；各列的含义见“填写说明”工作表。"
)


def template_xlsx() -> bytes:
    """The template as the bytes of a workbook; reading it gives a register without rows."""
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(SHEET_NAME)
    explained = book.add_worksheet(HELP_SHEET)
    lists = _explain(book, explained)
    comment = book.add_format(_FONT | {"text_wrap": True, "font_color": "#4B5563"})
    head = book.add_format(_FONT | {"bold": True, "bg_color": "#F3F4F6", "border": 1, "text_wrap": True})
    formats = {
        "date": book.add_format(_FONT | {"num_format": "yyyy-mm-dd"}),
        "text": book.add_format(_FONT | {"num_format": "@", "text_wrap": True}),
        "number": book.add_format(_FONT | {"num_format": "0"}), "list": book.add_format(_FONT),
    }
    sheet.merge_range(0, 0, 0, len(COLUMNS) - 1, _COMMENT, comment)
    sheet.set_row(0, 30)
    sheet.freeze_panes(_FIRST_ROW, 1)
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, column.width, formats[column.kind])
        sheet.write_string(1, at, column.heading + ("*" if column.required else ""), head)
        last = _FIRST_ROW + _ROWS
        if column.words:
            sheet.data_validation(_FIRST_ROW, at, last, at, {
                "validate": "list", "source": lists[column.words], "error_type": "warning",
                "error_title": column.heading, "error_message": "请从列表中选择。",
            })
        elif column.kind == "date":
            sheet.data_validation(_FIRST_ROW, at, last, at, {
                "validate": "date", "criteria": ">=", "value": date(2008, 5, 1), "error_type": "warning",
                "error_title": column.heading, "error_message": "请填写日期，例如 2026-01-05。",
            })
        elif column.kind == "number":
            sheet.data_validation(_FIRST_ROW, at, last, at, {
                "validate": "integer", "criteria": "between", "minimum": 1, "maximum": 20,
                "error_title": column.heading, "error_message": "延长不超过二十个工作日（第三十三条）。",
            })
    book.close()
    return packed.getvalue()


def _explain(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> dict[str, str]:
    """Write the explanations; give the range of each list as a formula."""
    head = book.add_format(_FONT | {"bold": True, "bg_color": "#F3F4F6", "border": 1})
    text = book.add_format(_FONT | {"text_wrap": True, "border": 1})
    for at, (title, width) in enumerate((("列", 16), ("必填", 6), ("含义", 60), ("例子", 28))):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, title, head)
    for row, column in enumerate(COLUMNS, 1):
        for at, value in enumerate((column.heading, "是" if column.required else "", column.help, column.example)):
            sheet.write_string(row, at, value, text)
    names = {column.words: column.heading for column in COLUMNS if column.words}
    ranges: dict[str, str] = {}
    for at, (words, title) in enumerate(names.items(), _LIST_COLUMN):
        sheet.set_column(at, at, 26)
        sheet.write_string(0, at, f"可选：{'结果' if words == 'result' else title}", head)
        options = choices(words)
        for row, option in enumerate(options, 1):
            sheet.write_string(row, at, option, text)
        ranges[words] = f"='{HELP_SHEET}'!{xl_range_abs(1, at, len(options), at)}"
    return ranges
