"""The shipped years, held against another source day by day and against what the notices count."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from gongkai.core.workdays import Calendar, shipped

YEARS = range(2019, 2027)
NOTICES = {
    2019: ("国办发明电〔2018〕15号", date(2018, 12, 4)), 2020: ("国办发明电〔2019〕16号", date(2019, 11, 21)),
    2021: ("国办发明电〔2020〕27号", date(2020, 11, 25)), 2022: ("国办发明电〔2021〕11号", date(2021, 10, 25)),
    2023: ("国办发明电〔2022〕16号", date(2022, 12, 8)), 2024: ("国办发明电〔2023〕7号", date(2023, 10, 25)),
    2025: ("国办发明电〔2024〕12号", date(2024, 11, 12)), 2026: ("国办发明电〔2025〕7号", date(2025, 11, 4)),
}
# Days off as arranged, weekends inside the spans included, and make-up working days; changes of the year applied.
COUNTS = {
    2019: (24, 7), 2020: (30, 6), 2021: (31, 7), 2022: (31, 7), 2023: (27, 7), 2024: (28, 8), 2025: (28, 5),
    2026: (33, 6),
}


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@pytest.mark.parametrize("year", YEARS)
def test_every_day_is_what_the_other_source_says(year: int) -> None:
    calendar = shipped()
    wrong = [
        day for day in days(date(year, 1, 1), date(year, 12, 31))
        if calendar.is_workday(day) != chinese_calendar.is_workday(day)
    ]
    assert wrong == []


@pytest.mark.parametrize("year", YEARS)
def test_a_year_cites_its_notice_and_counts_as_the_notice_does(year: int) -> None:
    arranged = shipped().layers[0].years[year]
    assert (arranged.notice, arranged.issued_on) == NOTICES[year]
    assert arranged.title == f"国务院办公厅关于{year}年部分节假日安排的通知"
    assert arranged.verified
    off = sum(not day.works for day in arranged.days)
    assert (off, len(arranged.days) - off) == COUNTS[year]


def test_a_change_of_the_year_is_told_by_its_own_notice() -> None:
    calendar = shipped()
    assert calendar.note(date(2019, 5, 2)) == (date(2019, 5, 2), False, "劳动节放假", "国办发明电〔2019〕3号")
    assert calendar.note(date(2019, 4, 28)).source == "国办发明电〔2019〕3号"
    assert calendar.note(date(2020, 1, 31)) == (date(2020, 1, 31), False, "春节放假", "国办发明电〔2020〕1号")
    assert not calendar.is_workday(date(2020, 2, 1))  # a make-up day before the prolongation
    assert calendar.note(date(2020, 1, 24)).source == "国办发明电〔2019〕16号"


@pytest.mark.parametrize(("day", "workday", "what", "source"), [
    (date(2026, 2, 17), False, "春节放假", "国办发明电〔2025〕7号"),
    (date(2026, 2, 14), True, "调休上班", "国办发明电〔2025〕7号"),
    (date(2026, 3, 7), False, "周末", ""), (date(2026, 3, 9), True, "工作日", ""),
    (date(2018, 12, 29), True, "调休上班", "国办发明电〔2018〕15号"),
    (date(2022, 12, 31), False, "元旦放假", "国办发明电〔2022〕16号"),
])
def test_a_day_says_what_it_is(day: date, workday: bool, what: str, source: str) -> None:
    assert shipped().note(day) == (day, workday, what, source)
    assert shipped().is_workday(day) is workday


def test_beyond_the_known_years_a_day_is_guessed_from_its_weekday() -> None:
    calendar = shipped()
    assert calendar.known_through == date(2026, 12, 31)
    assert calendar.knows(date(2026, 12, 31))
    assert not calendar.knows(date(2027, 1, 1))
    assert not calendar.knows(date(2018, 12, 29))
    assert calendar.is_workday(date(2027, 1, 1))  # a Friday
    assert not calendar.is_workday(date(2027, 1, 2))
    assert calendar.first_unknown(date(2026, 12, 1), date(2027, 3, 1)) == date(2027, 1, 1)
    assert calendar.first_unknown(date(2026, 1, 1), date(2026, 12, 31)) is None
    assert calendar.first_unknown(date(2018, 6, 1), date(2018, 6, 1)) is None


def test_the_calendar_is_kept_and_cannot_be_changed() -> None:
    assert shipped() is shipped()
    with pytest.raises(AttributeError):
        shipped().layers = ()  # type: ignore[misc]
    assert isinstance(shipped(), Calendar)
