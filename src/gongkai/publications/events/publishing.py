"""What is recorded when the public sees something new, or no longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from gongkai.ledger.events import Event, kind
from gongkai.publications.events.drafting import _OfEdition
from gongkai.publications.kinds import (
    CHANNEL_NAMES,
    INTERPRETATION_FORMS,
    RELATION_NAMES,
    VALIDITY_NAMES,
    WITHDRAWAL_NAMES,
    Relation,
    Validity,
    Withdrawal,
)


@dataclass(frozen=True)
class _OfPublication(Event):
    subject_kind: ClassVar[str] = "publication"

    def sentence(self) -> str:
        return ""


@kind
@dataclass(frozen=True)
class Published(_OfEdition):
    kind: ClassVar[str] = "publications.published"
    index_number: str
    digest: str
    due_on: date | str | None
    late_days: int
    emergency: bool
    review_due_on: date | str | None
    channels: tuple[str, ...] | list[str]

    def sentence(self) -> str:
        late = f"，逾期 {self.late_days} 个工作日" if self.late_days else ""
        after = f"，应急发布，{self.review_due_on}前补审" if self.emergency and self.review_due_on else ""
        return f"发布第{self.edition}版（{self.index_number}）{late}{after}"


@kind
@dataclass(frozen=True)
class Withdrawn(_OfEdition):
    kind: ClassVar[str] = "publications.withdrawn"
    reason: str

    def sentence(self) -> str:
        return f"撤下：{WITHDRAWAL_NAMES[Withdrawal(self.reason)]}"


@kind
@dataclass(frozen=True)
class ChannelsSet(_OfPublication):
    kind: ClassVar[str] = "publications.channels_set"
    channels: tuple[str, ...] | list[str]

    def sentence(self) -> str:
        return f"公开渠道：{'、'.join(CHANNEL_NAMES[key] for key in self.channels)}"


@kind
@dataclass(frozen=True)
class ValidityMarked(_OfPublication):
    kind: ClassVar[str] = "publications.validity_marked"
    before: str
    validity: str
    ended_on: date | str | None
    by_publication: int | None

    def sentence(self) -> str:
        ended = f"，自{self.ended_on}起" if self.ended_on else ""
        return f"有效性改为{VALIDITY_NAMES[Validity(self.validity)]}{ended}"


@kind
@dataclass(frozen=True)
class Linked(_OfPublication):
    kind: ClassVar[str] = "publications.linked"
    relation: str
    target: int

    def sentence(self) -> str:
        return f"关联：{RELATION_NAMES[Relation(self.relation)][0]}"


@kind
@dataclass(frozen=True)
class Unlinked(_OfPublication):
    kind: ClassVar[str] = "publications.unlinked"
    relation: str
    target: int

    def sentence(self) -> str:
        return f"取消关联：{RELATION_NAMES[Relation(self.relation)][0]}"


@kind
@dataclass(frozen=True)
class InterpretationPlanned(_OfPublication):
    kind: ClassVar[str] = "publications.interpretation_planned"
    form: str
    due_on: date | str | None

    def sentence(self) -> str:
        when = f"{self.due_on}前" if self.due_on else "与文件同步"
        return f"确定解读方案：{INTERPRETATION_FORMS[self.form]}，{when}"


@kind
@dataclass(frozen=True)
class InterpretationExempt(_OfPublication):
    kind: ClassVar[str] = "publications.interpretation_exempt"

    def sentence(self) -> str:
        return "确定不另作解读，理由见解读方案"


@kind
@dataclass(frozen=True)
class DueMoved(_OfPublication):
    kind: ClassVar[str] = "publications.due_moved"
    before: date | str | None
    after: date | str | None
    source: str

    def sentence(self) -> str:
        return f"公开期限由{self.before or '未定'}改为{self.after or '未定'}（{self.source}）"
