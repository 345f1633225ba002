"""A campaign from its notice to its end: members and their days, reading, urging, the board."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from tests.campaigns.makers import DUE, OPENED, OUT, YEAR, member, opened, submitted
from tests.compilations import makers
from tests.factories import agency

from gongkai.accounts import roles
from gongkai.accounts.models import User
from gongkai.accounts.permissions import Denied
from gongkai.agencies import actions as tree
from gongkai.annual_reports.models import Scope
from gongkai.campaigns import actions, board, queries, rules, tasks
from gongkai.campaigns.board import Standing
from gongkai.campaigns.models import Member, Reminder
from gongkai.campaigns.work import work_for
from gongkai.compilations import actions as compilations
from gongkai.compilations import due
from gongkai.core.errors import Refused
from gongkai.ledger.models import Entry

pytestmark = pytest.mark.django_db


def rows(campaign, today=DUE):
    return {row.agency: row for row in board.rows_of(campaign, today)}


def test_everybody_in_force_on_the_last_day_is_asked(office, education, audit):
    gone = agency("青澜县粮食局", office.county)
    tree.abolish(by=makers.factories.SYSTEM, agency=gone, on=date(YEAR, 7, 1), at=makers.moment(), successors=[audit])
    young = agency("青澜县数据局", office.county, valid_from=date(2026, 1, 2))
    campaign = opened(office)
    names = set(campaign.members.values_list("agency__name", flat=True))
    assert names == {office.bureau.name, education.name, audit.name}
    assert gone.name not in names
    assert young.name not in names
    assert "3 个机关" in Entry.objects.get(kind="campaigns.opened").sentence


def test_a_government_below_owes_the_report_of_its_level(office):
    city = agency("澜州市人民政府", kind="government")
    tree.move(by=makers.factories.SYSTEM, agency=office.county, parent=city, at=makers.moment())
    city.refresh_from_db()
    owing = dict(queries.agencies_owing(city, YEAR))
    assert owing == {office.county.pk: Scope.CONSOLIDATED, office.bureau.pk: Scope.OWN}


def test_one_a_year_and_only_by_the_supervisor(office):
    opened(office)
    with pytest.raises(Refused) as again:
        opened(office)
    assert again.value.code == "campaign-there"
    with pytest.raises(Denied):
        opened(office, by=office.clerk)


@pytest.mark.parametrize(("values", "code"), [
    ({"due_on": date(2026, 2, 1)}, "due-too-late"), ({"due_on": date(2025, 12, 31)}, "due-too-early"),
    ({"publish_by": date(2026, 4, 1)}, "published-too-late"),
    ({"publish_by": date(2026, 1, 10)}, "wrong-order"), ({"notice": " "}, "words-missing"),
])
def test_days_beyond_the_statute_are_refused(office, values, code):
    with pytest.raises(Refused) as refused:
        opened(office, **values)
    assert refused.value.code == code


def test_its_day_is_the_day_that_submitting_is_measured_by(office):
    campaign = opened(office)
    assert due.due_on(office.bureau, YEAR, Scope.OWN) == DUE
    made = submitted(office, office.bureau, on=DUE + timedelta(days=3))
    assert (made.due_on, made.late_days) == (DUE, 3)
    assert rows(campaign)[office.bureau.name].late == 3
    assert due.asked_for(office.county, YEAR, Scope.CONSOLIDATED) is None


def test_more_time_and_exemption_have_reasons_and_move_the_day(office, audit):
    campaign = opened(office)
    mine, other = member(campaign, office.bureau), member(campaign, audit)
    with pytest.raises(Refused):
        actions.give_time(by=office.supervisor, member=mine, on=OUT, reason=" ", at=makers.moment())
    with pytest.raises(Refused) as late:
        actions.give_time(
            by=office.supervisor, member=mine, on=OUT + timedelta(days=1), reason="机构改革", at=makers.moment(),
        )
    assert late.value.code == "due-too-late"
    actions.give_time(
        by=office.supervisor, member=mine, on=DUE + timedelta(days=9), reason="机构改革", at=makers.moment(),
    )
    assert due.due_on(office.bureau, YEAR, Scope.OWN) == DUE + timedelta(days=9)
    actions.exempt(by=office.supervisor, member=other, reason="12月才成立", at=makers.moment())
    shown = rows(campaign, OUT)
    assert shown[audit.name].standing is Standing.EXEMPT
    assert shown[audit.name].late == 0
    assert board.totals(shown.values(), campaign).members == 1
    actions.owe(by=office.supervisor, member=other, reason="有申请要报", at=makers.moment())
    assert rows(campaign, OUT)[audit.name].standing is Standing.MISSING


def test_struck_off_and_back_again(office, audit):
    campaign = opened(office)
    row = member(campaign, audit)
    actions.drop(by=office.supervisor, member=row, reason="并入他局", at=makers.moment())
    assert audit.name not in rows(campaign)
    assert due.asked_for(audit, YEAR, Scope.OWN) is None
    with pytest.raises(Refused) as left:
        actions.exempt(by=office.supervisor, member=row, reason="不报", at=makers.moment())
    assert left.value.code == "member-left"
    actions.add(by=office.supervisor, campaign=campaign, agency=audit, reason="没有并入", at=makers.moment())
    assert audit.name in rows(campaign)
    with pytest.raises(Refused) as there:
        actions.add(by=office.supervisor, campaign=campaign, agency=audit, reason="再加", at=makers.moment())
    assert there.value.code == "member-there"
    with pytest.raises(Refused) as far:
        actions.add(
            by=office.supervisor, campaign=campaign, agency=agency("碧溪县人民政府"), reason="再加", at=makers.moment(),
        )
    assert far.value.code == "not-below"


def test_the_first_reading_counts_and_is_the_offices_own(office, audit):
    campaign = opened(office)
    row = member(campaign, office.bureau)
    actions.read(by=office.clerk, member=row, at=makers.moment(OPENED))
    actions.read(by=office.head, member=row, at=makers.moment(DUE))
    row.refresh_from_db()
    assert row.read_at == makers.moment(OPENED)
    assert Entry.objects.filter(kind="campaigns.read").count() == 1
    with pytest.raises(Denied):
        actions.read(by=office.clerk, member=member(campaign, audit), at=makers.moment())


def test_urging_stands_on_the_page_of_the_day_and_goes_by_mail(
    office, audit, settings, django_capture_on_commit_callbacks,
):
    settings.GONGKAI_MAIL_FROM = "gk@example.invalid"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    User.objects.filter(pk=office.clerk.user_id).update(email="clerk@example.invalid")
    campaign = opened(office)
    keys = list(queries.waiting(campaign).values_list("pk", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        told = actions.remind(
            by=office.supervisor, campaign=campaign, members=keys, text="请于1月20日以前提交", at=makers.moment(),
        )
    assert told == 2
    (sent,) = mail.outbox
    assert office.bureau.name in sent.body
    assert DUE.isoformat() in sent.body
    assert audit.name not in sent.body, "nobody of that office has an address"
    (owed,) = work_for(office.clerk, OPENED).owed
    assert owed.urged == "请于1月20日以前提交"
    (run,) = work_for(office.supervisor, OPENED).run
    assert run.totals.members == 2
    with pytest.raises(Refused) as nobody:
        actions.remind(by=office.supervisor, campaign=campaign, members=[0], text="快报", at=makers.moment())
    assert nobody.value.code == "nobody-chosen"


def test_the_program_reminds_once_for_each_day_that_the_setting_names(office, audit):
    campaign = opened(office)
    submitted(office, office.bureau)
    asked = queries.to_be_reminded
    assert asked(campaign, DUE - timedelta(days=11), [10, 3], [1]) == []
    (key,) = asked(campaign, DUE - timedelta(days=9), [10, 3], [1])
    assert key == member(campaign, audit).pk, "who has submitted is left in peace"
    actions.remind_by_itself(
        by=tasks.TICKER, campaign=campaign, members=[key], at=makers.moment(DUE - timedelta(days=9)),
    )
    assert asked(campaign, DUE - timedelta(days=4), [10, 3], [1]) == []
    assert asked(campaign, DUE - timedelta(days=3), [10, 3], [1]) == [key]
    actions.remind_by_itself(by=tasks.TICKER, campaign=campaign, members=[key], at=makers.moment(DUE))
    assert asked(campaign, DUE + timedelta(days=1), [10, 3], [1]) == [key]
    actions.remind_by_itself(
        by=tasks.TICKER, campaign=campaign, members=[key], at=makers.moment(DUE + timedelta(days=1)),
    )
    assert "已过期限" in Reminder.objects.order_by("pk").last().text
    assert asked(campaign, DUE + timedelta(days=30), [10, 3], [1]) == []


def test_the_board_follows_the_course_of_a_report(office, education, audit):
    campaign = opened(office)
    assert rows(campaign)[office.bureau.name].standing is Standing.MISSING
    made = makers.started(office)
    assert rows(campaign)[office.bureau.name].standing is Standing.DRAFT
    made = makers.submitted(office, made)
    row = rows(campaign)[office.bureau.name]
    assert row.standing is Standing.SUBMITTED
    assert row.compilation == made.pk
    compilations.return_(
        by=office.supervisor, compilation=made, text="请核对", seen=makers.version(made), at=makers.moment(),
    )
    assert rows(campaign)[office.bureau.name].standing is Standing.RETURNED
    late = rows(campaign, DUE + timedelta(days=2))
    assert late[audit.name].late == 2
    found = board.narrowed(late.values(), found="awaited", sort="late")
    assert {row.agency for row in found} == {education.name, audit.name}


def test_the_board_asks_as_many_questions_for_ten_members_as_for_one(office):
    campaign = opened(office)
    with CaptureQueriesContext(connection) as few:
        board.totals(board.rows_of(campaign, DUE), campaign)
    for n in range(10):
        made = agency(f"青澜县第{n}局", office.county)
        actions.add(by=office.supervisor, campaign=campaign, agency=made, reason="补充", at=makers.moment())
    with CaptureQueriesContext(connection) as many:
        board.totals(board.rows_of(campaign, DUE), campaign)
    assert len(many) == len(few) <= 7


def test_an_ended_campaign_urges_nobody_and_can_be_taken_up_again(office):
    campaign = opened(office)
    actions.close(by=office.supervisor, campaign=campaign, at=makers.moment())
    with pytest.raises(Refused) as closed:
        actions.remind(
            by=office.supervisor, campaign=campaign, members=[member(campaign, office.bureau).pk], text="快报",
            at=makers.moment(),
        )
    assert closed.value.code == "campaign-closed"
    assert work_for(office.clerk, OPENED).owed == []
    actions.reopen(by=office.supervisor, campaign=campaign, reason="还有机关没报", at=makers.moment())
    assert len(work_for(office.clerk, OPENED).owed) == 1


def test_a_member_sees_its_own_line_and_nobody_elses(office, audit):
    campaign = opened(office)
    assert [r.agency for r in board.rows_of(campaign, DUE, office.clerk)] == [office.bureau.name]
    assert queries.campaign(office.clerk, campaign.pk) == campaign
    with pytest.raises(Member.DoesNotExist):
        queries.member(office.clerk, campaign.pk, member(campaign, audit).pk)
    stranger = makers.Office(agency("碧溪县人民政府"), agency("碧溪县民政局")).person(roles.Clerk)
    assert not queries.campaigns(stranger).exists()


DAYS = st.integers(-60, 60)


@given(day=DAYS, before=st.sets(st.integers(0, 40), max_size=4), after=st.sets(st.integers(0, 40), max_size=4))
def test_a_stage_is_the_latest_mark_that_has_come(day, before, after):
    today = DUE + timedelta(days=day)
    mark = rules.stage(DUE, today, before, after)
    marks = {DUE - timedelta(days=n) for n in before} | {DUE + timedelta(days=n) for n in after}
    assert (mark is None) == all(m > today for m in marks)
    if mark is not None:
        assert mark in marks
        assert not any(mark < m <= today for m in marks)


@given(day=st.integers(0, 120))
def test_late_days_never_count_backwards(day):
    assert rules.late_days(DUE, DUE + timedelta(days=day)) == day
    assert rules.late_days(DUE, DUE - timedelta(days=day)) == 0


def test_narrowing_never_invents_rows(office, audit):
    campaign = opened(office)
    shown = list(rows(campaign, OUT).values())
    shown.append(replace(shown[0], pk=99, agency="别的局", late=0, standing=Standing.PUBLISHED))
    for found in (*board.FOUND, "", "nonsense"):
        for sort in (*board.SORTS, "nonsense"):
            assert set(board.narrowed(shown, found=found, sort=sort)) <= set(shown)
    assert {r.standing for r in board.narrowed(shown, standing="published")} == {Standing.PUBLISHED}
