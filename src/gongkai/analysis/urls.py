"""Addresses of this room. The question stands in the address, so that a page can be kept and sent to a colleague."""

from __future__ import annotations

from django.urls import path

from gongkai.analysis.views import lists, ratios, side

app_name = "analysis"
urlpatterns = [
    path("", lists.overview, name="overview"),
    path("years/", side.own_years, name="years"),
    path("years/<int:agency_id>/", side.years, name="years-of"),
    path("beside/", side.beside, name="beside"),
    path("ranking/", lists.ranked, name="ranking"),
    path("heat/", lists.heated, name="heat"),
    path("odd/", lists.odd, name="odd"),
    path("ratios/", ratios.definitions, name="ratios"),
    path("values/<str:key>/<int:agency_id>/<int:year>/", ratios.opened, name="opened"),
    path("late/<int:agency_id>/<int:year>/", ratios.late, name="late"),
]
