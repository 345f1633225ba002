"""Items and their editions: adopted, added, changed, given to a section, retired."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests import factories
from tests.catalogue.conftest import AT, ON, County

from gongkai.accounts.actor import PUBLIC
from gongkai.accounts.models import User
from gongkai.accounts.permissions import Denied
from gongkai.agencies import actions as agencies
from gongkai.catalogue import actions, queries
from gongkai.catalogue.clocks import freshness_rule, limits_of
from gongkai.catalogue.facts import differences, facts_of
from gongkai.catalogue.models import Item, ItemEdition
from gongkai.core.catalogue.freshness import FreshnessRule
from gongkai.core.errors import Refused
from gongkai.ledger.models import Entry

pytestmark = pytest.mark.django_db


def add(county: County, name: str = "低保名单", **values: Any) -> Item:
    return actions.add_item(by=county.clerk, agency=county.civil, name=name, on=ON, at=AT, **values)


def refused(told_code: str, act: Any, **values: Any) -> Refused:
    with pytest.raises(Refused) as told:
        act(**({"on": ON, "at": AT} | values))
    assert told.value.code == told_code
    return told.value


def test_the_skeleton_is_adopted_once(county: County) -> None:
    made = actions.adopt_skeleton(by=county.head, agency=county.civil, on=ON, at=AT)
    assert len(made) == 6 + 15 + 7
    assert actions.adopt_skeleton(by=county.head, agency=county.civil, on=ON, at=AT) == []
    assert Entry.objects.filter(kind="catalogue.skeleton_adopted").count() == 1
    penalties = Item.objects.get(code="20.6")
    assert (penalties.limit_days, penalties.at_once, penalties.edition) == (7, False, 1)
    assert ItemEdition.objects.filter(item__agency=county.civil).count() == 28
    assert "第二十条" in penalties.basis
    codes = list(Item.objects.filter(agency=county.civil).values_list("code", flat=True))
    assert codes[:3] == ["guide", "rules", "basic.1"]
    actions.adopt_skeleton(by=factories.SYSTEM, agency=county.town, on=ON, at=AT)
    assert Item.objects.filter(agency=county.town, code="21.t.8").exists()


def test_what_was_retired_is_not_adopted_again(county: County) -> None:
    actions.adopt_skeleton(by=county.head, agency=county.civil, on=ON, at=AT)
    item = Item.objects.get(code="20.14")
    actions.retire_item(by=county.head, item=item, reason="本机关不招考", on=ON, at=AT)
    assert actions.adopt_skeleton(by=county.head, agency=county.civil, on=ON, at=AT) == []
    assert not Item.objects.get(code="20.14").active


def test_a_limit_in_words_becomes_days(county: County) -> None:
    item = add(county, limit_text="信息形成之日起20个工作日内公开；行政处罚7个工作日内公示")
    assert (item.limit_days, item.at_once) == (7, False)


@pytest.mark.parametrize(("values", "days", "at_once"), [
    ({"limit_text": "实时公开"}, None, True), ({"limit_text": "一个月内"}, None, False),
    ({"limit_text": "一个月内", "limit_days": 15}, 15, False),
    ({"limit_text": "5个工作日内", "limit_days": 15}, 5, False), ({"topic": "民政"}, 20, False),
])
def test_new_words_bring_new_days(county: County, values: dict[str, Any], days: int | None, at_once: bool) -> None:
    item = add(county, limit_text="20个工作日内")
    item = actions.change_item(by=county.clerk, item=item, reason="调整", on=ON, at=AT, **values)
    assert (item.limit_days, item.at_once) == (days, at_once)


def test_codes_are_given_or_taken_once(county: County) -> None:
    assert [add(county).code, add(county).code, add(county, code="A.1").code] == ["own.1", "own.2", "A.1"]
    refused("code-taken", actions.add_item, by=county.clerk, agency=county.civil, name="别的", code="A.1")
    refused("code-odd", actions.add_item, by=county.clerk, agency=county.civil, name="别的", code="一 号")
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.create(agency=county.civil, code="A.1", name="绕过")


def test_an_item_under_another_stands_behind_it(county: County) -> None:
    first, last = add(county, "社会救助"), add(county, "养老")
    under = [add(county, name, parent=first) for name in ("低保", "特困")]
    assert [item.code for item in under] == ["own.1.1", "own.1.2"]
    assert list(Item.objects.filter(agency=county.civil)) == [first, *under, last]
    assert set(Item.objects.leaves()) == {*under, last}
    refused("parent-elsewhere", actions.add_item, by=county.clerk, agency=county.civil, name="三级", parent=under[0])
    elsewhere = actions.add_item(by=factories.SYSTEM, agency=county.town, name="别处", on=ON, at=AT)
    refused("parent-elsewhere", actions.add_item, by=county.clerk, agency=county.civil, name="借", parent=elsewhere)


def test_every_change_keeps_the_edition_before(county: County) -> None:
    item = add(county, contents="姓名、金额")
    later = date(2024, 5, 1)
    changed = actions.change_item(
        by=county.clerk, item=item, contents="姓名（隐去中间一字）、金额", aspects=["result"], reason="保护隐私",
        on=later, at=AT,
    )
    assert changed.edition == 2
    one, two = ItemEdition.objects.filter(item=item)
    assert [(e.number, e.from_on, e.reason, e.by_id) for e in (one, two)] == [
        (1, ON, "", county.clerk.user_id), (2, later, "保护隐私", county.clerk.user_id),
    ]
    assert [d.field for d in differences(one.facts, two.facts)] == ["contents", "aspects"]
    assert two.facts == facts_of(Item.objects.get(pk=item.pk))
    refused("edition-earlier", actions.change_item, by=county.clerk, item=item, contents="旧", reason="倒填")
    refused("reason-needed", actions.change_item, by=county.clerk, item=item, contents="新", reason=" ", on=later)
    assert ItemEdition.objects.filter(item=item).count() == 2


def test_nothing_changed_makes_no_edition_and_no_record(county: County) -> None:
    item = add(county)
    before = Entry.objects.count()
    same = actions.change_item(by=county.clerk, item=item, name=item.name, reason="", on=ON, at=AT)
    assert (same.edition, Entry.objects.count()) == (1, before)


def test_history_is_not_rewritten(county: County) -> None:
    item = add(county)
    with pytest.raises(TypeError):
        ItemEdition.objects.filter(item=item).update(reason="改写")
    with pytest.raises(TypeError):
        item.editions.all().delete()


@pytest.mark.parametrize(("values", "code"), [
    ({"name": " "}, "name-needed"), ({"name": "长" * 201}, "too-long"), ({"contents": "长" * 5001}, "too-long"),
    ({"mode": "periodic"}, "period-needed"), ({"audience": "group"}, "group-needed"),
    ({"aspects": ["beauty"]}, "unknown-aspect"), ({"channels": ["x" * 61]}, "channel-odd"),
])
def test_what_an_item_cannot_be_is_refused(county: County, values: dict[str, Any], code: str) -> None:
    refused(code, actions.add_item, **({"by": county.clerk, "agency": county.civil, "name": "低保"} | values))
    assert not Item.objects.exists()


def test_a_section_and_a_person_answer_for_it(county: County) -> None:
    item, owner = add(county), User.objects.get(pk=county.clerk.user_id)
    item = actions.assign(by=county.head, item=item, section=county.section, owner=owner, on=ON, at=AT)
    assert (item.section, item.owner, item.edition) == (county.section, owner, 2)
    entry = Entry.objects.get(kind="catalogue.item_assigned")
    assert owner.name not in entry.payload
    stranger = User.objects.get(pk=county.supervisor.user_id)
    refused("owner-elsewhere", actions.assign, by=county.head, item=item, section=None, owner=stranger)
    other = agencies.set_section(by=factories.SYSTEM, agency=county.town, name="办公室", at=AT)
    refused("section-elsewhere", actions.assign, by=county.head, item=item, section=other, owner=None)
    agencies.set_section(by=factories.SYSTEM, agency=county.civil, name="社会救助科", at=AT, active=False)
    county.section.refresh_from_db()
    refused("section-elsewhere", actions.assign, by=county.head, item=item, section=county.section, owner=None)


def test_retired_and_restored(county: County) -> None:
    parent = add(county, "社会救助")
    child = add(county, "低保", parent=parent)
    refused("has-children", actions.retire_item, by=county.clerk, item=parent, reason="不再办理")
    actions.retire_item(by=county.clerk, item=child, reason="不再办理", on=ON, at=AT)
    refused("retired", actions.change_item, by=county.clerk, item=child, name="改", reason="改")
    actions.retire_item(by=county.clerk, item=parent, reason="不再办理", on=ON, at=AT)
    refused("parent-retired", actions.restore_item, by=county.clerk, item=child, reason="又办理")
    actions.restore_item(by=county.clerk, item=parent, reason="又办理", on=ON, at=AT)
    refused("in-use", actions.restore_item, by=county.clerk, item=parent, reason="又办理")
    assert set(Item.objects.public()) == {parent}
    assert set(Item.objects.visible_to(PUBLIC)) == {parent}
    assert set(Item.objects.visible_to(county.contributor)) == {parent, child}


def test_the_required_set_is_retired_by_the_supervisor_only(county: County) -> None:
    actions.adopt_skeleton(by=county.head, agency=county.civil, on=ON, at=AT)
    item = Item.objects.get(code="basic.1")
    refused("required", actions.retire_item, by=county.head, item=item, reason="不想公开")
    assert not actions.retire_item(by=county.supervisor, item=item, reason="机关撤并", on=ON, at=AT).active


def test_others_may_not(county: County) -> None:
    item = add(county)
    with pytest.raises(Denied):
        actions.add_item(by=county.contributor, agency=county.civil, name="报送", on=ON, at=AT)
    with pytest.raises(Denied):
        actions.change_item(by=county.contributor, item=item, name="改", reason="改", on=ON, at=AT)
    with pytest.raises(Denied):
        actions.adopt_skeleton(by=county.clerk, agency=county.town, on=ON, at=AT)
    assert not Item.objects.visible_to(factories.actor(county.town)).filter(pk=item.pk).exists()


def test_an_item_that_is_required_stays_so(county: County) -> None:
    actions.adopt_skeleton(by=county.head, agency=county.civil, on=ON, at=AT)
    item = Item.objects.get(code="basic.1")
    refused("required", actions.change_item, by=county.head, item=item, required=False, reason="想停用")
    own = add(county, required=True)
    assert not actions.change_item(by=county.head, item=own, required=False, reason="不再要求", on=ON, at=AT).required


def test_the_clocks_of_an_item(county: County) -> None:
    said = add(county, limit_text="20个工作日内；其中处罚7个工作日内", mode="periodic", period="month")
    assert [limit.days for limit in limits_of(said)] == [20, 7]
    assert freshness_rule(said) == FreshnessRule("periodic", "month")
    typed = add(county, limit_text="一个月内", limit_days=15, fresh_days=14)
    assert [limit.days for limit in limits_of(typed)] == [None, 15]
    assert freshness_rule(typed).fresh_days == 14


def test_the_edition_of_a_day_is_found(county: County) -> None:
    item = add(county)
    actions.change_item(by=county.clerk, item=item, name="新名", reason="更名", on=date(2024, 6, 1), at=AT)
    found = [queries.on_day(item, day) for day in (date(2024, 3, 3), ON, date(2024, 5, 31), date(2024, 6, 1))]
    assert [edition and edition.facts["name"] for edition in found] == [None, "低保名单", "低保名单", "新名"]
