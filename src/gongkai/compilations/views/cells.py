"""One number: its value, the rule that counted, every record behind it, and typing it in where no register is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.accounts.gate import actor_of, posted, requires
from gongkai.annual_reports.models import Scope
from gongkai.compilations import actions, explain, members, rules
from gongkai.compilations.forms.entering import CellForm
from gongkai.compilations.models import Compilation
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.states import Origin
from gongkai.compilations.views.doors import compiler
from gongkai.compilations.views.drawing import WHOLE, drawn
from gongkai.compilations.views.frame import frame, opened, worked_on
from gongkai.core.errors import Refused
from gongkai.core.report.forms import form as form_of
from gongkai.core.report.render.labels import cell_title
from gongkai.core.tables import Cell, csv_lines, xlsx
from gongkai.files.downloads import attachment, kept_nowhere
from gongkai.infra.refusals import said, translated

ROWS = 50
MOST = 200_000  # rows in one file
_PORTION = 2_000
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8",
}


@requires(P.SEE)
@never_cache
def cell(request: HttpRequest, compilation_id: int, cell_id: str) -> HttpResponseBase:
    """The number with its records, and for a cell of table 二 the form to type it in; sent, it is typed in."""
    shown = opened(request, compilation_id)
    if cell_id not in form_of(shown.form).cells:
        raise Http404
    context = frame(request, shown, "report")
    enterable = context["standing"].editable and rules.enterable(form_of(shown.form), cell_id)
    form = CellForm(request.POST or None, initial={"seen": shown.revision}) if enterable else None
    if request.method == "POST" and form is None:
        return redirect("compilations:report", shown.pk)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            actions.enter_cell(
                by=actor_of(request), compilation=shown, cell=cell_id, value=form.cleaned_data["value"],
                source=form.cleaned_data["source"], seen=form.cleaned_data["seen"], at=timezone.now(),
            )
        except Refused as refusal:
            if refusal.code == "denied":
                raise
            said(form, refusal)
        else:
            messages.success(request, _("已填报：%(cell)s") % {"cell": cell_title(cell_id, shown.form)})
            return redirect(_at(shown, cell_id))
    return render(request, "compilations/cell.html", context | _page(request, shown, cell_id) | {"form": form},
                  status=400 if form is not None and form.is_bound else 200)


@compiler
@posted(lambda compilation_id, cell_id: reverse("compilations:cell", args=[compilation_id, cell_id]))
@never_cache
def tried(request: HttpRequest, compilation_id: int, cell_id: str) -> HttpResponseBase:
    """What would be found with the number that is being typed. Nothing is written."""
    shown = worked_on(request, compilation_id)
    if cell_id not in form_of(shown.form).cells or not rules.enterable(form_of(shown.form), cell_id):
        raise Http404
    form, found = CellForm(request.POST), None
    form.is_valid()
    value = form.cleaned_data.get("value")
    if value is not None:
        now = drawn(shown, timezone.localdate(), typed={cell_id: value})
        found = [one for one in now.found if cell_id in one.finding.cells]
    return render(request, "compilations/cell_tried.html", {"found": found, "compilation": shown})


@compiler
@posted(lambda compilation_id, cell_id: reverse("compilations:report", args=[compilation_id]))  # noqa: ARG005
def withdraw(request: HttpRequest, compilation_id: int, cell_id: str) -> HttpResponse:
    """Let the records count again: for a cell of table 二, or for a whole table by its key."""
    shown = worked_on(request, compilation_id)
    try:
        actions.withdraw_entry(by=actor_of(request), compilation=shown, cell=cell_id, at=timezone.now())
        messages.success(request, _("已改回由记录计数"))
    except Refused as refusal:
        if refusal.code == "denied":
            raise
        messages.error(request, translated(refusal))
    if cell_id in WHOLE:
        return redirect(reverse("compilations:report", args=[shown.pk]) + f"#head-{cell_id}")
    return redirect(_at(shown, cell_id))


@requires(P.SEE)
@never_cache
def export(request: HttpRequest, compilation_id: int, cell_id: str) -> HttpResponseBase:
    """The whole list behind a number as .xlsx or .csv, in the columns of the page. No name of a person is in it."""
    shown = opened(request, compilation_id)
    if cell_id not in form_of(shown.form).cells:
        raise Http404
    to = request.GET.get("as", "xlsx")
    first = explain.explain(shown, cell_id, limit=_PORTION)
    if to not in MEDIA_TYPES or first.from_file or first.entered is not None:
        raise Http404
    if first.length > MOST:
        messages.error(request, _("超过 %(most)s 行，一次导不出；请用“下载”里的记录清单") % {"most": MOST})
        return redirect(_at(shown, cell_id))
    headings = [_("编号"), _("机关"), *map(str, explain.HEADINGS.get(first.source, {}).values())]
    name = f"{shown.agency.name}{shown.year}-{cell_id}.{to}"
    lines = _lines(shown, cell_id, first)
    if to == "xlsx":
        return kept_nowhere(attachment(xlsx(headings, lines, name=cell_id), name, MEDIA_TYPES[to]))
    answer = StreamingHttpResponse(csv_lines(headings, lines), content_type=MEDIA_TYPES[to])
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return kept_nowhere(answer)


def _lines(shown: Compilation, cell_id: str, first: explain.Explained) -> Iterator[list[Cell]]:
    """Every row, read in portions."""
    portion, offset = first, 0
    while portion.rows:
        for row in portion.rows:
            yield [row.label, row.agency, *(text for _head, text in row.columns)]
        offset += len(portion.rows)
        if offset >= first.length:
            return
        portion = explain.explain(shown, cell_id, limit=_PORTION, offset=offset)


def _page(request: HttpRequest, shown: Compilation, cell_id: str) -> dict[str, Any]:
    asked = request.GET.get("page", "1")
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1
    found = explain.explain(shown, cell_id, limit=ROWS, offset=(number - 1) * ROWS)
    pages = Paginator(range(found.length), ROWS)
    consolidated = shown.scope == Scope.CONSOLIDATED and shown.origin == Origin.RECORDS
    return {
        "explained": found, "page": pages.get_page(number), "cell_id": cell_id,
        "amount": form_of(shown.form).cells[cell_id].kind == "amount",
        "unit": form_of(shown.form).cells[cell_id].unit,
        "earlier": shown.entered.filter(cell=cell_id, withdrawn_at__isnull=False).select_related("entered_by"),
        "contributions": members.contributions(shown.agency, shown.year, shown.form, cell_id) if consolidated else [],
        "several": len({row.agency for row in found.rows}) > 1,
        "headings": list(explain.HEADINGS.get(found.source, {}).values()),
        "table": cell_id.split(".")[0],
    }


def _at(shown: Compilation, cell_id: str) -> str:
    return reverse("compilations:report", args=[shown.pk]) + "#cell-" + cell_id.replace(".", "-")
