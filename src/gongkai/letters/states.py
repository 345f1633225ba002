"""The states of a letter: issued, and perhaps voided; nothing leads back. No Django."""

from __future__ import annotations

from enum import StrEnum

from gongkai.core.errors import Refused


class LetterState(StrEnum):
    """Where a letter stands."""

    ISSUED = "issued"
    VOIDED = "voided"

    @property
    def label(self) -> str:
        """What a page shows."""
        return {"issued": "已制发", "voided": "已作废"}[self.value]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """For a column."""
        return [(state.value, state.label) for state in cls]


def void(state: str, number: str) -> LetterState:
    """The state after voiding. Raises Refused: letter-voided-already."""
    if state != LetterState.ISSUED:
        raise Refused("letter-voided-already", "文书%(number)s已经作废，没有再动", number=number)
    return LetterState.VOIDED
