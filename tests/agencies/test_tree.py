"""The tree: paths follow every move, history stays, nothing hangs below itself."""

from __future__ import annotations

import contextlib
import itertools
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import AT, ON, SYSTEM, actor, agency

from gongkai.accounts import roles
from gongkai.accounts.permissions import Denied
from gongkai.agencies import actions, queries
from gongkai.agencies.models import Agency, FormerName
from gongkai.core.errors import Refused
from gongkai.ledger.queries import timeline

_serial = itertools.count()
pytestmark = pytest.mark.django_db


def test_a_path_is_the_ancestors_and_itself():
    county = agency()
    town = agency("青澜县云麓镇人民政府", county)
    assert town.path == county.path + f"{town.pk:08d}"
    assert queries.ancestors(town) == [county]
    assert set(Agency.objects.subtree(county)) == {county, town}
    assert list(Agency.objects.below(county)) == [town]


def test_a_neighbour_whose_key_begins_alike_is_not_below():
    first = agency("甲县人民政府")
    Agency.objects.filter(pk=first.pk).update(path="00000001")
    Agency.objects.create(name="乙县人民政府", path="00000010", kind="government")
    Agency.objects.create(name="甲县民政局", path="0000000100000009", parent=first)
    first.refresh_from_db()
    assert [a.name for a in Agency.objects.below(first)] == ["甲县民政局"]


def test_a_moved_subtree_takes_its_paths_along():
    city, county, other = agency("青澜市人民政府"), agency(), agency("邻县人民政府")
    bureau = agency("青澜县民政局", county)
    office = agency("青澜县民政局婚姻登记处", bureau)
    actions.move(by=SYSTEM, agency=county, parent=city, at=AT)
    assert queries.drifted_paths() == []
    assert set(Agency.objects.subtree(city)) == {city, county, bureau, office}
    assert set(Agency.objects.subtree(other)) == {other}
    assert "共 3 个机关" in timeline("agency", county.pk).last().sentence


@pytest.mark.parametrize("below", [0, 1, 2])
def test_nothing_hangs_below_itself(below):
    chain = [agency("甲县人民政府")]
    chain.append(agency("甲县民政局", chain[0]))
    chain.append(agency("甲县民政局办公室", chain[1]))
    with pytest.raises(Refused) as refusal:
        actions.move(by=SYSTEM, agency=chain[0], parent=chain[below], at=AT)
    assert refusal.value.code == "cycle"
    assert queries.drifted_paths() == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(0, 5), st.none() | st.integers(0, 5)), max_size=10))
def test_whatever_is_moved_the_paths_are_right(moves):
    nodes = [agency(f"第{next(_serial)}局") for _ in range(6)]
    for which, to in moves:
        with contextlib.suppress(Refused):  # a ring
            actions.move(by=SYSTEM, agency=nodes[which], parent=None if to is None else nodes[to], at=AT)
    assert queries.drifted_paths() == []
    for node in Agency.objects.all():
        seen, up = set(), node
        while up.parent is not None:
            assert up.pk not in seen
            seen.add(up.pk)
            up = up.parent


def test_a_renamed_agency_is_found_by_both_names():
    county = agency()
    actions.rename(by=SYSTEM, agency=county, name="青澜区人民政府", on=date(2023, 5, 1), at=AT)
    assert FormerName.objects.get().name == "青澜县人民政府"
    assert list(queries.search("青澜县", ON)) == list(queries.search("青澜区", ON)) == [county]


def test_a_merger_names_its_heir_and_frees_the_name():
    county = agency()
    one, two = agency("青澜县体育局", county), agency("青澜县文化局", county)
    heir = agency("青澜县文化和体育局", county)
    for old in (one, two):
        actions.abolish(by=SYSTEM, agency=old, on=date(2023, 7, 1), at=AT, successors=[heir])
    assert queries.heirs(one) == [heir]
    assert set(queries.children(county, date(2023, 6, 30))) == {one, two, heir}
    assert list(queries.children(county, date(2023, 7, 1))) == [heir]
    assert agency("青澜县体育局", county) != one


def test_an_agency_with_others_below_is_not_abolished():
    county = agency()
    agency("青澜县民政局", county)
    with pytest.raises(Refused) as refusal:
        actions.abolish(by=SYSTEM, agency=county, on=date(2023, 7, 1), at=AT)
    assert refusal.value.code == "has-members"


@pytest.mark.parametrize(("values", "code"), [
    ({"name": " "}, "name-needed"), ({"name": "青澜县人民政府"}, "name-taken"), ({"name": "长" * 121}, "name-too-long"),
    ({"credit_code": "911100001000000"}, "credit-code"), ({"credit_code": "11370000MB2857833X"}, "credit-code"),
    ({"valid_from": date(2023, 1, 1), "valid_to": date(2023, 1, 1)}, "dates"),
])
def test_what_cannot_be_an_agency_is_refused(values, code):
    agency()
    with pytest.raises(Refused) as refusal:
        agency(**({"name": "新局"} | values))
    assert refusal.value.code == code
    assert Agency.objects.count() == 1


def test_a_change_records_both_sides_and_no_change_records_nothing():
    county = agency()
    actions.change(by=SYSTEM, agency=county, at=AT, short_name="县政府")
    actions.change(by=SYSTEM, agency=county, at=AT, short_name="县政府")
    assert [e.sentence for e in timeline("agency", county.pk)][1:] == ["修改：short_name （空） → 县政府"]


def test_who_may_not_manage_is_refused_everywhere():
    county = agency()
    clerk = actor(county)
    for call in (
        lambda: actions.add(by=clerk, name="新局", parent=county, at=AT),
        lambda: actions.change(by=clerk, agency=county, at=AT, short_name="x"),
        lambda: actions.rename(by=clerk, agency=county, name="新名", on=ON, at=AT),
        lambda: actions.move(by=clerk, agency=county, parent=None, at=AT),
        lambda: actions.abolish(by=clerk, agency=county, on=ON, at=AT),
    ):
        with pytest.raises(Denied):
            call()


def test_a_supervisor_manages_its_own_subtree_alone():
    county, other = agency(), agency("邻县人民政府")
    supervisor = actor(county, roles.Supervisor)
    actions.add(by=supervisor, name="青澜县新局", parent=county, at=AT)
    with pytest.raises(Denied):
        actions.add(by=supervisor, name="邻县新局", parent=other, at=AT)


def test_children_come_with_the_number_below_them():
    county = agency()
    bureau = agency("青澜县民政局", county)
    agency("青澜县民政局办公室", bureau)
    gone = agency("青澜县民政局旧科", bureau)
    actions.abolish(by=SYSTEM, agency=gone, on=date(2020, 1, 1), at=AT)
    assert [(a.name, a.members) for a in queries.children(county, ON)] == [("青澜县民政局", 1)]
    assert [(a.name, a.members) for a in queries.roots(ON)] == [("青澜县人民政府", 1)]
