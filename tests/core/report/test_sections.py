"""The six sections, however their headings are written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongkai.core.report.document import Document, Grid, GridCell, Paragraph
from gongkai.core.report.forms import form
from gongkai.core.report.model import Place
from gongkai.core.report.sections import Line, Sections, lines, split

REMARK = "注：含乡镇所制发的规范性文件，数字截至当年年底。"
TITLES = form("2021").sections
CHINESE = "一二三四五六"


def cut(texts: list[str]) -> Sections:
    return split([Line(text, n) for n, text in enumerate(texts)], {})


def report(heading: Callable[[int, str], str], **inner: list[str]) -> list[str]:
    """Six headings, each with one line of prose; `s1=[…]` gives section 一 other lines."""
    texts = []
    for n, title in enumerate(TITLES, 1):
        texts += [heading(n, title), *inner.get(f"s{n}", [f"第{n}节的正文。"])]
    return texts


def plain(n: int, title: str) -> str:
    return f"{CHINESE[n - 1]}、{title}"


@pytest.mark.parametrize("written", [
    "{c}、{t}", "{c}.{t}", "{c}，{t}", "{c} {t}", "{c}{t}", "{n}、{t}", "{n}. {t}", "{n}、 {t}", "第{c}部分 {t}", "{t}",
    "{c}、{t}：", "{c}、{t}。", "　　{c}、{t}",
])
def test_every_way_of_numbering_keeps_the_heading_as_written(written: str) -> None:
    def heading(n: int, title: str) -> str:
        return written.format(c=CHINESE[n - 1], n=n, t=title)

    found = cut(report(heading)).found
    assert list(found) == [1, 2, 3, 4, 5, 6]
    assert [section.heading for section in found.values()] == [heading(n, t) for n, t in enumerate(TITLES, 1)]
    assert [section.text for section in found.values()] == [f"第{n}节的正文。" for n in range(1, 7)]


def test_prose_that_runs_on_in_the_line_of_the_heading() -> None:
    found = cut([f"{plain(n, title)}。一是做好工作。" for n, title in enumerate(TITLES, 1)]).found
    assert [section.heading for section in found.values()] == [plain(n, title) for n, title in enumerate(TITLES, 1)]
    assert {section.text for section in found.values()} == {"一是做好工作。"}


@pytest.mark.parametrize(("number", "heading"), [
    (1, "一、工作基本情况"), (1, "一、概述"), (1, "一、2023年工作开展情况"), (2, "二、政府信息主动公开情况"),
    (3, "三、依申请公开政府信息办理情况"), (4, "四、因政府信息公开被申请行政复议、提起行政诉讼情况"),
    (5, "五、存在的不足和下一步打算"), (6, "六、其它需要说明的事项"), (3, "三、收"),
])
def test_renamed_headings(number: int, heading: str) -> None:
    found = cut(report(lambda n, title: heading if n == number else plain(n, title))).found
    assert list(found) == [1, 2, 3, 4, 5, 6]
    assert found[number].heading == heading


@pytest.mark.parametrize("inner", [
    ["（一）主动公开政府信息情况", "公开一百条。", "（二）其他需要报告的事项"],
    ["1.主动公开情况", "公开一百条。", "2.依申请公开情况", "没有收到申请。"],
    ["2.主动公开情况", "公开一百条。", "3.依申请公开情况", "没有收到申请。"],
    ["一、加强组织领导", "二、加强信息管理", "三、强化监督保障"],
    ["主动公开政府信息情况良好。", "其他需要报告的事项见第六部分。"],
])
def test_sub_headings_are_prose(inner: list[str]) -> None:
    found = cut(report(plain, s1=inner)).found
    assert list(found) == [1, 2, 3, 4, 5, 6]
    assert found[1].text == "\n".join(inner)
    assert found[2].heading == "二、主动公开政府信息情况"


def test_row_labels_of_table_three_are_no_headings() -> None:
    rows = [row.path[0] for row in form("2021").t3_rows] + ["一、本年新收", "二、上年结转政府信息"]
    found = cut(report(plain, s3=rows)).found
    assert list(found) == [1, 2, 3, 4, 5, 6]
    assert found[3].text == "\n".join(rows)


@pytest.mark.parametrize("entry", ["{h}", "{h}……{n}", "{h}...............{n}"])
def test_a_table_of_contents_is_not_the_report(entry: str) -> None:
    contents = [entry.format(h=plain(n, title), n=n) for n, title in enumerate(TITLES, 1)]
    sections = cut(["目录", *contents, *report(plain)])
    assert [section.text for section in sections.found.values()] == [f"第{n}节的正文。" for n in range(1, 7)]
    assert sections.preamble.startswith("目录")


def test_sections_in_another_order_are_told_by_their_words() -> None:
    texts = [plain(1, TITLES[0]), "甲", plain(2, TITLES[1]), "乙", f"三、{TITLES[3]}", "丙", f"四、{TITLES[2]}", "丁"]
    found = cut(texts).found
    assert list(found) == [1, 2, 4, 3]
    assert (found[4].heading, found[4].text) == (f"三、{TITLES[3]}", "丙")


def test_a_section_left_out() -> None:
    texts = [text for n, text in enumerate(report(plain)) if n not in (8, 9)]
    assert list(cut(texts).found) == [1, 2, 3, 4, 6]


def test_tables_follow_the_prose_without_any_heading() -> None:
    text = [Line("现公布某街道办事处的报告。", 0), Line("全年公开信息77条。", 1), Line("存在的问题是公开不够。", 4)]
    sections = split(text, {2: 2, 3: 3})
    assert sections.preamble == ""
    assert {section.heading for section in sections.found.values()} == {None}
    assert {number: section.text for number, section in sections.found.items()} == {
        1: "现公布某街道办事处的报告。\n全年公开信息77条。", 2: "", 3: "存在的问题是公开不够。",
    }


def test_text_before_the_first_heading_is_the_preamble() -> None:
    assert cut(["本报告由办公室编制。", *report(plain)]).preamble == "本报告由办公室编制。"


def test_nothing_at_all() -> None:
    assert cut([]) == Sections("", {})
    assert cut(["只有一句话。"]) == Sections("只有一句话。", {})


def test_lines_of_a_layout_table_and_of_a_sheet() -> None:
    """Prose in cells is prose: a page laid out by a table, a spreadsheet with text rows between its numbers."""
    layout = Grid([GridCell("一、总体情况\n工作有序。\n- 2 -\n", 0, 0, where=Place(table=1))], 1, 1)
    sheet = Grid([
        GridCell("二、主动公开政府信息情况", 0, 0, 1, 3), GridCell("信息内容", 1, 0), GridCell("本年制发件数", 1, 1),
        GridCell("规章", 2, 0), GridCell("3", 2, 1), GridCell(REMARK, 3, 0),
    ], 4, 3)
    found = lines(Document("xlsx", [Paragraph("  标题 "), layout, sheet]), frozenset({2}))
    assert [line.text for line in found] == [
        "标题", "一、总体情况", "工作有序。", "二、主动公开政府信息情况", REMARK,
    ]
    assert [line.block for line in found] == [0, 1, 1, 2, 2]


def test_a_caption_that_repeats_the_heading_is_not_prose() -> None:
    assert cut(report(plain, s2=["主动公开政府信息情况", "见下表。"])).found[2].text == "见下表。"
