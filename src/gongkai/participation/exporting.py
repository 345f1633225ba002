"""Lists as spreadsheets: what came, by when, what became of it; never who sent it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.core import tables
from gongkai.core.tables import Cell
from gongkai.participation.models import Message
from gongkai.participation.states import KIND_NAMES, OUTCOMES, STATE_NAMES, Kind, State

MOST = 100_000
HEADINGS = ("编号", "种类", "机关", "科室", "标题", "状态", "收到日期", "答复期限", "办理结果", "答复日期", "公开问答")
_WIDE = dict.fromkeys(("标题", "意见", "答复", "公开的解答"), 44)
COMMENTS = ("编号", "标题", "意见", "收到日期", "状态", "办理结果", "答复", "公开的解答")


def messages(rows: Any) -> Iterable[Sequence[Cell]]:
    """The list, a row a message."""
    for row in rows.select_related("agency", "section").defer("content", "reply").iterator(chunk_size=2000):
        yield (
            row.number, KIND_NAMES[Kind(row.kind)], row.agency.name, row.section.name if row.section else "",
            row.subject, STATE_NAMES[State(row.state)], _day(row.received_at), row.due_on, _outcome(row),
            _day(row.replied_at), "是" if row.shown_at else "",
        )


def comments(rows: Any) -> Iterable[Sequence[Cell]]:
    """Comments on a draft with their words, for whoever writes the summary."""
    for row in rows.iterator(chunk_size=2000):
        yield (
            row.number, row.subject, row.content, _day(row.received_at), STATE_NAMES[State(row.state)],
            _outcome(row), row.reply if row.state == State.REPLIED else "", row.public_reply if row.shown_at else "",
        )


def written(headings: Sequence[str], rows: Iterable[Sequence[Cell]], to: str) -> bytes:
    """A table as .xlsx or .csv; text stays text in both. Raises KeyError for another format."""
    return tables.written(headings, rows, to, name="公众来信", wide=_WIDE)


def _day(at: Any) -> date | None:
    return timezone.localdate(at) if at is not None else None


def _outcome(row: Message) -> str:
    """What became of it, once it is told; a draft tells nothing yet."""
    return OUTCOMES[Kind(row.kind)][row.outcome] if row.state == State.REPLIED else ""
