"""The register of letters (发文登记簿): filters, export, one letter, voiding it, its files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.accounts.organ import at_desk
from gongkai.accounts.permissions import Denied, may
from gongkai.core.errors import Refused
from gongkai.files.downloads import attachment, kept_nowhere
from gongkai.infra.refusals import translated
from gongkai.letters import actions, queries
from gongkai.letters.exports import DOCX, PDF, XLSX, workbook
from gongkai.letters.forms import RegisterFilter, VoidForm
from gongkai.letters.models import Letter
from gongkai.letters.permissions import LetterPermission

ROWS = 50


def _page(letter_id: int, **_others: Any) -> str:
    return reverse("letters:letter", args=[letter_id])


@requires(LetterPermission.SEE)
def letters(request: HttpRequest) -> HttpResponse:
    """Letters by number, kind, state and year. The filter stands in the address."""
    form, rows = _filtered(request)
    return render(request, "letters/register.html", {
        "form": form, "page": Paginator(rows, ROWS).get_page(request.GET.get("page")), "filtered": bool(form.chosen),
        "may_manage": may(actor_of(request), LetterPermission.MANAGE_TEMPLATES),
    })


@requires(LetterPermission.SEE)
def export(request: HttpRequest) -> HttpResponse:
    """The filtered register as .xlsx. Names of applicants are not in it."""
    rows = _filtered(request)[1]
    heads = ("机关", "文号", "文种", "日期", "状态", "作废日期", "事项", "PDF 的 SHA-256")
    book = workbook("发文登记簿", heads, map(_line, rows.iterator(chunk_size=500)))
    return kept_nowhere(attachment(book, "发文登记簿.xlsx", XLSX))


@requires(LetterPermission.SEE)
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """One letter: what it is and where it stands; its files for those who handle applications."""
    return _letter(request, queries.letter(actor_of(request), letter_id), VoidForm())


@requires(LetterPermission.VOID)
@posted(_page)
def void(request: HttpRequest, letter_id: int) -> HttpResponseBase:
    """Take a wrong letter out of use."""
    shown, form = queries.letter(actor_of(request), letter_id), VoidForm(request.POST)
    if form.is_valid():
        try:
            actions.void(by=actor_of(request), letter=shown, reason=form.cleaned_data["reason"], at=timezone.now())
        except Denied:
            raise
        except Refused as refusal:
            form.add_error(None, translated(refusal))
        else:
            messages.success(request, _("已作废，文号保留在登记簿里，不再使用"))
            return redirect("letters:letter", shown.pk)
    return _letter(request, shown, form, status=400)


@requires(LetterPermission.OPEN)
def download(request: HttpRequest, letter_id: int, to: str) -> HttpResponseBase:
    """The letter as it went out."""
    shown = queries.letter(actor_of(request), letter_id)
    if to not in {"docx", "pdf"} or not queries.may_open(actor_of(request), shown):
        raise Http404
    name = f"{shown.number or shown.title}.{to}"
    try:
        data = queries.document(shown, "docx" if to == "docx" else "pdf")
    except Refused as refusal:
        messages.error(request, translated(refusal))
        return redirect("letters:letter", shown.pk)
    return kept_nowhere(attachment(data, name, DOCX if to == "docx" else PDF))


def _letter(request: HttpRequest, shown: Letter, form: VoidForm, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    return render(request, "letters/letter.html", {
        "letter": shown, "form": form, "may_open": queries.may_open(actor, shown),
        "may_void": may(actor, LetterPermission.VOID, shown) and not shown.voided,
    }, status=status)


def _filtered(request: HttpRequest) -> tuple[RegisterFilter, QuerySet[Letter]]:
    form = RegisterFilter(request.GET)
    return form, queries.register(at_desk(request), **form.chosen)


def _line(row: Letter) -> tuple[str, ...]:
    return (
        row.agency.name, row.number, row.about.name, f"{row.on:%Y-%m-%d}", row.get_state_display(),
        f"{timezone.localtime(row.voided_at):%Y-%m-%d}" if row.voided_at else "",
        f"{row.subject_kind} {row.subject_id}", row.pdf_sha256,
    )
