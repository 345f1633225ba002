"""A register brings its disputes in and takes them out; dates follow the calendar; what was kept before is moved."""

from __future__ import annotations

import importlib
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count
from random import Random

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
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
from gongkai.core.registers.instances import INSTANCES_AFTER
from gongkai.disputes import actions, figures, probes, work
from gongkai.disputes.models import Dispute, DisputeSeries, Proceeding, Rehandling
from gongkai.disputes.states import FOLLOWS, State, Track
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
    first = Column("direct", makers.ON, makers.DECIDED, "upheld")
    assert following.disputes_of([asked])[asked.pk] == (
        first, Column("direct", date(2026, 6, 10), None, "pending", "second", True),
    )
    actions.decide(
        by=factories.SYSTEM, dispute=case, result="corrected", ending="revoked", on=date(2026, 9, 1),
        at=makers.moment())
    makers.cancelled(bureau, application=asked)
    second = Column("direct", date(2026, 6, 10), date(2026, 9, 1), "corrected", "second", True, "owed")
    assert following.disputes_of([asked])[asked.pk] == (first, second)
    entry = next(exporting.entries(Application.objects.all()))
    assert entry.disputes == (first, second)
    assert following.disputed(asked)
    assert not following.disputed(makers.application(bureau))


LOST = (
    HEAD.replace("诉讼类型", "重新答复,诉讼类型,审级")
    + "1,2025-01-06,自然人,申请公开甲村安置方案,2025-01-20,属于国家秘密,2025-03-10,2025-05-06,纠正,{said},,,,,\n"
)


def test_a_duty_is_opened_only_where_the_register_says_that_nothing_was_done(bureau):
    looked = look(bureau, LOST.format(said="尚未重新答复"))
    assert [(one.code, one.severity) for one in looked.remarks] == [("redo-opens", "note")]
    take_over(by=factories.SYSTEM, looked=looked, at=factories.AT)
    duty = Rehandling.objects.get()
    case = duty.dispute
    assert (duty.from_on, duty.days, duty.application, duty.due_on) == (
        date(2025, 5, 6), None, Application.objects.get(), date(2025, 6, 4),
    )
    assert (case.state, case.closed_on) == (State.DECIDED, None)
    assert work.narrowed(Dispute.objects.all(), "rehandle", work.scope_of(factories.SYSTEM, TODAY)).get() == case
    assert (probes.due_dates().well, probes.states().well) == (True, True)
    makers.fulfilled(duty)
    actions.close(by=factories.SYSTEM, dispute=makers.fresh(case), on=makers.LATER, at=makers.moment())


@pytest.mark.parametrize(("said", "waived"), [
    ("", ""), ("已重新答复", "台账记载已经重新答复"), ("2025-05-20", "台账记载已经重新答复"),
    ("不须重新答复", "台账记载不须重新答复"),
])
def test_otherwise_the_case_is_put_away_with_what_the_register_says(bureau, said, waived):
    looked = look(bureau, LOST.format(said=said))
    assert [one.code for one in looked.remarks] == ([] if said else ["redo-unsaid"])
    take_over(by=factories.SYSTEM, looked=looked, at=factories.AT)
    assert not Rehandling.objects.exists()
    assert Dispute.objects.get().state == State.CLOSED
    assert Proceeding.objects.get().redo_waived == waived


def test_each_instance_counts_in_its_year(bureau):
    review, suit = "2025-03-10,2025-05-06,纠正,,,,,,", ",,,,直接起诉,,2025-03-10,2025-11-06,维持"
    rows = LOST.format(said="").replace(review, suit) + "1,,,,,,,,,,,二审,2026-01-05,2026-02-20,纠正\n"
    take_over(by=factories.SYSTEM, looked=look(bureau, rows), at=factories.AT)
    case = Dispute.objects.get()
    assert list(case.proceedings.values_list("position", "stage", "decided_on")) == [
        (1, "first", date(2025, 11, 6)), (2, "second", date(2026, 2, 20)),
    ]
    counted = {
        year: {key: n for key, n in figures.table_four(Proceeding.objects.all(), year).items() if n}
        for year in (2025, 2026)
    }
    assert counted == {2025: {("direct", "upheld"): 1}, 2026: {("direct", "corrected"): 1}}
    assert (case.state, case.closed_on, case.number) == (State.CLOSED, date(2026, 2, 20), "诉2025-0001")


def test_columns_and_states_know_the_same_instances():
    assert {stage: tuple(after) for stage, after in INSTANCES_AFTER.items()} == {
        stage: FOLLOWS[stage] for stage in FOLLOWS if stage != "reconsideration"
    }


def _befallen(agency, draw):
    """An application with whatever may befall it, through the real actions."""
    asked = makers.application(agency)
    numbers = (f"第{asked.pk}-{n}号" for n in count(1))

    def decided(case, on):
        result = draw.choice(["upheld", "corrected", "other"])
        redo = draw.random() < 0.6
        at = makers.moment()
        case = actions.decide(
            by=factories.SYSTEM, dispute=case, result=result, ending=makers.usual(result), on=on, at=at,
            redo=redo, redo_reason="变更决定已经代替" if result == "corrected" and not redo else "")
        for duty in case.rehandlings.open():
            if draw.random() < 0.4:
                makers.fulfilled(duty, on=on)
        return makers.fresh(case)

    def suit(track, follows=None):
        on = date(2026, 4, 1) + timedelta(draw.randrange(30))
        stage = draw.choice(["first", "first", "second", "retrial"])
        case = makers.received(
            agency, track, application=asked, on=on, stage=stage, follows=follows, case_number=next(numbers))
        for _ in range(draw.randrange(4)):
            on += timedelta(draw.randrange(25))
            case = decided(case, on)
            stage = draw.choice(FOLLOWS[case.proceedings.last().stage])
            if draw.random() < 0.5:
                case = actions.appeal(
                    by=factories.SYSTEM, dispute=case, stage=stage, received_on=on, at=makers.moment())
            else:
                break

    for _ in range(draw.randrange(3)):
        on = date(2026, 3, 5) + timedelta(draw.randrange(20))
        review = makers.received(agency, application=asked, on=on, case_number=next(numbers))
        if draw.random() < 0.8:
            review = decided(review, date(2026, 3, 28))
        for _ in range(draw.randrange(3)):
            suit(Track.AFTER, review)
    if draw.random() < 0.3:
        suit(Track.AFTER)
    for _ in range(draw.randrange(3)):
        suit(Track.DIRECT)
    if draw.random() < 0.3:
        makers.cancelled(agency, application=asked)
    return asked


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), to=st.sampled_from(["xlsx", "csv"]))
def test_whatever_befell_comes_out_and_in_again(county, bureau, seed, to):
    with rolled_back():
        draw = Random(seed)
        asked = [_befallen(bureau, draw) for _ in range(2)]
        before = following.disputes_of(asked)
        data = exporting.written(Application.objects.filter(agency=bureau), to)
        other = factories.agency(f"青澜县第{seed}局", county)
        looked = registering.look(other, data, f"台账.{to}", today=makers.LATER)
        assert looked.refused == ()
        take_over(by=factories.SYSTEM, looked=looked, at=makers.moment())
        rows = {row.number: row for row in Application.objects.filter(agency=other)}
        after = following.disputes_of(rows.values())
        assert [before.get(row.pk) for row in asked] == [after.get(rows[row.number].pk) for row in asked]
        owed = Rehandling.objects.open()
        assert owed.filter(dispute__agency=other).count() == owed.filter(dispute__agency=bureau).count()
        for year in (2025, 2026):
            mine, theirs = (
                figures.table_four(Proceeding.objects.filter(dispute__agency=one), year) for one in (bureau, other)
            )
            assert mine == theirs
        assert (probes.due_dates().well, probes.states().well) == (True, True)


@contextmanager
def rolled_back():
    """What an example wrote is gone before the next."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


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
