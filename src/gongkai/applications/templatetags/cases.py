"""Words of an application for pages: the register keeps keys, pages show the statute's terms."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from gongkai.applications.forms.handling import PARTY_NAMES
from gongkai.applications.rules.intake import WAYS
from gongkai.applications.states import STATE_NAMES, State
from gongkai.core.deadlines import CHANNEL_NAMES, PauseKind
from gongkai.core.law.answers import ANSWERS
from gongkai.core.law.applicants import APPLICANT_NAMES
from gongkai.core.law.articles import cite as cited
from gongkai.core.text.differences import Difference

register = template.Library()
_TONES = {
    "late": "tag-error", "missed": "tag-missed", "today": "tag-warning", "soon": "tag-warning",
    "over": "tag-warning", "still": "tag-still", "unconfirmed": "tag-warning", "done": "tag-good", "fine": "",
}


@register.filter
def state_name(state: str) -> str:
    """待确认, 办理中 …"""
    return _(STATE_NAMES[State(state)]) if state else ""


@register.filter
def channel_name(channel: str) -> str:
    """网络, 当面 …"""
    return _(CHANNEL_NAMES.get(channel, "")) if channel else "—"  # type: ignore[call-overload]


@register.filter
def applicant_name(kind: str) -> str:
    """自然人, 商业企业 …"""
    return _(APPLICANT_NAMES.get(kind, "")) if kind else "—"  # type: ignore[call-overload]


@register.filter
def answer_name(key: str) -> str:
    """The outcome's name; statutory words are not translated."""
    return ANSWERS[key].name if key in ANSWERS else ""


@register.filter
def cite(article: str) -> str:
    """"33" → 第三十三条; what is no article stays as it is."""
    try:
        return cited(article) if article else ""
    except (KeyError, ValueError):
        return article


@register.filter
def party_name(kind: str) -> str:
    """Whom a consultation asks."""
    return str(PARTY_NAMES[PauseKind(kind)])


@register.filter
def way_name(way: str) -> str:
    """How a talk took place."""
    return _(WAYS.get(way, "")) or _("其他")


_PARTS = {"year": "年份", "number": "编号", "place": "地点"}


@register.filter
def told(difference: Difference) -> str:
    """年份：2022 / 2023."""
    return f"{_PARTS[difference.kind]}：{'、'.join(difference.ours) or '—'} / {'、'.join(difference.theirs) or '—'}"


@register.filter
def tone_class(tone: str) -> str:
    """The tag's class for a clock's tone."""
    return _TONES.get(tone, "")


@register.filter
def column(row: Any, name: str) -> Any:
    """A column of a row in a list, by the column's key."""
    return getattr(row, {"arrived": "arrived_on", "received": "received_on", "closed": "closed_on"}.get(name, name))
