"""Correcting what was published: choose the cells, read what would change, say why, publish."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import actor_of, requires
from gongkai.compilations import actions, differences, errata, rules
from gongkai.compilations.forms.erratum import ErratumForm
from gongkai.compilations.models import Compilation
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.states import State
from gongkai.compilations.views.drawing import Found
from gongkai.compilations.views.frame import frame, opened
from gongkai.core.errors import Refused
from gongkai.core.report.forms import form as form_of
from gongkai.core.report.render.labels import cell_title
from gongkai.infra.refusals import said


@requires(P.CORRECT)
@never_cache
def correct(request: HttpRequest, compilation_id: int) -> HttpResponseBase:
    """The page; with the step "issue" the erratum is issued, otherwise what it would change is shown again."""
    shown = opened(request, compilation_id)
    if shown.state != State.PUBLISHED:
        messages.error(request, _("没有公布的年报不用更正：可以撤回签发，改好再签发"))
        return redirect("compilations:report", shown.pk)
    apart = {one.cell: one for one in differences.differences(shown)}
    sums = rules.sums(form_of(shown.form))
    choices = [(cell, cell_title(cell, shown.form)) for cell in apart if cell not in sums]
    first = {"cells": [cell for cell, _title in choices], "seen": shown.revision}
    form = ErratumForm(request.POST if request.method == "POST" else None, cells=choices, initial=first)
    issue = request.POST.get("step") == "issue"
    if issue and form.is_valid():
        try:
            actions.correct(
                by=actor_of(request), compilation=shown, reason=form.cleaned_data["reason"], cells=form.chosen,
                seen=form.cleaned_data["seen"], at=timezone.now(),
            )
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, _("已发布更正，公众现在可以看到更正后的年报和更正说明"))
            return redirect(reverse("compilations:history", args=[shown.pk]))
    return _page(request, shown, form, apart, issue=issue)


def _page(
    request: HttpRequest, shown: Compilation, form: ErratumForm, apart: dict[str, Any], *, issue: bool,
) -> HttpResponse:
    found = errata.proposed(shown, timezone.localdate(), form.chosen)
    changes = [(cell, _number(was), _number(now)) for cell, (was, now) in found.changes.items()]
    picked = set(form.offered if form.chosen is None else form.chosen)
    return render(request, "compilations/correct.html", frame(request, shown, "report") | {
        "form": form, "asked": issue, "rows": [(apart[cell], cell in picked) for cell in apart if cell in form.offered],
        "changes": changes, "proposal": found, "picked": "all" if form.chosen is None else ",".join(form.chosen),
        "found": [Found(n, one, None) for n, one in enumerate(found.findings, 1)],
    }, status=400 if issue else 200)


def _number(value: Any) -> Any:
    return Decimal(value) if isinstance(value, str) else value
