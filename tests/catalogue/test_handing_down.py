"""A supervisor sets what the agencies below must publish."""

from __future__ import annotations

from typing import Any

import pytest
from tests import factories
from tests.catalogue.conftest import AT, ON, County

from gongkai.accounts.permissions import Denied
from gongkai.catalogue import actions
from gongkai.catalogue.models import Item
from gongkai.core.errors import Refused
from gongkai.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def above(county: County) -> list[Item]:
    """A heading with two items in the government's catalogue."""
    made: dict[str, Any] = {"by": factories.SYSTEM, "agency": county.government, "on": ON, "at": AT}
    heading = actions.add_item(name="权力清单", **made)
    return [heading, *(actions.add_item(name=name, parent=heading, limit_text="20个工作日内", **made)
                       for name in ("许可", "处罚"))]


def down(county: County, items: list[Item], to: list[Any], by: Any = None, reason: str = "统一部署") -> actions.Handed:
    return actions.hand_down(
        by=by or county.supervisor, agency=county.government, items=items, to=to, reason=reason, on=ON, at=AT,
    )


def test_items_come_with_their_heading_into_every_catalogue_once(county: County, above: list[Item]) -> None:
    outcome = down(county, above[1:], [county.civil, county.town])
    assert (outcome.added, outcome.changed, outcome.clashes) == (6, 0, [])
    for agency in (county.civil, county.town):
        names = list(Item.objects.filter(agency=agency).values_list("name", "parent__name", "assigned_from__agency"))
        top = county.government.pk
        assert names == [("权力清单", None, top), ("许可", "权力清单", top), ("处罚", "权力清单", top)]
    assert Entry.objects.filter(kind="catalogue.handed_down").count() == 2
    again = down(county, above[1:], [county.civil, county.town])
    assert (again.added, again.changed) == (0, 0)
    assert Entry.objects.filter(kind="catalogue.handed_down").count() == 2


def test_a_change_above_reaches_the_copies_and_leaves_who_answers_for_them(county: County, above: list[Item]) -> None:
    down(county, above, [county.civil])
    copy = Item.objects.get(agency=county.civil, name="许可")
    actions.assign(by=county.head, item=copy, section=county.section, owner=None, on=ON, at=AT)
    actions.change_item(
        by=factories.SYSTEM, item=above[1], limit_text="7个工作日内", reason="双公示", on=ON, at=AT,
    )
    assert (down(county, above, [county.civil])).changed == 1
    copy.refresh_from_db()
    assert (copy.limit_days, copy.section, copy.edition) == (7, county.section, 3)


def test_what_came_from_above_is_not_the_agencys_to_change(county: County, above: list[Item]) -> None:
    down(county, above, [county.civil])
    copy = Item.objects.get(agency=county.civil, name="许可")
    for act, values in ((actions.change_item, {"name": "改"}), (actions.retire_item, {})):
        with pytest.raises(Refused) as refused:
            act(by=county.head, item=copy, reason="不想办", on=ON, at=AT, **values)
        assert refused.value.code == "assigned-from-above"


def test_the_same_code_and_name_becomes_the_copy_another_name_is_left_alone(county: County, above: list[Item]) -> None:
    same = actions.add_item(by=county.clerk, agency=county.civil, name="权力清单", code="own.1", on=ON, at=AT)
    actions.add_item(by=county.clerk, agency=county.civil, name="本局的事", code="own.1.1", on=ON, at=AT)
    outcome = down(county, above, [county.civil])
    assert (outcome.added, outcome.changed) == (1, 1)
    assert [(agency.pk, code) for agency, code in outcome.clashes] == [(county.civil.pk, "own.1.1")]
    same.refresh_from_db()
    assert same.assigned_from == above[0]
    assert Item.objects.get(agency=county.civil, code="own.1.1").name == "本局的事"


def test_who_may_not_and_where_not(county: County, above: list[Item]) -> None:
    with pytest.raises(Denied):
        down(county, above, [county.civil], by=county.head)
    cases: list[tuple[list[Item], list[Any], str, str]] = [
        ([], [county.civil], "统一部署", "nothing-chosen"), (above, [], "统一部署", "nothing-chosen"),
        (above, [county.government], "统一部署", "not-below"), (above, [county.civil], " ", "reason-needed"),
    ]
    for items, to, reason, code in cases:
        with pytest.raises(Refused) as refused:
            down(county, items, to, reason=reason)
        assert refused.value.code == code
    elsewhere = actions.add_item(by=county.clerk, agency=county.civil, name="别处", on=ON, at=AT)
    with pytest.raises(Refused) as refused:
        down(county, [elsewhere], [county.town])
    assert refused.value.code == "items-elsewhere"
    assert not Item.objects.filter(agency=county.town).exists()
