"""What is recorded about the registers behind table 二."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from gongkai.ledger.events import Event, kind
from gongkai.statutory_registers.registers import ENDING_NAMES, REGISTER_NAMES, SHOWN_NAMES, Ending, Register, Shown


@kind
@dataclass(frozen=True)
class DocumentEntered(Event):
    kind: ClassVar[str] = "registers.document_entered"
    subject_kind: ClassVar[str] = "register_document"
    number: str
    made_on: date | str

    def sentence(self) -> str:
        return f"登记{self.made_on}制发的文件{self.number}"


@kind
@dataclass(frozen=True)
class DocumentChanged(Event):
    kind: ClassVar[str] = "registers.document_changed"
    subject_kind: ClassVar[str] = "register_document"
    fields: list[str]

    def sentence(self) -> str:
        return "更正" + "、".join(self.fields)


@kind
@dataclass(frozen=True)
class DocumentEnded(Event):
    kind: ClassVar[str] = "registers.document_ended"
    subject_kind: ClassVar[str] = "register_document"
    ending: str
    on: date | str
    by_id: int | None

    def sentence(self) -> str:
        return f"自{self.on}起{ENDING_NAMES[Ending(self.ending)]}"


@kind
@dataclass(frozen=True)
class DocumentLinked(Event):
    kind: ClassVar[str] = "registers.document_linked"
    subject_kind: ClassVar[str] = "register_document"
    publication_id: int | None
    reason: str

    def sentence(self) -> str:
        return "关联已公开的文本" if self.publication_id else f"说明不公开：{self.reason}"


@kind
@dataclass(frozen=True)
class EntryAdded(Event):
    kind: ClassVar[str] = "registers.entry_added"
    subject_kind: ClassVar[str] = "register_entry"
    table: str  # a key of Register; "register" is taken by ABC
    on: date | str

    def sentence(self) -> str:
        return f"登记{REGISTER_NAMES[Register(self.table)]}一件（{self.on}）"


@kind
@dataclass(frozen=True)
class EntryShown(Event):
    kind: ClassVar[str] = "registers.entry_shown"
    subject_kind: ClassVar[str] = "register_entry"
    shown: str
    on: date | str | None

    def sentence(self) -> str:
        return SHOWN_NAMES[Shown(self.shown)] + (f"（{self.on}）" if self.on else "")


@kind
@dataclass(frozen=True)
class EntryCancelled(Event):
    kind: ClassVar[str] = "registers.entry_cancelled"
    subject_kind: ClassVar[str] = "register_entry"
    reason: str

    def sentence(self) -> str:
        return f"注销这一登记：{self.reason}"


@kind
@dataclass(frozen=True)
class ItemAdded(Event):
    kind: ClassVar[str] = "registers.item_added"
    subject_kind: ClassVar[str] = "power_item"
    table: str
    from_on: date | str

    def sentence(self) -> str:
        return f"自{self.from_on}起增加{REGISTER_NAMES[Register(self.table)]}事项"


@kind
@dataclass(frozen=True)
class ItemEnded(Event):
    kind: ClassVar[str] = "registers.item_ended"
    subject_kind: ClassVar[str] = "power_item"
    to_on: date | str

    def sentence(self) -> str:
        return f"自{self.to_on}起取消这一事项"


@kind
@dataclass(frozen=True)
class RowsImported(Event):
    kind: ClassVar[str] = "registers.imported"
    subject_kind: ClassVar[str] = "register_import"
    table: str
    rows: int
    refused: int
    sha256: str

    def sentence(self) -> str:
        name = REGISTER_NAMES.get(self.table, "规范性文件")  # type: ignore[call-overload]
        return f"导入{name}台账 {self.rows} 行" + (f"，跳过 {self.refused} 行" if self.refused else "")


@kind
@dataclass(frozen=True)
class RowsExported(Event):
    kind: ClassVar[str] = "registers.exported"
    subject_kind: ClassVar[str] = "register"
    table: str
    rows: int
    form: str

    def sentence(self) -> str:
        name = REGISTER_NAMES.get(self.table, "规范性文件")  # type: ignore[call-overload]
        return f"导出{name}台账 {self.rows} 行（{self.form}）"
