"""Files to run commands on, and commands to run in this process or in one of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

import gongkai
from gongkai.cli.main import main
from gongkai.core.report.samples import sample
from gongkai.core.report.samples.plant import slip
from gongkai.core.report.writers import write

AGENCY = "青澜县自然资源局"
SOURCE = Path(gongkai.__file__).parents[1]


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `gongkai …` in this process."""
    def call(*args: str | Path) -> Ran:
        with pytest.raises(SystemExit) as left:
            main([str(arg) for arg in args])
        said = capsys.readouterr()
        assert isinstance(left.value.code, int)
        assert "Traceback" not in said.err
        return Ran(left.value.code, said.out, said.err)
    return call


def process(*args: str, stdin: bytes | None = None, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run `python …` as a process of its own, with the project on its path."""
    return subprocess.run(
        [sys.executable, *args], input=stdin, capture_output=True, check=False, timeout=60,
        env=os.environ | {"PYTHONPATH": str(SOURCE)} | environment,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Reports of two years, one with a slip, and files that are none."""
    before = sample(1, agency=AGENCY, year=2022, size="large")
    clean = sample(1, agency=AGENCY, year=2023, size="large", previous=before)
    wrong, _ = slip(clean, Random(3))
    for name, report in (("before", before), ("clean", clean), ("wrong", wrong)):
        (tmp_path / f"{name}.docx").write_bytes(write(report, "docx"))
    (tmp_path / "clean.json").write_bytes(write(clean, "json"))
    (tmp_path / "empty.docx").write_bytes(b"")
    (tmp_path / "letter.txt").write_text("尊敬的用户：您好。", "utf-8")
    return tmp_path
