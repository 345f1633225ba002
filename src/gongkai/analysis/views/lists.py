"""Many agencies at once: the overview of a group, ranked lists, heat tables, odd numbers."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from gongkai.accounts.gate import requires
from gongkai.analysis import exporting, heat, oddities, population, ranking, values
from gongkai.analysis.exporting import FORMATS, as_file, exact
from gongkai.analysis.measures import CELLS, Measure, measure
from gongkai.analysis.oddities import Against
from gongkai.analysis.ratios import RATIOS
from gongkai.analysis.summary import summaries
from gongkai.analysis.templatetags.analysis import lacking_name, why
from gongkai.analysis.views.asked import Asked, asked
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.core.tables import Cell
from gongkai.infra import charts

ROWS = 100
FIRST = 20   # bars of a picture
ODD = 500    # odd numbers listed; more say something about the data, not about agencies
NEAREST = 5  # odd numbers on the overview


@requires(AnnualReportPermission.SEE)
def overview(request: HttpRequest) -> HttpResponseBase:
    """A group in one table: each ratio of all together, the middle, who could be counted; and what is odd."""
    question = asked(request, "under", "year", "kind", "scope")
    page = question.page("overview")
    if question.root is None or question.year is None:
        return render(request, "analysis/nothing.html", page)
    agencies = population.listed(question.agencies)
    table = values.table(question.actor, question.agencies, [question.year], _ratios() + _counts(), question.scope)
    rows = summaries(table, agencies, question.year)
    if request.GET.get("as") in FORMATS:
        heads = ["指标", "合计", "中位数", "有数的机关", "没有数的机关", "公式"]
        lines = ([r.measure.name, exact(r.whole.value), exact(r.middle), r.counted, sum(r.lacking.values()),
                  r.measure.ratio.formula if r.measure.ratio else ""] for r in rows)
        return as_file(request.GET["as"], _name(question, "概览"), heads, lines)
    odd = oddities.among_peers(table, agencies, question.year)
    return render(request, "analysis/overview.html", page | {
        "rows": rows, "odd": odd[:NEAREST], "odd_total": len(odd), "agencies": len(agencies),
        "filed": len(table.reports),
    })


@requires(AnnualReportPermission.SEE)
def ranked(request: HttpRequest) -> HttpResponseBase:
    """Agencies in the order of one measure, with its years and why some have no place."""
    question = asked(request, "under", "measure", "year", "kind", "scope", "order")
    page = question.page("ranking")
    if question.root is None or question.year is None:
        return render(request, "analysis/nothing.html", page)
    by = question.measure
    agencies = population.listed(question.agencies)
    table = values.table(question.actor, question.agencies, question.span, [by], question.scope)
    places = ranking.ranked(
        table, agencies, by.key, question.year, ascending=question.form.given("order") == "ascending",
    )
    if request.GET.get("as") in FORMATS:
        heads = ["名次", "机关", by.name, "分子", "分母", "比上年", "没有数的原因"]
        return as_file(request.GET["as"], _name(question, by.name), heads, (_line(place) for place in places))
    counted = [place for place in places if place.rank is not None]
    if request.GET.get("as") == "svg":
        points = [(p.agency.name, float(p.quotient.value or 0)) for p in counted[:FIRST]]
        form = ",.1f" if by.ratio is not None else ",~f"
        return exporting.picture(charts.bars(points, _name(question, by.name), number_format=form))
    return render(request, "analysis/ranking.html", page | {
        "by": by, "page": Paginator(places, ROWS).get_page(request.GET.get("page")), "counted": len(counted),
        "total": len(places), "first": FIRST, "span": question.span,
    })


def _line(place: ranking.Place) -> list[Cell]:
    q = place.quotient
    return [
        place.rank, place.agency.name, exact(q.value), exact(q.above), exact(q.below), exact(place.change),
        lacking_name(q.lacking) if q.lacking else "",
    ]


@requires(AnnualReportPermission.SEE)
def heated(request: HttpRequest) -> HttpResponseBase:
    """Agencies down, ratios or counts or years across, each number with the fifth in which it lies."""
    question = asked(request, "under", "across", "measure", "year", "kind", "scope")
    page = question.page("heat")
    if question.root is None or question.year is None:
        return render(request, "analysis/nothing.html", page)
    across = question.form.given("across")
    if across == "years":
        measures, years = [question.measure], question.span
    else:
        measures, years = (_counts() if across == "counts" else _ratios()), [question.year]
    table = values.table(question.actor, question.agencies, years, measures, question.scope)
    agencies, columns = population.listed(question.agencies), heat.columns(table)
    heads = [(column, measure(column.measure)) for column in columns]
    if request.GET.get("as") in FORMATS:
        names = [str(c.year) if across == "years" else m.name for c, m in heads]
        return as_file(
            request.GET["as"], _name(question, "热力表"), ["机关", *names],
            ([line.agency.name, *(exact(s.quotient.value) for s in line.squares)]
             for line in heat.lines(table, agencies, columns)),
        )
    shown = Paginator(agencies, ROWS).get_page(request.GET.get("page"))
    return render(request, "analysis/heat.html", page | {
        "heads": heads, "across": across or "", "page": shown, "by": question.measure,
        "without": heat.without(table),
        "rows": [
            (line, list(zip(line.squares, (m for _c, m in heads), strict=True)))
            for line in heat.lines(table, shown.object_list, columns)
        ],
    })


@requires(AnnualReportPermission.SEE)
def odd(request: HttpRequest) -> HttpResponseBase:
    """Numbers far from what is usual, each with the reason."""
    question = asked(request, "under", "against", "measure", "year", "kind", "scope")
    page = question.page("odd")
    if question.root is None or question.year is None:
        return render(request, "analysis/nothing.html", page)
    agencies = population.listed(question.agencies)
    own = question.form.given("against") == Against.YEARS
    if own:
        table = values.table(question.actor, question.agencies, question.span, [question.measure], question.scope)
        found = oddities.among_years(table, agencies, question.year)
    else:
        table = values.table(question.actor, question.agencies, [question.year], _ratios(), question.scope)
        found = oddities.among_peers(table, agencies, question.year)
    if request.GET.get("as") in FORMATS:
        heads = ["机关", "年度", "指标", "数值", "中位数", "为一般偏差的倍数", "说明"]
        return as_file(request.GET["as"], _name(question, "异常"), heads, _odd_lines(found))
    return render(request, "analysis/odd.html", page | {
        "found": found[:ODD], "total": len(found), "most": ODD, "own": own, "agencies": len(agencies),
        "page": Paginator(found[:ODD], ROWS).get_page(request.GET.get("page")),
    })


def _odd_lines(found: list[oddities.Oddity]) -> Iterator[list[Cell]]:
    for one in found:
        yield [
            one.agency.name, one.year, one.measure.name, exact(one.odd.value), exact(one.odd.median),
            exact(one.odd.score), why(one),
        ]


def _ratios() -> list[Measure]:
    return [measure(key) for key in RATIOS]


def _counts() -> list[Measure]:
    return [measure(key) for key in CELLS]


def _name(question: Asked, what: str) -> str:
    assert question.root is not None
    return f"{question.root.name}{question.year}年度{what}"
