"""The command line starts light, speaks Chinese and never shows a traceback."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.cli.conftest import Run, process

from gongkai import __version__
from gongkai.cli.commands import COMMANDS

LOADED = """
import sys
from gongkai.cli.main import main
try:
    main(%r)
finally:
    print(*sorted(sys.modules), file=sys.stderr)
"""
HEAVY = {"django", "rich", "pydantic", "xlsxwriter", "typst", "docx", "pandas"}


@pytest.mark.parametrize("command", ["--help", "read", "check", "compare"])
def test_no_command_of_the_library_loads_django_or_what_it_does_not_need(command: str, folder: Path) -> None:
    files = {"--help": [], "compare": ["before.docx", "clean.docx"]}.get(command, ["wrong.docx"])
    args = [command, *(str(folder / name) for name in files)]
    loaded = {name.split(".")[0] for name in process("-c", LOADED % args).stderr.decode().split()}
    assert "typer" in loaded
    assert not loaded & HEAVY


def test_json_from_a_text_needs_no_reader_of_other_formats_and_no_drawing(folder: Path, tmp_path: Path) -> None:
    text = tmp_path / "report.txt"
    text.write_bytes(process("-m", "gongkai", "read", str(folder / "clean.docx")).stdout)
    ran = process("-c", LOADED % ["read", str(text), "--json"])
    assert json.loads(ran.stdout)["kind"] == "text"
    loaded = set(ran.stderr.decode().split())
    others = HEAVY | {"lxml", "zipfile", "csv", "pypdfium2", "python_calamine"}
    assert not {name.split(".")[0] for name in loaded} & others
    assert "gongkai.core.report.render.terminal" not in loaded


def test_version_is_said_without_loading_anything(run: Run) -> None:
    ran = process("-c", LOADED % ["--version"])
    assert ran.stdout.decode() == f"gongkai {__version__}\n"
    assert "typer" not in ran.stderr.decode().split()
    assert run("--version").out == f"gongkai {__version__}\n"


def test_help_is_chinese_and_names_every_command(run: Run) -> None:
    ran = run("--help")
    assert ran.code == 0
    for name, entry in COMMANDS.items():
        assert f"  {name}" in ran.out
        assert entry.help in ran.out
    for english in ("Usage", "Options", "Commands", "Show this message"):
        assert english not in ran.out
    assert run().out == ran.out


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_where_the_table_says(run: Run, command: str) -> None:
    assert find_spec(COMMANDS[command].place.split(":")[0]) is not None
    ran = run(command, "--help")
    assert ran.code == 0
    assert ran.out.startswith(f"用法：gongkai {command}")


@pytest.mark.parametrize(("args", "said"), [
    (["nosuch"], "没有这个命令"), (["check"], "缺少"), (["check", "--nosuch"], "没有选项 --nosuch"),
    (["check", "a", "--format", "foo"], "只能是 text、json、sarif、html"), (["convert", "a"], "缺少 --to"),
    (["compare", "a", "b", "c"], "多余的参数"),
])
def test_what_was_mistyped_is_said_in_one_chinese_line(run: Run, args: list[str], said: str) -> None:
    ran = run(*args)
    assert ran.code == 2
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_a_disk_that_refuses_is_one_line(run: Run, folder: Path) -> None:
    ran = run("convert", folder / "clean.docx", "--to", "csv", "-o", folder / "no" / "where.csv")
    assert ran.code == 2
    assert ran.err == f"gongkai: 无法读写文件 {folder / 'no' / 'where.csv'}：没有这个文件或文件夹\n"


def test_a_fault_of_ours_is_one_line_unless_one_wants_to_see_it(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(file: str) -> None:
        raise ZeroDivisionError("a planted\nfault")

    monkeypatch.setattr("gongkai.cli.inputs.load", fail)
    ran = run("read", folder / "clean.docx")
    assert ran.code == 3
    assert ran.err.count("\n") == 1
    assert "ZeroDivisionError: a planted fault" in ran.err
    monkeypatch.setenv("GONGKAI_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run("read", folder / "clean.docx")


def test_python_m_gongkai_reads_a_pipe(folder: Path) -> None:
    ran = process("-m", "gongkai", "read", "-", "--json", stdin=(folder / "clean.docx").read_bytes(), LC_ALL="C")
    assert ran.returncode == 0
    assert json.loads(ran.stdout)["year"] == 2023
