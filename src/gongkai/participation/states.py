"""What the public sends, where it stands and how it ends. No Django."""

from __future__ import annotations

from enum import StrEnum

from gongkai.core.errors import Refused


class Kind(StrEnum):
    """Why somebody writes."""

    QUESTION = "question"      # 政策咨询
    COMMENT = "comment"        # 对征求意见稿的意见
    SUGGESTION = "suggestion"  # 建议主动公开（第四十四条）
    CORRECTION = "correction"  # 更正与自身相关的信息（第四十一条）


KIND_NAMES: dict[Kind, str] = {
    Kind.QUESTION: "政策咨询", Kind.COMMENT: "征求意见反馈", Kind.SUGGESTION: "主动公开建议",
    Kind.CORRECTION: "信息更正申请",
}
# The character in front of a number: 咨2026-0001.
MARKS: dict[Kind, str] = {Kind.QUESTION: "咨", Kind.COMMENT: "意", Kind.SUGGESTION: "建", Kind.CORRECTION: "更"}


class State(StrEnum):
    RECEIVED = "received"  # 待分办
    WORKING = "working"    # 办理中
    DRAFTED = "drafted"    # 已拟答复，待审核
    REPLIED = "replied"    # 已答复
    CLOSED = "closed"      # 不予处理：重复、与政府信息无关、发件人撤回


class Act(StrEnum):
    ASSIGN = "assign"
    DRAFT = "draft"
    RETURN = "return"
    REPLY = "reply"
    SHOW = "show"
    HIDE = "hide"
    CLOSE = "close"
    WITHDRAW = "withdraw"


STATE_NAMES: dict[State, str] = {
    State.RECEIVED: "待分办", State.WORKING: "办理中", State.DRAFTED: "待审核", State.REPLIED: "已答复",
    State.CLOSED: "已办结，不再处理",
}
ACT_NAMES: dict[Act, str] = {
    Act.ASSIGN: "分办", Act.DRAFT: "拟答复", Act.RETURN: "退回修改", Act.REPLY: "审核并答复", Act.SHOW: "公开问答",
    Act.HIDE: "撤下问答", Act.CLOSE: "不予处理", Act.WITHDRAW: "撤回",
}
OPEN = frozenset({State.RECEIVED, State.WORKING, State.DRAFTED})

TABLE: dict[tuple[State, Act], State] = {
    **{(s, Act.ASSIGN): State.WORKING for s in (State.RECEIVED, State.WORKING)},
    **{(s, Act.DRAFT): State.DRAFTED for s in OPEN},
    (State.DRAFTED, Act.RETURN): State.WORKING,
    (State.DRAFTED, Act.REPLY): State.REPLIED,
    **{(State.REPLIED, act): State.REPLIED for act in (Act.SHOW, Act.HIDE)},
    **{(s, act): State.CLOSED for s in OPEN for act in (Act.CLOSE, Act.WITHDRAW)},
}

# How each kind may end, and what it says to the sender.
OUTCOMES: dict[Kind, dict[str, str]] = {
    Kind.QUESTION: {"answered": "已解答", "referred": "告知有权解答的机关"},
    Kind.COMMENT: {"adopted": "采纳", "partly": "部分采纳", "not_adopted": "未采纳", "noted": "留作参考"},
    Kind.SUGGESTION: {
        "to_publish": "将主动公开", "published": "已经公开", "not_public": "不属于可以主动公开的信息",
        "referred": "不由本机关公开，告知公开主体",
    },
    Kind.CORRECTION: {
        "corrected": "已更正", "transferred": "无权更正，已转送有权机关处理", "told": "无权更正，告知向有权机关提出",
        "refused": "经核实无误，不予更正",
    },
}
# These need a reason, or the name of another organ, in the reply; all need a reply.
REASON_NEEDED = frozenset({"not_adopted", "not_public", "refused"})
ORGAN_NEEDED = frozenset({"referred", "transferred", "told"})


def after(state: str, act: Act) -> State:
    """The state after `act`. Raises Refused ("not-now") when the act is not lawful in `state`."""
    found = TABLE.get((State(state), act))
    if found is None:
        raise Refused(
            "not-now", "这件来信现在是“%(state)s”，不能%(act)s；请刷新页面看最新情况",
            state=STATE_NAMES[State(state)], act=ACT_NAMES[act],
        )
    return found


def lawful(state: str) -> frozenset[Act]:
    """The acts that the table allows in a state."""
    return frozenset(act for (at, act) in TABLE if at == state)
