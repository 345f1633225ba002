"""What is recorded while a publication is drafted. A draft's title may name somebody: it is never here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gongkai.ledger.events import Event, kind
from gongkai.publications.kinds import ATTRIBUTE_NAMES, KIND_NAMES, Attribute, Kind


@dataclass(frozen=True)
class _OfEdition(Event):
    subject_kind: ClassVar[str] = "publication"
    edition: int

    def sentence(self) -> str:
        return f"第{self.edition}版"


@kind
@dataclass(frozen=True)
class Drafted(_OfEdition):
    kind: ClassVar[str] = "publications.drafted"
    of_kind: str
    source: str = ""

    def sentence(self) -> str:
        return f"起草{KIND_NAMES[Kind(self.of_kind)]}"


@kind
@dataclass(frozen=True)
class Edited(_OfEdition):
    """`fields`: names of what changed; `verdict`: what screening says of the words."""

    kind: ClassVar[str] = "publications.edited"
    fields: tuple[str, ...] | list[str]
    attribute: str
    verdict: str

    def sentence(self) -> str:
        named = f"，公开属性{ATTRIBUTE_NAMES[Attribute(self.attribute)]}" if self.attribute else ""
        return f"修改第{self.edition}版，{len(self.fields)} 项{named}"


@kind
@dataclass(frozen=True)
class Submitted(_OfEdition):
    kind: ClassVar[str] = "publications.submitted"
    attribute: str

    def sentence(self) -> str:
        return f"报送公开工作机构，公开属性{ATTRIBUTE_NAMES[Attribute(self.attribute)]}"


@kind
@dataclass(frozen=True)
class Accepted(_OfEdition):
    kind: ClassVar[str] = "publications.accepted"

    def sentence(self) -> str:
        return "公开工作机构接收"


@kind
@dataclass(frozen=True)
class Discarded(_OfEdition):
    kind: ClassVar[str] = "publications.discarded"

    def sentence(self) -> str:
        return f"作废第{self.edition}版"


@kind
@dataclass(frozen=True)
class Revised(_OfEdition):
    kind: ClassVar[str] = "publications.revised"
    from_edition: int

    def sentence(self) -> str:
        return f"在第{self.from_edition}版的基础上修订，起草第{self.edition}版"


@kind
@dataclass(frozen=True)
class FileAttached(_OfEdition):
    """`sha256` is of the original, `cleaned` of what was rebuilt from it ("" when nothing could be)."""

    kind: ClassVar[str] = "publications.file_attached"
    attachment_id: int
    sha256: str
    cleaned: str
    verdict: str
    found: int

    def sentence(self) -> str:
        said = {"pass": "筛查通过", "warn": "筛查有提示", "block": "含不能公开的内容", "unreadable": "无法筛查"}
        return f"上传附件，{said[self.verdict]}"


@kind
@dataclass(frozen=True)
class FileRemoved(_OfEdition):
    kind: ClassVar[str] = "publications.file_removed"
    attachment_id: int
    sha256: str

    def sentence(self) -> str:
        return "删除附件"


@kind
@dataclass(frozen=True)
class FilesArranged(_OfEdition):
    kind: ClassVar[str] = "publications.files_arranged"

    def sentence(self) -> str:
        return "调整附件的名称或者次序"


@kind
@dataclass(frozen=True)
class FileLookedAt(_OfEdition):
    kind: ClassVar[str] = "publications.file_looked_at"
    attachment_id: int
    sha256: str

    def sentence(self) -> str:
        return "逐件核对了未能自动筛查的附件"


@kind
@dataclass(frozen=True)
class WarningsAccepted(_OfEdition):
    kind: ClassVar[str] = "publications.warnings_accepted"
    found: int

    def sentence(self) -> str:
        return f"核对筛查提示 {self.found} 条，确认可以公开"
