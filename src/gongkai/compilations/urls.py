"""The desk's addresses of compiling annual reports."""

from __future__ import annotations

from django.urls import path

from gongkai.compilations.views import (
    acts,
    after,
    cells,
    downloads,
    erratum,
    listing,
    page,
    prose,
    prose_facts,
    tables,
    waivers,
)

app_name = "compilations"
_ONE = "<int:compilation_id>/"
urlpatterns = [
    path("", listing.reports, name="list"),
    path("start/", listing.start, name="start"),
    path(_ONE, page.report, name="report"),
    path(f"{_ONE}compare/", page.comparison, name="compare"),
    path(f"{_ONE}cells/<str:cell_id>/", cells.cell, name="cell"),
    path(f"{_ONE}cells/<str:cell_id>/try/", cells.tried, name="cell-tried"),
    path(f"{_ONE}cells/<str:cell_id>/export/", cells.export, name="cell-export"),
    path(f"{_ONE}cells/<str:cell_id>/records/", cells.withdraw, name="withdraw-entry"),
    path(f"{_ONE}tables/<str:table>/", tables.table, name="table"),
    path(f"{_ONE}tables/<str:table>/try/", tables.tried, name="tried"),
    path(f"{_ONE}waive/", waivers.waive, name="waive"),
    path(f"{_ONE}waivers/<int:waiver_id>/withdraw/", waivers.withdraw, name="withdraw-waiver"),
    path(f"{_ONE}acts/correct/", erratum.correct, name="correct"),
    path(f"{_ONE}acts/<str:act>/", acts.act, name="act"),
    path(f"{_ONE}differences/", after.differences, name="differences"),
    path(f"{_ONE}carry/", after.carry, name="carry"),
    path(f"{_ONE}history/", after.history, name="history"),
    path(f"{_ONE}versions/<int:number>/file/", after.original, name="original"),
    path(f"{_ONE}download/<str:to>/", downloads.download, name="download"),
    # The words of the report.
    path(f"{_ONE}prose/", prose.prose, name="prose"),
    path(f"{_ONE}prose/draft/", prose.draft, name="prose-draft"),
    path(f"{_ONE}prose/facts/", prose_facts.facts, name="prose-facts"),
    path(f"{_ONE}prose/facts/<str:name>/", prose_facts.fact, name="prose-fact"),
    path(f"{_ONE}prose/<int:section>/<int:aspect>/", prose.text, name="prose-text"),
    path(f"{_ONE}prose/<int:section>/<int:aspect>/preview/", prose.preview, name="prose-preview"),
]
