"""An entry of a register, and what is wrong with a row of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from datetime import date
from typing import Literal

from gongkai.core.deadlines.facts import Channel
from gongkai.core.law.applicants import ApplicantKind

DisputeKind = Literal["reconsideration", "direct", "after"]
Result = Literal["upheld", "corrected", "other", "pending"]
Stage = Literal["first", "second", "retrial"]
Redo = Literal["", "owed", "done", "waived"]
Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A reconsideration, or an instance of a suit with or without one before. `decided` is None while `result` is
    pending. The keys are those of table 四.

    They stand in an order: an instance that `goes_on` belongs to the suit of the one before it, a suit after a
    reconsideration follows the last one before it. `redo` is what a register says of a 纠正: whether the organ still
    has to reply anew, has done so, or need not; empty where it says nothing.
    """

    kind: DisputeKind
    received: date
    decided: date | None = None
    result: Result = "pending"
    stage: Stage = "first"
    goes_on: bool = False
    redo: Redo = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An application as a register keeps it. `outcome` is the key of an answer, None while it is open; `extended` is
    in working days; `extra` holds the columns of the office's own, heading → text. `sheet` names the sheet of `row`
    where several were read."""

    row: int
    number: str
    received: date
    channel: Channel | None = None
    applicant_kind: ApplicantKind | None = None
    content: str = ""
    correction_asked: date | None = None
    corrected: date | None = None
    extended: int | None = None
    closed: date | None = None
    outcome: str | None = None
    reply_number: str = ""
    disputes: tuple[Dispute, ...] = ()
    note: str = ""
    extra: Mapping[str, str] = made(default_factory=dict)
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row: spreadsheet row (from 1), 登记号 as far as known, field key, stable code, and a Chinese
    sentence with its `values` named in it as %(name)s. An error keeps the row out; a warning can be mended later; a
    note is a fact worth knowing. `sheet` names the sheet of the row where several were read."""

    row: int
    number: str
    field: str
    code: str
    sentence: str
    values: Mapping[str, object] = made(default_factory=dict)
    severity: Severity = "error"
    sheet: str = ""

    @property
    def message(self) -> str:
        """The sentence filled in."""
        return self.sentence % self.values if self.values else self.sentence


@dataclass(frozen=True, slots=True)
class Parsed:
    """A row's entry, None when an error keeps it out, and everything that there is to say about it."""

    entry: Entry | None
    problems: tuple[Problem, ...] = ()
