"""What is recorded here. No names of people, no words of reports: numbers, cells, codes and reasons."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from gongkai.core.report.render.tables import cell_title
from gongkai.ledger.events import Event, kind

_SUBJECT = "compilation"
_SCOPES = {"own": "本机关", "consolidated": "本级汇总"}


@kind
@dataclass(frozen=True)
class CompilationStarted(Event):
    kind: ClassVar[str] = "compilations.started"
    subject_kind: ClassVar[str] = _SUBJECT
    year: int
    scope: str
    form: str

    def sentence(self) -> str:
        return f"开始编制 {self.year} 年度年报（{_SCOPES.get(self.scope, self.scope)}，{self.form} 年表式）"


@kind
@dataclass(frozen=True)
class CellsEntered(Event):
    kind: ClassVar[str] = "compilations.entered"
    subject_kind: ClassVar[str] = _SUBJECT
    what: str  # a cell of table 二, or "t3", "t4" for a whole table
    values: tuple[str, ...]  # "cell=value"
    source: str

    def sentence(self) -> str:
        return f"手工填报{_named(self.what)}，{len(self.values)} 个数，来源：{self.source}"


@kind
@dataclass(frozen=True)
class EntryWithdrawn(Event):
    kind: ClassVar[str] = "compilations.entry_withdrawn"
    subject_kind: ClassVar[str] = _SUBJECT
    what: str
    cells: int

    def sentence(self) -> str:
        return f"收回{_named(self.what)}的手工填报，改回按记录计数"


@kind
@dataclass(frozen=True)
class FactSet(Event):
    kind: ClassVar[str] = "compilations.fact_set"
    subject_kind: ClassVar[str] = "agency_year"
    year: int
    key: str
    before: Decimal | str | None
    after: Decimal | str | None
    source: str

    def sentence(self) -> str:
        before = "空" if self.before is None else self.before
        after = "空" if self.after is None else self.after
        return f"{self.year} 年度工作数据 {self.key}：{before} → {after}，来源：{self.source}"


@kind
@dataclass(frozen=True)
class ProseWritten(Event):
    kind: ClassVar[str] = "compilations.prose_written"
    subject_kind: ClassVar[str] = _SUBJECT
    section: int
    aspect: int
    characters: int

    def sentence(self) -> str:
        aspect = f"（{self.aspect}）" if self.aspect else ""
        return f"修改第 {self.section} 部分{aspect}正文，{self.characters} 字"


@kind
@dataclass(frozen=True)
class ProseRedrafted(Event):
    kind: ClassVar[str] = "compilations.prose_redrafted"
    subject_kind: ClassVar[str] = _SUBJECT
    texts: int

    def sentence(self) -> str:
        return f"按现有数字重新起草正文 {self.texts} 段"


@kind
@dataclass(frozen=True)
class ReportChecked(Event):
    kind: ClassVar[str] = "compilations.checked"
    subject_kind: ClassVar[str] = _SUBJECT
    errors: int
    inconsistencies: int
    warnings: int
    waived: int

    def sentence(self) -> str:
        return (
            f"核对：错误 {self.errors}，矛盾 {self.inconsistencies}，提醒 {self.warnings}"
            + (f"，其中说明理由放行 {self.waived}" if self.waived else "")
        )


@kind
@dataclass(frozen=True)
class FindingWaived(Event):
    kind: ClassVar[str] = "compilations.waived"
    subject_kind: ClassVar[str] = _SUBJECT
    code: str
    cells: tuple[str, ...]
    reason: str

    def sentence(self) -> str:
        return f"对问题 {self.code} 说明理由放行：{self.reason}"


@kind
@dataclass(frozen=True)
class WaiverWithdrawn(Event):
    kind: ClassVar[str] = "compilations.waiver_withdrawn"
    subject_kind: ClassVar[str] = _SUBJECT
    code: str

    def sentence(self) -> str:
        return f"收回对问题 {self.code} 的放行"


@kind
@dataclass(frozen=True)
class ReportSigned(Event):
    """`digest` is that of the frozen numbers and lists: `gongkai doctor` holds the rows against it."""

    kind: ClassVar[str] = "compilations.signed"
    subject_kind: ClassVar[str] = _SUBJECT
    number: int
    version: int
    records: int
    digest: str
    waived: int = 0

    def sentence(self) -> str:
        waived = f"，带着 {self.waived} 个说明理由放行的问题" if self.waived else ""
        return f"签发第 {self.version} 版{waived}，{self.records} 条记录随之固定（校验值 {self.digest[:16]}）"


@kind
@dataclass(frozen=True)
class SignatureTakenBack(Event):
    kind: ClassVar[str] = "compilations.taken_back"
    subject_kind: ClassVar[str] = _SUBJECT
    version: int

    def sentence(self) -> str:
        return f"撤回对第 {self.version} 版的签发"


@kind
@dataclass(frozen=True)
class ReportSubmitted(Event):
    kind: ClassVar[str] = "compilations.submitted"
    subject_kind: ClassVar[str] = _SUBJECT
    version: int
    late_days: int

    def sentence(self) -> str:
        return f"把第 {self.version} 版提交主管部门" + (f"，逾期 {self.late_days} 天" if self.late_days else "")


@kind
@dataclass(frozen=True)
class FileHandedIn(Event):
    kind: ClassVar[str] = "compilations.handed_in"
    subject_kind: ClassVar[str] = _SUBJECT
    year: int
    scope: str
    version: int
    late_days: int

    def sentence(self) -> str:
        late = f"，逾期 {self.late_days} 天" if self.late_days else ""
        return f"以文件报送 {self.year} 年度年报（第 {self.version} 版）{late}"


@kind
@dataclass(frozen=True)
class ReportReturned(Event):
    kind: ClassVar[str] = "compilations.returned"
    subject_kind: ClassVar[str] = _SUBJECT
    version: int
    text: str

    def sentence(self) -> str:
        return f"退回第 {self.version} 版：{self.text}"


@kind
@dataclass(frozen=True)
class ReportApproved(Event):
    kind: ClassVar[str] = "compilations.approved"
    subject_kind: ClassVar[str] = _SUBJECT
    version: int

    def sentence(self) -> str:
        return f"核准第 {self.version} 版"


@kind
@dataclass(frozen=True)
class CompiledPublished(Event):
    kind: ClassVar[str] = "compilations.published"
    subject_kind: ClassVar[str] = _SUBJECT
    version: int

    def sentence(self) -> str:
        return f"公布第 {self.version} 版"


@kind
@dataclass(frozen=True)
class ErratumIssued(Event):
    kind: ClassVar[str] = "compilations.corrected"
    subject_kind: ClassVar[str] = _SUBJECT
    number: int
    version: int
    changes: tuple[str, ...]  # "cell: before → after"
    texts: int
    reason: str
    digest: str

    def sentence(self) -> str:
        texts = f"和 {self.texts} 段正文" if self.texts else ""
        return f"发布更正（第 {self.version} 版），改动 {len(self.changes)} 个数{texts}，理由：{self.reason}"


def _named(what: str) -> str:
    """A cell or a whole table in words."""
    return {"t3": "表三", "t4": "表四"}.get(what) or f"“{cell_title(what)}”"
