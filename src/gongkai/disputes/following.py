"""What follows in other rooms; registered when the room starts: registers bring disputes in and take them out, and the
calendar moves their dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from gongkai.applications import following
from gongkai.core.registers.entry import Dispute as Column
from gongkai.core.registers.entry import DisputeKind, Redo, Result, Stage
from gongkai.disputes.actions.dates import move_dates
from gongkai.disputes.actions.importing import DONE_ELSEWHERE, take_in
from gongkai.disputes.actions.parts import hold_open
from gongkai.disputes.models import Proceeding
from gongkai.disputes.states import State, Track

_KINDS: dict[str, DisputeKind] = {kind: kind for kind in get_args(DisputeKind)}
_RESULTS: dict[str, Result] = {result: result for result in get_args(Result)}
_STAGES: dict[str, Stage] = {stage: stage for stage in get_args(Stage)}
_RANK = {"retrial": 0, "second": 1, "first": 2, "reconsideration": 2}
_VALUES = (
    "dispute__application", "dispute", "dispute__track", "dispute__follows", "stage", "received_on", "decided_on",
    "result", "redo_waived", "rehandling", "rehandling__done_on", "rehandling__lifted_on",
)


@dataclass(slots=True)
class _Case:
    """A case on its way to the columns."""

    key: int
    track: str
    follows: int | None
    begins: str
    columns: list[Column]

    @property
    def place(self) -> tuple[int, date, int]:
        """A case that came here in a higher instance stands first: it must not seem to go on with another."""
        return _RANK[self.begins], self.columns[0].received, self.key


def columns_of(applications: Sequence[int]) -> Mapping[int, Sequence[Column]]:
    """The disputes of applications as a register writes them, a proceeding each: a suit after a reconsideration stands
    behind it, one whose reconsideration is not known before all of them."""
    rows = Proceeding.objects.filter(dispute__application__in=applications).exclude(dispute__state=State.CANCELLED)
    found: dict[int, dict[int, _Case]] = defaultdict(dict)
    for application, key, track, follows, stage, received, decided, result, waived, duty, done, lifted in (
        rows.order_by("dispute_id", "position").values_list(*_VALUES)
    ):
        case = found[application].setdefault(key, _Case(key, track, follows, stage, []))
        case.columns.append(Column(
            _KINDS[track], received, decided, _RESULTS.get(result, "pending"), _STAGES.get(stage, "first"),
            bool(case.columns), _redo(waived, duty, done, lifted),
        ))
    return {application: list(_in_order(cases)) for application, cases in found.items()}


def _redo(waived: str, duty: int | None, done: date | None, lifted: date | None) -> Redo:
    if duty is not None:
        return "done" if done else "waived" if lifted else "owed"
    return "" if not waived else "done" if waived == DONE_ELSEWHERE else "waived"


def _in_order(cases: Mapping[int, _Case]) -> Iterator[Column]:
    def of(track: Track, follows: int | None = None) -> list[_Case]:
        rows = [case for case in cases.values() if case.track == track]
        if track == Track.AFTER:
            rows = [case for case in rows if (case.follows if case.follows in cases else None) == follows]
        return sorted(rows, key=lambda case: case.place)

    told = of(Track.AFTER)
    for review in of(Track.RECONSIDERATION):
        told += [review, *of(Track.AFTER, review.key)]
    for case in [*told, *of(Track.DIRECT)]:
        yield from case.columns


following.IMPORTED.append(take_in)
following.DISPUTES_OF.append(columns_of)
following.HOLDING.append(hold_open)
following.MOVING.append(move_dates)
