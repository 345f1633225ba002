"""What an event is before it is written: a frozen dataclass with a kind and a sentence.

Each domain declares its own in its `events.py`. The kind is stable (it is stored for ever); the fields are the
payload and hold no personal data, only identifiers, counts and words of the office.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from dataclasses import MISSING, dataclass, fields
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
    """The sentence of a stored event. One that another version wrote, with a kind or fields that are not ours, is told
    by its name: the record stands, and a page that shows it must never fail over it."""
    known = KINDS.get(kind_)
    kept = json.loads(payload)
    if known is None or _needed(known) - kept.keys():
        return f"（另一版本记录的事件 {kind_}）"
    return known(**{f.name: kept[f.name] for f in fields(known) if f.name in kept}).sentence()


def _needed(event: type[Event]) -> set[str]:
    return {f.name for f in fields(event) if f.default is MISSING and f.default_factory is MISSING}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value
