"""Which acts the page of a report offers, and why one cannot be done now. Pure decisions over facts. No Django."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from gongkai.compilations.states import ACT_NAMES, Act, Origin, State, lawful
from gongkai.core.offers import Offer, ranked

# As they stand in the panel; waiving stands beside its finding, handing in with the files.
_ORDER = (Act.EDIT, Act.CHECK, Act.SIGN, Act.SUBMIT, Act.APPROVE, Act.RETURN, Act.PUBLISH, Act.TAKE_BACK, Act.CORRECT)
_FIRST = (Act.SIGN, Act.CHECK, Act.SUBMIT, Act.APPROVE, Act.PUBLISH)
# What people look for before it can be done: (act, state) → why not yet.
_NOT_YET: dict[tuple[Act, State], str] = {
    (Act.SIGN, State.DRAFT): "还没有核对", (Act.SIGN, State.RETURNED): "还没有修改和重新核对",
    (Act.SUBMIT, State.DRAFT): "还没有签发", (Act.SUBMIT, State.CHECKED): "还没有签发",
    (Act.SUBMIT, State.RETURNED): "还没有修改和重新签发",
    (Act.PUBLISH, State.SIGNED): "主管部门还没有核准", (Act.PUBLISH, State.SUBMITTED): "主管部门还没有核准",
}
_BY_FILE = frozenset({Act.EDIT, Act.CHECK, Act.SIGN, Act.SUBMIT, Act.TAKE_BACK})


@dataclass(frozen=True, slots=True)
class Situation:
    """What the offers depend on. `open_findings` nobody answered for; `over`: the year of the report is over; `newer`:
    a file that was published has a newer version or corrections."""

    state: State
    origin: Origin = Origin.RECORDS
    alone: bool = False
    over: bool = True
    open_findings: int = 0
    newer: bool = False


def offers(of: Situation, permitted: Collection[Act]) -> list[Offer[Act]]:
    """Acts of this person in this situation; those that people look for stand there with the reason."""
    possible = lawful(of.state, alone=of.alone)
    found = []
    for act in _ORDER:
        if act not in permitted or not _fits(of, act):
            continue
        reason = _reason(of, act) if act in possible else _NOT_YET.get((act, of.state), "")
        if act in possible or reason:
            found.append(Offer(act, ACT_NAMES[act], reason))
    return ranked(found, _FIRST)


def _fits(of: Situation, act: Act) -> bool:
    if of.origin is Origin.FILE:
        return act not in _BY_FILE and (act is not Act.CORRECT or of.newer)
    return not (of.alone and act is Act.SUBMIT)


def _reason(of: Situation, act: Act) -> str:
    if act is not Act.SIGN:
        return ""
    if not of.over:
        return "统计年度还没有结束"
    return "还有没有消除的错误或者矛盾" if of.open_findings else ""
