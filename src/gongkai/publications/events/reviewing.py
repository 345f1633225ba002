"""What is recorded of review and signature: which gate, on which words, by whom (the ledger knows the person)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from gongkai.ledger.events import Event, kind
from gongkai.publications.events.drafting import _OfEdition
from gongkai.publications.kinds import ATTRIBUTE_NAMES, Attribute


@kind
@dataclass(frozen=True)
class Sent(_OfEdition):
    kind: ClassVar[str] = "publications.sent"
    attribute: str
    lane: str
    gates: tuple[str, ...] | list[str]
    after: tuple[str, ...] | list[str]
    digest: str

    def sentence(self) -> str:
        lane = f"（应急通道，{'、'.join(self.after)}在发布后补审）" if self.lane == "emergency" else ""
        return f"送审{lane}：{'、'.join([*self.gates])}"


@kind
@dataclass(frozen=True)
class GatesPassed(_OfEdition):
    kind: ClassVar[str] = "publications.gates_passed"
    gates: tuple[str, ...] | list[str]
    digest: str
    left: int

    def sentence(self) -> str:
        return f"{'、'.join(self.gates)}审查通过" + ("，各关口都已通过" if not self.left else "")


@kind
@dataclass(frozen=True)
class GatesPassedAfter(_OfEdition):
    kind: ClassVar[str] = "publications.gates_passed_after"
    gates: tuple[str, ...] | list[str]
    digest: str
    late: bool

    def sentence(self) -> str:
        return f"补审{'、'.join(self.gates)}" + ("（逾期）" if self.late else "")


@kind
@dataclass(frozen=True)
class Returned(_OfEdition):
    kind: ClassVar[str] = "publications.returned"
    from_state: str
    gate: str

    def sentence(self) -> str:
        return f"{self.gate}退回修改" if self.gate else "退回修改"


@kind
@dataclass(frozen=True)
class Signed(_OfEdition):
    kind: ClassVar[str] = "publications.signed"
    proposed: str
    decided: str
    ground: str
    on: date | str
    digest: str

    def sentence(self) -> str:
        return f"签发，公开属性{ATTRIBUTE_NAMES[Attribute(self.decided)]}"


@kind
@dataclass(frozen=True)
class PracticeSet(Event):
    kind: ClassVar[str] = "publications.practice_set"
    subject_kind: ClassVar[str] = "practice"
    fields: tuple[str, ...] | list[str]

    def sentence(self) -> str:
        return "确定公开办理规则"
