"""What is recorded about agencies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from gongkai.ledger.events import Event, kind


@kind
@dataclass(frozen=True)
class AgencyAdded(Event):
    kind: ClassVar[str] = "agencies.added"
    subject_kind: ClassVar[str] = "agency"
    name: str
    parent_id: int | None

    def sentence(self) -> str:
        return f"登记机关“{self.name}”"


@kind
@dataclass(frozen=True)
class AgencyChanged(Event):
    kind: ClassVar[str] = "agencies.changed"
    subject_kind: ClassVar[str] = "agency"
    fields: dict[str, list[str]]

    def sentence(self) -> str:
        return "修改：" + "；".join(f"{field} {before or '（空）'} → {after or '（空）'}"
                                 for field, (before, after) in self.fields.items())


@kind
@dataclass(frozen=True)
class AgencyRenamed(Event):
    kind: ClassVar[str] = "agencies.renamed"
    subject_kind: ClassVar[str] = "agency"
    before: str
    after: str
    on: date | str

    def sentence(self) -> str:
        return f"自{self.on}起由“{self.before}”更名为“{self.after}”"


@kind
@dataclass(frozen=True)
class AgencyMoved(Event):
    kind: ClassVar[str] = "agencies.moved"
    subject_kind: ClassVar[str] = "agency"
    before_parent_id: int | None
    after_parent_id: int | None
    agencies: int
    on: date | str = ""  # moves recorded before the tree kept its history have no day
    document: str = ""

    def sentence(self) -> str:
        when, why = f"自{self.on}起" if self.on else "", f"（{self.document}）" if self.document else ""
        return f"{when}改变上级，连同下级共 {self.agencies} 个机关{why}"


@kind
@dataclass(frozen=True)
class AgencyAbolished(Event):
    kind: ClassVar[str] = "agencies.abolished"
    subject_kind: ClassVar[str] = "agency"
    on: date | str
    successor_ids: list[int]

    def sentence(self) -> str:
        heirs = f"，职责由 {len(self.successor_ids)} 个机关承继" if self.successor_ids else ""
        return f"自{self.on}起撤销{heirs}"


@kind
@dataclass(frozen=True)
class AgenciesImported(Event):
    kind: ClassVar[str] = "agencies.imported"
    subject_kind: ClassVar[str] = "agency"
    added: int
    changed: int
    unchanged: int

    def sentence(self) -> str:
        return f"从表格导入机关：新增 {self.added} 个，修改 {self.changed} 个，未变 {self.unchanged} 个"


@kind
@dataclass(frozen=True)
class OfficeDescribed(Event):
    kind: ClassVar[str] = "agencies.office_described"
    subject_kind: ClassVar[str] = "agency"
    fields: dict[str, list[str]]

    def sentence(self) -> str:
        return "修改公开指南的机构信息：" + "；".join(
            f"{field} {before or '（空）'} → {after or '（空）'}" for field, (before, after) in self.fields.items())


@kind
@dataclass(frozen=True)
class SectionSet(Event):
    kind: ClassVar[str] = "agencies.section_set"
    subject_kind: ClassVar[str] = "agency"
    section_id: int
    name: str
    active: bool

    def sentence(self) -> str:
        return f"科室“{self.name}”" + ("在用" if self.active else "停用")
