"""The list of cases as a spreadsheet: what was received, when, how it ended; never who brought it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gongkai.core.tables import Cell, csv_lines, xlsx
from gongkai.disputes.models import Dispute, Proceeding
from gongkai.disputes.states import (
    AGAINST_NAMES,
    ENDING_NAMES,
    RESULT_NAMES,
    STAGE_NAMES,
    STATE_NAMES,
    TRACK_NAMES,
    Against,
    Ending,
    Result,
    Stage,
    State,
    Track,
)

MOST = 100_000
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8",
}
HEADINGS = (
    "登记号", "类别", "机关", "案由", "争议事项", "所涉申请", "所涉公开信息", "状态", "审级", "复议机关、法院", "案号",
    "收到通知日期", "受理、立案日期", "答复、答辩期限", "答复、答辩日期", "决定、裁判日期", "收到决定、裁判日期",
    "结果", "具体结果", "决定、裁判文号", "了结日期",
)


def written(rows: Any, to: str) -> bytes:
    """The list as .xlsx or .csv, a row a proceeding. Raises KeyError for another format."""
    return {
        "xlsx": lambda: xlsx(HEADINGS, cells(rows), name="复议诉讼"),
        "csv": lambda: b"".join(csv_lines(HEADINGS, cells(rows))),
    }[to]()


def cells(rows: Any) -> Iterator[Sequence[Cell]]:
    """Each case in its proceedings, as the list orders the cases."""
    cases = rows.select_related("agency", "application", "publication").prefetch_related("proceedings").defer(
        "note", "application__content", "application__extra",
    )
    for case in cases.iterator(chunk_size=500):
        for one in case.proceedings.all():
            yield _row(case, one)


def _row(case: Dispute, one: Proceeding) -> Sequence[Cell]:
    return (
        case.number, TRACK_NAMES[Track(case.track)], case.agency.name, case.subject,
        AGAINST_NAMES[Against(case.against)], case.application.number if case.application else "",
        case.publication.index_number or case.publication.title if case.publication else "",
        STATE_NAMES[State(case.state)], STAGE_NAMES[Stage(one.stage)], one.body, one.case_number, one.received_on,
        one.accepted_on, one.answer_due_on, one.answered_on, one.decided_on, one.served_on,
        RESULT_NAMES[Result(one.result)] if one.result else "", ENDING_NAMES[Ending(one.ending)] if one.ending else "",
        one.decision_number, case.closed_on,
    )
