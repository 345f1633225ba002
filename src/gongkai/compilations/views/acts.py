"""The form of one act on a report, and doing it. What is typed comes back with a refusal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import actor_of, requires
from gongkai.accounts.permissions import Denied
from gongkai.compilations import assemble, offering, queries
from gongkai.compilations.forms.acts import BY_ACT, ActForm
from gongkai.compilations.models import Compilation, Source
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.views.drawing import apart, drawn
from gongkai.compilations.views.frame import frame, opened
from gongkai.core.errors import Refused
from gongkai.infra.refusals import said, translated
from gongkai.ledger.queries import timeline

LATELY = 8
# What somebody who decides looks at first.
MAIN_CELLS = (
    "t3.new.total", "t3.carried_in.total", "t3.closed.total", "t3.carried_out.total", "t4.reconsideration.total",
    "t4.direct.total", "t4.after.total",
)
# Refusals that say that somebody else was faster.
_CONFLICTS = {"changed-meanwhile", "version-changed", "figures-changed"}


@requires(P.SEE)
@never_cache
def act(request: HttpRequest, compilation_id: int, act: str) -> HttpResponseBase:
    """The form; sent, the act."""
    shown = opened(request, compilation_id)
    if act not in BY_ACT:
        raise Http404
    if act not in offering.permitted(actor_of(request), shown):
        raise Denied(P.COMPILE)
    made: dict[str, Any] = {"compilation": shown, "today": timezone.localdate()}
    if request.method != "POST":
        return _page(request, shown, BY_ACT[act](**made))
    form, conflict = BY_ACT[act](request.POST, **made), False
    if form.is_valid():
        try:
            form.perform(by=actor_of(request), at=timezone.now())
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            if not form.visible_fields():
                messages.error(request, translated(refusal))
                return redirect(reverse("compilations:report", args=[shown.pk]) + "#findings")
            said(form, refusal)
            conflict = refusal.code in _CONFLICTS
        else:
            messages.success(request, form.done)
            return redirect("compilations:report", shown.pk)
    return _page(request, shown, form, conflict=conflict, status=409 if conflict else 400)


def _page(
    request: HttpRequest, shown: Compilation, form: ActForm, *, conflict: bool = False, status: int = 200,
) -> HttpResponse:
    context = frame(request, shown, "report")
    offer = next((o for o in context["offers"] if o.act == form.act), None)
    found: dict[str, Any] = {
        "form": form, "closed": _(offer.reason) if offer is not None and offer.reason else "",
        "lately": timeline("compilation", shown.pk).order_by("-sequence")[:LATELY] if conflict else [],
    }
    hidden = {field.name: form[field.name].value() for field in form.hidden_fields()}
    if form.shows_report:
        now, before = drawn(shown, context["today"]), assemble.previous_report(shown)
        # The page shows the report as it is now, so that what is sent next speaks of this, also after a refusal.
        hidden = form.suggested() | {"shown": assemble.mark(now.report)}
        found |= {
            "drawn": now, "tables": now.tables, "figures": now.figures, "remarks": queries.remarks(shown),
            "by_hand_tables": now.by_hand_tables, "before": before,
            "main_cells": [
                (cell, now.figures[cell].value, before.value(cell) if before else None)
                for cell in MAIN_CELLS if cell in now.figures
            ],
            "by_hand_cells": [c for c, f in now.figures.items() if f.source == Source.HAND and c.startswith("t2.")],
            "apart": apart(shown, now.figures) if context["standing"].frozen else set(),
        }
    found["hidden"] = [(name, hidden.get(name)) for name in (f.name for f in form.hidden_fields())]
    return render(request, "compilations/act.html", context | found, status=status)
