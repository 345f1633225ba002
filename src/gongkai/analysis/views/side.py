"""Reports beside each other, cell by cell: one agency's years, several agencies in a year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.accounts.gate import requires
from gongkai.agencies import queries as agencies
from gongkai.agencies.models import Agency
from gongkai.analysis import exporting, oddities, population, side, values
from gongkai.analysis.exporting import FORMATS, as_file, exact
from gongkai.analysis.measures import CELLS, Measure, measure
from gongkai.analysis.population import MOST, One
from gongkai.analysis.ratios import RATIOS
from gongkai.analysis.views.asked import Asked, asked
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.core.report.model import Number, Status
from gongkai.core.report.words import TABLE_NAMES
from gongkai.core.tables import Cell
from gongkai.infra import charts

FOUND = 12
LINES = {  # pictures of the years: what stands in one drawing
    "work": ("t3.new.total", "t3.closed.total", "t3.carried_out.total"),
    "outcomes": ("disclosed", "refused", "unable", "unhandled"),
}
# The five ways in which an application ends; together they are everything that was closed.
_WAYS = {
    "disclosed": gettext_lazy("公开和部分公开"), "refused": gettext_lazy("不予公开"),
    "unable": gettext_lazy("无法提供"), "unhandled": gettext_lazy("不予处理"), "otherwise": gettext_lazy("其他处理"),
}
_WORK = {
    "t3.new.total": gettext_lazy("本年新收"), "t3.closed.total": gettext_lazy("办结"),
    "t3.carried_out.total": gettext_lazy("结转下年"),
}


@requires(AnnualReportPermission.SEE)
def own_years(request: HttpRequest) -> HttpResponseBase:
    """The years of one's own office; the door of the tab."""
    question = asked(request)
    home = agencies.home(question.actor) or question.root
    if home is None:
        return render(request, "analysis/nothing.html", question.page("years"))
    return redirect("analysis:years-of", home.pk)


@requires(AnnualReportPermission.SEE)
def years(request: HttpRequest, agency_id: int) -> HttpResponseBase:
    """One agency's years: ratios with their lines, every cell of the tables, what is odd among its own years."""
    question = asked(request, "year", "scope")
    shown = Agency.objects.get(pk=agency_id)
    span = question.span or [timezone.localdate().year - 1]
    sheet = side.years_of(question.actor, shown, span, question.scope)
    table = values.table(question.actor, [shown.pk], span, _measures(), question.scope)
    name = _("%(agency)s各年对比") % {"agency": shown.name}
    if request.GET.get("as") in FORMATS:
        return as_file(request.GET["as"], name, _heads([str(head.year) for head in sheet.heads]), _lines(sheet))
    if request.GET.get("as") == "svg":
        return exporting.picture(_drawn(table, shown, LINES.get(request.GET.get("picture", ""), LINES["work"]), name))
    one = One(shown.pk, shown.name, shown.kind, shown.path)
    everything = request.GET.get("all") == "1"
    return render(request, "analysis/years.html", question.page("years") | {
        "agency": shown, "sheet": sheet, "groups": _groups(sheet, question.scope, everything),
        "width": len(sheet.heads) + 4, "everything": everything, "span": span,
        "ratios": [(m, [(y, table.at(shown.pk, y, m.key)) for y in span], table.series(shown.pk, m.key))
                   for m in table.measures if m.ratio is not None],
        "odd": oddities.among_years(table, [one]), "pictures": _pictures(),
    })


@requires(AnnualReportPermission.SEE)
def beside(request: HttpRequest) -> HttpResponseBase:
    """Up to MOST agencies, chosen by name, in one year: outcomes, ratios, every cell."""
    question = asked(request, "year", "scope")
    page = question.page("beside")
    chosen = population.chosen(int(key) for key in request.GET.getlist("a") if key.isascii() and key.isdecimal())
    text = request.GET.get("q", "").strip()[:60]
    page |= {
        "chosen": chosen, "most": MOST, "q": text, "full": len(chosen) >= MOST,
        "found": _found(text, chosen) if text else _suggested(question, chosen),
        "without": [(one, [other.pk for other in chosen if other != one]) for one in chosen],
    }
    if not chosen or question.year is None:
        return render(request, "analysis/beside.html", page)
    sheet = side.agencies_in(question.actor, chosen, question.year, question.scope)
    table = values.table(question.actor, [one.pk for one in chosen], [question.year], _measures(), question.scope)
    name = _("%(year)s 年度机关对比") % {"year": question.year}
    if request.GET.get("as") in FORMATS:
        return as_file(request.GET["as"], name, _heads([one.name for one in chosen], between=False), _lines(
            sheet, between=False,
        ))
    if request.GET.get("as") == "svg":
        return exporting.picture(charts.shares(_outcomes(table, chosen, question.year), name))
    everything = request.GET.get("all") == "1"
    return render(request, "analysis/beside.html", page | {
        "sheet": sheet, "groups": _groups(sheet, question.scope, everything), "width": len(sheet.heads) + 1,
        "everything": everything,
        "ratios": [(m, [(one, table.at(one.pk, question.year, m.key)) for one in chosen]) for m in table.measures
                   if m.ratio is not None],
        "outcomes": _outcomes(table, chosen, question.year),
    })


def _found(text: str, chosen: Sequence[Agency]) -> list[Agency]:
    return list(agencies.search(text, timezone.localdate()).exclude(pk__in=[c.pk for c in chosen]).order_by("path")[
        :FOUND
    ])


def _suggested(question: Asked, chosen: Sequence[Agency]) -> list[Agency]:
    """Those right below the government that one looks at."""
    if question.root is None:
        return []
    below = Agency.objects.filter(parent=question.root).in_force(timezone.localdate())
    return list(below.exclude(pk__in=[c.pk for c in chosen]).order_by("path")[:FOUND])


def _measures() -> list[Measure]:
    return [measure(key) for key in (*RATIOS, *CELLS)]


def _outcomes(
    table: values.Table, chosen: Sequence[Agency], year: int,
) -> list[tuple[str, list[tuple[str, int | float]]]]:
    """How many were closed in each of the five ways; an agency of which one is unknown is left out."""
    rows = []
    for one in chosen:
        quotients = [(key, table.at(one.pk, year, key)) for key in _WAYS]
        if all(q.above is not None for _key, q in quotients):
            rows.append((one.name, [(str(_WAYS[key]), float(q.above or 0)) for key, q in quotients]))
    return [(name, [(way, int(n) if n == int(n) else n) for way, n in points]) for name, points in rows]


def _drawn(table: values.Table, agency: Agency, keys: Sequence[str], title: str) -> str:
    measures = [measure(key) for key in keys]
    return charts.lines([
        (_short(one), [(str(year), None if value is None else float(value))
                       for year, value in table.series(agency.pk, one.key)]) for one in measures
    ], title, unit=measures[0].unit)


def _short(one: Measure) -> str:
    return _(one.name) if one.ratio is not None else str(_WORK[one.key])


def _pictures() -> list[tuple[str, str, str]]:
    """(key, heading, what a person hears who does not see it)."""
    return [
        ("work", _("收到、办结和结转的申请"),
         _("各年度本年新收、办理结果总计和结转下年度的折线图，数字见下面的表")),
        ("outcomes", _("办理结果的比率"),
         _("各年度公开率、不予公开率、无法提供率和不予处理率的折线图，数字见下面的表")),
    ]


Line = tuple[side.Row, list[tuple[Any, side.Head, str]], list[tuple[int, Number | None]]]


def _groups(sheet: side.Sheet, scope: str, everything: bool) -> list[tuple[str, list[Line]]]:
    """The rows of each table that say something, each number with the address that it opens to."""
    groups: dict[str, list[Line]] = {}
    for row in sheet.rows:
        if everything or row.telling:
            squares = [
                (cell, head, _address(head, row, scope)) for cell, head in zip(row.cells, sheet.heads, strict=True)
            ]
            series = [(head.year, number) for head, number in zip(sheet.heads, row.series, strict=True)]
            groups.setdefault(row.table, []).append((row, squares, series))
    return [(TABLE_NAMES[table], lines) for table, lines in groups.items()]


def _address(head: side.Head, row: side.Row, scope: str) -> str:
    """The cell in its report; what was added up opens to its parts."""
    if head.report is None:
        return ""
    if row.derived:
        return f"{reverse('analysis:opened', args=[row.cell, head.agency.pk, head.year])}?scope={scope}"
    return reverse("annual_reports:cell", args=[head.report, row.cell])


def _heads(names: Sequence[str], *, between: bool = True) -> list[str]:
    return ["单元", "单元编号", *names, *(["增减", "增减%"] if between else [])]


def _lines(sheet: side.Sheet, *, between: bool = True) -> list[list[Cell]]:
    return [
        [row.title, row.cell, *(_told(cell) for cell in row.cells),
         *([exact(row.change), exact(row.percent)] if between else [])] for row in sheet.rows
    ]


def _told(cell: object) -> Cell:
    """A number; in words what stands there instead."""
    if cell is None:
        return "—"
    value, status = cell.value, cell.status  # type: ignore[attr-defined]
    return exact(value) if value is not None else {
        Status.BLANK: "空白", Status.MISSING: "缺", Status.UNREADABLE: "读不出",
    }[status]
