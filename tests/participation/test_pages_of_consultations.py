"""The desk's pages of consultations: opened on a draft, prolonged, cancelled, told how they ended."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone
from tests import factories
from tests.publications.makers import Bureau, bureau, published

from gongkai.accounts import roles
from gongkai.accounts.models import User
from gongkai.ledger.models import Entry
from gongkai.participation.actions import handling, incoming
from gongkai.participation.models import Consultation, Message
from gongkai.participation.rules import Given

BASE = "/desk/participation/consultations/"
NAME = "欧阳测试"
pytestmark = pytest.mark.django_db


@pytest.fixture
def of() -> Bureau:
    return bureau("青澜县民政局")


def at_desk(who: Any) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=who.user_id))
    return client


def opened(of: Bureau, client: Client, days: int = 20) -> Consultation:
    about = published(of, kind="consultation", title="青澜县养老服务条例（征求意见稿）").publication
    today = timezone.localdate()
    answer = client.post(f"{BASE}new/", {
        "publication": about.pk, "question": "补贴标准是否合适", "opens_on": today.isoformat(),
        "closes_on": (today + timedelta(days)).isoformat(),
    })
    assert answer.status_code == 302, answer.content.decode()
    return Consultation.objects.get()


def commented(of: Bureau, shown: Consultation) -> Message:
    return incoming.send(
        agency=of.where, given=Given("comment", "第八条", "标准太低", {"name": NAME}), token=uuid4(), at=timezone.now(),
        consultation=shown,
    ).message


def test_it_is_opened_on_a_draft_for_comment(of: Bureau) -> None:
    clerk = at_desk(of.clerk)
    assert "还没有征求意见" in clerk.get(BASE).content.decode()
    assert "没有可以征求意见的稿子" in clerk.get(f"{BASE}new/").content.decode()
    shown = opened(of, clerk)
    assert clerk.post(f"{BASE}new/", {"publication": shown.publication_id}).status_code == 400
    assert "征求中" in clerk.get(BASE).content.decode()
    assert at_desk(of.reviewer).get(f"{BASE}new/").status_code == 403


def test_a_period_too_short_is_refused_and_what_was_typed_stays(of: Bureau) -> None:
    clerk = at_desk(of.clerk)
    about = published(of, kind="consultation").publication
    today = timezone.localdate()
    answer = clerk.post(f"{BASE}new/", {
        "publication": about.pk, "question": "补贴标准是否合适", "opens_on": today.isoformat(),
        "closes_on": (today + timedelta(2)).isoformat(),
    })
    assert answer.status_code == 400
    assert "不少于 7 天" in answer.content.decode()
    assert "补贴标准是否合适" in answer.content.decode()


def test_it_is_prolonged_and_cancelled(of: Bureau) -> None:
    clerk = at_desk(of.clerk)
    shown = opened(of, clerk)
    at = f"{BASE}{shown.pk}/acts/"
    sooner = {"closes_on": (shown.closes_on - timedelta(1)).isoformat()}
    assert "不能缩短" in clerk.post(f"{at}prolong/", sooner).content.decode()
    later = shown.closes_on + timedelta(10)
    assert clerk.post(f"{at}prolong/", {"closes_on": later.isoformat()}).status_code == 302
    assert later.isoformat() in Client().get(f"/consultations/{shown.pk}/").content.decode()
    assert at_desk(of.reviewer).post(f"{at}cancel/").status_code == 403
    assert clerk.post(f"{at}cancel/").status_code == 302
    assert "已取消" in clerk.get(f"{BASE}{shown.pk}/").content.decode()
    assert Client().get(f"/consultations/{shown.pk}/").status_code == 404
    assert clerk.get(f"{at}nothing/").status_code == 404


def test_comments_stand_in_a_table_and_leave_without_their_senders(of: Bureau) -> None:
    clerk = at_desk(of.clerk)
    shown = opened(of, clerk)
    message = commented(of, shown)
    assert '<td class="figures" data-label="意见">1</td>' in clerk.get(BASE).content.decode()
    told = clerk.get(f"{BASE}{shown.pk}/").content.decode()
    assert message.number in told
    assert NAME not in told
    handling.draft(by=of.clerk, message=message, outcome="adopted", reply="已采纳。", at=timezone.now())
    handling.release(by=of.reviewer, message=message, at=timezone.now())
    assert "采纳" in clerk.get(f"{BASE}{shown.pk}/").content.decode()
    answer = clerk.get(f"{BASE}{shown.pk}/export/")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[1][:3] == [message.number, "第八条", "标准太低"]
    assert "采纳" in rows[1]
    assert NAME not in str(rows)
    assert Entry.objects.filter(kind="participation.exported").count() == 1
    assert at_desk(of.reviewer).get(f"{BASE}{shown.pk}/export/").status_code == 403


def test_how_it_ended_is_named_after_the_end(of: Bureau) -> None:
    clerk = at_desk(of.clerk)
    shown = opened(of, clerk)
    at = f"{BASE}{shown.pk}/acts/summarise/"
    assert "还没有截止" in clerk.get(f"{BASE}{shown.pk}/").content.decode()
    past = timedelta(40)
    Consultation.objects.filter(pk=shown.pk).update(
        opens_on=shown.opens_on - past, closes_on=shown.closes_on - past,
    )
    assert "待公布采纳情况" in clerk.get("/desk/").content.decode()
    summary = published(of, on=timezone.localdate(), title="采纳情况").publication
    assert clerk.post(at, {"summary": summary.pk}).status_code == 302
    assert f"/documents/{summary.pk}/" in Client().get(f"/consultations/{shown.pk}/").content.decode()
    assert "待公布采纳情况" not in clerk.get("/desk/").content.decode()


def test_another_agency_sees_none_of_it(of: Bureau) -> None:
    shown = opened(of, at_desk(of.clerk))
    stranger = at_desk(factories.actor(factories.agency("青澜县水利局", of.county), roles.HeadOfOffice))
    assert shown.publication.title not in stranger.get(BASE).content.decode()
    for address in (f"{BASE}{shown.pk}/", f"{BASE}{shown.pk}/acts/cancel/", f"{BASE}{shown.pk}/export/"):
        assert stranger.get(address).status_code == 404
