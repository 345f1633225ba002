"""How sure the program is of the agency that it recognised, in words that a clerk can weigh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gongkai.agencies.matching import CERTAIN

LIKELY = 0.6  # below, a candidate is no more than a hint and is not filled in


@dataclass(frozen=True, slots=True)
class Guess:
    """One candidate as the page shows it: `why` it was thought of, and `score` from 0 to 1."""

    name: str
    why: str
    score: float

    @classmethod
    def of(cls, candidate: dict[str, Any]) -> Guess:
        """From what the item keeps (agencies.matching.Candidate)."""
        return cls(candidate["name"], candidate["why"], candidate["score"])

    @property
    def likely(self) -> bool:
        """Good enough to be filled in for a person to confirm."""
        return self.score >= LIKELY

    @property
    def sureness(self) -> str:
        """In words."""
        if self.score >= CERTAIN:
            return _("很有把握")
        return _("可能是") if self.likely else _("没有把握")

    @property
    def tone(self) -> str:
        """The tag that goes with it."""
        if self.score >= CERTAIN:
            return "tag-good"
        return "tag-warning" if self.likely else ""

    @property
    def percent(self) -> int:
        """The score, of a hundred."""
        return round(self.score * 100)
