"""Findings of the screening as pages tell them: with what to do about each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gongkai.publications.screening import remedy


def told(findings: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each finding with its remedy; each remedy stands only once."""
    said: set[str] = set()
    found = []
    for one in findings:
        what = remedy(one["kind"])
        found.append({**one, "remedy": "" if what in said else what})
        said.add(what)
    return found
