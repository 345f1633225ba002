"""What a printed report wears beside its words and numbers: the mark of a draft, remarks below tables, pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

DRAFT = "草稿，未签发"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as SVG; `told` says in words what it shows, for those who do not see it."""

    svg: str
    told: str


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A list that follows the tables in a workbook: the records behind the numbers."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str | int]]


@dataclass(frozen=True, slots=True)
class Dress:
    """`draft`: every page says that nobody has signed it. `remarks` {"t2": sentence} stand below their tables.
    `pictures` {"t3": …} stand beside them in HTML; `sheets` follow them in .xlsx."""

    draft: bool = False
    remarks: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, Sequence[Picture]] = field(default_factory=dict)
    sheets: Sequence[ListSheet] = ()


PLAIN = Dress()
