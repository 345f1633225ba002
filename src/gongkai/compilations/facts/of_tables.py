"""Facts that stand in the statutory tables: cells, and the sums of cells that prose speaks of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from gongkai.compilations.facts.value import CELLS, FactValue
from gongkai.compilations.models import Source
from gongkai.core.law.applicants import APPLICANT_NAMES, ApplicantKind

if TYPE_CHECKING:
    from gongkai.compilations.figures import Figure


class Told(NamedTuple):
    """A name in prose and the cells whose sum it is."""

    name: str
    cells: tuple[str, ...]
    unit: str = "件"


_TABLES = {"t2": "表二", "t3": "表三", "t4": "表四"}
_REFUSED = {
    "refused_secret": "不予公开国家秘密", "refused_law": "不予公开法律法规禁止",
    "refused_security": "不予公开三安全一稳定", "refused_third_party": "不予公开第三方权益",
    "refused_internal": "不予公开内部事务", "refused_process": "不予公开过程性信息",
    "refused_enforcement": "不予公开执法案卷", "refused_enquiry": "不予公开行政查询",
}
_UNABLE = {
    "unable_not_held": "无法提供不掌握", "unable_creation": "无法提供需另行制作",
    "unable_unclear": "无法提供补正后不明确",
}
_UNHANDLED = {
    "unhandled_petition": "不予处理信访举报", "unhandled_repeat": "不予处理重复申请",
    "unhandled_publication": "不予处理公开出版物", "unhandled_excessive": "不予处理大量反复",
    "unhandled_confirmation": "不予处理重新出具",
}
_OTHER = {
    "other_uncorrected": "逾期不补正申请", "other_unpaid": "逾期未缴费申请", "other_rest": "其他处理的其他情形",
    "other": "其他处理各种情形",
}
# Outcomes as prose groups them. 其他处理 is one row in the form of 2019 and three since.
GROUPS: dict[str, dict[str, str]] = {
    "予以公开": {"granted": ""}, "部分公开": {"partial": ""}, "不予公开": _REFUSED, "无法提供": _UNABLE,
    "不予处理": _UNHANDLED, "其他处理": _OTHER,
}
_ROWS = {"new": "本年新收申请", "carried_in": "上年结转申请", "closed": "办结申请", "carried_out": "结转下年申请"}
_TRACKS = {"reconsideration": "行政复议", "direct": "直接起诉", "after": "复议后起诉"}
_RESULTS = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果", "pending": "尚未审结", "total": "总数"}
_TWO = {
    "t2.regulations.made": ("制发规章", "件"), "t2.regulations.repealed": ("废止规章", "件"),
    "t2.regulations.in_force": ("现行有效规章", "件"), "t2.regulations.disclosed": ("新公开规章", "件"),
    "t2.regulations.total": ("公开规章总数", "件"),
    "t2.normative.made": ("制发规范性文件", "件"), "t2.normative.repealed": ("废止规范性文件", "件"),
    "t2.normative.in_force": ("现行有效规范性文件", "件"), "t2.normative.disclosed": ("新公开规范性文件", "件"),
    "t2.normative.total": ("公开规范性文件总数", "件"),
    "t2.licences.decisions": ("行政许可决定", "件"), "t2.services.decisions": ("其他服务事项决定", "件"),
    "t2.penalties.decisions": ("行政处罚决定", "件"), "t2.coercion.decisions": ("行政强制决定", "件"),
    "t2.fees.amount": ("行政事业性收费金额", "万元"), "t2.fees.items": ("行政事业性收费项目", "项"),
    "t2.procurement.items": ("政府集中采购项目", "项"), "t2.procurement.amount": ("政府集中采购总金额", "元"),
}


def of_tables(figures: Mapping[str, Figure]) -> dict[str, FactValue]:
    """The facts of those tables whose cells are there, by name. A sum of which a part is absent is left out."""
    found: dict[str, FactValue] = {}
    for told in _told(figures):
        parts = [figures[cell] for cell in told.cells]
        by_hand = any(part.source == Source.HAND for part in parts)
        table = _TABLES[told.cells[0].split(".")[0]]
        found[told.name] = FactValue(
            told.name, sum(part.value for part in parts), told.unit, f"{table}（手工填报）" if by_hand else table,
            CELLS, told.cells, by_hand, table,
        )
    return found


def names_of(cells: Collection[str]) -> frozenset[str]:
    """The names of all facts of a form's cells."""
    return frozenset(told.name for told in _told(cells))


def outcome_cells(group: str, figures: Collection[str]) -> tuple[str, ...]:
    """The total cells that a group of outcomes adds up, as far as the form has them."""
    return tuple(cell for row in GROUPS[group] if (cell := f"t3.{row}.total") in figures)


def _told(figures: Collection[str]) -> Iterator[Told]:
    for told in (*_three(figures), *_four(), *(Told(name, (cell,), unit) for cell, (name, unit) in _TWO.items())):
        if told.cells and all(cell in figures for cell in told.cells):
            yield told


def _three(figures: Collection[str]) -> Iterator[Told]:
    for row, name in _ROWS.items():
        yield Told(name, (f"t3.{row}.total",))
    for kind in ApplicantKind:
        name = APPLICANT_NAMES[kind] if kind is not ApplicantKind.OTHER else "其他组织"
        yield Told(f"{name}申请", (f"t3.new.{kind.value}",))
    organisations = [kind for kind in ApplicantKind if kind is not ApplicantKind.NATURAL]
    yield Told("法人或其他组织申请", tuple(f"t3.new.{kind.value}" for kind in organisations))
    for group, rows in GROUPS.items():
        yield Told(group, outcome_cells(group, figures))
        for row, name in rows.items():
            if name:
                yield Told(name, (f"t3.{row}.total",))


def _four() -> Iterator[Told]:
    for track, name in _TRACKS.items():
        for result, word in _RESULTS.items():
            yield Told(f"{name}{word}", (f"t4.{track}.{result}",))
    for result, word in _RESULTS.items():
        yield Told(f"行政诉讼{word}", (f"t4.direct.{result}", f"t4.after.{result}"))
