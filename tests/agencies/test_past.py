"""The history of moves: from which day an agency lies under whom, and the tree as it was on any day."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import AT, ON, SYSTEM, actor, agency

from gongkai.accounts import roles
from gongkai.accounts.models import User
from gongkai.agencies import actions, past, probes, queries
from gongkai.agencies.models import Agency, Placement
from gongkai.core.errors import Refused
from gongkai.ledger.queries import timeline

pytestmark = pytest.mark.django_db
_serial = itertools.count()
JUNE = date(2023, 6, 1)


def move(one, to, on=JUNE, **more):
    return actions.move(by=SYSTEM, agency=one, parent=to, on=on, at=AT, **more)


def history(one):
    return [(p.since, p.parent_id, p.document) for p in queries.placements(one)]


@pytest.fixture
def counties():
    return agency("甲县人民政府"), agency("乙县人民政府")


def test_a_move_has_its_day_and_its_document(counties):
    here, there = counties
    bureau = agency("矿务局", here)
    section = agency("矿务所", bureau)
    move(bureau, there, document=" 甲政发〔2023〕5号 ")
    assert history(bureau) == [(None, here.pk, ""), (JUNE, there.pk, "甲政发〔2023〕5号")]
    assert history(section) == [(None, bureau.pk, "")]
    before, after = past.tree(JUNE - timedelta(days=1)), past.tree(JUNE)
    assert set(before.subtree(here)) == {here, bureau, section}
    assert set(before.subtree(there)) == {there}
    assert set(after.subtree(here)) == {here}
    assert set(after.subtree(there)) == {there, bureau, section}
    moved = Agency.objects.get(pk=bureau.pk)
    assert (before.parent_id(moved), after.parent_id(moved)) == (here.pk, there.pk)
    told = timeline("agency", bureau.pk).last().sentence
    assert told == "自2023-06-01起改变上级，连同下级共 2 个机关（甲政发〔2023〕5号）"


def test_without_a_day_it_is_today(counties):
    here, there = counties
    bureau = agency("矿务局", here)
    actions.move(by=SYSTEM, agency=bureau, parent=there, at=AT)
    assert history(bureau)[-1] == (ON, there.pk, "")


def test_a_second_move_of_the_same_day_takes_the_place_of_the_first(counties):
    here, there = counties
    third = agency("丙县人民政府")
    bureau = agency("矿务局", here)
    move(bureau, there)
    move(bureau, third)
    assert history(bureau) == [(None, here.pk, ""), (JUNE, third.pk, "")]
    move(bureau, here)
    assert history(bureau) == [(None, here.pk, "")], "moved back on the same day it was never moved"
    assert past.tree(date(2020, 1, 1)).above == {}
    assert probes.agencies().well


@pytest.mark.parametrize(("on", "code"), [
    (ON + timedelta(days=1), "day-in-future"), (JUNE - timedelta(days=1), "before-last-move"),
    (date(2019, 1, 1), "before-last-move"),
])
def test_a_day_that_contradicts_is_refused_and_nothing_moves(counties, on, code):
    here, there = counties
    third = agency("丙县人民政府")
    bureau = agency("矿务局", here)
    move(bureau, there)
    with pytest.raises(Refused) as refused:
        move(bureau, third, on=on)
    assert refused.value.code == code
    assert "没有移动" in refused.value.message
    assert Agency.objects.get(pk=bureau.pk).parent == there
    assert len(history(bureau)) == 2


def test_both_must_stand_on_the_day(counties):
    here, _there = counties
    young, gone = agency("丙县人民政府", valid_from=date(2023, 1, 1)), agency("丁县人民政府", valid_to=date(2023, 3, 1))
    bureau = agency("矿务局", here, valid_from=date(2022, 1, 1))
    for to, on, code in (
        (young, date(2022, 12, 31), "parent-not-then"), (gone, date(2023, 3, 1), "parent-not-then"),
        (None, date(2021, 12, 31), "not-founded-then"),
    ):
        with pytest.raises(Refused) as refused:
            move(bureau, to, on=on)
        assert refused.value.code == code
    move(bureau, young, on=date(2023, 1, 1))


def test_a_day_on_record_is_not_changed_silently(counties):
    here, there = counties
    bureau = agency("矿务局", here)
    move(bureau, there)
    move(bureau, there)
    with pytest.raises(Refused) as refused:
        move(bureau, there, on=date(2023, 7, 1))
    assert refused.value.code == "there-already"
    assert history(bureau)[-1][0] == JUNE
    with pytest.raises(Refused, match="60"):
        move(bureau, here, document="文" * 61)


def test_a_ring_in_the_past_is_refused_as_one_of_today():
    """B lay under A until June. From March on A under B would be a ring until then."""
    a = agency("甲局")
    b = agency("乙局", a)
    move(b, None)
    with pytest.raises(Refused) as refused:
        move(a, b, on=date(2023, 3, 1))
    assert refused.value.code == "cycle"
    move(a, b, on=JUNE)


def test_the_migration_begins_a_history_for_every_agency(counties):
    here, _there = counties
    bureau = agency("矿务局", here)
    kept = agency("水利局", here)
    Placement.objects.exclude(agency=kept).delete()
    assert "隶属沿革" in probes.agencies().sentence
    migration = import_module("gongkai.agencies.migrations.0005_placements_of_the_tree")
    migration.fill(apps, None)
    migration.fill(apps, None)
    assert set(Placement.objects.values_list("agency", "parent", "since")) == {
        (a.pk, a.parent_id, None) for a in Agency.objects.all()
    }
    assert history(bureau) == [(None, here.pk, "")]
    assert probes.agencies().well


def test_a_history_that_does_not_end_in_the_present_is_found(counties):
    here, there = counties
    bureau = agency("矿务局", here)
    Placement.objects.filter(agency=bureau).update(parent=there)
    assert queries.misplaced() == [bureau]
    assert not probes.agencies().well
    Placement.objects.filter(agency=bureau).update(parent=None)
    assert queries.misplaced() == [bureau]


MOVES = st.lists(st.tuples(st.integers(0, 6), st.none() | st.integers(0, 6), st.integers(0, 9)), max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(moves=MOVES, first=st.lists(st.integers(0, 6), min_size=7, max_size=7))
def test_after_any_moves_the_tree_of_any_day_is_that_of_the_notes(moves, first):
    """Notes kept beside say for each agency since when it lay under whom; everything else follows with a pencil."""
    start = date(2023, 1, 1)
    nodes = []
    for n, above in enumerate(first):
        nodes.append(agency(f"第{next(_serial)}局", nodes[above] if above < n else None))
    ours = {node.pk for node in nodes}
    notes = {node.pk: {date.min: node.parent_id} for node in nodes}
    for which, to, day in moves:
        one, parent = nodes[which], None if to is None else nodes[to]
        try:
            move(one, parent, on=start + timedelta(days=day))
        except Refused:
            continue
        known = notes[one.pk]
        if known[max(known)] != (parent.pk if parent else None):
            known[start + timedelta(days=day)] = parent.pk if parent else None
            before = max((d for d in known if d != max(known)), default=max(known))
            if before != max(known) and known[before] == known[max(known)]:
                del known[max(known)]
    present = {a.pk: a for a in Agency.objects.filter(pk__in=ours)}
    for day in range(-1, 11):
        on = start + timedelta(days=day)
        lay = {pk: known[max(d for d in known if d <= on)] for pk, known in notes.items()}
        chains = {}
        for pk in ours:
            chain, up = [pk], lay[pk]
            while up is not None:
                assert up not in chain, "no ring on any day"
                chain.append(up)
                up = lay[up]
            chains[pk] = chain
        then = past.tree(on)
        assert {pk: then.parent_id(a) for pk, a in present.items()} == lay
        order = [a.pk for a in then.ordered(present.values())]
        assert all(order.index(up) < order.index(pk) for pk, chain in chains.items() for up in chain[1:])
        for pk, node in present.items():
            below = set(then.subtree(node).values_list("pk", flat=True)) & ours
            assert below == {other for other, chain in chains.items() if pk in chain}, (on, pk)
    assert not [a for a in queries.misplaced() if a.pk in ours]


def test_many_moves_are_asked_in_a_few_queries(counties, django_assert_num_queries):
    here, there = counties
    for n in range(30):
        move(agency(f"第{n}分局", here), there)
    with django_assert_num_queries(3):
        assert len(past.tree(date(2022, 12, 31)).subtree(here)) == 31


def test_the_page_takes_the_day_and_shows_the_history(client: Client):
    county = agency()
    town, bureau = agency("青澜县云麓镇人民政府", county), agency("青澜县民政局", county)
    client.force_login(User.objects.get(pk=actor(county, roles.Supervisor).user_id))
    address = f"/desk/agencies/{bureau.pk}/"
    assert "隶属沿革" not in client.get(address).content.decode()
    form = {"move-parent": town.name, "move-on": "2023-06-01", "move-document": "青政发〔2023〕5号"}
    asked = client.post(f"{address}move/", form).content.decode()
    assert 'name="move-on" value="2023-06-01"' in asked
    assert 'name="move-document" value="青政发〔2023〕5号"' in asked
    assert "从 2023 年度起" in asked
    assert len(history(bureau)) == 1, "asked first"
    assert client.post(f"{address}move/", form | {"confirmed": "1"}).status_code == 302
    assert history(bureau)[1:] == [(JUNE, town.pk, "青政发〔2023〕5号")]
    page = client.get(address).content.decode()
    for words in ("隶属沿革", "2023-06-01", town.name, county.name, "青政发〔2023〕5号"):
        assert words in page


def test_the_page_says_why_a_day_is_refused(client: Client):
    county = agency()
    town, bureau = agency("青澜县云麓镇人民政府", county), agency("青澜县民政局", county)
    client.force_login(User.objects.get(pk=actor(county, roles.Supervisor).user_id))
    form = {"move-parent": town.name, "move-on": "2999-01-01", "confirmed": "1"}
    answer = client.post(f"/desk/agencies/{bureau.pk}/move/", form)
    assert answer.status_code == 400
    assert "不能晚于今天" in answer.content.decode()
    assert 'value="2999-01-01"' in answer.content.decode(), "what was typed is kept"
    assert len(history(bureau)) == 1
