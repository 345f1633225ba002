"""How large a register may be: a province's year fits ten times over, a hostile file does not fill the memory."""

from __future__ import annotations

from gongkai.core.errors import ReadError

MAX_ROWS = 200_000
MAX_COLUMNS = 60
MAX_SHEETS = 60
MAX_PART_BYTES = 320 * 1024 * 1024  # one sheet, unpacked


def too_long() -> ReadError:
    """The refusal of a sheet with too many rows."""
    return ReadError("table-too-long", f"台账超过 {MAX_ROWS} 行，没有读取；请按年度分成几个文件再导入。")


def too_wide() -> ReadError:
    """The refusal of a sheet with too many columns."""
    return ReadError("table-too-wide", f"台账超过 {MAX_COLUMNS} 列，没有读取；请删去多余的列再导入。")


def too_large() -> ReadError:
    """The refusal of a workbook that unpacks to too much."""
    return ReadError(
        "content-too-large", "工作簿解开后太大，不像登记台账，没有读取；请把台账复制到新的工作簿再导入。"
    )
