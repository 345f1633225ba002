"""A part of a page that another room gives. No Django."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

Actor = TypeVar("Actor")
Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class Panel:
    """A template of the room that gives it, and what it shows: the template finds its values in `of`."""

    template: str
    of: Mapping[str, Any] = field(default_factory=dict)


def given(
    makers: Iterable[Callable[[Actor, Shown], Panel | None]], actor: Actor, shown: Shown,
) -> list[Panel]:
    """The panels of a page for a person, in the order in which the rooms registered; None gives nothing."""
    return [panel for make in makers if (panel := make(actor, shown)) is not None]
