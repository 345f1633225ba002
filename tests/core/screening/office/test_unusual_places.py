"""Places of office files that the walks of a page do not reach, and values cut in unusual ways: found, and gone."""

from __future__ import annotations

import io
from urllib.parse import quote

import openpyxl
import pytest
from tests.core.screening.office.leaks import leaks
from tests.core.screening.office.making import R_NS, VALUE, in_body, paragraph, rezip, run, word

from gongkai.core.screening import clean, screen
from gongkai.core.screening.formats import unpack
from gongkai.core.screening.formats.ooxml.generic import shown
from gongkai.core.screening.formats.ooxml.joins import cut_cells
from gongkai.core.screening.formats.ooxml.sweep import loose, telling
from gongkai.core.screening.model import Kind

_FULL = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_APART = "\u200b".join(VALUE)


def _styled(name: str) -> bytes:
    style = f'<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="{name}"/></w:style></w:styles>'.encode()
    return rezip(word(), change={"word/styles.xml": lambda part: part.replace(b"</w:styles>", style)})


def _cells(*texts: str) -> bytes:
    return in_body(f"<w:tbl><w:tr>{''.join(f'<w:tc>{paragraph(run(text))}</w:tc>' for text in texts)}</w:tr></w:tbl>")


def _book(*cells: object, below: object = "") -> bytes:
    book = openpyxl.Workbook()
    for column, value in enumerate(cells, 1):
        book.active.cell(1, column, value)
    book.active.cell(2, len(cells), below)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


PLACES = {
    "full width in a part of its own": ("a.docx", rezip(
        word(), add={"word/c.html": f"<p>{VALUE.translate(_FULL)}</p>".encode()})),
    "nothing between the digits of a style's name": ("a.docx", _styled(_APART)),
    "two cells of a letter": ("a.docx", _cells("号码", VALUE[:9], VALUE[9:])),
    "two cells of a workbook": ("a.xlsx", _book("号码", VALUE[:6], VALUE[6:])),
    "hidden in two ways": ("a.docx", in_body(paragraph(
        run(VALUE[:5], "<w:vanish/>") + run(VALUE[5:], '<w:color w:val="FFFFFF"/>')))),
}


@pytest.mark.parametrize("place", sorted(PLACES))
def test_an_identity_number_is_found_and_gone(place: str) -> None:
    name, data = PLACES[place]
    found = [(finding.kind, finding.verdict) for finding in screen(data, name).findings]
    assert ("id_number", "block") in found
    made = clean(data, name).data
    assert [leaks(made, value) for value in (VALUE, _APART, VALUE.translate(_FULL))] == [[], [], []]


@pytest.mark.parametrize("mark", ["机密★", "机密★5年", "密级：机密"])
def test_a_short_mark_in_an_attribute_blocks_and_is_gone(mark: str) -> None:
    row = f"<w:tr><w:tc>{paragraph(run('甲'))}</w:tc></w:tr>"
    data = in_body(f'<w:tbl><w:tblPr><w:tblDescription w:val="{mark}"/></w:tblPr>{row}</w:tbl>')
    assert ("secrecy_mark", "block") in [(one.kind, one.verdict) for one in screen(data, "a.docx").findings]
    assert leaks(clean(data, "a.docx").data, mark) == []


def test_an_address_in_loose_bytes_is_read_as_what_it_is() -> None:
    texts = "".join(piece.text for piece in loose("住址：某市某路9号".encode(), "部件", ""))
    assert "住址：某市某路9号" in texts


def test_digits_with_nothing_between_are_telling() -> None:
    assert telling("1\u200b3\u200b8\u200b1\u200b2\u200b3")
    assert not telling("rId900")


def test_figures_of_statistics_are_no_number_in_two_cells() -> None:
    assert cut_cells(["号码", VALUE[:9], VALUE[9:]]) == [(1, 3)]
    assert cut_cells(["1381234567", "8"]) == []
    assert cut_cells(["138012345", "62"]) == []


@pytest.mark.parametrize("value", [13_345_439_056.234, 135_802_467.89, 2061.017230453899, 13_580_246.801])
def test_an_amount_in_a_workbook_is_no_telephone(value: float) -> None:
    assert [one for one in screen(_book("项目", "数值", below=value), "a.xlsx").findings if one.kind == "phone"] == []
    assert "." in shown(repr(value))


def test_eleven_digits_under_a_heading_of_money_are_no_telephone() -> None:
    def kinds(heading: str) -> list[str]:
        return [one.kind for one in screen(_book("项目", heading, below=13_812_345_678), "a.xlsx").findings]

    assert "phone" not in kinds("金额（元）")
    assert "phone" in kinds("联系电话")


def test_a_whole_file_in_a_part_of_any_name_is_taken_apart() -> None:
    inner = word(lambda document: document.add_paragraph(f"身份证号：{VALUE}"))
    pieces = unpack(rezip(word(), add={"word/subdoc1.bin": inner}), "a.docx").pieces
    assert [piece.hidden for piece in pieces if VALUE in piece.text] == [True]


def test_an_address_that_a_link_spells_with_percents() -> None:
    home = quote("家庭住址青澜市清风镇小河村12组93号")
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{R_NS}/hyperlink" Target="http://oa.example/q?{home}" TargetMode="External"/></Relationships>'
    )
    data = rezip(word(), add={"word/_rels/header9.xml.rels": rels.encode()})
    assert Kind.ADDRESS in {finding.kind for finding in screen(data, "a.docx").findings}
