"""The standard catalogue: written and read again, and read as offices really lay it out."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
import xlsxwriter
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.core.catalogue.standard import StandardRow
from gongkai.core.catalogue.standard_read import domain_in, read_standard
from gongkai.core.catalogue.standard_write import write_csv, write_xlsx
from gongkai.core.catalogue.ticks import channels_of, ticked
from gongkai.core.catalogue.vocabulary import CHANNELS
from gongkai.core.errors import ReadError

UPPER = ["序号", "公开事项", "", "公开内容(要素)", "公开依据", "公开时限", "公开主体", "公开渠道和载体", "公开对象", "",
         "公开方式", "", "公开层级", ""]
LOWER = ["", "一级事项", "二级事项", "", "", "", "", "", "全社会", "特定群体（请写明）", "主动", "依申请", "县级",
         "乡级"]
CHANNEL_CELL = (
    "■政府网站  □政府公报\n□两微一端 □发布会/听证会\n■社区/企事业单位/村公示栏（电子屏）\n□精准推送 □其他____"
)

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy


def line(*start: str, **cells: str) -> list[str]:
    """A row of data with a tick in 全社会, 主动 and 县级."""
    number, first, second = start
    base = [number, first, second, "要素", "《条例》", "20个工作日", "县民政局", CHANNEL_CELL, *["√", ""] * 3]
    for name, text in cells.items():
        base[int(name.removeprefix("c"))] = text
    return base


def as_csv(*lines: list[str]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(lines)
    return written.getvalue().encode("gb18030")


WORDS = st.text("政策文件法规规章要素《条例》、，。；1A-=+@'\"（）\n ", min_size=1, max_size=12).map(str.strip).filter(
    lambda text: bool(text) and not text.startswith(("=", "备注", "填")) and "\n" not in text[:1],
)
NAMES = st.text("政策文件法规规章", min_size=2, max_size=8)
CHANNEL_SETS = st.lists(
    st.sampled_from([*CHANNELS, "大喇叭", "政务APP"]), max_size=5, unique=True,
).map(lambda keys: tuple(sorted(keys, key=lambda key: [*CHANNELS, "大喇叭", "政务APP"].index(key))))
ROWS = st.lists(st.builds(
    StandardRow, NAMES, st.just("") | NAMES.map("二级".__add__), st.sampled_from(["安全生产", "气象", "12345热线", ""]),
    st.just("") | WORDS, st.just("") | WORDS, st.sampled_from(["", "20个工作日", "实时公开"]), st.just("") | WORDS,
    CHANNEL_SETS, st.just("all"), st.just(""), st.sampled_from(["proactive", "on_request"]),
    st.sampled_from(["", "county", "township", "both"]),
) | st.builds(
    StandardRow, NAMES, audience=st.just("group"), group=st.sampled_from(["", "低保对象", "申请人"]),
), max_size=8, unique_by=lambda row: (row.domain, row.first, row.second, row.contents))


@given(ROWS)
@settings(PATIENT, max_examples=60)
def test_what_was_written_is_read_again(rows: list[StandardRow]) -> None:
    grouped = [row for domain in dict.fromkeys(row.domain for row in rows) for row in rows if row.domain == domain]
    for write in (write_xlsx, write_csv):
        read = read_standard(write(rows))
        assert read.problems == ()
        assert list(read.rows) == grouped


def test_the_template_is_a_catalogue_without_rows() -> None:
    for write in (write_xlsx, write_csv):
        read = read_standard(write([]))
        assert (read.rows, read.problems, read.notes) == ((), (), ())


def office_workbook() -> bytes:
    """As an office lays it out: title over all columns, merged headings, merged first names, a sheet a domain."""
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    for name in ("（一）安全生产", "封面"):
        sheet = book.add_worksheet(name)
        if name == "封面":
            sheet.write(0, 0, "青澜县标准目录汇编")
            continue
        sheet.merge_range(0, 0, 0, 13, "青澜县安全生产领域基层政务公开标准目录")
        for at in (0, 3, 4, 5, 6, 7):
            sheet.merge_range(1, at, 2, at, UPPER[at])
        for at in (1, 8, 10, 12):
            sheet.merge_range(1, at, 1, at + 1, UPPER[at])
        for at, text in enumerate(LOWER):
            if text:
                sheet.write(2, at, text)
        named = [line("1", "", "法律法规"), line("2", "", "部门规章"), line("3", "应急", "预案")]
        for row, cells in enumerate(named, 3):
            for at, text in enumerate(cells):
                if text and not (row < 5 and at == 1):
                    sheet.write(row, at, int(text) if at == 0 else text)
        sheet.merge_range(3, 1, 4, 1, "政策文件")
        sheet.write(6, 0, "备注：本目录自公布之日起施行")
    book.close()
    return packed.getvalue()


def test_a_workbook_of_an_office() -> None:
    read = read_standard(office_workbook(), "目录.xlsx")
    assert read.problems == ()
    assert [(row.domain, row.first, row.second, row.number) for row in read.rows] == [
        ("安全生产", "政策文件", "法律法规", 4), ("安全生产", "政策文件", "部门规章", 5),
        ("安全生产", "应急", "预案", 6),
    ]
    row = read.rows[0]
    assert row.channels == ("website", "notice_board")
    assert (row.audience, row.method, row.tier, row.limit) == ("all", "proactive", "county", "20个工作日")
    assert "封面" in read.notes[0]


def test_a_word_table_and_a_web_page_that_calls_itself_xls() -> None:
    document = Document()
    document.add_paragraph("青澜县养老服务领域基层政务公开标准目录")
    lines = [UPPER, LOWER, line("1", "通知公告", "政策法规"), line("2", "", "补贴标准")]
    table = document.add_table(rows=len(lines), cols=14)
    for at, cells in enumerate(lines):
        for column, text in enumerate(cells):
            table.cell(at, column).text = text
    for at in (0, 3, 4, 5, 6, 7):
        table.cell(0, at).merge(table.cell(1, at))
    table.cell(2, 1).merge(table.cell(3, 1))
    packed = io.BytesIO()
    document.save(packed)
    page = "<html><body><p>青澜县养老服务领域基层政务公开标准目录</p><table>" + "".join(
        "<tr>" + "".join(f"<td>{text}</td>" for text in cells) + "</tr>" for cells in lines
    ) + "</table></body></html>"
    for data, name in ((packed.getvalue(), "目录.docx"), (page.encode(), "目录.xls")):
        read = read_standard(data, name)
        assert read.problems == ()
        assert [(row.domain, row.first, row.second) for row in read.rows] == [
            ("养老服务", "通知公告", "政策法规"), ("养老服务", "通知公告", "补贴标准"),
        ]


def test_domains_below_each_other_and_columns_in_another_order() -> None:
    data = as_csv(
        ["社会救助领域基层政务公开标准目录"], UPPER, LOWER, line("1", "综合", "法规"), line("2", "", "规章"),
        ["就业领域基层政务公开标准目录"], UPPER, LOWER, line("1", "综合", "法规"),
    )
    assert [(row.domain, row.first, row.second) for row in read_standard(data).rows] == [
        ("社会救助", "综合", "法规"), ("社会救助", "综合", "规章"), ("就业", "综合", "法规"),
    ]
    turned = read_standard(as_csv(UPPER[::-1], LOWER[::-1], line("1", "综合", "法规")[::-1]))
    assert turned.rows == (StandardRow(
        "综合", "法规", "", "要素", "《条例》", "20个工作日", "县民政局", ("website", "notice_board"), tier="county",
    ),)


def test_one_row_of_headings_with_words_instead_of_ticks() -> None:
    read = read_standard(as_csv(
        ["序号", "公开领域", "公开事项", "公开内容", "公开时限", "公开渠道", "公开对象", "公开方式", "公开层级"],
        ["1", "气象", "预警信息", "要素", "实时公开", "政府网站、大喇叭", "全社会", "主动公开", "县、乡级"],
        ["2", "气象", "评估报告", "要素", "20日内", "政府网站", "申请人", "依申请公开", "县级"],
    ))
    assert read.problems == ()
    assert read.rows == (
        StandardRow("预警信息", "", "气象", "要素", "", "实时公开", "", ("website", "大喇叭"), tier="both"),
        StandardRow(
            "评估报告", "", "气象", "要素", "", "20日内", "", ("website",), "group", "申请人", "on_request", "county",
        ),
    )


WRONG: list[tuple[dict[str, str], str, str]] = [
    ({"c1": "", "c2": ""}, "二级事项", "name-missing"), ({"c10": "", "c11": ""}, "主动", "method-missing"),
    ({"c8": ""}, "全社会", "audience-missing"), ({"c8": "？"}, "全社会", "ticks-unclear"),
    ({"c12": "看情况"}, "县级", "ticks-unclear"), ({"c2": "#REF!"}, "二级事项", "cell-error"),
    ({"c4": "=VLOOKUP(A1)"}, "公开依据", "cell-error"), ({"c2": "长" * 201}, "二级事项", "too-long"),
    ({"c7": "政府网站■ 政府公报□"}, "公开渠道和载体", "ticks-unclear"),
]


@pytest.mark.parametrize(("cells", "field", "code"), WRONG)
def test_a_wrong_row_is_told_with_its_cell_and_the_others_stay(cells: dict[str, str], field: str, code: str) -> None:
    read = read_standard(as_csv(UPPER, LOWER, line("1", "甲", "乙", **cells), line("2", "丙", "丁")))
    assert [(p.row, p.field, p.code) for p in read.problems] == [(3, field, code)]
    assert "%(" not in read.problems[0].message
    assert [row.name for row in read.rows] == ["丁"]


def test_a_row_that_stands_twice_is_told_once() -> None:
    twice = [line("1", "甲", "乙"), line("2", "甲", "乙"), line("3", "甲", "乙", c3="别的")]
    read = read_standard(as_csv(UPPER, LOWER, *twice))
    assert [(p.row, p.code) for p in read.problems] == [(4, "duplicate-row")]
    assert len(read.rows) == 2


@pytest.mark.parametrize(("data", "code"), [
    (b"", "empty-file"), ("机关,电话\n甲,1\n".encode(), "no-headings"), (b"%PDF-1.4 x\n%%EOF", "unsupported-format"),
    (b"PK\x03\x04broken", "truncated"), (write_csv([]) + '1,"甲'.encode(), "csv-broken"),
])
def test_what_is_no_catalogue_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as refused:
        read_standard(data)
    assert refused.value.code == code


@pytest.mark.parametrize("data", [
    bytes(range(32)) * 40, b"\x89PNG\r\n\x1a\n" + bytes(60), b"Rar!\x1a\x07" + bytes(60), b"%PDF-1.4 x\n%%EOF",
])
def test_a_file_of_another_kind_is_told_of_tables_and_not_of_reports(data: bytes) -> None:
    with pytest.raises(ReadError) as refused:
        read_standard(data, "noise.bin")
    assert "另存为 .xlsx 后再导入" in refused.value.message
    assert "报告" not in refused.value.message


@pytest.mark.parametrize(("text", "told"), [
    ("√", (True, "")), ("", (False, "")), (" ✓ ", (True, "")), ("□", (False, "")), ("/", (False, "")),
    ("V", (True, "")), ("√（低保对象）", (True, "低保对象")), ("R", None), ("部分", None),
])
def test_ticks(text: str, told: Any) -> None:
    assert ticked(text) == told


@pytest.mark.parametrize(("text", "channels"), [
    ("", ()), ("政府网站", ("website",)), ("■政府网站□政府公报", ("website",)), ("□政府网站□政府公报", ()),
    ("■其他：村村响广播", ("村村响广播",)), ("■其他____", ("other",)), ("在标注范围内选择：■两微一端", ("social",)),
    ("政府网站■", None), ("■", None),
])
def test_channels(text: str, channels: Any) -> None:
    assert channels_of(text) == channels


@pytest.mark.parametrize(("title", "domain"), [
    ("青澜县安全生产领域基层政务公开标准目录", "安全生产"), ("（一）重大建设项目领域", "重大建设项目"),
    ("三明市青澜县气象领域目录", "气象"), ("城市综合执法领域", "城市综合执法"), ("基层政务公开标准目录", ""),
])
def test_the_domain_in_a_title(title: str, domain: str) -> None:
    assert domain_in(title) == domain
