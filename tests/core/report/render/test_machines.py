"""Findings for machines and for browsers: JSON lines, SARIF, HTML."""

from __future__ import annotations

import json
from random import Random

import pytest
from lxml import html as markup

from gongkai.core.errors import ReadError
from gongkai.core.report.checks import check
from gongkai.core.report.model import Finding, Severity
from gongkai.core.report.render import jsonlines
from gongkai.core.report.render.checked import Checked
from gongkai.core.report.render.html import html
from gongkai.core.report.render.sarif import sarif
from gongkai.core.report.render.severities import by_gravity, gravest
from gongkai.core.report.samples import plant, sample
from gongkai.core.report.samples.plant import slip

ERROR = ReadError("not-a-report", "文件里没有法定表格 <b>。")


@pytest.fixture
def checked() -> list[Checked]:
    """A report with a wrong number and a blank, and a file that could not be read."""
    flawed, _ = slip(sample(4, size="large"), Random(2))
    flawed, _ = plant(flawed, "C18", Random(2))
    return [Checked("年报 2023.docx", flawed, tuple(check(flawed))), Checked("/tmp/坏.docx", error=ERROR)]


def test_json_lines_have_one_object_a_line(checked: list[Checked]) -> None:
    one = checked[0]
    assert one.report is not None
    whole = jsonlines.report_line(one.file, one.report, one.findings)
    short = jsonlines.findings_line(one.file, one.report, one.findings)
    failed = jsonlines.error_line(checked[1].file, ERROR)
    assert "\n" not in whole + short + failed
    assert json.loads(whole)["file"] == one.file
    assert json.loads(whole)["findings"] == json.loads(short)["findings"]
    assert json.loads(failed) == {"file": "/tmp/坏.docx", "error": {"code": "not-a-report", "message": ERROR.message}}


def test_sarif_has_the_shape_of_2_1_0(checked: list[Checked]) -> None:
    log = json.loads(sarif(checked, "0.1.0"))
    assert log["version"] == "2.1.0"
    run, = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(checked[0].findings)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note", "none"}
        assert (result["kind"] == "fail") == (result["level"] != "none")
        assert result["message"]["text"]
        physical = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert run["artifacts"][physical["index"]]["location"]["uri"] == physical["uri"]
    assert {"fail", "open"} == {result["kind"] for result in run["results"]}
    assert run["artifacts"][0]["location"]["uri"] == "%E5%B9%B4%E6%8A%A5%202023.docx"
    assert run["artifacts"][1]["location"]["uri"].startswith("file:///tmp/")
    invocation, = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["descriptor"]["id"] == "not-a-report"
    wrong = next(result for result in run["results"] if result["properties"]["fix"])
    assert wrong["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] in wrong["properties"]["fix"]["values"]


def test_sarif_of_a_clean_run_is_successful() -> None:
    run, = json.loads(sarif([Checked("a.docx", sample(1))], "0.1.0"))["runs"]
    assert run["results"] == []
    assert run["invocations"][0]["executionSuccessful"] is True


def test_the_page_marks_each_cell_and_every_link_arrives(checked: list[Checked]) -> None:
    page = markup.fromstring(html(checked))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for target in page.xpath("//a/@href"):
        assert target.removeprefix("#") in ids
    wrong = next(f for f in checked[0].findings if f.severity is Severity.ERROR)
    cell, = page.xpath(f"//td[@data-cell='{wrong.cells[0]}']")
    assert "marked error" in cell.get("class")
    assert "main" in cell.get("class")
    assert cell.xpath("sup/a/text()")
    assert page.xpath("count(//ol[@class='findings']/li)") == len(checked[0].findings)
    assert "文件里没有法定表格 <b>。" in page.text_content()
    assert not page.xpath("//script | //link | //img")


def test_a_page_of_several_reports_has_no_id_twice() -> None:
    one = sample(1)
    ids = markup.fromstring(html([Checked("a", one), Checked("b", one)])).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_gravity() -> None:
    info, error, warning = (
        Finding("x", "C1", severity, "") for severity in (Severity.INFO, Severity.ERROR, Severity.WARNING)
    )
    assert by_gravity([info, error, warning]) == [error, warning, info]
    assert gravest([info, warning]) is Severity.WARNING
