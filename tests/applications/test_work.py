"""What waits for whom: each post sees its own work, and a number is the length of the list behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from tests.applications import makers
from tests.applications.staff import BASE, TODAY, Office, office

from gongkai.accounts import roles
from gongkai.accounts.actor import Actor
from gongkai.applications import actions, work
from gongkai.applications.models import Application
from gongkai.applications.states import OPEN, State
from gongkai.core.workdays import shipped

NOW = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_a_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def at() -> Office:
    return office()


def counts(actor: Actor, on: date = TODAY) -> dict[str, int]:
    """Group → number, of the page of the day."""
    return {queue.group.key: queue.count for queue in work.work_for(actor, on).queues}


def in_review(at: Office, by: Actor, n: int = 1) -> Application:
    """A reply in review, drafted by `by`."""
    case = makers.registered(at.civil, f"申请公开第{n}号文件的全文。")
    case = actions.assign(
        by=at.actor(roles.Clerk), application=case, section=at.relief, handler=at.person(roles.Clerk), at=NOW,
    )
    actions.draft_reply(
        by=by, application=case, answer_kind="granted", values={"way": "纸质", "time": "随本答复"}, body="见附件。",
        at=NOW,
    )
    actions.submit_for_review(by=at.actor(roles.Clerk), application=case, at=NOW)
    return case


@pytest.mark.django_db
def test_what_is_new_waits_for_the_clerk_and_for_nobody_else(at: Office) -> None:
    makers.registered(at.civil)
    makers.registered(at.civil, "申请公开另一件。", channel="letter")
    assert counts(at.actor(roles.Clerk)) == {"unconfirmed": 1, "unassigned": 1}
    assert counts(at.actor(roles.Reviewer)) == {}
    assert counts(at.actor(roles.Signatory)) == {}
    assert counts(at.actor(roles.Contributor, section=at.relief)) == {}
    assert counts(at.actor(roles.Clerk, at.water)) == {}


@pytest.mark.django_db
def test_nobody_is_asked_to_review_or_sign_what_they_wrote(at: Office) -> None:
    head = at.actor(roles.HeadOfOffice)
    case = in_review(at, head)
    assert counts(at.actor(roles.Reviewer))["review"] == 1
    assert "review" not in counts(head)
    for kind in ("secrecy", "legal"):
        actions.review(by=at.actor(roles.Reviewer), application=case, kind=kind, verdict="pass", at=NOW)
    assert counts(at.actor(roles.Signatory))["signature"] == 1
    assert "signature" not in counts(head)
    actions.sign(by=at.actor(roles.Signatory), application=case, on=TODAY, at=NOW)
    assert counts(at.actor(roles.Clerk))["serve"] == 1
    assert "serve" not in counts(at.actor(roles.Signatory))


@pytest.mark.django_db
def test_a_contributor_sees_the_own_section_alone(at: Office) -> None:
    for n, section in enumerate((at.relief, at.funerals, at.relief)):
        case = makers.registered(at.civil, f"申请公开第{n}号文件的全文。")
        actions.assign(by=at.actor(roles.Clerk), application=case, section=section, at=NOW)
    assert counts(at.actor(roles.Contributor, section=at.relief)) == {"drafting": 2}
    assert counts(at.actor(roles.Clerk)) == {"drafting": 3}


@pytest.mark.django_db
def test_an_extension_waits_for_the_head(at: Office) -> None:
    case = makers.registered(at.civil)
    case = actions.assign(
        by=at.actor(roles.Clerk), application=case, handler=at.person(roles.Clerk), at=NOW,
    )
    proposal = actions.propose_extension(
        by=at.actor(roles.Clerk), application=case, days=20, reason="调阅档案", on=TODAY, at=NOW,
    )
    assert counts(at.actor(roles.HeadOfOffice))["approval"] == 1
    assert "approval" not in counts(at.actor(roles.Clerk))
    actions.decide_extension(by=at.actor(roles.HeadOfOffice), extension=proposal, approved=True, on=TODAY, at=NOW)
    assert "approval" not in counts(at.actor(roles.HeadOfOffice))


@pytest.mark.django_db
def test_what_others_owe_stands_by_its_own_date(at: Office) -> None:
    case = makers.registered(at.civil)
    actions.ask_correction(by=at.actor(roles.Clerk), application=case, what="请写明年份", on=TODAY, at=NOW)
    assert counts(at.actor(roles.Clerk)) == {"correction": 1}
    due = Application.objects.get().correction_due_on
    assert due is not None
    later = counts(at.actor(roles.Clerk), due + timedelta(1))
    assert later["waited"] == 1


@pytest.mark.django_db
def test_a_due_date_moves_from_soon_to_today_to_overdue(at: Office) -> None:
    case = makers.registered(at.civil)
    clerk, due = at.actor(roles.Clerk), case.due_on
    assert due is not None
    calendar = shipped()
    seen = [
        {key for key in ("overdue", "today", "soon") if key in counts(clerk, day)}
        for day in (calendar.subtract(due, 6), calendar.subtract(due, 5), calendar.subtract(due, 1), due,
                    due + timedelta(1))
    ]
    assert seen == [set(), {"soon"}, {"soon"}, {"today"}, {"overdue"}]


@pytest.mark.django_db
def test_a_supervisor_sees_which_agencies_are_late(at: Office) -> None:
    for n in range(2):
        makers.registered(at.water, f"申请公开第{n}号文件的全文。")
    makers.registered(at.civil)
    supervisor = at.actor(roles.Supervisor, at.government)
    assert work.work_for(supervisor, TODAY).below == []
    day = work.work_for(supervisor, date(2026, 6, 1))
    assert day.queues == []
    assert [(row.name, row.count) for row in day.below] == [("青澜县水利局", 2), ("青澜县民政局", 1)]
    assert day.below[0].earliest == date(2026, 4, 1)
    assert work.work_for(at.actor(roles.Clerk), date(2026, 6, 1)).below == []


@pytest.mark.django_db
def test_an_administrator_has_no_applications_to_work_on(at: Office) -> None:
    makers.registered(at.civil)
    day = work.work_for(at.actor(roles.SystemAdministrator, at.government), date(2026, 6, 1))
    assert (day.queues, day.below, day.works, day.watches) == ([], [], False, False)
    assert at.client(roles.SystemAdministrator, at.government).get("/desk/").status_code == 200


@pytest.mark.django_db
def test_each_number_is_the_length_of_the_list_that_it_opens(at: Office) -> None:
    in_review(at, at.actor(roles.HeadOfOffice), 1)
    case = makers.registered(at.civil, "申请公开第二件。")
    actions.ask_correction(by=at.actor(roles.Clerk), application=case, what="请写明年份", on=TODAY, at=NOW)
    makers.registered(at.civil, "申请公开第三件。", channel="letter")
    makers.registered(at.civil, "申请公开第四件。", arrived_on=date(2025, 12, 1))
    for role in (roles.Clerk, roles.HeadOfOffice, roles.Reviewer, roles.Signatory):
        client = at.client(role)
        page = client.get("/desk/").content.decode()
        for key, number in counts(at.actor(role)).items():
            assert f"{BASE}?group={key}" in page
            listed = client.get(f"{BASE}?group={key}").content.decode()
            assert f"共 {number} 件" in listed, (role.key, key)


@pytest.mark.django_db
@pytest.mark.parametrize("group", sorted(work.GROUPS))
def test_every_group_is_a_part_of_what_one_sees(at: Office, group: str) -> None:
    makers.registered(at.civil)
    makers.registered(at.water)
    for role in (roles.Clerk, roles.HeadOfOffice, roles.Signatory):
        actor = at.actor(role)
        seen = Application.objects.visible_to(actor)
        inside = work.narrowed(seen, group, work.scope_of(actor, TODAY))
        assert set(inside.values_list("agency_id", flat=True)) <= {at.civil.pk}


def application(**values: object) -> Application:
    """An application that is only looked at."""
    return Application(arrived_on=date(2026, 3, 2), due_status="settled", **values)


@given(st.dates(date(2026, 1, 5), date(2026, 10, 1)), st.integers(-40, 40))
def test_a_chip_tells_the_working_days_that_are_left(today: date, apart: int) -> None:
    calendar = shipped()
    due = today + timedelta(apart)
    chip = work.chip_of(application(state=State.ASSIGNED, due_on=due), today, calendar)
    assert chip.due_on == due
    assert chip.tone == (
        "late" if due < today else "today" if due == today
        else "soon" if calendar.count(today, due) <= work.SOON else "fine"
    )
    step, last = (today, due) if due >= today else (due, today)
    walked = sum(calendar.is_workday(step + timedelta(n)) for n in range(1, (last - step).days + 1))
    assert chip.left == walked


@given(st.sampled_from(sorted(OPEN)), st.dates(date(2026, 3, 2), date(2026, 10, 1)))
def test_a_clock_that_stands_still_never_looks_late(state: State, today: date) -> None:
    waiting = {State.CORRECTION, State.CONSULTING, State.FEE}
    case = application(state=state, due_on=None if state == State.RECEIVED else date(2026, 3, 3),
                       waits_until=date(2026, 5, 6) if state in waiting else None)
    chip = work.chip_of(case, today, shipped())
    assert (chip.tone == "late") == (state not in {*waiting, State.RECEIVED} and today > date(2026, 3, 3))
    if state in waiting:
        assert chip.tone == ("over" if today > date(2026, 5, 6) else "still")


def test_a_closed_case_says_whether_it_was_in_time() -> None:
    closed = {"state": State.SERVED, "due_on": date(2026, 4, 1)}
    today, calendar = date(2026, 9, 1), shipped()
    assert work.chip_of(application(**closed, closed_on=date(2026, 4, 1)), today, calendar).tone == "done"
    assert work.chip_of(application(**closed, closed_on=date(2026, 4, 2)), today, calendar).tone == "missed"
