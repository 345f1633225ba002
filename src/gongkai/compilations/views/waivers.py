"""Answering for a finding that stays open, and taking that back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.compilations import actions, errata, queries
from gongkai.compilations.forms.waiving import WaiveForm
from gongkai.compilations.models import Compilation
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.states import State
from gongkai.compilations.views.drawing import Found, drawn
from gongkai.compilations.views.frame import frame, opened
from gongkai.core.errors import Refused
from gongkai.infra.refusals import said, translated


@requires(P.WAIVE)
@never_cache
def waive(request: HttpRequest, compilation_id: int) -> HttpResponseBase:
    """The form beside a finding, named by its code and cells; sent, the reason."""
    shown = opened(request, compilation_id)
    given = request.POST if request.method == "POST" else request.GET
    form = WaiveForm(request.POST) if request.method == "POST" else WaiveForm(
        initial={name: given.get(name, "") for name in ("code", "cells", "erratum")},
    )
    found = _find(shown, given.get("code", ""), given.get("cells", ""), given.get("erratum", ""))
    if found is None:
        messages.warning(request, _("这个问题已经没有了，不用说明理由"))
        return redirect("compilations:report", shown.pk)
    if request.method == "POST" and form.is_valid():
        try:
            actions.waive(
                by=actor_of(request), compilation=shown, code=found.finding.code, cells=found.finding.cells,
                message=found.finding.message, reason=form.cleaned_data["reason"], at=timezone.now(),
            )
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, _("已记下理由，签发时随年报一并留存"))
            if given.get("erratum"):
                return redirect("compilations:correct", shown.pk)
            return redirect(reverse("compilations:report", args=[shown.pk]) + "#findings")
    return render(request, "compilations/waive.html", frame(request, shown, "report") | {
        "form": form, "one": found,
    }, status=400 if form.is_bound else 200)


@requires(P.WAIVE)
@posted(lambda compilation_id, waiver_id: reverse("compilations:report", args=[compilation_id]))  # noqa: ARG005
def withdraw(request: HttpRequest, compilation_id: int, waiver_id: int) -> HttpResponse:
    """Answer for it no longer."""
    shown = opened(request, compilation_id)
    waiver = queries.waivers(shown).get(pk=waiver_id)
    try:
        actions.withdraw_waiver(by=actor_of(request), waiver=waiver, at=timezone.now())
        messages.success(request, _("已撤回理由，这个问题重新列为未消除"))
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        messages.error(request, translated(refusal))
    return redirect(reverse("compilations:report", args=[shown.pk]) + "#findings")


def _find(shown: Compilation, code: str, cells: str, erratum: str) -> Found | None:
    """The open finding of that name: in the report as it stands, or in the erratum of these cells ("all": of all)."""
    named, today = tuple(cell for cell in cells.split(",") if cell), timezone.localdate()
    if erratum and shown.state == State.PUBLISHED:
        chosen = None if erratum == "all" else erratum.split(",")
        found = [Found(n, one, None) for n, one in enumerate(errata.proposed(shown, today, chosen).findings, 1)]
    else:
        found = list(drawn(shown, today).found)
    named_so = (one for one in found if one.finding.code == code and one.finding.cells == named and one.waiver is None)
    return next(named_so, None)
