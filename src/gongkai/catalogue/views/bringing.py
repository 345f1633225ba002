"""Items that come in by the hundred: from a spreadsheet, or from above."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.accounts.permissions import Denied
from gongkai.agencies.models import Agency
from gongkai.catalogue import actions, queries
from gongkai.catalogue.forms import BelowForm, FilterForm, SheetForm
from gongkai.catalogue.models import CatalogueImport, Item
from gongkai.catalogue.permissions import CataloguePermission as P
from gongkai.catalogue.views.doors import agency_of, seen
from gongkai.core.catalogue.standard_write import write_xlsx
from gongkai.core.errors import ReadError, Refused
from gongkai.files.downloads import attachment
from gongkai.infra.refusals import said, translated

SHOWN = 200
OFFERED = 300  # items, and agencies, on the page for handing down
REHEARSED = "catalogue-rehearsed"  # the sheet between rehearsal and import, in the session
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(P.MAINTAIN)
def rehearse(request: HttpRequest, agency_id: int) -> HttpResponseBase:
    """Look at every row of a standard catalogue without writing; the page then offers the import of it."""
    agency = agency_of(request, agency_id, P.MAINTAIN)
    form = SheetForm(request.POST or None, request.FILES or None)
    outcome = None
    if request.method == "POST" and form.is_valid():
        sheet = form.cleaned_data["sheet"]
        data, name = sheet.read(), sheet.name or ""
        try:
            outcome = actions.import_standard(
                by=actor_of(request), agency=agency, name=name, data=data, on=timezone.localdate(), at=timezone.now(),
                dry_run=True,
            )
            request.session[REHEARSED] = [agency.pk, name, base64.b64encode(data).decode("ascii")]
        except ReadError as unreadable:
            form.add_error("sheet", unreadable.message)
        except Refused as refusal:
            if isinstance(refusal, Denied):
                raise
            form.add_error("sheet", translated(refusal))
    bad = form.is_bound and outcome is None
    return render(request, "catalogue/import.html", {
        "agency": agency, "form": form, "outcome": outcome, "most": SHOWN,
        "problems": outcome.problems[:SHOWN] if outcome else [],
        "before": CatalogueImport.objects.filter(agency=agency).select_related("by")[:5],
    }, status=400 if bad else 200)


@requires(P.MAINTAIN)
@posted(lambda agency_id: reverse("catalogue:import", args=[agency_id]))
def write(request: HttpRequest, agency_id: int) -> HttpResponseBase:
    """Import the sheet that was rehearsed. Sent twice, the second finds nothing left to do."""
    agency = agency_of(request, agency_id, P.MAINTAIN)
    kept = request.session.pop(REHEARSED, None)
    if kept is None or kept[0] != agency.pk:
        messages.warning(request, _("没有待导入的表，请先试导入一次"))
        return redirect("catalogue:import", agency.pk)
    try:
        outcome = actions.import_standard(
            by=actor_of(request), agency=agency, name=kept[1], data=base64.b64decode(kept[2]),
            on=timezone.localdate(), at=timezone.now(), skip_refused=request.POST.get("skip_refused") == "1",
        )
    except Refused as refusal:
        if isinstance(refusal, Denied):
            raise
        messages.error(request, translated(refusal))
        return redirect("catalogue:import", agency.pk)
    if outcome.problems and not outcome.rows:
        messages.error(request, _("有 %(n)s 行不能导入，全部没有写入；请改好表格，或选择跳过这些行") % {
            "n": len(outcome.problems),
        })
        return redirect("catalogue:import", agency.pk)
    told = _("新增 %(added)s 项，修改 %(changed)s 项，未变 %(unchanged)s 项，跳过 %(refused)s 行")
    messages.success(request, told % {
        "added": outcome.added, "changed": outcome.changed, "unchanged": outcome.unchanged,
        "refused": len(outcome.problems),
    })
    return redirect("catalogue:agency", agency.pk)


@requires(P.MAINTAIN)
def template(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001
    """The empty standard catalogue."""
    return attachment(write_xlsx([]), _("基层政务公开标准目录空表") + ".xlsx", _XLSX)


@requires(P.ASSIGN)
def below(request: HttpRequest, agency_id: int) -> HttpResponseBase:
    """Hand items of this catalogue down to agencies below."""
    agency = agency_of(request, agency_id, P.ASSIGN)
    narrowing = FilterForm(request.GET, agency=agency, domains=queries.domains_of(agency))
    chosen = queries.items_of(agency, replace(narrowing.filters, retired=False))
    reached = seen(request, P.ASSIGN) & Agency.objects.below(agency).in_force(timezone.localdate())
    items = _first(chosen, Item.objects.order_by("order", "pk"))
    under = _first(reached, Agency.objects.order_by("path"))
    form = BelowForm(request.POST if request.method == "POST" else None, items=items, agencies=under)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            handed = actions.hand_down(
                by=actor_of(request), agency=agency, items=list(given["items"]), to=list(given["to"]),
                reason=given["reason"], on=timezone.localdate(), at=timezone.now(),
            )
            messages.success(request, _("已下达：新增 %(added)s 项，更新 %(changed)s 项") % {
                "added": handed.added, "changed": handed.changed,
            })
            for target, code in handed.clashes[:20]:
                messages.warning(request, _("%(agency)s已有编码 %(taken)s 的另一事项，没有下达到那里") % {
                    "agency": target.name, "taken": code,
                })
            return redirect("catalogue:agency", agency.pk)
        except Refused as refusal:
            if isinstance(refusal, Denied):
                raise
            said(form, refusal)
    return render(request, "catalogue/below.html", {
        "agency": agency, "form": form, "narrowing": narrowing, "narrowed": narrowing.filters.narrowed,
        "any_items": chosen.exists(), "any_below": reached.exists(), "most": OFFERED,
        "more": chosen.count() > OFFERED or reached.count() > OFFERED,
    }, status=400 if form.is_bound else 200)


def _first(rows: Any, everything: Any) -> Any:
    """Those of the first rows, as something that a form can look up in."""
    return everything.filter(pk__in=list(rows.values_list("pk", flat=True)[:OFFERED]))
