"""What follows a signing: the records of now against the report, last year's open cases, versions and history."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import requires
from gongkai.annual_reports.models import ReportVersion
from gongkai.compilations import differences as apart
from gongkai.compilations import queries
from gongkai.compilations.models import Compilation, Signing
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.states import Act
from gongkai.compilations.views.frame import frame, opened
from gongkai.core.report.model import Number
from gongkai.files.downloads import attachment
from gongkai.files.queries import content
from gongkai.ledger.queries import timeline

ENTRIES = 300
# Where a number of a record can be looked for, by the table or the row that counts it.
_LISTS = {
    "t3": "applications:list", "t4": "disputes:list", "t2.normative": "registers:documents",
    "t2.regulations": "registers:documents",
}


@requires(P.SEE)
@never_cache
def differences(request: HttpRequest, compilation_id: int) -> HttpResponse:
    """Each cell in which the records say something else by now, with the cases that came and went."""
    shown = opened(request, compilation_id)
    context = frame(request, shown, "differences")
    return render(request, "compilations/differences.html", context | {
        "apart": apart.differences(shown), "signing": apart.standing_signing(shown), "lists": lists(),
        "correctable": any(offer.act == Act.CORRECT and offer.open for offer in context["offers"]),
    })


@requires(P.SEE)
@never_cache
def carry(request: HttpRequest, compilation_id: int) -> HttpResponse:
    """Last year's carried-out cases against this year's carried-in, case by case."""
    shown = opened(request, compilation_id)
    return render(request, "compilations/carry.html", frame(request, shown, "carry") | {
        "carry": apart.carry(shown), "lists": lists(),
    })


@requires(P.SEE)
@never_cache
def history(request: HttpRequest, compilation_id: int) -> HttpResponse:
    """Every version with its file and digest, what the supervisor said, and the ledger."""
    shown = opened(request, compilation_id)
    return render(request, "compilations/history.html", frame(request, shown, "history") | {
        "versions": _versions(shown), "remarks": queries.remarks(shown),
        "entries": timeline("compilation", shown.pk).order_by("-sequence")[:ENTRIES][::-1],
    })


@requires(P.SEE)
@never_cache
def original(request: HttpRequest, compilation_id: int, number: int) -> HttpResponse:
    """The very bytes of a version's file."""
    shown = opened(request, compilation_id)
    if shown.report is None:
        raise Http404
    version = shown.report.versions.select_related("file").get(number=number)
    return attachment(content(version.file), version.file_name)


def lists() -> dict[str, str]:
    """Table or row → the address of the list in which its records are looked for by their number."""
    return {place: reverse(name) for place, name in _LISTS.items()}


def _versions(shown: Compilation) -> list[dict[str, Any]]:
    if shown.report_id is None:
        return []
    rows = ReportVersion.objects.filter(report=shown.report_id).select_related(
        "file", "filed_by", "signing__signed_by",
    ).defer("reading", "findings").order_by("-number")
    found = []
    for version in rows:
        signing: Signing | None = getattr(version, "signing", None)
        changes = sorted(signing.changes.items()) if signing is not None else []
        found.append({
            "version": version, "signing": signing,
            "changes": [(cell, _number(was), _number(now)) for cell, (was, now) in changes],
        })
    return found


def _number(value: Any) -> Number | None:
    return Decimal(value) if isinstance(value, str) else value

