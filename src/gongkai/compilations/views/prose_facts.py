"""The facts of a report: those that people enter, and the records behind those that are counted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import actor_of, requires
from gongkai.accounts.permissions import may
from gongkai.compilations import actions
from gongkai.compilations.facts import CELLS, RECORDS, records_of
from gongkai.compilations.facts.by_hand import GROUP
from gongkai.compilations.forms.prose import FactsForm
from gongkai.compilations.models import Compilation, Fact
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.reach import reach
from gongkai.compilations.views.frame import frame, opened
from gongkai.compilations.views.wording import Desk, grouped
from gongkai.core.errors import Refused
from gongkai.infra.refusals import said

ROWS = 50
_PAGES = {
    "publication": ("publications:publication", "pk"), "application": ("applications:application", "pk"),
    "message": ("participation:message", "pk"), "consultation": ("participation:consultation", "pk"),
    "item": ("catalogue:item", "pk"), "rehandling": ("disputes:dispute", "dispute_id"),
    "reassessment": ("publications:withheld-item", "withholding_id"),
}
_JOINS = {"rehandling": ("dispute",), "reassessment": ("withholding",), "consultation": ("publication",)}


@requires(P.SEE)
@never_cache
def facts(request: HttpRequest, compilation_id: int) -> HttpResponseBase:
    """All facts with their sources; those by hand in a form. Sent, what was changed is kept, all or nothing."""
    shown = opened(request, compilation_id)
    actor = actor_of(request)
    context = frame(request, shown, "prose")
    editable = context["standing"].editable and may(actor, P.COMPILE, shown)
    kept = {fact.key: fact for fact in Fact.objects.filter(agency=shown.agency, year=shown.year)}
    form = FactsForm(request.POST if request.method == "POST" else None, kept=kept) if editable else None
    if request.method == "POST" and form is None:
        return redirect("compilations:prose", shown.pk)
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                changes = form.changes()
                for key, (value, source) in changes.items():
                    actions.set_fact(
                        by=actor, agency=shown.agency, year=shown.year, key=key, value=value, source=source,
                        at=timezone.now(),
                    )
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, _("已保存 %(n)s 项工作数据") % {"n": len(changes)})
            return redirect("compilations:prose-facts", shown.pk)
    return render(request, "compilations/prose_facts.html", context | {
        "form": form, "groups": grouped(Desk(shown).facts), "by_hand_group": GROUP,
    }, status=400 if form is not None and form.errors else 200)


@requires(P.SEE)
@never_cache
def fact(request: HttpRequest, compilation_id: int, name: str) -> HttpResponse:
    """One fact: its number, its source, and the records or cells that it opens to. 404 for a name that is none."""
    shown = opened(request, compilation_id)
    found = Desk(shown).facts.get(name)
    if found is None:
        raise Http404
    context = frame(request, shown, "prose") | {"fact": found}
    if found.opens_to == CELLS:
        context["cells"] = [
            (cell, reverse("compilations:cell", args=[shown.pk, cell])) for cell in found.cells
        ]
    elif found.opens_to == RECORDS:
        context |= _records(request, shown, name)
    return render(request, "compilations/prose_fact.html", context)


def _records(request: HttpRequest, shown: Compilation, name: str) -> dict[str, Any]:
    rows = records_of(name, reach(shown.agency, shown.year, shown.scope))
    what = rows.model._meta.model_name or ""
    rows = rows.select_related(*_JOINS.get(what, ())).order_by("pk")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    address, key = _PAGES[what]
    return {"page": page, "rows": [(str(row), reverse(address, args=[getattr(row, key)])) for row in page.object_list]}
