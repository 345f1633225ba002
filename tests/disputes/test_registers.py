"""A register brings its disputes in and takes them out; dates follow the calendar; what was kept before is moved."""

from __future__ import annotations

import importlib
from datetime import date

import pytest
from django.apps import apps
from tests import factories
from tests.applications.test_calendar_moves import NEXT_YEAR
from tests.disputes import makers

from gongkai.accounts import roles
from gongkai.applications import exporting, following, registering
from gongkai.applications.actions import sheets
from gongkai.applications.actions.sheets import adopt_year, take_over
from gongkai.applications.models import Application
from gongkai.core.errors import Refused
from gongkai.core.registers.entry import Dispute as Column
from gongkai.disputes import actions, figures, probes
from gongkai.disputes.models import Dispute, DisputeSeries, Proceeding, Rehandling
from gongkai.disputes.states import State, Track
from gongkai.ledger.models import Entry

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 4)
HEAD = (
    "登记号,收到日期,申请人类型,申请内容,办结日期,办理结果,复议收到日期,复议办结日期,复议结果,诉讼类型,诉讼收到日期,"
    "诉讼办结日期,诉讼结果\n"
)
ROWS = (
    HEAD
    + "1,2025-01-06,自然人,申请公开甲村安置方案,2025-01-20,属于国家秘密,,,,,,,\n"
    + "2,2025-02-06,自然人,申请公开乙村安置方案,2025-02-20,予以公开,2025-03-10,2025-05-06,维持,复议后起诉,2025-05-20,"
      "2025-11-03,纠正\n"
    + "3,2025-03-06,商业企业,申请公开丙地块出让合同,,,2025-05-12,,,,,,\n"
    + "4,2025-03-07,自然人,申请公开丁项目环评批复,2025-03-20,予以公开,,,,直接起诉,2025-12-29,,未结\n"
    + "5,2024-03-07,自然人,申请公开戊路改造预算,2024-03-20,予以公开,2024-04-07,2024-06-03,其他,,,,\n"
)


def look(agency, data=ROWS, name="台账.csv"):
    return registering.look(agency, data.encode() if isinstance(data, str) else data, name, today=TODAY)


def taken(agency, by=factories.SYSTEM):
    looked = look(agency)
    assert looked.refused == ()
    return take_over(by=by, looked=looked, at=factories.AT)


def test_the_disputes_of_a_register_become_cases(bureau, clerk):
    imported = taken(bureau, clerk)
    rows = {row.number: row for row in Dispute.objects.select_related("application")}
    assert {number: (row.track, row.state, row.application.number) for number, row in rows.items()} == {
        "议2024-0001": ("reconsideration", State.CLOSED, "5"), "议2025-0001": ("reconsideration", State.CLOSED, "2"),
        "议2025-0002": ("reconsideration", State.RECEIVED, "3"), "诉2025-0001": ("after", State.CLOSED, "2"),
        "诉2025-0002": ("direct", State.RECEIVED, "4"),
    }
    assert rows["诉2025-0001"].follows == rows["议2025-0001"]
    assert (rows["议2025-0001"].against, rows["议2025-0002"].against) == ("reply", "silence")
    assert rows["议2025-0001"].closed_on == date(2025, 5, 6)
    assert rows["议2025-0002"].proceedings.get().answer_due_on == date(2025, 5, 26)
    assert {row.imported for row in rows.values()} == {imported}
    assert not Application.objects.filter(extra__has_key="disputes").exists()
    assert not Rehandling.objects.exists(), "a register does not tell whether the reply was made anew"
    assert (probes.due_dates().well, probes.states().well) == (True, True)
    counted = {key: value for key, value in figures.table_four(Proceeding.objects.all(), 2025).items() if value}
    assert counted == {
        ("reconsideration", "upheld"): 1, ("reconsideration", "pending"): 1, ("after", "corrected"): 1,
        ("direct", "pending"): 1,
    }
    assert makers.received(bureau, on=date(2025, 6, 3)).number == "议2025-0003"


@pytest.mark.parametrize("to", ["xlsx", "csv"])
def test_out_and_in_again_is_the_same_register(county, bureau, to):
    other = factories.agency("青澜县水利局", county)
    taken(bureau)
    data = exporting.written(Application.objects.filter(agency=bureau).order_by("number"), to)
    looked = look(other, data, f"台账.{to}")
    assert looked.refused == ()
    take_over(by=factories.SYSTEM, looked=looked, at=factories.AT)
    fields = (
        "dispute__number", "dispute__track", "dispute__state", "dispute__against", "dispute__subject",
        "dispute__application__number", "dispute__follows__number", "dispute__closed_on", "stage", "received_on",
        "decided_on", "result", "answer_due_on",
    )
    before, after = (
        list(Proceeding.objects.filter(dispute__agency=one).order_by("dispute__number").values(*fields))
        for one in (bureau, other)
    )
    assert before == after
    assert len(before) == 5


def test_what_was_registered_here_goes_out_as_it_stands(bureau):
    asked = makers.application(bureau)
    case = makers.appealed(bureau, application=asked)
    assert following.disputes_of([asked])[asked.pk] == (Column("direct", makers.ON, None, "pending"),)
    actions.decide(
        by=factories.SYSTEM, dispute=case, result="corrected", ending="revoked", on=date(2026, 9, 1),
        at=makers.moment())
    makers.cancelled(bureau, application=asked)
    assert following.disputes_of([asked])[asked.pk] == (Column("direct", makers.ON, date(2026, 9, 1), "corrected"),)
    entry = next(exporting.entries(Application.objects.all()))
    assert entry.disputes == (Column("direct", makers.ON, date(2026, 9, 1), "corrected"),)
    assert following.disputed(asked)
    assert not following.disputed(makers.application(bureau))


def test_all_or_nothing(bureau, monkeypatch):
    def breaks(*_given):
        raise Refused("broken", "坏了")

    monkeypatch.setattr(following, "IMPORTED", [*following.IMPORTED, breaks])
    with pytest.raises(Refused, match="坏了"):
        take_over(by=factories.SYSTEM, looked=look(bureau), at=factories.AT)
    assert (Application.objects.count(), Dispute.objects.count(), DisputeSeries.objects.count()) == (0, 0, 0)


def test_batches_give_numbers_without_a_gap(bureau, monkeypatch):
    monkeypatch.setattr(sheets, "_BATCH", 2)
    taken(bureau)
    assert sorted(Dispute.objects.values_list("number", flat=True)) == [
        "议2024-0001", "议2025-0001", "议2025-0002", "诉2025-0001", "诉2025-0002"]


def test_an_export_asks_a_fixed_number_of_questions(bureau, django_assert_num_queries):
    taken(bureau)
    with django_assert_num_queries(2):
        assert len(list(exporting.entries(Application.objects.all()))) == 5


def test_what_stood_among_the_columns_is_moved_and_can_be_moved_back(bureau):
    migration = importlib.import_module("gongkai.disputes.migrations.0003_from_registers")
    taken(bureau)
    fields = ("number", "track", "state", "against", "subject", "application", "follows__number", "closed_on",
              "imported")
    days = ("stage", "received_on", "decided_on", "result", "answer_due_on", "answer_due_status")
    rows, chains = list(Dispute.objects.order_by("number").values(*fields)), list(
        Proceeding.objects.order_by("dispute__number").values(*days))
    migration.back(apps, None)
    Proceeding.objects.all().delete()
    Dispute.objects.filter(follows__isnull=False).delete()
    Dispute.objects.all().delete()
    DisputeSeries.objects.all().delete()
    assert Application.objects.filter(extra__has_key="disputes").count() == 4
    migration.move(apps, None)
    assert list(Dispute.objects.order_by("number").values(*fields)) == rows
    assert list(Proceeding.objects.order_by("dispute__number").values(*days)) == chains
    assert not Application.objects.filter(extra__has_key="disputes").exists()
    assert makers.received(bureau, on=date(2025, 6, 3)).number == "议2025-0003"


def test_dates_follow_a_year_that_is_adopted(county, bureau):
    at = makers.moment(date(2027, 2, 3))
    case = makers.received(bureau, on=date(2027, 1, 29), at=at)
    row = case.proceedings.get()
    assert (row.answer_due_on, row.answer_due_status) == (date(2027, 2, 12), "provisional")
    adopt_year(by=factories.actor(county, roles.Supervisor), text=NEXT_YEAR, at=at)
    row.refresh_from_db()
    assert row.answer_due_on == date(2027, 2, 19)
    told = Entry.objects.get(kind="disputes.due_moved").sentence
    assert "由 2027-02-12 改为 2027-02-19" in told
    assert probes.due_dates().well


def test_doctor_finds_what_drifted_and_the_chore_mends_it(bureau):
    case, lost = makers.received(bureau), makers.corrected(bureau, Track.DIRECT)
    Proceeding.objects.filter(dispute=case).update(answer_due_on=date(2026, 4, 1))
    Rehandling.objects.filter(dispute=lost).update(due_on=date(2026, 4, 1))
    assert not probes.due_dates().well
    assert case.number in probes.due_dates().sentence
    assert actions.move_dates(by=factories.SYSTEM, source="重新核对", at=makers.moment()) == 2
    assert probes.due_dates().well
    assert actions.move_dates(by=factories.SYSTEM, source="重新核对", at=makers.moment()) == 0
    Dispute.objects.filter(pk=case.pk).update(state=State.ANSWERED)
    assert not probes.states().well
    assert case.number in probes.states().sentence
