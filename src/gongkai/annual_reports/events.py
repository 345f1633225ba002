"""What is recorded about annual reports. No names of people, no texts of reports."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from gongkai.ledger.events import Event, kind


@kind
@dataclass(frozen=True)
class BatchUploaded(Event):
    kind: ClassVar[str] = "annual_reports.uploaded"
    subject_kind: ClassVar[str] = "upload_batch"
    files: int
    refused: int
    duplicates: int

    def sentence(self) -> str:
        extra = "".join(
            f"，{n} 个{word}" for n, word in ((self.refused, "没有收"), (self.duplicates, "与已有文件相同")) if n
        )
        return f"上传 {self.files} 个文件{extra}"


@kind
@dataclass(frozen=True)
class ItemRead(Event):
    kind: ClassVar[str] = "annual_reports.read"
    subject_kind: ClassVar[str] = "upload_item"
    sha256: str
    engine: str
    cells: int
    findings: int

    def sentence(self) -> str:
        return f"读出 {self.cells} 个数，发现 {self.findings} 处问题（程序 {self.engine}）"


@kind
@dataclass(frozen=True)
class ItemRefused(Event):
    kind: ClassVar[str] = "annual_reports.refused"
    subject_kind: ClassVar[str] = "upload_item"
    code: str
    message: str

    def sentence(self) -> str:
        return f"没有收下：{self.message}"


@kind
@dataclass(frozen=True)
class ItemRetried(Event):
    kind: ClassVar[str] = "annual_reports.retried"
    subject_kind: ClassVar[str] = "upload_item"
    attempt: int

    def sentence(self) -> str:
        return f"重新排队读取（已试 {self.attempt} 次）"


@kind
@dataclass(frozen=True)
class ReportFiled(Event):
    kind: ClassVar[str] = "annual_reports.filed"
    subject_kind: ClassVar[str] = "annual_report"
    item_id: int
    version: int
    year: int
    scope: str
    sha256: str

    def sentence(self) -> str:
        what = "收到" if self.version == 1 else f"以第 {self.version} 版替换"
        return f"确认机关和年度，{what}{self.year} 年度报告"


@kind
@dataclass(frozen=True)
class CellCorrected(Event):
    kind: ClassVar[str] = "annual_reports.corrected"
    subject_kind: ClassVar[str] = "annual_report"
    version: int
    cell: str
    before: Decimal | str | None
    after: Decimal | str | None
    unit: str
    reason: str

    def sentence(self) -> str:
        before = "空" if self.before is None else self.before
        after = "空" if self.after is None else self.after
        return f"更正 {self.cell}：{before} → {after}{self.unit}，理由：{self.reason}"


@kind
@dataclass(frozen=True)
class CorrectionWithdrawn(Event):
    kind: ClassVar[str] = "annual_reports.correction_withdrawn"
    subject_kind: ClassVar[str] = "annual_report"
    version: int
    cell: str
    reason: str

    def sentence(self) -> str:
        return f"撤回对 {self.cell} 的更正，理由：{self.reason}"


@kind
@dataclass(frozen=True)
class ReportPublished(Event):
    kind: ClassVar[str] = "annual_reports.published"
    subject_kind: ClassVar[str] = "annual_report"
    version: int

    def sentence(self) -> str:
        return f"公开第 {self.version} 版"


@kind
@dataclass(frozen=True)
class ReportWithdrawn(Event):
    kind: ClassVar[str] = "annual_reports.withdrawn"
    subject_kind: ClassVar[str] = "annual_report"
    version: int
    reason: str

    def sentence(self) -> str:
        return f"撤下已公开的第 {self.version} 版，理由：{self.reason}"
