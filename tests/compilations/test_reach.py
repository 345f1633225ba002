"""Whose records a report counts when agencies merge, divide, end in the middle of a year and move: each record once."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import factories
from tests.compilations import makers
from tests.compilations.makers import moment

from gongkai.agencies import actions as agencies
from gongkai.agencies.models import Agency, Kind
from gongkai.annual_reports.models import Scope
from gongkai.compilations.figures import compute, listed
from gongkai.compilations.reach import Reach, consolidated, own, owners, predecessors, reach, unattributed
from gongkai.core.errors import Refused
from gongkai.statutory_registers.models import Document

pytestmark = pytest.mark.django_db


def bureau(name, county, *cases):
    made = factories.agency(f"青澜县{name}局", county)
    if cases:
        makers.imported(made, [
            (f"2025-{name}{n}", received, "自然人", closed, "予以公开" if closed else "")
            for n, (received, closed) in enumerate(cases)])
    return made


def end(agency, *heirs, on=date(2025, 7, 1)):
    agencies.abolish(by=factories.SYSTEM, agency=agency, on=on, successors=heirs, at=moment())


def total(within, cell="t3.new.total"):
    return compute(within, "2021")[cell].value


CASE = ("2025-03-03", "2025-04-01")
OPEN = ("2024-11-03", "")


def test_a_merger_brings_the_cases_of_the_year_to_the_one_that_is_left():
    county = factories.agency()
    old, new = bureau("老龄", county, CASE, OPEN), bureau("民政", county, CASE)
    assert total(own(new, 2025)) == 1
    end(old, new)
    assert (total(own(new, 2025)), total(own(new, 2025), "t3.carried_in.total")) == (2, 1)
    assert own(new, 2025).heirs_of == {old.pk}
    assert total(own(new, 2024), "t3.carried_out.total") == 0, "in 2024 it still stood"
    assert total(own(old, 2024), "t3.carried_out.total") == 1
    assert total(consolidated(county, 2025)) == 2
    assert unattributed(new, 2025) == []


def test_a_chain_of_mergers_ends_at_the_last():
    county = factories.agency()
    first, second, third = (bureau(name, county, CASE) for name in ("甲", "乙", "丙"))
    end(first, second, on=date(2025, 3, 5))
    end(second, third, on=date(2025, 8, 1))
    assert predecessors(third, 2025) == {first.pk, second.pk}
    assert total(own(third, 2025)) == total(consolidated(county, 2025)) == 3
    assert predecessors(third, 2024) == set()
    assert owners([first.pk, second.pk, third.pk], 2025) == dict.fromkeys((first.pk, second.pk, third.pk), third.pk)


def test_a_division_gives_its_cases_to_nobody_and_the_government_counts_them():
    county = factories.agency()
    old, one, two = bureau("农业", county, CASE, CASE), bureau("林业", county, CASE), bureau("畜牧", county, CASE)
    end(old, one, two)
    assert [a.pk for a in unattributed(one, 2025)] == [a.pk for a in unattributed(two, 2025)] == [old.pk]
    assert (total(own(one, 2025)), total(own(two, 2025)), total(consolidated(county, 2025))) == (1, 1, 4)
    assert unattributed(one, 2024) == []
    assert owners([old.pk], 2025) == {old.pk: None}


def test_an_end_without_heir_is_still_counted_once_by_the_government():
    county = factories.agency()
    old = bureau("老干", county, CASE, OPEN)
    end(old)
    assert total(consolidated(county, 2025)) == total(own(old, 2025)) == 1


def test_a_bureau_that_went_to_one_of_another_county_is_counted_there_and_only_there():
    here, there = factories.agency(), factories.agency("云麓县人民政府")
    old, stays, heir = bureau("矿务", here, CASE), bureau("水利", here, CASE), bureau("资源", there, CASE)
    end(old, heir)
    assert (total(consolidated(here, 2025)), total(consolidated(there, 2025))) == (1, 2)
    assert consolidated(here, 2025).agencies == {here.pk, stays.pk}
    assert (total(consolidated(here, 2024), "t3.new.total"), total(own(old, 2025))) == (0, 1)


def both(here, there, year, cell="t3.new.total"):
    return total(consolidated(here, year), cell), total(consolidated(there, year), cell)


def test_a_bureau_that_moved_is_counted_where_it_stood_on_the_last_day_of_the_year():
    here, there = factories.agency(), factories.agency("云麓县人民政府")
    moves = bureau("矿务", here, CASE, OPEN)
    assert both(here, there, 2025) == (1, 0)
    agencies.move(by=factories.SYSTEM, agency=moves, parent=there, on=date(2025, 12, 31), at=moment())
    assert both(here, there, 2025) == (0, 1)
    assert both(here, there, 2024) == (1, 0), "the year before stays with the government that had it"
    assert both(here, there, 2024, "t3.carried_out.total") == (1, 0)
    assert both(here, there, 2025, "t3.carried_in.total") == (0, 1), "open cases follow the agency"


def test_a_move_of_this_year_changes_no_year_that_is_over():
    here, there = factories.agency(), factories.agency("云麓县人民政府")
    moves = bureau("矿务", here, CASE)
    below = factories.agency("青澜县矿山救护队", moves)
    agencies.move(by=factories.SYSTEM, agency=moves, parent=there, at=moment())
    assert both(here, there, 2025) == (1, 0)
    assert consolidated(here, 2025).agencies == {here.pk, moves.pk, below.pk}
    assert consolidated(there, 2026).agencies == {there.pk, moves.pk, below.pk}


def test_what_was_made_jointly_counts_once_above_and_for_each_below():
    county = factories.agency()
    one, two = bureau("教育", county), bureau("卫生", county)
    for agency, number in ((one, "青联〔2025〕1号"), (two, "青联〔2025〕1号"), (one, ""), (two, "")):
        Document.objects.create(
            agency=agency, kind="normative", title="办法", number=number, made_on=date(2025, 2, 3), added_at=moment())
    Document.objects.create(agency=two, kind="regulation", title="规章", number="青联〔2025〕1号",
                            made_on=date(2025, 2, 3), added_at=moment())
    made = [compute(within, "2021")["t2.normative.made"].value for within in (
        own(one, 2025), own(two, 2025), consolidated(county, 2025))]
    assert made == [2, 2, 3], "documents without a number are different documents"
    assert listed(consolidated(county, 2025), "2021", "t2.normative.made").length == 3
    assert compute(consolidated(county, 2025), "2021")["t2.regulations.made"].value == 1


def test_there_is_no_third_scope():
    county = factories.agency()
    assert reach(county, 2025, Scope.OWN).single
    with pytest.raises(ValueError, match="all"):
        reach(county, 2025, "all")


@settings(max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_after_any_reorganisation_the_sum_of_all_is_the_union(seed):
    """Own reports of whoever stands at the end of the year, and those nobody alone succeeded, hold every record once;
    a government holds exactly its own share of them."""
    dice = random.Random(seed)
    root = factories.agency(f"青澜省{Agency.objects.count()}人民政府", kind=Kind.GOVERNMENT)
    counties = [factories.agency(f"{root.name}{n}县人民政府", root) for n in range(2)]
    bureaus = []
    for n in range(7):
        made = factories.agency(f"{root.name}{n}局", dice.choice(counties))
        makers.imported(made, [
            (f"{seed}-{n}-{k}", f"{dice.choice([2023, 2024, 2025])}-0{dice.randrange(1, 7)}-03", "自然人", closed,
             "予以公开" if closed else "")
            for k in range(dice.randrange(1, 4)) for closed in [dice.choice(["", "2025-09-01"])]])
        bureaus.append(made)
    lay = {b.pk: [(date.min, b.parent_id)] for b in bureaus}
    for _ in range(dice.randrange(8)):
        standing = [b for b in Agency.objects.filter(pk__in=[b.pk for b in bureaus]) if b.valid_to is None]
        one = dice.choice(standing)
        others = [b for b in standing if b != one]
        try:
            if dice.random() < 0.7:
                heirs = dice.sample(others, min(len(others), dice.choice([0, 1, 1, 1, 2])))
                end(one, *heirs, on=date(dice.choice([2024, 2025, 2026]), dice.randrange(1, 13), 1))
            else:
                to, day = dice.choice(counties), date(dice.choice([2023, 2024, 2025, 2026]), 1, dice.randrange(1, 6))
                agencies.move(by=factories.SYSTEM, agency=one, parent=to, on=day, at=moment())
                lay[one.pk] = [step for step in lay[one.pk] if step[0] != day] + [(day, to.pk)]
        except Refused:
            continue
    everybody = Agency.objects.subtree(root)
    for year in (2024, 2025):
        of = {county.pk: consolidated(county, year) for county in counties}
        for b in (b for b in everybody if b.pk in lay and (b.valid_to is None or b.valid_to > date(year, 12, 31))):
            stood = max(step for step in lay[b.pk] if step[0] <= date(year, 12, 31))[1]
            assert [pk for pk, its in of.items() if b.pk in its.agencies] == [stood], (seed, year, b.name)
        for its in of.values():
            assert total(its) + total(its, "t3.carried_in.total") == (
                total(its, "t3.closed.total") + total(its, "t3.carried_out.total")), "C1"
            if year == 2025:
                same = Reach(its.agency, 2024, its.scope, its.agencies)
                out, into = (set(listed(which, "2021", cell).records.values_list("pk", flat=True)) for which, cell in (
                    (same, "t3.carried_out.total"), (its, "t3.carried_in.total")))
                assert out == into, "what these agencies left open, whoever counted it then"
        reaches = {a.pk: own(a, year) for a in everybody}
        taken = frozenset().union(*(within.heirs_of for within in reaches.values()))
        alone = [a for a in everybody if a.pk not in taken]
        standing = {a.pk for a in everybody.in_force_during(year)}
        lost = [a for a in alone if a.pk not in standing]
        heirs = owners([a.pk for a in everybody], year)
        assert all(heirs[a.pk] is None for a in lost)
        assert all(heirs[pk] == a.pk for a in alone if a not in lost for pk in reaches[a.pk].agencies)
        for cell in ("t3.new.total", "t3.carried_in.natural", "t3.closed.total", "t3.carried_out.total"):
            whole = sorted(listed(consolidated(root, year), "2021", cell).records.values_list("pk", flat=True))
            parts = sorted(
                pk for a in alone for pk in listed(reaches[a.pk], "2021", cell).records.values_list("pk", flat=True))
            assert parts == whole, (seed, year, cell)
            assert len(set(whole)) == len(whole)
            below = sorted(pk for county in counties for pk in listed(
                consolidated(county, year), "2021", cell).records.values_list("pk", flat=True))
            assert below == whole, "the counties share what the province has"
