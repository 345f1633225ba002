"""The templates of an office: what holds, the fields, download, upload, restore, a sample, the word in numbers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.accounts.permissions import Denied, within
from gongkai.agencies.models import Agency
from gongkai.core.errors import Refused
from gongkai.files.downloads import attachment, kept_nowhere
from gongkai.infra.refusals import translated
from gongkai.letters import actions, composing, filling, queries
from gongkai.letters.exports import DOCX, PDF
from gongkai.letters.forms import TemplateForm, WordForm
from gongkai.letters.kinds import KINDS, LetterKind
from gongkai.letters.permissions import LetterPermission
from gongkai.letters.preview import preview

MANAGE = LetterPermission.MANAGE_TEMPLATES


def _page(agency_id: int, kind: str) -> str:
    return reverse("letters:template", args=[agency_id, kind])


@requires(MANAGE)
def agencies(request: HttpRequest) -> HttpResponseBase:
    """The agencies whose templates one manages; with a single one, its templates at once."""
    mine = Agency.objects.filter(within(actor_of(request), MANAGE, "path")).in_force(timezone.localdate())
    text = request.GET.get("q", "").strip()
    found = list((mine.filter(name__icontains=text) if text else mine).order_by("path")[:51])
    if len(found) == 1 and not text:
        return redirect("letters:agency-templates", found[0].pk)
    return render(request, "letters/agencies.html", {"found": found[:50], "more": len(found) > 50, "q": text})


@requires(MANAGE)
def kinds(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Every kind of letter with the template that holds."""
    agency = _agency(request, agency_id)
    rows = queries.templates_of(agency)
    return render(request, "letters/templates.html", {
        "agency": agency, "rows": rows, "own": sum(row.own is not None for row in rows),
    })


@requires(MANAGE)
def kind(request: HttpRequest, agency_id: int, kind: str) -> HttpResponse:
    """One kind: a preview with sample values, the fields, and what may be done."""
    return _kind(request, _agency(request, agency_id), _about(kind))


@requires(MANAGE)
def file(request: HttpRequest, agency_id: int, kind: str) -> HttpResponse:
    """The template that holds, to be changed in Word."""
    agency, about = _agency(request, agency_id), _about(kind)
    return kept_nowhere(attachment(queries.template_for(agency, about.key).data, f"{about.title}-模板.docx", DOCX))


@requires(MANAGE)
def sample(request: HttpRequest, agency_id: int, kind: str) -> HttpResponseBase:
    """The template with sample values as PDF: how a letter will look on paper."""
    agency, about = _agency(request, agency_id), _about(kind)
    try:
        made = preview(agency, about.key, filling.sample(about), timezone.localdate(), "pdf")
    except Refused as refusal:
        messages.error(request, translated(refusal))
        return redirect("letters:template", agency.pk, about.key)
    return kept_nowhere(attachment(made, f"{about.title}-示例.pdf", PDF))


@requires(MANAGE)
@posted(_page)
def upload(request: HttpRequest, agency_id: int, kind: str) -> HttpResponseBase:
    """Put the office's own template in place."""
    agency, about, form = _agency(request, agency_id), _about(kind), TemplateForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data["file"]
        try:
            actions.replace_template(
                by=actor_of(request), agency=agency, kind=about.key, file=given.chunks(), name=given.name or "",
                at=timezone.now(),
            )
        except Refused as refusal:
            _said(form, refusal)
        else:
            messages.success(request, _("已启用本机关的模板，以后制发的文书用它；已发的文书不变"))
            return redirect(_page(agency_id, kind))
    return _kind(request, agency, about, template=form, status=400)


@requires(MANAGE)
@posted(_page)
def restore(request: HttpRequest, agency_id: int, kind: str) -> HttpResponseBase:
    """Back to the built-in template."""
    agency, about = _agency(request, agency_id), _about(kind)
    try:
        actions.restore_template(by=actor_of(request), agency=agency, kind=about.key, at=timezone.now())
        messages.success(request, _("已恢复系统自带模板"))
    except Denied:
        raise
    except Refused as refusal:
        messages.warning(request, translated(refusal))
    return redirect(_page(agency_id, kind))


@requires(MANAGE)
@posted(_page)
def word(request: HttpRequest, agency_id: int, kind: str) -> HttpResponseBase:
    """Choose the word of this kind in document numbers."""
    agency, about, form = _agency(request, agency_id), _about(kind), WordForm(request.POST)
    if form.is_valid():
        try:
            actions.set_word(
                by=actor_of(request), agency=agency, kind=about.key, word=form.cleaned_data["word"], at=timezone.now(),
            )
        except Refused as refusal:
            _said(form, refusal)
        else:
            messages.success(request, _("已保存，从下一个文号起使用"))
            return redirect(_page(agency_id, kind))
    return _kind(request, agency, about, word=form, status=400)


def _kind(
    request: HttpRequest, agency: Agency, about: LetterKind, status: int = 200, **bound: forms.Form,
) -> HttpResponse:
    holds = queries.template_for(agency, about.key)
    shown = preview(agency, about.key, filling.sample(about), timezone.localdate())
    context: dict[str, Any] = {
        "agency": agency, "kind": about, "own": holds.own, "preview": shown.decode(),
        "fields": [(field, field.key in about.required) for field in about.fields],
        "template_form": bound.get("template") or TemplateForm(),
        "word_form": bound.get("word") or WordForm(initial={"word": composing.word_of(agency, about)}),
        "number": composing.prefix_of(agency, about) if about.numbered else "",
    }
    return render(request, "letters/template.html", context, status=status)


def _agency(request: HttpRequest, agency_id: int) -> Agency:
    """Raises DoesNotExist for an agency whose templates are not the actor's, which is a 404."""
    return Agency.objects.filter(within(actor_of(request), MANAGE, "path")).get(pk=agency_id)


def _about(kind: str) -> LetterKind:
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


def _said(form: forms.Form, refusal: Refused) -> None:
    if isinstance(refusal, Denied):
        raise refusal
    form.add_error(None, translated(refusal))
