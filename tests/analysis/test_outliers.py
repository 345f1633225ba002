"""What is odd does not depend on order or unit, and a constant has no odd number."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.analysis.outliers import LEAST, LIMIT, median, odd_ones

NUMBERS = st.lists(st.integers(0, 1000), min_size=0, max_size=40)


def named(values: list[int]) -> dict[int, int]:
    return dict(enumerate(values))


def keys(values: dict[int, int]) -> set[int]:
    return {odd.key for odd in odd_ones(values)}


@given(NUMBERS, st.randoms(use_true_random=False))
def test_the_order_of_agencies_does_not_matter(values: list[int], drawn: random.Random) -> None:
    numbers = named(values)
    shuffled = list(numbers.items())
    drawn.shuffle(shuffled)
    assert odd_ones(dict(shuffled)) == odd_ones(numbers)


@given(NUMBERS, st.integers(1, 1000), st.integers(-500, 500))
def test_another_unit_or_another_zero_finds_the_same(values: list[int], times: int, shift: int) -> None:
    numbers = named(values)
    assert keys({key: value * times + shift for key, value in numbers.items()}) == keys(numbers)


@given(st.integers(-1000, 1000), st.integers(0, 60))
def test_a_constant_has_no_odd_number(value: int, times: int) -> None:
    assert odd_ones(dict.fromkeys(range(times), value)) == []


@given(NUMBERS)
def test_an_odd_number_is_far_from_the_middle_and_says_how_far(values: list[int]) -> None:
    numbers = named(values)
    middle = median([Decimal(v) for v in values]) if values else None
    for odd in odd_ones(numbers):
        assert odd.median == middle
        assert abs(odd.score) > LIMIT
        assert odd.high == (numbers[odd.key] > middle)
        assert odd.among == len(values) >= LEAST


@given(NUMBERS)
def test_whatever_is_farther_than_an_odd_number_is_odd_too(values: list[int]) -> None:
    numbers = named(values)
    found = odd_ones(numbers)
    if found:
        nearest = min(abs(odd.value - odd.median) for odd in found)
        for key, value in numbers.items():
            if abs(value - found[0].median) > nearest:
                assert key in {odd.key for odd in found}


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=41))
def test_the_median_has_as_many_below_as_above(values: list[int]) -> None:
    middle = Fraction(median([Decimal(v) for v in values]))
    assert sum(v < middle for v in values) <= len(values) // 2
    assert sum(v > middle for v in values) <= len(values) // 2


def test_one_of_ten_that_is_ten_times_as_high_is_found() -> None:
    (odd,) = odd_ones(named([10, 11, 9, 12, 10, 8, 11, 10, 9, 100]))
    assert (odd.key, odd.median, odd.high) == (9, Decimal(10), True)


def test_where_most_are_the_same_the_mean_distance_decides() -> None:
    (odd,) = odd_ones(named([0, 0, 0, 0, 0, 0, 0, 0, 0, 7]))
    assert odd.key == 9


def test_four_numbers_are_too_few() -> None:
    assert odd_ones(named([1, 1, 1, 1000])) == []
    with pytest.raises(ValueError, match="no numbers"):
        median([])
