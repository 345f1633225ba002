from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.registers.values import date_of, is_empty, text_of, whole_number

_DAY = date(2020, 1, 5)
_WRITTEN = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日", "%Y-%m-%d 10:30", "%Y-%m-%dT10:30:00",
            "%Y年%m月%d日 10时30分"]


@pytest.mark.parametrize("value", [
    "2020-01-05", "2020/1/5", "2020.1.5", "20200105", "2020年1月5日", " 2020 年 1 月 5 日 ",
    "２０２０／１／５", "2020.01.05.",
    "二〇二〇年一月五日", "2020年1月5号", _DAY,
    datetime(2020, 1, 5, 23, 59), 43835, 43835.75, "43835", 20200105, 20200105.0,  # noqa: DTZ001
])
def test_the_ways_of_writing_a_day(value):
    assert date_of(value) == _DAY


@pytest.mark.parametrize("value", [
    "", "2020", "2020年1月", "1月5日", "2020-02-30", "2020-13-01", 20201301, "20200230",
    "2020-1-5至2020-1-6", "无", "昨天",
    5, 0, -1, 1.5, True, time(10), "12345", 99999999, "2020-1/5", "9999-01-01", "1900-01-01", "2020-01-05" * 9,
])
def test_what_is_no_day(value):
    assert date_of(value) is None


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.sampled_from(_WRITTEN))
def test_every_day_in_every_way(day, form):
    assert date_of(day.strftime(form)) == day
    assert date_of((day - date(1899, 12, 30)).days) == day


@pytest.mark.parametrize(("value", "number"), [
    (5, 5), (5.0, 5), ("5", 5), ("５ 个工作日", 5), ("20天", 20), ("5.0", 5), ("-1", -1),
    (5.5, None), ("五", None), ("", None),
    (True, None), (_DAY, None), ("5-6", None), ("9" * 30, None),
])
def test_whole_numbers(value, number):
    assert whole_number(value) == number


@given(st.text())
def test_any_text_is_no_error(text):
    date_of(text), whole_number(text), is_empty(text)
    assert text_of(text_of(text)) == text_of(text)


def test_text():
    assert text_of(" a\r\nb\x00\x07 ") == "a\nb"
    assert text_of(5.0) == "5"
    assert text_of(_DAY) == "2020-01-05"
    assert is_empty(" — ")
    assert not is_empty(0)
