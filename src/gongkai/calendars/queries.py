"""The calendar in force: what came with the program and what was adopted since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from gongkai.agencies.models import Agency
from gongkai.calendars.models import Arrangement
from gongkai.core.deadlines import Conventions
from gongkai.core.workdays import Calendar, YearArrangement, region_code, shipped, upward

Adopted = tuple[tuple[int, str], ...]


def calendar_for(region: str = "") -> Calendar:
    """The calendar of a region ("" for the country). One small query sees what was adopted, by whichever process;
    the calendar itself is built once for each state of the table. Raises Refused `unknown-region`."""
    return _built(region_code(region), _adopted())


def calendar_of(agency: Agency) -> Calendar:
    """The calendar of an agency: of its own region, else of the nearest agency above it that has one."""
    return calendar_for(region_of(agency))


def region_of(agency: Agency) -> str:
    """The region whose holidays an agency keeps, "" for none but the country's."""
    if agency.region or not agency.ancestor_paths:
        return agency.region
    above = Agency.objects.filter(path__in=agency.ancestor_paths).exclude(region="")
    return above.order_by("-path").values_list("region", flat=True).first() or ""


def calendars_of(agencies: Iterable[Agency]) -> dict[int, Calendar]:
    """The calendar of each agency by its key: a fixed number of questions for any number of agencies."""
    here = list(agencies)
    above = {path for agency in here for path in agency.ancestor_paths}
    regions = dict(Agency.objects.filter(path__in=above).exclude(region="").values_list("path", "region"))
    made: dict[str, Calendar] = {}
    found: dict[int, Calendar] = {}
    for agency in here:
        nearest = max((path for path in agency.ancestor_paths if path in regions), key=len, default="")
        region = agency.region or regions.get(nearest, "")
        if region not in made:
            made[region] = calendar_for(region)
        found[agency.pk] = made[region]
    return found


def with_arrangement(parsed: YearArrangement, region: str = "") -> Calendar:
    """What the calendar of `region` would be if `parsed` were adopted; unchanged where it does not reach."""
    code = region_code(region)
    calendar = calendar_for(code)
    return calendar.with_year(parsed) if parsed.region in ("", *upward(code)) else calendar


def conventions() -> Conventions:
    """The readings of the open points of the law that this installation takes: GONGKAI_CLOCK in its settings, by the
    names of `core.deadlines.Conventions`; where it says nothing, the defaults of decision 6."""
    return Conventions(**settings.GONGKAI_CLOCK)


@dataclass(frozen=True, slots=True)
class Known:
    """A year as it is in force somewhere, for the page: its arrangement and, where it was adopted, the row."""

    arrangement: YearArrangement
    adopted: Arrangement | None

    @property
    def off(self) -> int:
        """Days off that the notice names, weekends inside its spans included."""
        return sum(not day.works for day in self.arrangement.days)

    @property
    def worked(self) -> int:
        """Make-up working days."""
        return len(self.arrangement.days) - self.off


def known_years(region: str = "") -> list[Known]:
    """Every arrangement that counts in a region, the newest year first, the country before the region."""
    rows = {(row.year, row.region): row for row in Arrangement.objects.in_force().select_related("adopted_by")}
    found = [
        Known(arranged, rows.get((year, layer.region)))
        for layer in calendar_for(region).layers for year, arranged in layer.years.items()
    ]
    return sorted(found, key=lambda one: (-one.arrangement.year, one.arrangement.region))


def _adopted() -> Adopted:
    """Every adopted row by key and content: a row that was rolled back cannot be mistaken for its successor."""
    return tuple(Arrangement.objects.order_by("pk").values_list("pk", "sha"))


@lru_cache(maxsize=256)
def _built(code: str, adopted: Adopted) -> Calendar:
    calendar = shipped(code)
    if adopted:
        rows = Arrangement.objects.filter(pk__in=[pk for pk, _ in adopted], region__in=["", *upward(code)])
        for row in rows.order_by("pk"):
            calendar = calendar.with_year(row.arrangement)
    return calendar
