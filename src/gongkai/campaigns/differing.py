"""Where a reported number is not the computed one: each member's report against its records, the government's
consolidated report against its members together.

A report that still moves with its records differs from nothing. A file is held against records only where the office
keeps applications here: else there is nothing to hold it against.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gongkai.agencies.models import Agency
from gongkai.annual_reports.models import Scope
from gongkai.applications.models import Application
from gongkai.campaigns.models import Campaign, Difference
from gongkai.compilations import assemble, figures
from gongkai.compilations.figures import Figure
from gongkai.compilations.models import Compilation
from gongkai.compilations.reach import reach
from gongkai.compilations.states import FROZEN, Origin
from gongkai.core.report.model import Number


def differences(campaign: Campaign) -> list[Difference]:
    """All of a campaign, members in the order of the tree, the root's own consolidated report last."""
    found: list[Difference] = []
    for work in _frozen(campaign):
        for cell, reported, computed in _differing(work):
            found.append(Difference(
                campaign=campaign, agency_id=work.agency_id, scope=work.scope, cell=cell, reported=plain(reported),
                computed=plain(computed),
            ))
    return found


def plain(number: Number | None) -> str:
    """A number as text, the same for the same number."""
    if number is None:
        return ""
    return f"{number:f}" if not isinstance(number, int) else str(number)


def _frozen(campaign: Campaign) -> Iterator[Compilation]:
    owing = set(campaign.members.owing().values_list("agency_id", "scope")) | {(campaign.root_id, Scope.CONSOLIDATED)}
    rows = Compilation.objects.filter(
        year=campaign.year, state__in=FROZEN, agency__in={agency for agency, _ in owing},
    ).select_related("agency", "report__current", "report__published").defer(
        "findings", "report__current__reading", "report__published__reading",
    ).order_by("agency__path", "scope")
    for work in rows.iterator(chunk_size=100):
        if (work.agency_id, work.scope) in owing:
            yield work


def _differing(work: Compilation) -> Iterable[tuple[str, Number, Number | None]]:
    live = _live(work)
    if live is None:
        return
    for cell, figure in assemble.standing(work).items():
        now = live.get(cell)
        if now is None or now.value != figure.value:
            yield cell, figure.value, None if now is None else now.value


def _live(work: Compilation) -> Mapping[str, Figure] | None:
    """What the records say now; None where there are none to ask."""
    if work.origin == Origin.RECORDS:
        return assemble.figures_of(work)
    if work.scope == Scope.CONSOLIDATED:
        return assemble.live(work.agency, work.year, work.scope, work.form, {})
    whose = reach(Agency.objects.get(pk=work.agency_id), work.year, work.scope)
    first, last = f"{work.year}-01-01", f"{work.year}-12-31"
    rows = Application.objects.filter(whose.rows()).counted()
    if not rows.filter(received_on__range=(first, last)).exists():
        return None
    return figures.compute(whose, work.form)
