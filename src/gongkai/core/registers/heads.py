"""The row of headings of a register, or the two rows of which the upper one groups the lower: 行政复议 over 收到日期,
办结日期 and 结果 is 复议收到日期, 复议办结日期 and 复议结果."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from gongkai.core.errors import ReadError
from gongkai.core.registers.columns import field_of, near_field_of
from gongkai.core.registers.limits import MAX_COLUMNS, too_wide
from gongkai.core.registers.values import Value, date_of, is_empty, text_of
from gongkai.core.text.fold import fold

TITLE_ROWS = 30      # rows above the headings at most
_ENOUGH = 3          # headings that make a row the row of headings
_LONGEST = 40        # characters of a heading
_LONGEST_GROUP = 14  # of one over a group; what is longer is a title
_OF_DISPUTES = re.compile("复议|诉讼|起诉|应诉|上诉|[一二再]审")
_OWN = frozenset({"number", "received"})
_DISPUTE_FIELDS = ("reconsideration_", "suit_", "second_", "redo")

Records = Iterator[tuple[int, list[Value]]]
Across = Callable[[int], Sequence[tuple[int, int]]]  # row number → merged columns (first, last), from 0


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of each column; `lines` are the rows that it was taken from, as they are written."""

    titles: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


def find_head(rows: Records, across: Across) -> tuple[Head, Records]:
    """The first row among the title rows with enough known headings, joined with the row of groups above it or with
    the row that it groups; and the rows after. Raises ReadError `no-headings`, `table-too-wide`."""
    above: tuple[int, list[Value]] | None = None
    for number, cells in rows:
        if len(cells) > MAX_COLUMNS and any(not is_empty(cell) for cell in cells[MAX_COLUMNS:]):
            raise too_wide()
        own = _texts(cells)
        titles = own
        if above is not None and _is_words(cells):
            joined = _joined(_texts(above[1]), own, across(above[0]))
            # What takes the application's own columns is a title over all, no group.
            titles = joined if _fields(own) & _OWN <= _fields(joined) else own
        if max(known(own), known(titles)) >= _ENOUGH:
            below = next(rows, None)
            if below is not None:
                under = _joined(own, _texts(below[1]), across(number))
                if _is_second(own, below[1], under):
                    return Head(tuple(under), (tuple(own), tuple(_texts(below[1])))), rows
                rows = chain([below], rows)
            return Head(tuple(titles), (tuple(own),)), rows
        if number > TITLE_ROWS:
            break
        above = number, cells
    raise no_headings()


def known(titles: Sequence[str]) -> int:
    """How many fields the titles name."""
    return len(_fields(titles))


def no_headings() -> ReadError:
    """The refusal of a sheet that is no register."""
    return ReadError(
        "no-headings",
        "没有找到台账的标题行（登记号、收到日期、办理结果等），没有读取；请使用模板，或把标题放在前 30 行之内。",
    )


def _fields(titles: Sequence[str]) -> set[str]:
    fields = (field_of(title) or near_field_of(title) for title in titles if len(title) < _LONGEST)
    return {field for field in fields if field}


def _texts(cells: Sequence[Value]) -> list[str]:
    return [text_of(cell) if isinstance(cell, str) else "" for cell in cells[:MAX_COLUMNS]]


def _is_words(cells: Sequence[Value]) -> bool:
    return all(isinstance(cell, str) and len(cell) < _LONGEST and date_of(cell) is None for cell in cells)


def _is_second(head: Sequence[str], cells: Sequence[Value], joined: Sequence[str]) -> bool:
    """Whether the row below the headings is a part of them: words that name columns, and none of them a case's."""
    if not _is_words(cells):
        return False
    gained = 0
    for at, text in enumerate(_texts(cells)):
        title = head[at] if at < len(head) else ""
        if text and text != title:
            if field_of(title) in _OWN:
                return False
            gained += bool(_fields((joined[at], text)))
    return gained >= 2


def _joined(groups: Sequence[str], own: Sequence[str], merged: Sequence[tuple[int, int]]) -> list[str]:
    """The titles of the columns under their groups; a column without a title of its own has its group's."""
    over = _spread(groups, max(len(groups), len(own)), merged)
    titles = []
    for at, group in enumerate(over):
        text = own[at] if at < len(own) else ""
        if not text:
            titles.append(groups[at] if at < len(groups) and len(groups[at]) < _LONGEST_GROUP else "")
        else:
            titles.append(_under(group, text, twice=list(own).count(text) > 1))
    return titles


def _spread(groups: Sequence[str], width: int, merged: Sequence[tuple[int, int]]) -> list[str]:
    """Each group over the columns that it covers: those of its merged cell, or where nothing is merged all up to the
    next group."""
    over = [*groups, *("" for _ in range(width - len(groups)))]
    if merged:
        for first, last in merged:
            for at in range(first + 1, min(last + 1, width)):
                over[at] = over[at] or over[first]
        return over
    for at in range(1, width):
        over[at] = over[at] or over[at - 1]
    return over


def _under(group: str, text: str, *, twice: bool) -> str:
    folded = fold(group)
    if not group or len(folded) > _LONGEST_GROUP or folded == fold(text):
        return text
    own = field_of(text) or near_field_of(text)
    if _OF_DISPUTES.search(folded) or "补正" in folded:
        for title in (f"{_dispute(folded)}{text}", group + text):
            if field_of(title) or near_field_of(title):
                return title
        # 收到日期 under 复议 is never that of the application.
        stands = own is not None and own.startswith((*_DISPUTE_FIELDS, "correct"))
        return text if stands else group + text
    if field_of(group + text):
        return group + text
    return text if own or not twice else group + text


def _dispute(group: str) -> str:
    if "再审" in group:
        return group
    if "二审" in group or "上诉" in group:
        return "二审"
    if "起诉" in group or "复议" not in group:
        return "补正" if "补正" in group else "诉讼"
    return group if "诉讼" in group else "复议"
