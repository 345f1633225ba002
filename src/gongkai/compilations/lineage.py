"""From a record to the numbers in which it stands: now, and in every report that was signed.

What a year would count now follows from the record's facts alone (`figures.placing`); what a report counted was frozen
with it (`Counted`). Where the two differ, the record was changed after the signing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.timezone import localdate

from gongkai.accounts.actor import Actor
from gongkai.annual_reports.models import Scope
from gongkai.applications.models import Application
from gongkai.compilations.figures.placing import cells_of as placed
from gongkai.compilations.figures.records import LOOKUPS, MODELS, label_of
from gongkai.compilations.models import Compilation, Counted, Signing, Source
from gongkai.compilations.states import FROZEN, State
from gongkai.core.panels import Panel
from gongkai.core.report.forms import form_for_year
from gongkai.core.report.render.labels import cell_title
from gongkai.disputes import figures as of_disputes
from gongkai.disputes.models import Dispute, Proceeding

YEARS = 6      # of a case that stays open for long, the latest
SIGNINGS = 24  # frozen lists that a page names


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell in words."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A record in one year's report: `cells` as the records are now, in the form that is due for the year."""

    year: int
    form: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Frozen:
    """A record in a signed report: the cells in which it was counted. `differs`: the record says something else now,
    and this is the signing that stands."""

    signing: Signing
    cells: tuple[Cell, ...]
    differs: bool = False

    @property
    def compilation(self) -> Compilation:
        """The report's compilation."""
        return self.signing.compilation


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where a record stands. `now` by year, latest first; `signed` newest first."""

    source: Source
    key: int
    label: str
    now: list[Standing] = field(default_factory=list)
    signed: list[Frozen] = field(default_factory=list)


def cells_of(source: str, key: int, year: int, form_id: str = "") -> tuple[str, ...]:
    """The cells without sums in which a record stands in a year as it is now; none for a record that is gone.

    A dispute is asked for by the key of a proceeding. Raises KeyError for an unknown form.
    """
    facts = _facts(Source(source), [key])
    return _cells(Source(source), key, facts.get(key), year, form_id or form_for_year(year).id)


def lineage(source: str, key: int, *, today: date) -> Lineage:
    """Everything about one record: every year up to `today` that counts it, every signed report that did."""
    kind = Source(source)
    facts = _facts(kind, [key]).get(key)
    now = [] if facts is None else _years(kind, key, facts, today)
    return Lineage(kind, key, "" if facts is None else label_of(facts), now, _signed(kind, [key], {key: facts}))


def of_dispute(dispute: Dispute, *, today: date) -> list[Lineage]:
    """Of each proceeding of a case; which of them counts in a year follows from the others."""
    keys = Proceeding.objects.filter(dispute=dispute).order_by("position").values_list("pk", flat=True)
    return [lineage(Source.DISPUTE, key, today=today) for key in keys]


def panel(actor: Actor, shown: Application) -> Panel | None:
    """«计入年报» on an application's page. Only reports that this person may see are named."""
    found = lineage(Source.APPLICATION, shown.pk, today=localdate())
    works = Compilation.objects.visible_to(actor).filter(
        agency=shown.agency_id, scope=Scope.OWN, year__in=[one.year for one in found.now],
    )
    at = {(work.year, work.form): work for work in works}
    last = _last_signings(work.pk for work in at.values() if State(work.state) in FROZEN)
    counted = {(one.signing.compilation_id, one.signing.number) for one in found.signed}
    visible = set(Compilation.objects.visible_to(actor).filter(
        pk__in={one.signing.compilation_id for one in found.signed}).values_list("pk", flat=True))
    now = []
    for one in found.now:
        work = at.get((one.year, one.form))
        late = work is not None and work.pk in last and (work.pk, last[work.pk]) not in counted
        now.append((one, work.pk if work is not None else None, late))
    return Panel("compilations/panel.html", {
        "now": now, "signed": [one for one in found.signed if one.signing.compilation_id in visible],
    })


def _facts(source: Source, keys: Iterable[int]) -> dict[int, dict[str, Any]]:
    model = MODELS.get(source)
    if model is None:
        return {}
    lookups = LOOKUPS[source]
    rows = model.objects.filter(pk__in=list(keys)).values_list("pk", *lookups.values())
    return {key: dict(zip(lookups, values, strict=True)) for key, *values in rows}


def _cells(
    source: Source, key: int, facts: Mapping[str, Any] | None, year: int, form_id: str,
) -> tuple[str, ...]:
    if facts is None:
        return ()
    found = placed(source, facts, year, form_id)
    if found and source == Source.DISPUTE:
        # A later proceeding of the case may stand in its place.
        counts = of_disputes.all_proceedings(Proceeding.objects.filter(pk=key), year)
        return found if counts.exists() else ()
    return found


def _years(source: Source, key: int, facts: Mapping[str, Any], today: date) -> list[Standing]:
    begins = min((value.year for value in facts.values() if isinstance(value, date)), default=today.year)
    found = []
    for year in range(today.year, max(begins, today.year - 100) - 1, -1):
        form_id = form_for_year(year).id
        cells = _cells(source, key, facts, year, form_id)
        if cells:
            found.append(Standing(year, form_id, _titled(cells, form_id)))
        if len(found) == YEARS:
            break
    return found


def _signed(source: Source, keys: Iterable[int], facts: Mapping[int, Mapping[str, Any] | None]) -> list[Frozen]:
    rows = list(Counted.objects.filter(source=source, record__in=list(keys)).select_related(
        "signing__compilation__agency").order_by("-signing__signed_at", "-signing__number")[:SIGNINGS])
    last = _last_signings({row.signing.compilation_id for row in rows})
    found = []
    for row in rows:
        compilation = row.signing.compilation
        stands = last.get(compilation.pk) == row.signing.number and State(compilation.state) in FROZEN
        now = _cells(source, row.record, facts.get(row.record), compilation.year, compilation.form) if stands else ()
        found.append(Frozen(
            row.signing, _titled(row.cells, compilation.form), differs=stands and set(now) != set(row.cells),
        ))
    return found


def _last_signings(compilations: Iterable[int]) -> dict[int, int]:
    rows = Signing.objects.filter(compilation__in=list(compilations)).order_by()
    return dict(rows.values_list("compilation").annotate(last=Max("number")))


def _titled(cells: Iterable[str], form_id: str) -> tuple[Cell, ...]:
    return tuple(Cell(cell, cell_title(cell, form_id)) for cell in cells)


__all__ = ["Cell", "Frozen", "Lineage", "Standing", "cells_of", "lineage", "of_dispute", "panel"]
