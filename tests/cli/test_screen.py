"""`gongkai screen`: the shape of its answers, its exit codes, what it writes and what it does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run, process
from tests.cli.test_start import LOADED

ID = "11010519491231002X"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text("关于印发工作要点的通知\n咨询电话：0571-87654321\n", "utf-8")
    (tmp_path / "bad.txt").write_text(f"钱大勇，身份证{ID}\n截止目前\n", "utf-8")
    (tmp_path / "mark.txt").write_text("机密★10年\n通知\n", "utf-8")
    (tmp_path / "broken.bin").write_bytes(bytes(range(256)) * 8)
    return tmp_path


def test_one_object_a_file(run: Run, files: Path) -> None:
    ran = run("screen", files / "good.txt", files / "bad.txt", files / "broken.bin", files / "none", files, "--json")
    assert ran.code == 2
    good, bad, broken, none, folder = [json.loads(line) for line in ran.out.splitlines()]
    assert good == {"file": str(files / "good.txt"), "verdict": "pass", "findings": []}
    assert bad["verdict"] == "block"
    assert bad["findings"] == [
        {"kind": "id_number", "where": "第1行", "excerpt": "11*************02X", "verdict": "block"},
    ]
    assert (broken["verdict"], broken["findings"], broken["error"]["code"]) == ("unreadable", [], "unknown-format")
    assert (none["error"]["code"], folder["error"]["code"]) == ("not-found", "directory")
    assert ID not in ran.out


@pytest.mark.parametrize(("name", "code"), [("good.txt", 0), ("bad.txt", 1), ("mark.txt", 1), ("broken.bin", 2)])
def test_exit_codes(run: Run, files: Path, name: str, code: int) -> None:
    assert run("screen", files / name, "--json").code == code


def test_cleaning_one_file_and_several(run: Run, files: Path) -> None:
    one = run("screen", files / "bad.txt", "--json", "--clean", files / "out.txt")
    assert one.code == 1
    told = json.loads(one.out)["cleaned"]
    assert (files / "out.txt").read_text("utf-8").startswith("钱大勇，身份证11*************02X")
    assert told["file"] == str(files / "out.txt")
    assert told["removed"] == ["遮盖了身份证件号码 1 处。"]
    names = [files / name for name in ("bad.txt", "good.txt", "mark.txt")]
    several = run("screen", *names, "--json", "--clean", files / "new")
    assert several.code == 1
    assert sorted(path.name for path in (files / "new").iterdir()) == ["bad.txt", "good.txt"]
    assert json.loads(several.out.splitlines()[2])["not_cleaned"]["code"] == "cannot-clean"


def test_nothing_is_written_over(run: Run, files: Path) -> None:
    before = (files / "bad.txt").read_bytes()
    ran = run("screen", files / "bad.txt", "--clean", files / "bad.txt")
    assert ran.code == 2
    assert "不能写到原文件" in ran.err
    assert (files / "bad.txt").read_bytes() == before
    (files / "new").mkdir()
    (files / "new" / "bad.txt").write_text("原有", "utf-8")
    assert run("screen", files / "bad.txt", "--clean", files / "new").code == 2
    assert (files / "new" / "bad.txt").read_text("utf-8") == "原有"


def test_one_copy_that_is_there_already_stops_none_of_the_others(run: Run, files: Path) -> None:
    (files / "new").mkdir()
    (files / "new" / "bad.txt").write_text("原有", "utf-8")
    ran = run("screen", files / "bad.txt", files / "good.txt", "--json", "--clean", files / "new")
    assert ran.code == 1
    first, second = [json.loads(line) for line in ran.out.splitlines()]
    assert first["not_cleaned"]["code"] == "exists"
    assert first["findings"]
    assert second["cleaned"]["file"] == str(files / "new" / "good.txt")
    assert (files / "new" / "bad.txt").read_text("utf-8") == "原有"


def test_a_slash_behind_the_name_means_a_folder(run: Run, files: Path) -> None:
    ran = run("screen", files / "bad.txt", "--json", "--clean", f"{files / 'fresh'}/")
    assert json.loads(ran.out)["cleaned"]["file"] == str(files / "fresh" / "bad.txt")


def test_for_people(run: Run, files: Path) -> None:
    ran = run("screen", files / "bad.txt", files / "good.txt", "--words", "common")
    assert ran.code == 1
    assert "bad.txt: 不能公开" in ran.out
    assert "阻断  身份证件号码  第1行  11*************02X" in ran.out
    assert "“截止目前”应为“截至目前”" in ran.out
    assert "共筛查 2 个文件：通过 1，不能公开 1。" in ran.out
    assert "\x1b[" not in ran.out


def test_the_applicant_and_the_list_of_words(run: Run, files: Path) -> None:
    (files / "people.txt").write_text("name，钱大勇\n", "utf-8")
    ran = run("screen", files / "bad.txt", "--json", "--tokens", files / "people.txt")
    assert {finding["kind"] for finding in json.loads(ran.out)["findings"]} == {"id_number", "person"}
    (files / "people.txt").write_text("name,钱大勇\n姓名 13812345678\n", "utf-8")
    wrong = run("screen", files / "bad.txt", "--tokens", files / "people.txt")
    assert wrong.code == 2
    assert "第 2 行" in wrong.err
    assert "13812345678" not in wrong.err


def test_a_text_needs_neither_django_nor_the_readers_of_other_formats(files: Path) -> None:
    ran = process("-c", LOADED % ["screen", str(files / "bad.txt"), "--json"])
    assert json.loads(ran.stdout)["verdict"] == "block"
    loaded = {name.split(".")[0] for name in ran.stderr.decode().split()}
    assert not loaded & {"django", "rich", "pydantic", "lxml", "pypdfium2", "pikepdf", "openpyxl", "PIL", "nh3"}
