"""What is recorded of a reply, from the first draft to the archive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from gongkai.core.law.answers import ANSWERS
from gongkai.ledger.events import Event, kind

_REVIEWS = {"secrecy": "保密审查", "legal": "合法性审查"}
_WAYS = {"post": "邮寄", "in_person": "当面", "online": "网上", "fax": "传真", "email": "电子邮件"}


@kind
@dataclass(frozen=True)
class Drafted(Event):
    kind: ClassVar[str] = "applications.drafted"
    subject_kind: ClassVar[str] = "application"
    number: int
    answer_kind: str

    def sentence(self) -> str:
        return f"拟答复第 {self.number} 稿：{_name(self.answer_kind)}"


@kind
@dataclass(frozen=True)
class Submitted(Event):
    kind: ClassVar[str] = "applications.submitted"
    subject_kind: ClassVar[str] = "application"
    number: int

    def sentence(self) -> str:
        return f"第 {self.number} 稿送保密审查和合法性审查（第十七条）"


@kind
@dataclass(frozen=True)
class Reviewed(Event):
    kind: ClassVar[str] = "applications.reviewed"
    subject_kind: ClassVar[str] = "application"
    number: int
    review: str
    verdict: str
    remark: str

    def sentence(self) -> str:
        if self.verdict == "pass":
            return f"第 {self.number} 稿{_REVIEWS[self.review]}通过"
        return f"第 {self.number} 稿{_REVIEWS[self.review]}退回：{self.remark}"


@kind
@dataclass(frozen=True)
class DraftReturned(Event):
    kind: ClassVar[str] = "applications.draft_returned"
    subject_kind: ClassVar[str] = "application"
    number: int
    remark: str

    def sentence(self) -> str:
        return f"第 {self.number} 稿退回修改：{self.remark}"


@kind
@dataclass(frozen=True)
class Signed(Event):
    kind: ClassVar[str] = "applications.signed"
    subject_kind: ClassVar[str] = "application"
    number: int
    answer_kind: str
    reply_number: str
    on: date | str
    late: int  # working days after the due date

    def sentence(self) -> str:
        return f"签发第 {self.number} 稿：{_name(self.answer_kind)}，{self.reply_number}{_late(self.late)}"


@kind
@dataclass(frozen=True)
class Served(Event):
    kind: ClassVar[str] = "applications.served"
    subject_kind: ClassVar[str] = "application"
    way: str
    on: date | str
    proof_number: str
    late: int

    def sentence(self) -> str:
        proof = f"（{self.proof_number}）" if self.proof_number else ""
        return f"{self.on}{_WAYS[self.way]}送达{proof}，答复办结{_late(self.late)}"


@kind
@dataclass(frozen=True)
class ServiceProved(Event):
    kind: ClassVar[str] = "applications.service_proved"
    subject_kind: ClassVar[str] = "application"
    received_on: date | str | None
    proof_number: str
    files: int

    def sentence(self) -> str:
        said = [f"签收日期{self.received_on}"] if self.received_on else []
        said += [f"邮件号或回证号{self.proof_number}"] if self.proof_number else []
        said += [f"{self.files} 个证明文件"] if self.files else []
        return f"登记送达证明：{'，'.join(said)}"


@kind
@dataclass(frozen=True)
class Archived(Event):
    kind: ClassVar[str] = "applications.archived"
    subject_kind: ClassVar[str] = "application"
    on: date | str
    retain_until: date | str

    def sentence(self) -> str:
        return f"{self.on}归档，保存至{self.retain_until}（第四十五条）"


@kind
@dataclass(frozen=True)
class PublicationDrafted(Event):
    kind: ClassVar[str] = "applications.publication_drafted"
    subject_kind: ClassVar[str] = "application"
    removed: int  # places at which somebody of the case was taken out

    def sentence(self) -> str:
        return f"转为主动公开的稿子，去除申请人信息 {self.removed} 处（第四十四条）"


def _name(answer_kind: str) -> str:
    return ANSWERS[answer_kind].name if answer_kind in ANSWERS else answer_kind


def _late(days: int) -> str:
    return f"，超过期限 {days} 个工作日" if days else ""
