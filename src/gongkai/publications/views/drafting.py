"""A new draft, the editor, and what it asks while somebody writes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import actor_of, posted
from gongkai.accounts.organ import chosen
from gongkai.accounts.permissions import Denied
from gongkai.catalogue.models import Item
from gongkai.core.errors import Refused
from gongkai.infra.refusals import said, translated
from gongkai.ledger.queries import timeline
from gongkai.publications import queries
from gongkai.publications.actions import drafting
from gongkai.publications.cleaning import clean_html
from gongkai.publications.findings import told
from gongkai.publications.forms.drafting import DraftForm, NewForm, stated
from gongkai.publications.forms.merging import marks, take_over
from gongkai.publications.models import Edition
from gongkai.publications.offering import permitted
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.states import OPEN_TO_EDIT, Act, after
from gongkai.publications.views.doors import drafter, office

PASTED = 3_000_000  # characters of markup that one paste may hold
LATELY = 8


@drafter
def new(request: HttpRequest) -> HttpResponseBase:
    """Begin a publication; the editor follows."""
    actor = actor_of(request)
    begin = {
        "agency": chosen(request), "item": request.GET.get("item", ""), "kind": request.GET.get("kind", "policy"),
    }
    if request.GET.get("agency", "").isdecimal():
        begin["agency"] = int(request.GET["agency"])
    form = NewForm(request.POST or None, actor=actor, initial=begin)
    if request.POST.get("step"):  # another agency was chosen: its sections and items come back
        form._errors = {}
    elif request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = drafting.draft(
                by=actor, agency=given["agency"], kind=given["kind"], title=given["title"], at=timezone.now(),
                item=given["item"], section=given["section"], origin=given["origin"],
            )
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, _("已建立稿子，请填写内容"))
            return redirect("publications:edit", made.publication_id, made.number)
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "publications/new.html", {"form": form, "card": card_of(form)}, status=status)


@office
@never_cache
def edit(request: HttpRequest, publication_id: int, number: int) -> HttpResponseBase:
    """The editor. Saved, it comes back with what the screening found; a refusal keeps what was typed."""
    actor = actor_of(request)
    shown = queries.edition(actor, publication_id, number)
    if Act.EDIT not in permitted(actor, shown):
        raise Denied(P.CONTRIBUTE)
    if request.method != "POST":
        return _editor(request, shown, DraftForm(edition=shown, actor=actor))
    form = DraftForm(request.POST, edition=shown, actor=actor)
    conflict = None
    if form.is_valid():
        try:
            kept = drafting.edit(
                by=actor, edition=shown, values=form.stated, body=form.cleaned_data["body"], at=timezone.now(),
                seen=form.cleaned_data["seen"],
            )
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            if refusal.code == "changed-meanwhile":
                conflict = refusal
            said(form, refusal)
        else:
            messages.success(request, _("已保存"))
            then = "page" if request.POST.get("then") == "page" else "edit"
            return redirect(f"publications:{'edition' if then == 'page' else 'edit'}", publication_id, kept.number)
    return _editor(request, shown, form, conflict)


def _editor(
    request: HttpRequest, shown: Edition, form: DraftForm, conflict: Refused | None = None,
) -> HttpResponse:
    closed = ""
    if shown.state not in OPEN_TO_EDIT:
        try:
            after(shown.state, Act.EDIT)
        except Refused as refusal:
            closed = translated(refusal)
    context: dict[str, Any] = {
        "edition": shown, "publication": shown.publication, "form": form, "closed": closed,
        "card": card_of(form, shown.publication.item_id), "attachments": shown.attachments.all(),
        "conflict": conflict, "lately": [], "clashes": [], "may_accept": False, "told": told(shown.screening),
    }
    if conflict is not None:
        # What was typed stays, what was not touched follows the colleague; sent again it is kept over the colleague's.
        now = Edition.objects.select_related("publication").get(pk=shown.pk)
        form.data = form.data.copy()
        clashes = take_over(form, stated(now))
        form.data["seen"], form.data["began"] = str(now.revision), marks(stated(now))
        entries = timeline("publication", shown.publication_id).order_by("-sequence")[:LATELY]
        context |= {"lately": entries, "now": now, "clashes": clashes}
    status = 409 if conflict is not None else 400 if form.is_bound and form.errors else 200
    return render(request, "publications/edit.html", context, status=status)


@drafter
@posted(lambda: reverse("publications:list"))
def paste(request: HttpRequest) -> HttpResponseBase:
    """What a paste from a word processor would become: the cleaned HTML. Nothing is kept."""
    markup = request.POST.get("html", "")
    if len(markup) > PASTED:
        return JsonResponse({"refused": _("内容太长，请分几次粘贴，或者作为附件上传")}, status=413)
    return JsonResponse({"html": clean_html(markup)})


@office
def item_card(request: HttpRequest) -> HttpResponseBase:
    """What the catalogue says of an item: what to publish, by when, through what."""
    asked = request.GET.get("item", "")
    item = Item.objects.public().filter(pk=asked).select_related("section").first() if asked.isdecimal() else None
    if asked and item is None:
        raise Http404
    return render(request, "publications/item_card.html", {"card": item})


def card_of(form: NewForm | DraftForm, kept: int | None = None) -> Item | None:
    """The item that is chosen in the form now."""
    chosen_now = str(form["item"].value() or kept or "")
    if not chosen_now.isdecimal():
        return None
    return Item.objects.public().filter(pk=chosen_now).select_related("section").first()
