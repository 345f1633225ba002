"""Papers at the counter: the receipt once, the secret code to its applicant and nowhere else, the proof of service."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Iterator

import pytest
import time_machine
from tests.applications import makers
from tests.applications.made_replies import assigned, events, fresh, moment, office, served, signed
from tests.applications.makers import ON, PERSONAL, registered, submitted
from tests.applications.staff import BASE
from tests.applications.staff import office as staffed

from gongkai.accounts import roles
from gongkai.accounts.permissions import Denied
from gongkai.applications import actions, codes
from gongkai.applications.public import tracked
from gongkai.core.errors import Refused
from gongkai.ledger.models import Entry
from gongkai.letters import actions as letters
from gongkai.letters.models import Letter
from gongkai.letters.queries import document

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return office()


def words(letter):
    xml = zipfile.ZipFile(io.BytesIO(document(letter, "docx"))).read("word/document.xml").decode()
    return re.sub(r"<[^>]+>", "", xml)


def refused(code, act, **values):
    with pytest.raises(Refused) as refusal:
        act(**values)
    assert refusal.value.code == code


@pytest.mark.parametrize("channel", ["in_person", "post", "letter", "fax", "email"])
def test_every_channel_has_its_receipt_once(of, channel):
    made = registered(of.where, by=of.clerk, channel=channel, features="青民〔2025〕1号")
    letter = actions.issue_receipt(by=of.clerk, application=made, at=moment(ON))
    assert actions.issue_receipt(by=of.colleague, application=made, at=moment(ON)).pk == letter.pk
    assert Letter.objects.filter(kind="receipt").count() == 1
    assert [e.kind for e in events(made)].count("applications.receipt_issued") == 1
    said = words(letter)
    for told in (made.number, made.content.rstrip("。"), "2026年3月4日", makers.PERSON["name"]):
        assert told in said
    waits = made.received_on is None
    assert ("双方确认之日为收到申请之日" in said) is waits
    assert ("答复期限至" in said) is not waits
    assert codes.code_for(made) not in said
    assert codes.plain(codes.code_for(made)) not in codes.plain(said)


def test_an_oral_application_has_a_receipt_and_a_voided_one_is_replaced(of):
    made = registered(of.where, by=of.clerk, channel="in_person", oral=True, note="本人按指印")
    first = actions.issue_receipt(by=of.clerk, application=made, at=moment(ON))
    letters.void(by=of.head, letter=first, reason="打印错误", at=moment(ON))
    second = actions.issue_receipt(by=of.clerk, application=made, at=moment(ON))
    assert second.pk != first.pk
    assert actions.issue_receipt(by=of.clerk, application=made, at=moment(ON)).pk == second.pk


def test_receipt_and_code_are_for_who_registers(of):
    made = registered(of.where, by=of.clerk)
    for other in (of.reviewer, of.signatory, of.contributor, office("青澜县水利局").clerk):
        with pytest.raises(Denied):
            actions.issue_receipt(by=other, application=made, at=moment(ON))
        with pytest.raises(Denied):
            actions.hand_over_code(by=other, application=made, reason="已核对身份证", at=moment(ON))
    assert not Letter.objects.exists()


def test_the_code_that_is_handed_over_opens_the_application(of):
    made = registered(of.where, by=of.clerk, channel="in_person")
    code = actions.hand_over_code(
        by=of.clerk, application=made, reason="窗口登记，已核对欧阳问渠身份证", at=moment(ON))
    assert tracked(made.number, code) == made
    (entry,) = [e for e in events(made) if e.kind == "applications.code_handed_over"]
    assert "窗口登记" in entry.sentence
    assert not [word for word in (*PERSONAL, code, codes.plain(code)) if word in f"{entry.sentence}{entry.payload}"]


def test_no_code_without_a_reason_and_none_of_an_imported_case(of):
    made = registered(of.where, by=of.clerk)
    refused("reason-needed", actions.hand_over_code, by=of.clerk, application=made, reason=" ", at=moment(ON))
    code = codes.code_for(made)
    for said in (f"查询码 {code.lower()}", "A1 " * 40 + code.replace("-", " ")):
        refused("reason-code", actions.hand_over_code, by=of.clerk, application=made, reason=said, at=moment(ON))
    type(made).objects.filter(pk=made.pk).update(token=None, code_digest="")
    refused("code-none", actions.hand_over_code, by=of.clerk, application=made, reason="已核对身份证", at=moment(ON))
    assert not [e for e in events(made) if e.kind == "applications.code_handed_over"]


def test_the_proof_of_service_waits_for_the_signature_and_comes_once(of):
    case = assigned(of, delivery="in_person")
    refused("service-receipt-early", actions.issue_service_receipt, by=of.clerk, application=case, at=moment(ON))
    case = signed(of, case)
    letter = actions.issue_service_receipt(by=of.clerk, application=case, at=moment(ON))
    said = words(letter)
    for told in (case.reply_number, makers.PERSON["name"], "当面送达"):
        assert told in said
    assert "槐树巷" not in said, "it is handed over at the office"
    actions.serve(by=of.clerk, application=case, way="in_person", on=ON, at=moment(ON))
    assert actions.issue_service_receipt(by=of.clerk, application=fresh(case), at=moment(ON)).pk == letter.pk
    assert Letter.objects.filter(kind="service_receipt").count() == 1
    assert [e.kind for e in events(case)].count("applications.service_receipt_issued") == 1


def test_after_service_in_person_it_holds_the_day(of):
    case = signed(of, assigned(of))
    refused("service-receipt-way", actions.issue_service_receipt, by=of.clerk, application=case, at=moment(ON))
    actions.serve(by=of.clerk, application=case, way="in_person", on=ON, proof_number="回证7", at=moment(ON))
    letter = actions.issue_service_receipt(by=of.clerk, application=fresh(case), at=moment(ON))
    assert "2026年3月4日" in words(letter)
    assert "回证7" in words(letter)


def test_post_is_proved_by_its_number(of):
    case, _service = served(of, assigned(of))
    refused("service-receipt-way", actions.issue_service_receipt, by=of.clerk, application=case, at=moment(ON))


@pytest.fixture
def _today() -> Iterator[None]:
    with time_machine.travel(moment(ON), tick=False):
        yield


@pytest.mark.usefixtures("_today")
def test_the_code_is_on_the_page_once_and_nowhere_else(caplog, capfd):
    """The tripwire: the code is looked for in the ledger, the logs, the addresses and the pages around it."""
    caplog.set_level(logging.DEBUG)
    at = staffed()
    made = registered(at.civil, channel="in_person", at=moment(ON))
    code, client = codes.code_for(made), at.client(roles.Clerk)
    base = f"{BASE}{made.pk}/"
    before = client.get(base)
    assert "打印查询码" in before.content.decode()
    refusal = client.post(f"{base}code/", {"reason": ""})
    assert refusal.status_code == 400
    shown = client.post(f"{base}code/", {"reason": "窗口登记，已核对身份证"})
    assert shown.status_code == 200
    assert shown.content.decode().count(code) == 1
    assert "no-store" in shown.headers["Cache-Control"]
    assert client.get(f"{base}code/").headers["Location"] == base, "opened as a page it shows nothing"
    after = client.get(base)
    tell = (code, codes.plain(code))
    for answer in (before, refusal, after):
        assert not any(word in answer.content.decode() for word in tell)
    told = "".join(f"{entry.sentence}{entry.payload}" for entry in Entry.objects.all())
    logged = caplog.text + "".join(capfd.readouterr())
    assert not any(word in told + logged for word in tell)
    assert not any(word in str(dict(client.session)) for word in tell)


@pytest.mark.usefixtures("_today")
def test_the_page_issues_the_receipt_and_offers_it_then():
    at = staffed()
    made = registered(at.civil, channel="post", at=moment(ON))
    client, base = at.client(roles.Clerk), f"{BASE}{made.pk}/"
    assert f"{base}receipt/" in client.get(base).content.decode()
    for _ in range(2):
        assert client.post(f"{base}receipt/").headers["Location"] == base
    letter = Letter.objects.get(kind="receipt")
    page = client.get(base).content.decode()
    assert f"{base}receipt/" not in page
    assert f"{base}letters/{letter.pk}/pdf/" in page
    early = client.post(f"{base}service-receipt/", follow=True).content.decode()
    assert "签发以后才能出具送达回证" in early
    for role in (roles.Reviewer, roles.Signatory):
        other = at.client(role)
        assert 'id="papers"' not in other.get(base).content.decode()
        for act in ("receipt", "code", "service-receipt"):
            assert other.post(f"{base}{act}/", {"reason": "想看一看"}).status_code == 403
    assert at.client(roles.Clerk, at.water).post(f"{base}code/", {"reason": "已核对"}).status_code == 404


def test_who_applied_online_finds_the_receipt_on_the_tracking_page(of):
    from gongkai.applications.public import letters_for_applicant

    made = submitted(of.where)
    letter = actions.issue_receipt(by=of.clerk, application=made, at=moment(ON))
    assert letters_for_applicant(made) == [letter]
