"""The question of a page: read from the address, with what is usual where the address says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.organ import at_desk
from gongkai.agencies import queries as agencies
from gongkai.agencies.models import Agency, AgencyQuerySet
from gongkai.analysis import population
from gongkai.analysis.forms.asking import AskForm
from gongkai.analysis.measures import Measure
from gongkai.annual_reports.models import Scope

TABS = {
    "overview": _("概览"), "years": _("各年对比"), "beside": _("机关对比"), "ranking": _("排名"), "heat": _("热力表"),
    "odd": _("异常"), "ratios": _("指标口径"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for whom, and what. `year` is None where there is no report at all to be seen."""

    actor: Actor
    form: AskForm
    root: Agency | None
    year: int | None
    scope: str
    kind: str
    years: list[int]

    @property
    def agencies(self) -> AgencyQuerySet:
        """The agencies compared."""
        if self.root is None or self.year is None:
            return Agency.objects.none()
        return population.below(self.root, self.year, self.kind)

    @property
    def span(self) -> list[int]:
        """The years beside each other, oldest first, the asked one last."""
        return [] if self.year is None else list(range(self.year - population.YEARS + 1, self.year + 1))

    @property
    def measure(self) -> Measure:
        """What is compared by."""
        return self.form.measured

    def page(self, tab: str) -> dict[str, Any]:
        """What every page of the room shows."""
        tabs = [(key, name, reverse(f"analysis:{key}")) for key, name in TABS.items()]
        return {"asked": self, "form": self.form, "tabs": tabs, "tab": tab, "root": self.root, "year": self.year}


def asked(request: HttpRequest, *shown: str) -> Asked:
    """The question of a page that lets choose `shown`. Raises nothing: what is not understood is not asked."""
    actor = at_desk(request)
    scope = request.GET.get("scope", "")
    scope = scope if scope in Scope.values else Scope.OWN
    years = population.years(actor, scope)
    roots = population.roots(actor)
    form = AskForm(request.GET, years=years, roots=roots, shown=shown)
    root = form.given("under") or _usual(actor, roots)
    year = form.given("year") or (years[0] if years else None)
    return Asked(actor, form, root, year, scope, form.given("kind") or "", years)


def _usual(actor: Actor, roots: AgencyQuerySet) -> Agency | None:
    """One's own government or organ; for an office without others below it, the one above."""
    home = agencies.home(actor)
    if home is None:
        return roots.first()
    return roots.filter(path__in=[home.path, *home.ancestor_paths]).order_by("-path").first() or home
