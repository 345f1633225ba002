"""Number and code open one application to one visitor; wrong ones all get the same page, later and later."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests import factories

from gongkai.agencies.models import Agency
from gongkai.applications import actions
from gongkai.applications.models import Application, Attachment
from gongkai.applications.submission import Piece
from gongkai.infra import slowly
from gongkai.infra.models import Pressure
from gongkai.portal import lanes

from .conftest import PERSONAL, filled, photo, sent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    naps: list[float] = []
    monkeypatch.setattr(slowly.time, "sleep", naps.append)
    return naps


@pytest.fixture
def pair(bureau: Agency) -> tuple[str, str]:
    return sent(Client(), bureau)


def opened(client: Client, pair: tuple[str, str]) -> str:
    answer = client.post("/track/", {"number": pair[0], "code": pair[1]})
    assert answer.headers["Location"] == "/track/application/"
    return client.get("/track/application/").content.decode()


def confirmed() -> Application:
    application = Application.objects.get()
    return actions.confirm(
        by=factories.SYSTEM, application=application, on=timezone.localdate(), how="phone", at=timezone.now(),
    )


def test_number_and_code_open_it(client: Client, pair: tuple[str, str]) -> None:
    page = opened(client, pair)
    assert pair[0] in page
    assert "等待机关确认" in page
    assert "赵**" in page
    for word in (*PERSONAL, pair[1]):
        assert word not in page
    assert "no-store" in client.get("/track/application/").headers["Cache-Control"]


def test_as_people_type_it(client: Client, pair: tuple[str, str]) -> None:
    number = pair[0].replace("-", "－").replace("2", "２")
    opened(client, (f" {number} ", pair[1].lower().replace("-", " ")))


def test_every_wrong_pair_gets_the_same_page(client: Client, pair: tuple[str, str]) -> None:
    def told(number: str, code: str) -> str:
        answer = Client().post("/track/", {"number": number, "code": code})
        assert answer.status_code == 404
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        return page.replace(number, "N").replace(code, "C")

    assert told(pair[0], "AAAA-AAAA-AAAA") == told("1999-0001", pair[1]) == told("1999-0001", "AAAA-AAAA-AAAA")


def test_wrong_codes_wait_longer_and_longer_and_the_right_one_is_never_locked_out(
    client: Client, pair: tuple[str, str], slept: list[float],
) -> None:
    """A planted attack of thirty wrong codes on one number. The applicant, elsewhere, waits some seconds at most, or
    gets a ticket that opens the same pair and no other."""
    for n in range(30):
        Client(REMOTE_ADDR=f"203.0.113.{n}").post("/track/", {"number": pair[0], "code": f"AAAA-AAAA-{n:04d}"})
    assert slept == sorted(slept)
    assert slept[-1] <= slowly.LONGEST_SLEEP
    right = {"number": pair[0], "code": pair[1]}
    answer = client.post("/track/", right)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) <= lanes.GUESS_NUMBER.longest
    ticket = re.search(r'name="ticket" value="([^"]+)"', answer.content.decode())
    assert ticket is not None
    seconds = int(answer.headers["Retry-After"]) + 1
    with pytest.MonkeyPatch.context() as patched:
        later = timezone.now() + timedelta(seconds=seconds)
        patched.setattr("gongkai.portal.views.tracking.timezone.now", lambda: later)
        wrong = client.post("/track/", right | {"code": "AAAA-AAAA-ABCD", "ticket": ticket[1]})
        assert wrong.status_code == 503
        assert client.post("/track/", right | {"ticket": ticket[1]}).status_code == 302


def test_one_source_trying_many_numbers_is_slowed(pair: tuple[str, str], slept: list[float]) -> None:
    for n in range(12):
        Client().post("/track/", {"number": f"2026-{n:04d}", "code": "AAAA-AAAA-AAAA"})
    assert slept == pytest.approx([0.5, 1.0, 2.0, 4.0], rel=0.1)
    assert not Pressure.objects.filter(key__contains="2026").exists()


def test_it_closes_by_itself_and_by_hand(
    client: Client, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened(client, pair)
    assert "接着看" in client.get("/track/").content.decode()
    client.post("/track/close/")
    assert client.get("/track/application/").headers["Location"] == "/track/"
    opened(client, pair)
    later = timezone.now() + timedelta(minutes=31)
    monkeypatch.setattr("gongkai.portal.views.tracking.timezone.now", lambda: later)
    assert client.get("/track/application/").headers["Location"] == "/track/"


def test_nothing_opens_without_number_and_code(client: Client, pair: tuple[str, str]) -> None:
    for path in ("application", "correct", "withdraw", "piece", "letters/1/pdf", "files/1"):
        assert client.get(f"/track/{path}/").status_code == 302
        answer = client.post(f"/track/{path}/", {"content": "x", "reason": "x"})
        assert (answer.status_code, answer.headers.get("Location")) == (302, "/track/"), path
    assert Application.objects.get().state == "received"


def test_the_clock_is_told_with_its_reasons(client: Client, pair: tuple[str, str]) -> None:
    confirmed()
    page = opened(client, pair)
    due = Application.objects.get().due_on
    assert due is not None
    assert due.isoformat() in page
    assert "条例第三十三条" in page
    assert "确认之日为收到之日" in page


def test_a_correction_is_asked_and_answered(client: Client, pair: tuple[str, str]) -> None:
    application = confirmed()
    actions.ask_correction(
        by=factories.SYSTEM, application=application, what="请写明水库的名称", on=timezone.localdate(),
        at=timezone.now(),
    )
    page = opened(client, pair)
    assert "请写明水库的名称" in page
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token is not None
    bad = client.post("/track/correct/", {"content": "和平水库", "token": token[1], "files": photo("假.jpg", b"MZ00")})
    assert bad.status_code == 400
    assert "假.jpg" in bad.content.decode()
    assert "和平水库</textarea>" in bad.content.decode()
    nothing = client.post("/track/correct/", {"content": "", "token": token[1]})
    assert nothing.status_code == 400
    for _ in range(2):
        good = client.post("/track/correct/", {"content": "和平水库", "token": token[1], "files": photo("图.jpg")})
        assert good.headers["Location"] == "/track/application/"
    application.refresh_from_db()
    assert application.corrected_on == timezone.localdate()
    assert application.content.count("和平水库") == 2  # once in the first text
    assert Attachment.objects.filter(use="correction").count() == 1
    assert "提交补正" not in client.get("/track/application/").content.decode()


@pytest.mark.chinese_font
def test_letters_to_the_applicant_are_downloaded_and_no_others(client: Client, pair: tuple[str, str]) -> None:
    application = confirmed()
    actions.ask_correction(
        by=factories.SYSTEM, application=application, what="请写明水库的名称", on=timezone.localdate(),
        at=timezone.now(),
    )
    page = opened(client, pair)
    links = re.findall(r'href="(/track/letters/\d+/pdf/)"', page)
    assert len(links) == 1
    answer = client.get(links[0])
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert client.get(links[0].replace("pdf", "docx")).content.startswith(b"PK")
    assert client.get(links[0].replace("pdf", "exe")).status_code == 404
    assert client.get("/track/letters/999999/pdf/").status_code == 404
    proof = Attachment.objects.get(use="identity")
    assert client.get(f"/track/files/{proof.pk}/").status_code == 404


def test_another_applicants_letter_does_not_exist(client: Client, bureau: Agency, pair: tuple[str, str]) -> None:
    actions.ask_correction(
        by=factories.SYSTEM, application=confirmed(), what="请写明名称", on=timezone.localdate(), at=timezone.now(),
    )
    link = re.findall(r'href="(/track/letters/\d+/pdf/)"', opened(client, pair))[0]
    other = Client()
    opened(other, sent(Client(), bureau, name="孙立", id_number="11010119900307109X"))
    assert other.get(link).status_code == 404


def test_it_is_withdrawn_once_with_a_reason(client: Client, pair: tuple[str, str]) -> None:
    confirmed()
    opened(client, pair)
    assert client.post("/track/withdraw/", {"reason": ""}).status_code == 400
    for _ in range(2):
        assert client.post("/track/withdraw/", {"reason": "已经找到"}).headers["Location"] == "/track/application/"
    assert Application.objects.get().state == "withdrawn"
    assert "已按您的意思撤回" in client.get("/track/application/").content.decode()


def test_silence_past_the_day_names_the_remedies(client: Client, pair: tuple[str, str]) -> None:
    application = confirmed()
    then = timezone.localdate() - timedelta(days=90)
    Application.objects.filter(pk=application.pk).update(arrived_on=then, confirmed_on=then, received_on=then)
    page = opened(client, pair)
    assert "已超过期限" in page
    assert "向青澜县人民政府" in page
    assert "应当先申请行政复议" in page


def test_the_pieces_of_a_split_one_open_with_its_code(client: Client, pair: tuple[str, str]) -> None:
    confirmed()
    made = actions.split(
        by=factories.SYSTEM, application=Application.objects.get(), pieces=[Piece("甲", "批复"), Piece("乙", "图纸")],
        reason="两件事", on=timezone.localdate(), at=timezone.now(),
    )
    page = opened(client, pair)
    assert "已拆分为几件" in page
    client.post("/track/piece/", {"number": made[1].number})
    assert made[1].number in client.get("/track/application/").content.decode()
    client.post("/track/piece/", {"number": "2026-9999"})
    assert made[1].number in client.get("/track/application/").content.decode()
    client.post("/track/piece/", {"number": pair[0]})
    assert "已拆分为几件" in client.get("/track/application/").content.decode()


def test_the_receipt_tells_the_day_if_both_confirm_today(client: Client, bureau: Agency) -> None:
    at = filled(client, bureau)
    client.post(f"{at}send/")
    receipt = client.get(f"{at}received/").context["receipt"]
    confirmed()
    assert receipt.reply.due_on == Application.objects.get().due_on
    assert isinstance(receipt.reply.due_on, date)
