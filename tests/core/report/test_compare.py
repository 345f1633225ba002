"""Two readings beside each other."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.core.report.checks.made import put, report, requests, section, take

from gongkai.core.report.compare import CellPair, compare
from gongkai.core.report.forms import form
from gongkai.core.report.model import Status


def _pair(a, b, cell_id: str) -> CellPair:
    return next(pair for pair in compare(a, b).cells if pair.id == cell_id)


def test_a_report_is_like_itself() -> None:
    found = compare(report(), report())
    assert found.differing == ()
    assert found.meta == {}
    assert found.to_dict()["cells"] == []


@given(st.sampled_from(sorted(form("2021").cells)), st.integers(1, 9999), st.integers(0, 9999))
def test_every_changed_cell_is_told_with_its_change(cell_id: str, before: int, after: int) -> None:
    a, b = report(), report()
    put(a, cell_id, before)
    put(b, cell_id, after)
    found = [pair for pair in compare(a, b).cells if pair.differs]
    assert [(p.id, p.change) for p in found] == ([] if before == after else [(cell_id, after - before)])


def test_the_percentage_is_of_the_first_and_none_from_zero() -> None:
    a, b = report(t3__new__total=200, t3__granted__total=0), report(t3__new__total=230, t3__granted__total=5)
    assert _pair(a, b, "t3.new.total").percent == Decimal("15.0")
    assert _pair(a, b, "t3.granted.total").percent is None


def test_a_blank_differs_from_zero() -> None:
    a, b = report(), report()
    take(b, "t3.new.total")
    pair = _pair(a, b, "t3.new.total")
    assert pair.differs
    assert pair.change is None
    assert pair.b is not None
    assert pair.b.status is Status.BLANK


def test_other_outcomes_compare_as_one_row_between_the_forms() -> None:
    a = report("2019", year=2020, t3__other__total=5)
    b = report("2021", year=2021, t3__other_uncorrected__total=1, t3__other_unpaid__total=2, t3__other_rest__total=4)
    pair = _pair(a, b, "t3.other.total")
    assert (pair.change, pair.derived) == (2, True)
    split = _pair(a, b, "t3.other_rest.total")
    assert split.a is None
    assert not split.differs


def test_cells_of_one_form_only_are_named_and_not_compared() -> None:
    found = compare(report("2019", year=2020), report("2021", year=2021))
    only = {pair.id for pair in found.only_in_one_form}
    assert "t2.procurement.amount" in only
    assert "t2.normative.in_force" in only
    assert "t2.normative.made" not in only
    assert found.meta["form"] == ("2019", "2021")


def test_amounts_are_compared_in_ten_thousands() -> None:
    a, b = report(), report()
    put(a, "t2.fees.amount", 12000, unit="元")
    put(b, "t2.fees.amount", Decimal("1.5"), unit="万元")
    assert _pair(a, b, "t2.fees.amount").change == Decimal("0.3")


def test_the_likeness_of_prose_is_told_by_section() -> None:
    a, b = requests(report(text="全年公开信息三百条。")), report(text="全年公开信息四百条。")
    assert compare(a, a).sections[1] == 1
    assert 0.5 < compare(a, b).sections[1] < 1
    section(b, 1, "毫不相干")
    assert compare(a, b).sections[1] < 0.2
