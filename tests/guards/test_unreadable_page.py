"""Every code of a refusal or a note that the reader can give stands on the page for it, and no other."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "checks" / "unreadable.md"


def codes_in_source() -> set[str]:
    """The literal first arguments of ReadError(…) and Note(…) in the library, the command line and the
    import of files into the platform."""
    found = set()
    for folder in ("core", "cli", "annual_reports"):
        for path in (ROOT / "src" / "gongkai" / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                    continue
                first = node.args[0]
                if node.func.id in {"ReadError", "Note"} and isinstance(first, ast.Constant):
                    found.add(first.value)
    return found


def test_the_page_and_the_source_name_the_same_codes() -> None:
    documented = set(re.findall(r"^\| `([a-z-]+)` \|", PAGE.read_text("utf-8"), re.M))
    assert codes_in_source() == documented
