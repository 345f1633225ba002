"""What is recorded of disputes: numbers, days and outcomes. No names of people, no words of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from gongkai.core.law.answers import ANSWERS
from gongkai.disputes.states import (
    ENDING_NAMES,
    RESULT_NAMES,
    STAGE_NAMES,
    TRACK_NAMES,
    Ending,
    Result,
    Stage,
    Track,
)
from gongkai.ledger.events import Event, kind

_FIELDS = {
    "body": "复议机关、法院", "case_number": "案号", "filed_on": "申请、起诉日期", "accepted_on": "受理、立案日期",
    "received_on": "收到通知日期", "simple": "简易程序", "ours": "本机关提起", "answered_on": "答复、答辩日期",
    "decided_on": "决定、裁判日期", "served_on": "收到决定、裁判日期", "result": "结果", "ending": "具体结果",
    "decision_number": "决定、裁判文号", "reasons": "理由要点", "subject": "案由", "against": "争议事项",
    "note": "备注", "handler": "经办人", "third_party": "第三人提起", "application": "所涉申请",
    "publication": "所涉公开信息", "follows": "复议案", "party": "申请人、原告", "track": "类别", "days": "期限",
    "working": "工作日", "from_on": "起算日期",
}
_PAPERS = {
    "notice": "受理、应诉通知书", "petition": "申请书、起诉状副本", "answer": "答复书、答辩状",
    "evidence": "证据、依据", "decision": "决定书、裁判文书", "reply": "重新作出的答复", "other": "其他材料",
}


@kind
@dataclass(frozen=True)
class DisputeRegistered(Event):
    kind: ClassVar[str] = "disputes.registered"
    subject_kind: ClassVar[str] = "dispute"
    number: str
    track: str
    received_on: date | str
    answer_due_on: date | str | None

    def sentence(self) -> str:
        due = f"，答复期限{self.answer_due_on}" if self.answer_due_on else ""
        return f"登记{TRACK_NAMES[Track(self.track)]}案件 {self.number}，{self.received_on}收到通知{due}"


@kind
@dataclass(frozen=True)
class DisputeAmended(Event):
    kind: ClassVar[str] = "disputes.amended"
    subject_kind: ClassVar[str] = "dispute"
    fields: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    reason: str

    def sentence(self) -> str:
        told = [
            f"{_FIELDS.get(field, field)}由“{old or '空'}”改为“{new or '空'}”" if old != new
            else f"更改{_FIELDS.get(field, field)}"
            for field, old, new in zip(self.fields, self.before, self.after, strict=True)
        ]
        return f"更正登记：{'；'.join(told)}。理由：{self.reason}"


@kind
@dataclass(frozen=True)
class DisputeCancelled(Event):
    kind: ClassVar[str] = "disputes.cancelled"
    subject_kind: ClassVar[str] = "dispute"
    reason: str

    def sentence(self) -> str:
        return f"误登作废，不再计数。理由：{self.reason}"


@kind
@dataclass(frozen=True)
class DisputeAnswered(Event):
    kind: ClassVar[str] = "disputes.answered"
    subject_kind: ClassVar[str] = "dispute"
    stage: str
    on: date | str
    late: int  # working days after the due date

    def sentence(self) -> str:
        what = "答复" if self.stage == Stage.RECONSIDERATION else "答辩"
        late = f"，超过期限 {self.late} 个工作日" if self.late else ""
        return f"{self.on}提交{STAGE_NAMES[Stage(self.stage)]}{what}{late}"


@kind
@dataclass(frozen=True)
class DisputeDecided(Event):
    kind: ClassVar[str] = "disputes.decided"
    subject_kind: ClassVar[str] = "dispute"
    stage: str
    result: str
    ending: str
    on: date | str
    decision_number: str
    redo_due_on: date | str | None
    redo_waived: str

    def sentence(self) -> str:
        ending = ENDING_NAMES[Ending(self.ending)]
        said = f"{STAGE_NAMES[Stage(self.stage)]}于{self.on}决定：{RESULT_NAMES[Result(self.result)]}"
        said += f"（{ending}）" if ending else ""
        said += f"，{self.decision_number}" if self.decision_number else ""
        said += f"；须在{self.redo_due_on}以前重新答复" if self.redo_due_on else ""
        return said + (f"；不须重新答复：{self.redo_waived}" if self.redo_waived else "")


@kind
@dataclass(frozen=True)
class DisputeAppealed(Event):
    kind: ClassVar[str] = "disputes.appealed"
    subject_kind: ClassVar[str] = "dispute"
    stage: str
    received_on: date | str
    ours: bool
    answer_due_on: date | str | None

    def sentence(self) -> str:
        who = "本机关提起" if self.ours else "收到通知，进入"
        due = f"，答辩期限{self.answer_due_on}" if self.answer_due_on else ""
        return f"{self.received_on}{who}{STAGE_NAMES[Stage(self.stage)]}{due}"


@kind
@dataclass(frozen=True)
class DisputeClosed(Event):
    kind: ClassVar[str] = "disputes.closed"
    subject_kind: ClassVar[str] = "dispute"
    on: date | str

    def sentence(self) -> str:
        return f"{self.on}了结归档"


@kind
@dataclass(frozen=True)
class DisputeReopened(Event):
    kind: ClassVar[str] = "disputes.reopened"
    subject_kind: ClassVar[str] = "dispute"
    reason: str

    def sentence(self) -> str:
        return f"恢复办理。理由：{self.reason}"


@kind
@dataclass(frozen=True)
class RehandlingFulfilled(Event):
    kind: ClassVar[str] = "disputes.rehandled"
    subject_kind: ClassVar[str] = "dispute"
    answer_kind: str
    reply_number: str
    on: date | str
    late: int

    def sentence(self) -> str:
        name = ANSWERS[self.answer_kind].name if self.answer_kind in ANSWERS else self.answer_kind
        number = f"，{self.reply_number}" if self.reply_number else ""
        late = f"，超过期限 {self.late} 个工作日" if self.late else ""
        return f"{self.on}重新答复：{name}{number}{late}"


@kind
@dataclass(frozen=True)
class RehandlingLifted(Event):
    kind: ClassVar[str] = "disputes.rehandling_lifted"
    subject_kind: ClassVar[str] = "dispute"
    on: date | str
    reason: str

    def sentence(self) -> str:
        return f"{self.on}起不须再重新答复。理由：{self.reason}"


@kind
@dataclass(frozen=True)
class DisputePaperAttached(Event):
    kind: ClassVar[str] = "disputes.paper_attached"
    subject_kind: ClassVar[str] = "dispute"
    what: str
    size: int
    sha256: str

    def sentence(self) -> str:
        return f"附入{_PAPERS.get(self.what, self.what)}"


@kind
@dataclass(frozen=True)
class DisputeDueMoved(Event):
    kind: ClassVar[str] = "disputes.due_moved"
    subject_kind: ClassVar[str] = "dispute"
    what: str  # answer, rehandling
    before: date | str | None
    after: date | str | None
    source: str

    def sentence(self) -> str:
        name = "重新答复期限" if self.what == "rehandling" else "答复、答辩期限"
        return f"{name}由 {self.before or '未定'} 改为 {self.after or '未定'}，依据：{self.source}"


@kind
@dataclass(frozen=True)
class BundleMade(Event):
    kind: ClassVar[str] = "disputes.bundled"
    subject_kind: ClassVar[str] = "dispute"
    files: int
    opened: int  # of them, those that lay encrypted
    left_out: int
    sha256: str
    reason: str

    def sentence(self) -> str:
        less = f"，{self.left_out} 份列明未附" if self.left_out else ""
        return f"下载举证材料包，{self.files} 份，其中解密 {self.opened} 份{less}。用途：{self.reason}"


@kind
@dataclass(frozen=True)
class DisputesExported(Event):
    kind: ClassVar[str] = "disputes.exported"
    subject_kind: ClassVar[str] = "dispute"
    rows: int
    form: str

    def sentence(self) -> str:
        return f"导出复议、诉讼案件 {self.rows} 件（{self.form}）"
