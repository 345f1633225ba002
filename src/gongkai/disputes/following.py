"""What follows in other rooms; registered when the room starts: registers bring disputes in and take them out, and the
calendar moves their dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import get_args

from gongkai.applications import following
from gongkai.core.registers.entry import Dispute as Column
from gongkai.core.registers.entry import DisputeKind, Result
from gongkai.disputes.actions.dates import move_dates
from gongkai.disputes.actions.importing import take_in
from gongkai.disputes.actions.parts import hold_open
from gongkai.disputes.models import Proceeding
from gongkai.disputes.states import State

_KINDS: dict[str, DisputeKind] = {kind: kind for kind in get_args(DisputeKind)}
_RESULTS: dict[str, Result] = {result: result for result in get_args(Result)}


def columns_of(applications: Sequence[int]) -> Mapping[int, Sequence[Column]]:
    """The disputes of applications as a register writes them: received when the first notice came, decided as the last
    proceeding was."""
    rows = Proceeding.objects.filter(dispute__application__in=applications).exclude(dispute__state=State.CANCELLED)
    found: dict[int, dict[int, Column]] = defaultdict(dict)
    values = rows.order_by("dispute_id", "position").values_list(
        "dispute__application", "dispute", "dispute__track", "received_on", "decided_on", "result",
    )
    for application, dispute, track, received, decided, result in values:
        first = found[application].get(dispute)
        found[application][dispute] = Column(
            _KINDS[track], first.received if first else received, decided, _RESULTS.get(result, "pending"),
        )
    return {key: sorted(cases.values(), key=lambda one: one.received) for key, cases in found.items()}


following.IMPORTED.append(take_in)
following.DISPUTES_OF.append(columns_of)
following.HOLDING.append(hold_open)
following.MOVING.append(move_dates)
