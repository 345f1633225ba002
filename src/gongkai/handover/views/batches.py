"""A batch: what it would hold, made, its page, its files, the paper that both sides sign, and what is done with it."""

from __future__ import annotations

import tempfile
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.accounts.permissions import may, within
from gongkai.core.errors import Refused
from gongkai.core.tables import csv_lines, xlsx
from gongkai.files.downloads import attachment, kept_nowhere
from gongkai.handover import actions, packing, queries
from gongkai.handover.forms import BY_ACT
from gongkai.handover.models import Batch, Receiver
from gongkai.handover.periods import Period, period_of
from gongkai.handover.permissions import HandoverPermission as P
from gongkai.infra.refusals import said, translated
from gongkai.ledger.queries import timeline

ROWS = 100
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(P.HAND_OVER)
def make(request: HttpRequest, receiver_id: int) -> HttpResponseBase:
    """What the batch of a period would hold; sent, the batch. Nothing to hand over makes the nil return."""
    actor = actor_of(request)
    rows = Receiver.objects.filter(within(actor, P.HAND_OVER, "agency__path")).select_related("agency")
    receiver = rows.get(pk=receiver_id)
    period = _period(request, receiver)
    if request.method == "POST":
        try:
            made = actions.make_batch(
                by=actor, receiver=receiver, first=period.first, last=period.last, at=timezone.now(),
            )
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            messages.error(request, translated(refusal))
            there = _made(receiver, period)
            return redirect("handover:batch", there.pk) if there else redirect("handover:overview")
        messages.success(request, _("已编制零报告") if made.nil else _("已编制移交清单，%(n)s 件") % {
            "n": made.items_count})
        return redirect("handover:batch", made.pk)
    if (there := _made(receiver, period)) is not None:  # by a colleague, or reached by the way back
        messages.info(request, _("这一期的移交清单已经编制，就是下面这一份"))
        return redirect("handover:batch", there.pk)
    found = queries.lines(receiver, period.last)
    return render(request, "handover/make.html", {
        "receiver": receiver, "period": period, "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "most": len(found) >= queries.LINES_MOST,
    })


@requires(P.SEE)
def batch(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    """A batch with its list, what may be done, and what was done."""
    shown = _one(request, batch_id)
    items = Paginator(shown.items.all(), ROWS).get_page(request.GET.get("page"))
    siblings = Batch.objects.filter(
        receiver=shown.receiver_id, first_on=shown.first_on, last_on=shown.last_on,
    ).exclude(pk=shown.pk).order_by("supplement")
    return render(request, "handover/batch.html", {
        "batch": shown, "page": items, "siblings": siblings, "entries": timeline("handover_batch", shown.pk),
        "hands_over": may(actor_of(request), P.HAND_OVER, shown),
    })


@requires(P.HAND_OVER)
@posted(lambda batch_id: reverse("handover:batch", args=[batch_id]))
def bag(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    """The batch as one file, written to disk piece by piece and noted in the ledger."""
    shown = _one(request, batch_id)
    written = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    packing.write(shown, written)
    written.seek(0)
    actions.note_packed(by=actor_of(request), batch=shown, at=timezone.now())
    name = f"{shown.first_on:%Y%m%d}-{shown.last_on:%Y%m%d}-{shown.pk}.zip"
    return kept_nowhere(FileResponse(written, as_attachment=True, filename=name, content_type="application/zip"))


@requires(P.SEE)
def manifest(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    """The list of a batch (信息目录表) as .xlsx or .csv."""
    shown = _one(request, batch_id)
    rows = packing.catalogue_rows(shown)
    if request.GET.get("as") == "csv":
        data = b"".join(csv_lines(packing.HEADINGS, rows))
        return kept_nowhere(attachment(data, f"list-{shown.pk}.csv", "text/csv; charset=utf-8"))
    return kept_nowhere(attachment(xlsx(packing.HEADINGS, rows, name="信息目录表"), f"list-{shown.pk}.xlsx", _XLSX))


@requires(P.SEE)
def sheet(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    """The paper that both sides sign, to be printed on A4."""
    shown = _one(request, batch_id)
    return render(request, "handover/sheet.html", {"batch": shown, "counts": queries.by_change(shown)})


@requires(P.HAND_OVER)
def act(request: HttpRequest, batch_id: int, act: str) -> HttpResponseBase:
    """The form of an act; sent, the act. A refusal comes back to the form with what was typed."""
    shown = _one(request, batch_id)
    if act not in BY_ACT or not may(actor_of(request), P.HAND_OVER, shown):
        raise Http404
    form = BY_ACT[act](request.POST if request.method == "POST" else None, batch=shown, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            done = form.perform(by=actor_of(request), at=timezone.now())  # type: ignore[attr-defined]
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, form.done)
            return redirect("handover:batch", done.pk)
    return render(request, "handover/act.html", {"form": form, "batch": shown},
                  status=400 if form.is_bound and form.errors else 200)


def _made(receiver: Receiver, period: Period) -> Batch | None:
    """The batch of a period that was made already, supplements aside."""
    return Batch.objects.filter(
        receiver=receiver, first_on=period.first, last_on=period.last, supplement=0,
    ).first()


def _one(request: HttpRequest, batch_id: int) -> Batch:
    return Batch.objects.visible_to(actor_of(request)).select_related("receiver__agency", "made_by").get(pk=batch_id)


def _period(request: HttpRequest, receiver: Receiver) -> Period:
    """The period of the day in the address. Raises Http404."""
    try:
        return period_of(date.fromisoformat(request.GET.get("first", "")), receiver.frequency)
    except ValueError:
        raise Http404 from None
