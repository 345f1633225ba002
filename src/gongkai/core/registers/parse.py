"""Rows of a register → entries, with a reason for every row that is refused.

Facts that happened are never refused: a reply after its due date is a note. What cannot have happened is: a closing
before the receipt, a correction that nobody asked for, a day that has not come yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.core.registers.draft import Draft
from gongkai.core.registers.entry import Entry, Parsed, Problem
from gongkai.core.registers.read import Row, Sheet
from gongkai.core.registers.rules import dispute_rules, row_rules
from gongkai.core.text.fold import fold

DueDate = Callable[[Entry], "date | None"]


@dataclass(frozen=True, slots=True)
class Register:
    """A whole sheet: the entries that can be imported, and all problems in the order of the rows."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> tuple[Problem, ...]:
        """The errors: rows with one are not among the entries."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def parse_row(row: Row, today: date, due: DueDate | None = None) -> Parsed:
    """The entry of a row, None where an error keeps it out, with all problems of the row.

    `today`: later days are refused. `due`: the last day for the reply of an entry, None where it cannot be told; a
    reply after it gets the note `replied-late`.
    """
    draft = Draft(row, today)
    entry = draft.entry()
    problems = [*draft.problems, *row_rules(entry, draft), *dispute_rules(entry, draft)]
    if any(problem.severity == "error" for problem in problems):
        return Parsed(None, tuple(problems))
    if due is not None and entry.closed is not None:
        last = due(entry)
        if last is not None and entry.closed > last:
            problems.append(draft.problem(
                "closed", "replied-late", "答复日 %(closed)s 晚于期限 %(due)s；按事实登记。", "note",
                closed=entry.closed.isoformat(), due=last.isoformat(),
            ))
    return Parsed(entry, tuple(problems))


def parse_rows(rows: Iterable[Row], today: date, due: DueDate | None = None) -> Iterator[Parsed]:
    """Row by row; a 登记号 that came before in the file is refused and names the row of the first."""
    first: dict[str, int] = {}
    for row in rows:
        parsed = parse_row(row, today, due)
        draft_number = Draft.number_of(row)
        key = fold(draft_number).casefold()
        if key and key in first:
            twice = Problem(
                row.number, draft_number, "number", "duplicate-number",
                "登记号与第 %(first)s 行相同；一个登记号只能用一次，请改正其中一行。", {"first": first[key]},
            )
            parsed = Parsed(None, (*parsed.problems, twice))
        elif key:
            first[key] = row.number
        yield parsed


def parse(sheet: Sheet, today: date, due: DueDate | None = None) -> Register:
    """All rows of a sheet."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for parsed in parse_rows(sheet.rows, today, due):
        problems += parsed.problems
        if parsed.entry is not None:
            entries.append(parsed.entry)
    return Register(tuple(entries), tuple(problems))
