"""What is recorded while an application is worked on. Parties and applicants are numbers here, never names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from gongkai.applications.rules.handling import CONSULTED, meaning
from gongkai.core.deadlines import PauseKind
from gongkai.ledger.events import Event, kind

_OPINIONS = {
    "consent": "同意公开", "partial": "同意部分公开", "objection": "不同意公开", "silent": "逾期未提出意见",
    "advice": "提供了意见",
}
_BASES = {"piece": ("按件", "件"), "page": ("按量", "页")}


@kind
@dataclass(frozen=True)
class Assigned(Event):
    kind: ClassVar[str] = "applications.assigned"
    subject_kind: ClassVar[str] = "application"
    section_id: int | None
    section: str
    handler_id: int | None
    handler: str

    def sentence(self) -> str:
        return f"分办给{'、'.join(filter(None, (self.section, self.handler)))}"


@kind
@dataclass(frozen=True)
class HandedOver(Event):
    kind: ClassVar[str] = "applications.handed_over"
    subject_kind: ClassVar[str] = "application"
    from_id: int | None
    to_id: int
    to: str
    reason: str

    def sentence(self) -> str:
        return f"移交给{self.to}：{self.reason}"


@kind
@dataclass(frozen=True)
class Consulted(Event):
    kind: ClassVar[str] = "applications.consulted"
    subject_kind: ClassVar[str] = "application"
    consultation_id: int
    party: str  # core.deadlines.PauseKind
    sent_on: date | str
    due_on: date | str
    number: str

    def sentence(self) -> str:
        return (
            f"{self.sent_on}向{CONSULTED[PauseKind(self.party)][0]}征求意见（{self.number}），"
            f"意见期限{self.due_on}，其间暂停计算期限"
        )


@kind
@dataclass(frozen=True)
class ConsultationDelivered(Event):
    kind: ClassVar[str] = "applications.consultation_delivered"
    subject_kind: ClassVar[str] = "application"
    consultation_id: int
    on: date | str
    due_on: date | str

    def sentence(self) -> str:
        return f"征求意见书于{self.on}送达，意见期限{self.due_on}"


@kind
@dataclass(frozen=True)
class OpinionTaken(Event):
    kind: ClassVar[str] = "applications.opinion_taken"
    subject_kind: ClassVar[str] = "application"
    consultation_id: int
    party: str
    opinion: str
    on: date | str
    overridden: bool

    def sentence(self) -> str:
        said = f"{CONSULTED[PauseKind(self.party)][0]}{_OPINIONS[self.opinion]}（{self.on}）"
        means = meaning(self.party, self.opinion, self.overridden)
        return f"{said}。{means}" if means else said


@kind
@dataclass(frozen=True)
class ExtensionProposed(Event):
    kind: ClassVar[str] = "applications.extension_proposed"
    subject_kind: ClassVar[str] = "application"
    days: int
    on: date | str

    def sentence(self) -> str:
        return f"提请延长 {self.days} 个工作日（第三十三条）"


@kind
@dataclass(frozen=True)
class ExtensionDecided(Event):
    kind: ClassVar[str] = "applications.extension_decided"
    subject_kind: ClassVar[str] = "application"
    days: int
    approved: bool
    on: date | str
    due_on: date | str | None
    remark: str

    def sentence(self) -> str:
        if self.approved:
            return f"同意延长 {self.days} 个工作日，答复期限{self.due_on}"
        return f"不同意延长：{self.remark}"


@kind
@dataclass(frozen=True)
class ReasonsAsked(Event):
    kind: ClassVar[str] = "applications.reasons_asked"
    subject_kind: ClassVar[str] = "application"
    on: date | str
    due_on: date | str
    month: int
    year: int

    def sentence(self) -> str:
        return f"要求说明理由，至{self.due_on}（该申请人本月 {self.month} 件，本年 {self.year} 件；第三十五条）"


@kind
@dataclass(frozen=True)
class ReasonsTaken(Event):
    kind: ClassVar[str] = "applications.reasons_taken"
    subject_kind: ClassVar[str] = "application"
    on: date | str
    reasonable: bool

    def sentence(self) -> str:
        return f"收到申请人说明的理由，认为{'合理' if self.reasonable else '不合理'}（第三十五条）"


@kind
@dataclass(frozen=True)
class ReasonsSent(Event):
    kind: ClassVar[str] = "applications.reasons_sent"
    subject_kind: ClassVar[str] = "application"
    on: date | str
    late: bool
    files: int

    def sentence(self) -> str:
        late = "，已过期限" if self.late else ""
        files = f"，附 {self.files} 个文件" if self.files else ""
        return f"申请人在网上说明理由{late}{files}（第三十五条）"


@kind
@dataclass(frozen=True)
class Delayed(Event):
    kind: ClassVar[str] = "applications.delayed"
    subject_kind: ClassVar[str] = "application"
    to: date | str
    on: date | str

    def sentence(self) -> str:
        return f"确定延迟至{self.to}答复并告知申请人（第三十五条）"


@kind
@dataclass(frozen=True)
class FeeNoticed(Event):
    kind: ClassVar[str] = "applications.fee_noticed"
    subject_kind: ClassVar[str] = "application"
    basis: str
    quantity: int
    before: int
    amount: Decimal | str
    steps: tuple[str, ...] | list[str]
    on: date | str
    due_on: date | str

    def sentence(self) -> str:
        name, unit = _BASES[self.basis]
        charged = f"{name} {self.quantity} {unit}，{self.amount} 元"
        return f"通知收费：{charged}，缴费期限{self.due_on}。{''.join(self.steps)}"


@kind
@dataclass(frozen=True)
class Paid(Event):
    kind: ClassVar[str] = "applications.paid"
    subject_kind: ClassVar[str] = "application"
    on: date | str
    receipt: str
    late: bool
    due_on: date | str | None

    def sentence(self) -> str:
        receipt = f"，票据 {self.receipt}" if self.receipt else ""
        late = "（逾期缴费，仍予办理）" if self.late else ""
        return f"{self.on}缴费{receipt}{late}，次日起重新计算，答复期限{self.due_on}"


@kind
@dataclass(frozen=True)
class FeeLapsed(Event):
    kind: ClassVar[str] = "applications.fee_lapsed"
    subject_kind: ClassVar[str] = "application"
    on: date | str
    number: str

    def sentence(self) -> str:
        return f"逾期未缴费，视为放弃申请，不再处理（{self.number}）"
