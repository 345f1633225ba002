"""A ratio is what its formula says, and nothing where a number is missing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.analysis.measures import CELLS, measure, offered, with_one_row
from gongkai.analysis.ratios import RATIOS, RECORD_NAMES, Lacking, quotient
from gongkai.core.report.forms import all_forms, form
from gongkai.core.report.samples import sample

COUNT = st.integers(0, 10_000)
ratios = pytest.mark.parametrize("key", list(RATIOS))


def numbers_of(draw: st.DataObject, key: str) -> dict[str, int]:
    return {part: draw.draw(COUNT) for part in RATIOS[key].parts}


@ratios
def test_every_part_is_a_cell_of_a_form_or_a_record(key: str) -> None:
    cells = set().union(*(made.cells for made in all_forms()))
    assert set(RATIOS[key].parts) <= cells | set(RECORD_NAMES)


@ratios
@given(st.data())
def test_a_ratio_is_its_numerator_over_its_denominator(key: str, data: st.DataObject) -> None:
    ratio, numbers = RATIOS[key], numbers_of(data, key)
    found = quotient(ratio, numbers)
    above = sum(numbers[part] for part in ratio.numerator)
    below = sum(numbers[part] for part in ratio.denominator)
    assert (found.above, found.below) == (above, below)
    if below == 0:
        assert (found.value, found.lacking) == (None, Lacking.ZERO)
    else:
        assert found.value == Decimal(above) * ratio.per / Decimal(below)


@ratios
@given(st.data())
def test_a_blank_anywhere_leaves_no_ratio(key: str, data: st.DataObject) -> None:
    numbers = numbers_of(data, key)
    del numbers[data.draw(st.sampled_from(RATIOS[key].parts))]
    assert quotient(RATIOS[key], numbers).value is None
    assert quotient(RATIOS[key], numbers).lacking is Lacking.NO_NUMBER


@ratios
@given(st.data(), st.integers(2, 50))
def test_scaling_every_number_leaves_a_ratio_as_it_is(key: str, data: st.DataObject, times: int) -> None:
    numbers = numbers_of(data, key)
    scaled = {part: number * times for part, number in numbers.items()}
    assert quotient(RATIOS[key], scaled).value == quotient(RATIOS[key], numbers).value


@given(st.integers(1, 400), st.sampled_from([2019, 2024]))
def test_the_six_outcomes_of_a_report_add_up_to_a_hundred(seed: int, year: int) -> None:
    report = sample(seed, agency="青澜县民政局", year=year)
    numbers = {cell.id: cell.value for cell in report.cells.values() if cell.value is not None}
    keys = ("disclosed", "refused", "unable", "unhandled", "otherwise")
    numbers = with_one_row(numbers, RATIOS["otherwise"].parts)
    found = [quotient(RATIOS[key], numbers) for key in keys]
    if found[0].lacking is None:
        assert sum(q.above for q in found) == found[0].below
        assert abs(sum(q.value for q in found) - 100) < Decimal("1e-20")
    else:
        assert {q.lacking for q in found} == {Lacking.ZERO}


def test_three_rows_of_which_one_is_blank_add_up_to_nothing() -> None:
    held = {"t3.other_uncorrected.total": 1, "t3.other_rest.total": 2}
    assert "t3.other.total" not in with_one_row(dict(held), ("t3.other.total",))
    assert with_one_row({**held, "t3.other_unpaid.total": 4}, ("t3.other.total",))["t3.other.total"] == 7


def test_every_cell_can_be_a_measure_and_nothing_else() -> None:
    for made in all_forms():
        for cell in made.cells:
            assert measure(cell).parts == (cell,)
    assert measure("t2.fees.amount").unit == "万元"
    for wrong in ("", "t3.new", "t3.new.everything", "disclosed ", "records.on_time"):
        with pytest.raises(KeyError):
            measure(wrong)


def test_what_lists_offer_has_names_that_differ() -> None:
    names = [one.name for one in offered()]
    assert len(set(names)) == len(names) == len(RATIOS) + len(CELLS)
    assert set(CELLS) <= set(form("2021").cells)
