"""Which acts the page of a case offers, and why one cannot be done now. Pure decisions over facts. No Django."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from gongkai.core.offers import Offer, ranked
from gongkai.disputes.states import ACT_NAMES, FOLLOWS, Act, Stage, State, lawful

# As they stand in the panel.
_ORDER = (
    Act.ANSWER, Act.DECIDE, Act.REHANDLE, Act.APPEAL, Act.CLOSE, Act.ATTACH, Act.AMEND, Act.REOPEN, Act.CANCEL,
)
_FIRST: dict[State, tuple[Act, ...]] = {
    State.RECEIVED: (Act.ANSWER,), State.ANSWERED: (Act.REHANDLE, Act.DECIDE),
    State.DECIDED: (Act.REHANDLE, Act.CLOSE),
}
# What people look for although it is not lawful yet.
_WHY: dict[tuple[State, Act], str] = {
    (State.RECEIVED, Act.CLOSE): "还没有结果", (State.ANSWERED, Act.CLOSE): "还没有结果",
    (State.ANSWERED, Act.ANSWER): "已经登记答复；日期有误的，请更正登记",
    (State.DECIDED, Act.ANSWER): "已经有结果；漏登答复日期的，请更正登记",
}


@dataclass(frozen=True, slots=True)
class Situation:
    """What the offers depend on: the state, the last proceeding's instance and whether it was answered, and how many
    duties to reply anew are open."""

    state: State
    stage: Stage
    answered: bool = False
    ours: bool = False
    open_duties: int = 0


def offers(of: Situation, permitted: Collection[Act]) -> list[Offer[Act]]:
    """The acts of this person in this situation, the primary one first, closed ones with the reason at the end."""
    able, made = lawful(of.state), []
    for act in _ORDER:
        if act not in permitted or not _fits(of, act):
            continue
        reason = _closed(of, act) if act in able else _WHY.get((of.state, act), "")
        if act in able or reason:
            made.append(Offer(act, ACT_NAMES[act], reason))
    return ranked(made, _FIRST.get(of.state, ()))


def _fits(of: Situation, act: Act) -> bool:
    match act:
        case Act.REHANDLE:
            return of.open_duties > 0
        case Act.APPEAL:
            return bool(FOLLOWS[of.stage])
        case Act.ANSWER:
            return not of.ours and (of.state in {State.RECEIVED, State.ANSWERED} or not of.answered)
    return True


def _closed(of: Situation, act: Act) -> str:
    if act is Act.CLOSE and of.open_duties:
        return "还有重新答复没有办完"
    return ""
