"""Nothing on a page comes from another host and nothing is written inline, so that the policy can forbid both."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "gongkai"
PAGES = sorted((SOURCE / "templates").rglob("*.html"))
STATIC = sorted(p for p in (SOURCE / "static").rglob("*") if p.suffix in {".css", ".js", ".svg"})
OUTSIDE = re.compile(r"""(?:src|href|action|url|@import|fetch|open)\s*[=(]?\s*["'(]?(?:https?:)?//[\w.-]+""")
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=|javascript:|hx-on", re.IGNORECASE)


@pytest.mark.parametrize("path", PAGES + STATIC, ids=lambda p: str(p.relative_to(SOURCE)))
def test_nothing_is_fetched_from_elsewhere(path: Path) -> None:
    assert OUTSIDE.findall(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_script_and_no_style_stands_in_a_page(path: Path) -> None:
    assert INLINE.findall(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", [p for p in STATIC if p.suffix == ".js"], ids=lambda p: p.name)
def test_a_script_may_run_twice(path: Path) -> None:
    """htmx runs the scripts of what it puts into a page again. A name at the top of a script would stop it then, and
    would be one with that of another script; in a module, which runs once and keeps its names, it is at home."""
    pages = "".join(page.read_text("utf-8") for page in PAGES)
    used = re.findall(rf"<script src=\"\{{% static 'js/{path.name}' %\}}\"[^>]*>", pages)
    if "vendor" not in path.parts and not all('type="module"' in one for one in used):
        assert re.findall(r"^(?:const|let|class) +\w+", path.read_text("utf-8"), re.MULTILINE) == []


@pytest.mark.parametrize("bad", [
    '<script src="https://cdn.example/htmx.js">', '<link href="//fonts.example/a.css">', "url(https://a.example/f.woff2)",
])
def test_a_foreign_address_would_be_found(bad: str) -> None:
    assert OUTSIDE.search(bad)


@pytest.mark.parametrize("bad", [
    "<script>go()</script>", '<p style="color:red">', '<a onclick="go()">', "<style>p{}</style>",
])
def test_an_inline_script_or_style_would_be_found(bad: str) -> None:
    assert INLINE.search(bad)


def test_colours_are_named_in_one_place() -> None:
    hard = re.compile(r"#[0-9a-f]{3,8}\b|\brgb\(", re.IGNORECASE)
    named = {"tokens.css", "print.css"}
    found = {p.name: hard.findall(p.read_text("utf-8")) for p in STATIC if p.suffix == ".css" and p.name not in named}
    assert {name: hits for name, hits in found.items() if hits} == {}
