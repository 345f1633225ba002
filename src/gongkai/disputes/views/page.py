"""One case: its facts, its proceedings side by side, its clocks, what happened, what may be done now."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.actor import Actor
from gongkai.accounts.gate import actor_of, requires
from gongkai.accounts.permissions import may
from gongkai.applications.models import Application
from gongkai.calendars.queries import calendar_of
from gongkai.disputes import offering, queries
from gongkai.disputes.clock import clocks_of
from gongkai.disputes.forms import BY_ACT
from gongkai.disputes.models import Dispute
from gongkai.disputes.permissions import DisputePermission as P
from gongkai.disputes.states import OPEN, STATE_NAMES, State, Track
from gongkai.disputes.templatetags.dispute_words import stand
from gongkai.disputes.views import clocks
from gongkai.ledger.models import Entry
from gongkai.ledger.queries import timeline
from gongkai.publications.models import Publication
from gongkai.vault.fields import FIELDS
from gongkai.vault.permissions import VaultPermission
from gongkai.vault.queries import masked

# What a person did with the identity, where it is this case's own.
LOOKS = ("vault.revealed", "vault.amended", "vault.destroyed", "vault.files_taken")
ENTRIES = 300
_ENDED = (State.DECIDED, State.CLOSED)
_STEPS = (State.RECEIVED, State.ANSWERED, State.DECIDED, State.CLOSED)


@requires(P.SEE)
@never_cache
def dispute(request: HttpRequest, dispute_id: int) -> HttpResponseBase:
    """The page."""
    shown = queries.dispute(actor_of(request), dispute_id)
    return render(request, "disputes/dispute.html", context_of(request, shown))


def context_of(request: HttpRequest, shown: Dispute) -> dict[str, Any]:
    """Everything that the page shows to this person."""
    actor, today = actor_of(request), timezone.localdate()
    inside, calendar = works_on(actor, shown), calendar_of(shown.agency)
    rows = list(shown.proceedings.order_by("position"))
    duties = shown.rehandlings.select_related("proceeding").order_by("pk")
    return {
        "dispute": shown, "inside": inside, "today": today, "states": state_line(shown), "proceedings": rows,
        "clocks": clocks.told(clocks_of(shown, calendar), rows, today, calendar) if _runs(shown) else [],
        "duties": [{
            "row": duty, "chip": clocks.duty_chip(duty, today, calendar),
            "open": duty.done_on is None and duty.lifted_on is None,
        } for duty in duties],
        "offers": [one for one in offering.offered(actor, shown) if one.act in BY_ACT],
        "may_amend": may(actor, P.HANDLE, shown) and shown.state != State.CANCELLED,
        "may_sue": may(actor, P.HANDLE, shown) and shown.track == Track.RECONSIDERATION and shown.state in _ENDED,
        "may_bundle": may(actor, P.BUNDLE, shown),
        "masks": masks_of(shown) if may(actor, VaultPermission.SEE_MASKED, shown) else None,
        "may_reveal": shown.identity is not None and inside and may(actor, VaultPermission.REVEAL, shown),
        "papers": shown.papers.order_by("pk") if inside else [],
        "followed": Dispute.objects.visible_to(actor).filter(follows=shown),
        "application_here": Application.objects.visible_to(actor).filter(pk=shown.application_id or 0).exists(),
        "publication_here": Publication.objects.visible_to(actor).filter(pk=shown.publication_id or 0).exists(),
        "entries": entries_of(shown, inside).order_by("-sequence")[:ENTRIES][::-1],
    }


def works_on(actor: Actor, shown: Dispute) -> bool:
    """Whether this person works on it, rather than watching over those who do: papers and notes are for the former."""
    return may(actor, P.HANDLE, shown) or may(actor, P.BUNDLE, shown)


def entries_of(shown: Dispute, inside: bool) -> QuerySet[Entry]:
    """What happened, from the ledger; for those who work on it also who looked at an identity that is this case's own
    (the applicant's stands on the application's page)."""
    entries = timeline("dispute", shown.pk)
    own = shown.application is None or shown.application.identity_id != shown.identity_id
    if inside and shown.identity_id is not None and own:
        entries |= timeline("sealed", shown.identity_id).filter(kind__in=LOOKS)
    return entries


def masks_of(shown: Dispute) -> list[tuple[str, str]]:
    """Label and mask of what is known of the other side."""
    if shown.identity is None:
        return [(_("姓名"), shown.party_mask)] if shown.party_mask else []
    return [(str(FIELDS[name].label), value) for name, value in masked(shown.identity).items() if name != "id_type"]


def state_line(shown: Dispute) -> list[tuple[str, str]]:
    """(word, done | now | later): the steps of the usual way, in the words of the track."""
    state = State(shown.state)
    if state is State.CANCELLED:
        return [(_("已登记"), "done"), (_(STATE_NAMES[state]), "now")]
    at = _STEPS.index(state)
    return [
        (stand(step, shown.track), "done" if n < at else "now" if n == at else "later")
        for n, step in enumerate(_STEPS)
    ]


def _runs(shown: Dispute) -> bool:
    return shown.state in OPEN or shown.state == State.CLOSED
