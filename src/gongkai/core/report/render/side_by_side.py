"""Two readings beside each other as text: what differs, cell by cell, and what could not be compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from gongkai.core.report.compare import CellPair, Comparison
from gongkai.core.report.model import Cell, Report, Status
from gongkai.core.report.render.tables import cell_text
from gongkai.core.report.render.terminal import Pen
from gongkai.core.report.render.width import pad, shorten, width

_META_WORDS = {
    "agency": "机关", "year": "年度", "form": "格式", "title": "标题", "signature": "落款", "signed_on": "落款日期",
}
_STATUS_WORDS = {Status.BLANK: "空白", Status.MISSING: "缺失", Status.UNREADABLE: "无法识别", Status.VALUE: ""}
_ROOM = 100


def comparison_text(comparison: Comparison, *, room: int | None = None, colour: bool = False) -> str:
    """What differs between the two, in the order of the form."""
    pen = Pen(colour)
    lines = [f"甲　{_name(comparison.a)}", f"乙　{_name(comparison.b)}"]
    for key, (one, other) in comparison.meta.items():
        lines.append(f"{_META_WORDS[key]}　甲：{one or '无'}　乙：{other or '无'}")
    pairs = comparison.differing
    lines += ["", *_table(pairs, room or _ROOM, pen)] if pairs else []
    lines += [
        f"第{number}部分正文相似度 {likeness:.0%}" for number, likeness in sorted(comparison.sections.items())
    ]
    only = len(comparison.only_in_one_form)
    apart = f"，{only} 格只见于一种格式，未对照" if only else ""
    same = len(comparison.cells) - only - len(pairs)
    lines += ["", f"共 {len(comparison.cells)} 格：{len(pairs)} 格不同，{same} 格相同{apart}。"]
    return "\n".join(lines) + "\n"


def _table(pairs: tuple[CellPair, ...], room: int, pen: Pen) -> Iterator[str]:
    rows = [(pair.name, _shown(pair.a), _shown(pair.b), _change(pair)) for pair in pairs]
    heads = ("", "甲", "乙", "增减")
    widths = [max(width(head), *(width(row[i]) for row in rows)) for i, head in enumerate(heads)]
    widths[0] = max(16, min(widths[0], room - sum(widths[1:]) - 6))
    for i, row in enumerate([heads, *rows]):
        numbers = "  ".join(pad(text, w, right=True) for text, w in zip(row[1:], widths[1:], strict=True))
        line = f"{pad(shorten(row[0], widths[0]), widths[0])}  {numbers}"
        yield pen(line, "2") if i == 0 else line


def _shown(cell: Cell | None) -> str:
    if cell is None:
        return ""
    return cell_text(cell) if cell.status is Status.VALUE else _STATUS_WORDS[cell.status]


def _change(pair: CellPair) -> str:
    if pair.change is None:
        return ""
    return f"{pair.change:+}" + (f"（{pair.percent:+}%）" if pair.percent is not None else "")


def _name(report: Report) -> str:
    return f"{PurePath(report.source or '').name}　{report.title or ''}".strip()
