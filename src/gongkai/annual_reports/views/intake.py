"""Taking reports in: upload, watch the reading, say whose each file is."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.db.models.fields.json import KT
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.accounts.organ import at_desk, chosen
from gongkai.accounts.permissions import Denied, within
from gongkai.agencies.models import Agency
from gongkai.annual_reports import actions, queries
from gongkai.annual_reports.forms import ConfirmForm, ReasonForm, UploadForm
from gongkai.annual_reports.guesses import Guess
from gongkai.annual_reports.models import Scope, UploadBatch, UploadItem
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.annual_reports.states import ItemState
from gongkai.core.errors import Refused
from gongkai.infra.refusals import said, translated

# What needs a person comes first; within a kind the order of the upload stays.
ATTENTION = (
    ItemState.READ, ItemState.REFUSED, ItemState.READING, ItemState.STORED, ItemState.DUPLICATE, ItemState.CONFIRMED,
)


def _its_batch(item_id: int) -> str:
    """The page that a file stands on."""
    return reverse("annual_reports:batch", args=[UploadItem.objects.values_list("batch_id", flat=True).get(pk=item_id)])


@requires(AnnualReportPermission.UPLOAD)
def upload(request: HttpRequest) -> HttpResponseBase:
    """One file, many, or a zip. Sent twice it is one batch, and the answer leads to it."""
    actor = actor_of(request)
    # On behalf of where one works; whose report each file is, is confirmed afterwards.
    mine = Agency.objects.filter(
        within(actor, AnnualReportPermission.UPLOAD, "path"), pk__in={h.agency_id for h in actor.holdings},
    ).in_force(timezone.localdate())
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, agencies=mine)
        if form.is_valid():
            incoming = [actions.Incoming(f.name or "", f.chunks()) for f in form.cleaned_data["files"]]
            try:
                batch = actions.upload(
                    by=actor, agency=form.cleaned_data["agency"], files=incoming, at=timezone.now(),
                    token=form.cleaned_data["token"],
                )
                return redirect("annual_reports:batch", batch.pk)
            except Refused as refusal:
                said(form, refusal)
    else:
        home = chosen(request) or (actor.holdings[0].agency_id if actor.holdings else None)
        form = UploadForm(initial={"token": uuid.uuid4(), "agency": home}, agencies=mine)
    return render(request, "annual_reports/upload.html", {
        "form": form, "batches": queries.batches(at_desk(request))[:8],
        "limit": settings.GONGKAI_UPLOAD_MAX_BYTES // (1024 * 1024),
    }, status=400 if form.is_bound else 200)


@requires(AnnualReportPermission.UPLOAD)
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The files of a batch. While some are unread htmx asks for the list again, or the page reloads."""
    shown = queries.batch(actor_of(request), batch_id)
    template = "annual_reports/batch_progress.html" if request.htmx else "annual_reports/batch.html"
    return render(request, template, _batch_page(request, shown))


@requires(AnnualReportPermission.CONFIRM)
@posted(_its_batch)
def confirm(request: HttpRequest, item_id: int) -> HttpResponseBase:
    """File a read item under the agency and year that a person chose."""
    actor = actor_of(request)
    item = queries.item(actor, item_id)
    form = ConfirmForm(request.POST, prefix=f"i{item.pk}")
    if form.is_valid():
        said_by_person = form.cleaned_data
        try:
            version = actions.confirm(
                by=actor, item=item, agency=said_by_person["agency"], year=said_by_person["year"],
                scope=said_by_person["scope"], replace=said_by_person["replace"], at=timezone.now(),
            )
        except Denied:
            told = _("%(agency)s不在您的岗位范围内，没有收。请改选机关，或请该机关、其主管部门的人员来确认")
            form.add_error("agency", told % {"agency": said_by_person["agency"].name})
        except Refused as refusal:
            said(form, refusal)
        else:
            messages.success(request, _("已确认：%(report)s") % {"report": version.report})
            return redirect("annual_reports:batch", item.batch_id)
    shown = queries.batch(actor, item.batch_id)
    return render(request, "annual_reports/batch.html", _batch_page(request, shown, bound={item.pk: form}), status=400)


@requires(AnnualReportPermission.CONFIRM)
@posted(lambda batch_id: reverse("annual_reports:batch", args=[batch_id]))
def confirm_all(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    """Confirm in one go the files whose agency and year were recognised beyond doubt and replace nothing."""
    actor = actor_of(request)
    shown = queries.batch(actor, batch_id)
    done, left = 0, 0
    for item in queries.items(actor, shown).filter(state=ItemState.READ):
        if item.recognised_agency is None or item.recognised_year is None:
            left += 1
            continue
        try:
            actions.confirm(
                by=actor, item=item, agency=item.recognised_agency, year=item.recognised_year,
                scope=item.scope or Scope.OWN, at=timezone.now(),
            )
            done += 1
        except Refused:
            left += 1
    messages.success(request, _("已确认 %(done)s 份，还有 %(left)s 份要逐份确认") % {"done": done, "left": left})
    return redirect("annual_reports:batch", shown.pk)


@requires(AnnualReportPermission.UPLOAD)
@posted(_its_batch)
def discard(request: HttpRequest, item_id: int) -> HttpResponseBase:
    """Set a file aside."""
    actor = actor_of(request)
    item = queries.item(actor, item_id)
    form = ReasonForm(request.POST)
    try:
        actions.discard(
            by=actor, item=item, reason=form.cleaned_data["reason"] if form.is_valid() else "", at=timezone.now(),
        )
        messages.success(request, _("已放弃 %(name)s，文件仍保存着") % {"name": item.name})
    except Refused as refusal:
        messages.error(request, translated(refusal))
    return redirect("annual_reports:batch", item.batch_id)


@requires(AnnualReportPermission.UPLOAD)
@posted(_its_batch)
def retry(request: HttpRequest, item_id: int) -> HttpResponseBase:
    """Read a file once more."""
    actor = actor_of(request)
    item = queries.item(actor, item_id)
    try:
        actions.retry(by=actor, item=item, at=timezone.now())
    except Refused as refusal:
        messages.error(request, translated(refusal))
    return redirect("annual_reports:batch", item.batch_id)


def _batch_page(
    request: HttpRequest, shown: UploadBatch, bound: dict[int, ConfirmForm] | None = None,
) -> dict[str, object]:
    actor = actor_of(request)
    written = KT("reading__agency"), KT("reading__title")
    rows = queries.items(actor, shown).annotate(written=written[0], headed=written[1])
    items = sorted(rows, key=lambda item: ATTENTION.index(ItemState(item.state)))
    for item in items:
        if item.state == ItemState.READ:
            item.form = (bound or {}).get(item.pk) or _confirm_form(item)  # type: ignore[attr-defined]
            item.filed = _filed(item)  # type: ignore[attr-defined]
            item.guesses = [Guess.of(candidate) for candidate in item.candidates[:3]]  # type: ignore[attr-defined]
    sure = sum(i.state == ItemState.READ and i.recognised_agency_id is not None and bool(i.recognised_year)
               and not i.filed for i in items)  # type: ignore[attr-defined]
    return {"batch": shown, "items": items, "progress": queries.progress(shown), "sure": sure}


def _confirm_form(item: UploadItem) -> ConfirmForm:
    # A weak guess is offered in the list but not filled in: nobody should confirm it by habit.
    likely = [guess.name for guess in map(Guess.of, item.candidates) if guess.likely]
    return ConfirmForm(prefix=f"i{item.pk}", initial={
        "agency": item.recognised_agency.name if item.recognised_agency else "".join(likely[:1]),
        "year": item.recognised_year, "scope": item.scope or Scope.OWN,
    })


def _filed(item: UploadItem) -> object:
    if item.recognised_agency is None or item.recognised_year is None:
        return None
    return queries.already_filed(item.recognised_agency, item.recognised_year, item.scope or Scope.OWN)
