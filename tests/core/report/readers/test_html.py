"""Web pages are read as a browser shows them, with whatever the site puts around the report."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.errors import ReadError
from gongkai.core.report.document import Document, Grid, Paragraph
from gongkai.core.report.readers.html import read

STATUTORY = "<tr><td>信息内容</td><td>总计</td></tr>"  # what makes a table one of the form


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def shown(markup: str) -> list[list[str | None]]:
    """The slots of the one table on a page, each with the text of the cell that covers it."""
    [grid] = grids(markup)
    return grid


def grids(markup: str | bytes) -> list[list[list[str | None]]]:
    document = read(markup if isinstance(markup, bytes) else markup.encode())
    return [
        [[None if cell is None else cell.text for cell in row] for row in block.matrix()]
        for block in document.blocks if isinstance(block, Grid)
    ]


def test_spans_shift_the_rows_below() -> None:
    assert shown(
        "<table><tr><td rowspan=2 colspan=2>信息内容</td><td colspan=2>总计</td></tr><tr><td>甲</td><td>乙</td></tr>"
        "<tr><th rowspan=2>丙</th><th>一</th><td>1</td><td>2</td></tr><tr><th>二</th><td>3</td><td>4</td></tr></table>"
    ) == [
        ["信息内容", "信息内容", "总计", "总计"], ["信息内容", "信息内容", "甲", "乙"],
        ["丙", "一", "1", "2"], ["丙", "二", "3", "4"],
    ]


def test_a_rowspan_of_zero_reaches_to_the_end_of_its_group() -> None:
    assert shown(
        "<table><tbody><tr><td rowspan=0>信息内容</td><td>总计</td></tr><tr><td>1</td></tr><tr><td>2</td></tr></tbody>"
        "<tbody><tr><td>甲</td><td>3</td></tr></tbody></table>"
    ) == [["信息内容", "总计"], ["信息内容", "1"], ["信息内容", "2"], ["甲", "3"]]


def test_spans_that_reach_too_far_are_cut_and_missing_cells_stay_missing() -> None:
    assert shown(
        "<table><tr><td rowspan=99>信息内容</td><td>总计</td><td>甲</td></tr><tr><td>1</td></tr></table>"
    ) == [["信息内容", "总计", "甲"], ["信息内容", "1", None]]


@pytest.mark.parametrize("wrong", ["", "x", "-1", "1.5", "999999999999"])
def test_spans_that_are_no_numbers_are_one(wrong: str) -> None:
    assert shown(f'<table>{STATUTORY}<tr><td colspan="{wrong}">甲</td><td>1</td></tr></table>')[1] == ["甲", "1"]


def test_blocks_and_breaks_inside_a_cell_do_not_run_together() -> None:
    assert shown(f"<table>{STATUTORY}<tr><td><p>1</p><p>2</p></td><td>法人<br/>组织<b>1</b>&nbsp;</td></tr></table>")[
        1
    ] == ["1\n2", "法人\n组织1"]


def test_the_innermost_tables_of_a_layout_are_the_data() -> None:
    inner = f"<table>{STATUTORY}<tr><td>规章</td><td>3</td></tr></table>"
    page = f"<table><tr><td>导航</td><td><div>前言</div>{inner}<p>后记</p></td></tr><tr><td>页脚</td></tr></table>"
    document = read(page.encode())
    assert texts(document) == ["导航", "前言", "后记", "页脚"]
    assert [type(block) for block in document.blocks] == [Paragraph, Paragraph, Grid, Paragraph, Paragraph]
    assert grids(page) == [[["信息内容", "总计"], ["规章", "3"]]]


def test_layouts_inside_layouts() -> None:
    inner = f"<table>{STATUTORY}<tr><td>规章</td><td>3</td></tr></table>"
    page = inner
    for depth in range(4):
        page = f"<table><tr><td>层{depth}</td></tr><tr><td>{page}</td></tr></table>"
    assert texts(read(page.encode())) == ["层3", "层2", "层1", "层0"]
    assert grids(page) == [[["信息内容", "总计"], ["规章", "3"]]]


def test_a_cell_that_is_a_small_table_keeps_its_text() -> None:
    page = f"<table>{STATUTORY}<tr><td>规章</td><td><table><tr><td>5</td></tr></table></td></tr></table>"
    assert grids(page) == [[["信息内容", "总计"], ["规章", "5"]]]


@pytest.mark.parametrize("unseen", [
    "<script>document.write('9')</script>", "<style>td{}</style>", "<noscript>9</noscript>", "<!-- 9 -->",
    '<span style="color:red; DISPLAY: none">9</span>', "<span hidden>9</span>", '<i style="display:none">9</i>',
    "<del>9</del>",
])
def test_what_a_browser_does_not_show_is_not_read(unseen: str) -> None:
    page = f"<p>正文{unseen}</p><table>{STATUTORY}<tr><td>规章{unseen}</td><td>{unseen}1</td></tr></table>"
    assert texts(read(page.encode())) == ["正文"]
    assert shown(page)[1] == ["规章", "1"]


@pytest.mark.parametrize(("markup", "text"), [
    ('<span style="visibility:hidden">5</span>6', "6"), ("1<sup>2</sup>", "1^2"),
    ("<s>5</s>6", "~56"), ("<b>5</b>6", "56"),
])
def test_marks_keep_numbers_apart(markup: str, text: str) -> None:
    assert shown(f"<table>{STATUTORY}<tr><td>规章</td><td>{markup}</td></tr></table>")[1] == ["规章", text]


def test_site_furniture_stays_apart_from_headings() -> None:
    page = (
        "<html><head><title>某局年报-政府网</title></head><body><ul><li><a>首页</a></li><li><a>机构</a></li></ul>"
        "<h1>某局2023年政府信息公开工作年度报告</h1><div>发布日期：2024-01-20 <span>来源：办公室</span></div>"
        f"<p>一、总体情况</p><p>正文\n  折行</p><table>{STATUTORY}</table><div>【打印】</div></body></html>"
    )
    document = read(page.encode())
    assert document.title == "某局年报-政府网"
    assert texts(document) == [
        "首页", "机构", "某局2023年政府信息公开工作年度报告", "发布日期：2024-01-20 来源：办公室", "一、总体情况",
        "正文 折行", "【打印】",
    ]


def test_the_title_of_the_article_is_better_than_that_of_the_page() -> None:
    page = f'<meta name="ArticleTitle" content="甲局年报"><title>某市政府网</title><table>{STATUTORY}</table>'
    assert read(page.encode()).title == "甲局年报"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("declared", ["", "utf-8", "gb2312", "iso-8859-1"])
def test_the_bytes_decide_the_encoding(encoding: str, declared: str) -> None:
    meta = f'<meta charset="{declared}">' if declared else ""
    page = f"<html><head>{meta}</head><body><p>政府信息公开㈠</p><table>{STATUTORY}</table></body></html>"
    document = read(page.encode(encoding))
    assert texts(document) == ["政府信息公开㈠"]
    assert not document.notes


def test_big5_is_believed_when_declared() -> None:
    page = f'<meta charset="big5"><p>政府資訊公開</p><table>{STATUTORY.replace("总计", "總計")}</table>'
    assert texts(read(page.replace("信息内容", "規章").encode("big5")))[0] == "政府資訊公開"


def test_damaged_characters_are_counted() -> None:
    page = f"<p>政府信息公开工作年度报告</p><table>{STATUTORY}</table>".encode().replace("度".encode(), b"\xe5\xba")
    assert [note.code for note in read(page).notes] == ["encoding-damaged"]


def test_a_page_saved_as_one_file() -> None:
    page = f"<html><body><p>单文件</p><table>{STATUTORY}</table></body></html>"
    message = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        b'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        + "".join(f"={byte:02X}" for byte in page.encode("gb2312")).encode()
        + b"\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n"
    )
    document = read(message)
    assert texts(document) == ["单文件"]
    assert [type(block) for block in document.blocks] == [Paragraph, Grid]


def test_a_page_without_tables_goes_through_the_reader_of_text() -> None:
    rows = ["信息内容|本年制发件数|本年废止件数|现行有效件数", "规章|0|0|0", "行政规范性文件|3|1|12"]
    page = "<p>二、主动公开政府信息情况</p><p>第二十条第（一）项</p>" + "".join(f"<p>{row}</p>" for row in rows)
    document = read(page.encode())
    assert any(isinstance(block, Grid) for block in document.blocks)
    assert document.kind == "html"


@pytest.mark.parametrize(("page", "code"), [
    ("<html><body><script>x</script></body></html>", "no-content"),
    ("<html><body><img src='a.png'></body></html>", "image-only"),
])
def test_pages_without_anything_to_read_are_refused(page: str, code: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(page.encode())
    assert refused.value.code == code


SPANS = st.tuples(st.integers(0, 4), st.integers(0, 4))


@given(st.lists(st.lists(SPANS, min_size=1, max_size=4), min_size=1, max_size=5))
def test_cells_never_overlap_whatever_the_spans(rows: list[list[tuple[int, int]]]) -> None:
    markup = "".join(
        "<tr>" + "".join(f"<td rowspan={down} colspan={across}>总计</td>" for down, across in row) + "</tr>"
        for row in rows
    )
    [grid] = [b for b in read(f"<table>{STATUTORY}{markup}</table>".encode()).blocks if isinstance(b, Grid)]
    seen: set[tuple[int, int]] = set()
    for cell in grid.cells:
        slots = {
            (r, c) for r in range(cell.row, cell.row + cell.rowspan) for c in range(cell.col, cell.col + cell.colspan)
        }
        assert not slots & seen
        assert all(r < grid.nrows and c < grid.ncols for r, c in slots)
        seen |= slots
