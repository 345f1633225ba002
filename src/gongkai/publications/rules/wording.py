"""What a wrong word of the office's list must say, and how a list comes as a file. No Django."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from gongkai.core.errors import Refused
from gongkai.core.report.writers.csv_columns import unguard

LONGEST, NOTE = 100, 200
HEADINGS = ("错误的写法", "正确的写法", "说明")

Row = tuple[str, str, str]


def checked(row: Sequence[str]) -> Row:
    """A row with its spaces trimmed. Raises Refused: wording-empty, wording-long, wording-same."""
    wrong, right, note = (value.strip() for value in (*row, "", "")[:3])
    if not wrong:
        raise Refused("wording-empty", "没有写错误的写法；没有保存")
    if max(len(wrong), len(right)) > LONGEST or len(note) > NOTE:
        raise Refused("wording-long", "写法最多%(most)s字，说明最多%(note)s字；没有保存", most=LONGEST, note=NOTE)
    if wrong == right:
        raise Refused("wording-same", "错误的和正确的写法相同；没有保存")
    return wrong, right, note


def read_csv(data: bytes) -> list[Row]:
    """The rows of a CSV file in UTF-8 or GB 18030 below its headings. Raises Refused `wording-file`."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Refused("wording-file", "文件不是 UTF-8 或者 GB 18030 编码的 CSV；没有导入")
    try:
        lines = [[unguard(cell) for cell in line] for line in csv.reader(io.StringIO(text)) if any(line)]
    except csv.Error as broken:
        raise Refused("wording-file", "文件不是 CSV；没有导入") from broken
    if not lines or lines[0][0].strip() != HEADINGS[0]:
        raise Refused("wording-file", "第一行应当是：%(names)s；没有导入", names="、".join(HEADINGS))
    return [(line[0], line[1] if len(line) > 1 else "", line[2] if len(line) > 2 else "") for line in lines[1:]]
