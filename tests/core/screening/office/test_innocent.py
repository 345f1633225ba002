"""Ordinary files give no block, and what programs write by themselves is no finding."""

from __future__ import annotations

import io

import openpyxl
import pytest
import xlsxwriter
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from tests.core.screening.office.making import in_body, paragraph, run, word, workbook

from gongkai.core.screening import Verdict, clean, screen
from gongkai.core.screening.model import Kind


def _report(document: Document) -> None:
    document.core_properties.author = "县政府办公室"
    document.add_heading("2025年政府信息公开工作年度报告", 1)
    document.add_paragraph("全年主动公开政府信息 1286 条，受理依申请公开 35 件，均在 20 个工作日内答复。")
    document.add_paragraph("索引号：113501020000/2025-00123　统一社会信用代码：11350102MB1234567A")
    document.add_paragraph("联系电话：0591-87654321，邮编：350001，邮箱：xxgk@fuzhou.gov.cn")
    table = document.add_table(3, 8)
    for row in range(3):
        for column in range(8):
            table.cell(row, column).text = str((row * 37 + column * 11) % 100)
    start = OxmlElement("w:bookmarkStart")
    start.set(qn("w:id"), "0")
    start.set(qn("w:name"), "_GoBack")
    document.paragraphs[0]._p.append(start)


def _statistics() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("统计")
    head = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E78"})
    sheet.write_row(0, 0, ["单位", *[f"{month}月" for month in range(1, 13)], "合计"], head)
    for row in range(1, 40):
        sheet.write(row, 0, f"单位{row}")
        for column in range(1, 13):
            sheet.write(row, column, (row * column) % 10)
        sheet.write_formula(row, 13, f"=SUM(B{row + 1}:M{row + 1})", None, row * 1234567.891)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=统计!$N$2:$N$10", "categories": "=统计!$A$2:$A$10"})
    sheet.insert_chart("P2", chart)
    book.set_properties({"author": "县统计局", "company": "县统计局"})
    book.close()
    return out.getvalue()


_FIELDS = paragraph(
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE  \\* MERGEFORMAT </w:instrText></w:r>'
    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("1")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_FILES = {
    "report.docx": word(_report), "fields.docx": in_body(_FIELDS), "statistics.xlsx": _statistics(),
    "plain.xlsx": workbook(), "empty.docx": word(),
}


@pytest.mark.parametrize("name", list(_FILES))
def test_an_ordinary_file_is_not_blocked(name: str) -> None:
    screened = screen(_FILES[name], name)

    assert screened.verdict in {Verdict.PASS, Verdict.WARN}
    assert not [f for f in screened.findings if f.kind is Kind.HIDDEN_CONTENT], screened.findings


@pytest.mark.parametrize("name", list(_FILES))
def test_an_ordinary_file_is_cleaned_without_loss(name: str) -> None:
    cleaned = clean(_FILES[name], name)

    before, after = screen(_FILES[name], name).text, screen(cleaned.data, name).text
    assert after.split() == before.split()
    assert not [f for f in screen(cleaned.data, name).findings if f.kind is Kind.METADATA]


def test_page_numbers_stay_fields() -> None:
    from gongkai.core.screening.formats import rebuild, unpack

    made = rebuild(_FILES["fields.docx"], "a.docx", lambda text: text).data
    assert any("PAGE" in piece.text for piece in unpack(made, "a.docx").pieces)


def test_white_words_on_a_dark_ground_are_seen() -> None:
    shade = '<w:tcPr><w:shd w:val="clear" w:fill="1F4E78"/></w:tcPr>'
    words = paragraph(run("表头", '<w:color w:val="FFFFFF"/>'))
    body = f"<w:tbl><w:tblPr/><w:tr><w:tc>{shade}{words}</w:tc></w:tr></w:tbl>"

    assert "表头" in screen(in_body(body), "a.docx").text
    book = openpyxl.load_workbook(io.BytesIO(clean(_FILES["statistics.xlsx"], "a.xlsx").data))
    assert book.active["A1"].value == "单位"
    assert book.active["N2"].value == pytest.approx(1234567.891)
