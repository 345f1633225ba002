"""A whole table typed in, in the layout of the form itself; sums and findings follow while one types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import actor_of, posted
from gongkai.compilations import actions, assemble
from gongkai.compilations.figures import Figure
from gongkai.compilations.forms.entering import TableForm
from gongkai.compilations.models import Compilation
from gongkai.compilations.views.doors import compiler
from gongkai.compilations.views.drawing import WHOLE, Drawn, drawn
from gongkai.compilations.views.frame import frame, worked_on
from gongkai.core.errors import Refused
from gongkai.core.report.model import Number
from gongkai.infra.refusals import said


@compiler
@never_cache
def table(request: HttpRequest, compilation_id: int, table: str) -> HttpResponseBase:
    """The form; sent, the table. What was typed comes back with a refusal."""
    shown = worked_on(request, compilation_id)
    if table not in WHOLE:
        raise Http404
    if request.method != "POST":
        return _page(request, shown, table, TableForm(
            form_id=shown.form, table=table, initial=_begins(shown, table),
        ))
    form = TableForm(request.POST, form_id=shown.form, table=table)
    if form.is_valid():
        try:
            actions.enter_table(
                by=actor_of(request), compilation=shown, table=table, values=form.values,
                source=form.cleaned_data["source"], seen=form.cleaned_data["seen"], at=timezone.now(),
            )
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, _("已按填报的数重新合计，整张表标为手工填报"))
            return redirect(reverse("compilations:report", args=[shown.pk]) + f"#head-{table}")
    return _page(request, shown, table, form, status=400)


@compiler
@posted(lambda compilation_id, table: reverse("compilations:table", args=[compilation_id, table]))
@never_cache
def tried(request: HttpRequest, compilation_id: int, table: str) -> HttpResponseBase:
    """What the sums and the findings would be with what is typed so far. Nothing is written."""
    shown = worked_on(request, compilation_id)
    if table not in WHOLE:
        raise Http404
    form = TableForm(request.POST, form_id=shown.form, table=table)
    form.is_valid()
    now = drawn(shown, timezone.localdate(), typed=_whole(form))
    return render(request, "compilations/tried.html", _tried(now, table) | {"sums": _sums(form, now, table)})


def _page(
    request: HttpRequest, shown: Compilation, table: str, form: TableForm, status: int = 200,
) -> HttpResponseBase:
    now = drawn(shown, timezone.localdate(), typed=_whole(form) if form.is_bound else None)
    view = next(one for one in now.tables if one.key == table)
    return render(request, "compilations/enter_table.html", frame(request, shown, "report") | {
        "form": form, "table": view, "fields": {cell: form[cell] for cell in form.cells},
        "sums": _sums(form, now, table), **_tried(now, table),
    }, status=status)


def _whole(form: TableForm) -> dict[str, Number]:
    """Every cell that is typed: what could not be read counts as 0 until it is put right."""
    return dict.fromkeys(form.cells, 0) | form.values


def _tried(now: Drawn, table: str) -> dict[str, Any]:
    """The findings that touch the table."""
    return {"found": [one for one in now.found if any(c.startswith(f"{table}.") for c in one.finding.cells)]}


def _sums(form: TableForm, now: Drawn, table: str) -> dict[str, Any]:
    return {c: f.value for c, f in now.figures.items() if c.startswith(f"{table}.") and c not in set(form.cells)}


def _begins(shown: Compilation, table: str) -> dict[str, Any]:
    """What the fields begin with: what stands there now, so that one number can be put right."""
    figures: Mapping[str, Figure] = assemble.figures_of(shown)
    given = {cell: str(figure.value) for cell, figure in figures.items() if cell.startswith(f"{table}.")}
    row = shown.entered.filter(withdrawn_at__isnull=True, cell__startswith=f"{table}.").first()
    return given | {"source": row.source if row else "", "seen": shown.revision}

