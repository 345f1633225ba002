"""A dispute, its proceedings, where they stand and how they end. No Django.

A dispute is one quarrel on one track of table 四: a reconsideration, a suit brought directly, or a suit after a
reconsideration. A suit may go through several proceedings (一审, 二审, 再审); the last one says where it stands.
"""

from __future__ import annotations

from enum import StrEnum

from gongkai.core.errors import Refused


class Track(StrEnum):
    """The three groups of table 四; the values are the keys of its cells."""

    RECONSIDERATION = "reconsideration"
    DIRECT = "direct"
    AFTER = "after"


class Stage(StrEnum):
    RECONSIDERATION = "reconsideration"
    FIRST = "first"
    SECOND = "second"
    RETRIAL = "retrial"


class Against(StrEnum):
    """What the other side complains of."""

    REPLY = "reply"
    SILENCE = "silence"
    PUBLICATION = "publication"
    OTHER = "other"


class Result(StrEnum):
    """How a proceeding ended; the values are the keys of table 四. A pending one has none."""

    UPHELD = "upheld"
    CORRECTED = "corrected"
    OTHER = "other"


class Ending(StrEnum):
    """What 其他结果 or 结果纠正 was in particular."""

    NONE = ""
    REVOKED = "revoked"          # 撤销
    CHANGED = "changed"          # 变更
    UNLAWFUL = "unlawful"        # 确认违法
    ORDERED = "ordered"          # 责令履行
    WITHDRAWN = "withdrawn"      # 撤回
    DISMISSED = "dismissed"      # 驳回申请、驳回起诉
    NOT_ACCEPTED = "not_accepted"  # 不予受理、不予立案
    MEDIATED = "mediated"        # 调解、和解
    TERMINATED = "terminated"    # 终止、终结
    REMANDED = "remanded"        # 发回重审


class State(StrEnum):
    """Of a dispute: what its last proceeding waits for."""

    RECEIVED = "received"    # 待答复、待答辩
    ANSWERED = "answered"    # 已答复，待决定、待裁判
    DECIDED = "decided"      # 已决定、已裁判
    CLOSED = "closed"        # 已了结归档
    CANCELLED = "cancelled"  # 误登，不计


class Act(StrEnum):
    ANSWER = "answer"
    DECIDE = "decide"
    APPEAL = "appeal"
    AMEND = "amend"
    ATTACH = "attach"
    REHANDLE = "rehandle"
    CLOSE = "close"
    REOPEN = "reopen"
    CANCEL = "cancel"


TRACK_NAMES: dict[Track, str] = {
    Track.RECONSIDERATION: "行政复议", Track.DIRECT: "行政诉讼（未经复议直接起诉）",
    Track.AFTER: "行政诉讼（复议后起诉）",
}
STAGE_NAMES: dict[Stage, str] = {
    Stage.RECONSIDERATION: "复议", Stage.FIRST: "一审", Stage.SECOND: "二审", Stage.RETRIAL: "再审",
}
AGAINST_NAMES: dict[Against, str] = {
    Against.REPLY: "对答复不服", Against.SILENCE: "逾期没有答复", Against.PUBLICATION: "对公开的信息不服",
    Against.OTHER: "其他",
}
RESULT_NAMES: dict[Result, str] = {
    Result.UPHELD: "结果维持", Result.CORRECTED: "结果纠正", Result.OTHER: "其他结果",
}
ENDING_NAMES: dict[Ending, str] = {
    Ending.NONE: "", Ending.REVOKED: "撤销", Ending.CHANGED: "变更", Ending.UNLAWFUL: "确认违法",
    Ending.ORDERED: "责令履行", Ending.WITHDRAWN: "撤回", Ending.DISMISSED: "驳回复议申请或者起诉",
    Ending.NOT_ACCEPTED: "不予受理或者不予立案", Ending.MEDIATED: "调解、和解", Ending.TERMINATED: "终止、终结",
    Ending.REMANDED: "发回重审",
}
# What each result of table 四 can be in particular.
ENDINGS_OF: dict[Result, tuple[Ending, ...]] = {
    Result.UPHELD: (Ending.NONE,),
    Result.CORRECTED: (Ending.REVOKED, Ending.CHANGED, Ending.UNLAWFUL, Ending.ORDERED),
    Result.OTHER: (
        Ending.WITHDRAWN, Ending.DISMISSED, Ending.NOT_ACCEPTED, Ending.MEDIATED, Ending.TERMINATED, Ending.REMANDED,
    ),
}
STATE_NAMES: dict[State, str] = {
    State.RECEIVED: "待答复", State.ANSWERED: "待决定", State.DECIDED: "已决定", State.CLOSED: "已了结",
    State.CANCELLED: "误登作废",
}
ACT_NAMES: dict[Act, str] = {
    Act.ANSWER: "登记答复（答辩）", Act.DECIDE: "登记结果", Act.APPEAL: "登记上诉、再审", Act.AMEND: "更正登记",
    Act.ATTACH: "附材料", Act.REHANDLE: "登记重新答复", Act.CLOSE: "了结归档", Act.REOPEN: "恢复办理",
    Act.CANCEL: "误登作废",
}
_OPEN = (State.RECEIVED, State.ANSWERED, State.DECIDED)  # in an order, so that the table has one
OPEN = frozenset(_OPEN)
STAGES_OF: dict[Track, tuple[Stage, ...]] = {
    Track.RECONSIDERATION: (Stage.RECONSIDERATION,),
    Track.DIRECT: (Stage.FIRST, Stage.SECOND, Stage.RETRIAL),
    Track.AFTER: (Stage.FIRST, Stage.SECOND, Stage.RETRIAL),
}
# Which instance may follow which; after a remand the first one comes again. A suit over a reconsideration is a case of
# its own on another track.
FOLLOWS: dict[Stage, tuple[Stage, ...]] = {
    Stage.RECONSIDERATION: (),
    Stage.FIRST: (Stage.SECOND, Stage.RETRIAL),
    Stage.SECOND: (Stage.RETRIAL, Stage.FIRST),
    Stage.RETRIAL: (Stage.RETRIAL, Stage.FIRST, Stage.SECOND),
}

TABLE: dict[tuple[State, Act], State] = {
    (State.RECEIVED, Act.ANSWER): State.ANSWERED,
    # An application may be withdrawn, or not accepted, before anybody answered.
    **{(s, Act.DECIDE): State.DECIDED for s in (State.RECEIVED, State.ANSWERED)},
    # Notice of an appeal or a retrial may come when the case was put away long ago. An appeal of our own waits for no
    # answer: the action decides.
    **{(s, Act.APPEAL): State.RECEIVED for s in (State.DECIDED, State.CLOSED)},
    **{(s, act): s for s in (*_OPEN, State.CLOSED) for act in (Act.AMEND, Act.ATTACH)},
    **{(s, Act.REHANDLE): s for s in _OPEN},  # the duty lives on while an appeal runs
    (State.DECIDED, Act.CLOSE): State.CLOSED,
    (State.CLOSED, Act.REOPEN): State.DECIDED,
    **{(s, Act.CANCEL): State.CANCELLED for s in (*_OPEN, State.CLOSED)},
}


def after(state: str, act: Act) -> State:
    """The state after `act`. Raises Refused ("not-now") when the act is not lawful in `state`."""
    found = TABLE.get((State(state), act))
    if found is None:
        raise Refused(
            "not-now", "这件案件现在是“%(state)s”，不能%(act)s；请刷新页面看最新情况",
            state=STATE_NAMES[State(state)], act=ACT_NAMES[act],
        )
    return found


def standing(*, answered: bool, decided: bool) -> State:
    """Where a dispute stands by its last proceeding, as long as it is neither closed nor cancelled."""
    return State.DECIDED if decided else State.ANSWERED if answered else State.RECEIVED


def lawful(state: str) -> frozenset[Act]:
    """The acts that the table allows in a state."""
    return frozenset(act for (at, act) in TABLE if at == state)
