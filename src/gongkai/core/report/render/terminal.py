"""Findings and reports as text, in the manner of a good compiler.

Each finding says where, which rule, how grave and what; then the statutory row is drawn with the cell marked, and
the mend is proposed. Colour is a matter of the caller, who knows whether a terminal listens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from gongkai.core.report.model import Finding, Report, Severity, Status
from gongkai.core.report.render.rows import Mark, draw, rows_of
from gongkai.core.report.render.severities import SEVERITY_WORDS
from gongkai.core.report.render.width import fold

_COLOURS = {
    Severity.ERROR: "1;31", Severity.INCONSISTENCY: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36",
    Severity.NOT_CHECKED: "1;36",
}
_MOST_ROWS = 4
_TABLE_ROOM = 120  # for tables where the width of the window is not known
_EDGE = "   │ "


class Pen:
    """Paints or does not."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def __call__(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._colour and text else text


def findings_text(
    file: str, report: Report, findings: Sequence[Finding], *, room: int | None = None, colour: bool = False,
) -> str:
    """All findings of one report, an empty line between them. `room` is the width of the window, None for a pipe."""
    pen = Pen(colour)
    return "\n".join("".join(_finding(file, report, finding, room, pen)) for finding in findings)


def summary(counts: Counter[Severity], files: int, unreadable: int, *, colour: bool = False) -> str:
    """The last line: how many of what. Bright green only where nothing at all was found."""
    pen = Pen(colour)
    kinds = "，".join(
        pen(f"{word} {counts[severity]}", _COLOURS[severity])
        for severity, word in SEVERITY_WORDS.items() if counts[severity]
    )
    verdict = kinds or (pen("未发现问题", "1;32") if files > unreadable else "")
    failed = pen(f"{unreadable} 份无法读取", _COLOURS[Severity.ERROR]) if unreadable else ""
    return f"共检查 {files} 份报告：{'；'.join(filter(None, (verdict, failed)))}。"


def report_text(file: str, report: Report, *, room: int | None = None, colour: bool = False) -> str:
    """A report at a glance: who, which year, which form, its tables, its sections, what the reader had to say."""
    pen, wide = Pen(colour), room or _TABLE_ROOM
    lines = [pen(report.title or file, "1"), *_facts(file, report)]
    for table, name in (("t2", "二、主动公开政府信息情况"), ("t3", "三、收到和处理政府信息公开申请情况"),
                        ("t4", "四、政府信息公开行政复议、行政诉讼情况")):
        ids = [cell_id for cell_id in report.cells if cell_id.startswith(f"{table}.")]
        if ids:
            lines += ["", pen(name, "1")]
            lines += [pen(text, "2") if kind == "head" else text for kind, text in draw(rows_of(report, ids), wide)]
    if report.sections:
        lines += ["", pen("正文", "1")]
        lines += [
            f"{section.heading or f'第{number}部分（无标题）'}　{len(section.text)} 字"
            for number, section in sorted(report.sections.items())
        ]
    lines += [f"{pen('注意', '1;33')}：{note.message}" for note in report.notes]
    return "\n".join(lines) + "\n"


def _facts(file: str, report: Report) -> Iterator[str]:
    states = Counter(cell.status for cell in report.cells.values())
    form = {"2019": "2019年格式", "2021": "2021年格式", "mixed": "新旧格式混用"}.get(report.form or "", "未识别")
    yield f"文件　{file}"
    yield f"机关　{report.agency or '未识别'}"
    yield f"年度　{report.year or '未识别'}　　格式　{form}　　落款　{report.signed_on or '无'}"
    yield (
        f"数据　共 {len(report.cells)} 格：有数值 {states[Status.VALUE]}，空白 {states[Status.BLANK]}，"
        f"缺失 {states[Status.MISSING]}，无法识别 {states[Status.UNREADABLE]}"
    )


def _finding(file: str, report: Report, finding: Finding, room: int | None, pen: Pen) -> Iterator[str]:
    code = _COLOURS[finding.severity]
    cell = report.cells.get(finding.cells[0]) if finding.cells else None
    place = f":{cell.where}" if cell is not None and cell.where is not None else ""
    word = SEVERITY_WORDS[finding.severity]
    head = f"{file}{place}: {word} {finding.code}[{finding.rule}] "
    message = _wrapped(f"{head}{finding.message}", room, "   ")
    # Painted after folding, so that the invisible codes take no room.
    yield message.replace(f"{word} {finding.code}", pen(f"{word} {finding.code}", code), 1) + "\n"
    yield from _drawn(report, finding, (room or _TABLE_ROOM) - len(_EDGE), pen)
    if finding.fix is not None:
        advice = _wrapped(f"   = 建议：{finding.fix.sentence}", room, "     ")
        yield advice.replace("建议", pen("建议", "1;32"), 1) + "\n"


def _drawn(report: Report, finding: Finding, room: int, pen: Pen) -> Iterator[str]:
    rows = rows_of(report, _known(report, finding.cells))
    if not rows:
        return
    right = finding.fix.values if finding.fix is not None else {}
    marks = {
        cell_id: Mark(i == 0 or cell_id in right, f"应为 {right[cell_id]}" if cell_id in right else "")
        for i, cell_id in enumerate(finding.cells)
    }
    edge = pen(_EDGE, "34")
    for kind, text in draw(rows[:_MOST_ROWS], room, marks):
        yield edge + pen(text, {"mark": _COLOURS[finding.severity], "head": "2", "row": "0"}[kind]) + "\n"
    if len(rows) > _MOST_ROWS:
        yield f"{edge}… 另有 {len(rows) - _MOST_ROWS} 行有关\n"


def _known(report: Report, cell_ids: Iterable[str]) -> list[str]:
    return [cell_id for cell_id in cell_ids if cell_id in report.cells]


def _wrapped(text: str, room: int | None, hanging: str) -> str:
    return text if room is None else fold(text, room, hanging)
