"""One edition: its facts, its clock, its gates, what may be done now, what happened; and how the public will see it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from gongkai.accounts.actor import Actor
from gongkai.accounts.gate import actor_of
from gongkai.calendars.queries import calendar_of
from gongkai.core.panels import given
from gongkai.ledger.queries import timeline
from gongkai.publications import offering, panels, queries
from gongkai.publications.chips import chip_of
from gongkai.publications.due import deadline_of
from gongkai.publications.findings import told
from gongkai.publications.forms import BY_ACT
from gongkai.publications.forms.publishing import CHANNELS, VALIDITY
from gongkai.publications.kinds import INTERPRETED, PRINT_MARKS, RELATION_NAMES, Attribute, Relation
from gongkai.publications.models import Edition, Publication
from gongkai.publications.states import OPEN_TO_EDIT, STATE_NAMES, Act, State
from gongkai.publications.views.acts import ELSEWHERE
from gongkai.publications.views.doors import office
from gongkai.publications.views.reading import attachments_of, facts_apart, words_apart

_WAY = tuple(map(gettext_lazy, ("起草", "审查", "签发", "发布")))
_STEP = {
    State.DRAFT: 0, State.SUBMITTED: 0, State.RETURNED: 0, State.REVIEW: 1, State.REVIEWED: 2, State.SIGNED: 3,
    State.PUBLISHED: 3,
}
ENTRIES = 200


@office
def publication(request: HttpRequest, publication_id: int) -> HttpResponseBase:
    """The edition that matters now: the one in work, else the one that stands."""
    shown = queries.publication(actor_of(request), publication_id)
    latest = shown.latest or shown.editions.order_by("-number").first()
    return redirect("publications:edition", shown.pk, latest.number if latest else 1)


@office
@never_cache
def edition(request: HttpRequest, publication_id: int, number: int) -> HttpResponseBase:
    """The page."""
    shown = queries.edition(actor_of(request), publication_id, number)
    return render(request, "publications/edition.html", context_of(request, shown))


def context_of(request: HttpRequest, shown: Edition) -> dict[str, Any]:
    """Everything that the page shows to this person."""
    actor, today, row = actor_of(request), timezone.localdate(), shown.publication
    calendar = calendar_of(row.agency)
    permitted = offering.permitted(actor, shown)
    newest = row.latest_id == shown.pk
    return {
        "edition": shown, "publication": row, "today": today, "newest": newest,
        "chip": chip_of(row, today, calendar), "deadline": deadline_of(row, calendar) if newest else None,
        "states": state_line(shown), "gates": gates_of(shown),
        "offers": [o for o in offering.offered(actor, shown, today) if o.act in BY_ACT or o.act in ELSEWHERE],
        "beside": beside(row, permitted) if newest or row.current_id == shown.pk else [],
        "told": told(shown.screening), "attachments": attachments_of(shown),
        "may_accept": warnings_open(shown) and Act.EDIT in permitted,
        "may_edit": Act.EDIT in permitted, "may_link": Act.LINK in permitted,
        "interpreted": row.kind in INTERPRETED or bool(row.interpretation), "relations": relations_of(actor, row),
        "panels": given(panels.PANELS, actor, row),
        "history": queries.history(row), "opinions": shown.opinions.select_related("by"),
        "entries": timeline("publication", row.pk).order_by("-sequence")[:ENTRIES][::-1],
    }


def warnings_open(shown: Edition) -> bool:
    """Whether warnings on words or files of a draft wait for somebody who says that they may go out."""
    if shown.state not in OPEN_TO_EDIT or shown.warnings_accepted_by_id is not None:
        return False
    return shown.screened == "warn" or shown.attachments.filter(verdict="warn").exists()


def beside(row: Publication, permitted: Any) -> list[tuple[str, str]]:
    """(act, name): acts beside the table that are lawful for what is public."""
    found = []
    if row.is_public and Act.PUBLISH in permitted:
        found.append((CHANNELS, str(BY_ACT[CHANNELS].title)))
    if row.is_public and row.is_policy and Act.LINK in permitted:
        found.append((VALIDITY, str(BY_ACT[VALIDITY].title)))
    return found


def state_line(shown: Edition) -> list[tuple[str, str]]:
    """(word, done | now | later): the usual way, with the present state's own word in its place."""
    state = State(shown.state)
    if state not in _STEP:
        return [(str(_WAY[0]), "done"), (_(STATE_NAMES[state]), "now")]
    at = _STEP[state]
    return [
        (_(STATE_NAMES[state]) if n == at else str(step), "done" if n < at else "now" if n == at else "later")
        for n, step in enumerate(_WAY)
    ]


def gates_of(shown: Edition) -> list[dict[str, Any]]:
    """The gates and the signature: open, passed or returned, by whom, when, on which edition."""
    opinions = list(shown.opinions.select_related("by"))
    found = []
    for gate in shown.gates.select_related("passed_by"):
        said = next((o for o in reversed(opinions) if o.key == gate.key), None)
        returned = gate.passed_by_id is None and said is not None and said.verdict == "return"
        found.append({
            "name": gate.name if gate.ahead else _("%(gate)s（发布后补审）") % {"gate": gate.name},
            "state": "passed" if gate.passed_by_id else "returned" if returned else "open",
            "by": gate.passed_by or (said.by if returned and said else None),
            "at": gate.passed_at or (said.at if returned and said else None), "version": None, "edition": shown.number,
            "remark": said.remark if said is not None and (gate.passed_by_id or returned) else "",
        })
    found.append({
        "name": _("签发"), "state": "passed" if shown.signed_at else "open", "by": shown.signed_by,
        "at": shown.signed_at, "version": None, "edition": shown.number, "remark": "",
    })
    return found


def relations_of(actor: Actor, row: Publication) -> list[dict[str, Any]]:
    """What it is linked with, told from its side; of what this person may not see on the desk only what is public."""
    seen = set(Publication.objects.visible_to(actor).filter(
        pk__in=[*row.links.values_list("target_id", flat=True), *row.backlinks.values_list("source_id", flat=True)],
    ).values_list("pk", flat=True))
    found = []
    for link in row.links.select_related("target__latest"):
        found.append({"link": link, "name": _(RELATION_NAMES[Relation(link.relation)][0]), "other": link.target})
    for link in row.backlinks.select_related("source__latest"):
        found.append({"link": link, "name": _(RELATION_NAMES[Relation(link.relation)][1]), "other": link.source})
    for one in found:
        one["here"] = one["other"].pk in seen
    return [one for one in found if one["here"] or one["other"].is_public]


@office
@never_cache
def preview(request: HttpRequest, publication_id: int, number: int) -> HttpResponseBase:
    """As the public will see it."""
    shown = queries.edition(actor_of(request), publication_id, number)
    attribute = shown.decided_attribute or shown.attribute
    return render(request, "publications/preview.html", {
        "edition": shown, "publication": shown.publication, "attachments": attachments_of(shown),
        "mark": PRINT_MARKS.get(Attribute(attribute), "") if attribute else "",
    })


@office
@never_cache
def sheet(request: HttpRequest, publication_id: int, number: int) -> HttpResponseBase:
    """The approval sheet (呈批单), to be printed on A4."""
    shown = queries.edition(actor_of(request), publication_id, number)
    return render(request, "publications/sheet.html", {
        "edition": shown, "publication": shown.publication, "attachments": attachments_of(shown),
        "gates": gates_of(shown), "told": told(shown.screening), "today": timezone.localdate(),
        "deadline": deadline_of(shown.publication),
    })


@office
@never_cache
def compare(request: HttpRequest, publication_id: int, number: int) -> HttpResponseBase:
    """What an edition changes against the one before it."""
    shown = queries.edition(actor_of(request), publication_id, number)
    before = shown.publication.editions.filter(number__lt=number).order_by("-number").first()
    found: dict[str, Any] = {"edition": shown, "publication": shown.publication, "before": before}
    if before is not None:
        found |= {"facts": facts_apart(before, shown), "words": words_apart(before.text, shown.text)}
    return render(request, "publications/compare.html", found)
