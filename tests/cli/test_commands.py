"""read, check, convert and compare: what they print and how they exit."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import AGENCY, Run

from gongkai.core.report.read import read_file


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def test_read_prints_one_object_a_file_and_goes_on_after_a_bad_one(run: Run, folder: Path) -> None:
    ran = run("read", folder / "empty.docx", folder / "clean.docx", folder / "nowhere.docx", folder, "--json")
    assert ran.code == 2
    empty, clean, nowhere, directory = lines(ran.out)
    assert empty["error"]["code"] == "empty-file"
    assert nowhere["error"]["code"] == "not-found"
    assert directory["error"]["code"] == "directory"
    assert clean["file"] == str(folder / "clean.docx")
    assert (clean["form"], clean["agency"], clean["year"]) == ("2021", AGENCY, 2023)
    assert len(clean["cells"]) == 200
    assert clean["cells"]["t3.new.total"].keys() == {"value", "status", "raw"}
    assert clean["sections"]["5"]["heading"] == "五、存在的主要问题及改进情况"
    assert clean["findings"] == []


def test_read_gives_the_findings_too(run: Run, folder: Path) -> None:
    ran = run("read", folder / "wrong.docx", "--json")
    assert ran.code == 0
    finding, = lines(ran.out)[0]["findings"]
    assert finding["severity"] == "error"
    assert finding["cells"][0] in finding["fix"]["values"]


def test_read_for_people(run: Run, folder: Path) -> None:
    ran = run("read", folder / "clean.docx")
    assert ran.code == 0
    assert f"机关　{AGENCY}" in ran.out
    assert "三、收到和处理政府信息公开申请情况" in ran.out
    assert "\x1b[" not in ran.out


def test_amounts_keep_the_digits_that_were_written(run: Run, folder: Path) -> None:
    text = (folder / "clean.json").read_text("utf-8")
    start = text.index('"t2.fees.amount"')
    cell = '"t2.fees.amount": {"value": 3.50, "status": "value", "raw": "3.50", "unit": "万元"}'
    (folder / "clean.json").write_text(text[:start] + cell + text[text.index("}", start) + 1:], "utf-8")
    assert '"t2.fees.amount": {"value": 3.50,' in run("read", folder / "clean.json", "--json").out


@pytest.mark.parametrize(("files", "code"), [
    (["clean.docx"], 0), (["clean.docx", "wrong.docx"], 1), (["wrong.docx", "letter.txt"], 2), (["nowhere"], 2),
])
@pytest.mark.parametrize("form", ["text", "json", "sarif", "html"])
def test_check_exits_by_the_gravest_thing(run: Run, folder: Path, files: list[str], code: int, form: str) -> None:
    ran = run("check", *(folder / name for name in files), "--format", form)
    assert ran.code == code
    assert ran.out
    if form == "json":
        assert [line["file"] for line in lines(ran.out)] == [str(folder / name) for name in files]
    if form == "sarif":
        assert json.loads(ran.out)["version"] == "2.1.0"


def test_check_draws_the_row_and_sums_up(run: Run, folder: Path) -> None:
    ran = run("check", folder / "wrong.docx", folder / "letter.txt")
    assert "错误 GK0201[C2]" in ran.out
    assert "应为" in ran.out
    assert "   = 建议：" in ran.out
    assert ran.out.endswith("共检查 2 份报告：错误 1；1 份无法读取。\n")
    assert ran.err.count("\n") == 1
    assert "无法读取 not-a-report" in ran.err


def test_check_against_last_year(run: Run, folder: Path) -> None:
    right = run("check", folder / "clean.docx", "--previous", folder / "before.docx")
    assert right.code == 0
    swapped = run("check", folder / "before.docx", "--previous", folder / "before.docx", "--format", "json")
    assert run("check", folder / "clean.docx", "--previous", folder / "letter.txt").code == 2
    assert lines(swapped.out)[0]["year"] == 2022


def test_check_writes_to_a_file(run: Run, folder: Path) -> None:
    ran = run("check", folder / "wrong.docx", "--format", "html", "-o", folder / "out.html")
    assert (ran.code, ran.out) == (1, "")
    assert "GK0201" in (folder / "out.html").read_text("utf-8")


@pytest.mark.parametrize("to", ["docx", "xlsx", "html", "json"])
def test_convert_keeps_every_cell(run: Run, folder: Path, to: str) -> None:
    target = folder / f"out.{to}"
    assert run("convert", folder / "clean.docx", "--to", to, "-o", target).code == 0
    cells = {cell_id: (c.value, c.status) for cell_id, c in read_file(target).cells.items()}
    assert cells == {i: (c.value, c.status) for i, c in read_file(folder / "clean.docx").cells.items()}


def test_convert_never_overwrites_unasked(run: Run, folder: Path) -> None:
    source = (folder / "clean.docx").read_bytes()
    ran = run("convert", folder / "clean.docx", "--to", "docx")
    assert ran.code == 2
    assert "没有覆盖" in ran.err
    assert (folder / "clean.docx").read_bytes() == source
    assert run("convert", folder / "clean.docx", "--to", "csv").code == 0
    assert (folder / "clean.csv").exists()


def test_convert_refuses_what_it_cannot_read(run: Run, folder: Path) -> None:
    ran = run("convert", folder / "letter.txt", "--to", "json", "-o", folder / "out.json")
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert not (folder / "out.json").exists()


def test_compare(run: Run, folder: Path) -> None:
    ran = run("compare", folder / "before.docx", folder / "clean.docx")
    assert ran.code == 0
    assert "年度　甲：2022　乙：2023" in ran.out
    shape, = lines(run("compare", folder / "before.docx", folder / "clean.docx", "--json").out)
    assert shape["a"]["year"] == 2022
    assert run("compare", folder / "clean.docx", folder / "clean.json").out.count("不同") == 1
    bad = run("compare", folder / "before.docx", folder / "letter.txt", "--json")
    assert bad.code == 2
    assert lines(bad.out)[0]["error"]["code"] == "not-a-report"


def test_standard_input(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = (folder / "wrong.docx").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    ran = run("check", "-", "--format", "json")
    assert ran.code == 1
    assert lines(ran.out)[0]["file"] == "-"


def test_a_file_gets_no_colours_even_when_a_terminal_watches(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("gongkai.cli.window.room", lambda: 80)
    monkeypatch.setattr("gongkai.cli.window.colour", lambda: True)
    assert "\x1b[1;31m" in run("check", folder / "wrong.docx").out
    run("check", folder / "wrong.docx", "-o", folder / "out.txt")
    assert "\x1b" not in (folder / "out.txt").read_text("utf-8")
