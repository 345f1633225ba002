"""A value or a mark of which one half is hidden: found, and nothing of the mark goes out."""

from __future__ import annotations

import pytest
from docx.document import Document
from tests.core.screening.office.making import word
from tests.core.screening.people import card

from gongkai.core.errors import ReadError
from gongkai.core.screening import clean, screen
from gongkai.core.screening.formats.halves import touching
from gongkai.core.screening.model import Kind, Verdict

CARD = " ".join([card()[:4], card()[4:8], card()[8:12], card()[12:16], card()[16:]])


def half(before: str, after: str) -> bytes:
    """A document whose paragraph ends in hidden text."""

    def make(document: Document) -> None:
        paragraph = document.add_paragraph(before)
        paragraph.add_run(after).font.hidden = True

    return word(make)


@pytest.mark.parametrize("at", [3, 4, 5, 9, 10, 15])
def test_a_card_of_which_a_part_is_hidden(at: int) -> None:
    data = half(f"退还保证金至王小明个人账户{CARD[:at]}", f"{CARD[at:]}。")
    found = [finding for finding in screen(data, "a.docx").findings if finding.kind is Kind.BANK_CARD]
    assert Verdict.BLOCK in {finding.verdict for finding in found}
    cleaned = screen(clean(data, "a.docx").data, "a.docx")
    assert Kind.BANK_CARD not in {finding.kind for finding in cleaned.findings}


@pytest.mark.parametrize(("before", "after"), [
    ("各有关单位：内部资料（仅", "供领导参阅）"), ("机密★", "10年"),
    ("内部资", "料 注意保存"), ("公开属性：依申", "请公开"),
])
def test_a_mark_of_which_a_part_is_seen_is_refused(before: str, after: str) -> None:
    data = half(before, after)
    assert screen(data, "a.docx").verdict is Verdict.BLOCK
    with pytest.raises(ReadError) as refused:
        clean(data, "a.docx")
    assert refused.value.code == "cannot-clean"


def test_a_mark_that_is_hidden_as_a_whole_is_taken_out() -> None:
    for before in ("各有关单位", "请认真贯彻执行。"):
        data = half(before, "机密★10年")
        assert screen(data, "a.docx").verdict is Verdict.BLOCK
        assert "机密" not in screen(clean(data, "a.docx").data, "a.docx").text


def test_a_page_with_a_half_hidden_value() -> None:
    page = f"<html><body><p>汇至王小明个人账户{CARD[:5]}<span style='display:none'>{CARD[5:]}</span></p></body></html>"
    found = screen(page.encode(), "a.html").findings
    assert Kind.BANK_CARD in {finding.kind for finding in found}
    apart = "<html><body><p>联系电话见公告。<span style='display:none'>第二条</span></p></body></html>"
    assert screen(apart.encode(), "a.html").verdict is not Verdict.BLOCK


def test_what_touches() -> None:
    assert touching([("6216 ", ""), ("6132", "x")])
    assert touching([("公开属性：", ""), ("依申请公开", "x")])
    assert not touching([("完毕。", ""), ("另起", "x")])
    assert not touching([("6216", ""), ("6132", "")])
