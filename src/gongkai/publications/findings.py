"""Findings of the screening as pages tell them: with what to do about each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gongkai.publications.screening import remedy


def told(findings: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each finding with its remedy; the remedy stands only at the first of its kind."""
    said: set[str] = set()
    found = []
    for one in findings:
        new = one["kind"] not in said
        said.add(one["kind"])
        found.append({**one, "remedy": remedy(one["kind"]) if new else ""})
    return found
