"""A document to take away for Word and as PDF: what stands in it, and that it is there as long as the page is."""

from __future__ import annotations

import io
from typing import Any

import docx
import pypdfium2
import pytest
from django.test import Client
from tests.publications.makers import Bureau, bureau, drafted, fresh, moment, of_edition, published, signed

from gongkai.core.errors import Refused
from gongkai.portal import printed, word
from gongkai.portal.keeping import STORE
from gongkai.publications import actions
from gongkai.publications.models import Publication

pytestmark = pytest.mark.django_db
LONG = "Pneumono" * 12
WIDE = "<table>" + "".join(
    "<tr>" + "".join(f"<td>{row}{column}值</td>" for column in range(12)) + "</tr>" for row in range(2)
) + "</table>"
TABLE = f"<table><tr><td>{LONG}</td><td>甲</td></tr></table>"
BODY = (
    "<h2>一、总则</h2><p>现将<strong>办法</strong>印发给你们，详见<a href=\"https://www.example.gov.cn/a?b=1&amp;c=2\">说明</a>。"
    "</p><ol><li>先通水</li><li>后收费</li></ol><table><tr><th>乡镇</th><th>收费（元/m<sup>3</sup>）</th></tr>"
    f"<tr><td>枫坪镇</td><td>1.85</td></tr></table>{WIDE}<p>此页 &lt;完&gt; 😀</p><p>{LONG}</p>"
)


@pytest.fixture
def of(db: None) -> Bureau:
    return bureau()


def made(of: Bureau, **values: Any) -> Publication:
    """A policy with a file."""
    draft = drafted(of, **({"kind": "policy", "title": "饮水<安全>办法", "body": BODY,
                            "document_number": "青水发〔2026〕3号"} | values))
    file = io.BytesIO()
    sheet = docx.Document()
    sheet.add_paragraph("水厂名单")
    sheet.save(file)
    actions.attach(by=of.clerk, edition=draft, name="水厂名单.docx", data=file.getvalue(), at=moment())
    return of_edition(published(of, fresh(draft), kind="policy"))


def lines_of(data: bytes) -> list[str]:
    """The paragraphs of a .docx in order, those of tables where the tables stand."""
    opened = docx.Document(io.BytesIO(data))
    return ["".join(p.itertext("{*}t")) for p in opened.element.body.iter("{*}p")]


def text_of(pdf: bytes) -> str:
    opened = pypdfium2.PdfDocument(pdf)
    try:
        pages = [opened[n].get_textpage() for n in range(len(opened))]
        return "\n".join(page.get_text_range() for page in pages)
    finally:
        opened.close()


def test_the_word_file_holds_the_document(client: Client, of: Bureau) -> None:
    document = made(of)
    answer = client.get(f"/documents/{document.pk}.docx")
    assert answer.headers["Content-Type"] == word.MEDIA
    assert answer.headers["Content-Disposition"].startswith("attachment")
    lines = lines_of(answer.content)
    assert lines[:2] == ["饮水<安全>办法", "青水发〔2026〕3号"]
    assert lines[lines.index("索引号") + 1] == document.index_number
    body = lines[lines.index("一、总则"):]
    assert body[1] == "现将办法印发给你们，详见说明。"
    assert body.index("1.先通水") < body.index("2.后收费") < body.index("枫坪镇") < body.index("111值")
    assert "收费（元/m3）" in body
    assert "此页 <完> 😀" in body
    assert "（此件公开发布）" in body
    file = document.current.attachments.get()  # type: ignore[union-attr]
    at = body.index("1. 水厂名单.docx")
    assert f"http://testserver/documents/{document.pk}/files/{file.pk}/" in body[at + 1]
    assert file.sha256 in body[at + 1]
    assert body[-1] == f"http://testserver/documents/{document.pk}/"
    assert client.get(f"/documents/{document.pk}.docx").content == answer.content


def test_word_keeps_tables_and_turns_the_page_for_wide_ones(client: Client, of: Bureau) -> None:
    opened = docx.Document(io.BytesIO(client.get(f"/documents/{made(of).pk}.docx").content))
    facts, narrow, wide = opened.tables
    assert [cell.text for cell in narrow.rows[0].cells] == ["乡镇", "收费（元/m3）"]
    assert len(wide.columns) == 12
    assert [section.page_width > section.page_height for section in opened.sections] == [False, True, False]
    assert len(facts.columns) == 2


def test_the_pdf_holds_the_document(client: Client, of: Bureau) -> None:
    document = made(of)
    answer = client.get(f"/documents/{document.pk}.pdf")
    assert answer.status_code == 200, answer.content.decode()
    assert answer.headers["Content-Type"] == printed.MEDIA
    said = text_of(answer.content)
    for words in (
        "安全", "青水发", "总则", "先通水", "枫坪镇", "111值", "此件公开发布", "水厂名单", str(document.index_number),
    ):
        assert words in said, words
    assert f"/documents/{document.pk}/" in said
    assert LONG in said.replace("\r\n", "")  # copied whole


def test_nothing_of_a_pdf_leaves_its_page(client: Client, of: Bureau) -> None:
    cells = f"<table><tr>{''.join(f'<td>{LONG}</td>' for _ in range(12))}</tr></table>"
    document = made(of, title=LONG[:60], body=f"<h2>{LONG}</h2><ul><li>{LONG}</li></ul>{TABLE}{cells}<p>{LONG}</p>")
    opened = pypdfium2.PdfDocument(client.get(f"/documents/{document.pk}.pdf").content)
    for n in range(len(opened)):
        page = opened[n]
        words = page.get_textpage()
        edges = [words.get_charbox(k)[2] for k in range(words.count_chars()) if words.get_text_range(k, 1).strip()]
        assert max(edges) <= page.get_width() - 70, n  # points; 26 mm of margin upright, 25 mm across
    opened.close()


def test_a_character_without_a_form_is_told(client: Client, of: Bureau) -> None:
    """typst would leave it out and say nothing."""
    assert "U+1F600" in text_of(client.get(f"/documents/{made(of).pk}.pdf").content)


@pytest.mark.parametrize("to", ["docx", "pdf"])
def test_only_what_is_public_can_be_taken(client: Client, of: Bureau, to: str) -> None:
    for draft in (drafted(of), signed(of)):
        assert client.get(f"/documents/{draft.publication_id}.{to}").status_code == 404
    document = made(of)
    address = f"/documents/{document.pk}.{to}"
    etag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    actions.withdraw(by=of.clerk, publication=document, kind="error", note="内容有误", at=moment())
    gone = client.get(address, headers={"If-None-Match": etag})
    assert gone.status_code == 410
    assert "先通水" not in gone.content.decode()


def test_a_new_edition_takes_the_place_of_the_old(client: Client, of: Bureau) -> None:
    document = made(of)
    assert "先通水" in "".join(lines_of(client.get(f"/documents/{document.pk}.docx").content))
    draft = actions.revise(by=of.clerk, publication=document, change_note="改", at=moment())
    draft = actions.edit(by=of.clerk, edition=draft, values={}, body="<p>全文重写。</p>", at=moment())
    published(of, draft, kind="policy")
    lines = lines_of(client.get(f"/documents/{document.pk}.docx").content)
    assert "全文重写。" in lines
    assert "1.先通水" not in lines


@pytest.mark.parametrize("to", ["docx", "pdf"])
def test_a_kept_file_costs_one_query_and_a_new_one_always_the_same(
    client: Client, of: Bureau, django_assert_max_num_queries: Any, django_assert_num_queries: Any, to: str,
) -> None:
    address = f"/documents/{made(of).pk}.{to}"
    client.get(f"/agencies/{of.where.pk}/guide/")
    STORE.clear()
    with django_assert_max_num_queries(12):
        client.get(address)
    with django_assert_num_queries(1):
        assert client.get(address).status_code == 200


def test_where_no_pdf_can_be_set_the_reader_is_told(
    client: Client, of: Bureau, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none(face: str) -> None:
        raise Refused("no-cjk-font", "没有字体")

    document = made(of)
    monkeypatch.setattr("gongkai.letters.fonts.families", none)
    answer = client.get(f"/documents/{document.pk}.pdf")
    assert answer.status_code == 503
    assert "下载 Word" in answer.content.decode()
    assert "ETag" not in answer.headers
    monkeypatch.undo()
    assert client.get(f"/documents/{document.pk}.pdf").status_code == 200


def test_one_pdf_is_set_at_a_time(client: Client, of: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    document = made(of)
    monkeypatch.setattr(printed, "PATIENCE", 0.01)
    with printed._ONE:
        assert client.get(f"/documents/{document.pk}.pdf").status_code == 503
    assert client.get(f"/documents/{document.pk}.pdf").status_code == 200


def test_the_page_offers_both(client: Client, of: Bureau) -> None:
    document = made(of)
    shown = client.get(f"/documents/{document.pk}/").content.decode()
    for to in ("docx", "pdf"):
        assert f'href="/documents/{document.pk}.{to}"' in shown
    assert shown.index("<h1>") < shown.index('class="metadata"') < shown.index("paper-body")
