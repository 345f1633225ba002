from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.law.fees import by_page, by_piece, explain, in_force, piece_fee


@pytest.mark.parametrize(("pieces", "amount"), [
    (0, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (40, 4000), (41, 4300), (50, 7000), (51, 7400),
])
def test_by_piece(pieces, amount):
    assert by_piece(pieces) == Decimal(amount)


@pytest.mark.parametrize(("pages", "amount"), [
    (0, 0), (30, 0), (31, 10), (57, 270), (100, 700), (101, 720), (109, 880), (119, 1080), (200, 2700), (201, 2740),
])
def test_by_page(pages, amount):
    assert by_page(pages) == Decimal(amount)


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_month_costs_the_same_however_it_is_charged(first, second):
    assert by_piece(first) + by_piece(second, before=first) == by_piece(first + second)


@given(st.integers(1, 500))
def test_the_nth_piece_against_the_words_of_the_measures(nth):
    assert piece_fee(nth) == (0 if nth <= 10 else 100 if nth <= 30 else 100 * ((nth - 31) // 10 + 2))
    assert by_piece(nth) == sum(piece_fee(n) for n in range(1, nth + 1))


@given(st.integers(0, 5000))
def test_pages_one_by_one(pages):
    rates = (0 if p <= 30 else 10 if p <= 100 else 20 if p <= 200 else 40 for p in range(1, pages + 1))
    assert by_page(pages) == sum(rates)


@given(st.sampled_from(["piece", "page"]), st.integers(0, 600))
def test_the_steps_add_up(method, quantity):
    steps = explain(method, quantity)
    assert sum(step.count for step in steps) == quantity
    assert all(step.amount == step.count * step.tier.rate and str(step.count) in step.sentence for step in steps)


def test_the_steps_in_words():
    assert [step.sentence for step in explain("page", 210)] == [
        "第 1–30 页：30 页，不收费。", "第 31–100 页：70 页 × 10 元 = 700 元。",
        "第 101–200 页：100 页 × 20 元 = 2000 元。",
        "第 201 页以上：10 页 × 40 元 = 400 元。",
    ]
    assert [step.sentence for step in explain("piece", 2, before=30)] == ["第 31–40 件：2 件 × 200 元 = 400 元。"]


@pytest.mark.parametrize(("call", "numbers"), [
    (by_piece, (-1,)), (by_page, (-1,)), (piece_fee, (0,)), (by_piece, (1, -1)),
])
def test_negative_numbers_are_errors(call, numbers):
    with pytest.raises(ValueError, match=r"-1|0"):
        call(*numbers)


def test_the_day_from_which_fees_exist():
    assert not in_force(date(2020, 12, 31))
    assert in_force(date(2021, 1, 1))
