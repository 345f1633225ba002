"""Files that can be opened but need a person: what is said, what is kept, how the command exits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run

from gongkai.core.report.samples import sample
from gongkai.core.report.writers import write

BARE = "政府信息公开工作年度报告\n一、总体情况\n无。\n"
# Numbers in column-major order before their labels, as a collector leaves them that ignores the layout.
DETACHED = """某某县教育局2023年政府信息公开工作年度报告
二、主动公开政府信息情况
第二十条第（五）项
信息内容
本年处理决定数量
550
行政许可
第二十条第（六）项
信息内容
本年处理决定数量
19
4
行政处罚
行政强制
"""


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    (tmp_path / "bare.txt").write_text(BARE, "utf-8")
    return tmp_path / "bare.txt"


@pytest.fixture
def detached(tmp_path: Path) -> Path:
    (tmp_path / "detached.txt").write_text(DETACHED, "utf-8")
    return tmp_path / "detached.txt"


@pytest.mark.parametrize("command", [["read"], ["read", "--json"], ["check"], ["check", "--format", "json"]])
def test_numbers_without_their_labels_are_exit_2_in_one_line(run: Run, detached: Path, command: list[str]) -> None:
    ran = run(command[0], detached, *command[1:])
    assert ran.code == 2
    assert ran.err.count("\n") == 1 or "--json" not in command
    if command[-1] == "json" or "--json" in command:
        [found] = [json.loads(line) for line in ran.out.splitlines()]
        assert found["error"]["code"] == "labels-detached"
        assert (found["agency"], found["year"]) == ("某某县教育局", 2023)
        assert not any(cell["status"] == "value" for cell in found.get("cells", {}).values())


def test_neither_organ_nor_year(run: Run, bare: Path) -> None:
    ran = run("read", bare, "--json")
    assert ran.code == 2
    found = json.loads(ran.out)
    assert found["error"]["code"] in {"no-tables", "no-identity"}
    assert (found["agency"], found["year"]) == (None, None)
    assert found["sections"]["1"]["text"] == "无。"


def test_a_report_without_its_organ_is_read_and_handed_to_a_person(run: Run, tmp_path: Path) -> None:
    made = sample(5, agency="青澜县教育局", year=2024)
    made.agency = made.title = made.signature = None
    made.preamble = "本报告所列数据的统计期限自2024年1月1日起至2024年12月31日止。"
    made.sections = {n: type(s)(s.number, s.heading, "略。") for n, s in made.sections.items()}
    (tmp_path / "nobody.docx").write_bytes(write(made, "docx"))
    ran = run("read", tmp_path / "nobody.docx", "--json")
    found = json.loads(ran.out)
    assert ran.code == 2
    assert (found["agency"], found["year"]) == (None, 2024)
    assert "error" not in found
    assert found["cells"]["t3.new.total"]["status"] == "value"
    assert "no-agency" in ran.err


def test_a_doubtful_file_does_not_stop_the_others(run: Run, detached: Path, folder: Path) -> None:
    ran = run("check", detached, folder / "wrong.docx")
    assert ran.code == 2
    assert "需要人工处理 labels-detached" in ran.err
    assert "wrong.docx" in ran.out
