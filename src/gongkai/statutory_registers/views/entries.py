"""The registers of decisions, charges and purchases: list, row, acts, export, and the items in stock."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.gate import actor_of, requires
from gongkai.accounts.organ import at_desk, chosen
from gongkai.accounts.permissions import may, within
from gongkai.calendars.queries import calendar_of
from gongkai.core.errors import Refused
from gongkai.infra.refusals import said
from gongkai.ledger.queries import timeline
from gongkai.statutory_registers import actions, exporting, queries, showing
from gongkai.statutory_registers.forms.base import ActForm
from gongkai.statutory_registers.forms.entries import BY_ACT, LATE, NEAR, EndItem, EntryFilter, NewEntry, NewItem
from gongkai.statutory_registers.importing import ENTRY_COLUMNS
from gongkai.statutory_registers.models import Entry, PowerItem
from gongkai.statutory_registers.permissions import RegisterPermission as P
from gongkai.statutory_registers.registers import ROW_NAMES, SHOWN_WITHIN, WITH_AMOUNT, WITH_ITEMS, Register, Shown
from gongkai.statutory_registers.views import reach
from gongkai.statutory_registers.views.files import handed_out


@requires(P.SEE)
def listing(request: HttpRequest, register: str) -> HttpResponseBase:
    """Rows in one's reach, the latest first."""
    kept = reach.register_of(register)
    form = _filter(request, kept)
    page = reach.paged(request, _rows(request, kept, form))
    showing.with_chips(page.object_list, timezone.localdate())
    return render(request, "registers/entries.html", {
        "form": form, "page": page, "register": kept,
        "name": reach.named(kept), "day": ROW_NAMES[kept][1], "with_amount": kept in WITH_AMOUNT,
        "with_items": kept in WITH_ITEMS, "keeps": reach.keeps(actor_of(request)),
        "imports": may(actor_of(request), P.IMPORT), "within": SHOWN_WITHIN.get(kept),
        "export": reverse("registers:entries-export", args=[kept]) if may(at_desk(request), P.EXPORT) else "",
    })


@requires(P.EXPORT)
def export(request: HttpRequest, register: str) -> HttpResponseBase:
    """The list as it is filtered, in the columns of the import; cancelled rows stay here."""
    kept = reach.register_of(register)
    rows = _rows(request, kept, _filter(request, kept)).filter(cancelled_on__isnull=True)
    rows = rows.filter(within(at_desk(request), P.EXPORT, "agency__path"))
    return handed_out(request, kept, ENTRY_COLUMNS, rows, exporting.entry_rows)


@requires(P.KEEP)
def new(request: HttpRequest, register: str) -> HttpResponseBase:
    """Enter a row."""
    kept, actor = reach.register_of(register), actor_of(request)
    mine = reach.agencies(actor, P.KEEP)
    items = PowerItem.objects.filter(register=kept, to_on__isnull=True, agency__in=mine)[:reach.CHOICES]
    begin = {"agency": chosen(request), "shown": Shown.NOT_YET}
    offered = PowerItem.objects.filter(pk__in=[one.pk for one in items])
    form = NewEntry(request.POST or None, register=kept, agencies=mine, items=offered, initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            made = form.perform(by=actor, at=timezone.now())
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, _("已登记“%(title)s”") % {"title": made.subject})
            return redirect("registers:entries", kept)
    return render(request, "registers/new_entry.html", {
        "form": form, "register": kept, "name": reach.named(kept),
    }, status=400 if form.is_bound and form.errors else 200)


@requires(P.SEE)
def entry(request: HttpRequest, entry_id: int) -> HttpResponseBase:
    """A row: its facts, what may be done, what was done."""
    shown = _one(request, entry_id)
    calendar = calendar_of(shown.agency)
    return render(request, "registers/entry.html", {
        "chip": showing.chip_of(shown, timezone.localdate(), calendar), "deadline": showing.due_of(shown, calendar),
        "entry": shown, "name": reach.named(shown.register), "day": ROW_NAMES[Register(shown.register)][1],
        "keeps": reach.keeps(actor_of(request), shown.agency), "entries": timeline("register_entry", shown.pk),
    })


@requires(P.KEEP)
def act(request: HttpRequest, entry_id: int, act: str) -> HttpResponseBase:
    """The form of an act; sent, the act."""
    shown = _one(request, entry_id)
    if act not in BY_ACT or not reach.keeps(actor_of(request), shown.agency):
        raise Http404
    back = reverse("registers:entry", args=[shown.pk])
    return _acted(request, BY_ACT[act], shown, back, shown.subject, Register(shown.register))


@requires(P.SEE)
def items(request: HttpRequest, register: str) -> HttpResponseBase:
    """The items in stock; who keeps the register adds one here."""
    kept, actor = reach.register_of(register), actor_of(request)
    if kept not in WITH_ITEMS:
        raise Http404
    form = None
    if reach.keeps(actor):
        form = NewItem(request.POST or None, agencies=reach.agencies(actor, P.KEEP), initial={
            "agency": chosen(request)})
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            actions.add_item(by=actor, register=kept, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, _("已加入“%(title)s”") % {"title": form.cleaned_data["name"]})
            return redirect("registers:items", kept)
    rows = queries.items(at_desk(request), kept)
    return render(request, "registers/items.html", {
        "form": form, "page": reach.paged(request, rows), "register": kept, "name": reach.named(kept),
        "keeps": form is not None,
    }, status=400 if form is not None and form.is_bound and form.errors else 200)


@requires(P.KEEP)
def end_item(request: HttpRequest, item_id: int) -> HttpResponseBase:
    """An item is abolished."""
    shown = PowerItem.objects.filter(within(actor_of(request), P.KEEP, "agency__path")).get(pk=item_id)
    return _acted(request, EndItem, shown, reverse("registers:items", args=[shown.register]), shown.name,
                  Register(shown.register))


def _acted(
    request: HttpRequest, kind: type[ActForm], row: Any, back: str, name: str, register: Register,
) -> HttpResponseBase:
    form = kind(request.POST if request.method == "POST" else None, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            form.perform(by=actor_of(request), at=timezone.now())  # type: ignore[attr-defined]
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, form.done)
            return redirect(back)
    return render(request, "registers/act.html", {
        "form": form, "name": name, "back": back, "room": _(reach.named(register)),
        "room_href": reverse("registers:entries", args=[register]),
    }, status=400 if form.is_bound and form.errors else 200)


def _one(request: HttpRequest, entry_id: int) -> Entry:
    rows = Entry.objects.visible_to(actor_of(request)).select_related("agency", "item", "publication")
    return rows.get(pk=entry_id)


def _filter(request: HttpRequest, register: Register) -> EntryFilter:
    held = reach.agencies(at_desk(request))
    return EntryFilter(
        request.GET, register=register, years=reach.years(timezone.localdate().year),
        agencies=held if request.GET.get("agency") else held[:reach.CHOICES],
    )


def _rows(request: HttpRequest, register: Register, form: EntryFilter) -> Any:
    shown, where = form.said("shown"), form.said("agency")
    timed = {LATE: showing.late, NEAR: showing.near}.get(shown)
    rows = queries.entries(
        at_desk(request), register, agency=where or None, year=form.said("year") or None,
        shown="" if timed else shown, text=form.said("q"),
    )
    if timed is None:
        return rows
    return rows.filter(timed([register], timezone.localdate(), calendar_of(where) if where else None))
