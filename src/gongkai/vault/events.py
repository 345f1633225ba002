"""What is recorded about identities: who looked, at which fields, why. Never a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gongkai.ledger.events import Event, kind
from gongkai.vault.fields import FIELDS


def _labels(names: list[str] | tuple[str, ...]) -> str:
    return "、".join(str(FIELDS[name].label) if name in FIELDS else name for name in names) or "（无）"


@kind
@dataclass(frozen=True)
class Sealed(Event):
    kind: ClassVar[str] = "vault.sealed"
    subject_kind: ClassVar[str] = "sealed"
    sealed_id: int
    fields: tuple[str, ...]

    def sentence(self) -> str:
        return f"加密登记第 {self.sealed_id} 号申请人身份：{_labels(self.fields)}"


@kind
@dataclass(frozen=True)
class Amended(Event):
    kind: ClassVar[str] = "vault.amended"
    subject_kind: ClassVar[str] = "sealed"
    sealed_id: int
    fields: tuple[str, ...]
    reason: str

    def sentence(self) -> str:
        return f"更正第 {self.sealed_id} 号申请人身份：{_labels(self.fields)}，理由：{self.reason}"


@kind
@dataclass(frozen=True)
class Revealed(Event):
    kind: ClassVar[str] = "vault.revealed"
    subject_kind: ClassVar[str] = "sealed"
    sealed_id: int
    fields: tuple[str, ...]
    reason: str

    def sentence(self) -> str:
        return f"查看第 {self.sealed_id} 号申请人身份：{_labels(self.fields)}，理由：{self.reason}"


@kind
@dataclass(frozen=True)
class ProofOpened(Event):
    kind: ClassVar[str] = "vault.proof_opened"
    subject_kind: ClassVar[str] = "sealed_file"
    reason: str

    def sentence(self) -> str:
        return f"打开身份证明附件，理由：{self.reason}"


@kind
@dataclass(frozen=True)
class FilesTaken(Event):
    """Encrypted files of a case were decrypted together and left the system."""

    kind: ClassVar[str] = "vault.files_taken"
    subject_kind: ClassVar[str] = "sealed"
    files: int
    reason: str

    def sentence(self) -> str:
        return f"取出加密保存的文书和材料 {self.files} 份，理由：{self.reason}"


@kind
@dataclass(frozen=True)
class OpenedByProgram(Event):
    kind: ClassVar[str] = "vault.opened_by_program"
    subject_kind: ClassVar[str] = "sealed"
    sealed_id: int
    fields: tuple[str, ...]
    purpose: str

    def sentence(self) -> str:
        what = {"letter": "制作文书", "delivery": "送达"}.get(self.purpose, self.purpose)
        return f"程序为{what}取用第 {self.sealed_id} 号申请人身份：{_labels(self.fields)}"


@kind
@dataclass(frozen=True)
class Destroyed(Event):
    kind: ClassVar[str] = "vault.destroyed"
    subject_kind: ClassVar[str] = "sealed"
    sealed_id: int
    fields: tuple[str, ...]
    reason: str

    def sentence(self) -> str:
        return f"销毁第 {self.sealed_id} 号申请人身份：{_labels(self.fields)}，理由：{self.reason}"


@kind
@dataclass(frozen=True)
class ProofDestroyed(Event):
    kind: ClassVar[str] = "vault.proof_destroyed"
    subject_kind: ClassVar[str] = "sealed_file"
    reason: str

    def sentence(self) -> str:
        return f"销毁身份证明附件，理由：{self.reason}"


@kind
@dataclass(frozen=True)
class Rotated(Event):
    kind: ClassVar[str] = "vault.rotated"
    subject_kind: ClassVar[str] = "vault"
    key: str
    rows: int
    files: int

    def sentence(self) -> str:
        return f"改用密钥 {self.key} 重新加密 {self.rows} 份身份信息、{self.files} 个附件"
