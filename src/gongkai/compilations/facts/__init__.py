"""The numbers that prose speaks of, each with its unit, its source and what it opens to.

Three kinds: those of the statutory tables, those counted from the records of the house (publications, applications,
what the public sent), and those that only a person knows (`BY_HAND`). Prose holds their names in braces.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gongkai.agencies.models import Agency
from gongkai.compilations.facts.by_hand import ACCOUNTS, ALL_ACCOUNTS, BY_HAND, entered
from gongkai.compilations.facts.of_tables import GROUPS, of_tables
from gongkai.compilations.facts.records import SPECS, of_records, records_of
from gongkai.compilations.facts.value import CELLS, RECORDS, FactValue
from gongkai.compilations.reach import reach

if TYPE_CHECKING:
    from gongkai.compilations.figures import Figure

__all__ = ["ACCOUNTS", "ALL_ACCOUNTS", "BY_HAND", "CELLS", "GROUPS", "RECORDS", "SPECS", "FactValue", "facts_of",
           "records_of"]


def facts_of(agency: Agency, year: int, scope: str, figures: Mapping[str, Figure]) -> dict[str, FactValue]:
    """Every fact of a report by the name that stands in prose. `figures` are those that count now: live while a report
    is compiled, frozen afterwards. As many queries as there are kinds of records, whatever their number."""
    counted = of_records(reach(agency, year, scope))
    return counted | entered(agency, year) | of_tables(figures)
