"""One application: its facts, its clock, what happened, what may be done now."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from gongkai.accounts.actor import Actor
from gongkai.accounts.gate import actor_of
from gongkai.accounts.permissions import may
from gongkai.applications import panels, papers, queries, similar, work
from gongkai.applications.clock import deadline_of
from gongkai.applications.forms import BY_ACT
from gongkai.applications.forms.intake import MEND
from gongkai.applications.models import Application, ReviewKind, Use, Verdict
from gongkai.applications.permissions import ApplicationPermission as P
from gongkai.applications.states import STATE_NAMES, State
from gongkai.applications.views.doors import office
from gongkai.calendars.queries import calendar_of
from gongkai.core.law.answers import ANSWERS
from gongkai.core.panels import given
from gongkai.ledger.models import Entry
from gongkai.ledger.queries import timeline
from gongkai.letters.permissions import LetterPermission
from gongkai.letters.queries import letters_of
from gongkai.vault.fields import FIELDS
from gongkai.vault.permissions import VaultPermission
from gongkai.vault.queries import masked

SIMILAR = 6
# What a person did with an identity; that a program opened a name for a letter stands beside the letter already.
LOOKS = (
    "vault.revealed", "vault.amended", "vault.destroyed", "vault.proof_opened", "vault.proof_destroyed",
    "vault.files_taken",
)
# The usual way; what lies beside it is shown in the place where it happens.
_WAY = tuple(map(gettext_lazy, ("分办", "办理", "拟答复", "审查", "签发", "送达", "归档")))
_STEP = {
    State.RECEIVED: 0, State.REGISTERED: 0, State.CORRECTION: 0, State.ASSIGNED: 1, State.CONSULTING: 1,
    State.REASONS: 1, State.FEE: 1, State.DRAFTED: 2, State.REVIEW: 3, State.REVIEWED: 4, State.SIGNED: 5,
    State.SERVED: 5, State.LAPSED: 5, State.WITHDRAWN: 5, State.SPLIT: 0, State.ARCHIVED: 6,
}


@office
@never_cache
def application(request: HttpRequest, application_id: int) -> HttpResponseBase:
    """The page."""
    shown = queries.application(actor_of(request), application_id)
    return render(request, "applications/application.html", context_of(request, shown))


def context_of(request: HttpRequest, shown: Application) -> dict[str, Any]:
    """Everything that the page shows to this person."""
    actor, today = actor_of(request), timezone.localdate()
    inside = works_on(actor, shown)
    calendar = calendar_of(shown.agency)
    draft = queries.current_draft(shown)
    found: dict[str, Any] = {
        "application": shown, "inside": inside, "chip": work.chip_of(shown, today, calendar), "today": today,
        "deadline": deadline_of(shown, calendar), "states": state_line(shown),
        "offers": [o for o in queries.offered(actor, shown, today) if o.act in BY_ACT],
        "answer": ANSWERS.get(shown.answer_kind), "gates": gates_of(shown),
        "masks": masks_of(shown) if may(actor, VaultPermission.SEE_MASKED, shown) else None,
        "may_reveal": shown.identity is not None and may(actor, VaultPermission.REVEAL, shown),
        "may_mend": may(actor, P.REGISTER, shown) and shown.state != State.SPLIT, "mend": MEND,
        "consultations": shown.consultations.all(), "extensions": shown.extensions.select_related("decided_by"),
        "services": shown.services.all(), "pieces": list(shown.pieces.all()), "draft": draft,
        "entries": entries_of(shown, inside), "papers": papers.offered(actor, shown),
        "panels": given(panels.PANELS, actor, shown),
    }
    if inside:
        found |= {
            "letters": letters_of("application", shown.pk),
            "may_open_letters": may(actor, LetterPermission.OPEN, shown),
            "attachments": shown.attachments.select_related("sealed_file"),
            "contacts": shown.contacts.select_related("by"), "similar": similar.find(shown, shown.agency, SIMILAR),
        }
    return found


def entries_of(shown: Application, inside: bool) -> QuerySet[Entry]:
    """What happened, from the ledger; for those who work on it also who looked at the identity and its proofs."""
    entries = timeline("application", shown.pk)
    if inside and shown.identity_id is not None:
        entries |= timeline("sealed", shown.identity_id).filter(kind__in=LOOKS)
        for key in shown.attachments.filter(use=Use.IDENTITY).values_list("sealed_file_id", flat=True):
            entries |= timeline("sealed_file", key).filter(kind__in=LOOKS)
    return entries


def works_on(actor: Actor, shown: Application) -> bool:
    """Whether this person works on it, rather than watching over those who do: the applicant's own words, files and
    letters are for the former alone."""
    return shown.handled_in(actor) or any(may(actor, p, shown) for p in (P.HANDLE, P.REVIEW, P.SIGN))


def masks_of(shown: Application) -> list[tuple[str, str]]:
    """Label and mask of what is known of the applicant."""
    if shown.identity is None:
        return [(_("申请人"), shown.applicant_mask)] if shown.applicant_mask else []
    return [(str(FIELDS[name].label), value) for name, value in masked(shown.identity).items()]


def state_line(shown: Application) -> list[tuple[str, str]]:
    """(word, done | now | later): the steps of the usual way, with the present state's own word in its place."""
    state = State(shown.state)
    at = _STEP[state]
    if state in {State.LAPSED, State.WITHDRAWN, State.SPLIT}:
        line = [(str(_WAY[0]), "done"), (_(STATE_NAMES[state]), "now")]
        return line if state is State.SPLIT else [*line, (str(_WAY[-1]), "later")]
    return [
        (_(STATE_NAMES[state]) if n == at else str(step), "done" if n < at else "now" if n == at else "later")
        for n, step in enumerate(_WAY)
    ]


def gates_of(shown: Application) -> list[dict[str, Any]]:
    """Secrecy, legality, signature: open, passed or returned, by whom, when, on which version."""
    draft = queries.current_draft(shown)
    reviews = list(draft.reviews.select_related("by")) if draft is not None else []
    gates = []
    for kind in ReviewKind:
        review = next((r for r in reversed(reviews) if r.kind == kind), None)
        gates.append({
            "name": kind.label, "version": draft.number if draft else None,
            "state": "open" if review is None else "passed" if review.verdict == Verdict.PASS else "returned",
            "by": review.by if review else None, "at": review.at if review else None,
            "remark": review.remark if review else "",
        })
    signed = draft is not None and draft.signed_at is not None
    gates.append({
        "name": _("签发"), "version": draft.number if draft else None, "state": "passed" if signed else "open",
        "by": draft.signed_by if signed and draft else None, "at": draft.signed_at if signed and draft else None,
        "remark": shown.reply_number,
    })
    return gates
