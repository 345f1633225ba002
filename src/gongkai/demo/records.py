"""A year of the bureau's register, drawn so that its report comes out as the sample report says. No Django.

The county's files tell what the bureau reported: so many of each kind of applicant, so many of each outcome. Here is
the register behind these numbers, as the office would have kept it: the report compiled from it is equal cell by cell,
and the county's sum holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from random import Random

from gongkai.core.deadlines import Channel
from gongkai.core.law.answers import ANSWERS, report_row
from gongkai.core.law.applicants import ApplicantKind
from gongkai.core.registers.entry import Dispute, Entry
from gongkai.core.registers.write import write_xlsx
from gongkai.core.report.forms import form_for_year
from gongkai.core.report.model import Report
from gongkai.core.workdays import Calendar

_NOT_OUTCOMES = frozenset({"new", "carried_in", "closed", "carried_out"})
_CORRECTED_FIRST = frozenset({"unclear", "uncorrected"})
_CHANNELS = (Channel.ONLINE, Channel.ONLINE, Channel.POST, Channel.IN_PERSON, Channel.LETTER)
_PLACES = ("云麓镇", "枫坪镇", "望溪镇", "白芷镇", "城东片区", "松澜乡", "竹垭乡", "县城北片")
_MATTERS = (
    "{place}土地征收批准文件", "{place}征地补偿安置方案及公告", "{place}建设用地规划许可档案",
    "{place}国有土地使用权出让合同", "{place}宅基地审批登记材料", "{place}采矿权审批材料",
    "{place}耕地占补平衡项目验收材料", "{place}林地使用审核同意书", "{place}控制性详细规划",
    "{place}土地利用现状分类和权属资料", "{place}地质灾害评估报告", "{place}临时用地批准文件",
)


def entries(report: Report, calendar: Calendar) -> list[Entry]:
    """The register behind a report's tables 三 and 四, in order of receipt. The report's sums must hold."""
    assert report.year is not None
    draw = Random(f"{report.agency}|{report.year}|register")  # noqa: S311 - reproducibility, not secrecy
    found = [one for kind in ApplicantKind for one in _of_kind(report, kind, calendar, draw)]
    found += _of_the_year_before(report, calendar, draw)
    found.sort(key=lambda one: one[0])
    numbers: Counter[int] = Counter()
    made = []
    for row, (received, values) in enumerate(found, 2):
        numbers[received.year] += 1
        number = f"{received.year}-{numbers[received.year]:03d}"
        made.append(Entry(row=row, number=number, received=received, content=_matter(draw), **values))
    return _disputed(made, report)


def workbook(report: Report, calendar: Calendar) -> bytes:
    """The register as the office's own .xlsx."""
    return write_xlsx(entries(report, calendar))


def _of_kind(
    report: Report, kind: ApplicantKind, calendar: Calendar, draw: Random,
) -> Iterator[tuple[date, dict[str, object]]]:
    year = report.year or 0
    outcomes = [answer for row in _rows(year) for answer in [_answer(row)] * _number(report, f"t3.{row}.{kind}")]
    draw.shuffle(outcomes)
    before = _days(draw, date(year - 1, 12, 8), 20, _number(report, f"t3.carried_in.{kind}"), calendar)
    new = _days(draw, date(year, 1, 4), 330, _number(report, f"t3.new.{kind}"), calendar)
    still_open = _number(report, f"t3.carried_out.{kind}")
    late = _days(draw, date(year, 12, 12), 16, still_open, calendar)
    for day, answer in zip(before + new[:len(new) - still_open], outcomes, strict=True):
        yield day, _closed(day, kind, answer, calendar, draw, by=date(year, 12, 30))
    for day in late:  # open when the year ended, answered in the next
        yield day, _closed(day, kind, "granted", calendar, draw, after=date(year, 12, 31))


def _closed(
    day: date, kind: ApplicantKind, answer: str, calendar: Calendar, draw: Random, *, by: date | None = None,
    after: date | None = None,
) -> dict[str, object]:
    """How it ended, within its time: at the latest `by` a day, or only `after` one."""
    values: dict[str, object] = {"applicant_kind": kind, "channel": draw.choice(_CHANNELS), "outcome": answer}
    worked = draw.randint(6, 19)
    if answer in _CORRECTED_FIRST:
        values["correction_asked"] = calendar.add(day, 3)
        worked = 16
    closed = calendar.add(day, worked)
    if by is not None:
        closed = calendar.add(date(by.year, 1, 1), 4) if day.year < by.year else min(closed, by)
    if after is not None:
        closed = calendar.add(max(closed, after), 3)
    return values | {"closed": closed, "reply_number": f"青自然资公复〔{closed.year}〕{draw.randint(1, 400)}号"}


def _of_the_year_before(
    report: Report, calendar: Calendar, draw: Random,
) -> Iterator[tuple[date, dict[str, object]]]:
    """Cases of the year before, closed in it, whose reconsideration was followed by a suit."""
    year = (report.year or 0) - 1
    suits = sum(_number(report, f"t4.after.{result}") for result in ("upheld", "corrected", "other", "pending"))
    for day in _days(draw, date(year, 2, 6), 150, suits, calendar):
        yield day, _closed(day, ApplicantKind.NATURAL, "refused_process", calendar, draw, by=date(year, 12, 30))


def _disputed(made: list[Entry], report: Report) -> list[Entry]:
    """Disputes laid on closed cases so that table 四 comes out."""
    year = report.year or 0
    closed = [(n, one.received.year, one.closed) for n, one in enumerate(made) if one.closed]
    free = [n for n, received, on in closed if received == year and on < date(year, 8, 1)]
    older = [n for n, received, on in closed if received == on.year == year - 1]
    for track, candidates in (("reconsideration", free), ("direct", free), ("after", older)):
        for result in ("upheld", "corrected", "other", "pending"):
            for n in range(_number(report, f"t4.{track}.{result}")):
                at = candidates.pop()
                made[at] = replace(made[at], disputes=_course(made[at], track, result, year, n))
    return made


def _course(one: Entry, track: str, result: str, year: int, n: int) -> tuple[Dispute, ...]:
    assert one.closed is not None
    started = date(year, 10, 12) + timedelta(days=n) if result == "pending" else one.closed + timedelta(days=30 + n)
    if track == "after" and result != "pending":
        started = date(year, 2, 10) + timedelta(days=n)
    # What was pending at the end of the year has been decided since.
    ended = date(year + 1, 3, 20) + timedelta(days=2 * n) if result == "pending" else started + timedelta(days=70)
    case = Dispute(track, started, ended, "upheld" if result == "pending" else result)  # type: ignore[arg-type]
    if track != "after":
        return (case,)
    first = Dispute("reconsideration", one.closed + timedelta(days=20), one.closed + timedelta(days=75), "upheld")
    return (first, case)


def _rows(year: int) -> list[str]:
    return [row.key for row in form_for_year(year).t3_rows if row.key not in _NOT_OUTCOMES]


def _answer(row: str) -> str:
    """The plainest kind of answer that counts in a row."""
    return row if row in ANSWERS else next(key for key in ANSWERS if report_row(key) == row)


def _number(report: Report, cell: str) -> int:
    return int(report.value(cell) or 0)


def _days(draw: Random, first: date, span: int, wanted: int, calendar: Calendar) -> list[date]:
    """Working days, `wanted` of them, from `first` on."""
    found: list[date] = []
    for offset in count():
        if len(found) == wanted:
            return sorted(found)
        day = first + timedelta(days=draw.randrange(span) if offset < 50 * wanted else offset % span)
        if calendar.is_workday(day):
            found.append(day)
    raise AssertionError


def _matter(draw: Random) -> str:
    return "申请公开" + draw.choice(_MATTERS).format(place=draw.choice(_PLACES))
