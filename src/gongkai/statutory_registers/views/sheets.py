"""A register as a spreadsheet: rehearse, take over, the empty sheet. The file waits sealed between the two steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.accounts.organ import chosen
from gongkai.core.errors import ReadError, Refused
from gongkai.core.tables import xlsx
from gongkai.files.downloads import attachment, kept_nowhere
from gongkai.infra.refusals import translated
from gongkai.statutory_registers import importing
from gongkai.statutory_registers.actions import import_rows
from gongkai.statutory_registers.forms.entries import SheetForm
from gongkai.statutory_registers.importing import DOCUMENT_COLUMNS, DOCUMENTS, ENTRY_COLUMNS
from gongkai.statutory_registers.permissions import RegisterPermission as P
from gongkai.statutory_registers.registers import REGISTER_NAMES, WITH_AMOUNT, Register
from gongkai.statutory_registers.views import reach
from gongkai.statutory_registers.views.files import MEDIA_TYPES
from gongkai.vault.actions import seal_file
from gongkai.vault.clearing import discard
from gongkai.vault.models import SealedFile
from gongkai.vault.queries import open_file

REHEARSED = "statutory-register-rehearsed"
LARGEST = 30 * 1024 * 1024
SHOWN = 200


def _registers() -> list[tuple[str, str]]:
    return [(DOCUMENTS, _("规范性文件")), *((key.value, _(name)) for key, name in REGISTER_NAMES.items())]


@requires(P.IMPORT)
def rehearse(request: HttpRequest) -> HttpResponseBase:
    """Judge every row without writing; the page then offers to take over what was looked at."""
    actor = actor_of(request)
    begin = {"agency": chosen(request), "register": request.GET.get("register", DOCUMENTS)}
    form = SheetForm(
        request.POST or None, request.FILES or None, agencies=reach.agencies(actor, P.IMPORT), registers=_registers(),
        initial=begin,
    )
    looked = None
    if request.method == "POST" and form.is_valid():
        agency, sheet, register = (form.cleaned_data[name] for name in ("agency", "sheet", "register"))
        _discard(request.session.pop(REHEARSED, None))
        sealed = None
        try:
            _stored, sealed = seal_file(chunks=sheet.chunks(), at=timezone.now(), limit=LARGEST)
            looked = importing.look(agency, register, open_file(sealed), sheet.name or "", today=timezone.localdate())
            request.session[REHEARSED] = [sealed.pk, agency.pk, register, looked.name]
        except ReadError as unreadable:
            form.add_error("sheet", unreadable.message)
        except Refused as refusal:
            form.add_error("sheet", translated(refusal))
        if looked is None and sealed is not None:
            discard(sealed)
    return render(request, "registers/import.html", {
        "form": form, "looked": looked, "refused": looked.refused[:SHOWN] if looked else (), "most": SHOWN,
        "refused_rows": len({one.row for one in looked.refused}) if looked else 0, "registers": _registers(),
    }, status=400 if form.is_bound and looked is None else 200)


@requires(P.IMPORT)
@posted(lambda: reverse("registers:import"))
def write(request: HttpRequest) -> HttpResponseBase:
    """Take over the sheet that was rehearsed. Sent twice, the second finds nothing left to do."""
    kept = request.session.pop(REHEARSED, None)
    sealed = SealedFile.objects.filter(pk=kept[0]).first() if kept is not None else None
    if kept is None or sealed is None:  # the worker clears what has waited for a day
        messages.warning(request, _("没有待导入的表格，请先检查一次"))
        return redirect("registers:import")
    _id, agency_id, register, name = kept
    actor = actor_of(request)
    agency = reach.agencies(actor, P.IMPORT).get(pk=agency_id)
    try:
        looked = importing.look(agency, register, open_file(sealed), name, today=timezone.localdate())
        taken = import_rows(
            by=actor, looked=looked, at=timezone.now(), skip_refused=request.POST.get("skip_refused") == "1",
        )
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        messages.error(request, translated(refusal))
        return redirect("registers:import")
    finally:
        discard(sealed)
    messages.success(request, _("已导入 %(rows)s 行，%(refused)s 行没有导入") % {
        "rows": taken.rows, "refused": taken.refused,
    })
    return redirect("registers:documents") if register == DOCUMENTS else redirect("registers:entries", register)


@requires(P.IMPORT)
def template(request: HttpRequest, register: str) -> HttpResponseBase:  # noqa: ARG001
    """The empty sheet of a register."""
    if register == DOCUMENTS:
        columns: tuple[str, ...] = DOCUMENT_COLUMNS
    elif register in set(Register):
        columns = tuple(c for c in ENTRY_COLUMNS if c != "金额" or register in WITH_AMOUNT)
    else:
        raise Http404
    data = xlsx(columns, (), name="台账")
    return kept_nowhere(attachment(data, f"{register}-template.xlsx", MEDIA_TYPES["xlsx"]))


def _discard(kept: list[Any] | None) -> None:
    before = SealedFile.objects.filter(pk=kept[0]).first() if kept else None
    if before is not None:
        discard(before)
