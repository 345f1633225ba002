"""What is recorded about catalogues. Names of items are words of the office; people are told by their number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from gongkai.ledger.events import Event, kind


@kind
@dataclass(frozen=True)
class SkeletonAdopted(Event):
    kind: ClassVar[str] = "catalogue.skeleton_adopted"
    subject_kind: ClassVar[str] = "catalogue"
    added: int

    def sentence(self) -> str:
        return f"采用法定目录，新增 {self.added} 个公开事项"


@kind
@dataclass(frozen=True)
class ItemAdded(Event):
    kind: ClassVar[str] = "catalogue.item_added"
    subject_kind: ClassVar[str] = "catalogue_item"
    code: str
    name: str

    def sentence(self) -> str:
        return f"新增公开事项 {self.code}“{self.name}”"


@kind
@dataclass(frozen=True)
class ItemChanged(Event):
    kind: ClassVar[str] = "catalogue.item_changed"
    subject_kind: ClassVar[str] = "catalogue_item"
    code: str
    name: str
    edition: int
    fields: list[str]
    from_on: date | str
    reason: str

    def sentence(self) -> str:
        return f"修改公开事项 {self.code}“{self.name}”，第 {self.edition} 版，自{self.from_on}起：{self.reason}"


@kind
@dataclass(frozen=True)
class ItemRetired(Event):
    kind: ClassVar[str] = "catalogue.item_retired"
    subject_kind: ClassVar[str] = "catalogue_item"
    code: str
    name: str
    reason: str

    def sentence(self) -> str:
        return f"停用公开事项 {self.code}“{self.name}”：{self.reason}"


@kind
@dataclass(frozen=True)
class ItemRestored(Event):
    kind: ClassVar[str] = "catalogue.item_restored"
    subject_kind: ClassVar[str] = "catalogue_item"
    code: str
    name: str
    reason: str

    def sentence(self) -> str:
        return f"恢复公开事项 {self.code}“{self.name}”：{self.reason}"


@kind
@dataclass(frozen=True)
class ItemAssigned(Event):
    kind: ClassVar[str] = "catalogue.item_assigned"
    subject_kind: ClassVar[str] = "catalogue_item"
    code: str
    name: str
    section: str
    owner_id: int | None

    def sentence(self) -> str:
        whose = f"由{self.section}负责" if self.section else "不再由科室负责"
        return f"公开事项 {self.code}“{self.name}”{whose}" + ("，指定了责任人" if self.owner_id else "")


@kind
@dataclass(frozen=True)
class StandardImported(Event):
    kind: ClassVar[str] = "catalogue.standard_imported"
    subject_kind: ClassVar[str] = "catalogue"
    added: int
    changed: int
    unchanged: int
    refused: int

    def sentence(self) -> str:
        left = f"，跳过有问题的 {self.refused} 行" if self.refused else ""
        return f"导入基层标准目录：新增 {self.added} 项，修改 {self.changed} 项，未变 {self.unchanged} 项{left}"


@kind
@dataclass(frozen=True)
class CatalogueHandedDown(Event):
    kind: ClassVar[str] = "catalogue.handed_down"
    subject_kind: ClassVar[str] = "catalogue"
    added: int
    changed: int
    reason: str

    def sentence(self) -> str:
        return f"上级下达公开事项：新增 {self.added} 项，更新 {self.changed} 项。{self.reason}"
