"""What is recorded about the register as a whole: imports, reminders, dates that moved with the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from gongkai.ledger.events import Event, kind


@kind
@dataclass(frozen=True)
class RegisterImported(Event):
    kind: ClassVar[str] = "applications.imported"
    subject_kind: ClassVar[str] = "register_import"
    sha256: str
    imported: int
    refused: int

    def sentence(self) -> str:
        left = f"，{self.refused} 行没有导入" if self.refused else ""
        return f"从台账表格导入 {self.imported} 件申请{left}"


@kind
@dataclass(frozen=True)
class RegisterExported(Event):
    kind: ClassVar[str] = "applications.exported"
    subject_kind: ClassVar[str] = "register"
    rows: int
    form: str

    def sentence(self) -> str:
        return f"导出申请台账 {self.rows} 件（{self.form}）"


@kind
@dataclass(frozen=True)
class DueMoved(Event):
    kind: ClassVar[str] = "applications.due_moved"
    subject_kind: ClassVar[str] = "application"
    before: date | str | None
    after: date | str | None
    source: str

    def sentence(self) -> str:
        return f"答复期限由 {self.before or '未定'} 改为 {self.after or '未定'}，依据：{self.source}"


_WHAT = {
    "reply": "答复期限", "correction": "补正期限", "opinion": "征求意见期限", "payment": "缴费期限",
    "confirm": "尚未确认收到",
}
_STAGE = {"soon": "临近", "today": "今天到期", "overdue": "已过"}


@kind
@dataclass(frozen=True)
class Reminded(Event):
    kind: ClassVar[str] = "applications.reminded"
    subject_kind: ClassVar[str] = "application"
    what: str
    due_on: date | str
    stage: str

    def sentence(self) -> str:
        return f"提醒：{_WHAT.get(self.what, self.what)} {self.due_on} {_STAGE.get(self.stage, self.stage)}"


@kind
@dataclass(frozen=True)
class DigestQueued(Event):
    kind: ClassVar[str] = "applications.digest_queued"
    subject_kind: ClassVar[str] = "user"
    on: date | str
    lines: int

    def sentence(self) -> str:
        return f"发出 {self.on} 的待办邮件，共 {self.lines} 项"


@kind
@dataclass(frozen=True)
class FeedOpened(Event):
    kind: ClassVar[str] = "applications.feed_opened"
    subject_kind: ClassVar[str] = "user"

    def sentence(self) -> str:
        return "启用新的期限日历订阅地址，旧地址失效"
