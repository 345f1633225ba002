"""Regions inside the country: their codes and names, and which lies in which."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.core.errors import Refused

# The first two digits of a region code (GB/T 2260), which say the province.
PROVINCES = {
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54,
    61, 62, 63, 64, 65, 71, 81, 82,
}


def region_code(region: str) -> str:
    """The code of a region from its code or one of its names; six digits, "" for the country. Raises Refused."""
    region = region.strip()
    if not region:
        return ""
    for code, own in kept().items():
        if region.lower() in (code, own["name"], *own["aliases"]):
            return code
    if region.isascii() and region.isdecimal() and len(region) in (2, 4, 6) and int(region[:2]) in PROVINCES:
        return region.ljust(6, "0")
    raise Refused(
        "unknown-region", "不认识的地区“%(region)s”，请写行政区划代码，例如 650000（新疆）、440100（广州）",
        region=region[:20],
    )


def upward(code: str) -> list[str]:
    """A region and what it inherits from, innermost first: its file says so, else the code (650102, 650100, 650000)."""
    chain: list[str] = []
    while code and code not in chain:
        chain.append(code)
        own = kept().get(code)
        if own is not None:
            code = own["inherits"]
        elif code.endswith("0000"):
            code = ""
        else:
            code = code[:2] + "0000" if code.endswith("00") else code[:4] + "00"
    return chain


def regions() -> dict[str, str]:
    """Code → name of the regions that have days of their own here."""
    return {code: own["name"] for code, own in kept().items()}


@cache
def kept() -> dict[str, dict[str, Any]]:
    """What the files in `regions/` say, by code."""
    folder = Path(__file__).parent / "regions"
    read = [tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))]
    return {one["code"]: one for one in read}
