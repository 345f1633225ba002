"""Which acts the page of a message offers, and why one cannot be done now. Pure decisions over facts. No Django."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from gongkai.core.offers import Offer
from gongkai.participation.states import ACT_NAMES, OPEN, Act, Kind, State, lawful

# As they stand in the panel; withdrawing is the sender's own.
_ORDER = (Act.ASSIGN, Act.DRAFT, Act.REPLY, Act.RETURN, Act.SHOW, Act.HIDE, Act.CLOSE)
_FIRST = {State.RECEIVED: Act.ASSIGN, State.WORKING: Act.DRAFT, State.DRAFTED: Act.REPLY, State.REPLIED: Act.SHOW}
_WHY: dict[tuple[Act, State], str] = {
    (Act.REPLY, State.RECEIVED): "还没有拟答复", (Act.REPLY, State.WORKING): "还没有拟答复",
    (Act.SHOW, State.DRAFTED): "答复以后才能公开问答",
}
OWN = "拟稿人不能审核自己的答复，请由另一人办理（第十七条）"
OWN_SHOW = "拟稿人不能决定公开自己的答复，请由另一人办理（第十七条）"


@dataclass(frozen=True, slots=True)
class Situation:
    """What the offers depend on. `mine`: this person wrote the reply."""

    kind: Kind
    state: State
    mine: bool = False
    shown: bool = False


def offers(of: Situation, permitted: Collection[Act]) -> list[Offer[Act]]:
    """Acts of this person in this situation; those that people look for stand there with the reason."""
    found = []
    for act in _ORDER:
        if act not in permitted or not _fits(of, act):
            continue
        reason = _WHY.get((act, of.state), "") if act not in lawful(of.state) else _own(of, act)
        first = act == _FIRST.get(of.state) and not (act == Act.SHOW and of.shown)
        if act in lawful(of.state) or reason:
            found.append(Offer(act, ACT_NAMES[act], reason, primary=first and not reason))
    return found


def _fits(of: Situation, act: Act) -> bool:
    if act in {Act.SHOW, Act.HIDE}:
        return of.kind in {Kind.QUESTION, Kind.COMMENT} and (of.shown or act == Act.SHOW)
    return act != Act.ASSIGN or of.state in OPEN


def _own(of: Situation, act: Act) -> str:
    if not of.mine:
        return ""
    return OWN if act == Act.REPLY else OWN_SHOW if act == Act.SHOW else ""
