"""The standard catalogue imported: all or nothing, the good rows if asked, and never twice."""

from __future__ import annotations

from typing import Any

import pytest
from tests import factories
from tests.catalogue.conftest import AT, ON, County

from gongkai.accounts.permissions import Denied
from gongkai.catalogue import actions
from gongkai.catalogue.models import CatalogueImport, Item, ItemEdition
from gongkai.core.catalogue.standard import StandardRow
from gongkai.core.catalogue.standard_write import write_csv
from gongkai.core.errors import ReadError
from gongkai.ledger.models import Entry

pytestmark = pytest.mark.django_db
ROWS = [
    StandardRow(
        "综合业务", "政策法规", "社会救助", "法规名称", "《条例》", "20个工作日内", "县民政局", ("website", "大喇叭"),
        tier="both",
    ),
    StandardRow("综合业务", "监督检查", "社会救助", limit="实时公开"),
    StandardRow(
        "最低生活保障", "", "社会救助", limit="每月公开", method="on_request", audience="group", group="低保对象",
    ),
    StandardRow("气象预警", "", "气象"),
]
BAD = StandardRow("长" * 201)


def bring(county: County, rows: list[StandardRow], **more: Any) -> actions.Outcome:
    return actions.import_standard(
        by=county.clerk, agency=county.civil, name="标准目录.csv", data=write_csv(rows), on=ON, at=AT, **more,
    )


def told(outcome: actions.Outcome) -> tuple[int, int, int, int, int]:
    return outcome.added, outcome.changed, outcome.unchanged, outcome.headings, len(outcome.problems)


def test_rows_become_items_under_their_headings(county: County) -> None:
    assert told(bring(county, ROWS)) == (4, 0, 0, 1, 0)
    items = {item.name: item for item in Item.objects.filter(agency=county.civil)}
    assert {name: item.code for name, item in items.items()} == {
        "综合业务": "s19.1", "政策法规": "s19.1.1", "监督检查": "s19.1.2", "最低生活保障": "s19.2", "气象预警": "s51.1",
    }
    law = items["政策法规"]
    assert law.parent == items["综合业务"]
    assert (law.limit_days, law.channels, law.tier, law.subject) == (20, ["website", "大喇叭"], "both", "县民政局")
    assert items["监督检查"].at_once
    low = items["最低生活保障"]
    assert (low.mode, low.period, low.method, low.audience, low.group) == (
        "periodic", "month", "on_request", "group", "低保对象",
    )
    assert [item.name for item in Item.objects.filter(agency=county.civil)][:3] == ["综合业务", "政策法规", "监督检查"]
    assert ItemEdition.objects.count() == 5
    kept = CatalogueImport.objects.get()
    assert (kept.rows, kept.refused, len(kept.sha256)) == (4, 0, 64)


def test_imported_again_it_changes_what_differs_and_doubles_nothing(county: County) -> None:
    bring(county, ROWS)
    assert told(bring(county, ROWS)) == (0, 0, 4, 0, 0)
    assert CatalogueImport.objects.count() == Entry.objects.filter(kind="catalogue.standard_imported").count() == 1
    changed = [ROWS[0], StandardRow("综合业务", "监督检查", "社会救助", limit="7个工作日内"), *ROWS[2:],
               StandardRow("综合业务", "统计", "社会救助")]
    assert told(bring(county, changed)) == (1, 1, 3, 0, 0)
    assert Item.objects.get(name="监督检查").limit_days == 7
    assert Item.objects.get(name="监督检查").edition == 2
    assert Item.objects.get(name="统计").code == "s19.1.3"
    assert told(bring(county, ROWS[:1])) == (0, 0, 1, 0, 0)
    assert Item.objects.filter(agency=county.civil).count() == 6


@pytest.mark.parametrize("order", [[0, 1], [1, 0]])
def test_a_heading_that_is_an_item_too_is_one_item(county: County, order: list[int]) -> None:
    rows = [StandardRow("救助", "低保"), StandardRow("救助", contents="总则")]
    assert told(bring(county, [rows[at] for at in order]))[0] == 2
    assert Item.objects.count() == 2
    assert Item.objects.get(name="救助").contents == "总则"
    assert told(bring(county, [rows[at] for at in order])) == (0, 0, 2, 0, 0)


def test_rows_of_the_same_names_are_told_apart_by_their_turn(county: County) -> None:
    rows = [StandardRow("救助", "低保", contents=text) for text in ("名单", "标准")]
    assert told(bring(county, rows)) == (2, 0, 0, 1, 0)
    assert told(bring(county, rows)) == (0, 0, 2, 0, 0)


def test_a_rehearsal_says_what_would_happen_and_writes_nothing(county: County) -> None:
    outcome = bring(county, [*ROWS, BAD], dry_run=True)
    assert told(outcome) == (4, 0, 0, 1, 1)
    assert not Item.objects.exists()
    assert not CatalogueImport.objects.exists()
    assert told(bring(county, [*ROWS, BAD], skip_refused=True)) == told(outcome)


def test_one_wrong_row_stops_the_import_unless_it_may_be_skipped(county: County) -> None:
    outcome = bring(county, [*ROWS, BAD])
    assert told(outcome) == (0, 0, 0, 0, 1)
    assert outcome.problems[0].code == "too-long"
    assert not Item.objects.exists()
    bring(county, [*ROWS, BAD], skip_refused=True)
    assert Item.objects.count() == 5
    assert CatalogueImport.objects.get().refused == 1


def test_what_was_handed_down_is_not_changed_by_an_import(county: County) -> None:
    actions.import_standard(
        by=factories.SYSTEM, agency=county.government, name="a.csv", data=write_csv(ROWS[:1]), on=ON, at=AT,
    )
    item = Item.objects.get(name="政策法规")
    actions.hand_down(
        by=county.supervisor, agency=county.government, items=[item], to=[county.civil], reason="统一部署",
        on=ON, at=AT,
    )
    other = StandardRow("综合业务", "政策法规", "社会救助", limit="一年内")
    assert [p.code for p in bring(county, [other, ROWS[3]]).problems] == ["assigned-from-above"]
    assert told(bring(county, [other, ROWS[3]], skip_refused=True)) == (1, 0, 0, 0, 1)
    assert Item.objects.get(agency=county.civil, name="政策法规").limit_days == 20


def test_who_may_not_and_what_is_no_catalogue(county: County) -> None:
    with pytest.raises(Denied):
        actions.import_standard(
            by=county.contributor, agency=county.civil, name="a.csv", data=write_csv(ROWS), on=ON, at=AT,
        )
    with pytest.raises(ReadError):
        actions.import_standard(by=county.clerk, agency=county.civil, name="a.csv", data=b"a,b\n1,2", on=ON, at=AT)

