"""Where the compiling of a report stands, and which act leads where. No Django.

    draft → checked → signed → submitted → approved → published
      ↑        ↑ ↓       ↓         ↓ ↑                   ↺ erratum
      └─────── edit   take back  returned → (edit) draft; a file is handed in from anywhere before it is approved
"""

from __future__ import annotations

from enum import StrEnum

from gongkai.core.errors import Refused


class State(StrEnum):
    DRAFT = "draft"          # 编制中
    CHECKED = "checked"      # 已核对，待签发
    SIGNED = "signed"        # 已签发，待提交
    SUBMITTED = "submitted"  # 已提交，待主管部门核对
    RETURNED = "returned"    # 主管部门退回
    APPROVED = "approved"    # 主管部门已核准，待公布
    PUBLISHED = "published"  # 已公布


class Act(StrEnum):
    EDIT = "edit"            # cells by hand, prose, facts
    WAIVE = "waive"          # an open finding is answered for; what was checked stays checked
    CHECK = "check"
    SIGN = "sign"
    TAKE_BACK = "take_back"  # the signatory takes the signature back before it is submitted
    SUBMIT = "submit"
    HAND_IN = "hand_in"      # a file in the place of numbers from the records
    RETURN = "return"
    APPROVE = "approve"
    PUBLISH = "publish"
    CORRECT = "correct"      # an erratum: a new version with the differences said


class Origin(StrEnum):
    """Where the numbers come from: this system's records, or a file that the office handed in."""

    RECORDS = "records"
    FILE = "file"


STATE_NAMES: dict[State, str] = {
    State.DRAFT: "编制中", State.CHECKED: "待签发", State.SIGNED: "待提交", State.SUBMITTED: "待核准",
    State.RETURNED: "已退回", State.APPROVED: "待公布", State.PUBLISHED: "已公布",
}
ACT_NAMES: dict[Act, str] = {
    Act.EDIT: "修改", Act.WAIVE: "说明理由放行", Act.CHECK: "核对", Act.SIGN: "签发", Act.TAKE_BACK: "撤回签发",
    Act.SUBMIT: "提交主管部门", Act.HAND_IN: "报送文件", Act.RETURN: "退回", Act.APPROVE: "核准", Act.PUBLISH: "公布",
    Act.CORRECT: "发布更正",
}
_EDITABLE = (State.DRAFT, State.CHECKED, State.RETURNED)  # in an order, so that the table has one
EDITABLE = frozenset(_EDITABLE)
# The paper exists: its numbers no longer move with the records.
FROZEN = frozenset({State.SIGNED, State.SUBMITTED, State.APPROVED, State.PUBLISHED})

TABLE: dict[tuple[State, Act], State] = {
    **{(s, Act.EDIT): State.DRAFT for s in _EDITABLE},
    **{(s, Act.CHECK): State.CHECKED for s in _EDITABLE},
    # An erratum is checked by the same rules, so that somebody may have to answer for what stays open in it.
    **{(s, Act.WAIVE): s for s in (*_EDITABLE, State.PUBLISHED)},
    (State.CHECKED, Act.SIGN): State.SIGNED,
    (State.SIGNED, Act.TAKE_BACK): State.DRAFT,
    (State.SIGNED, Act.SUBMIT): State.SUBMITTED,
    # A file may be handed in instead, and a better one before anybody decided.
    **{(s, Act.HAND_IN): State.SUBMITTED for s in (*_EDITABLE, State.SUBMITTED)},
    (State.SUBMITTED, Act.RETURN): State.RETURNED,
    (State.SUBMITTED, Act.APPROVE): State.APPROVED,
    # Approved, and then found wrong before it was out.
    (State.APPROVED, Act.RETURN): State.RETURNED,
    (State.APPROVED, Act.PUBLISH): State.PUBLISHED,
    (State.PUBLISHED, Act.CORRECT): State.PUBLISHED,
}
# Nobody above in this system to submit to: what was signed may be published.
ALONE: dict[tuple[State, Act], State] = {(State.SIGNED, Act.PUBLISH): State.PUBLISHED}


def after(state: str, act: Act, *, alone: bool = False) -> State:
    """The state after `act`. Raises Refused ("not-now") when the act is not lawful in `state`."""
    found = TABLE.get((State(state), act)) or (ALONE.get((State(state), act)) if alone else None)
    if found is None:
        raise Refused(
            "not-now", "这份年报现在是“%(state)s”，不能%(act)s；请刷新页面看最新情况",
            state=STATE_NAMES[State(state)], act=ACT_NAMES[act],
        )
    return found


def lawful(state: str, *, alone: bool = False) -> frozenset[Act]:
    """The acts that the table allows in a state."""
    both = TABLE | ALONE if alone else TABLE
    return frozenset(act for (at, act) in both if at == state)
