"""What the page of an application and of a publication shows of disputes: its cases, the duty to reply anew, and until
when the applicant may still apply for reconsideration or sue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import may
from gongkai.applications import panels as application_panels
from gongkai.applications.models import Application
from gongkai.core.deadlines import Deadline
from gongkai.core.panels import Panel
from gongkai.disputes import queries, work
from gongkai.disputes.clock import remedies_of
from gongkai.disputes.models import Rehandling
from gongkai.disputes.permissions import DisputePermission as P
from gongkai.publications import panels as publication_panels
from gongkai.publications.models import Publication

MOST = 20  # cases of one application that its page lists


@dataclass(frozen=True, slots=True)
class Remedy:
    """A way that is open to the applicant: its name, its deadline, whether its time has passed on the day."""

    name: str
    deadline: Deadline
    over: bool


def of_application(actor: Actor, shown: Application) -> Panel | None:
    """The panel of an application; nothing for those who see no disputes, nor while there is nothing to say."""
    if not may(actor, P.SEE, shown):
        return None
    today = timezone.localdate()
    cases = work.with_chips(queries.of_application(actor, shown).select_related("agency")[:MOST], today)
    owed = Rehandling.objects.visible_to(actor).open().filter(application=shown)
    duties = list(owed.select_related("dispute")[:MOST])
    handles = may(actor, P.HANDLE, shown)
    remedies, first = _remedies(shown, today)
    if not cases and not remedies and not handles:
        return None
    return Panel("disputes/panel.html", {
        "cases": cases, "duties": duties, "remedies": remedies, "first": first, "today": today,
        "new": "application" if handles else "", "pk": shown.pk,
    })


def of_publication(actor: Actor, shown: Publication) -> Panel | None:
    """The panel of a publication: the cases over it; nothing before it was public."""
    if not may(actor, P.SEE, shown):
        return None
    today = timezone.localdate()
    cases = work.with_chips(queries.of_publication(actor, shown).select_related("agency")[:MOST], today)
    handles = may(actor, P.HANDLE, shown) and shown.first_published_at is not None
    if not cases and not handles:
        return None
    return Panel("disputes/panel.html", {
        "cases": cases, "duties": [], "remedies": [], "first": False, "today": today,
        "new": "publication" if handles else "", "pk": shown.pk,
    })


def _remedies(shown: Application, today: date) -> tuple[list[Remedy], bool]:
    """The ways that are open, and whether reconsideration must come first."""
    found = remedies_of(shown, today)
    if found is None:
        return [], False
    ways: list[tuple[Any, Deadline | None]] = [
        (_("申请行政复议"), found.reconsideration), (_("提起行政诉讼"), found.suit),
    ]
    return [
        Remedy(name, one, one.due_on is not None and one.due_on < today) for name, one in ways if one is not None
    ], found.first


def register() -> None:
    """Give the panels to the rooms below, once."""
    for panels, panel in ((application_panels.PANELS, of_application), (publication_panels.PANELS, of_publication)):
        if panel not in panels:
            panels.append(panel)  # type: ignore[arg-type]


register()
