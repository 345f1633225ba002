"""Reasons from the applicant (Art. 35): given on the tracking page, kept with their files, judged by the office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.applications import made_replies as office_of
from tests.applications.made_replies import Office, drafted, events, fresh, moment
from tests.applications.makers import ON, PDF, PERSONAL, pdf

from gongkai.applications import actions, codes
from gongkai.applications.forms import BY_ACT
from gongkai.applications.models import Application
from gongkai.core.errors import Refused
from gongkai.vault.queries import open_file

pytestmark = pytest.mark.django_db(transaction=True)
NEXT, LATE = date(2026, 3, 5), date(2026, 3, 20)
SAID = "欧阳问渠做课题研究，需要历年数据"


@pytest.fixture
def office(db: None) -> Office:
    return office_of.office()


@pytest.fixture
def asked(office: Office) -> Application:
    made = office_of.assigned(office)
    actions.ask_reasons(by=office.clerk, application=made, on=ON, at=moment(ON))
    return fresh(made)


@pytest.fixture
def client(asked: Application) -> Iterator[Client]:
    with time_machine.travel(moment(NEXT), tick=False):
        made = Client()
        sent = made.post("/track/", {"number": asked.number, "code": codes.code_for(asked)})
        assert sent.status_code == 302
        yield made


def refused(code: str, **values: object) -> None:
    with pytest.raises(Refused) as refusal:
        actions.give_reasons_by_applicant(**({"files": (), "token": uuid4(), "at": moment(NEXT)} | values))
    assert refusal.value.code == code


def test_the_applicant_gives_reasons_once_with_files(client: Client, office: Office, asked: Application) -> None:
    page = client.get("/track/application/").content.decode()
    assert "请您说明理由" in page
    assert "2026-03-13" in page  # seven working days
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token is not None
    empty = client.post("/track/reasons/", {"content": " ", "token": token[1]})
    assert empty.status_code == 400
    bad = client.post("/track/reasons/", {
        "content": SAID, "token": token[1], "files": SimpleUploadedFile("假.pdf", b"MZ00")})
    assert bad.status_code == 400
    assert f"{SAID}</textarea>" in bad.content.decode(), "what was typed stays"
    for _ in range(2):
        good = client.post("/track/reasons/", {
            "content": SAID, "token": token[1], "files": SimpleUploadedFile("立项书.pdf", PDF)})
        assert good.headers["Location"] == "/track/application/"
    after = fresh(asked)
    assert (after.state, after.due_on) == ("reasons", asked.due_on), "the office judges, and the clock goes on"
    assert (after.reasons_sent_on, after.reasons_accepted) == (NEXT, None)
    talk = after.contacts.get()
    assert talk.summary == f"{SAID}\n附件：立项书.pdf"
    assert talk.way == "online"
    kept = after.attachments.get(name="立项书.pdf")
    assert open_file(kept.sealed_file) == PDF
    (entry,) = [e for e in events(asked) if e.kind == "applications.reasons_sent"]
    assert "附 1 个文件" in entry.sentence
    assert not [word for word in (*PERSONAL, "课题") if word in f"{entry.sentence}{entry.payload}"]
    again = client.get("/track/application/").content.decode()
    assert "收到您说明的理由" in again
    assert not [word for word in PERSONAL if word in again]


def test_what_was_given_must_be_judged_before_a_refusal(office: Office, asked: Application) -> None:
    actions.give_reasons_by_applicant(application=asked, content=SAID, token=uuid4(), at=moment(NEXT))
    with pytest.raises(Refused) as refusal:
        drafted(office, asked, "excessive", day=LATE, values={"reasons": "没有说明理由"})
    assert refusal.value.code == "reasons-unjudged", "the time is over, but something came"
    form = BY_ACT["take_reasons"](application=fresh(asked), actor=office.clerk, today=LATE)
    assert form["on"].value() == NEXT
    with pytest.raises(Refused) as stale:
        actions.take_reasons(
            by=office.clerk, application=asked, on=NEXT, reasonable=False, summary="没有", at=moment(LATE),
            seen=asked.revision,
        )
    assert stale.value.code == "changed-meanwhile", "who looked before they came decides on an old picture"
    actions.take_reasons(
        by=office.clerk, application=asked, on=NEXT, reasonable=False, summary="课题与所申请的无关", at=moment(LATE))
    assert drafted(office, asked, "excessive", day=LATE, values={"reasons": "理由不合理"}).state == "drafted"


def test_late_and_more_reasons_are_taken_until_the_office_has_decided(office: Office, asked: Application) -> None:
    for day, said in ((NEXT, "一"), (LATE, "二")):
        actions.give_reasons_by_applicant(
            application=asked, content=said, files=[pdf(f"{said}.pdf")], token=uuid4(), at=moment(day))
    assert [talk.summary[0] for talk in fresh(asked).contacts.all()] == ["一", "二"]
    assert fresh(asked).reasons_sent_on == NEXT, "the first counts"
    assert [("已过期限" in e.sentence) for e in events(asked) if e.kind == "applications.reasons_sent"] == [False, True]
    refused("reasons-said", application=asked, content="\u200b ")
    refused("text-too-long", application=asked, content="长" * 20_001)
    actions.take_reasons(
        by=office.clerk, application=asked, on=LATE, reasonable=True, summary="课题研究", at=moment(LATE))
    refused("reasons-over", application=asked, content="三")
    assert fresh(asked).contacts.count() == 3


def test_nobody_gives_reasons_who_was_not_asked(client: Client, office: Office, asked: Application) -> None:
    actions.take_reasons(
        by=office.clerk, application=asked, on=ON, reasonable=True, summary="课题研究", at=moment(NEXT))
    page = client.get("/track/application/").content.decode()
    assert "/track/reasons/" not in page
    answer = client.post("/track/reasons/", {"content": SAID})
    assert answer.status_code == 400
    assert "没有提交" in answer.content.decode()
    assert Client().post("/track/reasons/", {"content": SAID}).headers["Location"] == "/track/"
