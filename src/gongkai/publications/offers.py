"""Which acts the page of an edition offers, and why one is not lawful now. Pure decisions over facts. No Django."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from gongkai.core.offers import Offer, ranked
from gongkai.publications.states import ACT_NAMES, Act, State, lawful


@dataclass(frozen=True, slots=True)
class Situation:
    """What the offers depend on beside the state. `mine`: this person wrote on the edition."""

    state: State
    mine: bool = False
    reviewed_by_me: bool = False
    attribute: str = ""
    blocked: bool = False               # the words or a file must not go out
    unlooked: bool = False              # a file could not be screened and nobody has looked
    warnings_open: bool = False         # warnings that nobody has accepted
    interpretation_missing: bool = False  # 没有解读方案
    interpretation_unsigned: bool = False
    gates_open: int = 0                 # ahead of publication
    gates_for_me: int = 0               # of these, that this person may pass
    gates_after: int = 0                # 补审
    emergency: bool = False
    in_work: bool = False               # a newer edition is in somebody's hands


_FIRST: dict[State, tuple[Act, ...]] = {
    State.DRAFT: (Act.SEND, Act.SUBMIT, Act.EDIT),
    State.SUBMITTED: (Act.ACCEPT,),
    State.RETURNED: (Act.EDIT,),
    State.REVIEW: (Act.PASS,),
    State.REVIEWED: (Act.SIGN,),
    State.SIGNED: (Act.PUBLISH,),
    State.PUBLISHED: (Act.PASS_AFTER, Act.REVISE),
}
# Shown even where the table forbids them, with the reason: people look for them there.
_EXPECTED: dict[State, tuple[Act, ...]] = {
    State.DRAFT: (Act.SIGN,),
    State.SUBMITTED: (Act.SEND,),
    State.RETURNED: (Act.SEND,),
    State.REVIEW: (Act.SIGN, Act.EDIT),
    State.REVIEWED: (Act.PUBLISH, Act.EDIT),
    State.SIGNED: (Act.EDIT,),
}
_WHY_NOT: dict[tuple[State, Act], str] = {
    (State.DRAFT, Act.SIGN): "先送审，各关口通过后才能签发（第十七条）",
    (State.SUBMITTED, Act.SEND): "先由公开工作机构接收",
    (State.RETURNED, Act.SEND): "先按退回意见修改并保存，再送审",
    (State.REVIEW, Act.SIGN): "还有审查关口没有通过（第十七条）",
    (State.REVIEW, Act.EDIT): "正在审查，不能改；需要改的先退回修改",
    (State.REVIEWED, Act.PUBLISH): "先由负责人签发",
    (State.REVIEWED, Act.EDIT): "已审查的稿子不能改；需要改的先退回修改",
    (State.SIGNED, Act.EDIT): "已签发的稿子不能改；需要改的先退回修改",
}


def offers(situation: Situation, permitted: Collection[Act]) -> list[Offer[Act]]:
    """The acts for somebody who is `permitted` these; the primary one first, those closed by a rule with the reason."""
    state = situation.state
    able = lawful(state)
    shown = [
        act for act in Act
        if act in permitted and (act in able or act in _EXPECTED.get(state, ())) and not _pointless(situation, act)
    ]
    made = [Offer(act, ACT_NAMES[act], _reason(situation, act, act in able)) for act in shown]
    return ranked(made, _FIRST.get(state, ()))


def _pointless(situation: Situation, act: Act) -> bool:
    return act is Act.PASS_AFTER and situation.gates_after == 0


def _reason(situation: Situation, act: Act, in_table: bool) -> str:
    if not in_table:
        return _WHY_NOT.get((situation.state, act), "在现在这一步不能办")
    match act:
        case Act.SUBMIT | Act.SEND if not situation.attribute:
            return "先确定公开属性：主动公开、依申请公开或者不予公开"
        case Act.SEND | Act.SIGN | Act.PUBLISH if situation.blocked:
            return "正文或者附件里有不能公开的内容，先按筛查结果处理"
        case Act.SEND if situation.warnings_open:
            return "筛查有提示，先核对并确认可以公开"
        case Act.PASS | Act.PASS_AFTER if situation.mine:
            return "起草和修改过这一稿的人不能审查（第十七条）"
        case Act.PASS if situation.gates_for_me == 0:
            return "余下的关口须由另一人审查"
        case Act.SIGN if situation.mine:
            return "起草和修改过这一稿的人不能签发（第十七条）"
        case Act.SIGN if situation.reviewed_by_me:
            return "审查过这一稿的人不能签发（第十七条）"
        case Act.SIGN | Act.PUBLISH if situation.unlooked:
            return "有附件未能自动筛查，先由审查人逐件核对"
        case Act.SIGN if situation.interpretation_missing:
            return "没有解读方案的规范性文件不能签发：先确定解读方案，或者写明不解读的理由"
        case Act.PUBLISH if situation.interpretation_unsigned:
            return "解读稿还没有签发；文件与解读同步发布"
        case Act.REVISE if situation.in_work:
            return "已有新的一版在办"
    return ""
