"""Numbers without gaps, one letter for one request, refusals that leave nothing behind."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from tests.factories import actor, agency
from tests.letters.conftest import AT, ON
from tests.letters.test_kinds import pages, words

from gongkai.accounts import roles
from gongkai.accounts.permissions import Denied
from gongkai.core.errors import Refused
from gongkai.files import store
from gongkai.files.models import StoredFile
from gongkai.ledger.models import Entry
from gongkai.ledger.queries import faults
from gongkai.letters import actions, queries
from gongkai.letters.models import Letter
from gongkai.letters.office import Office


@pytest.mark.chinese_font
def test_a_letter_is_numbered_sealed_and_recorded_without_a_name(issue, bureau):
    letter = issue("reply_granted", context={"applicant": "欧阳某甲"})
    assert letter.number == "青民公复〔2026〕1号"
    assert letter.serial == 1
    docx, pdf = queries.document(letter, "docx"), queries.document(letter, "pdf")
    assert docx[:2] == b"PK"
    assert pdf[:5] == b"%PDF-"
    assert hashlib.sha256(pdf).hexdigest() == letter.pdf_sha256
    event = Entry.objects.get(kind="letters.issued")
    assert event.subject_id == str(letter.pk)
    assert letter.pdf_sha256 in event.payload
    assert "青民公复〔2026〕1号" in event.payload
    assert "欧阳" not in event.payload
    for row in StoredFile.objects.all():
        kept = store.read(row.sha256)
        assert b"%PDF-" not in kept[:100]
        assert not kept.startswith(b"PK")
        assert "欧阳".encode() not in kept
    assert faults() == []


def test_replies_share_one_row_of_numbers_and_others_have_their_own(issue):
    numbers = [issue(kind).number for kind in (
        "reply_granted", "reply_not_held", "correction_notice", "reply_other", "extension_notice",
    )]
    assert numbers == ["青民公复〔2026〕1号", "青民公复〔2026〕2号", "青民公补〔2026〕1号", "青民公复〔2026〕3号",
                       "青民公延〔2026〕1号"]


def test_every_year_begins_with_one(issue):
    issue(on=date(2025, 12, 31))
    assert [issue(on=date(2026, 1, 4)).number, issue(on=date(2025, 12, 31)).number] == [
        "青民公复〔2026〕1号", "青民公复〔2025〕2号"]


def test_papers_without_a_number_have_none(issue):
    first, second = issue("registration"), issue("service_receipt")
    assert (first.number, first.serial, second.number) == ("", None, "")


@pytest.mark.parametrize("lacking", ["", "  ", None, "\x01\u200b"])
def test_a_refused_letter_names_the_field_and_takes_no_number(issue, lacking):
    issue()
    with pytest.raises(Refused) as caught:
        issue("reply_not_held", context={"search_scope": lacking})
    assert caught.value.code == "letter-field-missing"
    assert "检索范围" in caught.value.message
    assert "政府信息不存在答复书" in caught.value.message
    assert issue().number == "青民公复〔2026〕2号"


@pytest.mark.chinese_font
def test_a_glyph_that_no_font_has_refuses_the_letter_and_takes_no_number(issue):
    with pytest.raises(Refused, match="没有这些字") as caught:
        issue(context={"applicant": "张\U000f0000"})
    assert caught.value.code == "missing-glyphs"
    assert Letter.objects.count() == 0
    assert issue().serial == 1


@pytest.mark.chinese_font
def test_what_a_citizen_typed_never_keeps_a_letter_back(issue):
    """An emoji or a rare character is marked on the PDF and stands in the Word file as it was."""
    letter = issue(context={"requested": "关于😀\ufe0f和\U000f0000的文件"})
    assert "关于〔U+1F600〕和〔U+F0000〕的文件" in pages(queries.document(letter, "pdf"))[0]
    assert "关于😀\ufe0f和\U000f0000的文件" in words(queries.document(letter, "docx"))
    for kind in ("receipt", "registration"):
        assert "张〔U+F0000〕" in pages(queries.document(issue(kind, context={"applicant": "张\U000f0000"}), "pdf"))[0]


def test_the_same_request_gives_the_same_letter(issue):
    first = issue(idempotency="application-7-reply")
    again = issue(idempotency="application-7-reply", context={"applicant": "别人"})
    assert again == first
    assert Letter.objects.count() == 1
    assert Entry.objects.filter(kind="letters.issued").count() == 1
    assert issue(idempotency="application-8-reply").serial == 2


def test_a_key_used_for_another_letter_is_an_error_of_the_caller(issue):
    issue(idempotency="k")
    with pytest.raises(ValueError, match="idempotency"):
        issue("correction_notice", idempotency="k")


def test_a_void_letter_keeps_its_number(issue, head):
    first = issue()
    gone = actions.void(by=head, letter=first, reason="申请人姓名有误", at=AT)
    assert gone.voided
    assert issue().number == "青民公复〔2026〕2号"
    with pytest.raises(Refused) as caught:
        actions.void(by=head, letter=first, reason="再次作废", at=AT)
    assert caught.value.code == "letter-voided-already"
    assert "申请人姓名有误" not in Entry.objects.get(kind="letters.voided").payload


@pytest.mark.parametrize(("reason", "code"), [(" ", "reason-needed"), ("长" * 301, "reason-too-long")])
def test_voiding_says_why(issue, head, reason, code):
    letter = issue()
    with pytest.raises(Refused) as caught:
        actions.void(by=head, letter=letter, reason=reason, at=AT)
    assert caught.value.code == code
    letter.refresh_from_db()
    assert not letter.voided


def test_only_the_office_issues_and_only_its_head_voids(issue, clerk, bureau):
    letter = issue()
    with pytest.raises(Denied):
        actions.void(by=clerk, letter=letter, reason="错", at=AT)
    stranger = actor(agency("青澜县教育局"), roles.HeadOfOffice)
    with pytest.raises(Denied):
        actions.void(by=stranger, letter=letter, reason="错", at=AT)
    with pytest.raises(Denied):
        issue(by=stranger)
    with pytest.raises(Letter.DoesNotExist):
        queries.letter(stranger, letter.pk)
    assert queries.letter(clerk, letter.pk) == letter


def test_letters_about_one_thing_in_their_order(issue):
    letters = [issue("receipt"), issue("correction_notice"), issue("reply_granted")]
    issue("reply_granted", subject_id=8)
    assert list(queries.letters_of("application", 7)) == letters


def test_an_office_may_choose_its_word(issue, head, bureau):
    actions.set_word(by=head, agency=bureau, kind="reply_granted", word="答复", at=AT)
    assert issue().number == "青民公答复〔2026〕1号"
    with pytest.raises(Refused) as caught:
        actions.set_word(by=head, agency=bureau, kind="reply_granted", word="A1", at=AT)
    assert caught.value.code == "number-word"
    with pytest.raises(Refused) as caught:
        actions.set_word(by=head, agency=bureau, kind="registration", word="登记", at=AT)
    assert caught.value.code == "not-numbered"


def test_an_agency_that_described_nothing_gets_letters_all_the_same(db):
    plain = agency("青澜县水利局", short_name="青水")
    writer = actor(plain, roles.Clerk, username="水利")
    letter = actions.issue(
        by=writer, agency=plain, kind="reply_unpaid", subject_kind="application", subject_id=1, on=ON, at=AT,
        context={"applicant": "某某", "application_number": "2026-1", "received_on": ON, "requested": "文件",
                 "fee_notice_number": "青水公费〔2026〕1号", "payment_due_on": ON},
    )
    assert letter.number == "青水公复〔2026〕1号"


@pytest.mark.chinese_font
def test_the_foot_leads_to_the_page_that_checks_the_code(issue, settings):
    settings.GONGKAI_PUBLIC_URL = "https://gk.example.invalid/"
    letter = issue()
    paper = pages(queries.document(letter, "pdf"))[-1]
    assert "https://gk.example.invalid/letters/verify/" in paper
    assert letter.shown_code in paper
    settings.GONGKAI_PUBLIC_URL = ""
    assert "https://" not in pages(queries.document(issue(), "pdf"))[-1]


def test_the_office_is_named_by_the_law_where_it_described_nothing(db):
    county = agency("青澜县人民政府", level="county")
    assert Office.of(county).review_organ == "上一级人民政府"
    assert Office.of(agency("青澜县水利局", parent=county)).review_organ == "青澜县人民政府"
    assert Office.of(agency("某局")).review_organ == "同级人民政府"
    assert Office.of(agency("红山镇人民政府", parent=county, kind="township")).review_organ == "青澜县人民政府"


def test_without_a_chinese_font_the_word_file_goes_out_and_the_pdf_says_why(issue, monkeypatch):
    """A deadline of the law cannot wait for a font."""
    def none(_font: str) -> tuple[str, ...]:
        raise Refused("no-cjk-font", "没有字体")

    monkeypatch.setattr("gongkai.letters.fonts.families", none)
    letter = issue("reply_granted")
    assert letter.number == "青民公复〔2026〕1号"
    assert queries.document(letter, "docx")[:2] == b"PK"
    with pytest.raises(Refused, match="请下载 Word 文件") as refusal:
        queries.document(letter, "pdf")
    assert refusal.value.code == "letter-without-pdf"
    assert queries.verify(letter.code).pdf_sha256 == ""
