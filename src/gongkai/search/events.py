"""What is recorded about synonyms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gongkai.ledger.events import Event, kind


@kind
@dataclass(frozen=True)
class SynonymAdded(Event):
    kind: ClassVar[str] = "search.synonym_added"
    subject_kind: ClassVar[str] = "synonym"
    said: str
    official: str

    def sentence(self) -> str:
        return f"检索同义词：找“{self.said}”时同时查找“{self.official}”"


@kind
@dataclass(frozen=True)
class SynonymRemoved(Event):
    kind: ClassVar[str] = "search.synonym_removed"
    subject_kind: ClassVar[str] = "synonym"
    said: str
    official: str

    def sentence(self) -> str:
        return f"检索同义词：找“{self.said}”时不再查找“{self.official}”"
