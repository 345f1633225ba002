"""Drawing the statutory tables and their findings: what a template needs to know of a slot, and nothing of the law."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.annual_reports.totals import OTHER_FORM
from gongkai.core.report.model import Finding, Number, Severity, Status
from gongkai.core.report.render.tables import SlotView, TableView, cell_title

register = template.Library()

SEVERITY_NAMES = {
    Severity.ERROR: gettext_lazy("错误"), Severity.INCONSISTENCY: gettext_lazy("矛盾"),
    Severity.WARNING: gettext_lazy("提醒"), Severity.INFO: gettext_lazy("提示"),
    Severity.NOT_CHECKED: gettext_lazy("未能检查"),
}
STATUS_NAMES: dict[str, Any] = {
    Status.VALUE: gettext_lazy("已读出"), Status.BLANK: gettext_lazy("空白"),
    Status.MISSING: gettext_lazy("文件中没有这一格"), Status.UNREADABLE: gettext_lazy("有内容，读不出数"),
    OTHER_FORM: gettext_lazy("所用表式没有这一格"),
}
WRONG = {Severity.ERROR, Severity.INCONSISTENCY}


@register.filter
def severity_name(severity: str) -> str:
    """错误, 矛盾, 提醒 …"""
    return str(SEVERITY_NAMES[Severity(severity)])


@register.filter
def status_name(status: str) -> str:
    """What stands at a cell, in words."""
    return str(STATUS_NAMES[status])


@register.filter
def number(value: Number | str | None) -> str:
    """A number as it is written in the tables: no grouping, no trailing zeros, a true minus sign."""
    if value is None:
        return "—"
    if isinstance(value, Decimal):
        value = format(value.normalize(), "f") if value else "0"
    return str(value).replace("-", "\N{MINUS SIGN}", 1) if str(value).startswith("-") else str(value)


@register.filter
def words(cell_id: str) -> str:
    """A cell in words."""
    return cell_title(cell_id)


@register.filter
def dashed(cell_id: str) -> str:
    """A cell id as an HTML id."""
    return cell_id.replace(".", "-")


@register.filter
def head_rows(table: TableView) -> tuple[tuple[SlotView, ...], ...]:
    """The rows that stay in sight."""
    return table.rows[: table.header_rows]


@register.filter
def body_rows(table: TableView) -> tuple[tuple[SlotView, ...], ...]:
    """The rows that scroll."""
    return table.rows[table.header_rows:]


@register.filter
def width_class(width: float) -> str:
    """The class of a column: widths stand in the style sheet, for the page allows no inline style."""
    return f"c{round(width)}"


@register.filter
def scope(slot: SlotView) -> str:
    """What a head or label speaks of, for screen readers."""
    if slot.kind == "head":
        return "colgroup" if slot.colspan > 1 and slot.row == 0 else "col"
    return "rowgroup" if slot.rowspan > 1 else "row"


@register.simple_tag
def cell_face(slot: SlotView, corrected: Any = None, differing: Any = None) -> dict[str, Any]:
    """How a cell looks: the text in it, its classes, and the sentence that a screen reader adds."""
    cell = slot.cell
    assert cell is not None
    wrong = any(mark.finding.severity in WRONG for mark in slot.marks)
    classes = ["cell"]
    if slot.marks:
        classes += ["marked", "marked-wrong"] if wrong else ["marked"]
    if any(mark.main for mark in slot.marks):
        classes.append("main")
    if corrected and cell.id in corrected:
        classes.append("corrected")
    if differing and cell.id in differing:
        classes.append("differs")
    text, void = _text(cell.status, cell.value, cell.unit, cell.raw)
    if text == "0":
        classes.append("zero")
    return {"text": text, "void": void, "classes": " ".join(classes), "id": cell.id.replace(".", "-")}


def _text(status: Status, value: Number | None, unit: str | None, raw: str | None) -> tuple[str, bool]:
    if status is Status.VALUE:
        return number(value) + (unit if unit == "元" else ""), False
    if status is Status.BLANK:
        return (raw or "").strip() or _("空"), True
    if status is Status.MISSING:
        return _("缺"), True
    return _("读不出"), True


@register.filter
def severity_counts(findings: list[Finding]) -> list[tuple[str, int]]:
    """(severity, how many), gravest first, none left out but the empty."""
    counts = [(s.value, sum(f.severity is s for f in findings)) for s in Severity]
    return [(name, n) for name, n in counts if n]
