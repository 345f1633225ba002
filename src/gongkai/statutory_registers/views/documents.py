"""The register of regulations and normative documents: list, page, acts, export."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.accounts.organ import at_desk, chosen
from gongkai.accounts.permissions import may, within
from gongkai.core.errors import Refused
from gongkai.infra.refusals import said, translated
from gongkai.ledger.queries import timeline
from gongkai.publications.kinds import Kind
from gongkai.publications.models import Publication
from gongkai.statutory_registers import actions, exporting, queries
from gongkai.statutory_registers.forms.documents import BY_ACT, DocumentFilter, NewDocument
from gongkai.statutory_registers.importing import DOCUMENT_COLUMNS
from gongkai.statutory_registers.models import Document
from gongkai.statutory_registers.permissions import RegisterPermission as P
from gongkai.statutory_registers.registers import DocumentKind
from gongkai.statutory_registers.views import reach
from gongkai.statutory_registers.views.files import handed_out


@requires(P.SEE)
def listing(request: HttpRequest) -> HttpResponseBase:
    """Documents in one's reach, the latest made first."""
    form = _filter(request)
    return render(request, "registers/documents.html", {
        "form": form, "page": reach.paged(request, _rows(request, form)), "keeps": reach.keeps(actor_of(request)),
        "imports": may(actor_of(request), P.IMPORT),
        "export": reverse("registers:documents-export") if may(at_desk(request), P.EXPORT) else "",
        "today": timezone.localdate(),
    })


@requires(P.EXPORT)
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as it is filtered, in the columns of the import."""
    rows = _rows(request, _filter(request)).filter(within(at_desk(request), P.EXPORT, "agency__path"))
    return handed_out(request, "document", DOCUMENT_COLUMNS, rows, exporting.document_rows)


@requires(P.KEEP)
def new(request: HttpRequest) -> HttpResponseBase:
    """Enter a document; `publication` in the address fills in what was published."""
    actor = actor_of(request)
    begin: dict[str, Any] = {"agency": chosen(request), "kind": DocumentKind.NORMATIVE}
    asked = request.GET.get("publication", "")
    told = _lacking(request, int(asked)) if asked.isdecimal() else None
    if told is not None:
        begin |= _facts(told) | {"agency": told.agency_id, "publication": told.pk}
    form = NewDocument(request.POST or None, agencies=reach.agencies(actor, P.KEEP), initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            made = form.perform(by=actor, at=timezone.now())
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, _("已登记“%(title)s”") % {"title": made.title})
            return redirect("registers:document", made.pk)
    return render(request, "registers/new_document.html", {"form": form, "told": told},
                  status=400 if form.is_bound and form.errors else 200)


@requires(P.KEEP)
@posted(lambda publication_id: reverse("registers:overview"))  # noqa: ARG005
def take(request: HttpRequest, publication_id: int) -> HttpResponseBase:
    """Enter what was published as it was published; what it lacks is asked for on the form."""
    told = _lacking(request, publication_id)
    facts = _facts(told)
    if facts["made_on"] is None:
        messages.warning(request, _("已公开的信息没有写成文日期，请补填后登记"))
        return redirect(f"{reverse('registers:document-new')}?publication={told.pk}")
    try:
        made = actions.enter_document(
            by=actor_of(request), agency=told.agency, publication=told, at=timezone.now(), **facts,
        )
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        messages.error(request, translated(refusal))
        return redirect(f"{reverse('registers:document-new')}?publication={told.pk}")
    messages.success(request, _("已登记“%(title)s”") % {"title": made.title})
    return redirect(f"{reverse('registers:overview')}?agency={told.agency_id}")


@requires(P.SEE)
def document(request: HttpRequest, document_id: int) -> HttpResponseBase:
    """A document: its facts, what may be done, what was done."""
    shown = _one(request, document_id)
    return render(request, "registers/document.html", {
        "document": shown, "keeps": reach.keeps(actor_of(request), shown.agency),
        "entries": timeline("register_document", shown.pk), "ends": shown.ends.all()[:reach.ROWS],
        "today": timezone.localdate(),
    })


@requires(P.KEEP)
def act(request: HttpRequest, document_id: int, act: str) -> HttpResponseBase:
    """The form of an act; sent, the act. A refusal comes back to the form with what was typed."""
    shown = _one(request, document_id)
    if act not in BY_ACT or not reach.keeps(actor_of(request), shown.agency):
        raise Http404
    form = BY_ACT[act](request.POST if request.method == "POST" else None, row=shown)
    if request.method == "POST" and form.is_valid():
        try:
            form.perform(by=actor_of(request), at=timezone.now())  # type: ignore[attr-defined]
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, form.done)
            return redirect("registers:document", shown.pk)
    return render(request, "registers/act.html", {
        "form": form, "name": shown.title, "back": reverse("registers:document", args=[shown.pk]),
        "room": _("规范性文件"), "room_href": reverse("registers:documents"),
    }, status=400 if form.is_bound and form.errors else 200)


def _one(request: HttpRequest, document_id: int) -> Document:
    rows = Document.objects.visible_to(actor_of(request)).select_related("agency", "publication", "ended_by")
    return rows.get(pk=document_id)


def _filter(request: HttpRequest) -> DocumentFilter:
    actor = at_desk(request)
    held = reach.agencies(actor)
    return DocumentFilter(
        request.GET, years=reach.years(timezone.localdate().year),
        agencies=held if request.GET.get("agency") else held[:reach.CHOICES],
    )


def _rows(request: HttpRequest, form: DocumentFilter) -> Any:
    given = form.cleaned_data
    return queries.documents(
        at_desk(request), agency=given.get("agency"), kind=given.get("kind") or "", year=given.get("year"),
        standing=given.get("standing") or "", text=(given.get("q") or "").strip(), on=timezone.localdate(),
    )


def _lacking(request: HttpRequest, publication_id: int) -> Publication:
    """A published document that the register lacks. Raises DoesNotExist, which is a 404."""
    rows = Publication.objects.published().filter(within(actor_of(request), P.KEEP, "agency__path"))
    return rows.filter(register_document__isnull=True).select_related("agency").get(pk=publication_id)


def _facts(told: Publication) -> dict[str, Any]:
    regulation = told.kind == Kind.REGULATION
    return {
        "kind": DocumentKind.REGULATION if regulation else DocumentKind.NORMATIVE, "title": told.title,
        "number": told.document_number, "made_on": told.formed_on, "effective_on": told.effective_on,
        "expires_on": told.expires_on, "disclosed_on": told.published_on,
    }
