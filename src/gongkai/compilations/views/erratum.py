"""Correcting what was published: choose the cells, read what would change, say why, publish."""

from __future__ import annotations

from collections.abc import Mapping
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
from gongkai.compilations import actions, assemble, differences, errata, rules
from gongkai.compilations.differences import Difference
from gongkai.compilations.errata import Proposal
from gongkai.compilations.forms.entering import typed_cells
from gongkai.compilations.forms.erratum import ErratumForm
from gongkai.compilations.models import Compilation, Source
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.states import Origin, State
from gongkai.compilations.views.drawing import WHOLE, Found
from gongkai.compilations.views.frame import frame, opened
from gongkai.core.errors import Refused
from gongkai.core.report.forms import form as form_of
from gongkai.core.report.model import Number
from gongkai.core.report.render.labels import cell_title
from gongkai.core.report.render.tables import TableView, statutory_tables
from gongkai.infra.refusals import said, translated


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
    form = ErratumForm(
        request.POST if request.method == "POST" else None, cells=choices, typed=_typed(shown), form_id=shown.form,
        initial={"cells": [cell for cell, _title in choices], "seen": shown.revision},
    )
    issue = request.POST.get("step") == "issue"
    if issue and form.is_valid():
        try:
            actions.correct(
                by=actor_of(request), compilation=shown, reason=form.cleaned_data["reason"], cells=form.chosen,
                entered=form.entered or None, source=form.cleaned_data["source"], seen=form.cleaned_data["seen"],
                shown=form.cleaned_data["shown"] or None, at=timezone.now(),
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
    request: HttpRequest, shown: Compilation, form: ErratumForm, apart: Mapping[str, Difference], *, issue: bool,
) -> HttpResponse:
    proposal, refused = _proposed(shown, form)
    picked, chosen = form.chosen, set(form.offered if form.chosen is None else form.chosen)
    context = frame(request, shown, "report") | {
        "form": form, "asked": issue, "rows": [(apart[cell], cell in chosen) for cell in apart if cell in form.offered],
        "proposal": proposal, "refused": translated(refused) if refused else "",
        "picked": "all" if picked is None else ",".join(picked),
        "changes": [], "found": [], "sums": {}, "fields": {cell: form[cell] for cell in form.typed},
        "by_hand": [form[cell] for cell in form.typed if cell.startswith("t2.")],
        "by_hand_tables": _tables(shown, form),
    }
    if proposal is not None:
        context |= {
            "mark": assemble.mark(proposal.report),
            "changes": [(cell, _number(was), _number(now)) for cell, (was, now) in proposal.changes.items()],
            "found": [Found(n, one, None) for n, one in enumerate(proposal.findings, 1)],
        }
    return render(request, "compilations/correct.html", context, status=400 if issue else 200)


def _proposed(shown: Compilation, form: ErratumForm) -> tuple[Proposal | None, Refused | None]:
    """What would be published; or why a number that is being typed cannot stand."""
    try:
        return errata.proposed(shown, timezone.localdate(), form.chosen, entered=form.entered or None), None
    except Refused as refusal:
        return None, refusal


def _typed(shown: Compilation) -> dict[str, Number]:
    """The numbers of the published report that somebody typed in and that are no sums."""
    if shown.origin == Origin.FILE:
        return {}
    figures = assemble.standing(shown)
    whole = {cell for table in WHOLE for cell in typed_cells(shown.form, table)}
    return {
        cell: figure.value for cell, figure in figures.items()
        if figure.source == Source.HAND and (cell.startswith("t2.") or cell in whole)
    }


def _tables(shown: Compilation, form: ErratumForm) -> list[TableView]:
    """The tables that were typed in whole, to be typed again."""
    keys = {cell.split(".")[0] for cell in form.typed} & set(WHOLE)
    if not keys:
        return []
    return [table for table in statutory_tables(assemble.report_of(shown)) if table.key in keys]


def _number(value: Any) -> Any:
    return Decimal(value) if isinstance(value, str) else value
