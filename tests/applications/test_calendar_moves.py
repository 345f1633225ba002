"""A new year of holidays: shown before, recorded after, and a date never moves in silence."""

from __future__ import annotations

import threading
import time
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from tests import factories

from gongkai.accounts import roles
from gongkai.accounts.models import User
from gongkai.applications import moves, registering
from gongkai.applications.actions.sheets import adopt_year, note_export, take_over
from gongkai.applications.clock import settle
from gongkai.applications.models import Application
from gongkai.applications.probes import drifted
from gongkai.core.workdays import parse_year
from gongkai.ledger.models import Entry

pytestmark = pytest.mark.django_db
AT = datetime(2026, 12, 20, 2, tzinfo=UTC)
# Invented: no notice for 2027 is known. Every holiday must be named for a year to be understood.
NEXT_YEAR = """year = 2027
notice = "测试发〔2026〕9号"
title = "关于2027年部分节假日安排的通知"
date = 2026-11-10

[[holidays]]
name = "元旦"
off = "1月1日至3日"

[[holidays]]
name = "春节"
off = "2月5日至11日"

[[holidays]]
name = "清明节"
off = "4月5日"

[[holidays]]
name = "劳动节"
off = "5月1日至5日"

[[holidays]]
name = "端午节"
off = "6月9日"

[[holidays]]
name = "中秋节"
off = "9月15日"

[[holidays]]
name = "国庆节"
off = "10月1日至7日"
"""
REGISTER = (
    "登记号,收到日期,渠道,申请人类型,申请内容,办结日期,办理结果\n"
    "A,2026-12-10,当面,自然人,跨年的一件,,\nB,2026-11-02,当面,自然人,年内的一件,,\n"
    "C,2026-12-11,当面,自然人,已办结,2026-12-15,予以公开\n"
)


@pytest.fixture
def supervisor() -> Any:
    agency = factories.agency()
    clerk = factories.actor(agency)
    looked = registering.look(agency, REGISTER.encode(), "台账.csv", today=date(2026, 12, 20))
    take_over(by=clerk, looked=looked, at=AT)
    return factories.actor(agency, roles.Supervisor)


def test_what_moves_is_shown_before_and_recorded_after(supervisor: Any) -> None:
    crossing = Application.objects.get(number="A")
    assert (crossing.due_on, crossing.due_status) == (date(2027, 1, 7), "provisional")
    shown = moves.preview(parse_year(NEXT_YEAR))
    assert [(m.application.number, m.before, m.after) for m in shown] == [("A", date(2027, 1, 7), date(2027, 1, 8))]
    crossing.refresh_from_db()
    assert crossing.due_on == date(2027, 1, 7), "looking changes nothing"
    _arrangement, moved = adopt_year(by=supervisor, text=NEXT_YEAR, at=AT)
    assert moved == 1
    crossing.refresh_from_db()
    assert (crossing.due_on, crossing.due_status) == (date(2027, 1, 8), "settled")
    (entry,) = Entry.objects.filter(kind="applications.due_moved")
    assert entry.subject_id == str(crossing.pk)
    assert "2027-01-07" in entry.sentence
    assert "测试发〔2026〕9号" in entry.sentence
    assert drifted() == []


def test_a_calendar_that_changed_behind_our_back_is_found(supervisor: Any) -> None:
    """The planted fault: the year is put in force without moving the dates, and doctor sees it."""
    from gongkai.calendars.actions import adopt

    adopt(by=supervisor, text=NEXT_YEAR, at=AT)
    assert [row.number for row in drifted()] == ["A"]


def test_the_page_looks_first_and_adopts_then(supervisor: Any, client: Client, time_machine: Any) -> None:
    time_machine.move_to(AT, tick=False)
    client.force_login(User.objects.get(pk=supervisor.user_id))
    address = reverse("applications:adopt-year")
    looked = client.post(address, {"text": NEXT_YEAR})
    assert looked.status_code == 200
    assert "2027-01-08" in looked.content.decode()
    assert Application.objects.get(number="A").due_on == date(2027, 1, 7)
    assert client.post(address, {"text": NEXT_YEAR, "adopt": "1"}).status_code == 302
    assert Application.objects.get(number="A").due_on == date(2027, 1, 8)


def test_what_cannot_be_understood_is_said_and_kept(supervisor: Any, client: Client) -> None:
    client.force_login(User.objects.get(pk=supervisor.user_id))
    answer = client.post(reverse("applications:adopt-year"), {"text": NEXT_YEAR.replace("1月1日至3日", "元月初")})
    assert answer.status_code == 400
    assert "元月初" in answer.content.decode()


def test_an_act_between_the_look_and_the_move_is_not_overwritten(
    supervisor: Any, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An extension decided while the dates are put right: the new date is that of the extended case."""
    look = moves.after_adoption

    def looked_and_somebody_acted() -> list[moves.Move]:
        found = list(look())
        extended = Application.objects.get(number="A")
        extended.extended_days, extended.revision = 5, extended.revision + 1
        settle(extended)
        extended.save()
        return found

    monkeypatch.setattr(moves, "after_adoption", looked_and_somebody_acted)
    before = Application.objects.get(number="A").revision
    adopt_year(by=supervisor, text=NEXT_YEAR, at=AT)
    after = Application.objects.get(number="A")
    fresh = Application.objects.get(number="A")
    settle(fresh)
    assert (after.extended_days, after.due_on) == (5, fresh.due_on)
    assert after.revision > before


@pytest.mark.django_db(transaction=True)
def test_a_year_is_adopted_while_somebody_acts(supervisor: Any) -> None:
    """An act holds its case and then wants the ledger; adopting must not hold the ledger and then want the case."""
    case, acting, told = Application.objects.get(number="A"), threading.Event(), []

    def act() -> None:
        try:
            with transaction.atomic():
                Application.objects.select_for_update().get(pk=case.pk)
                acting.set()
                time.sleep(0.7)
                note_export(by=supervisor, agency=None, rows=1, form="csv", at=AT)
        except Exception as error:
            told.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=act)
    thread.start()
    assert acting.wait(10)
    adopt_year(by=supervisor, text=NEXT_YEAR, at=AT)
    thread.join()
    assert told == []
    case.refresh_from_db()
    assert case.due_on == date(2027, 1, 8)
    assert Entry.objects.filter(kind="applications.exported").count() == 1
