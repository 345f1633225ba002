"""Word documents are read as Word shows them, not as their XML happens to be written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.report.readers.office_files import (
    CONTINUE,
    RESTART,
    STRICT_W,
    W,
    document_xml,
    docx,
    p,
    packed,
    span,
    tbl,
    tc,
    tr,
)

from gongkai.core.errors import ReadError
from gongkai.core.report.document import Document, Grid, Paragraph
from gongkai.core.report.readers.docx import read
from gongkai.core.report.readers.docx.counters import spell


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def shown(grid: Grid) -> list[list[str | None]]:
    """Every slot with the text of the cell that covers it."""
    return [[None if cell is None else cell.text for cell in row] for row in grid.matrix()]


def codes(document: Document) -> list[str]:
    return [note.code for note in document.notes]


def table(*rows: str) -> list[list[str | None]]:
    [grid] = grids(read(docx(tbl(*rows))))
    return shown(grid)


def test_merged_headers_keep_every_column_in_place() -> None:
    assert table(
        tr(tc("表头", span(2) + RESTART), tc("申请人情况", span(3))),
        tr(tc("", span(2) + CONTINUE), tc("自然人"), tc("法人"), tc("总计")),
        tr(tc("不予公开", RESTART), tc("国家秘密"), tc("1"), tc("2"), tc("3")),
        tr(tc("", CONTINUE), tc("其他法律"), tc("4"), tc("5"), tc("9")),
    ) == [
        ["表头", "表头", "申请人情况", "申请人情况", "申请人情况"],
        ["表头", "表头", "自然人", "法人", "总计"],
        ["不予公开", "国家秘密", "1", "2", "3"],
        ["不予公开", "其他法律", "4", "5", "9"],
    ]


def test_a_continued_merge_with_nothing_above_begins_one() -> None:
    assert table(tr(tc("甲", CONTINUE), tc("1")), tr(tc("乙", CONTINUE), tc("2"))) == [["甲", "1"], ["甲", "2"]]


def test_a_restarted_merge_ends_the_one_above() -> None:
    assert table(tr(tc("甲", RESTART), tc("1")), tr(tc("乙", RESTART), tc("2")), tr(tc("", CONTINUE), tc("3"))) == [
        ["甲", "1"], ["乙", "2"], ["乙", "3"],
    ]


def test_columns_left_out_before_a_row_shift_it_right() -> None:
    assert table(
        tr(tc("甲"), tc("乙"), tc("丙")),
        tr(tc("1"), tc("2"), properties='<w:gridBefore w:val="1"/>'),
        tr(tc("3"), tc("4"), properties='<w:gridAfter w:val="1"/>'),
    ) == [["甲", "乙", "丙"], [None, "1", "2"], ["3", "4", None]]


def test_the_old_horizontal_merge_widens_the_first_cell() -> None:
    assert table(
        tr(tc("宽", '<w:hMerge w:val="restart"/>'), tc("", '<w:hMerge/>'), tc("1")), tr(tc("甲"), tc("乙"), tc("2")),
    ) == [["宽", "宽", "1"], ["甲", "乙", "2"]]


def test_split_tables_stay_two_grids_in_order() -> None:
    document = read(docx(tbl(tr(tc("1"), tc("2"))) + p("续表") + tbl(tr(tc("3"), tc("4")))))
    assert [shown(grid) for grid in grids(document)] == [[["1", "2"]], [["3", "4"]]]
    assert [grid.where.table for grid in grids(document) if grid.where] == [1, 2]
    assert isinstance(document.blocks[1], Paragraph)


def test_a_table_that_only_lays_out_the_page_gives_its_inner_tables() -> None:
    inner = tbl(tr(tc("规章"), tc("1")), tr(tc("规范性文件"), tc("2")))
    document = read(docx(tbl(tr(tc("左栏"), tc(p("前言") + inner + p("后记"))))))
    assert texts(document) == ["左栏", "前言", "后记"]
    assert [shown(grid) for grid in grids(document)] == [[["规章", "1"], ["规范性文件", "2"]]]


def test_a_data_table_with_a_small_table_inside_stays_whole() -> None:
    inner = tbl(tr(tc("7")))
    document = read(docx(tbl(tr(tc("行政许可"), tc(inner + p())), tr(tc("行政处罚"), tc("2")))))
    assert [shown(grid) for grid in grids(document)] == [[["行政许可", "7"], ["行政处罚", "2"]]]


def test_changes_are_accepted() -> None:
    body = p(inside=(
        "<w:r><w:t>共</w:t></w:r><w:del><w:r><w:delText>5</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>7</w:t></w:r></w:ins><w:r><w:t>件</w:t></w:r>"
        "<w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新处</w:t></w:r></w:moveTo>"
    ))
    deleted_row = tr(tc("删去"), tc("9"), properties="<w:del/>")
    inserted_row = tr(tc("加上"), tc("8"), properties="<w:ins/>")
    document = read(docx(body + tbl(deleted_row, inserted_row)))
    assert texts(document) == ["共7件新处"]
    assert shown(grids(document)[0]) == [["加上", "8"]]
    assert codes(document) == ["tracked-changes"]


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    document = read(docx(p("一、总体", "<w:rPr><w:del/></w:rPr>") + p("情况") + p("正文")))
    assert texts(document) == ["一、总体情况", "正文"]


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def numbered(text: str, level: int, num_id: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>')


def test_automatic_numbers_are_put_back() -> None:
    body = (
        numbered("总体情况", 0) + numbered("主动公开", 1) + numbered("甲", 2) + numbered("乙", 2)
        + numbered("依申请公开", 1) + numbered("丙", 2) + numbered("主动公开情况", 0) + numbered("又一", 1)
        + numbered("重新开始", 0, 2)
    )
    assert texts(read(docx(body, numbering=NUMBERING))) == [
        "一、总体情况", "（一）主动公开", "1.甲", "2.乙", "（二）依申请公开", "1.丙", "二、主动公开情况",
        "（一）又一", "一、重新开始",
    ]


def test_automatic_numbers_stand_in_cells_too() -> None:
    [grid] = grids(read(docx(tbl(
        tr(tc(numbered("属于国家秘密", 2)), tc("0")), tr(tc(numbered("其他法律行政法规禁止公开", 2)), tc("1")),
    ), numbering=NUMBERING)))
    assert shown(grid) == [["1.属于国家秘密", "0"], ["2.其他法律行政法规禁止公开", "1"]]


def test_numbers_come_from_paragraph_styles_and_can_be_switched_off() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    body = (
        p("总体情况", '<w:pStyle w:val="a"/>') + p("主动公开情况", '<w:pStyle w:val="b"/>')
        + p("没有编号", '<w:pStyle w:val="b"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    assert texts(read(docx(body, numbering=NUMBERING, styles=styles))) == [
        "一、总体情况", "二、主动公开情况", "没有编号",
    ]


@pytest.mark.parametrize(("number", "kind", "text"), [
    (10, "chineseCounting", "十"), (11, "chineseCountingThousand", "十一"), (20, "japaneseCounting", "二十"),
    (101, "chineseCountingThousand", "一百零一"), (12, "chineseLegalSimplified", "壹拾贰"),
    (3, "ideographTraditional", "丙"), (4, "upperRoman", "IV"), (28, "lowerLetter", "bb"),
    (3, "decimalEnclosedCircleChinese", "③"), (5, "decimalEnclosedParen", "⑸"), (12, "decimalFullWidth", "１２"),
    (7, "decimalZero", "07"), (7, "somethingNew", "7"), (21, "decimalEnclosedCircle", "21"),
])
def test_spellings_of_numbers(number: int, kind: str, text: str) -> None:
    assert spell(number, kind) == text


@given(st.integers(1, 9999))
def test_chinese_numerals_of_different_numbers_differ(number: int) -> None:
    assert spell(number, "chineseCounting") != spell(number + 1, "chineseCounting")


def box(inner: str) -> str:
    """A text box as Word writes it: twice, the second time for programs of before 2010."""
    modern = f"<w:drawing><wps:wsp><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{modern}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_text_boxes_are_read_once_with_their_tables() -> None:
    document = read(docx(p("正文", inside=box(p("框中文字") + tbl(tr(tc("规章"), tc("3"))))) + p("后文")))
    assert texts(document) == ["正文", "框中文字", "后文"]
    assert [shown(grid) for grid in grids(document)] == [[["规章", "3"]]]


def test_characters_that_are_elements() -> None:
    runs = (
        '<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:t>丙</w:t>'
        '<w:sym w:font="Symbol" w:char="F035"/><w:sym w:font="Wingdings" w:char="F0FC"/><w:softHyphen/></w:r>'
        "<w:r><w:br/><w:t>下一行</w:t></w:r>"
    )
    assert texts(read(docx(p(inside=runs)))) == ["甲\t乙-丙5□", "下一行"]


def test_only_results_of_fields_are_text() -> None:
    runs = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> =SUM(LEFT) </w:instrText></w:r>'
        '<w:r><w:t>不是结果</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:fldSimple w:instr="PAGE"><w:r><w:t>3</w:t></w:r></w:fldSimple>'
        '<w:hyperlink r:id="x"><w:r><w:t>链接</w:t></w:r></w:hyperlink>'
    )
    assert texts(read(docx(p(inside=runs)))) == ["123链接"]


def test_a_field_that_never_ends_does_not_eat_the_document() -> None:
    broken = p(inside='<w:r><w:fldChar w:fldCharType="begin"/></w:r>')
    assert texts(read(docx(broken + p("正文")))) == ["正文"]


def test_content_controls_are_seen_through_and_placeholders_are_not_content() -> None:
    block = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('控件中')}</w:sdtContent></w:sdt>"
    empty = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('单击此处输入')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent>{tr(tc('规章'), tc('1'))}</w:sdtContent></w:sdt>"
    document = read(docx(block + empty + tbl(row)))
    assert texts(document) == ["控件中"]
    assert shown(grids(document)[0]) == [["规章", "1"]]


@pytest.mark.parametrize("properties", ["<w:vanish/>", '<w:rStyle w:val="h"/>'])
def test_hidden_text_is_left_out_and_said(properties: str) -> None:
    styles = '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
    hidden = f"<w:r><w:rPr>{properties}</w:rPr><w:t>9</w:t></w:r>"
    document = read(docx(p("1", inside=hidden), styles=styles))
    assert texts(document) == ["1"]
    assert codes(document) == ["hidden-text"]


def test_switched_off_hiding_is_not_hiding() -> None:
    shown_run = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>9</w:t></w:r>'
    assert texts(read(docx(p("1", inside=shown_run)))) == ["19"]


@pytest.mark.parametrize(("properties", "text"), [
    ("<w:strike/>", "1~2"), ("<w:dstrike/>", "1~2"), ('<w:strike w:val="0"/>', "12"), ("<w:b/>", "12"),
    ('<w:vertAlign w:val="superscript"/>', "1^2"), ('<w:vertAlign w:val="baseline"/>', "12"),
])
def test_struck_and_raised_digits_do_not_make_another_number(properties: str, text: str) -> None:
    assert texts(read(docx(p("1", inside=f"<w:r><w:rPr>{properties}</w:rPr><w:t>2</w:t></w:r>")))) == [text]


def test_an_embedded_document_is_named() -> None:
    assert codes(read(docx(p("正文") + '<w:altChunk r:id="x"/>'))) == ["embedded-document"]


def test_comments_headers_and_footnotes_are_not_the_report() -> None:
    others = {
        "word/comments.xml": f'<w:comments xmlns:w="{W}"><w:comment>{p("批注")}</w:comment></w:comments>',
        "word/header1.xml": f'<w:hdr xmlns:w="{W}">{p("页眉")}</w:hdr>',
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}">{p("脚注")}</w:footnotes>',
    }
    body = p("正文", inside='<w:r><w:footnoteReference w:id="1"/></w:r><w:commentRangeStart w:id="0"/>')
    assert texts(read(docx(body, **others))) == ["正文"]


def test_macros_are_not_run_and_said() -> None:
    document = read(docx(p("正文"), **{"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}))
    assert (texts(document), codes(document)) == (["正文"], ["macros-ignored"])


def test_strict_open_xml() -> None:
    strict = document_xml(p("正文") + tbl(tr(tc("规章", span(2)), tc("1")))).replace(W, STRICT_W)
    document = read(packed({"word/document.xml": strict}))
    assert texts(document) == ["正文"]
    assert shown(grids(document)[0]) == [["规章", "规章", "1"]]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_parts_in_utf_16(encoding: str) -> None:
    part = document_xml(p("正文")).replace("UTF-8", "UTF-16").encode(encoding)
    assert texts(read(packed({"word/document.xml": part}))) == ["正文"]


def test_a_main_part_with_another_name_is_found_by_its_relationship() -> None:
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="/word/document2.xml"/></Relationships>'
    )
    assert texts(read(packed({"_rels/.rels": relation, "word/document2.xml": document_xml(p("正文"))}))) == ["正文"]


@pytest.mark.parametrize(("body", "parts", "code"), [
    (p(), {}, "no-content"),
    (p(inside="<w:r><w:drawing/></w:r>"), {"word/media/image1.png": b"x"}, "image-only"),
])
def test_documents_without_anything_to_read_are_refused(body: str, parts: dict[str, bytes], code: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(docx(body, **parts))
    assert refused.value.code == code


@given(st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=6), min_size=1, max_size=6))
def test_spans_never_overlap_and_every_cell_stands_where_its_row_says(spans: list[list[int]]) -> None:
    rows = [tr(*(tc(f"{r}.{c}", span(width)) for c, width in enumerate(row))) for r, row in enumerate(spans)]
    [grid] = grids(read(docx(tbl(*rows))))
    for r, row in enumerate(spans):
        expected = [f"{r}.{c}" for c, width in enumerate(row) for _ in range(width)]
        assert shown(grid)[r] == expected + [None] * (grid.ncols - len(expected))
