"""What the tracking page shows on the way and at the end: extension, consultation, fee, the reply and its files."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.applications import made_replies as office_of
from tests.applications.made_replies import Office, moment
from tests.applications.makers import ON, PDF, PERSONAL, pdf

from gongkai.agencies.models import DisclosureOffice
from gongkai.applications import actions, codes
from gongkai.applications.models import Application, Attachment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(db: None) -> Office:
    made = office_of.office()
    DisclosureOffice.objects.update(
        review_organ="青澜县人民政府", court="青澜县人民法院", payment="到财政局非税窗口缴纳", described_on=ON,
    )
    return made


def shown(application: Application) -> tuple[Client, str]:
    client = Client()
    sent = client.post("/track/", {"number": application.number, "code": codes.code_for(application)})
    assert sent.status_code == 302
    page = client.get("/track/application/").content.decode()
    for word in PERSONAL:
        assert word not in page
    return client, page


def test_an_extension_and_a_consultation_are_told(office: Office) -> None:
    application = office_of.assigned(office)
    extension = actions.propose_extension(
        by=office.clerk, application=application, days=15, reason="涉及面广", on=ON, at=moment(ON),
    )
    actions.decide_extension(by=office.head, extension=extension, approved=True, on=ON, at=moment(ON))
    actions.consult(
        by=office.clerk, application=application, kind="other_organ", party="青澜县财政局", about="可否公开",
        sent_on=ON, at=moment(ON),
    )
    _client, page = shown(application)
    assert "正在征求有关方面的意见" in page
    assert "15 个工作日" in page
    assert "暂定" in page
    assert "经公开工作机构负责人同意延长" in page
    assert "涉及面广" not in re.sub(r"<[^>]+>", "", page)  # the reason is in the letter, not on the page
    assert page.count("/track/letters/") == 2  # PDF and Word of the one notice that is the applicant's


def test_a_fee_says_how_to_pay_until_it_is_paid(office: Office) -> None:
    application = office_of.assigned(office)
    actions.notice_fee(by=office.clerk, application=application, basis="page", quantity=100, on=ON, at=moment(ON))
    _client, page = shown(application)
    assert "请您缴费" in page
    assert "700" in page
    assert "到财政局非税窗口缴纳" in page
    actions.pay(by=office.clerk, application=application, on=ON, at=moment(ON))
    _client, page = shown(application)
    assert "请您缴费" not in page


@pytest.mark.chinese_font
def test_the_reply_is_there_once_it_is_served_and_not_before(office: Office) -> None:
    application = office_of.assigned(office, delivery="online")
    actions.attach(by=office.clerk, application=application, use="reply", files=[pdf("分配方案.pdf")], at=moment(ON))
    actions.attach(by=office.clerk, application=application, use="working", files=[pdf("内部.pdf")], at=moment(ON))
    signed = office_of.signed(office, application)
    client, page = shown(signed)
    assert "答复已经作出，正在送达" in page
    assert "分配方案.pdf" not in page
    assert "/track/letters/" not in page
    actions.serve(by=office.clerk, application=signed, way="online", on=ON, at=moment(ON))
    client, page = shown(signed)
    assert "予以公开" in page
    assert "分配方案.pdf" in page
    assert "内部.pdf" not in page
    assert "青澜县人民法院" in page
    provided = re.search(r'href="(/track/files/\d+/)"', page)
    assert provided is not None
    answer = client.get(provided[1])
    assert answer.content == PDF
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    hidden = Attachment.objects.get(use="working")
    assert client.get(f"/track/files/{hidden.pk}/").status_code == 404
    reply = re.search(r'href="(/track/letters/\d+/pdf/)"', page)
    assert reply is not None
    assert client.get(reply[1]).content.startswith(b"%PDF")


def test_a_refusal_names_reconsideration_first(office: Office) -> None:
    application, _service = office_of.served(office, office_of.assigned(office), "refused_internal")
    _client, page = shown(application)
    assert "应当先申请行政复议" in page
    assert "撤回申请" not in page
