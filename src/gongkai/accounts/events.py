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

    def sentence(self) -> str:
        return f"自{self.valid_from}起任命第 {self.user_id} 号账号为{BY_KEY[self.role].name}"


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
