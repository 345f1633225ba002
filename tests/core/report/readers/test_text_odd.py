"""Plain text as it really comes: encodings, line ends, slips in labels, notes between tables, numbers in disorder."""

from __future__ import annotations

import codecs
import time
from random import Random

import pytest
from tests.core.report.readers import text_sheets
from tests.core.report.readers.text_columns import columns
from tests.core.report.readers.text_sheets import LAYOUTS, Layout, write
from tests.core.report.statutory_grids import numbered, relabelled, report_document

from gongkai.core.errors import ReadError
from gongkai.core.report.document import Document, Grid, Paragraph
from gongkai.core.report.locate import locate
from gongkai.core.report.model import Status
from gongkai.core.report.readers.text import read

TRUTH = numbered("2021")
TEXT = write(report_document("2021", TRUTH), text_sheets.bar_rows)
by_layout = pytest.mark.parametrize("layout", [*LAYOUTS, columns], ids=lambda layout: layout.__name__)


def cells_of(document: Document) -> dict[str, str]:
    return {key: str(cell.value) for key, cell in locate(document).cells.items() if cell.status is Status.VALUE}


def prose_of(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(("mark", "encoding"), [
    (b"", "utf-8"), (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"", "utf-16-le"), (b"", "utf-16-be"), (b"", "gb18030"),
])
def test_the_encoding_is_found(mark: bytes, encoding: str) -> None:
    document = read(mark + TEXT.encode(encoding))
    assert cells_of(document) == TRUTH
    assert prose_of(document)[0] == "某县财政局2023年政府信息公开工作年度报告"


def test_a_character_cut_in_two_at_the_end_is_dropped() -> None:
    assert cells_of(read((TEXT + "完").encode()[:-1])) == TRUTH


def test_bytes_that_are_no_text_are_refused_by_name() -> None:
    with pytest.raises(ReadError) as refused:
        read(b"\xff\x81\xff\xff" * 50)
    assert refused.value.code == "unknown-encoding"


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\u2028"])
@by_layout
def test_line_ends_do_not_matter(layout: Layout, ends: str) -> None:
    text = write(report_document("2021", TRUTH), layout)
    assert cells_of(read(text.replace("\n", ends).encode())) == TRUTH


@by_layout
def test_full_width_and_odd_spaces_do_not_matter(layout: Layout) -> None:
    values = {key: value.translate(str.maketrans("0123456789", "０１２３４５６７８９")) for key, value in TRUTH.items()}
    text = write(report_document("2021", values), layout)
    text = text.replace("（", "(").replace("）", ")").replace("：", ":")
    if layout is not columns:
        text = text.replace(" ", "\xa0")
    assert cells_of(read(text.encode())) == TRUTH


SLIPS = {
    "本年制发件数": "本年(2023)制发件数", "行政规范性文件": "规范性文件",
    "2.其他法律行政法规禁止公开": "2.其他法律行政止公开",
    "5.属于三类内部事务信息": "5.属于三类内部事物信息", "6.属于四类过程性信息": "6.属于四类过程信息",
    "1.信访举报投诉类申请": "1.信访投诉举报类申请", "四、结转下年度继续办理": "四、结转下年度",
    "3.补正后申请内容仍不明确": "3．补正后申请内容仍不明确",
}


@by_layout
def test_slips_in_labels_do_not_matter(layout: Layout) -> None:
    document = report_document("2021", TRUTH)
    document.blocks = [
        relabelled(block, lambda text: SLIPS.get(text, text)) if isinstance(block, Grid) else block
        for block in document.blocks
    ]
    assert cells_of(read(write(document, layout).encode())) == TRUTH


@by_layout
def test_running_text_around_tables_stays_running_text(layout: Layout) -> None:
    sentence = "2023年，本机关主动公开信息217条，其中网站125条，公众号92条。"
    whole = report_document("2021", TRUTH)
    for at in [i for i, block in enumerate(whole.blocks) if isinstance(block, Grid)][::-1]:
        whole.blocks.insert(at + 1, Paragraph(sentence))
    document = read(write(whole, layout).encode())
    assert prose_of(document).count(sentence) == sum(isinstance(block, Grid) for block in whole.blocks)
    assert cells_of(document) == TRUTH


def test_a_number_that_is_no_number_stays_in_its_cell_unread() -> None:
    odd = {"t3.new.natural": "1O", "t3.new.business": "约5", "t3.new.total": "-", "t2.fees.amount": "3.5万元"}
    values = TRUTH | odd
    cells = locate(read(write(report_document("2021", values), text_sheets.bar_rows).encode())).cells
    assert cells["t3.new.natural"].status is Status.UNREADABLE
    assert cells["t3.new.business"].status is Status.UNREADABLE
    assert cells["t3.new.total"].status is Status.BLANK
    assert str(cells["t3.new.research"].value) == TRUTH["t3.new.research"]
    assert (str(cells["t2.fees.amount"].value), cells["t2.fees.amount"].unit) == ("3.5", "万元")


def test_a_row_left_empty_is_blank() -> None:
    values = {key: "" if key.startswith("t3.closed.") else value for key, value in TRUTH.items()}
    for layout in (text_sheets.cells, text_sheets.tab_cells, text_sheets.bar_rows, text_sheets.markdown):
        cells = locate(read(write(report_document("2021", values), layout).encode())).cells
        assert {cell.status for key, cell in cells.items() if key.startswith("t3.closed.")} == {Status.BLANK}
        assert sum(cell.status is Status.VALUE for cell in cells.values()) == len(TRUTH) - 7


@pytest.mark.parametrize("surplus", [14, 16])
def test_too_many_or_too_few_numbers_in_table_four_are_not_placed(surplus: int) -> None:
    text = write(report_document("2021", TRUTH), text_sheets.tab_rows_short)
    last = TRUTH["t4.after.total"]
    text = text.replace(f"\t{last}\n", "\n" if surplus == 14 else f"\t{last}\t7\n")
    cells = locate(read(text.encode())).cells
    assert {cell.status for key, cell in cells.items() if key.startswith("t4.")} <= {Status.UNREADABLE, Status.MISSING}


def test_numbers_column_by_column_are_said_to_be_detached_and_none_is_placed() -> None:
    rng = Random(5)
    text = write(report_document("2021", TRUTH), text_sheets.cells)
    lines = text.split("\n")
    start = next(i for i, line in enumerate(lines) if "一、本年新收" in line)
    labels = [line for line in lines[start:start + 230] if not line.strip().isdigit()]
    numbers = [line for line in lines[start:start + 230] if line.strip().isdigit()]
    at = rng.randrange(3, len(labels) - 3)
    shuffled = [*lines[:start], *labels[:at], *numbers, *labels[at:], *lines[start + 230:]]
    document = read("\n".join(shuffled).encode())
    assert [note.code for note in document.notes] == ["labels-detached"]
    assert cells_of(document) == {}


@pytest.mark.parametrize("noise", [
    "0\n" * 30_000, "甲乙\n" * 30_000, "|" * 2_000_000,
    ("  1.属于国家秘密   （二）  \n" * 20 + "0 0 0 0 0 0 0\n") * 200,
    ("-" * 19_000 + "x\n") * 100, "第二十条第（一）项\n" * 20_000, "x" * 60_000_000,
], ids=["numbers", "labels", "bars", "printed", "dashes", "titles", "letters"])
def test_noise_is_refused_or_read_in_seconds(noise: str) -> None:
    head = "申请人情况\n自然人\n法人或其他组织\n总计\n一、本年新收政府信息公开申请数量\n"
    started = time.process_time()
    try:
        outcome = read((head + noise).encode()).kind
    except ReadError as refused:
        outcome = refused.code
    assert outcome in {"text", "text-too-long", "table-too-long", "table-too-wide", "too-many-cells"}
    assert time.process_time() - started < 10


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("layout", [text_sheets.commas, text_sheets.semicolons], ids=lambda layout: layout.__name__)
def test_a_report_saved_as_one_sheet_is_read(layout: Layout, encoding: str) -> None:
    mark = ";" if layout is text_sheets.semicolons else ","
    lines = write(report_document("2021", TRUTH), layout).splitlines()
    sheet = "\r\n".join(line if mark in line else line + mark * 9 for line in lines)
    document = read(sheet.encode(encoding))
    assert cells_of(document) == TRUTH
    assert prose_of(document) == prose_of(report_document("2021", TRUTH))


def test_a_cell_over_several_lines_keeps_the_line_numbers_below_it() -> None:
    text = write(report_document("2021", TRUTH), text_sheets.commas)
    text = text.replace("3.补正后申请内容仍不明确", '"3.补正后\n申请内容\n仍不明确"')
    cells = locate(read(text.encode())).cells
    number = next(i for i, line in enumerate(text.splitlines(), 1) if "4.无正当理由" in line)
    assert {key: str(cell.value) for key, cell in cells.items()} == TRUTH
    where = cells["t3.unhandled_excessive.natural"].where
    assert where is not None
    assert where.line == number


def test_commas_in_running_text_make_no_table() -> None:
    text = "规章,行政许可,行政处罚,三项工作\n" + "2021年,收到申请5件,办结3件。\n" * 3
    document = read(text.encode())
    assert prose_of(document) == text.splitlines()
