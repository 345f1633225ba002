"""The register as a spreadsheet: rehearse, take over, hand out, the empty sheet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.accounts.organ import at_desk, chosen
from gongkai.accounts.permissions import within
from gongkai.agencies.models import Agency
from gongkai.applications import exporting, registering
from gongkai.applications.actions.sheets import note_export, take_over
from gongkai.applications.forms.sheet import SheetForm
from gongkai.applications.models import ApplicationQuerySet
from gongkai.applications.permissions import ApplicationPermission as P
from gongkai.applications.views.listing import filter_of, rows_of
from gongkai.core.errors import ReadError, Refused
from gongkai.core.registers.template import template_xlsx
from gongkai.files.downloads import attachment, kept_nowhere
from gongkai.infra.refusals import translated
from gongkai.vault.actions import seal_file
from gongkai.vault.clearing import discard
from gongkai.vault.models import SealedFile
from gongkai.vault.queries import open_file

REHEARSED = "register-rehearsed"
LARGEST = 30 * 1024 * 1024
SHOWN = 200


@requires(P.IMPORT)
def rehearse(request: HttpRequest) -> HttpResponseBase:
    """Judge every row without writing; the page then offers to take over what was looked at.

    The file itself waits encrypted, for a register tells what people have asked.
    """
    actor = actor_of(request)
    home = chosen(request) or next((h.agency_id for h in actor.holdings), None)
    form = SheetForm(request.POST or None, request.FILES or None, agencies=_agencies(actor), initial={"agency": home})
    looked = None
    if request.method == "POST" and form.is_valid():
        agency, sheet = form.cleaned_data["agency"], form.cleaned_data["sheet"]
        at = timezone.now()
        _discard(request.session.pop(REHEARSED, None))
        sealed = None
        try:
            _stored, sealed = seal_file(chunks=sheet.chunks(), at=at, limit=LARGEST)
            looked = registering.look(agency, open_file(sealed), sheet.name or "", today=timezone.localdate())
            request.session[REHEARSED] = [sealed.pk, agency.pk, looked.name]
        except ReadError as unreadable:
            form.add_error("sheet", unreadable.message)
        except Refused as refusal:
            form.add_error("sheet", translated(refusal))
        if looked is None and sealed is not None:
            discard(sealed)
    bad = form.is_bound and looked is None
    return render(request, "applications/import.html", {
        "form": form, "looked": looked, "refused": looked.refused[:SHOWN] if looked else (),
        "remarks": looked.remarks[:SHOWN] if looked else (), "most": SHOWN,
    }, status=400 if bad else 200)


@requires(P.IMPORT)
@posted(lambda: reverse("applications:import"))
def write(request: HttpRequest) -> HttpResponseBase:
    """Take over the sheet that was rehearsed. Sent twice, the second finds nothing left to do.

    The file has done its work then, whether it was taken over or refused, and is removed.
    """
    kept = request.session.pop(REHEARSED, None)
    sealed = SealedFile.objects.filter(pk=kept[0]).first() if kept is not None else None
    if kept is None or sealed is None:  # the worker clears what has waited for a day
        messages.warning(request, _("没有待导入的台账，请先检查一次"))
        return redirect("applications:import")
    _id, agency_id, name = kept
    actor = actor_of(request)
    agency = _agencies(actor).get(pk=agency_id)
    looked = registering.look(agency, open_file(sealed), name, today=timezone.localdate())
    try:
        taken = take_over(
            by=actor, looked=looked, at=timezone.now(), skip_refused=request.POST.get("skip_refused") == "1",
        )
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        messages.error(request, translated(refusal))
        return redirect("applications:import")
    finally:
        discard(sealed)
    messages.success(request, _("已导入 %(rows)s 件，%(refused)s 行没有导入") % {
        "rows": taken.rows, "refused": taken.refused,
    })
    return redirect("applications:list")


@requires(P.EXPORT)
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as it is filtered, as .xlsx or .csv."""
    actor, today = at_desk(request), timezone.localdate()
    to = request.GET.get("as", "xlsx")
    if to not in exporting.MEDIA_TYPES:
        to = "xlsx"
    rows: ApplicationQuerySet = rows_of(filter_of(request, actor, today), actor, today)
    rows = rows.handled_by(actor, P.EXPORT)
    count = rows.counted().order_by().count()
    if count > exporting.MOST:
        messages.error(request, _("超过 %(most)s 件，一次导不出；请按年份筛选后再导出") % {"most": exporting.MOST})
        return redirect("applications:list")
    data = exporting.written(rows, to)
    several = {h.agency_id for h in actor.holdings}
    agency = Agency.objects.get(pk=several.pop()) if len(several) == 1 else None
    note_export(by=actor_of(request), agency=agency, rows=count, form=to, at=timezone.now())
    return kept_nowhere(attachment(data, f"register-{today:%Y%m%d}.{to}", exporting.MEDIA_TYPES[to]))


@requires(P.IMPORT)
def template(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The empty sheet with its choices and explanations."""
    return kept_nowhere(attachment(template_xlsx(), "register-template.xlsx", exporting.MEDIA_TYPES["xlsx"]))


def _discard(kept: list[Any] | None) -> None:
    """What was rehearsed before and not taken over."""
    before = SealedFile.objects.filter(pk=kept[0]).first() if kept else None
    if before is not None:
        discard(before)


def _agencies(actor: Actor):  # type: ignore[no-untyped-def]
    return Agency.objects.filter(within(actor, P.IMPORT, "path")).order_by("path")
