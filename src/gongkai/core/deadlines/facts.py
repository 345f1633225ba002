"""What a clock is computed from, and what comes out of it. Every date is a fact that somebody stated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Literal, NamedTuple

Status = Literal["settled", "provisional"]


class Channel(StrEnum):
    """How an application came (Arts. 29 and 31)."""

    ONLINE = "online"
    IN_PERSON = "in_person"
    POST = "post"
    LETTER = "letter"
    FAX = "fax"
    EMAIL = "email"


CHANNEL_NAMES: dict[Channel, str] = {
    Channel.ONLINE: "网络", Channel.IN_PERSON: "当面", Channel.POST: "邮寄", Channel.LETTER: "平信",
    Channel.FAX: "传真", Channel.EMAIL: "电子邮件",
}
_CONFIRMED = frozenset({Channel.LETTER, Channel.ONLINE, Channel.FAX, Channel.EMAIL})


def needs_confirmation(channel: Channel) -> bool:
    """Whether the day of confirmation, not of arrival, is the day of receipt (Art. 31: ordinary letters, internet,
    fax; e-mail is the internet)."""
    return channel in _CONFIRMED


class PauseKind(StrEnum):
    """Who was asked: a third party (Art. 32), a co-maker (Art. 34) or another organ (Arts. 11, 17 and 33)."""

    THIRD_PARTY = "third_party"
    CO_MAKER = "co_maker"
    OTHER_ORGAN = "other_organ"


@dataclass(frozen=True, slots=True)
class Pause:
    """A consultation: the day it was sent, the day the opinion came (None while it is out), the day the time for it
    ends (None: fifteen working days after sending)."""

    sent: date
    ended: date | None
    kind: PauseKind = PauseKind.THIRD_PARTY
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """The dates of one application. `extended` is in working days, at most 20 (Art. 33), approved on `extended_on`;
    `delayed_to` is the reasonable date of Art. 35; `served` the day on which the reply was posted or handed over."""

    arrived: date
    channel: Channel = Channel.ONLINE
    confirmed: date | None = None
    correction_asked: date | None = None
    correction_due: date | None = None
    corrected: date | None = None
    pauses: tuple[Pause, ...] = ()
    extended: int = 0
    fee_noticed: date | None = None
    fee_due: date | None = None
    paid: date | None = None
    delayed_to: date | None = None
    served: date | None = None
    extended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Conventions:
    """Points that the statute leaves open, each with the reading that is taken unless an office decides otherwise
    (docs/decisions/0006)."""

    receipt_day_counts: bool = False  # True: the day of receipt is itself the first day
    pause_from_sending_day: bool = False  # True: the day on which the letter goes out is paused already
    arrival_day_runs: bool = False  # True: the day on which the opinion comes counts again
    late_opinion_pauses: bool = False  # True: an opinion that comes after its time still paused the clock until then
    day_after_payment_is_first: bool = True  # False: it is the day of receipt of a new period, so the next one is first
    consultation_days: int = 15  # working days; the statute says so for third parties and co-makers only
    confirmation_days: int = 1  # working days in which an office asks back on internet and fax applications
    soon_days: int = 3  # working days from which a due date is called near


DEFAULT = Conventions()


class Step(NamedTuple):
    """One line of an explanation: the day, what happens, the article of the Regulations ("33"), and the notice or
    other rule it rests on."""

    on: date | None
    what: str
    article: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due date with its reasons. `due_on` is None while no clock runs; provisional says that a day to come or an
    opinion still out may move it."""

    due_on: date | None
    status: Status
    steps: tuple[Step, ...]

    def as_json(self) -> dict[str, Any]:
        """The form of `gongkai due --json`."""
        return {
            "due_on": self.due_on and self.due_on.isoformat(),
            "status": self.status,
            "steps": [
                {"on": on and on.isoformat(), "what": what, "article": article, "source": source}
                for on, what, article, source in self.steps
            ],
        }
