"""The remedy notice of a letter, from its outcome and its day, as this installation reads the law."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from gongkai.core.law.remedies import RemedySettings, remedy_notice
from gongkai.letters.kinds import LetterKind


def reading() -> RemedySettings:
    """Which answers are refusals in the sense of the reconsideration law, and the periods: GONGKAI_REMEDIES."""
    return RemedySettings(**settings.GONGKAI_REMEDIES)


def remedy_of(kind: LetterKind, on: date, *, review_organ: str, court: str, ground: str = "") -> str:
    """One paragraph; "" for papers that decide nothing. A refusal is told by its ground."""
    if not kind.remedy:
        return ""
    answer = ground if kind.key == "reply_refused" and ground.startswith("refused_") else kind.remedy
    notice = remedy_notice(answer, on, review_organ, court, reading()).text
    if kind.key == "third_party_decision":
        notice = notice.replace("本答复", "本决定")
    # Spaces around numbers belong on a screen; official documents set none.
    return notice.replace(" ", "")
