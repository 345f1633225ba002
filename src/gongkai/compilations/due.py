"""By when a report must be submitted. Rooms above that set an earlier day register here when they start.

    from gongkai.compilations.due import DATES
    DATES.append(day_of)      # (agency, year, scope) -> date, None where it sets none

A day that is set also says that somebody waits for the report: it must be submitted, never published without them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from gongkai.agencies.models import Agency
from gongkai.annual_reports.models import Scope

DATES: list[Callable[[Agency, int, str], date | None]] = []
# Regulations Art. 49: departments submit by 31 January, governments' reports are public by 31 March.
_STATUTORY = {Scope.OWN: (1, 31), Scope.CONSOLIDATED: (3, 31)}


def asked_for(agency: Agency, year: int, scope: str) -> date | None:
    """The earliest day that a supervisor set for this report; None where nobody asked for it."""
    return min((day for ask in DATES if (day := ask(agency, year, scope)) is not None), default=None)


def due_on(agency: Agency, year: int, scope: str) -> date:
    """The last day for submitting: the supervisor's, else the statute's."""
    month, day = _STATUTORY[Scope(scope)]
    return asked_for(agency, year, scope) or date(year + 1, month, day)
