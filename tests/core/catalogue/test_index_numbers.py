"""Index numbers: sound templates make numbers that can be taken apart, unsound ones are refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.core.catalogue.index_numbers import DEFAULT_TEMPLATE, Restart, template
from gongkai.core.errors import Refused

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy

ON = date(2026, 11, 21)
VALUES = {"credit_code": "116107280000000000", "area": "350400", "department": "MZ", "class": "01", "group": "0301"}
TEMPLATES = [
    (DEFAULT_TEMPLATE, Restart.YEAR), ("{credit_code}/{year}{month:02d}-{serial:05d}", Restart.YEAR),
    ("{area}-{department}-{class}-{group}-{date}-{serial}", Restart.DAY), ("{year}{serial:06d}", Restart.YEAR),
    ("{department}〔{year}〕{serial}号", Restart.YEAR), ("{credit_code}-{serial}", Restart.NEVER),
    ("{year}{month}{day}-{serial:03d}", Restart.DAY), ("{date}{serial:04d}", Restart.MONTH),
]


@pytest.mark.parametrize(("text", "restart", "number"), [
    (DEFAULT_TEMPLATE, Restart.YEAR, "116107280000000000/2026-00007"),
    ("{credit_code}/{year}{month:02d}-{serial:05d}", Restart.MONTH, "116107280000000000/202611-00007"),
    ("{area}-{department}-{class}-{group}-{date}-{serial}", Restart.DAY, "350400-MZ-01-0301-20261121-7"),
    ("{department}〔{year}〕{serial}号", Restart.YEAR, "MZ〔2026〕7号"),
])
def test_numbers_as_offices_write_them(text: str, restart: Restart, number: str) -> None:
    assert template(text, restart).render(serial=7, on=ON, values=VALUES) == number


@PATIENT
@given(st.sampled_from(TEMPLATES), st.integers(1, 9_999_999), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_number_is_taken_apart_into_what_made_it(made: tuple[str, Restart], serial: int, on: date) -> None:
    form = template(*made)
    number = form.render(serial=serial, on=on, values=VALUES)
    parts = form.parse(number)
    assert parts is not None
    assert int(parts["serial"]) == serial
    again = form.render(serial=int(parts["serial"]), on=on, values={key: parts.get(key, VALUES[key]) for key in VALUES})
    assert again == number


@PATIENT
@given(st.sampled_from(TEMPLATES), st.sets(st.integers(1, 200_000), max_size=8))
def test_the_next_serial_is_new_and_one_more_than_the_highest(made: tuple[str, Restart], serials: set[int]) -> None:
    form = template(*made)
    numbers = [form.render(serial=serial, on=ON, values=VALUES) for serial in serials]
    following = form.next_serial([*numbers, "别处的号"], on=ON, values=VALUES)
    assert following == max(serials, default=0) + 1
    assert form.render(serial=following, on=ON, values=VALUES) not in numbers


@pytest.mark.parametrize(("text", "restart", "before", "expected"), [
    (DEFAULT_TEMPLATE, Restart.YEAR, date(2025, 12, 31), 1), (DEFAULT_TEMPLATE, Restart.YEAR, date(2026, 1, 1), 6),
    ("{credit_code}-{serial}", Restart.NEVER, date(2001, 1, 1), 6),
    ("{date}{serial:04d}", Restart.MONTH, date(2026, 11, 1), 6),
    ("{date}{serial:04d}", Restart.MONTH, date(2026, 10, 1), 1),
    ("{year}{month}-{serial}", Restart.YEAR, date(2026, 3, 1), 6),
])
def test_a_series_starts_anew_where_the_template_says(
    text: str, restart: Restart, before: date, expected: int,
) -> None:
    form = template(text, restart)
    number = form.render(serial=5, on=before, values=VALUES)
    assert form.next_serial([number], on=ON, values=VALUES) == expected


def test_another_office_has_a_series_of_its_own() -> None:
    form = template(DEFAULT_TEMPLATE)
    other = VALUES | {"credit_code": "11610728000000000X"}
    assert form.next_serial([form.render(serial=9, on=ON, values=other)], on=ON, values=VALUES) == 1


@pytest.mark.parametrize(("text", "restart", "code"), [
    ("", Restart.YEAR, "template-empty"), ("x" * 200, Restart.YEAR, "template-too-long"),
    ("{year}-{serial", Restart.YEAR, "template-broken"), ("{year}-{serial:5d}", Restart.YEAR, "template-broken"),
    ("{month:05d}{year}-{serial}", Restart.YEAR, "template-broken"),
    ("{year}-{serial!r}", Restart.YEAR, "unknown-field"), ("{year.real}-{serial}", Restart.YEAR, "unknown-field"),
    ("{year}-{number}", Restart.YEAR, "unknown-field"), ("{}-{serial}", Restart.NEVER, "unknown-field"),
    ("{year}-{serial}-{year}", Restart.YEAR, "field-twice"), ("{year}-00001", Restart.YEAR, "serial-missing"),
    ("{credit_code}-{serial}", Restart.YEAR, "period-missing"), ("{year}-{serial}", Restart.MONTH, "period-missing"),
    ("{year} {serial}", Restart.YEAR, "odd-character"), ("{year}<{serial}", Restart.YEAR, "odd-character"),
    ("{year}-{serial}{month}", Restart.YEAR, "ambiguous"), ("{area}{class}-{year}-{serial}", Restart.YEAR, "ambiguous"),
    ("{area}{serial}-{year}", Restart.YEAR, "ambiguous"), ("{year}-{serial}9", Restart.YEAR, "ambiguous"),
])
def test_an_unsound_template_is_refused(text: str, restart: Restart, code: str) -> None:
    with pytest.raises(Refused) as refused:
        template(text, restart)
    assert refused.value.code == code


@pytest.mark.parametrize(("values", "serial", "code"), [
    ({}, 1, "value-missing"), ({"credit_code": "短"}, 1, "value-odd"), (VALUES, 0, "serial-odd"),
])
def test_a_number_is_not_made_out_of_what_is_missing(values: dict[str, str], serial: int, code: str) -> None:
    with pytest.raises(Refused) as refused:
        template(DEFAULT_TEMPLATE).render(serial=serial, on=ON, values=values)
    assert refused.value.code == code


@pytest.mark.parametrize("number", ["116107280000000000/2026-7", "116107280000000000/2026-00007 ", "", "2026-00007"])
def test_a_number_of_another_form_is_not_parsed(number: str) -> None:
    assert template(DEFAULT_TEMPLATE).parse(number) is None
