"""One message: its facts, its words for those who work on it, what happened, what may be done now."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as told
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import actor_of, requires
from gongkai.accounts.permissions import Denied, may
from gongkai.calendars.queries import calendar_of
from gongkai.core.errors import Refused
from gongkai.infra.refusals import said
from gongkai.ledger.models import Entry
from gongkai.ledger.queries import timeline
from gongkai.participation import offering, queries, work
from gongkai.participation.actions.publishing import begin_publication
from gongkai.participation.forms.publishing import PublicationForm
from gongkai.participation.models import Message
from gongkai.participation.permissions import ParticipationPermission as P
from gongkai.participation.rules import months_before
from gongkai.participation.states import KIND_NAMES, OPEN, OUTCOMES, STATE_NAMES, Kind, State
from gongkai.participation.views.doors import office
from gongkai.vault.fields import FIELDS
from gongkai.vault.permissions import VaultPermission
from gongkai.vault.queries import masked

# What a person did with an identity and its proofs.
LOOKS = ("vault.revealed", "vault.amended", "vault.destroyed", "vault.proof_opened", "vault.proof_destroyed")
_STEP = {State.RECEIVED: 0, State.WORKING: 1, State.DRAFTED: 2, State.REPLIED: 3}


@office
@never_cache
def message(request: HttpRequest, message_id: int) -> HttpResponseBase:
    """The page."""
    return render(request, "participation/message.html", context_of(
        request, queries.message(actor_of(request), message_id)))


@requires(P.HANDLE)
@never_cache
def publish(request: HttpRequest, message_id: int) -> HttpResponseBase:
    """From a suggestion to a draft of a publication."""
    actor = actor_of(request)
    shown = queries.message(actor, message_id)
    if not may(actor, P.HANDLE, shown):
        raise Denied(P.HANDLE)
    form = PublicationForm(request.POST or None, initial={"title": shown.subject})
    if request.method == "POST" and form.is_valid():
        try:
            made = begin_publication(by=actor, message=shown, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            told.success(request, _("已起草，来信已和它关联"))
            return redirect("publications:edition", made.publication_id, made.number)
    return render(request, "participation/publish.html", {"message": shown, "form": form},
                  status=400 if form.errors else 200)


def context_of(request: HttpRequest, shown: Message) -> dict[str, Any]:
    """Everything that the page shows to this person."""
    actor, today = actor_of(request), timezone.localdate()
    inside = offering.works_on(actor, shown)
    kind, state = Kind(shown.kind), State(shown.state)
    return {
        "message": shown, "inside": inside, "kind": _(KIND_NAMES[kind]), "states": state_line(state),
        # Who answers for one section opens neither the lists of the office nor what other sections drafted.
        "sees": may(actor, P.SEE, shown),
        "chip": work.chip_of(shown, today, calendar_of(shown.agency)),
        "outcome": _(OUTCOMES[kind][shown.outcome]) if shown.outcome else "",
        "offers": offering.offered(actor, shown),
        "masks": masks_of(shown) if may(actor, VaultPermission.SEE_MASKED, shown) else None,
        "may_reveal": may(actor, VaultPermission.REVEAL, shown) and inside,
        "files": shown.files.select_related("sealed_file") if inside else [],
        "may_publish": kind is Kind.SUGGESTION and shown.leads_to is None and state is not State.CLOSED
        and may(actor, P.HANDLE, shown),
        "stale": state in OPEN and timezone.localdate(shown.received_at) < months_before(today, work.STALE_MONTHS),
        "entries": entries_of(shown, inside),
    }


def entries_of(shown: Message, inside: bool) -> QuerySet[Entry]:
    """What happened, from the ledger; for those who work on it also who looked at the sender and the proofs."""
    entries = timeline("message", shown.pk)
    if inside:
        entries |= timeline("sealed", shown.identity_id).filter(kind__in=LOOKS)
        for key in shown.files.values_list("sealed_file_id", flat=True):
            entries |= timeline("sealed_file", key).filter(kind__in=LOOKS)
    return entries


def masks_of(shown: Message) -> list[tuple[str, str]]:
    """Label and mask of what is known of the sender; nothing for a message without a name."""
    return [(str(FIELDS[name].label), value) for name, value in masked(shown.identity).items() if name != "id_type"]


def state_line(state: State) -> list[tuple[str, str]]:
    """(word, done | now | later): the steps of the usual way."""
    if state is State.CLOSED:
        return [(_("收到"), "done"), (_(STATE_NAMES[state]), "now")]
    at = _STEP[state]
    return [(name, "done" if n < at else "now" if n == at else "later") for n, name in enumerate(
        (_("待分办"), _("办理中"), _("待审核"), _("已答复")))]
