"""The synonyms that come with the program, as data."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def pairs() -> frozenset[tuple[str, str]]:
    """(said, official) of synonyms.toml."""
    data = tomllib.loads(Path(__file__).with_name("synonyms.toml").read_text("utf-8"))
    return frozenset((said, official) for said, officials in data["synonyms"].items() for official in officials)
