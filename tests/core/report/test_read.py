"""The facade: bytes in, a Report or one clear refusal out."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from tests.core.report.statutory_grids import document, numbered, report_document, table2, table3, table4
from tests.published import FOLDER

from gongkai.core.errors import ReadError
from gongkai.core.report import read
from gongkai.core.report.document import Block, Document, Grid, GridCell, Paragraph
from gongkai.core.report.forms import FORM_IDS, form
from gongkai.core.report.model import Note, Report, Status
from gongkai.core.report.read import assemble, read_file, read_report
from gongkai.core.report.readers import read_document

HEADINGS = [Paragraph(f"{c}、{t}") for c, t in zip("一二三四五六", form("2021").sections, strict=True)]


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_a_whole_report(form_id: str) -> None:
    report = assemble(report_document(form_id, numbered(form_id)))
    assert (report.form, report.agency, report.year) == (form_id, "某县财政局", 2023)
    assert {cell_id: str(cell.value) for cell_id, cell in report.cells.items()} == numbered(form_id)
    assert {number: section.text for number, section in report.sections.items()} == {
        n: f"本部分说明第{n}方面的工作。" for n in range(1, 7)
    }
    assert report.notes == []


def test_title_and_signature_belong_to_no_section() -> None:
    title, preamble = Paragraph("青山县财政局\n2023年政府信息公开工作年度报告"), Paragraph("本报告由本局编制。")
    blocks: list[Block] = [title, preamble, *HEADINGS]
    blocks += [Paragraph("无。"), Paragraph("青山县财政局"), Paragraph("2024年1月15日")]
    report = assemble(document(*blocks, *table2("2021", numbered("2021"))))
    assert report.preamble == "本报告由本局编制。"
    assert report.sections[6].text == "无。"
    assert (report.title, report.signature) == ("青山县财政局2023年政府信息公开工作年度报告", "青山县财政局")
    assert str(report.signed_on) == "2024-01-15"


def test_tables_of_different_forms_make_the_report_mixed() -> None:
    tables = [*table2("2021", numbered("2021")), table3("2019", numbered("2019"))]
    report = assemble(document(*HEADINGS, *tables))
    assert (report.form, report.forms) == ("mixed", {"t2": "2021", "t3": "2019"})
    assert "t3.other.total" in report.cells


def test_notes_of_the_reader_are_passed_on() -> None:
    taken_apart = report_document("2021", numbered("2021"))
    taken_apart.notes.append(Note("tracked-changes", "文件中有修订。"))
    assert [note.code for note in assemble(taken_apart).notes] == ["tracked-changes"]


@pytest.mark.parametrize("year", [2020, 2023])
def test_a_report_without_tables_lists_the_cells_of_its_year_as_missing(year: int) -> None:
    report = assemble(document(Paragraph(f"青山县财政局{year}年政府信息公开工作年度报告"), *HEADINGS))
    assert (report.form, report.forms) == (None, {})
    assert list(report.cells) == list(form("2019" if year == 2020 else "2021").cells)
    assert {cell.status for cell in report.cells.values()} == {Status.MISSING}
    assert [note.code for note in report.notes] == ["no-tables"]


def test_a_report_without_tables_and_year_has_no_cells() -> None:
    report = assemble(document(*HEADINGS))
    assert (report.year, report.cells) == (None, {})
    assert {note.code for note in report.notes} == {"no-tables", "no-year", "no-agency"}


def test_bare_tables_are_a_report() -> None:
    values = numbered("2021")
    report = assemble(document(*table2("2021", values), table3("2021", values), table4(values), kind="xlsx"))
    assert report.value("t3.closed.total") == int(values["t3.closed.total"])
    assert {section.heading for section in report.sections.values()} == {None}


@pytest.mark.parametrize("blocks", [
    [Paragraph("关于召开会议的通知"), Paragraph("各科室：定于周三召开会议。")],
    [Paragraph("一、总体情况"), Paragraph("本年度法治政府建设有序推进。")],
    [Paragraph("执法统计"), Grid([GridCell("行政处罚", 0, 0), GridCell("12", 0, 1)], 1, 2)],
    [Grid([GridCell("姓名", 0, 0), GridCell("其他", 0, 1), GridCell("总计", 0, 2), GridCell("7", 1, 2)], 2, 3)],
])
def test_what_is_no_annual_report_is_refused(blocks: list[Block]) -> None:
    with pytest.raises(ReadError) as refused:
        assemble(document(*blocks))
    assert refused.value.code == "not-a-report"


def test_nothing_in_it() -> None:
    with pytest.raises(ReadError) as refused:
        assemble(Document("docx"))
    assert refused.value.code == "no-text"


def test_metadata_titles_count_for_web_pages_only() -> None:
    for kind, agency in (("html", "青山县财政局"), ("docx", None)):
        taken_apart = document(*HEADINGS, kind=kind)
        taken_apart.title = "青山县财政局2022年政府信息公开工作年度报告_青山县人民政府"
        assert assemble(taken_apart).agency == agency


def test_a_fault_of_ours_is_one_sentence_and_not_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(data: bytes, kind: str) -> Document:
        raise ZeroDivisionError

    monkeypatch.setattr(read, "parse", broken)
    with pytest.raises(ReadError) as refused:
        read_report("一、总体情况".encode(), name="a.txt")
    assert refused.value.code == "reader-failed"


def test_plain_text_and_the_name_it_came_under(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text("青山县财政局2023年政府信息公开工作年度报告\n一、总体情况\n2023年，工作有序。\n", "utf-8")
    report = read_file(path)
    assert (report.source, report.kind, report.agency, report.year) == ("报告.txt", "text", "青山县财政局", 2023)
    path.rename(tmp_path / "报告.docx")
    assert read_file(tmp_path / "报告.docx").notes[0].code == "extension-differs"


def test_json_has_no_layout_to_take_apart() -> None:
    with pytest.raises(ReadError) as refused:
        read_document(b'{"cells": {}}', "a.json")
    assert refused.value.code == "json-without-layout"
    assert read_report(b'{"cells": {}}', name="a.json").kind == "json"


def published() -> list[tuple[Report, dict[str, str]]]:
    if not (FOLDER / "INDEX.tsv").exists():
        pytest.skip("the folder of published reports is not beside the project")
    with (FOLDER / "INDEX.tsv").open(encoding="utf-8") as index:
        return [(read_file(FOLDER / row["file"]), row) for row in csv.DictReader(index, delimiter="\t")]


@pytest.mark.reports
def test_published_reports_are_told_apart() -> None:
    """Year and form of every one; the agency wherever the file names it, as fully as the file does."""
    reports = published()
    for report, row in reports:
        assert report.year == int(row["year"]), row["file"]
        assert report.forms["t2"] == row["format_version"][:4], row["file"]
        if "not named" not in row["quirks"]:
            assert report.agency is not None, row["file"]
            known = re.sub(r"\s*\(.*", "", row["agency"])
            assert report.agency.removesuffix("街").removesuffix("道") in known, row["file"]
        else:
            assert report.agency is None


@pytest.mark.reports
def test_published_reports_have_their_sections() -> None:
    for report, row in published():
        if row["completeness"].startswith("complete"):
            assert list(report.sections) == [1, 2, 3, 4, 5, 6], row["file"]
            assert all(report.sections[n].text for n in (1, 5, 6)), row["file"]
        else:
            assert list(report.sections)[:2] == [1, 2], row["file"]
