"""What is recorded about withheld items. No title: it may tell what is withheld."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from gongkai.core.law.answers import GROUNDS
from gongkai.ledger.events import Event, kind
from gongkai.publications.kinds import ATTRIBUTE_NAMES, Attribute

_VERDICTS = {"keep": "继续不公开", "on_request": "转为依申请公开", "publish": "转为主动公开"}


@kind
@dataclass(frozen=True)
class Withheld(Event):
    kind: ClassVar[str] = "publications.withheld"
    subject_kind: ClassVar[str] = "withholding"
    attribute: str
    ground: str
    next_on: date | str

    def sentence(self) -> str:
        why = f"（{GROUNDS[self.ground].name}）" if self.ground in GROUNDS else ""
        return f"登记为{ATTRIBUTE_NAMES[Attribute(self.attribute)]}{why}，{self.next_on}前再评估"


@kind
@dataclass(frozen=True)
class Reassessed(Event):
    kind: ClassVar[str] = "publications.reassessed"
    subject_kind: ClassVar[str] = "withholding"
    verdict: str
    next_on: date | str | None

    def sentence(self) -> str:
        return f"再评估：{_VERDICTS[self.verdict]}" + (f"，{self.next_on}前再评估" if self.next_on else "")
