"""What is recorded of the desk's own acts: wrong words, the watch over links, a list that left the house."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gongkai.ledger.events import Event, kind


@kind
@dataclass(frozen=True)
class WordingSet(Event):
    kind: ClassVar[str] = "publications.wording_set"
    subject_kind: ClassVar[str] = "wording"
    wrong: str
    right: str

    def sentence(self) -> str:
        return f"错误写法“{self.wrong}”" + (f"，应为“{self.right}”" if self.right else "，不得出现")


@kind
@dataclass(frozen=True)
class WordingRemoved(Event):
    kind: ClassVar[str] = "publications.wording_removed"
    subject_kind: ClassVar[str] = "wording"
    wrong: str

    def sentence(self) -> str:
        return f"删去错误写法“{self.wrong}”"


@kind
@dataclass(frozen=True)
class WordingsImported(Event):
    kind: ClassVar[str] = "publications.wordings_imported"
    subject_kind: ClassVar[str] = "wording"
    added: int
    changed: int

    def sentence(self) -> str:
        return f"导入错误写法：新增 {self.added} 条，更改 {self.changed} 条"


@kind
@dataclass(frozen=True)
class LinkWatchSet(Event):
    kind: ClassVar[str] = "publications.link_watch_set"
    subject_kind: ClassVar[str] = "agency"
    on: bool

    def sentence(self) -> str:
        return "开始检查已公开信息里的链接" if self.on else "停止检查已公开信息里的链接"


@kind
@dataclass(frozen=True)
class LinksNoted(Event):
    kind: ClassVar[str] = "publications.links_noted"
    subject_kind: ClassVar[str] = "publication"
    dead: int
    mended: int

    def sentence(self) -> str:
        said = [f"新发现失效链接 {self.dead} 个"] if self.dead else []
        if self.mended:
            said.append(f"{self.mended} 个不再失效")
        return "，".join(said)


@kind
@dataclass(frozen=True)
class ListExported(Event):
    kind: ClassVar[str] = "publications.exported"
    subject_kind: ClassVar[str] = "register"
    rows: int
    form: str

    def sentence(self) -> str:
        return f"导出公开台账 {self.rows} 件（{self.form}）"
