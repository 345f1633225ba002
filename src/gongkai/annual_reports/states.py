"""Where the work stands, and which act leads where. No Django.

Two things have states: an item of an upload (one file on its way to becoming a report) and a report (one agency, one
year). How an item ended is its state's business; how bad the findings are is computed and never a state.
"""

from __future__ import annotations

from enum import StrEnum

from gongkai.core.errors import Refused


class ItemState(StrEnum):
    """An uploaded file."""

    STORED = "stored"        # 已存，待读取
    READING = "reading"      # 读取中
    READ = "read"            # 已读取，待确认
    CONFIRMED = "confirmed"  # 已确认
    REFUSED = "refused"      # 未收：读不了，或被人放弃
    DUPLICATE = "duplicate"  # 同一文件已有


class ItemAct(StrEnum):
    BEGIN = "begin"
    FINISH = "finish"
    FAIL = "fail"
    RETRY = "retry"
    CONFIRM = "confirm"
    DISCARD = "discard"


class ReportState(StrEnum):
    """One agency's report for one year."""

    FILED = "filed"          # 已收
    PUBLISHED = "published"  # 已公开
    WITHDRAWN = "withdrawn"  # 已撤下


class ReportAct(StrEnum):
    REPLACE = "replace"
    CORRECT = "correct"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


ITEM_NAMES: dict[ItemState, str] = {
    ItemState.STORED: "已保存，等待读取", ItemState.READING: "正在读取", ItemState.READ: "待确认",
    ItemState.CONFIRMED: "已确认", ItemState.REFUSED: "未收", ItemState.DUPLICATE: "重复文件",
}
REPORT_NAMES: dict[ReportState, str] = {
    ReportState.FILED: "已收", ReportState.PUBLISHED: "已公开", ReportState.WITHDRAWN: "已撤下",
}

ITEM_TABLE: dict[tuple[ItemState, ItemAct], ItemState] = {
    (ItemState.STORED, ItemAct.BEGIN): ItemState.READING,
    (ItemState.READING, ItemAct.FINISH): ItemState.READ,
    (ItemState.READING, ItemAct.FAIL): ItemState.REFUSED,
    (ItemState.READING, ItemAct.RETRY): ItemState.STORED,  # the worker died
    (ItemState.READ, ItemAct.CONFIRM): ItemState.CONFIRMED,
    (ItemState.READ, ItemAct.DISCARD): ItemState.REFUSED,
    (ItemState.READ, ItemAct.RETRY): ItemState.STORED,     # a newer reader may see more
    (ItemState.REFUSED, ItemAct.RETRY): ItemState.STORED,
}
REPORT_TABLE: dict[tuple[ReportState, ReportAct], ReportState] = {
    (ReportState.FILED, ReportAct.REPLACE): ReportState.FILED,
    (ReportState.FILED, ReportAct.CORRECT): ReportState.FILED,
    (ReportState.FILED, ReportAct.PUBLISH): ReportState.PUBLISHED,
    # What the public sees changes only through publishing again: a published report keeps its published version.
    (ReportState.PUBLISHED, ReportAct.REPLACE): ReportState.PUBLISHED,
    (ReportState.PUBLISHED, ReportAct.CORRECT): ReportState.PUBLISHED,
    (ReportState.PUBLISHED, ReportAct.PUBLISH): ReportState.PUBLISHED,
    (ReportState.PUBLISHED, ReportAct.WITHDRAW): ReportState.WITHDRAWN,
    (ReportState.WITHDRAWN, ReportAct.REPLACE): ReportState.WITHDRAWN,
    (ReportState.WITHDRAWN, ReportAct.CORRECT): ReportState.WITHDRAWN,
    (ReportState.WITHDRAWN, ReportAct.PUBLISH): ReportState.PUBLISHED,
}
OPEN_ITEM_STATES = frozenset({ItemState.STORED, ItemState.READING})


def next_item(state: str, act: ItemAct) -> ItemState:
    """The state after `act`. Raises Refused when the act is not lawful in `state`."""
    after = ITEM_TABLE.get((ItemState(state), act))
    if after is None:
        raise Refused("not-now", "这个文件%(state)s，不能进行这一操作", state=ITEM_NAMES[ItemState(state)])
    return after


def next_report(state: str, act: ReportAct) -> ReportState:
    """The state after `act`. Raises Refused when the act is not lawful in `state`."""
    after = REPORT_TABLE.get((ReportState(state), act))
    if after is None:
        raise Refused("not-now", "这份年报%(state)s，不能进行这一操作", state=REPORT_NAMES[ReportState(state)])
    return after


def lawful_item_acts(state: str) -> frozenset[ItemAct]:
    """The acts that are lawful in a state, for the page that offers them."""
    return frozenset(act for (at, act) in ITEM_TABLE if at == state)


def lawful_report_acts(state: str) -> frozenset[ReportAct]:
    """The acts that are lawful in a state."""
    return frozenset(act for (at, act) in REPORT_TABLE if at == state)
