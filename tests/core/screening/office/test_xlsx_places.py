"""Every place of a workbook in which a value can hide: found with its place, gone after cleaning."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from html import unescape

import openpyxl
import pytest
import xlsxwriter
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from tests.core.screening.office.leaks import leaks
from tests.core.screening.office.making import VALUE, joined, mask, rezip, with_part, workbook

from gongkai.core.errors import ReadError
from gongkai.core.screening import clean, screen
from gongkai.core.screening.cleaning import _remains
from gongkai.core.screening.formats import rebuild, unpack

_V = VALUE
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_SHEET = "xl/worksheets/sheet1.xml"


def _put(text: object = VALUE, at: str = "C2", **looks: object) -> bytes:
    def make(book: openpyxl.Workbook) -> None:
        cell = book.active[at]
        cell.value = text
        for name, look in looks.items():
            setattr(cell, name, look)

    return workbook(make)


def _sheet(state: str) -> bytes:
    def make(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("底表")
        sheet["A1"] = _V
        sheet.sheet_state = state

    return workbook(make)


def _row(**options: object) -> bytes:
    def make(book: openpyxl.Workbook) -> None:
        book.active["A5"] = _V
        for name, value in options.items():
            setattr(book.active.row_dimensions[5], name, value)

    return workbook(make)


def _column(**options: object) -> bytes:
    def make(book: openpyxl.Workbook) -> None:
        book.active["E2"] = _V
        for name, value in options.items():
            setattr(book.active.column_dimensions["E"], name, value)

    return workbook(make)


def _digits(book: openpyxl.Workbook) -> None:
    for column, digit in enumerate(_V, 4):
        book.active.cell(2, column).value = digit


def _comment(book: openpyxl.Workbook) -> None:
    book.active["A2"].comment = Comment(_V, "王五")


def _name(book: openpyxl.Workbook) -> None:
    book.defined_names["号码"] = DefinedName("号码", attr_text=f'"{_V}"')


def _validation(book: openpyxl.Workbook) -> None:
    rule = DataValidation(type="list", formula1=f'"甲,{_V}"')
    rule.add("A2")
    book.active.add_data_validation(rule)


def _margin(book: openpyxl.Workbook) -> None:
    book.active.oddHeader.center.text = _V


def _merged(book: openpyxl.Workbook) -> None:
    book.active["A6"] = "合并"
    book.active.merge_cells("A6:C6")


def _link(book: openpyxl.Workbook) -> None:
    book.active["A2"].hyperlink = f"https://example.gov.cn/{_V}"
    book.active["A2"].hyperlink.tooltip = _V


def _title(book: openpyxl.Workbook) -> None:
    chart = BarChart()
    chart.title = f"图 {_V}"
    chart.add_data(Reference(book.active, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    book.active.add_chart(chart, "E5")


def _sheet_name(book: openpyxl.Workbook) -> None:
    book.active.title = _V


def _properties(book: openpyxl.Workbook) -> None:
    book.properties.keywords = _V


def _merge_markup(part: bytes) -> bytes:
    cell = f'<c r="B6" t="inlineStr"><is><t>{_V}</t></is></c></row>'.encode()
    return re.sub(rb'(<row r="6".*?)(?:<c r="B6"[^>]*/>.*?)?</row>', rb"\1" + cell, part)


def _unused() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("表一")
    for row, line in enumerate((("单位", "件数"), ("县民政局", 12))):
        sheet.write_row(row, 0, line)
    book.close()
    return rezip(out.getvalue(), {"xl/sharedStrings.xml": lambda p: p.replace(
        b"</sst>", f"<si><t>{_V}</t></si></sst>".encode())})


def _cached(formula: str) -> bytes:
    cell = f'<c r="C2" t="str"><f>{formula}</f><v>结果</v></c></row>'.encode()

    def change(part: bytes) -> bytes:
        at = part.index(b"</row>", part.index(b'<row r="2"'))
        return part[:at] + cell + part[at + 6:]

    return rezip(workbook(), {_SHEET: change})


def _part(name: str, root: str, kind: str, inner: str = VALUE) -> bytes:
    content = f'<{root} xmlns="{_S}"><x v="{inner}">{inner}</x></{root}>'.encode()
    return with_part(workbook(), name, content, kind, f"{_SHEETML}{root}+xml", "xl/workbook.xml")


_SEEN = {
    "cell": (_put(), "工作表“表一” C2"),
    "far away": (_put(at="XFD9999"), "工作表“表一” XFD9999"),
    "boxes": (workbook(_digits), "第2行相邻单元格"),
    "print header": (workbook(_margin), "打印页眉"),
    "chart title": (workbook(_title), "图表“chart1.xml”"),
    "sheet name": (workbook(_sheet_name), f"工作表“{_V}”"),
    "under a merged cell": (rezip(workbook(_merged), {_SHEET: _merge_markup}), "B6"),
}
_HIDDEN = {
    "hidden sheet": (_sheet("hidden"), "工作表“底表”（隐藏） A1"),
    "very hidden sheet": (_sheet("veryHidden"), "工作表“底表”（深度隐藏） A1"),
    "hidden row": (_row(hidden=True), "工作表“表一” A5"),
    "row without height": (_row(height=0.5), "工作表“表一” A5"),
    "hidden column": (_column(hidden=True), "工作表“表一” E2"),
    "column without width": (_column(width=0.1), "工作表“表一” E2"),
    "white": (_put(font=Font(color="FFFFFF")), "工作表“表一” C2"),
    "tiny": (_put(font=Font(sz=1)), "工作表“表一” C2"),
    "number format": (_put(number_format=";;;"), "工作表“表一” C2"),
    "comment": (workbook(_comment), "A2 的批注"),
    "defined name": (workbook(_name), "定义的名称“号码”"),
    "list": (workbook(_validation), "工作表“表一” A2 的数据有效性"),
    "link": (workbook(_link), "部件 xl/worksheets"),
    "property": (workbook(_properties), "文档属性“关键词”"),
    "unused string": (_unused(), "共享字符串"),
    "formula": (_cached(f"&quot;{_V}&quot;&amp;A1"), "C2 的公式"),
    "pivot cache": (
        _part("xl/pivotCache/pivotCacheRecords1.xml", "pivotCacheRecords", "pivotCacheRecords"), "pivotCache"),
    "external link": (_part("xl/externalLinks/externalLink1.xml", "externalLink", "externalLink"), "externalLinks"),
    "zip comment": (rezip(workbook(), comment=_V.encode("gb18030")), "压缩包注释"),
}
_ALL = {**_SEEN, **_HIDDEN}


@cache  # asked by two tests
def _holding(data: bytes, value: str = VALUE) -> list[tuple[str, bool]]:
    return [(piece.where, piece.hidden) for piece in unpack(data, "样本.xlsx").pieces if value in joined(piece.text)]


@pytest.mark.parametrize("place", list(_ALL))
def test_a_value_is_found_with_its_place(place: str) -> None:
    data, where = _ALL[place]

    assert any(where in at for at, _ in _holding(data)), _holding(data)


@pytest.mark.parametrize("place", list(_HIDDEN))
def test_what_no_page_shows_is_called_hidden(place: str) -> None:
    data, where = _HIDDEN[place]

    assert all(hidden for at, hidden in _holding(data) if where in at)


@pytest.mark.parametrize("place", list(_ALL))
def test_nothing_of_it_is_left_after_cleaning(place: str) -> None:
    data, _ = _ALL[place]

    made = rebuild(data, "样本.xlsx", mask)

    assert leaks(made.data, VALUE) == []
    book = openpyxl.load_workbook(io.BytesIO(made.data))
    assert [cell.value for cell in book.worksheets[0][2]][:2] == ["县民政局", 12]
    assert len(book.worksheets) == 1


@pytest.mark.parametrize("number", [int(VALUE), float(VALUE)])
def test_an_identity_number_stored_as_a_number_is_found_and_becomes_text(number: float) -> None:
    data = _put(number)

    assert _holding(data, VALUE[:15])
    made = rebuild(data, "样本.xlsx", mask)
    assert leaks(made.data, VALUE) == []
    assert made.notes == ("以数字保存的个人信息已改为打码的文本",)


def test_results_stay_and_formulas_go() -> None:
    made = rebuild(_cached("A1&amp;B1"), "样本.xlsx", mask)

    sheet = openpyxl.load_workbook(io.BytesIO(made.data)).active
    assert sheet["C2"].value == "结果"
    assert made.notes == ("公式已换成计算结果",)


def test_looks_stay_where_they_were() -> None:
    def make(book: openpyxl.Workbook) -> None:
        sheet = book.active
        sheet["A1"].font = Font(b=True, sz=20, name="黑体")
        sheet["B3"].number_format = "0.00"
        sheet.merge_cells("A6:C7")
        sheet["A6"] = "合计"
        sheet["A4"], sheet["A5"] = "藏起来的行", "后面一行"
        sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions["A"].width = 33
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"

    sheet = openpyxl.load_workbook(io.BytesIO(rebuild(workbook(make), "样本.xlsx", mask).data)).active
    assert (sheet["A1"].font.b, sheet["A1"].font.sz, sheet["A1"].font.name) == (True, 20, "黑体")
    assert sheet["B3"].number_format == "0.00"
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A5:C6"]
    assert (sheet["A4"].value, sheet["A5"].value) == ("后面一行", "合计")
    assert sheet.column_dimensions["A"].width == 33
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"


def test_a_workbook_of_hidden_sheets_cannot_be_cleaned() -> None:
    data = rezip(workbook(), {"xl/workbook.xml": lambda p: p.replace(b'state="visible"', b'state="hidden"')})

    with pytest.raises(ReadError) as refused:
        rebuild(data, "样本.xlsx", mask)
    assert refused.value.code == "cannot-clean"


def test_the_leak_search_would_see_a_leak() -> None:
    for place, (data, _) in _ALL.items():
        assert place == "boxes" or leaks(data, VALUE), place


def test_only_listed_parts_go_out() -> None:
    with zipfile.ZipFile(io.BytesIO(rebuild(workbook(_comment), "样本.xlsx", mask).data)) as archive:
        assert sorted(archive.namelist()) == [
            "[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/styles.xml",
            "xl/theme/theme1.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml",
        ]


@pytest.mark.parametrize("parts", [("138", "4562", "8799"), ("138", "45628799")])
def test_no_piece_of_a_number_over_cells_stays_in_the_shared_strings(parts: tuple[str, ...]) -> None:
    data = workbook(lambda book: book.active.append(["联系电话", *parts]))
    with zipfile.ZipFile(io.BytesIO(clean(data, "a.xlsx").data)) as archive:
        strings = unescape(archive.read("xl/sharedStrings.xml").decode())
    assert "联系电话" in strings
    assert [part for part in parts[1:] if part in strings] == ["8799"] * (len(parts) == 3)


def test_the_second_look_reads_the_texts_of_a_part_in_one_piece() -> None:
    part = b"<?xml version='1.0'?><sst><si><t>138</t></si> <si><t>4562</t></si><si><t>8799</t></si></sst>"
    assert _remains(rezip(workbook(), add={"xl/other.xml": part}), {"13845628799"})
    assert not _remains(rezip(workbook(), add={"xl/other.xml": part}), {"13845628798"})


@pytest.mark.parametrize("formula", [
    '="138"&"45628799"', '=CONCATENATE("138", "4562", "8799")', '="联系 "&"138" & "45628799"',
])
def test_a_number_that_a_formula_puts_together_is_read(formula: str) -> None:
    found = screen(_put(formula), "a.xlsx").findings
    assert ("phone", "block", True) in {(one.kind, one.verdict, one.hidden) for one in found}


@pytest.mark.parametrize("formula", ['=IF(A1="138","45628799","无")', '=A1&"138"&B1&"45628799"'])
def test_literals_that_are_not_joined_are_no_number(formula: str) -> None:
    assert [one for one in screen(_put(formula), "a.xlsx").findings if one.kind == "phone"] == []
