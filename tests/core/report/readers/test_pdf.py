"""PDF → the same cells, however the tables are drawn and wherever a page break cuts them."""

from __future__ import annotations

import pytest
from tests.core.report.readers.pdf_sheets import Press, Sheet, Style, to_pdf
from tests.core.report.statutory_grids import numbered, report_document

from gongkai.core.errors import ReadError
from gongkai.core.report.document import Document, Paragraph
from gongkai.core.report.forms import FORM_IDS
from gongkai.core.report.locate import locate
from gongkai.core.report.model import Status
from gongkai.core.report.readers.pdf import read


def cells_of(document: Document) -> dict[str, str]:
    return {key: str(cell.value) for key, cell in locate(document).cells.items() if cell.status is Status.VALUE}


def printed(form_id: str, style: Style, bottom: float = 770.0) -> Document:
    return read(Press(style, bottom).pdf(report_document(form_id, numbered(form_id)).blocks))


@pytest.mark.parametrize("form_id", FORM_IDS)
@pytest.mark.parametrize("rules", ["stroke", "bar", "dashed", "double", "frames", "pieces", "separate", "shaded"])
def test_every_way_of_drawing_a_table_gives_every_cell(form_id: str, rules: str) -> None:
    assert cells_of(printed(form_id, Style(rules))) == numbered(form_id)


@pytest.mark.parametrize("bottom", range(300, 770, 23))
@pytest.mark.parametrize("style", [
    Style(), Style(closed=False), Style(repeat=3), Style(where="last"), Style("bar", upright_group=True),
    Style(outer=False),
], ids=["closed", "open", "repeated head", "label on the last part", "upright label", "no outer border"])
def test_a_page_break_anywhere_loses_no_cell(style: Style, bottom: float) -> None:
    assert cells_of(printed("2021", style, bottom)) == numbered("2021")


@pytest.mark.chinese_font
def test_a_table_cut_by_a_page_break_is_one_grid_with_its_merged_labels_whole() -> None:
    grids = [b for b in printed("2021", Style(), 500.0).blocks if not isinstance(b, Paragraph)]
    table3 = next(grid for grid in grids if grid.ncols == 10)
    assert table3.nrows == 28
    outer = [(c.text, c.rowspan) for c in table3.cells if c.col == 0 and c.rowspan > 3]
    assert outer == [("三、本年度办理结果", 22)]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_reads_the_same(turn: int) -> None:
    blocks = report_document("2021", numbered("2021")).blocks
    assert cells_of(read(Press().pdf(blocks, rotate=turn))) == numbered("2021")


def test_running_text_is_joined_over_lines_and_pages_without_page_numbers() -> None:
    first, second = "全年主动公开政府信息一百二十三条，" * 40 + "完毕。", "（一）主动公开情况。内容如下。"
    document = read(Press(bottom=200.0).pdf([Paragraph(first), Paragraph(second)]))
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [first, second]


def test_the_metadata_title_is_kept_as_a_hint() -> None:
    sheet = Sheet()
    sheet.text(100, 100, "一、总体情况")
    assert read(to_pdf([sheet], title="某局年度报告")).title == "某局年度报告"


def test_a_pdf_without_text_is_refused() -> None:
    with pytest.raises(ReadError) as refusal:
        read(to_pdf([Sheet()]))
    assert refusal.value.code == "image-only"


@pytest.mark.parametrize("keep", [0.05, 0.3])
def test_a_cut_file_is_refused(keep: float) -> None:
    data = Press().pdf(report_document("2021", numbered("2021")).blocks)
    with pytest.raises(ReadError) as refusal:
        read(data[: int(len(data) * keep)])
    assert refusal.value.code == "damaged"


@pytest.mark.parametrize("form_id", FORM_IDS)
@pytest.mark.parametrize("bottom", [300.0, 500.0, 770.0])
def test_a_table_without_lines_gives_no_wrong_cell(form_id: str, bottom: float) -> None:
    found = cells_of(printed(form_id, Style("none"), bottom))
    assert found.items() <= numbered(form_id).items()
    assert len([key for key in found if key.startswith("t2.")]) >= len(numbered(form_id)) // 20


def test_shaded_lines_of_running_text_are_no_table() -> None:
    sheet = Sheet()
    for n in range(12):
        sheet.bar(100, 100 + 16 * n, 300 + 9 * n, 114 + 16 * n)
        sheet.text(100, 102 + 16 * n, "行政许可等信息内容均已公开。")
    assert all(isinstance(block, Paragraph) for block in read(to_pdf([sheet])).blocks)
