"""The day by which a decision must be shown: on its page, in the lists, on the first page of the day."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from tests import factories

from gongkai.accounts import roles
from gongkai.accounts.actor import Actor
from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.calendars.queries import calendar_for
from gongkai.core.deadlines import showing_due
from gongkai.core.workdays import shipped
from gongkai.core.workdays.calendar import Calendar
from gongkai.statutory_registers import actions, showing
from gongkai.statutory_registers.models import Entry

# Friday 20 March 2026: decisions of 11 March are due today, those of the 10th were due yesterday.
AT = datetime(2026, 3, 20, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 20)


@pytest.fixture
def bureau() -> Agency:
    return factories.agency("青澜县城市管理局")


@pytest.fixture
def clerk(bureau: Agency) -> Actor:
    return factories.actor(bureau, roles.Clerk)


def decided(by: Actor, agency: Agency, on: date, **values: object) -> Entry:
    given = {"register": "penalty", "subject": f"占道经营（{on:%m-%d}）"}
    return actions.add_entry(by=by, agency=agency, on=on, at=AT, **given | values)  # type: ignore[arg-type]


def page(actor: Actor, address: str) -> str:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    with time_machine.travel(AT, tick=False):
        answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_last_day_comes_with_its_reasons() -> None:
    told = showing_due(date(2026, 2, 13), 7, calendar_for_tests())
    # Spring Festival from the 15th to the 23rd; Saturdays 14 and 28 February are worked.
    assert told.due_on == date(2026, 3, 2)
    words = " ".join(step.what for step in told.steps)
    assert "春节" in words
    assert "为第 7 个工作日；应当在这一天以前（含当日）公示" in words
    assert not any(step.article for step in told.steps)  # the Regulations themselves do not say seven days
    assert "行政许可、行政处罚事项" in told.steps[0].source


def calendar_for_tests() -> Calendar:
    return shipped()


@given(st.dates(date(2024, 1, 1), date(2026, 11, 30)), st.integers(0, 40), st.integers(1, 25))
def test_a_row_is_late_exactly_when_its_day_is_past(decided_on: date, after: int, days: int) -> None:
    calendar, today = calendar_for_tests(), decided_on + timedelta(days=after)
    # The lists ask for the decisions before a day; the page reckons the last day of one decision.
    assert (decided_on < calendar.subtract(today, days)) == (calendar.add(decided_on, days) < today)


@pytest.mark.django_db
def test_late_near_and_far_rows_stand_in_their_lists_and_no_others(bureau: Agency, clerk: Actor) -> None:
    late, today, soon, far = (decided(clerk, bureau, date(2026, 3, day)) for day in (10, 11, 16, 17))
    decided(clerk, bureau, date(2026, 3, 2), register="coercion")  # no limit for these
    decided(clerk, bureau, date(2026, 3, 2), shown="lawfully_not", shown_reason="涉及未成年人")
    decided(clerk, bureau, date(2026, 3, 2), shown="shown", shown_on=date(2026, 3, 19))
    actions.cancel_entry(by=clerk, entry=decided(clerk, bureau, date(2026, 3, 3)), reason="重复登记", at=AT)
    assert list(Entry.objects.filter(showing.late(["penalty"], TODAY))) == [late]
    assert set(Entry.objects.filter(showing.near(["penalty"], TODAY))) == {today, soon}
    due = showing.due_for(clerk, TODAY, first=2)
    assert ([row.pk for row in due.rows], due.count) == ([late.pk, today.pk], 3)
    assert [row.chip.tone for row in due.rows] == ["late", "today"]  # type: ignore[attr-defined]
    calendar = calendar_for()
    assert (showing.chip_of(far, TODAY, calendar).tone, showing.chip_of(far, TODAY, calendar).left) == ("fine", 4)
    assert showing.due_of(far).due_on == date(2026, 3, 26)


@pytest.mark.django_db
def test_who_keeps_the_registers_and_the_sections_see_what_is_due(bureau: Agency, clerk: Actor) -> None:
    row = decided(clerk, bureau, date(2026, 3, 10))
    decided(clerk, bureau, date(2026, 3, 12))
    section = factories.actor(bureau, roles.Contributor)
    elsewhere = factories.actor(factories.agency("青澜县林业局"), roles.Clerk)
    for actor in (clerk, section):
        told = page(actor, "/desk/")
        assert "待公示的决定 2" in told
        assert "占道经营（03-10） 行政处罚 已逾期 1 个工作日" in told
        assert "占道经营（03-12） 行政处罚 还有 1 个工作日" in told
    assert "待公示的决定" not in page(elsewhere, "/desk/")
    assert "占道经营（03-12）" in page(section, "/desk/registers/of/penalty/?shown=near")
    assert "占道经营（03-10）" not in page(section, "/desk/registers/of/penalty/?shown=near")
    own = page(section, f"/desk/registers/rows/{row.pk}/")
    assert "公示期限 已逾期 1 个工作日 2026-03-19" in own
    assert "2026年3月11日（周三）" in own  # the first working day, in the reasons
    actions.show_entry(by=clerk, entry=row, shown="shown", on=TODAY, at=AT)
    assert "逾期公示 1 个工作日" in page(section, f"/desk/registers/rows/{row.pk}/")
    assert "逾期公示" in page(section, "/desk/registers/of/penalty/")
    assert "待公示的决定 1" in page(clerk, "/desk/")


@pytest.mark.django_db
def test_the_holidays_of_a_region_move_the_day_of_its_agencies_alone(bureau: Agency, clerk: Actor) -> None:
    region = factories.agency("西域州", region="650000")
    below = factories.agency("西域州水利局", region)
    writer = factories.actor(below, roles.Clerk)
    for day in range(20, 32):
        decided(clerk, bureau, date(2025, 5, day))
        decided(writer, below, date(2025, 5, day))
    # Corban in 2025 (6 to 10 June) is off in Xinjiang; the lists agree with the rows, agency by agency, on every day.
    differed = False
    for today in (date(2025, 6, 3) + timedelta(days=n) for n in range(20)):
        asked = set(Entry.objects.filter(showing.late(["penalty"], today)).values_list("pk", flat=True))
        told = {row.pk for row in Entry.objects.select_related("agency") if showing.due_of(row).due_on < today}
        assert asked == told
        differed |= sum(1 for row in Entry.objects.filter(pk__in=asked, agency=below)) != len(asked) / 2
    assert differed


@pytest.mark.django_db
def test_a_page_asks_once_which_agencies_have_a_region_of_their_own(bureau: Agency, clerk: Actor) -> None:
    decided(clerk, bureau, date(2026, 3, 10))
    desk = Client()
    desk.force_login(User.objects.get(pk=clerk.user_id))
    for address in ("/desk/", "/desk/registers/of/penalty/?shown=near"):
        with time_machine.travel(AT, tick=False), CaptureQueriesContext(connection) as asked:
            assert desk.get(address).status_code == 200
        regions = re.compile(r'FROM "agencies_agency" WHERE NOT \(.*"region" = ')
        own = [one["sql"] for one in asked if regions.search(one["sql"])]
        assert len(own) == 1, (address, own)
