"""The calendars that come with the program: the notices of the State Council and what is known of regions."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.core.workdays.arrangement import YearArrangement, arrangement
from gongkai.core.workdays.calendar import Calendar, Layer
from gongkai.core.workdays.places import kept, region_code, upward

_HERE = Path(__file__).parent


@cache
def shipped(region: str = "") -> Calendar:
    """The calendar of the country, or of a region inside it: a code (650000, 6501), or a name that `regions` knows.

    A region without data of its own has that of the region around it. Raises Refused `unknown-region`.
    """
    layers = [Layer("", "全国", _country(), yearly=True)]
    for code in reversed(upward(region_code(region))):
        if code in kept():
            layers.append(_layer(kept()[code]))
    return Calendar(tuple(layers))


@cache
def _country() -> dict[int, YearArrangement]:
    found = (arrangement(_read(path)) for path in sorted(_HERE.glob("*.toml")))
    return {one.year: one for one in found}


def _layer(region: dict[str, Any]) -> Layer:
    years = [arrangement(year, region["code"]) for year in region["years"]]
    return Layer(region["code"], region["name"], {one.year: one for one in years}, region["yearly"])


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))
