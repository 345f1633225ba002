"""Every setting that an office can give stands in docs/operate with its meaning, and nothing stands there that is read
nowhere."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from pathlib import Path

from gongkai.core.law.answers import RowSettings
from gongkai.core.law.remedies import RemedySettings

ROOT = Path(__file__).parents[2]
SETTINGS = sorted((ROOT / "src/gongkai/settings").glob("*.py"))
PAGE = (ROOT / "docs/operate/README.md").read_text("utf-8")
READERS = {"text", "boolean", "integer", "names", "readings"}
ELSEWHERE = {"GONGKAI_PRODUCTION"}  # chooses the settings themselves, in infra.start
FORMS = {"GONGKAI_SECRET_KEY_FILE", "GONGKAI_VAULT_KEY_FILE"}  # NAME_FILE, which every reader knows


def read_names() -> set[str]:
    """The variables that the settings ask for, from the source."""
    found = set()
    for path in SETTINGS:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                name = node.args[0].value
                if called in READERS and isinstance(name, str) and name.startswith("GONGKAI_"):
                    found.add(name)
    return found


def tabled() -> set[str]:
    """The variables in the first column of a table, as a person looks them up."""
    rows = [line.split("|")[1] for line in PAGE.splitlines() if line.startswith("|")]
    return {name for cell in rows for name in re.findall(r"`(GONGKAI_[A-Z_]+)`", cell)}


def test_the_source_is_understood() -> None:
    assert len(read_names()) >= 35
    assert {"GONGKAI_DATABASE_URL", "GONGKAI_VAULT_KEY", "GONGKAI_CLOCK", "GONGKAI_HTTPS"} <= read_names()


def test_every_setting_is_documented() -> None:
    assert read_names() - tabled() == set()


def test_nothing_is_documented_that_is_not_read() -> None:
    mentioned = set(re.findall(r"GONGKAI_[A-Z_]*[A-Z]", PAGE))
    assert mentioned - read_names() - ELSEWHERE - FORMS == set()
    assert all(name.removesuffix("_FILE") in read_names() for name in FORMS)


def test_every_reading_of_remedies_and_rows_is_named() -> None:
    for known in (RemedySettings, RowSettings):
        for field in fields(known):
            assert f"`{field.name}`" in PAGE, field.name
