"""What is recorded about hand-over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from gongkai.handover.periods import FREQUENCY_NAMES, Frequency
from gongkai.ledger.events import Event, kind


@kind
@dataclass(frozen=True)
class ReceiverSet(Event):
    kind: ClassVar[str] = "handover.receiver_set"
    subject_kind: ClassVar[str] = "handover_receiver"
    name: str
    frequency: str
    active: bool

    def sentence(self) -> str:
        if not self.active:
            return f"停止向{self.name}移交"
        return f"{FREQUENCY_NAMES[Frequency(self.frequency)]}向{self.name}移交"


@kind
@dataclass(frozen=True)
class BatchMade(Event):
    kind: ClassVar[str] = "handover.batch_made"
    subject_kind: ClassVar[str] = "handover_batch"
    first_on: date | str
    last_on: date | str
    items: int
    manifest: str
    letter_number: str

    def sentence(self) -> str:
        what = f"{self.items} 件" if self.items else "零报告"
        return f"编制{self.first_on}至{self.last_on}的移交清单，{what}"


@kind
@dataclass(frozen=True)
class BatchPacked(Event):
    kind: ClassVar[str] = "handover.batch_packed"
    subject_kind: ClassVar[str] = "handover_batch"
    items: int

    def sentence(self) -> str:
        return f"下载移交数据包，{self.items} 件"


@kind
@dataclass(frozen=True)
class BatchSent(Event):
    kind: ClassVar[str] = "handover.batch_sent"
    subject_kind: ClassVar[str] = "handover_batch"
    on: date | str

    def sentence(self) -> str:
        return f"{self.on}移交"


@kind
@dataclass(frozen=True)
class BatchReceived(Event):
    kind: ClassVar[str] = "handover.batch_received"
    subject_kind: ClassVar[str] = "handover_batch"
    on: date | str
    receipt_number: str

    def sentence(self) -> str:
        return f"{self.on}收到回执" + (f"{self.receipt_number}" if self.receipt_number else "")
