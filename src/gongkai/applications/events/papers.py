"""What is recorded of papers handed out at the counter. Never the secret code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gongkai.ledger.events import Event, kind


@kind
@dataclass(frozen=True)
class ReceiptIssued(Event):
    kind: ClassVar[str] = "applications.receipt_issued"
    subject_kind: ClassVar[str] = "application"
    letter: str

    def sentence(self) -> str:
        return f"出具接收回执（{self.letter}）"


@kind
@dataclass(frozen=True)
class CodeHandedOver(Event):
    """`reason`: why, and how the identity was checked, without anybody's name."""

    kind: ClassVar[str] = "applications.code_handed_over"
    subject_kind: ClassVar[str] = "application"
    reason: str

    def sentence(self) -> str:
        return f"为申请人打印查询码，理由：{self.reason}"


@kind
@dataclass(frozen=True)
class ServiceReceiptIssued(Event):
    kind: ClassVar[str] = "applications.service_receipt_issued"
    subject_kind: ClassVar[str] = "application"

    def sentence(self) -> str:
        return "出具送达回证"
