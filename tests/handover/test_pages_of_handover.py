"""The desk's pages of hand-over: what is owed, the preview, the batch, its files, the paper, the receipt."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from tests import factories
from tests.publications import makers
from tests.publications.makers import Bureau

from gongkai.accounts import roles
from gongkai.accounts.actor import Actor
from gongkai.accounts.models import User
from gongkai.handover import actions
from gongkai.handover.models import Batch, Receiver
from gongkai.ledger.models import Entry as Told

BASE = "/desk/handover/"
NOW = datetime(2026, 4, 2, 2, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def of() -> Bureau:
    return makers.bureau()


@pytest.fixture
def archive(of: Bureau) -> Receiver:
    return actions.set_receiver(
        by=of.clerk, agency=of.where, kind="archive", name="青澜县档案馆", frequency="quarterly",
        since=date(2026, 1, 5), at=NOW,
    )


def at_browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def text(answer: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))  # type: ignore[attr-defined]


def test_from_what_is_owed_to_the_receipt(of: Bureau, archive: Receiver) -> None:
    clerk = at_browser(of.clerk)
    makers.published(of)
    owed = text(clerk.get(BASE))
    assert "2026年第1季度" in owed
    assert "期满，待编制" in owed
    address = f"{BASE}receivers/{archive.pk}/make/?first=2026-01-01"
    preview = text(clerk.get(address))
    assert "农村饮水安全管理办法" in preview
    assert not Batch.objects.exists()
    made = clerk.post(address)
    batch = Batch.objects.get()
    assert made.headers["Location"] == f"{BASE}batches/{batch.pk}/"
    for again in (clerk.post(address, follow=True), clerk.get(address, follow=True)):
        assert again.redirect_chain[-1][0] == f"{BASE}batches/{batch.pk}/"
        assert "已经编制" in text(again), "who comes back is led to the batch, not offered a nil return"
    assert Batch.objects.count() == 1
    page = text(clerk.get(f"{BASE}batches/{batch.pk}/"))
    assert batch.manifest in page
    assert "先登记移交" in page
    early = clerk.post(f"{BASE}batches/{batch.pk}/acts/receive/", {"on": "2026-04-02"})
    assert early.status_code == 400
    assert "还没有登记移交" in text(early)
    future = clerk.post(f"{BASE}batches/{batch.pk}/acts/send/", {"on": "2026-04-03"})
    assert "还没有到" in text(future)
    clerk.post(f"{BASE}batches/{batch.pk}/acts/send/", {"on": "2026-04-02"})
    assert "2026年第1季度" in text(clerk.get(f"{BASE}?state=unanswered"))
    clerk.post(f"{BASE}batches/{batch.pk}/acts/receive/", {"on": "2026-04-02", "receipt_number": "档接9号"})
    batch.refresh_from_db()
    assert (batch.received_on, batch.receipt_number) == (date(2026, 4, 2), "档接9号")
    assert "没有需要补充" in text(clerk.post(f"{BASE}batches/{batch.pk}/acts/supplement/", {"letter_number": "函1号"}))
    assert clerk.get(f"{BASE}batches/{batch.pk}/acts/other/").status_code == 404
    totals = clerk.get(f"{BASE}totals/?year=2026&as=csv").content.decode("utf-8-sig")
    assert totals.splitlines()[1] == "青澜县水利局,青澜县档案馆,1,0,0,0,1"


def test_the_bag_and_the_list_go_out_and_the_bag_is_noted(of: Bureau, archive: Receiver) -> None:
    clerk = at_browser(of.clerk)
    makers.published(of)
    batch = actions.make_batch(by=of.clerk, receiver=archive, first=date(2026, 1, 1), last=date(2026, 3, 31), at=NOW)
    assert clerk.get(f"{BASE}batches/{batch.pk}/bag/").status_code == 302
    answer = clerk.post(f"{BASE}batches/{batch.pk}/bag/")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as bag:
        assert {"bagit.txt", "bag-info.txt", "manifest-sha256.txt"} <= set(bag.namelist())
        assert any(name.endswith("正文.html") for name in bag.namelist())
    assert Told.objects.filter(kind="handover.batch_packed", subject_id=str(batch.pk)).count() == 1
    assert "农村饮水安全管理办法" in clerk.get(f"{BASE}batches/{batch.pk}/list/?as=csv").content.decode()
    assert clerk.get(f"{BASE}batches/{batch.pk}/list/").content[:2] == b"PK"
    sheet = text(clerk.get(f"{BASE}batches/{batch.pk}/sheet/"))
    for words in ("移出单位", "接收单位", "共 1 件：新增 1", batch.manifest, "青澜县档案馆"):
        assert words in sheet
    leader = at_browser(of.signatory)
    assert leader.get(f"{BASE}batches/{batch.pk}/").status_code == 200
    assert leader.post(f"{BASE}batches/{batch.pk}/bag/").status_code == 403
    stranger = at_browser(factories.actor(factories.agency("青澜县林业局", of.county)))
    assert stranger.get(f"{BASE}batches/{batch.pk}/").status_code == 404
    assert stranger.post(f"{BASE}receivers/{archive.pk}/make/?first=2026-01-01").status_code == 404


def test_nothing_to_hand_over_is_the_nil_return_and_a_late_period_is_marked(of: Bureau, archive: Receiver) -> None:
    clerk = at_browser(of.clerk)
    address = f"{BASE}receivers/{archive.pk}/make/?first=2026-02-09"
    assert "零报告" in text(clerk.get(address))
    clerk.post(address)
    assert Batch.objects.get().nil
    assert "零报告" in text(clerk.get(BASE))
    with time_machine.travel(datetime(2026, 10, 2, 2, 0, tzinfo=UTC), tick=False):
        late = text(at_browser(of.clerk).get(BASE))  # the session of April has ended
        assert "2026年第2季度 青澜县档案馆 青澜县水利局 逾期没有编制" in late
        assert "2026年第3季度 青澜县档案馆 青澜县水利局 期满，待编制" in late
        assert "待编制的移交清单 2 1 期逾期" in text(at_browser(of.clerk).get("/desk/"))
        assert "待编制的移交清单" not in text(at_browser(of.signatory).get("/desk/"))


@pytest.mark.parametrize("first", ["", "2026-13-01", "x"])
def test_a_period_that_is_none_is_not_there(of: Bureau, archive: Receiver, first: str) -> None:
    assert at_browser(of.clerk).get(f"{BASE}receivers/{archive.pk}/make/?first={first}").status_code == 404


def test_receivers_are_added_and_changed(of: Bureau) -> None:
    clerk = at_browser(of.clerk)
    assert "还没有接收单位" in text(clerk.get(BASE))
    given = {"agency": of.where.pk, "kind": "library", "name": "青澜县图书馆", "frequency": "monthly",
             "since": "2026-01-01"}
    assert '<option value="quarterly" selected>' in clerk.get(f"{BASE}receivers/new/").content.decode()
    assert clerk.post(f"{BASE}receivers/new/", given | {"name": ""}).status_code == 400
    clerk.post(f"{BASE}receivers/new/", given)
    receiver = Receiver.objects.get()
    assert receiver.active
    page = text(clerk.get(BASE))
    assert page.count("期满，待编制") + page.count("逾期没有编制") == 3
    clerk.post(f"{BASE}receivers/{receiver.pk}/", {"kind": "library", "frequency": "quarterly", "since": "2026-01-01"})
    receiver.refresh_from_db()
    assert (receiver.active, receiver.frequency, receiver.name) == (False, "quarterly", "青澜县图书馆")
    reviewer = at_browser(factories.actor(of.where, roles.Reviewer, "looks"))
    assert reviewer.get(BASE).status_code == 403
