"""What is recorded here. No names of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from gongkai.ledger.events import Event, kind

_CAMPAIGN, _MEMBER = "campaign", "campaign_member"


@kind
@dataclass(frozen=True)
class CampaignOpened(Event):
    kind: ClassVar[str] = "campaigns.opened"
    subject_kind: ClassVar[str] = _CAMPAIGN
    year: int
    notice_number: str
    due_on: date | str
    publish_by: date | str
    members: int

    def sentence(self) -> str:
        number = f"（{self.notice_number}）" if self.notice_number else ""
        return (
            f"布置 {self.year} 年度年报{number}，{self.members} 个机关于 {self.due_on} 前提交，"
            f"{self.publish_by} 前公布"
        )


@kind
@dataclass(frozen=True)
class CampaignChanged(Event):
    kind: ClassVar[str] = "campaigns.changed"
    subject_kind: ClassVar[str] = _CAMPAIGN
    fields: tuple[str, ...]
    due_on: date | str
    publish_by: date | str

    def sentence(self) -> str:
        return f"修改通知（{'、'.join(self.fields)}），提交期限 {self.due_on}，公布期限 {self.publish_by}"


@kind
@dataclass(frozen=True)
class CampaignClosed(Event):
    kind: ClassVar[str] = "campaigns.closed"
    subject_kind: ClassVar[str] = _CAMPAIGN
    unfinished: int

    def sentence(self) -> str:
        return "结束年报工作" + (f"，还有 {self.unfinished} 个机关没有公布" if self.unfinished else "，各机关都已公布")


@kind
@dataclass(frozen=True)
class CampaignReopened(Event):
    kind: ClassVar[str] = "campaigns.reopened"
    subject_kind: ClassVar[str] = _CAMPAIGN
    reason: str

    def sentence(self) -> str:
        return f"恢复年报工作，理由：{self.reason}"


@kind
@dataclass(frozen=True)
class MemberChanged(Event):
    """`change` is added, dropped, exempted, owing, given_time or usual_time."""

    kind: ClassVar[str] = "campaigns.member_changed"
    subject_kind: ClassVar[str] = _MEMBER
    campaign: int
    change: str
    reason: str = ""
    due_on: date | str = ""

    def sentence(self) -> str:
        what = {
            "added": "增加为报送机关", "dropped": "移出报送机关", "exempted": "登记不报", "owing": "恢复应报",
            "given_time": f"另定期限 {self.due_on}", "usual_time": "恢复统一期限",
        }[self.change]
        return what + (f"，理由：{self.reason}" if self.reason else "")


@kind
@dataclass(frozen=True)
class NoticeRead(Event):
    kind: ClassVar[str] = "campaigns.read"
    subject_kind: ClassVar[str] = _MEMBER
    campaign: int

    def sentence(self) -> str:
        return "已阅年报工作的通知"


@kind
@dataclass(frozen=True)
class MembersReminded(Event):
    kind: ClassVar[str] = "campaigns.reminded"
    subject_kind: ClassVar[str] = _CAMPAIGN
    agencies: tuple[int, ...]
    text: str

    def sentence(self) -> str:
        return f"催报 {len(self.agencies)} 个机关：{self.text}"


@kind
@dataclass(frozen=True)
class FilesHandedIn(Event):
    kind: ClassVar[str] = "campaigns.files"
    subject_kind: ClassVar[str] = _CAMPAIGN
    batch: int

    def sentence(self) -> str:
        return f"收下报送的文件（第 {self.batch} 批）"


@kind
@dataclass(frozen=True)
class FileAccepted(Event):
    kind: ClassVar[str] = "campaigns.file_accepted"
    subject_kind: ClassVar[str] = _CAMPAIGN
    agency: int
    item: int
    version: int

    def sentence(self) -> str:
        return f"确认文件 {self.item} 为机关 {self.agency} 的年报（第 {self.version} 版）并报送"


@kind
@dataclass(frozen=True)
class DifferenceExplained(Event):
    kind: ClassVar[str] = "campaigns.explained"
    subject_kind: ClassVar[str] = _CAMPAIGN
    agency: int
    cell: str
    reported: str
    computed: str

    def sentence(self) -> str:
        return f"说明 {self.cell} 报送数 {self.reported} 与计算数 {self.computed} 不一致的原因"


@kind
@dataclass(frozen=True)
class ExplanationSettled(Event):
    """`accepted`, or sent back with a reason."""

    kind: ClassVar[str] = "campaigns.explanation_settled"
    subject_kind: ClassVar[str] = _CAMPAIGN
    agency: int
    cell: str
    accepted: bool
    reason: str = ""

    def sentence(self) -> str:
        what = f"对 {self.cell} 差异的说明"
        return f"采纳{what}" if self.accepted else f"没有采纳{what}：{self.reason}"


@kind
@dataclass(frozen=True)
class NumbersCompared(Event):
    kind: ClassVar[str] = "campaigns.compared"
    subject_kind: ClassVar[str] = _CAMPAIGN
    differences: int

    def sentence(self) -> str:
        return f"核对报送数与计算数，{self.differences} 处不一致"
