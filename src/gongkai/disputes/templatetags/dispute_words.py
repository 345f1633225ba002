"""Words of a case for pages: the rows keep keys, pages show the statute's terms."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongkai.disputes.models import PaperKind
from gongkai.disputes.states import (
    AGAINST_NAMES,
    ENDING_NAMES,
    RESULT_NAMES,
    STAGE_NAMES,
    STATE_NAMES,
    TRACK_NAMES,
    Against,
    Ending,
    Result,
    Stage,
    State,
    Track,
)

register = template.Library()
# 复议 is answered, a suit defended against; the last word of a reconsideration is a decision, of a suit a judgment.
_ANSWERED = {Track.RECONSIDERATION: _("待答复"), Track.DIRECT: _("待答辩"), Track.AFTER: _("待答辩")}
_WAITING = {Track.RECONSIDERATION: _("待决定"), Track.DIRECT: _("待裁判"), Track.AFTER: _("待裁判")}
_DECIDED = {Track.RECONSIDERATION: _("已决定"), Track.DIRECT: _("已裁判"), Track.AFTER: _("已裁判")}
_TONES = {Result.UPHELD: "tag-good", Result.CORRECTED: "tag-warning", Result.OTHER: ""}


@register.filter
def track_name(key: str) -> str:
    """行政复议, 行政诉讼（未经复议直接起诉） …"""
    return _now(TRACK_NAMES[Track(key)])


@register.filter
def stage_name(key: str) -> str:
    """复议, 一审 …"""
    return _now(STAGE_NAMES[Stage(key)])


@register.filter
def against_name(key: str) -> str:
    """What the other side complains of."""
    return _now(AGAINST_NAMES[Against(key)])


@register.filter
def result_name(key: str) -> str:
    """结果维持 …; nothing while it is pending."""
    return _now(RESULT_NAMES[Result(key)]) if key else ""


@register.filter
def ending_name(key: str) -> str:
    """撤销, 驳回 …"""
    return _now(ENDING_NAMES[Ending(key)]) if key else ""


@register.filter
def result_tone(key: str) -> str:
    """The tag's class for a result."""
    return _TONES[Result(key)] if key else ""


@register.filter
def paper_kind(key: str) -> str:
    """What a paper is."""
    return str(PaperKind(key).label)


def stand(state: str, track: str) -> str:
    """The state in the words of the track: 待答复 of a reconsideration is 待答辩 of a suit."""
    words = {State.RECEIVED: _ANSWERED, State.ANSWERED: _WAITING, State.DECIDED: _DECIDED}.get(State(state))
    return str(words[Track(track)]) if words else _now(STATE_NAMES[State(state)])


@register.filter
def state_of(row: object) -> str:
    """Where a case stands."""
    return stand(row.state, row.track)  # type: ignore[attr-defined]
