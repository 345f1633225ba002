"""The numbers that prose speaks of, each with its unit, its source and what it opens to.

Three kinds: those of the statutory tables, those counted from the records of the house (publications, applications,
what the public sent), and those that only a person knows (`BY_HAND`). Prose holds their names in braces.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gongkai.agencies.models import Agency
from gongkai.compilations.facts.by_hand import ACCOUNTS, ALL_ACCOUNTS, BY_HAND, entered
from gongkai.compilations.facts.of_tables import GROUPS, names_of, of_tables
from gongkai.compilations.facts.records import RATES, SPECS, of_records, records_of
from gongkai.compilations.facts.value import CELLS, RECORDS, FactValue
from gongkai.compilations.reach import reach
from gongkai.core.report.forms import form

if TYPE_CHECKING:
    from gongkai.compilations.figures import Figure

__all__ = [
    "ACCOUNTS", "ALL_ACCOUNTS", "BY_HAND", "CELLS", "GROUPS", "RECORDS", "SPECS", "FactValue", "facts_of", "names",
    "records_of",
]


def names(form_id: str) -> frozenset[str]:
    """Every name that prose in a form's report may hold, whether or not it has a value this year."""
    by_hand = {name for name, _unit in BY_HAND.values()}
    return names_of(form(form_id).cells) | SPECS.keys() | RATES.keys() | by_hand | {ALL_ACCOUNTS}


def facts_of(agency: Agency, year: int, scope: str, figures: Mapping[str, Figure]) -> dict[str, FactValue]:
    """Every fact of a report by the name that stands in prose. `figures` are those that count now: live while a report
    is compiled, frozen afterwards. As many queries as there are kinds of records, whatever their number."""
    counted = of_records(reach(agency, year, scope))
    return of_tables(figures) | counted | entered(agency, year)
