"""What a fact is: a number with a name by which prose calls it."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.core.report.model import Number

CELLS, RECORDS, NOTHING = "cells", "records", ""


@dataclass(frozen=True, slots=True)
class FactValue:
    """A number that prose may hold as {name}. Names are Chinese, without spaces or braces.

    `value` is None only for a fact by hand that nobody has entered yet: prose then asks for it. `opens_to` says where
    the number opens: "cells" to `cells` of the tables, "records" to `facts.records_of(name, …)`, "" to nothing but its
    source. `group` is the heading under which the list of facts shows it.
    """

    name: str
    value: Number | None
    unit: str
    source: str
    opens_to: str = NOTHING
    cells: tuple[str, ...] = ()
    by_hand: bool = False
    group: str = ""
