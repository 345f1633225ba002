"""The text in which an office enters a year: the words of the notice, and every slip named."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.errors import Refused
from gongkai.core.workdays import YearArrangement, parse_year, shipped
from gongkai.core.workdays.wording import Unclear, days_of, weekday

HOLIDAYS = {
    "元旦": ("1月1日（周五）至3日（周日）", ""), "春节": ("2月5日至11日", "2月13日（周六）"), "清明节": ("4月5日", ""),
    "劳动节": ("5月1日至5日", "5月8日（周六）"), "端午节": ("6月9日", ""), "中秋节": ("9月15日", ""),
    "国庆节": ("10月1日至7日", "10月9日（周六）"),
}


def text(**changed: str) -> str:
    lines = ['year = 2027', 'notice = "国办发明电〔2026〕1号"', 'title = "通知"', 'date = 2026-11-10']
    for name, (off, work) in HOLIDAYS.items():
        off, work = changed.get(name, off), changed.get(f"{name}上班", work)
        if off != "无":
            lines += ["[[holidays]]", f'name = "{name}"', f'off = "{off}"'] + ([f'work = "{work}"'] if work else [])
    return "\n".join(lines)


def problems(given: str | bytes) -> str:
    with pytest.raises(Refused) as refused:
        parse_year(given)
    assert refused.value.code == "arrangement"
    assert "%" not in refused.value.message
    return refused.value.message


def test_a_year_is_read_from_the_words_of_its_notice() -> None:
    arranged = parse_year(text())
    calendar = shipped().with_year(arranged)
    assert (arranged.year, arranged.notice, arranged.issued_on) == (2027, "国办发明电〔2026〕1号", date(2026, 11, 10))
    assert calendar.known_through == date(2027, 12, 31)
    assert calendar.note(date(2027, 2, 8)).what == "春节放假"
    assert calendar.is_workday(date(2027, 2, 13))
    assert parse_year(text().encode("utf-8-sig").replace(b"\n", b"\r\n")) == arranged
    assert parse_year("# 说明\n" + text()).sha == arranged.sha
    assert parse_year(text(端午节="6月10日")).sha != arranged.sha


@pytest.mark.parametrize("year", range(2019, 2027))
def test_an_arrangement_survives_being_kept_as_json(year: int) -> None:
    arranged = shipped().layers[0].years[year]
    assert YearArrangement.from_json(arranged.as_json()) == arranged


@pytest.mark.parametrize(("given", "named"), [
    ("", "缺少年份"), ("year = true", "缺少年份"), ("year = 27", "缺少年份"), ("year = ", "没有写完"),
    ("year = 2027\nnotice = “国办发明电〔2026〕1号”", "第 2 行看不懂"), ("year = 2027\ndate = \n", "第 2 行看不懂"),
    ("year = 2027\nyear = 2028\n", "第 2 行看不懂"), ("[" * 5000, "看不懂"),
    (b"\xff\xfe", "UTF-8"), ("#" * 200_000, "太大"),
    (text().replace('notice = "国办发明电〔2026〕1号"', "").replace('title = "通知"', ""), "缺少通知的文号"),
    (text().replace("date = 2026-11-10", ""), "缺少通知的日期"),
    (text(中秋节="无"), "缺少中秋"), (text().replace('name = "春节"', 'name = ""'), "没有写名称"),
    (text(春节=""), "春节没有写放假日期"), (text(春节="2月30日"), "没有“2月30日”这一天"),
    (text(春节="大年初一"), "看不懂"), (text(春节="2月11日至5日"), "起止日期不对"),
    (text(春节="2月5日至4月20日"), "起止日期不对"), (text(春节上班="2月13日（周日）"), "是周六"),
    (text(春节上班="2月15日"), "本来就上班"), (text(春节上班="2月6日"), "既放假又上班"),
    (text(元旦="2026年10月1日"), "不在2027年"), (text().replace("off", "offf", 1), "不认识的内容“offf”"),
    (text() + "\n[extra]\nday = 1", "不认识的内容“extra”"), ("year = 2027\nholidays = 3", "[[holidays]]"),
    (text().replace('"4月5日"', "[3]"), "看不懂"),
])
def test_every_slip_is_named_in_a_sentence(given: str | bytes, named: str) -> None:
    assert named in problems(given)


def test_all_problems_are_said_at_once() -> None:
    said = problems(text(春节="2月30日", 端午节="六月", 中秋节=""))
    assert said.count("；") >= 2
    for part in ("2月30日", "六月", "中秋节没有写"):
        assert part in said


def test_a_later_notice_changes_single_days() -> None:
    changed = text() + """
[[changes]]
notice = "国办发明电〔2027〕2号"
date = 2027-01-20
[[changes.holidays]]
name = "春节"
off = ["2月12日", 2027-02-13]
"""
    calendar = shipped().with_year(parse_year(changed))
    assert calendar.note(date(2027, 2, 13)) == (date(2027, 2, 13), False, "春节放假", "国办发明电〔2027〕2号")
    assert calendar.note(date(2027, 2, 5)).source == "国办发明电〔2026〕1号"


def test_a_local_decision_needs_neither_number_nor_all_holidays() -> None:
    arranged = parse_year("""
year = 2026
region = "440100"
title = "关于台风期间停工的决定"
date = "2026年9月7日"
[[holidays]]
name = "台风停工"
off = "9月8日、9日"
""")
    assert arranged.region == "440100"
    assert [day.on.day for day in arranged.days] == [8, 9]
    assert {day.source for day in arranged.days} == {"关于台风期间停工的决定"}
    with pytest.raises(Refused, match="不认识的地区"):
        parse_year('year = 2026\nregion = "火星"\ntitle = "x"\ndate = 2026-01-01')


@given(st.dates(date(2020, 1, 1), date(2030, 12, 1)), st.integers(0, 30))
def test_spans_are_understood_in_every_way_of_writing(first: date, length: int) -> None:
    last = date.fromordinal(first.toordinal() + length)
    expected = [date.fromordinal(first.toordinal() + n) for n in range(length + 1)]
    spelt = f"{first.year}年{first.month}月{first.day}日（{weekday(first)}）"
    ends = [f"{last.year}年{last.month}月{last.day}日（农历十五、{weekday(last)}）", last.isoformat()]
    if last.year == first.year:
        ends.append(f"{last.month}月{last.day}日")
    if last.month == first.month:
        ends.append(f"{last.day}日（星期{weekday(last)[1]}）")
    for end in ends:
        assert days_of(f"{spelt}至{end}", 1999) == expected
    assert days_of(spelt, 1999) == [first]


@given(st.text("0123456789年月日至、（）周一二", max_size=20))
def test_whatever_is_typed_is_days_or_unclear(typed: str) -> None:
    try:
        days = days_of(typed, 2026)
    except Unclear:
        return
    assert days
    assert all(isinstance(day, date) for day in days)
