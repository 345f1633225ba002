"""Where an edition stands, and which act leads where. No Django.

A publication has no state: its editions have, and each is reviewed, signed and published by itself. The index number
and the address belong to the publication and never change.
"""

from __future__ import annotations

from enum import StrEnum

from gongkai.core.errors import Refused


class State(StrEnum):
    DRAFT = "draft"            # 起草中
    SUBMITTED = "submitted"    # 科室已报送，待公开工作机构接收
    RETURNED = "returned"      # 退回修改
    REVIEW = "review"          # 审查中
    REVIEWED = "reviewed"      # 待签发
    SIGNED = "signed"          # 已签发，待发布
    PUBLISHED = "published"    # 已发布
    SUPERSEDED = "superseded"  # 已被新版代替
    WITHDRAWN = "withdrawn"    # 已撤下
    FILED = "filed"            # 已签发为依申请公开或者不予公开，登记待再评估
    DISCARDED = "discarded"    # 已作废


class Act(StrEnum):
    EDIT = "edit"
    ATTACH = "attach"
    SUBMIT = "submit"
    ACCEPT = "accept"
    SEND = "send"
    PASS = "pass"  # noqa: S105 - an act
    RETURN = "return"
    SIGN = "sign"
    PUBLISH = "publish"
    PASS_AFTER = "pass_after"  # noqa: S105 - an act
    REVISE = "revise"
    WITHDRAW = "withdraw"
    PLAN = "plan"
    LINK = "link"
    DISCARD = "discard"


STATE_NAMES: dict[State, str] = {
    State.DRAFT: "起草中", State.SUBMITTED: "待接收", State.RETURNED: "退回修改", State.REVIEW: "审查中",
    State.REVIEWED: "待签发", State.SIGNED: "待发布", State.PUBLISHED: "已发布", State.SUPERSEDED: "已有新版",
    State.WITHDRAWN: "已撤下", State.FILED: "已归入不公开", State.DISCARDED: "已作废",
}
ACT_NAMES: dict[Act, str] = {
    Act.EDIT: "修改", Act.ATTACH: "增减附件", Act.SUBMIT: "报送", Act.ACCEPT: "接收", Act.SEND: "送审",
    Act.PASS: "审查", Act.RETURN: "退回修改", Act.SIGN: "签发", Act.PUBLISH: "发布", Act.PASS_AFTER: "补审",
    Act.REVISE: "修订", Act.WITHDRAW: "撤下", Act.PLAN: "确定解读方案", Act.LINK: "关联", Act.DISCARD: "作废",
}

# The words may still change.
OPEN_TO_EDIT = frozenset({State.DRAFT, State.RETURNED})
# In somebody's hands.
IN_WORK = frozenset({
    State.DRAFT, State.SUBMITTED, State.RETURNED, State.REVIEW, State.REVIEWED, State.SIGNED,
})
OVER = frozenset(State) - IN_WORK

TABLE: dict[tuple[State, Act], State] = {
    # What came back and is changed is a draft again, so that nobody sends back what was sent back.
    **{(s, act): State.DRAFT for s in OPEN_TO_EDIT for act in (Act.EDIT, Act.ATTACH)},
    (State.DRAFT, Act.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, Act.ACCEPT): State.DRAFT,
    (State.DRAFT, Act.SEND): State.REVIEW,
    # Every gate that passes but the last leaves it in REVIEW; the action decides.
    (State.REVIEW, Act.PASS): State.REVIEWED,
    **{(s, Act.RETURN): State.RETURNED for s in (State.SUBMITTED, State.REVIEW, State.REVIEWED, State.SIGNED)},
    # What is signed as 依申请公开 or 不予公开 goes to FILED; the action decides.
    (State.REVIEWED, Act.SIGN): State.SIGNED,
    (State.SIGNED, Act.PUBLISH): State.PUBLISHED,
    # An emergency that has passed is reviewed all the same.
    **{(s, Act.PASS_AFTER): s for s in (State.PUBLISHED, State.SUPERSEDED, State.WITHDRAWN)},
    # A new edition begins as a draft beside the one that stands.
    **{(s, Act.REVISE): s for s in (State.PUBLISHED, State.WITHDRAWN, State.FILED)},
    (State.PUBLISHED, Act.WITHDRAW): State.WITHDRAWN,
    **{(s, act): s for s in IN_WORK | {State.PUBLISHED} for act in (Act.PLAN, Act.LINK)},
    **{(s, Act.DISCARD): State.DISCARDED for s in (State.DRAFT, State.SUBMITTED, State.RETURNED)},
}


def after(state: str, act: Act) -> State:
    """The state after `act`. Raises Refused ("not-now") when the act is not lawful in `state`."""
    found = TABLE.get((State(state), act))
    if found is None:
        raise Refused(
            "not-now", "这一稿现在是“%(state)s”，不能%(act)s；请刷新页面看最新情况",
            state=STATE_NAMES[State(state)], act=ACT_NAMES[act],
        )
    return found


def lawful(state: str) -> frozenset[Act]:
    """The acts that the table allows in a state; rules may still refuse one of them for a reason."""
    return frozenset(act for (at, act) in TABLE if at == state)
