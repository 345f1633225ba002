"""What an event is before it is written: a frozen dataclass with a kind and a sentence.

Each domain declares its own in its `events.py`. The kind is stable (it is stored for ever); the fields are the
payload and hold no personal data, only identifiers, counts and words of the office.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, TypeVar

KINDS: dict[str, type[Event]] = {}
Declared = TypeVar("Declared", bound="type[Event]")


@dataclass(frozen=True)
class Event(ABC):
    """Base of every event. `kind` is "<domain>.<what happened>"; `subject_kind` names the thing it happened to."""

    kind: ClassVar[str] = ""
    subject_kind: ClassVar[str] = ""

    @abstractmethod
    def sentence(self) -> str:
        """One Chinese sentence without actor and time; the timeline adds those."""

    def payload(self) -> str:
        """The fields as canonical JSON: the exact text that is hashed."""
        return json.dumps(
            {f.name: _plain(getattr(self, f.name)) for f in fields(self)},
            ensure_ascii=False, sort_keys=True, separators=(",", ":"),
        )


def kind(event: Declared) -> Declared:
    """Register an event class so that its sentence can be told again years later."""
    if not event.kind or not event.subject_kind:
        raise TypeError(f"{event.__name__} needs a kind and a subject_kind")
    if KINDS.setdefault(event.kind, event) is not event:
        raise TypeError(f"two events share the kind {event.kind}")
    return event


def retell(kind_: str, payload: str) -> str:
    """The sentence of a stored event. An unknown kind (a later version wrote it) is told by its name."""
    known = KINDS.get(kind_)
    if known is None:
        return f"（未知事件 {kind_}）"
    return known(**json.loads(payload)).sentence()


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value
