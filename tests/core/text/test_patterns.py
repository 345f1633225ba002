"""A lazy pattern is the pattern, later."""

from __future__ import annotations

import re

import pytest

from gongkai.core.text.patterns import lazy


def test_it_does_what_the_pattern_does() -> None:
    pattern = lazy(r"(\d+)件", re.MULTILINE)
    for _ in range(2):
        assert pattern.findall("收到21件，办结20件") == ["21", "20"]
        assert pattern.sub("若干", "收到21件") == "收到若干"
    assert pattern.flags == re.compile(r"(\d+)件", re.MULTILINE).flags
    assert pattern.pattern == r"(\d+)件"


def test_nothing_is_compiled_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    monkeypatch.setattr(re, "compile", lambda pattern, flags: compiled.append(pattern) or _COMPILED)
    pattern = lazy("a+")
    assert compiled == []
    assert pattern.search("caat")
    assert pattern.search("b") is None
    assert compiled == ["a+"]


def test_a_faulty_pattern_fails_when_it_is_used() -> None:
    pattern = lazy("(")
    with pytest.raises(re.error):
        pattern.search("")


_COMPILED = re.compile("a+")
