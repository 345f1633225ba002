"""Where an application stands, and which act leads where. No Django.

State is where the work stands; the outcome (an answer kind of core.law) is how it ended; urgency is computed from the
clock and never kept. Consultation, correction, reasons and payment are states because the clock stands still or waits
there; an extension is not, because the work goes on.
"""

from __future__ import annotations

from enum import StrEnum

from gongkai.core.errors import Refused


class State(StrEnum):
    RECEIVED = "received"        # 待确认：平信、网络、传真到了，还没有与申请人确认（第三十一条）
    REGISTERED = "registered"    # 已登记：待分办
    CORRECTION = "correction"    # 待补正
    ASSIGNED = "assigned"        # 办理中
    CONSULTING = "consulting"    # 征求意见中
    REASONS = "reasons"          # 待说明理由
    FEE = "fee"                  # 待缴费
    DRAFTED = "drafted"          # 已拟稿，待送审
    REVIEW = "review"            # 审查中
    REVIEWED = "reviewed"        # 待签发
    SIGNED = "signed"            # 待送达
    SERVED = "served"            # 已答复
    LAPSED = "lapsed"            # 不再处理：逾期不补正、逾期不缴费
    WITHDRAWN = "withdrawn"      # 已撤回
    SPLIT = "split"              # 已拆分为几件
    ARCHIVED = "archived"        # 已归档


class Act(StrEnum):
    CONFIRM = "confirm"
    SPLIT = "split"
    ASK_CORRECTION = "ask_correction"
    CORRECT = "correct"
    LAPSE_CORRECTION = "lapse_correction"
    ASSIGN = "assign"
    HAND_OVER = "hand_over"
    CONSULT = "consult"
    OPINION = "opinion"
    PROPOSE_EXTENSION = "propose_extension"
    EXTEND = "extend"
    ASK_REASONS = "ask_reasons"
    TAKE_REASONS = "take_reasons"
    DELAY = "delay"
    NOTICE_FEE = "notice_fee"
    PAY = "pay"
    LAPSE_FEE = "lapse_fee"
    DRAFT = "draft"
    SUBMIT = "submit"
    REVIEW = "review"
    RETURN = "return"
    SIGN = "sign"
    SERVE = "serve"
    PROVE = "prove"
    WITHDRAW = "withdraw"
    CONTACT = "contact"
    ATTACH = "attach"
    ARCHIVE = "archive"
    PUBLISH_DRAFT = "publish_draft"


STATE_NAMES: dict[State, str] = {
    State.RECEIVED: "待确认", State.REGISTERED: "待分办", State.CORRECTION: "待补正", State.ASSIGNED: "办理中",
    State.CONSULTING: "征求意见中", State.REASONS: "待说明理由", State.FEE: "待缴费", State.DRAFTED: "已拟稿",
    State.REVIEW: "审查中", State.REVIEWED: "待签发", State.SIGNED: "待送达", State.SERVED: "已答复",
    State.LAPSED: "不再处理", State.WITHDRAWN: "已撤回", State.SPLIT: "已拆分", State.ARCHIVED: "已归档",
}
ACT_NAMES: dict[Act, str] = {
    Act.CONFIRM: "确认收到", Act.SPLIT: "一事一申请拆分", Act.ASK_CORRECTION: "告知补正", Act.CORRECT: "收到补正",
    Act.LAPSE_CORRECTION: "逾期不补正，不再处理", Act.ASSIGN: "分办", Act.HAND_OVER: "移交", Act.CONSULT: "征求意见",
    Act.OPINION: "登记意见", Act.PROPOSE_EXTENSION: "提请延期", Act.EXTEND: "批准延期",
    Act.ASK_REASONS: "要求说明理由", Act.TAKE_REASONS: "登记理由", Act.DELAY: "确定合理期限",
    Act.NOTICE_FEE: "通知收费", Act.PAY: "登记缴费", Act.LAPSE_FEE: "逾期不缴费，不再处理", Act.DRAFT: "拟答复",
    Act.SUBMIT: "送审", Act.REVIEW: "审查", Act.RETURN: "退回修改", Act.SIGN: "签发", Act.SERVE: "送达",
    Act.PROVE: "登记送达证明", Act.WITHDRAW: "申请人撤回", Act.CONTACT: "记录沟通", Act.ATTACH: "附材料",
    Act.ARCHIVE: "归档", Act.PUBLISH_DRAFT: "转主动公开",
}

# Closed for the count of table 三: the outcome stands, only the archive follows.
CLOSED = frozenset({State.SERVED, State.LAPSED, State.WITHDRAWN, State.ARCHIVED})
# No longer in anybody's hands; a split application lives on in its pieces and is counted there.
OVER = CLOSED | {State.SPLIT}
OPEN = frozenset(State) - OVER
_WORKING = (State.REGISTERED, State.ASSIGNED)
_UNSUBMITTED = (State.ASSIGNED, State.DRAFTED)
_DRAFTING = (State.ASSIGNED, State.REASONS, State.DRAFTED)

TABLE: dict[tuple[State, Act], State] = {
    (State.RECEIVED, Act.CONFIRM): State.REGISTERED,
    **{(s, Act.SPLIT): State.SPLIT for s in (State.RECEIVED, *_WORKING)},
    **{(s, Act.ASK_CORRECTION): State.CORRECTION for s in (*_WORKING, State.DRAFTED)},
    # What comes back goes to whoever had it: the action puts it to ASSIGNED when a section or handler is named.
    (State.CORRECTION, Act.CORRECT): State.REGISTERED,
    (State.CORRECTION, Act.LAPSE_CORRECTION): State.LAPSED,
    (State.REGISTERED, Act.ASSIGN): State.ASSIGNED,
    **{(s, Act.ASSIGN): s for s in (
        State.ASSIGNED, State.CONSULTING, State.REASONS, State.FEE, State.DRAFTED, State.CORRECTION)},
    **{(s, Act.HAND_OVER): s for s in OPEN},
    # Reviewers may find that somebody was not asked: what leads out of the work leads out of a draft too.
    **{(s, Act.CONSULT): State.CONSULTING for s in _UNSUBMITTED},
    (State.CONSULTING, Act.CONSULT): State.CONSULTING,
    # The last opinion leads back to ASSIGNED; the action decides which it is.
    (State.CONSULTING, Act.OPINION): State.CONSULTING,
    **{(s, act): s for s in (*_WORKING, State.CONSULTING, State.DRAFTED, State.REVIEW, State.REVIEWED)
       for act in (Act.PROPOSE_EXTENSION, Act.EXTEND)},
    **{(s, Act.ASK_REASONS): State.REASONS for s in _UNSUBMITTED},
    (State.REASONS, Act.TAKE_REASONS): State.ASSIGNED,
    **{(s, Act.DELAY): s for s in _UNSUBMITTED},
    **{(s, Act.NOTICE_FEE): State.FEE for s in _UNSUBMITTED},
    (State.FEE, Act.PAY): State.ASSIGNED,
    (State.FEE, Act.LAPSE_FEE): State.LAPSED,
    **{(s, Act.DRAFT): State.DRAFTED for s in _DRAFTING},
    (State.DRAFTED, Act.SUBMIT): State.REVIEW,
    # Every review that passes but the last leaves it in REVIEW; the action decides.
    (State.REVIEW, Act.REVIEW): State.REVIEWED,
    **{(s, Act.RETURN): State.DRAFTED for s in (State.REVIEW, State.REVIEWED)},
    (State.REVIEWED, Act.SIGN): State.SIGNED,
    (State.SIGNED, Act.SERVE): State.SERVED,
    **{(s, Act.PROVE): s for s in (State.SERVED, State.LAPSED, State.WITHDRAWN)},
    **{(s, Act.WITHDRAW): State.WITHDRAWN for s in OPEN},
    **{(s, act): s for s in frozenset(State) - {State.SPLIT, State.ARCHIVED} for act in (Act.CONTACT, Act.ATTACH)},
    **{(s, Act.ARCHIVE): State.ARCHIVED for s in (State.SERVED, State.LAPSED, State.WITHDRAWN)},
    **{(s, Act.PUBLISH_DRAFT): s for s in (State.SERVED, State.ARCHIVED)},
}


def after(state: str, act: Act) -> State:
    """The state after `act`. Raises Refused ("not-now") when the act is not lawful in `state`."""
    found = TABLE.get((State(state), act))
    if found is None:
        raise Refused(
            "not-now", "这件申请现在是“%(state)s”，不能%(act)s；请刷新页面看最新情况",
            state=STATE_NAMES[State(state)], act=ACT_NAMES[act],
        )
    return found


def lawful(state: str) -> frozenset[Act]:
    """The acts that the table allows in a state; rules may still refuse one of them for a reason."""
    return frozenset(act for (at, act) in TABLE if at == state)
