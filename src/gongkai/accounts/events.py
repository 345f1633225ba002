"""What is recorded about accounts and posts. People are named by their number, never by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from gongkai.accounts.roles import BY_KEY
from gongkai.ledger.events import Event, kind


@kind
@dataclass(frozen=True)
class UserCreated(Event):
    kind: ClassVar[str] = "accounts.user_created"
    subject_kind: ClassVar[str] = "user"
    user_id: int

    def sentence(self) -> str:
        return f"开设第 {self.user_id} 号账号"


@kind
@dataclass(frozen=True)
class Appointed(Event):
    kind: ClassVar[str] = "accounts.appointed"
    subject_kind: ClassVar[str] = "user"
    user_id: int
    agency_id: int
    role: str
    valid_from: date | str
    section_id: int | None = None

    def sentence(self) -> str:
        where = f"（第 {self.section_id} 号科室）" if self.section_id else ""
        return f"自{self.valid_from}起任命第 {self.user_id} 号账号为{BY_KEY[self.role].name}{where}"


@kind
@dataclass(frozen=True)
class Relieved(Event):
    kind: ClassVar[str] = "accounts.relieved"
    subject_kind: ClassVar[str] = "user"
    user_id: int
    agency_id: int
    role: str
    valid_to: date | str

    def sentence(self) -> str:
        return f"第 {self.user_id} 号账号的{BY_KEY[self.role].name}岗位到{self.valid_to}止"


@kind
@dataclass(frozen=True)
class PasswordReset(Event):
    kind: ClassVar[str] = "accounts.password_reset"
    subject_kind: ClassVar[str] = "user"
    user_id: int

    def sentence(self) -> str:
        return f"为第 {self.user_id} 号账号重设一次性密码，下次登录须修改"


@kind
@dataclass(frozen=True)
class PasswordChanged(Event):
    kind: ClassVar[str] = "accounts.password_changed"
    subject_kind: ClassVar[str] = "user"
    user_id: int

    def sentence(self) -> str:
        return f"第 {self.user_id} 号账号修改自己的密码"


@kind
@dataclass(frozen=True)
class SecondFactorCleared(Event):
    kind: ClassVar[str] = "accounts.second_factor_cleared"
    subject_kind: ClassVar[str] = "user"
    user_id: int

    def sentence(self) -> str:
        return f"清除第 {self.user_id} 号账号的两步验证，须重新启用"


@kind
@dataclass(frozen=True)
class SecondFactorsSealed(Event):
    kind: ClassVar[str] = "accounts.second_factors_sealed"
    subject_kind: ClassVar[str] = "vault"
    count: int

    def sentence(self) -> str:
        return f"用新密钥重新加密 {self.count} 份两步验证"


@kind
@dataclass(frozen=True)
class AccountClosed(Event):
    kind: ClassVar[str] = "accounts.closed"
    subject_kind: ClassVar[str] = "user"
    user_id: int

    def sentence(self) -> str:
        return f"停用第 {self.user_id} 号账号"


@kind
@dataclass(frozen=True)
class AccountReopened(Event):
    kind: ClassVar[str] = "accounts.reopened"
    subject_kind: ClassVar[str] = "user"
    user_id: int

    def sentence(self) -> str:
        return f"重新启用第 {self.user_id} 号账号"
