"""The rules of the house, kept as tests: what a reviewer would otherwise have to say again and again."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
MAX_LINES = 500
DRAWERS = {"utils", "helpers", "manager", "managers", "data", "misc", "common"}
# Put together from pieces so that this file does not trip over itself.
PACKAGE_HOSTS = re.compile("pytho" r"nhosted|pyp" r"i\.org|regist" r"ry\.npm|deb" r"\.debian")
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b|raise NotImplemented" r"Error")


def tracked_files() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listing.decode().split("\0") if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_source_file_outgrows_a_reader() -> None:
    long = {str(p.relative_to(ROOT)): n for p in SOURCES if (n := len(text_of(p).splitlines())) > MAX_LINES}
    assert long == {}


def test_no_module_is_a_drawer() -> None:
    assert [str(p.relative_to(ROOT)) for p in SOURCES if p.stem in DRAWERS] == []


def test_nothing_is_left_unfinished_in_the_source() -> None:
    assert [str(p.relative_to(ROOT)) for p in SOURCES if UNFINISHED.search(text_of(p))] == []


def test_no_package_host_stands_in_the_repository() -> None:
    hits = [str(p.relative_to(ROOT)) for p in tracked_files() if PACKAGE_HOSTS.search(text_of(p))]
    assert hits == []


def test_no_path_of_a_particular_machine_stands_in_the_repository() -> None:
    pattern = re.compile("/" + "work/|/" + r"home/\w+/|/" + "root/")
    hits = [str(p.relative_to(ROOT)) for p in tracked_files() if pattern.search(text_of(p))]
    assert hits == []


def test_every_dependency_has_a_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    names = tomllib.loads(text)["project"]["dependencies"]
    without = [n for n in names if not re.search(re.escape(f'"{n}"') + r",\s+# \S+", text)]
    assert without == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_version_is_pinned_with_a_hash_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert entries
    assert [e.splitlines()[0] for e in entries if "==" not in e or "--hash=sha256:" not in e] == []
    assert "://" not in text


def test_core_is_a_library_without_django() -> None:
    pattern = re.compile(r"^\s*(?:from|import) (?:django|allauth)\b", re.MULTILINE)
    core = [p for p in SOURCES if (ROOT / "src/gongkai/core") in p.parents or p.name == "rules.py"]
    assert [str(p.relative_to(ROOT)) for p in core if pattern.search(text_of(p))] == []


def test_nothing_decides_by_the_clock_in_core_and_rules() -> None:
    pattern = re.compile(r"\b(?:date\.today|datetime\.now|datetime\.utcnow|timezone\.now|time\.time)\(")
    core = [p for p in SOURCES if (ROOT / "src/gongkai/core") in p.parents or p.name == "rules.py"]
    assert [str(p.relative_to(ROOT)) for p in core if pattern.search(text_of(p))] == []


def test_links_inside_the_documents_lead_somewhere() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "src").rglob("README.md")]:
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text_of(page)):
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)} → {target}")
    assert broken == []


def test_requirements_name_tests_that_exist() -> None:
    """docs/requirements.md: a row that claims to work names a test file; every other row says planned."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text_of(ROOT / "docs/requirements.md").splitlines() if re.match(r"\| R\d", line)
    ]
    assert len(rows) >= 90
    wrong = []
    for number, _need, _where, test, state in rows:
        paths = re.findall(r"`(tests/[^`:]+)", test)
        if state == "planned":
            continue
        if state not in {"works", "in part"} or not paths or not all((ROOT / p).exists() for p in paths):
            wrong.append(number)
    assert wrong == []
