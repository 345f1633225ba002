"""A row of a grassroots standard catalogue (基层政务公开标准目录, 国办发〔2019〕54号), and what is wrong with one."""

from __future__ import annotations

from dataclasses import dataclass, field

MAX_ROWS = 20_000  # twenty-six domains of a county have about a thousand


@dataclass(frozen=True, slots=True)
class StandardRow:
    """An item as the standard states it. A row with a single name has it in `first`. `channels` are keys of
    `vocabulary.CHANNELS` or the office's own words; `audience` all or group, `method` proactive or on_request, `tier`
    county, township, both or empty. `number` is the row in the file, `sheet` its sheet or table."""

    first: str
    second: str = ""
    domain: str = ""
    contents: str = ""
    basis: str = ""
    limit: str = ""
    subject: str = ""
    channels: tuple[str, ...] = ()
    audience: str = "all"
    group: str = ""
    method: str = "proactive"
    tier: str = ""
    number: int = field(default=0, compare=False)
    sheet: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        """The name of the item itself."""
        return self.second or self.first


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row was not taken: the row in the file, the heading of the cell, a stable code, and a sentence."""

    row: int
    sheet: str
    field: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class StandardCatalogue:
    """What a file holds: rows in its order, problems in its order, and sentences for the person who imports."""

    rows: tuple[StandardRow, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()
