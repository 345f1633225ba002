"""How much of a file is read at all, whatever it claims to be.

Every limit is far above what an annual report needs (a large one has 1,000 table rows and 100,000 characters) and
low enough that no file costs ten seconds or 500 MB. What is above is refused by name in one sentence.
"""

from __future__ import annotations

from gongkai.core.errors import ReadError

MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_PART_BYTES = 24 * 1024 * 1024  # one part of a container, unpacked
MAX_MARKUP = 1_000_000             # tags plus attributes of one part: what a parser spends memory on
MAX_TABLE_ROWS = 5_000
MAX_TABLE_COLUMNS = 500
MAX_TABLES = 1_000
MAX_CELLS = 100_000                # cells of all tables together
MAX_TEXT = 3_000_000               # characters of all text together


def check_size(data: bytes) -> None:
    """Refuse an empty file and one that is larger than any report."""
    if not data:
        raise ReadError("empty-file", "文件是空的（0 字节），没有可读的内容；请检查上传是否完整后重新上传。")
    if len(data) > MAX_FILE_BYTES:
        raise ReadError(
            "file-too-large",
            f"文件有 {len(data) // 1_048_576} MB，超过 {MAX_FILE_BYTES // 1_048_576} MB 的上限，没有解析；"
            "请去掉图片和附件后重新上传。",
        )


def check_markup(data: bytes) -> None:
    """Refuse markup with so many tags and attributes that building a tree of it would fill the memory."""
    if len(data) > MAX_PART_BYTES:
        raise ReadError(
            "content-too-large",
            f"文件解开后的正文有 {len(data) // 1_048_576} MB，远大于任何年度报告，没有解析；请确认上传的是年度报告。",
        )
    if len(data) > MAX_MARKUP and data.count(b"<") + data.count(b"=") > MAX_MARKUP:
        raise ReadError(
            "content-too-large", "文件的标记超过一百万个，远多于任何年度报告，没有解析；请确认上传的是年度报告。"
        )


def check_rows(rows: int) -> None:
    """Refuse a table that cannot be one of a report."""
    if rows > MAX_TABLE_ROWS:
        raise ReadError(
            "table-too-long",
            f"文件中有一个表超过 {MAX_TABLE_ROWS} 行（实有约 {rows} 行），不是年度报告的表格，没有解析；"
            "请只上传年度报告本身。",
        )


def check_columns(columns: int) -> None:
    """Refuse a table that is wider than any table of a report."""
    if columns > MAX_TABLE_COLUMNS:
        raise ReadError(
            "table-too-wide",
            f"文件中有一个表超过 {MAX_TABLE_COLUMNS} 列（实有约 {columns} 列），不是年度报告的表格，没有解析；"
            "请只上传年度报告本身。",
        )


def check_tables(tables: int) -> None:
    """Refuse a file with more tables than any report."""
    if tables > MAX_TABLES:
        raise ReadError(
            "too-many-tables",
            f"文件中有 {tables} 个表，超过 {MAX_TABLES} 个的上限，不是年度报告，没有解析；请只上传年度报告本身。",
        )


def check_cells(cells: int) -> None:
    """Refuse a file whose tables together hold more cells than any report."""
    if cells > MAX_CELLS:
        raise ReadError(
            "too-many-cells",
            f"文件的表格共超过 {MAX_CELLS} 个单元格，不是年度报告，没有解析；请只上传年度报告本身。",
        )


def check_text(characters: int) -> None:
    """Refuse a text that is longer than any report."""
    if characters > MAX_TEXT:
        raise ReadError(
            "text-too-long",
            f"文件的文字超过 {MAX_TEXT // 10_000} 万字，不是年度报告，没有解析；请只上传年度报告本身。",
        )
