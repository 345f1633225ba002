"""Which acts the page offers, and why one is not lawful now. Pure decisions over facts already read. No Django.

The state table says what leads where; this says what a person should do first and tells the reason for the rest, so
that a disabled button is never a riddle.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from gongkai.applications.states import ACT_NAMES, Act, State, lawful
from gongkai.core.offers import Offer, ranked


@dataclass(frozen=True, slots=True)
class Situation:
    """What the offers depend on beside the state."""

    state: State
    correction_asked: bool = False
    correction_overdue: bool = False
    extended: bool = False
    extension_proposed: bool = False
    overdue: bool = False
    fee_noticed: bool = False
    fee_overdue: bool = False
    drafted_by_me: bool = False
    reasons_asked: bool = False
    reasons_accepted: bool = False
    publication_drafted: bool = False
    discloses: bool = False


# What comes first in each state; the first of them that is open is the primary act.
_FIRST: dict[State, tuple[Act, ...]] = {
    State.RECEIVED: (Act.CONFIRM,),
    State.REGISTERED: (Act.ASSIGN,),
    State.CORRECTION: (Act.LAPSE_CORRECTION, Act.CORRECT),
    State.ASSIGNED: (Act.DRAFT,),
    State.CONSULTING: (Act.OPINION,),
    State.REASONS: (Act.TAKE_REASONS,),
    State.FEE: (Act.LAPSE_FEE, Act.PAY),
    State.DRAFTED: (Act.SUBMIT,),
    State.REVIEW: (Act.REVIEW,),
    State.REVIEWED: (Act.SIGN,),
    State.SIGNED: (Act.SERVE,),
    State.SERVED: (Act.ARCHIVE,),
    State.LAPSED: (Act.ARCHIVE,),
    State.WITHDRAWN: (Act.ARCHIVE,),
}
# Shown even where the table forbids them, with the reason: people look for them there.
_EXPECTED: dict[State, tuple[Act, ...]] = {
    State.RECEIVED: (Act.ASSIGN,),
    State.REGISTERED: (Act.DRAFT,),
    State.CONSULTING: (Act.DRAFT,),
    State.FEE: (Act.DRAFT,),
    State.CORRECTION: (Act.DRAFT,),
    State.DRAFTED: (Act.SIGN,),
    State.REVIEW: (Act.SIGN,),
    State.REVIEWED: (Act.SERVE,),
}
_WHY_NOT: dict[tuple[State, Act], str] = {
    (State.RECEIVED, Act.ASSIGN): "先与申请人确认收到日期（第三十一条）",
    (State.REGISTERED, Act.DRAFT): "先分办到科室或经办人",
    (State.CONSULTING, Act.DRAFT): "征求的意见还没有全部收到，期限也没有届满（第三十二、三十四条）",
    (State.FEE, Act.DRAFT): "等待缴费；缴费次日起重新计算期限",
    (State.CORRECTION, Act.DRAFT): "等待补正；收到补正之日起计算期限（第三十条）",
    (State.DRAFTED, Act.SIGN): "先送保密审查和合法性审查（第十七条）",
    (State.REVIEW, Act.SIGN): "两项审查还没有都通过（第十七条）",
    (State.REVIEWED, Act.SERVE): "先由负责人签发",
}


def offers(situation: Situation, permitted: Collection[Act]) -> list[Offer[Act]]:
    """The acts for somebody who is `permitted` these; the primary one first, those closed by a rule with the reason."""
    state = situation.state
    able = lawful(state)
    shown = [act for act in Act if act in permitted and (act in able or act in _EXPECTED.get(state, ()))]
    made = [Offer(act, ACT_NAMES[act], _reason(situation, act, act in able)) for act in shown]
    return ranked(made, _FIRST.get(state, ()))


def _reason(situation: Situation, act: Act, in_table: bool) -> str:
    if not in_table:
        return _WHY_NOT.get((situation.state, act), "在现在这一步不能办")
    match act:
        case Act.ASK_CORRECTION if situation.correction_asked:
            return "已告知过一次补正，依法只能告知一次（第三十条）"
        case Act.LAPSE_CORRECTION if not situation.correction_overdue:
            return "补正期限还没有过"
        case Act.LAPSE_FEE if not situation.fee_overdue:
            return "缴费期限还没有过"
        case Act.NOTICE_FEE if situation.fee_noticed:
            return "已发过收费通知"
        case Act.PROPOSE_EXTENSION if situation.extended:
            return "已延期一次，不能再延（第三十三条）"
        case Act.PROPOSE_EXTENSION if situation.extension_proposed:
            return "延期正等待负责人决定"
        case Act.PROPOSE_EXTENSION | Act.EXTEND if situation.overdue:
            return "答复期限已过，不能延期（第三十三条）"
        case Act.EXTEND if situation.extended:
            return "已延期一次，不能再延（第三十三条）"
        case Act.EXTEND if not situation.extension_proposed:
            return "还没有人提请延期"
        case Act.ASK_REASONS if situation.reasons_asked:
            return "已要求过说明理由（第三十五条）"
        case Act.DELAY if not situation.reasons_accepted:
            return "先要求申请人说明理由，理由合理的才能确定合理期限（第三十五条）"
        case Act.REVIEW if situation.drafted_by_me:
            return "拟稿人不能审查自己的稿子（第十七条）"
        case Act.SIGN if situation.drafted_by_me:
            return "拟稿人不能签发自己的稿子"
        case Act.PUBLISH_DRAFT if situation.publication_drafted:
            return "已转为主动公开的稿子"
        case Act.PUBLISH_DRAFT if not situation.discloses:
            return "答复没有公开信息，没有可转的内容"
    return ""
