"""What is owed to whom, the receivers, the batches, and the totals of a year by quarter."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.gate import actor_of, requires
from gongkai.accounts.organ import at_desk, chosen
from gongkai.accounts.permissions import may, within
from gongkai.agencies.models import Agency
from gongkai.core.errors import Refused
from gongkai.core.tables import csv_lines
from gongkai.files.downloads import attachment, kept_nowhere
from gongkai.handover import queries
from gongkai.handover.forms import ReceiverForm
from gongkai.handover.models import Batch, Receiver
from gongkai.handover.periods import Frequency
from gongkai.handover.permissions import HandoverPermission as P
from gongkai.infra.refusals import said

ROWS = 50
OWED = 50
RECEIVERS = 200
FIRST_YEAR = 2008


@requires(P.SEE)
def overview(request: HttpRequest) -> HttpResponseBase:
    """Owed periods, the oldest first; then receivers and batches."""
    actor, today = at_desk(request), timezone.localdate()
    receivers = Receiver.objects.visible_to(actor).select_related("agency")
    owed = queries.owed(receivers, today)
    rows = Batch.objects.visible_to(actor).select_related("receiver__agency")
    state = request.GET.get("state", "")
    if state == "unsent":
        rows = rows.filter(sent_on__isnull=True)
    elif state == "unanswered":
        rows = rows.filter(sent_on__isnull=False, received_on__isnull=True)
    mine = actor_of(request)
    return render(request, "handover/overview.html", {
        "owed": [(one, queries.overdue(one, today), may(mine, P.HAND_OVER, one.receiver)) for one in owed[:OWED]],
        "owed_total": len(owed), "receivers": receivers[:RECEIVERS], "state": state,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")), "hands_over": may(mine, P.HAND_OVER),
        "year": today.year,
    })


@requires(P.HAND_OVER)
def receiver(request: HttpRequest, receiver_id: int | None = None) -> HttpResponseBase:
    """A receiver is added or changed."""
    actor = actor_of(request)
    mine = Agency.objects.filter(within(actor, P.HAND_OVER, "path")).order_by("path")
    shown = None
    if receiver_id is not None:
        rows = Receiver.objects.filter(within(actor, P.HAND_OVER, "agency__path")).select_related("agency")
        shown = rows.get(pk=receiver_id)
    begin: dict[str, Any] = {
        "agency": chosen(request), "frequency": Frequency.QUARTERLY,
        "since": timezone.localdate().replace(month=1, day=1),
    }
    form = ReceiverForm(request.POST or None, receiver=shown, agencies=mine, initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            made = form.perform(by=actor, at=timezone.now())
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, _("已保存“%(name)s”") % {"name": made.name})
            return redirect("handover:overview")
    return render(request, "handover/receiver.html", {"form": form, "receiver": shown},
                  status=400 if form.is_bound and form.errors else 200)


@requires(P.SEE)
def totals(request: HttpRequest) -> HttpResponseBase:
    """Items handed over by receiver and quarter, to be compared with the receiver's count."""
    today = timezone.localdate()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() else today.year
    if not FIRST_YEAR <= year <= today.year:
        raise Http404
    rows = queries.quarters(at_desk(request), year)
    for row in rows:
        row["total"] = sum(row[f"q{n}"] for n in (1, 2, 3, 4))  # type: ignore[misc]
    if request.GET.get("as") == "csv":
        headings = (_("机关"), _("接收单位"), *(_("第%(n)s季度") % {"n": n} for n in (1, 2, 3, 4)), _("合计"))
        lines = ([row["receiver__agency__name"], row["receiver__name"], *(row[f"q{n}"] for n in (1, 2, 3, 4)),
                  row["total"]] for row in rows)
        data = b"".join(csv_lines(headings, lines))  # type: ignore[arg-type]
        return kept_nowhere(attachment(data, f"handover-{year}.csv", "text/csv; charset=utf-8"))
    return render(request, "handover/totals.html", {
        "rows": rows, "year": year, "years": range(today.year, FIRST_YEAR - 1, -1),
    })
