"""Values of many agencies and years: what was not written is nowhere zero, and questions do not grow with agencies."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.analysis.conftest import published, written
from tests.factories import actor, agency

from gongkai.accounts.actor import PUBLIC
from gongkai.analysis import heat, oddities, population, ranking, side, values
from gongkai.analysis.measures import measure
from gongkai.analysis.ratios import RATIOS, Lacking
from gongkai.analysis.summary import summaries
from gongkai.annual_reports import queries

DISCLOSED, OTHERWISE = measure("disclosed"), measure("otherwise")
EVERY = [measure(key) for key in RATIOS]
TOTALS = {"t3__granted__total": 30, "t3__partial__total": 10, "t3__closed__total": 80}


def test_a_value_is_the_ratio_of_the_cells(bureaus, supervisor):
    report = written(bureaus[0], 2023, **TOTALS)
    table = values.table(supervisor, [bureaus[0].pk], [2022, 2023], [DISCLOSED])
    found = table.at(bureaus[0].pk, 2023, "disclosed")
    assert (found.value, found.above, found.below) == (Decimal(50), 40, 80)
    assert table.reports == {(bureaus[0].pk, 2023): report.pk}
    assert table.at(bureaus[0].pk, 2022, "disclosed").lacking is Lacking.NO_REPORT


@pytest.mark.parametrize("blank", ["t3__granted__total", "t3__closed__total"])
def test_a_blank_is_not_zero(bureaus, supervisor, blank):
    written(bureaus[0], 2023, **(TOTALS | {blank: None}))
    found = values.table(supervisor, [bureaus[0].pk], [2023], [DISCLOSED]).at(bureaus[0].pk, 2023, "disclosed")
    assert (found.value, found.lacking) == (None, Lacking.NO_NUMBER)


def test_nothing_below_the_line_is_no_ratio(bureaus, supervisor):
    written(bureaus[0], 2023, **dict.fromkeys(TOTALS, 0))
    found = values.table(supervisor, [bureaus[0].pk], [2023], [DISCLOSED]).at(bureaus[0].pk, 2023, "disclosed")
    assert (found.value, found.lacking) == (None, Lacking.ZERO)


def test_both_forms_meet_in_one_row_and_a_form_without_a_cell_says_so(bureaus, supervisor):
    where = bureaus[0]
    written(where, 2020, t3__other__total=6, t3__closed__total=60)
    written(where, 2023, t3__other_uncorrected__total=1, t3__other_unpaid__total=2, t3__other_rest__total=3,
            t3__closed__total=60)
    table = values.table(supervisor, [where.pk], [2020, 2023], [OTHERWISE, measure("repealed")])
    assert [table.at(where.pk, year, "otherwise").value for year in (2020, 2023)] == [Decimal(10), Decimal(10)]
    assert table.at(where.pk, 2020, "repealed").lacking is Lacking.OTHER_FORM


def test_an_amount_is_compared_in_ten_thousands(bureaus, supervisor):
    report = written(bureaus[0], 2023)
    version = report.current
    version.cells.filter(cell="t2.fees.amount").update(value=Decimal(25_000), unit="元", status="value")
    table = values.table(supervisor, [bureaus[0].pk], [2023], [measure("t2.fees.amount")])
    assert table.at(bureaus[0].pk, 2023, "t2.fees.amount").value == Decimal("2.5")


def test_the_public_reads_what_is_published_and_staff_the_current_version(bureaus, supervisor):
    report = published(written(bureaus[0], 2023, **TOTALS))
    written(bureaus[1], 2023, **TOTALS)
    keys = [one.pk for one in bureaus]
    assert set(values.table(PUBLIC, keys, [2023], [DISCLOSED]).reports.values()) == {report.pk}
    assert len(values.table(supervisor, keys, [2023], [DISCLOSED]).reports) == 2
    stranger = actor(agency("白沙县人民政府"))
    assert set(values.table(stranger, keys, [2023], [DISCLOSED]).reports.values()) == {report.pk}


def test_questions_do_not_grow_with_agencies_and_years(bureaus, supervisor):
    def asked(count, years):
        with CaptureQueriesContext(connection) as found:
            table = values.table(supervisor, [one.pk for one in bureaus[:count]], years, EVERY)
            listed = population.listed(type(bureaus[0]).objects.filter(pk__in=[one.pk for one in bureaus[:count]]))
            ranking.ranked(table, listed, "disclosed", 2023)
            heat.lines(table, listed, heat.columns(table))
            oddities.among_peers(table, listed, 2023)
            summaries(table, listed, 2023)
        return len(found)

    for n, one in enumerate(bureaus):
        for year in (2021, 2022, 2023):
            written(one, year, seed=10 * n + year)
    assert asked(1, [2023]) == asked(6, [2021, 2022, 2023]) <= 6


def test_ranks_are_shared_and_those_without_a_value_stand_last(bureaus, supervisor, county):
    for one, granted in zip(bureaus, (10, 40, 40, 20, None), strict=False):
        written(one, 2023, **(TOTALS | {"t3__granted__total": granted}))
    listed = population.listed(population.below(county, 2023, "department"))
    table = values.table(supervisor, [one.pk for one in bureaus], [2022, 2023], [DISCLOSED])
    places = ranking.ranked(table, listed, "disclosed", 2023)
    assert [(p.rank, p.agency.id) for p in places[:4]] == [
        (1, bureaus[1].pk), (1, bureaus[2].pk), (3, bureaus[3].pk), (4, bureaus[0].pk),
    ]
    assert [p.quotient.lacking for p in places[4:]] == [Lacking.NO_NUMBER, Lacking.NO_REPORT]
    lowest = ranking.ranked(table, listed, "disclosed", 2023, ascending=True)
    assert [p.rank for p in lowest[:4]] == [1, 2, 3, 3]


def test_tints_follow_the_numbers_and_a_constant_has_none(bureaus, supervisor):
    for n, one in enumerate(bureaus):
        written(one, 2023, **(TOTALS | {"t3__granted__total": n * 10, "t3__new__total": 7}))
    listed = population.listed(population.below(bureaus[0].parent, 2023, "department"))
    table = values.table(supervisor, [b.pk for b in bureaus], [2023], [DISCLOSED, measure("t3.new.total")])
    lines = heat.lines(table, listed, heat.columns(table))
    steps = [line.squares[0].step for line in lines]
    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == (1, 5)
    assert {line.squares[1].step for line in lines} == {0}


def test_an_odd_bureau_is_found_among_its_kind_and_says_what_is_usual(bureaus, supervisor):
    for n, one in enumerate(bureaus):
        written(one, 2023, **(TOTALS | {"t3__granted__total": 0 if n == 5 else 50 + n % 3}))
    listed = population.listed(population.below(bureaus[0].parent, 2023))
    table = values.table(supervisor, [b.pk for b in bureaus], [2023], [DISCLOSED])
    (found,) = oddities.among_peers(table, listed, 2023)
    assert (found.agency.id, found.odd.high, found.odd.among) == (bureaus[5].pk, False, 6)


def test_a_ratio_of_a_handful_of_cases_is_never_odd(bureaus, supervisor):
    small = {"t3__granted__total": 0, "t3__partial__total": 0, "t3__closed__total": 2}
    for n, one in enumerate(bureaus):
        written(one, 2023, **(small if n == 5 else TOTALS | {"t3__granted__total": 50 + n % 3}))
    listed = population.listed(population.below(bureaus[0].parent, 2023))
    table = values.table(supervisor, [b.pk for b in bureaus], [2023], [DISCLOSED])
    assert oddities.among_peers(table, listed, 2023) == []


def test_a_jump_among_own_years_is_found(bureaus, supervisor):
    for year, new in zip(range(2018, 2024), (20, 22, 19, 21, 20, 200), strict=True):
        written(bureaus[0], year, t3__new__total=new)
    table = values.table(supervisor, [bureaus[0].pk], range(2018, 2024), [measure("t3.new.total")])
    listed = population.listed(type(bureaus[0]).objects.filter(pk=bureaus[0].pk))
    (found,) = oddities.among_years(table, listed)
    assert (found.year, found.odd.high) == (2023, True)


def test_the_whole_is_a_ratio_of_sums_not_a_mean_of_ratios(bureaus, supervisor):
    for one, (granted, closed) in zip(bureaus, ((1, 1), (0, 99), (0, 0)), strict=False):
        written(one, 2023, t3__granted__total=granted, t3__partial__total=0, t3__closed__total=closed)
    listed = population.listed(population.below(bureaus[0].parent, 2023, "department"))
    table = values.table(supervisor, [b.pk for b in bureaus], [2023], [DISCLOSED])
    (found,) = summaries(table, listed, 2023)
    assert (found.whole.value, found.middle, found.counted) == (Decimal(1), Decimal(50), 2)
    assert found.lacking == {Lacking.ZERO: 1, Lacking.NO_REPORT: 3}


def test_years_side_by_side_keep_blanks_and_forms_apart(bureaus, supervisor):
    where = bureaus[0]
    written(where, 2020, t3__new__total=10)
    written(where, 2023, t3__new__total=15, t3__granted__natural=None)
    sheet = side.years_of(supervisor, where, range(2018, 2024))
    assert [head.year for head in sheet.heads] == [2020, 2023]
    assert sheet.mixed
    rows = {row.cell: row for row in sheet.rows}
    assert (rows["t3.new.total"].change, rows["t3.new.total"].percent) == (5, Decimal("50.0"))
    assert rows["t3.granted.natural"].cells[1].value is None
    assert rows["t3.granted.natural"].change is None
    assert rows["t2.services.decisions"].cells[1] is None
    assert rows["t3.other.total"].derived
    assert "t3.other_rest.total" not in rows
    effective = queries.effective(where.annual_reports.get(year=2023).current)
    three = [effective.value(f"t3.{row}.total") for row in ("other_uncorrected", "other_unpaid", "other_rest")]
    assert rows["t3.other.total"].cells[1].value == sum(three)


def test_agencies_side_by_side_keep_the_column_of_one_without_a_report(bureaus, supervisor):
    written(bureaus[0], 2023)
    sheet = side.agencies_in(supervisor, bureaus[:2], 2023)
    assert [head.report is not None for head in sheet.heads] == [True, False]
    assert {row.cells[1] for row in sheet.rows} == {None}
    assert len(sheet.rows) == 200


def test_who_owed_no_report_of_a_year_is_not_compared(county, bureaus):
    type(county).objects.filter(pk=bureaus[0].pk).update(valid_from=date(2024, 5, 1))
    assert bureaus[0].pk not in {one.id for one in population.listed(population.below(county, 2023))}
