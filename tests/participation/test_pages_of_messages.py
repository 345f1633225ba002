"""The desk's pages of what the public sent: who sees what, who does what, what leaves the house."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone
from tests import factories
from tests.publications.makers import Bureau, bureau, published

from gongkai.accounts import roles
from gongkai.accounts.models import Post, User
from gongkai.applications.submission import Incoming
from gongkai.ledger.models import Entry
from gongkai.participation.actions import consulting, handling, incoming
from gongkai.participation.models import Message
from gongkai.participation.rules import Given, months_before
from gongkai.publications.models import Publication

NAME, PHONE = "欧阳测试", "13800138000"
CONTENT = "我父亲八十岁，补贴在哪里申请？"
BASE = "/desk/participation/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def of() -> Bureau:
    return bureau("青澜县民政局")


def at_desk(of: Bureau, who: Any) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=who.user_id))
    return client


def sent(of: Bureau, kind: str = "question", **values: Any) -> Message:
    given = {"kind": kind, "subject": "养老补贴怎么领", "content": CONTENT, "identity": {"name": NAME, "phone": PHONE}}
    files = [Incoming("证明.txt", [b"proof of identity"])] if kind == "correction" else []
    if kind == "correction":
        given["record"] = "低保公示名单第3行"
    return incoming.send(
        agency=of.where, given=Given(**given | values), token=uuid4(), at=timezone.now(), files=files,
    ).message


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def do(client: Client, message: Message, act: str, **values: Any) -> Any:
    message.refresh_from_db()
    return client.post(f"{BASE}{message.pk}/acts/{act}/", {"seen": message.revision} | values)


def test_the_whole_way_by_two_people(of: Bureau) -> None:
    message, clerk, reviewer = sent(of), at_desk(of, of.clerk), at_desk(of, of.reviewer)
    assert do(clerk, message, "assign", section="").status_code == 302
    bad = do(clerk, message, "draft", outcome="", reply="")
    assert bad.status_code == 400
    assert do(clerk, message, "draft", outcome="answered", reply="到社区申请。").status_code == 302
    assert do(clerk, message, "reply").status_code == 403
    assert "退回意见" in do(reviewer, message, "return", remark="").content.decode()
    assert do(reviewer, message, "return", remark="写明窗口").status_code == 302
    assert "写明窗口" in page(clerk, f"{BASE}{message.pk}/")
    assert do(clerk, message, "draft", outcome="answered", reply="到社区一楼申请。").status_code == 302
    assert "到社区一楼申请。" in page(reviewer, f"{BASE}{message.pk}/acts/reply/")
    assert do(reviewer, message, "reply").status_code == 302
    leak = do(reviewer, message, "show", public_question=f"{NAME}问补贴", public_reply="到社区。")
    assert leak.status_code == 400
    assert "来信人的信息" in leak.content.decode()
    assert "到社区。" in leak.content.decode()
    shown = {"public_question": "高龄补贴在哪里申请？", "public_reply": "到社区。"}
    assert do(reviewer, message, "show", **shown).status_code == 302
    assert "高龄补贴在哪里申请？" in Client().get("/questions/").content.decode()
    assert do(clerk, message, "hide").status_code == 302
    assert "高龄补贴在哪里申请？" not in Client().get("/questions/").content.decode()


def test_one_may_not_release_ones_own_and_the_panel_says_why(of: Bureau) -> None:
    message, head = sent(of), at_desk(of, of.head)
    do(head, message, "draft", outcome="answered", reply="到社区申请。")
    assert "拟稿人不能审核自己的答复" in page(head, f"{BASE}{message.pk}/")
    refused = do(head, message, "reply")
    assert refused.status_code == 400
    message.refresh_from_db()
    assert message.state == "drafted"


def test_a_page_of_before_decides_nothing(of: Bureau) -> None:
    message, clerk = sent(of), at_desk(of, of.clerk)
    seen = message.revision
    do(clerk, message, "assign", section="")
    late = clerk.post(f"{BASE}{message.pk}/acts/close/", {"seen": seen, "reason": "重复"})
    assert late.status_code == 409
    assert "重复" in late.content.decode()
    message.refresh_from_db()
    assert message.state == "working"


def test_the_sender_is_masked_and_every_look_has_a_reason(of: Bureau) -> None:
    message, clerk = sent(of), at_desk(of, of.clerk)
    for address in (BASE, f"{BASE}{message.pk}/"):
        told = page(clerk, address)
        assert NAME not in told
        assert PHONE not in told
    without = clerk.post(f"{BASE}{message.pk}/identity/", {"reason": ""})
    assert without.status_code == 400
    assert NAME not in without.content.decode()
    looked = clerk.post(f"{BASE}{message.pk}/identity/", {"reason": "电话核实情况"})
    assert NAME in looked.content.decode()
    assert "no-store" in looked.headers["Cache-Control"]
    assert Entry.objects.filter(kind="vault.revealed").count() == 1
    assert "电话核实情况" in page(clerk, f"{BASE}{message.pk}/")
    assert NAME not in " ".join(Entry.objects.values_list("payload", flat=True))
    assert clerk.get(f"{BASE}{message.pk}/identity/").status_code == 302
    assert at_desk(of, of.reviewer).post(f"{BASE}{message.pk}/identity/", {"reason": "看看"}).status_code == 403


def test_a_proof_is_opened_for_a_reason(of: Bureau) -> None:
    message, clerk = sent(of, "correction"), at_desk(of, of.clerk)
    file = message.files.get()
    address = f"{BASE}{message.pk}/files/{file.pk}/"
    assert clerk.get(address).status_code == 302
    assert clerk.post(address, {"reason": ""}).status_code == 302
    opened = clerk.post(address, {"reason": "核对证明"})
    assert b"".join(opened) == b"proof of identity"
    assert Entry.objects.filter(kind="vault.proof_opened").count() == 1


def test_a_section_sees_its_own_alone(of: Bureau) -> None:
    mine, other = sent(of), sent(of, subject="别的事情")
    handling.assign(by=of.clerk, message=mine, section=of.water, at=timezone.now())
    worker = at_desk(of, of.contributor)
    told = page(worker, BASE)
    assert mine.number in told
    assert other.number not in told
    assert worker.get(f"{BASE}{other.pk}/").status_code == 404
    assert CONTENT in page(worker, f"{BASE}{mine.pk}/")
    assert do(worker, mine, "draft", outcome="answered", reply="到社区申请。").status_code == 302
    assert do(worker, mine, "reply").status_code == 403
    assert worker.get(f"{BASE}consultations/").status_code == 403


def test_who_answers_for_a_section_is_led_to_no_page_that_stays_closed(of: Bureau) -> None:
    about = published(of, kind="consultation", title="养老服务条例（征求意见稿）").publication
    today = timezone.localdate()
    asked = consulting.open_consultation(
        by=of.clerk, publication=about, question="补贴是否合适", opens_on=today, closes_on=today + timedelta(20),
        at=timezone.now(),
    )
    comment = incoming.send(
        agency=of.where, given=Given("comment", "第八条", "标准太低", {"name": NAME}), token=uuid4(), at=timezone.now(),
        consultation=asked,
    ).message
    handling.assign(by=of.clerk, message=comment, section=of.water, at=timezone.now())
    door = f'href="{BASE}consultations/{asked.pk}/"'
    assert door in page(at_desk(of, of.clerk), f"{BASE}{comment.pk}/")
    told = page(at_desk(of, of.contributor), f"{BASE}{comment.pk}/")
    assert "养老服务条例（征求意见稿）" in told
    assert door not in told


def test_another_agency_sees_nothing(of: Bureau) -> None:
    message = sent(of)
    stranger = factories.agency("青澜县水利局", of.county)
    client = at_desk(of, factories.actor(stranger, roles.HeadOfOffice))
    assert message.number not in page(client, BASE)
    assert client.get(f"{BASE}{message.pk}/").status_code == 404
    assert client.post(f"{BASE}{message.pk}/acts/assign/", {"section": ""}).status_code == 404


def test_a_supervisor_sees_what_is_late_but_not_the_words(of: Bureau) -> None:
    old, new = sent(of), sent(of, subject="刚来的事")
    long_ago = timezone.now() - timedelta(days=100)
    Message.objects.filter(pk=old.pk).update(received_at=long_ago, due_on=long_ago.date())
    watcher = User.objects.create_user("watcher", None, name="督查")
    Post.objects.create(user=watcher, agency=of.county, role=roles.Supervisor.key, valid_from=date(2020, 1, 1))
    client = Client()
    client.force_login(watcher)
    told = page(client, f"{BASE}?group=stale")
    assert old.subject in told
    assert new.subject not in told
    of_one = page(client, f"{BASE}{old.pk}/")
    assert CONTENT not in of_one
    assert "指标⑤" in of_one
    assert do(client, old, "assign").status_code == 403


@pytest.mark.parametrize(("day", "months", "before"), [
    (date(2026, 5, 31), 3, date(2026, 2, 28)), (date(2026, 1, 15), 3, date(2025, 10, 15)),
    (date(2024, 5, 31), 3, date(2024, 2, 29)), (date(2026, 12, 1), 12, date(2025, 12, 1)),
])
def test_three_months_before(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


def test_filters_narrow_and_what_does_not_parse_filters_nothing(of: Bureau) -> None:
    first, second = sent(of), sent(of, "suggestion", subject="公开加装电梯的批准情况")
    clerk = at_desk(of, of.clerk)
    assert second.number not in page(clerk, f"{BASE}?kind=question")
    assert first.number not in page(clerk, f"{BASE}?q=加装电梯")
    assert "没有符合条件的来信" in page(clerk, f"{BASE}?state=replied")
    assert first.number in page(clerk, f"{BASE}?group=assign")
    told = page(clerk, f"{BASE}?kind=x&state=y&year=z&agency=q&page=w&sort=v&group=u")
    assert first.number in told
    assert second.number in told


def test_the_export_tells_no_sender_and_is_noted(of: Bureau) -> None:
    message, clerk = sent(of, subject="=1+1 怎么办"), at_desk(of, of.clerk)
    answer = clerk.get(f"{BASE}export/?as=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[1][0] == message.number
    assert rows[1][4] == "=1+1 怎么办"
    assert not any(NAME in str(cell) or PHONE in str(cell) for row in rows for cell in row)
    assert Entry.objects.filter(kind="participation.exported").count() == 1
    assert b"'=1+1" in b"".join(clerk.get(f"{BASE}export/?as=csv"))
    assert at_desk(of, of.reviewer).get(f"{BASE}export/").status_code == 403


def test_a_suggestion_becomes_a_draft_that_it_is_linked_with(of: Bureau) -> None:
    message, clerk = sent(of, "suggestion", subject=f"{NAME}建议公开电梯批准情况"), at_desk(of, of.clerk)
    address = f"{BASE}{message.pk}/publish/"
    assert address in page(clerk, f"{BASE}{message.pk}/")
    leak = clerk.post(address, {"title": f"{NAME}建议公开", "kind": "other"})
    assert leak.status_code == 400
    assert not Publication.objects.exists()
    made = clerk.post(address, {"title": "既有住宅加装电梯批准情况", "kind": "other"})
    publication = Publication.objects.get()
    assert made.headers["Location"] == f"/desk/publications/{publication.pk}/editions/1/"
    assert publication.source == f"message:{message.pk}"
    message.refresh_from_db()
    assert message.leads_to == publication
    assert clerk.post(address, {"title": "再来一份", "kind": "other"}).status_code == 400
    do(clerk, message, "draft", outcome="to_publish", reply="将在本月公开。")
    message.refresh_from_db()
    assert message.leads_to == publication
    assert at_desk(of, of.reviewer).get(address).status_code == 403


def test_a_question_leads_to_no_draft(of: Bureau) -> None:
    message, clerk = sent(of), at_desk(of, of.clerk)
    assert f"{BASE}{message.pk}/publish/" not in page(clerk, f"{BASE}{message.pk}/")
    assert clerk.post(f"{BASE}{message.pk}/publish/", {"title": "无", "kind": "other"}).status_code == 400
    assert not Publication.objects.exists()


def test_the_day_shows_what_waits(of: Bureau) -> None:
    message = sent(of)
    Message.objects.filter(pk=message.pk).update(due_on=timezone.localdate() - timedelta(1))
    told = page(at_desk(of, of.clerk), "/desk/")
    assert "已过答复期限" in told
    assert f"{BASE}{message.pk}/" in told
    assert "待我审核" not in told
    do(at_desk(of, of.clerk), message, "draft", outcome="answered", reply="到社区申请。")
    assert "待我审核" in page(at_desk(of, of.reviewer), "/desk/")


def test_a_long_list_asks_no_more_questions(of: Bureau, django_assert_max_num_queries: Any) -> None:
    clerk = at_desk(of, of.clerk)
    for _ in range(3):
        sent(of)
    page(clerk, BASE)
    for _ in range(12):
        sent(of)
    for address in (BASE, "/desk/"):
        with django_assert_max_num_queries(67):
            page(clerk, address)
