"""An act that a page offers, and where it stands: what to do first, what is open, what is closed and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

Act = TypeVar("Act")


@dataclass(frozen=True, slots=True)
class Offer(Generic[Act]):
    """An act with its name; `reason` says why it cannot be done now, empty when it can."""

    act: Act
    name: str
    reason: str = ""
    primary: bool = False

    @property
    def open(self) -> bool:
        """Whether it can be done now."""
        return not self.reason


def ranked(made: Iterable[Offer[Act]], first: Sequence[Act]) -> list[Offer[Act]]:
    """The first of `first` that is open becomes the primary act and stands in front, closed ones at the end."""
    found = list(made)
    chosen = next((act for act in first if any(o.act is act and o.open for o in found)), None)
    return sorted(
        (replace(o, primary=o.act is chosen) for o in found), key=lambda o: (not o.primary, not o.open),
    )
