"""The pictures that stand beside the tables of a report in HTML. Nothing is drawn of what is all zero."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.core.law.applicants import APPLICANT_NAMES
from gongkai.core.report.forms import FORM_IDS, form
from gongkai.core.report.model import Report
from gongkai.core.report.operands import total
from gongkai.core.report.writers.dress import Picture
from gongkai.infra import charts

_GROUPS = (
    ("予以公开", "granted"), ("部分公开", "partial"), ("不予公开", "refused_"), ("无法提供", "unable_"),
    ("不予处理", "unhandled_"), ("其他处理", "other"),
)
_DECISIONS = (("行政许可", "licences"), ("行政处罚", "penalties"), ("行政强制", "coercion"))
_RESULTS = (("结果维持", "upheld"), ("结果纠正", "corrected"), ("其他结果", "other"), ("尚未审结", "pending"))
_TRACKS = (("行政复议", "reconsideration"), ("未经复议直接起诉", "direct"), ("复议后起诉", "after"))

Points = list[tuple[str, int]]


def pictures(report: Report) -> dict[str, list[Picture]]:
    """{table: pictures}: decisions by kind; requests by applicant and by outcome; disputes by result."""
    form_id = report.forms.get("t3", FORM_IDS[-1])
    rows = [label.key for label in form(form_id).t3_rows]
    outcomes = [
        (name, tuple(f"t3.{row}.total" for row in rows if row == key or _within(row, key))) for name, key in _GROUPS
    ]
    applicants = [(name, (f"t3.new.{kind.value}",)) for kind, name in APPLICANT_NAMES.items()]
    drawn = {
        "t2": [_bars(report, [(name, (f"t2.{key}.decisions",)) for name, key in _DECISIONS], "处理决定数量", "件")],
        "t3": [
            _bars(report, applicants, "本年新收申请，按申请人", "件"), _bars(report, outcomes, "本年度办理结果", "件"),
        ],
        "t4": [_shares(report)],
    }
    return {table: [one for one in found if one is not None] for table, found in drawn.items() if any(found)}


def _within(row: str, key: str) -> bool:
    return row.startswith(key) if key.endswith("_") else key == "other" and row.startswith("other_")


def _bars(report: Report, named: Sequence[tuple[str, tuple[str, ...]]], title: str, unit: str) -> Picture | None:
    points = _points(report, named)
    if not points:
        return None
    told = f"{title}：" + "，".join(f"{name} {n} {unit}" for name, n in points) + "。"
    return Picture(charts.bars(points, title), told)


def _points(report: Report, named: Sequence[tuple[str, tuple[str, ...]]]) -> Points:
    """What has a number other than zero; a blank is left out and never drawn as zero."""
    found = [(name, total(report, cells)) for name, cells in named if cells]
    return [(name, int(n)) for name, n in found if n]


def _shares(report: Report) -> Picture | None:
    rows = [
        (name, _points(report, [(word, (f"t4.{track}.{result}",)) for word, result in _RESULTS]))
        for name, track in _TRACKS
    ]
    rows = [(name, points) for name, points in rows if points]
    if not rows:
        return None
    title = "行政复议、行政诉讼的结果"
    said = "；".join(f"{name} " + "、".join(f"{word} {n} 件" for word, n in points) for name, points in rows)
    return Picture(charts.shares(rows, title), f"{title}：{said}。")
