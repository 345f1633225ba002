"""What a template needs to know to draw a report that is being compiled: how a number looks and where it comes from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from gongkai.annual_reports.templatetags.statutory import WRONG, number
from gongkai.compilations.figures import Figure
from gongkai.compilations.models import Compilation, Source
from gongkai.compilations.states import STATE_NAMES, Origin, State
from gongkai.core.report.model import Status
from gongkai.core.report.render.tables import SlotView

register = template.Library()
_TONES = {
    State.RETURNED: "tag-warning", State.SIGNED: "tag-busy", State.SUBMITTED: "tag-busy", State.APPROVED: "tag-good",
    State.PUBLISHED: "tag-good",
}


@register.simple_tag
def figure_face(
    slot: SlotView, figures: Mapping[str, Figure] | None = None, differing: Collection[str] | None = None,
) -> dict[str, Any]:
    """How a number looks: its text, its classes, whether it was typed in and whether the records say another now."""
    cell = slot.cell
    assert cell is not None
    figure = (figures or {}).get(cell.id)
    by_hand = figure is not None and figure.source == Source.HAND
    classes = ["cell"]
    if slot.marks:
        wrong = any(mark.finding.severity in WRONG for mark in slot.marks)
        classes += ["marked", "marked-wrong"] if wrong else ["marked"]
    if any(mark.main for mark in slot.marks):
        classes.append("main")
    if cell.id in (differing or ()):
        classes.append("differs")
    if by_hand:
        classes.append("by-hand")
    text = _text(cell.status, cell.value, cell.unit, cell.raw)
    if text == "0":
        classes.append("zero")
    return {
        "text": text, "classes": " ".join(classes), "id": cell.id.replace(".", "-"), "by_hand": by_hand,
        "void": cell.status is not Status.VALUE, "differs": cell.id in (differing or ()),
    }


def _text(status: Status, value: Any, unit: str | None, raw: str | None) -> str:
    if status is Status.VALUE:
        return number(value) + (unit if unit == "元" else "")
    if status is Status.BLANK:
        return (raw or "").strip() or _("空")
    return _("缺") if status is Status.MISSING else _("读不出")


@register.filter
def course_state(state: str) -> str:
    """编制中, 待签发 …"""
    return _(STATE_NAMES[State(state)])


@register.filter
def course_tone(state: str) -> str:
    """The tag's class for a state."""
    return _TONES.get(State(state), "")


@register.filter
def of_file(compilation: Compilation) -> bool:
    """Whether its numbers are those of a file that was handed in."""
    return compilation.origin == Origin.FILE


@register.filter
def of(mapping: Mapping[str, Any], key: str) -> Any:
    """What stands at a key, None where nothing stands."""
    return mapping.get(key)


@register.filter
def at_table(mapping: Mapping[str, Any], cell: str) -> Any:
    """What stands at the row of a cell, else at its table; None where nothing stands."""
    return mapping.get(".".join(cell.split(".")[:2])) or mapping.get(cell.split(".")[0])
