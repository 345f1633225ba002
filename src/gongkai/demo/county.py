"""What the demonstration consists of: files as thirty offices would have handed them in. No Django."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from gongkai.core.report.samples import AGENCIES, SampleAgency, county
from gongkai.core.report.writers import write

SEED = 20
YEARS = (2023, 2024, 2025)
GOVERNMENT = AGENCIES[0]
CLERKS_AGENCY = "青澜县自然资源局"
# In the last year two agencies have handed in nothing, and three files still wait for somebody to confirm them.
MISSING = frozenset({"青澜县审计局", "青澜县竹垭乡人民政府"})
WAITING = frozenset({"青澜县水利局", "青澜县枫坪镇人民政府", "青澜县文化和旅游局"})
_FORMATS = ("docx", "html", "xlsx", "docx")


@dataclass(frozen=True, slots=True)
class DemoFile:
    """One file of a year's batch. `agency` is whose report it is, `left_waiting` whether nobody confirms it."""

    agency: SampleAgency
    year: int
    name: str
    data: bytes
    left_waiting: bool = False


def files(*, but_compiled: bool = False) -> dict[int, list[DemoFile]]:
    """The files handed in for each year, in the formats that offices use, mistakes included. `but_compiled`: without
    the bureau's last one, which is compiled from its register."""
    handed: dict[int, list[DemoFile]] = {year: [] for year in YEARS}
    for made in county(SEED, years=YEARS):
        last = made.year == YEARS[-1]
        if last and (made.agency.name in MISSING or (but_compiled and made.agency.name == CLERKS_AGENCY)):
            continue
        to = _FORMATS[hashlib.sha256(f"{made.agency.name}{made.year}".encode()).digest()[0] % len(_FORMATS)]
        handed[made.year].append(DemoFile(
            made.agency, made.year, f"{made.agency.name}{made.year}年政府信息公开工作年度报告.{to}",
            write(made.report, to), last and made.agency.name in WAITING,
        ))
    return handed


def spoiled() -> dict[str, bytes]:
    """Two files that cannot be read, so that the demonstration shows what happens to them."""
    return {
        "扫描件.png": b"\x89PNG\r\n\x1a\n" + bytes(64),
        "传输中断.docx": b"PK\x03\x04" + bytes(200),
    }
