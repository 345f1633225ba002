"""What is recorded of an application on its way in: numbers, dates and kinds, nothing that the applicant wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from gongkai.applications.rules.intake import WAYS
from gongkai.core.deadlines import CHANNEL_NAMES, Channel
from gongkai.core.law.answers import ANSWERS
from gongkai.core.law.applicants import APPLICANT_NAMES
from gongkai.ledger.events import Event, kind


def _channel(key: str) -> str:
    return CHANNEL_NAMES[Channel(key)] if key in set(Channel) else key


def _files(count: int) -> str:
    return f"，附 {count} 个文件" if count else ""


@kind
@dataclass(frozen=True)
class Received(Event):
    kind: ClassVar[str] = "applications.received"
    subject_kind: ClassVar[str] = "application"
    number: str
    channel: str
    applicant_kind: str
    arrived_on: date | str
    files: int

    def sentence(self) -> str:
        return f"收到申请 {self.number}（{_channel(self.channel)}）{_files(self.files)}"


@kind
@dataclass(frozen=True)
class Registered(Event):
    kind: ClassVar[str] = "applications.registered"
    subject_kind: ClassVar[str] = "application"
    number: str
    channel: str
    applicant_kind: str
    arrived_on: date | str
    oral: bool
    files: int

    def sentence(self) -> str:
        oral = "，口头申请代填" if self.oral else ""
        return f"登记申请 {self.number}（{_channel(self.channel)}，{self.arrived_on} 到达{oral}）{_files(self.files)}"


@kind
@dataclass(frozen=True)
class Confirmed(Event):
    kind: ClassVar[str] = "applications.confirmed"
    subject_kind: ClassVar[str] = "application"
    on: date | str

    def sentence(self) -> str:
        return f"与申请人确认收到日期：{self.on}"


@kind
@dataclass(frozen=True)
class Split(Event):
    kind: ClassVar[str] = "applications.split"
    subject_kind: ClassVar[str] = "application"
    on: date | str
    numbers: tuple[str, ...]
    reason: str

    def sentence(self) -> str:
        return f"按一事一申请拆分为 {'、'.join(self.numbers)}，理由：{self.reason}"


@kind
@dataclass(frozen=True)
class SplitOff(Event):
    kind: ClassVar[str] = "applications.split_off"
    subject_kind: ClassVar[str] = "application"
    number: str
    parent: str

    def sentence(self) -> str:
        return f"由 {self.parent} 拆分，编号 {self.number}"


@kind
@dataclass(frozen=True)
class CorrectionAsked(Event):
    kind: ClassVar[str] = "applications.correction_asked"
    subject_kind: ClassVar[str] = "application"
    on: date | str
    due_on: date | str
    late: bool

    def sentence(self) -> str:
        late = "，已超过收到后七个工作日" if self.late else ""
        return f"告知补正，期限 {self.due_on}{late}"


@kind
@dataclass(frozen=True)
class Corrected(Event):
    kind: ClassVar[str] = "applications.corrected"
    subject_kind: ClassVar[str] = "application"
    on: date | str
    late: bool
    files: int

    def sentence(self) -> str:
        late = "，超过补正期限" if self.late else ""
        return f"{self.on} 收到补正{late}{_files(self.files)}，答复期限重新起算"


@kind
@dataclass(frozen=True)
class CorrectionLapsed(Event):
    kind: ClassVar[str] = "applications.correction_lapsed"
    subject_kind: ClassVar[str] = "application"
    on: date | str
    due_on: date | str
    letter: str

    def sentence(self) -> str:
        return f"补正期限 {self.due_on} 已过，不再处理（{self.letter}）"


@kind
@dataclass(frozen=True)
class Withdrawn(Event):
    kind: ClassVar[str] = "applications.withdrawn"
    subject_kind: ClassVar[str] = "application"
    on: date | str
    by_applicant: bool
    letter: str

    def sentence(self) -> str:
        return f"{'申请人在网上撤回' if self.by_applicant else '登记申请人撤回'}（{self.on}，{self.letter}）"


@kind
@dataclass(frozen=True)
class Contacted(Event):
    kind: ClassVar[str] = "applications.contacted"
    subject_kind: ClassVar[str] = "application"
    way: str

    def sentence(self) -> str:
        return f"记录与申请人的沟通（{WAYS.get(self.way, self.way)}）"


@kind
@dataclass(frozen=True)
class Attached(Event):
    kind: ClassVar[str] = "applications.attached"
    subject_kind: ClassVar[str] = "application"
    use: str
    files: int

    def sentence(self) -> str:
        what = {
            "identity": "身份证明", "application": "申请材料", "correction": "补正材料", "opinion": "意见材料",
            "reply": "提供给申请人的信息", "proof": "送达证明", "working": "办理材料",
        }.get(self.use, self.use)
        return f"附上{what} {self.files} 个文件"


@kind
@dataclass(frozen=True)
class Mended(Event):
    """`before` and `after` of what is a choice; of what is a text only that it was changed."""

    kind: ClassVar[str] = "applications.mended"
    subject_kind: ClassVar[str] = "application"
    fields: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    reason: str

    def sentence(self) -> str:
        changes = "、".join(
            _FIELDS.get(name, name) + ("" if old == new else f"（{_chosen(name, old)} → {_chosen(name, new)}）")
            for name, old, new in zip(self.fields, self.before, self.after, strict=True)
        )
        return f"更正登记：{changes}，理由：{self.reason}"


_FIELDS = {
    "applicant_kind": "申请人类型", "subject": "申请事项", "purpose": "用途分类", "delivery": "送达途径",
    "wanted": "获取方式", "features": "文号或其他特征", "channel": "渠道", "answer_kind": "办理结果",
    "received_on": "收到日期", "closed_on": "办结日期",
}
_CHOICES: dict[str, dict[str, str]] = {
    "applicant_kind": {kind.value: name for kind, name in APPLICANT_NAMES.items()},
    "channel": {channel.value: name for channel, name in CHANNEL_NAMES.items()},
    "purpose": {
        "": "未标", "life": "生产生活", "research": "科学研究", "dispute": "争议取证", "business": "经营需要",
        "other": "其他",
    },
    "delivery": {
        "post": "邮寄", "online": "网上查询和下载", "in_person": "自行领取", "fax": "传真", "email": "电子邮件",
    },
    "answer_kind": {key: kind.name for key, kind in ANSWERS.items()},
    "wanted": {"paper": "纸质", "electronic": "电子文档", "inspection": "查阅、抄录", "any": "不限"},
}


def _chosen(field: str, value: str) -> str:
    return _CHOICES.get(field, {}).get(value, value or "空")
