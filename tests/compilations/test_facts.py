"""Facts are what their lists hold, in as many queries as there are kinds of records."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.applications.makers import registered
from tests.factories import SYSTEM, agency
from tests.publications.makers import ON, bureau, drafted, moment, published

from gongkai.agencies.models import Agency
from gongkai.annual_reports.models import Scope
from gongkai.applications.models import Application
from gongkai.catalogue.actions.items import add_item
from gongkai.compilations import figures
from gongkai.compilations.facts import CELLS, RECORDS, SPECS, facts_of, records_of
from gongkai.compilations.models import Fact
from gongkai.compilations.reach import reach
from gongkai.publications.actions import set_channels
from gongkai.publications.models import Publication

pytestmark = pytest.mark.django_db
YEAR = 2026


def facts(where: Agency, scope: str = Scope.OWN) -> dict:
    within = reach(where, YEAR, scope)
    return facts_of(where, YEAR, scope, figures.compute(within, "2021"))


def closed(application: Application, on: date, kind: str = "granted", **values: object) -> Application:
    """The outcome as a register import writes it: facts count what stands in the row."""
    Application.objects.filter(pk=application.pk).update(
        state="served", answer_kind=kind, closed_on=on, **values,
    )
    return application


def test_every_counted_fact_is_the_length_of_its_list() -> None:
    of = bureau()
    published(of, kind="plan", title="防汛规划")
    budget = add_item(by=SYSTEM, agency=of.where, code="20.7", name="财政预算、决算", on=ON, at=moment())
    draft = drafted(of, kind="budget", title="部门预算")
    Publication.objects.filter(pk=draft.publication_id).update(item=budget)
    published(of, draft)
    told = published(of, kind="interpretation", title="一图读懂防汛规划")
    set_channels(by=of.clerk, publication=told.publication, channels=("website", "new_media"), at=moment())
    one = registered(of.where, channel="fax", confirmed_on=date(2026, 3, 4))
    closed(registered(of.where, "申请公开灌溉用水价格的成本监审结论。"), date(2026, 3, 20), due_on=date(2026, 3, 31))
    closed(registered(of.where, "申请公开水库移民补助的发放标准。"), date(2026, 5, 20), due_on=date(2026, 3, 31),
           fee_amount=Decimal("100.50"), fee_noticed_on=date(2026, 3, 6), paid_on=date(2026, 3, 9))
    found, within = facts(of.where), reach(of.where, YEAR, Scope.OWN)
    for name, spec in SPECS.items():
        fact = found[name]
        assert (fact.opens_to, fact.unit) == (RECORDS, spec.unit)
        if spec.money:
            assert fact.value == sum(getattr(row, spec.money) for row in records_of(name, within))
        else:
            assert fact.value == records_of(name, within).count(), name
    assert {name: found[name].value for name in (
        "主动公开信息", "政府网站公开", "两微一端公开", "规划计划信息", "政策解读", "传真申请", "按期办结申请",
        "逾期办结申请", "收取信息处理费", "事项“财政预算、决算”公开", "发出收费通知", "按期办结率",
    )} == {
        "事项“财政预算、决算”公开": 1, "主动公开信息": 3, "政府网站公开": 3, "两微一端公开": 1,
        "规划计划信息": 1, "政策解读": 1, "传真申请": 1, "按期办结申请": 1, "逾期办结申请": 1,
        "收取信息处理费": Decimal("100.5"), "发出收费通知": 1, "按期办结率": 50,
    }
    assert one.received_on == date(2026, 3, 4)


def test_facts_of_the_tables_are_their_cells() -> None:
    where = agency("青澜县水利局")
    registered(where)
    closed(registered(where, "申请公开水库移民补助的发放标准。"), date(2026, 5, 20), "not_held")
    found = facts(where)
    assert (found["本年新收申请"].value, found["自然人申请"].value, found["结转下年申请"].value) == (2, 2, 1)
    assert found["无法提供"].value == 1
    assert found["无法提供"].opens_to == CELLS
    assert set(found["无法提供"].cells) == {
        "t3.unable_not_held.total", "t3.unable_creation.total", "t3.unable_unclear.total",
    }


def test_a_fact_by_hand_says_who_told_it_and_none_is_not_zero() -> None:
    where = agency("青澜县水利局")
    for key, value in (("weibo", 1), ("wechat", 2), ("meetings", 0)):
        Fact.objects.create(agency=where, year=YEAR, key=key, value=value, source="办公室台账",
                            entered_at=datetime(2027, 1, 4, tzinfo=UTC))
    found = facts(where)
    assert (found["政务新媒体账号"].value, found["召开会议"].value, found["举办培训"].value) == (3, 0, None)
    assert found["召开会议"].source == "办公室台账"
    assert found["召开会议"].by_hand


def test_the_number_of_queries_does_not_grow() -> None:
    county = agency("青澜县人民政府")
    with CaptureQueriesContext(connection) as few:
        facts(county, Scope.CONSOLIDATED)
    for i in range(4):
        bureau_ = agency(f"青澜县第{i}局", county)
        for n in range(3):
            registered(bureau_, f"申请公开第{n}号水库的蓄水记录。", arrived_on=date(2026, 3, 4) - timedelta(days=n))
    with CaptureQueriesContext(connection) as many:
        found = facts(county, Scope.CONSOLIDATED)
    assert found["本年新收申请"].value == 12
    assert len(many) == len(few)
    assert len(many) < 60
