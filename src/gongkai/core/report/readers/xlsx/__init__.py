"""Workbooks (.xlsx, .xlsm): the visible sheets, with their merged cells, as the reader of a sheet sees them.

`workbook` opens the file under limits, `values` spells a cell as it was typed, `sheet` divides a sheet into
tables and running text. Formulas are never computed; macros are never run.
"""

from __future__ import annotations

from gongkai.core.errors import ReadError
from gongkai.core.report.document import Document
from gongkai.core.report.model import Note
from gongkai.core.report.readers.xlsx.sheet import SheetReader
from gongkai.core.report.readers.xlsx.workbook import Workbook


def read(data: bytes) -> Document:
    """Paragraphs and grids of the visible sheets in order.

    Notes: `hidden-sheets`, `hidden-cells`, `formula-without-value`, `macros-ignored`. Raises ReadError (`damaged`,
    `encrypted`, `content-too-large`, `table-too-long`, `table-too-wide`, `too-many-cells`, `image-only`,
    `no-content`, …).
    """
    workbook = Workbook(data)
    reader = SheetReader()
    for sheet in workbook.sheets():
        reader.read(sheet)
    if not reader.blocks:
        if workbook.has_pictures():
            raise ReadError("image-only", "工作簿里只有图片，没有可读的单元格；请上传可编辑的报告原件。")
        raise ReadError("no-content", "工作簿的可见工作表都是空的；请检查是否传错了文件。")
    document = Document("xlsx", reader.blocks)
    if workbook.hidden:
        names = "、".join(name[:40] for name in workbook.hidden[:5])
        document.notes.append(Note("hidden-sheets", f"有 {len(workbook.hidden)} 个隐藏的工作表没有读取：{names}。"))
    if workbook.unseen:
        document.notes.append(Note("hidden-cells", f"隐藏的行、列里有 {workbook.unseen} 个单元格，没有读取。"))
    if reader.uncomputed:
        document.notes.append(Note(
            "formula-without-value",
            f"有 {reader.uncomputed} 个单元格是没有算过或出错的公式，数值无法确定；请用 Excel 打开并保存一次后再上传。",
        ))
    if workbook.has_macros():
        document.notes.append(Note("macros-ignored", "文件带有宏：没有运行，也没有读取，只读了单元格。"))
    return document
