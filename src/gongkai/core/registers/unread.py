"""Columns that were not understood: named always, and sharply where what they hold looks like what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gongkai.core.law.outcomes import parse_outcome
from gongkai.core.registers.columns import heading
from gongkai.core.registers.identity import identifies
from gongkai.core.registers.values import Value, date_of, text_of
from gongkai.core.text.fold import fold

_LOOKED_AT = 200  # cells of a column
_LONGEST = 20     # characters of a heading
_COUNTED = frozenset({"序号", "行号", "序", "no", "no."})
_DISPUTES = (
    ("复议", ("reconsideration_received", "reconsideration_decided", "reconsideration_result"), ("复议",)),
    ("诉讼", ("suit_received", "suit_decided", "suit_result"), ("诉讼", "一审", "起诉", "应诉", "裁判", "判决")),
)


@dataclass(slots=True)
class _Held:
    """What the first cells of a column hold."""

    cells: int = 0
    days: int = 0
    outcomes: int = 0

    def add(self, value: Value) -> None:
        if self.cells < _LOOKED_AT:
            self.cells += 1
            self.days += date_of(value) is not None
            self.outcomes += isinstance(value, str) and parse_outcome(value.strip()) is not None


@dataclass(slots=True)
class Unread:
    """The columns of a sheet that were not understood (heading, place), and what they are seen to hold."""

    places: Sequence[tuple[str, int]]
    _held: dict[int, _Held] = field(default_factory=dict)

    def look(self, cells: Sequence[Value]) -> None:
        """Look at a row of the table."""
        for _, at in self.places:
            if at < len(cells) and text_of(cells[at]):
                self._held.setdefault(at, _Held()).add(cells[at])

    def note(self) -> tuple[str, ...]:
        """The sentence that names them, none where every column was understood. Who applied is told of by itself
        (`identity`), and nobody misses the numbers of the lines."""
        titles = [
            title for title, _ in self.places if fold(title).casefold() not in _COUNTED and not identifies(title)
        ]
        if not titles:
            return ()
        named = _named(titles)
        return (f"这些列没有读：{named}；如果其中有办理结果、日期，请改表头后再导入。",)

    def alerts(self, fields: Iterable[str], rows: int) -> tuple[str, ...]:
        """What would be counted wrongly if the sheet came in as it is: `fields` are those that were understood, `rows`
        how many rows there are."""
        known, told = set(fields), []
        if not known & {"closed", "outcome"}:
            days = [title for title, held in self._seen() if held.days * 2 > held.cells]
            outcomes = [title for title, held in self._seen() if held.outcomes * 2 > held.cells]
            if days or outcomes:
                told.append(
                    f"没有认出“{heading('closed')}”和“{heading('outcome')}”列，而没有读的列里"
                    f"{_said(days, '日期')}{'，' if days and outcomes else ''}{_said(outcomes, '办理结果')}。照此导入，"
                    f"{rows} 行都按未办结登记，年度报告都计入未办结；请改表头后再导入。"
                )
        for name, its, words in _DISPUTES:
            columns = [title for title, _ in self._seen() if any(word in title for word in words)]
            missing = [heading(one) for one in its if one not in known]
            if columns and missing:
                told.append(
                    f"没有认出“{'”“'.join(missing)}”列，而没有读的列{_named(columns)}里有内容。"
                    f"照此导入，这些{name}内容不计入年度报告表四；请改表头后再导入。"
                )
        return tuple(told)

    def _seen(self) -> list[tuple[str, _Held]]:
        return [(title, self._held[at]) for title, at in self.places if at in self._held]


def _named(titles: Iterable[str]) -> str:
    return "、".join(f"“{title[:_LONGEST]}”" for title in titles)


def _said(titles: Sequence[str], what: str) -> str:
    return f"{_named(titles)}里是{what}" if titles else ""
