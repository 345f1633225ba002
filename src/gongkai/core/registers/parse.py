"""Rows of a register → entries, with a reason for every row that is refused.

Facts that happened are never refused: a reply after its due date is a note. What cannot have happened is: a closing
before the receipt, a correction that nobody asked for, a day that has not come yet.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gongkai.core.registers import courses, instances
from gongkai.core.registers.columns import heading
from gongkai.core.registers.draft import LONGEST_NUMBER, Draft
from gongkai.core.registers.entry import Entry, Parsed, Problem
from gongkai.core.registers.read import Row, Sheet
from gongkai.core.registers.rules import order_rules, row_rules
from gongkai.core.registers.values import text_of
from gongkai.core.text.fold import fold

DueDate = Callable[[Entry], "date | None"]
_FREE = frozenset({"number", "note"})  # what a further row may say beside its disputes
_MISSED = {"applicant-kind-missing": "applicant_kind", "content-missing": "content"}
_MOST_ROWS = 50  # of one application


@dataclass(frozen=True, slots=True)
class Register:
    """A whole sheet: the entries that can be imported, and all problems in the order of the rows."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> tuple[Problem, ...]:
        """The errors: rows with one are not among the entries."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def parse_row(row: Row, today: date, due: DueDate | None = None, further: Sequence[Row] = ()) -> Parsed:
    """The entry of a row and of the `further` rows of its application, None where an error keeps it out, with all
    problems.

    `today`: later days are refused. `due`: the last day for the reply of an entry, None where it cannot be told; a
    reply after it gets the note `replied-late`.
    """
    draft = Draft(row, today)
    told = instances.read(draft)
    drafts = [draft]
    for more in further:
        drafts.append(Draft(more, today))
        told += instances.read(drafts[-1], told, repeated=_repeats(more))
    courses.check(told)
    entry = draft.entry([one.dispute for one in told])
    draft.problems += row_rules(entry, draft)
    for other in drafts[1:]:
        entry = _joined(entry, other)
        if "received" in draft.days:
            other.days["received"] = draft.days["received"]
        other.problems += order_rules(other)
    if any(problem.severity == "error" for one in drafts for problem in one.problems):
        return Parsed(None, tuple(_out_together(drafts)))
    if due is not None and entry.closed is not None:
        last = due(entry)
        if last is not None and entry.closed > last:
            draft.problems.append(draft.problem(
                "closed", "replied-late", "答复日 %(closed)s 晚于期限 %(due)s；按事实登记。", "note",
                closed=entry.closed.isoformat(), due=last.isoformat(),
            ))
    return Parsed(entry, tuple(problem for one in drafts for problem in one.problems))


def parse(sheet: Sheet, today: date, due: DueDate | None = None) -> Register:
    """All rows of a sheet, an application with its further rows at a time.

    A row with a 登记号 that came before, and with nothing else that is new but disputes, goes on with the application
    of the first; any other is refused and names the row of the first.
    """
    cases, twice = _cases(sheet.rows)
    entries: list[Entry] = []
    problems: list[Problem] = [_twice(row, first) for row, first in twice]
    for row, *further in cases:
        parsed = parse_row(row, today, due, further)
        problems += parsed.problems
        if parsed.entry is not None:
            entries.append(parsed.entry)
    problems = _once(problems, sheet.headings, len(cases))
    places = {(row.sheet, row.number): at for at, row in enumerate(sheet.rows)}
    problems.sort(key=lambda one: places[one.sheet, one.row])
    return Register(tuple(entries), tuple(problems))


def _once(problems: list[Problem], headings: Mapping[str, str], cases: int) -> list[Problem]:
    """A column that the sheet does not have is missed once, not in every row."""
    left: list[Problem] = []
    told: set[str] = set()
    for problem in problems:
        field = _MISSED.get(problem.code)
        if field is None or field in headings or not headings or cases < 2:
            left.append(problem)
        elif field not in told:
            told.add(field)
            left.append(replace(
                problem, sentence="台账没有“%(heading)s”列（或者没有认出），各行都没有；可以导入，请以后补上。",
                values={"heading": heading(field)},
            ))
    return left


def _cases(rows: Iterable[Row]) -> tuple[list[list[Row]], list[tuple[Row, Row]]]:
    """The rows of each application, and the rows whose 登记号 another one has, each with that."""
    cases: dict[object, list[Row]] = {}
    twice: list[tuple[Row, Row]] = []
    for row in rows:
        key = fold(Draft.number_of(row)).casefold()
        first = cases.get(key) if key else None
        if first is None:
            cases[key or id(row)] = [row]
        elif len(first) < _MOST_ROWS and _goes_on(first, row):
            first.append(row)
        else:
            twice.append((row, first[0]))
    return list(cases.values()), twice


def _goes_on(case: Sequence[Row], row: Row) -> bool:
    """Whether a row tells only of further disputes: what else it holds is what the first row holds."""
    told = _cells(row, instances.FIELDS)
    if not told or not _repeats(row):
        return bool(told)
    first = case[0].cells
    same = all(
        text_of(value) == text_of(first.get(field, ""))
        for field, value in row.cells.items() if field not in instances.FIELDS | _FREE
    )
    return same and all(told != _cells(other, instances.FIELDS) for other in case)


def _repeats(row: Row) -> bool:
    """Whether a row holds columns of the application beside its number."""
    return not row.cells.keys() <= instances.FIELDS | _FREE


def _cells(row: Row, fields: Collection[str]) -> dict[str, str]:
    return {field: text_of(value) for field, value in row.cells.items() if field in fields}


def _joined(entry: Entry, draft: Draft) -> Entry:
    """The entry with what a further row says in its remark and in columns of the office's own."""
    extra = dict(entry.extra)
    for title, text in draft.extra().items():
        extra[title] = _added(extra.get(title, ""), text)
    return replace(entry, note=_added(entry.note, draft.note()), extra=extra)


def _added(text: str, more: str) -> str:
    if not more or more in text.split("\n"):
        return text
    return f"{text}\n{more}" if text else more


def _out_together(drafts: Sequence[Draft]) -> Iterator[Problem]:
    """An application comes in with all its disputes or not at all: each of its rows has a reason."""
    wrong = next(p for one in drafts for p in one.problems if p.severity == "error")
    for one in drafts:
        yield from one.problems
        if all(problem.severity != "error" for problem in one.problems):
            yield one.problem(
                "number", "case-refused", "同一登记号的第 %(row)s 行有问题，这一行也没有导入；改正后一起导入。",
                row=wrong.row,
            )


def _twice(row: Row, first: Row) -> Problem:
    number, values = Draft.number_of(row)[:LONGEST_NUMBER], {"first": first.number}
    told = "一个登记号只能用一次，请改正其中一行。同一申请的其他复议、诉讼程序另起一行的，只填登记号和复议、诉讼各栏。"
    if row.sheet == first.sheet:
        return Problem(row.number, number, "number", "duplicate-number",
                       "登记号与第 %(first)s 行相同；" + told, values, sheet=row.sheet)
    return Problem(
        row.number, number, "number", "duplicate-number",
        "登记号与工作表“%(sheet)s”第 %(first)s 行相同；" + told, {**values, "sheet": first.sheet[:40]}, sheet=row.sheet,
    )
