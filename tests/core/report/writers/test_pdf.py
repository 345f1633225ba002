"""A report as PDF: the same cells when it is read again, and no glyph lost in silence."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from gongkai.core.errors import WriteError
from gongkai.core.report.model import Report, Section
from gongkai.core.report.read import read_report
from gongkai.core.report.samples import sample
from gongkai.core.report.writers import as_pdf, write
from gongkai.core.report.writers.font_coverage import characters


@pytest.fixture(scope="module")
def chinese_font() -> None:
    try:
        as_pdf.write(Report(title="公开"))
    except WriteError as refusal:
        pytest.skip(f"no PDF here: {refusal.message}")


@pytest.mark.usefixtures("chinese_font")
@pytest.mark.parametrize(("seed", "form_id", "size"), [(1, "2021", "large"), (2, "2019", "large"), (3, "2021", "none")])
def test_what_was_written_reads_back_the_same(seed: int, form_id: str, size: str) -> None:
    report = sample(seed, form_id=form_id, size=size, year=2020 if form_id == "2019" else 2023)
    again = read_report(write(report, "pdf"))
    assert {key: (cell.value, cell.status) for key, cell in again.cells.items()} == {
        key: (cell.value, cell.status) for key, cell in report.cells.items()
    }
    assert (again.title, again.agency, again.year, again.form) == (report.title, report.agency, report.year, form_id)
    assert {n: section.text for n, section in again.sections.items()} == {
        n: section.text for n, section in report.sections.items()
    }
    assert (again.signature, again.signed_on) == (report.signature, report.signed_on)


@pytest.mark.usefixtures("chinese_font")
def test_equal_reports_give_equal_files() -> None:
    assert as_pdf.write(sample(5)) == as_pdf.write(sample(5))


@pytest.mark.usefixtures("chinese_font")
def test_words_are_never_markup() -> None:
    text = "#panic() *粗* $x$ [方括号] \\ \"引号\" @标记 <标签>"
    report = Report(title="标题", sections={1: Section(1, "一、总体情况", text)})
    assert text.replace(" ", "") in read_report(as_pdf.write(report)).sections[1].text.replace(" ", "")


@pytest.mark.usefixtures("chinese_font")
def test_a_character_that_no_font_has_is_refused_by_name() -> None:
    with pytest.raises(WriteError) as refusal:
        as_pdf.write(Report(title="公开\U000F1234年报"))
    assert refusal.value.code == "missing-glyphs"
    assert "\U000F1234" in refusal.value.message


def test_without_a_chinese_font_the_writer_refuses_and_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_pdf, "_families", lambda: frozenset({"DejaVu Sans"}))
    with pytest.raises(WriteError) as refusal:
        as_pdf.write(sample(1))
    assert refusal.value.code == "no-cjk-font"
    assert "fonts-noto-cjk" in refusal.value.message


def test_a_file_that_is_no_font_has_no_characters(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttf"
    path.write_bytes(b"\x00\x01\x00\x00\x00\xff" + b"x" * 40)
    assert characters(str(path), 0) == frozenset()


@pytest.mark.skipif(shutil.which("fc-list") is None, reason="no fontconfig to compare with")
def test_coverage_agrees_with_fontconfig() -> None:
    listed = subprocess.run(["fc-list", "--format", "%{file}|%{index}|%{charset}\n"], capture_output=True, text=True)
    faces = [line.split("|") for line in listed.stdout.splitlines() if line.split("|")[0].endswith((".ttf", ".ttc"))]
    if not faces:
        pytest.skip("no OpenType fonts on this machine")
    path, index, ranges = faces[0]
    bounds = [part.split("-") for part in ranges.split()]
    known = {chr(code) for part in bounds for code in range(int(part[0], 16), int(part[-1], 16) + 1)}
    assert known - characters(path, int(index)) <= {"\x00"}
