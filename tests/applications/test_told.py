"""How people are told of dates: the ticker, the mail of the day, the calendar feed. Twice is once, and no names."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from tests import factories

from gongkai.accounts import roles
from gongkai.accounts.models import User
from gongkai.applications import digest, dues, feeds, registering, reminders, tasks
from gongkai.applications.actions.sheets import take_over
from gongkai.applications.models import Application, Digest, Reminder
from gongkai.ledger.models import Entry

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 2, tzinfo=UTC)  # a Friday, ten in the morning here
TODAY = date(2026, 11, 20)
# Twenty working days: LATE was due on 13 November, TODAY on the 20th, SOON on the 24th, FAR on 10 December.
REGISTER = (
    "登记号,收到日期,渠道,申请人类型,申请内容\n"
    "LATE,2026-10-16,当面,自然人,张伟明申请公开甲\nTODAY,2026-10-23,当面,自然人,申请公开乙\n"
    "SOON,2026-10-27,当面,自然人,申请公开丙\nFAR,2026-11-12,当面,自然人,申请公开丁\n"
)


@pytest.fixture
def office() -> Any:
    agency = factories.agency()
    clerk = factories.actor(agency)
    User.objects.filter(pk=clerk.user_id).update(email="clerk@example.invalid")
    take_over(by=clerk, looked=registering.look(agency, REGISTER.encode(), "台账.csv", today=TODAY), at=AT)
    return agency


@pytest.fixture
def morning(time_machine: Any, settings: Any) -> Any:
    time_machine.move_to(AT, tick=False)
    settings.GONGKAI_MAIL_FROM = "office@example.invalid"
    settings.GONGKAI_PUBLIC_URL = "https://example.invalid"
    return time_machine


def test_dates_are_near_in_their_stages(office: Any) -> None:
    near = {(one.application.number, one.stage) for one in reminders.dates_near(TODAY)}
    assert near == {("LATE", "overdue"), ("TODAY", "today"), ("SOON", "soon")}


def test_the_ticker_may_run_twice(office: Any, morning: Any) -> None:
    tasks.tick()
    tasks.tick()
    assert Reminder.objects.count() == 3
    assert Entry.objects.filter(kind="applications.reminded").count() == 3
    morning.move_to(datetime(2026, 11, 23, 2, tzinfo=UTC), tick=False)
    tasks.tick()
    said = set(Reminder.objects.values_list("application__number", "stage"))
    assert said == {("LATE", "overdue"), ("TODAY", "today"), ("TODAY", "overdue"), ("SOON", "soon")}


@pytest.mark.django_db(transaction=True)
def test_two_tickers_at_once_say_it_once(office: Any, morning: Any) -> None:
    failures: list[BaseException] = []

    def run() -> None:
        try:
            tasks.tick()
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Reminder.objects.count() == 3
    assert Digest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_mail_a_day_without_a_name_in_it(office: Any, morning: Any) -> None:
    tasks.tick()
    tasks.tick()
    (sent,) = mail.outbox
    assert sent.subject == "2026-11-20 依申请公开待办 3 项"
    assert sent.to == ["clerk@example.invalid"]
    assert "LATE  已逾期" in sent.body
    assert "FAR" not in sent.body
    assert "张伟明" not in sent.body + sent.subject
    assert "https://example.invalid/desk/" in sent.body


@pytest.mark.parametrize("at", [datetime(2026, 11, 19, 22, tzinfo=UTC), datetime(2026, 11, 21, 2, tzinfo=UTC)])
def test_no_mail_before_eight_or_on_a_day_off(office: Any, morning: Any, at: datetime) -> None:
    morning.move_to(at, tick=False)
    tasks.tick()
    assert Digest.objects.count() == 0
    assert Reminder.objects.count() == 3


def test_no_mail_without_a_server(office: Any, time_machine: Any) -> None:
    time_machine.move_to(AT, tick=False)
    tasks.tick()
    assert Digest.objects.count() == 0


def test_a_long_list_is_cut_and_says_so(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digest, "MOST", 1)
    clerk = factories.actor(office, username="second")
    assert digest.lines_for(clerk, TODAY) == ["LATE  已逾期  待分办", "另有 2 件，请登录查看"]


def test_the_feed_tells_numbers_and_dates_to_who_knows_its_address(office: Any, client: Client) -> None:
    clerk = User.objects.get(email="clerk@example.invalid")
    client.force_login(clerk)
    assert "启用订阅" in client.get(reverse("applications:feed")).content.decode()
    client.post(reverse("applications:feed-renew"))
    page = client.get(reverse("applications:feed")).content.decode()
    address = page.split('readonly value="')[1].split('"')[0]
    anybody = Client()
    answer = anybody.get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert {str(e["SUMMARY"]) for e in events} == {f"{n} 答复期限" for n in ("LATE", "TODAY", "SOON", "FAR")}
    assert {e.decoded("DTSTART") for e in events} == set(Application.objects.values_list("due_on", flat=True))
    assert "张伟明" not in answer.content.decode()
    client.post(reverse("applications:feed-renew"))
    assert anybody.get(address).status_code == 404


def test_the_feed_of_somebody_without_a_post_is_empty(office: Any, client: Client) -> None:
    clerk = User.objects.get(email="clerk@example.invalid")
    client.force_login(clerk)
    client.post(reverse("applications:feed-renew"))
    page = client.get(reverse("applications:feed")).content.decode()
    address = page.split('readonly value="')[1].split('"')[0]
    clerk.posts.update(valid_to=date(2021, 1, 1))
    assert Calendar.from_ical(Client().get(address).content).walk("VEVENT") == []


def test_a_supervisor_is_sent_no_mail(office: Any) -> None:
    boss = factories.actor(office, roles.Supervisor)
    User.objects.filter(pk=boss.user_id).update(email="boss@example.invalid")
    assert [user.email for user, _actor in digest.recipients(TODAY)] == ["clerk@example.invalid"]


@pytest.mark.django_db(transaction=True)
def test_dates_of_rooms_above_stand_in_the_same_mail_and_feed(
    office: Any, morning: Any, monkeypatch: pytest.MonkeyPatch,
) -> None:
    ((_user, clerk),) = digest.recipients(TODAY)
    asked: list[tuple[date | None, int]] = []

    def of(_who: Any, until: date | None, most: int) -> tuple[list[dues.Due], int]:
        asked.append((until, most))
        return [
            dues.Due("x-1", "议2026-0001", "复议答复期限", date(2026, 11, 17)),
            dues.Due("x-2", "诉2026-0001", "答辩期限", date(2026, 11, 23), provisional=True),
        ], 2

    monkeypatch.setattr(dues, "SOURCES", [dues.Source("复议诉讼", of)])
    tasks.tick()
    tasks.tick()
    (sent,) = mail.outbox
    assert sent.subject == "2026-11-20 依申请公开、复议诉讼待办 5 项"
    assert "以下事项已逾期" in sent.body
    assert [line.split("  ") for line in digest.lines_for(clerk, TODAY)] == [
        ["LATE", "已逾期", "待分办"], ["议2026-0001", "已逾期", "复议答复期限"], ["TODAY", "今天到期", "待分办"],
        ["诉2026-0001", "2026-11-23 到期", "答辩期限"], ["SOON", "2026-11-24 到期", "待分办"],
    ]
    assert asked[0] == (date(2026, 11, 27), digest.MOST)
    events = Calendar.from_ical(feeds.due_dates(clerk, AT)).walk("VEVENT")
    assert {str(e["SUMMARY"]) for e in events} >= {"议2026-0001 复议答复期限", "诉2026-0001 答辩期限（暂定）"}
    assert asked[-1] == (None, feeds.MOST)
    monkeypatch.setattr(digest, "MOST", 2)
    assert digest.lines_for(clerk, TODAY)[2:] == ["另有 3 件，请登录查看"]
