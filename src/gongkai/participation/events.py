"""What is recorded about what the public sends. Numbers and outcomes, never words of the sender."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from gongkai.ledger.events import Event, kind
from gongkai.participation.states import KIND_NAMES, OUTCOMES, Kind


@kind
@dataclass(frozen=True)
class MessageReceived(Event):
    kind: ClassVar[str] = "participation.received"
    subject_kind: ClassVar[str] = "message"
    number: str
    what: str
    files: int

    def sentence(self) -> str:
        return f"收到{KIND_NAMES[Kind(self.what)]} {self.number}" + (f"，附件 {self.files} 个" if self.files else "")


@kind
@dataclass(frozen=True)
class MessageAssigned(Event):
    kind: ClassVar[str] = "participation.assigned"
    subject_kind: ClassVar[str] = "message"
    section: str

    def sentence(self) -> str:
        return f"分给{self.section}办理" if self.section else "由公开工作机构办理"


@kind
@dataclass(frozen=True)
class ReplyDrafted(Event):
    kind: ClassVar[str] = "participation.drafted"
    subject_kind: ClassVar[str] = "message"
    what: str
    outcome: str

    def sentence(self) -> str:
        return f"拟答复：{OUTCOMES[Kind(self.what)][self.outcome]}"


@kind
@dataclass(frozen=True)
class ReplyReturned(Event):
    kind: ClassVar[str] = "participation.returned"
    subject_kind: ClassVar[str] = "message"

    def sentence(self) -> str:
        return "退回修改"


@kind
@dataclass(frozen=True)
class MessageReplied(Event):
    kind: ClassVar[str] = "participation.replied"
    subject_kind: ClassVar[str] = "message"
    what: str
    outcome: str
    late: bool

    def sentence(self) -> str:
        return f"答复：{OUTCOMES[Kind(self.what)][self.outcome]}" + ("（逾期）" if self.late else "")


@kind
@dataclass(frozen=True)
class MessageShown(Event):
    kind: ClassVar[str] = "participation.shown"
    subject_kind: ClassVar[str] = "message"
    shown: bool

    def sentence(self) -> str:
        return "公开问答" if self.shown else "撤下公开的问答"


@kind
@dataclass(frozen=True)
class MessageClosed(Event):
    kind: ClassVar[str] = "participation.closed"
    subject_kind: ClassVar[str] = "message"
    withdrawn: bool

    def sentence(self) -> str:
        return "来信人撤回" if self.withdrawn else "不予处理，已说明理由"


@kind
@dataclass(frozen=True)
class PublicationBegun(Event):
    kind: ClassVar[str] = "participation.publication_begun"
    subject_kind: ClassVar[str] = "message"
    publication: int

    def sentence(self) -> str:
        return "据此起草公开信息"


@kind
@dataclass(frozen=True)
class MessagesExported(Event):
    kind: ClassVar[str] = "participation.exported"
    subject_kind: ClassVar[str] = "message"
    rows: int
    form: str

    def sentence(self) -> str:
        return f"导出公众来信 {self.rows} 件（{self.form}）"


@kind
@dataclass(frozen=True)
class ConsultationOpened(Event):
    kind: ClassVar[str] = "participation.consultation_opened"
    subject_kind: ClassVar[str] = "consultation"
    opens_on: date | str
    closes_on: date | str

    def sentence(self) -> str:
        return f"{self.opens_on}至{self.closes_on}征求意见"


@kind
@dataclass(frozen=True)
class ConsultationChanged(Event):
    kind: ClassVar[str] = "participation.consultation_changed"
    subject_kind: ClassVar[str] = "consultation"
    what: str
    on: date | str

    def sentence(self) -> str:
        return {"prolonged": f"征求意见延长到{self.on}", "cancelled": f"{self.on}取消征求意见",
                "summarised": f"{self.on}公布意见采纳情况"}[self.what]
