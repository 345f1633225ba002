"""What is recorded about calendars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gongkai.ledger.events import Event, kind


@kind
@dataclass(frozen=True)
class ArrangementAdopted(Event):
    kind: ClassVar[str] = "calendars.adopted"
    subject_kind: ClassVar[str] = "calendar"
    year: int
    region: str
    notice: str
    days_off: int
    days_worked: int
    sha: str
    instead_of: int | None

    def sentence(self) -> str:
        where = f"地区 {self.region} " if self.region else ""
        again = "，替换此前的安排" if self.instead_of else ""
        return (
            f"采用{where}{self.year}年节假日安排（{self.notice}）：放假 {self.days_off} 天，"
            f"调休上班 {self.days_worked} 天{again}"
        )
