"""The pages of letters: who gets in, what they show, what they never show."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.factories import actor, agency
from tests.letters.conftest import AT

from gongkai.accounts import roles
from gongkai.accounts.models import User
from gongkai.letters import actions, queries
from gongkai.letters.models import LetterTemplate
from gongkai.letters.templates import built_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.letters.urls")]


def at_the_desk(who) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=who.user_id))
    return client


@pytest.fixture
def letter(issue):
    return issue("reply_granted", context={"applicant": "欧阳某甲", "requested": "某村低保名单"})


def test_the_code_tells_the_letter_and_no_applicant(letter, client):
    page = client.get(f"/letters/verify/{letter.shown_code}/").content.decode()
    for said in ("青澜县民政局", letter.number, "政府信息公开申请答复书", "2026年3月5日", letter.pdf_sha256, "有效"):
        assert said in page
    for secret in ("欧阳", "低保", "applications/", "2026-0001"):
        assert secret not in page


@pytest.mark.parametrize("typed", ["{}", " {} ", "{:low}", "{:wide}"])
def test_a_code_is_read_as_people_type_it(letter, typed):
    forms = {
        "{}": letter.code, " {} ": f" {letter.shown_code} ", "{:low}": letter.shown_code.lower(),
        "{:wide}": "".join(chr(ord(c) + 0xFEE0) for c in letter.code),
    }
    assert queries.verify(forms[typed]) == queries.verify(letter.code)
    assert queries.verify(letter.code).number == letter.number


def test_every_wrong_code_gets_the_same_answer(letter, client, django_assert_num_queries):
    answers = set()
    for wrong in ("ABCD-EFGH-JKMN-PQRS", "x", "0" * 16, "一" * 16, letter.code[:-1], "' OR 1=1"):
        with django_assert_num_queries(1):
            answer = client.get(f"/letters/verify/{wrong}/")
        assert answer.status_code == 404
        text = answer.content.decode()
        assert "没有查到这个核验码" in text
        answers.add(text[text.index("notice-ask"):].split("</div>")[0])
    assert len(answers) == 1


def test_the_field_leads_to_the_address_of_the_code(client, letter):
    assert client.get("/letters/verify/").status_code == 200
    assert "请输入核验码" in client.get("/letters/verify/?code=").content.decode()
    answer = client.get("/letters/verify/", {"code": f"{letter.shown_code}/../<b>"})
    assert answer.headers["Location"] == f"/letters/verify/{letter.shown_code}b/"


@pytest.mark.chinese_font
def test_a_file_is_compared_with_what_went_out(client, letter):
    pdf = queries.document(letter, "pdf")
    address = f"/letters/verify/{letter.shown_code}/"
    for data, said in ((pdf, "逐字节相同"), (queries.document(letter, "docx"), "Word 文档逐字节相同"),
                       (pdf + b" ", "不是制发时的文件")):
        page = client.post(address, {"file": SimpleUploadedFile("a.pdf", data)}).content.decode()
        assert said in page
    page = client.post("/letters/verify/ABCD-EFGH-JKMN-PQRS/", {"file": SimpleUploadedFile("a.pdf", pdf)})
    assert page.status_code == 404
    assert "逐字节相同" not in page.content.decode()


def test_a_void_letter_says_so(client, letter, head):
    actions.void(by=head, letter=letter, reason="欧阳某甲的姓名有误", at=AT)
    page = client.get(f"/letters/verify/{letter.code}/").content.decode()
    assert "2026-03-05 作废，不再有效" in page
    assert "欧阳" not in page


def test_the_register_lists_filters_and_exports_without_names(issue, clerk, letter):
    issue("correction_notice")
    desk = at_the_desk(clerk)
    page = desk.get("/desk/letters/").content.decode()
    assert letter.number in page
    assert "青民公补〔2026〕1号" in page
    assert "欧阳" not in page
    page = desk.get("/desk/letters/?kind=correction_notice&year=2026&state=issued&q=补").content.decode()
    assert letter.number not in page
    assert "青民公补〔2026〕1号" in page
    book = desk.get("/desk/letters/register.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert rows[0][:5] == ["机关", "文号", "文种", "日期", "状态"]
    assert [row[1] for row in rows[1:]] == ["青民公补〔2026〕1号", letter.number]
    assert "欧阳" not in str(rows)


def test_another_agency_and_the_public_see_nothing(letter, client):
    stranger = at_the_desk(actor(agency("青澜县教育局"), roles.HeadOfOffice))
    assert letter.number not in stranger.get("/desk/letters/").content.decode()
    for address in (f"/desk/letters/{letter.pk}/", f"/desk/letters/{letter.pk}/download/pdf/",
                    f"/desk/letters/templates/{letter.agency_id}/",
                    f"/desk/letters/templates/{letter.agency_id}/reply_granted/"):
        assert stranger.get(address).status_code == 404
        assert client.get(address).status_code == 302


def test_the_auditor_sees_the_register_and_not_the_letter(letter, bureau):
    desk = at_the_desk(actor(bureau, roles.AuditAdministrator))
    page = desk.get(f"/desk/letters/{letter.pk}/").content.decode()
    assert letter.number in page
    assert "/download/" not in page
    assert desk.get(f"/desk/letters/{letter.pk}/download/pdf/").status_code == 403


@pytest.mark.chinese_font
def test_staff_open_and_the_head_voids(letter, clerk, head):
    desk = at_the_desk(clerk)
    answer = desk.get(f"/desk/letters/{letter.pk}/download/pdf/")
    assert answer.content == queries.document(letter, "pdf")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert desk.get(f"/desk/letters/{letter.pk}/download/exe/").status_code == 404
    assert "作废理由" not in desk.get(f"/desk/letters/{letter.pk}/").content.decode()
    assert desk.post(f"/desk/letters/{letter.pk}/void/", {"reason": "错"}).status_code == 403
    desk = at_the_desk(head)
    assert desk.post(f"/desk/letters/{letter.pk}/void/", {"reason": ""}).status_code == 400
    assert desk.post(f"/desk/letters/{letter.pk}/void/", {"reason": "文号有误"}).status_code == 302
    letter.refresh_from_db()
    assert letter.voided
    again = desk.post(f"/desk/letters/{letter.pk}/void/", {"reason": "再来"})
    assert again.status_code == 400
    assert "已经作废" in again.content.decode()


@pytest.mark.chinese_font
def test_a_template_is_downloaded_replaced_and_restored(bureau, head, issue):
    desk, address = at_the_desk(head), f"/desk/letters/templates/{bureau.pk}/reply_granted/"
    assert desk.get("/desk/letters/templates/").headers["Location"] == f"/desk/letters/templates/{bureau.pk}/"
    assert "本机关自有 0 种" in desk.get(f"/desk/letters/templates/{bureau.pk}/").content.decode()
    page = desk.get(address).content.decode()
    assert "{{申请人}}" in page
    assert 'class="letter"' in page
    data = desk.get(f"{address}file/").content
    assert data == built_in("reply_granted")
    assert desk.get(f"{address}sample.pdf").content[:5] == b"%PDF-"
    wrong = desk.post(f"{address}upload/", {"file": SimpleUploadedFile("模板.docx", b"PK not a zip")})
    assert wrong.status_code == 400
    assert "不是可用的 .docx" in wrong.content.decode()
    assert desk.post(f"{address}upload/", {"file": SimpleUploadedFile("模板.docx", data)}).status_code == 302
    assert "本机关自有 1 种" in desk.get(f"/desk/letters/templates/{bureau.pk}/").content.decode()
    assert issue("reply_granted").template == LetterTemplate.objects.get()
    assert desk.post(f"{address}restore/").status_code == 302
    assert issue("reply_granted").template is None
    assert desk.post(f"{address}word/", {"word": "公开复"}).status_code == 302
    assert issue("reply_granted").number == "青民公开复〔2026〕1号"
    assert desk.get("/desk/letters/templates/1/nonsense/").status_code == 404


def test_a_clerk_does_not_change_templates(bureau, clerk):
    desk = at_the_desk(clerk)
    address = f"/desk/letters/templates/{bureau.pk}/reply_granted/upload/"
    assert desk.post(address, {"file": SimpleUploadedFile("a.docx", b"x")}).status_code == 403
