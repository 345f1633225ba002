"""C8, C16, C17: table 二, where no sum ties the numbers but some cannot stand together."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.core.report.checks.registry import Case, Hit, rule
from gongkai.core.report.model import Severity
from gongkai.core.report.words import cell_name, number, row_name
from gongkai.core.text.fold import fold
from gongkai.core.text.patterns import lazy

_DOCUMENT_ROWS = ("regulations", "normative")
_ITEM_ROWS = ("licences", "services", "penalties", "coercion", "fees")


@rule("C8", code="GK0801", severity=Severity.WARNING, title="新公开不多于新制作")
def disclosed_not_more_than_made(case: Case) -> Iterator[Hit]:
    """2019 form: more documents newly disclosed than newly made is possible only by working off a backlog."""
    for row in _DOCUMENT_ROWS:
        made, disclosed = (case.report.value(f"t2.{row}.{c}") for c in ("made", "disclosed"))
        if made is not None and disclosed is not None and disclosed > made >= 0:
            yield Hit(
                f"表二“{row_name(case.report, 't2', row)}”本年新公开 {number(disclosed)} 件，多于本年新制作"
                f" {number(made)} 件；如系补公开往年文件，请在正文说明",
                (f"t2.{row}.disclosed", f"t2.{row}.made"), disclosed, made,
            )


@rule("C8", code="GK0802", severity=Severity.WARNING, title="对外公开总数不少于本年新公开")
def total_not_less_than_disclosed(case: Case) -> Iterator[Hit]:
    """2019 form: all that is public includes what was made public this year."""
    for row in _DOCUMENT_ROWS:
        disclosed, all_public = (case.report.value(f"t2.{row}.{c}") for c in ("disclosed", "total"))
        if disclosed is not None and all_public is not None and all_public < disclosed:
            yield Hit(
                f"表二“{row_name(case.report, 't2', row)}”对外公开总数量 {number(all_public)} 件，少于本年新公开"
                f" {number(disclosed)} 件",
                (f"t2.{row}.total", f"t2.{row}.disclosed"), all_public, disclosed,
            )


@rule("C8", code="GK0803", severity=Severity.WARNING, title="减少数不超过上一年项目数量")
def decrease_within_last_years_items(case: Case) -> Iterator[Hit]:
    """2019 form: no more items can go than there were."""
    for row in _ITEM_ROWS:
        items, change = (case.report.value(f"t2.{row}.{c}") for c in ("items", "change"))
        if items is not None and change is not None and items >= 0 and items + change < 0:
            yield Hit(
                f"表二“{row_name(case.report, 't2', row)}”上一年项目数量 {number(items)} 项，本年增/减填"
                f" {number(change)}，减后成为负数",
                (f"t2.{row}.change", f"t2.{row}.items"), change, -items,
            )


@rule("C16", code="GK1601", severity=Severity.WARNING, title="采购总金额要写单位")
def procurement_amount_has_a_unit(case: Case) -> Iterator[Hit]:
    """The 2019 form prints no unit beside 采购总金额: without one the amount cannot be read. Zero needs none."""
    cell_id = "t2.procurement.amount"
    cell = case.report.cells.get(cell_id)
    if cell is not None and case.report.value(cell_id) and cell.unit is None:
        yield Hit(
            f"{cell_name(case.report, cell_id)}填 {cell.raw or number(cell.value or 0)}，未写单位（元或万元）",
            (cell_id,), cell.value,
        )


@rule("C16", code="GK1602", severity=Severity.WARNING, title="收费金额以万元为单位")
def fee_amount_in_ten_thousands(case: Case) -> Iterator[Hit]:
    """The 2021 form fixes 万元; a cell that says 元 contradicts its own heading."""
    cell_id = "t2.fees.amount"
    cell = case.report.cells.get(cell_id)
    if cell is not None and case.report.value(cell_id) and cell.unit == "元":
        yield Hit(
            f"{cell_name(case.report, cell_id)}填 {cell.raw}，本列单位为万元",
            (cell_id,), cell.raw, "万元",
        )


@rule("C17", code="GK1701", severity=Severity.WARNING, title="规章只能由有规章制定权的机关制定")
def only_some_organs_make_regulations(case: Case) -> Iterator[Hit]:
    """规章 above zero at an organ whose name or kind shows that it cannot make any (立法法 Art. 91, 93).

    Those that can: ministries, and the governments of provinces, of cities with districts and of autonomous
    prefectures. A city's name does not show whether it has districts, so a 市人民政府 passes.
    """
    if not _cannot_make_regulations(case.report.agency, case.kind):
        return
    cells = [c for c in case.report.cells if c.startswith("t2.regulations.") and (case.report.value(c) or 0) > 0]
    if cells:
        value = case.report.value(cells[0]) or 0
        yield Hit(
            f"{cell_name(case.report, cells[0])}填 {number(value)}，{case.report.agency or '本机关'}一般没有"
            "规章制定权，请核对是否应填入行政规范性文件", tuple(cells), value, 0,
        )


_NO_POWER_KINDS = frozenset({"township", "street", "institution", "enterprise"})
_NATIONAL = lazy(r"^(?:国家|中国|中华|国务院)|(?:部|总局|审计署|海关总署)$")
_RULE_MAKING_GOVERNMENT = lazy(r"(?:省|自治区|市|州)(?:人民)?政府(?:办公厅|办公室)?$")
_LOW_GOVERNMENT = lazy(r"(?:县|(?<!自治)区|旗|镇|乡)(?:人民)?政府(?:办公室)?$|街道(?:办事处)?$|(?:镇|乡)$")
_LOCAL_BODY = lazy(r"(?:省|市|县|区|州|盟|旗|镇|乡|街道).*(?:局|厅|委员会|委|办公室|中心|站|所|院|处|队|科)$")


def _cannot_make_regulations(agency: str | None, kind: str | None) -> bool:
    """True only where the name or the kind leaves no doubt."""
    if kind in _NO_POWER_KINDS:
        return True
    name = fold(agency or "")
    if _RULE_MAKING_GOVERNMENT.search(name) or _NATIONAL.search(name):
        return False
    return kind == "department" or bool(_LOW_GOVERNMENT.search(name) or _LOCAL_BODY.search(name))
