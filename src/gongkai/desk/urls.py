"""The desk: its own pages, and the rooms mounted under it."""

from __future__ import annotations

from django.urls import include, path

from gongkai.accounts.urls import own_patterns
from gongkai.desk import views
from gongkai.letters.urls import desk_patterns as letter_patterns

desk_patterns = ([
    path("", views.today, name="today"),
    path("activity/", views.activity, name="activity"),
    path("styleguide/", views.styleguide, name="styleguide"),
], "desk")

urlpatterns = [
    path("", include(desk_patterns)),
    path("applications/", include("gongkai.applications.urls")),
    path("publications/", include("gongkai.publications.urls")),
    path("registers/", include("gongkai.statutory_registers.urls")),
    path("handover/", include("gongkai.handover.urls")),
    path("participation/", include("gongkai.participation.urls")),
    path("letters/", include(letter_patterns)),
    path("catalogue/", include("gongkai.catalogue.urls")),
    path("disputes/", include("gongkai.disputes.urls")),
    path("annual-reports/", include("gongkai.annual_reports.urls")),
    path("annual/", include("gongkai.compilations.urls")),
    path("campaigns/", include("gongkai.campaigns.urls")),
    path("analysis/", include("gongkai.analysis.urls")),
    path("agencies/", include("gongkai.agencies.urls")),
    path("search/", include("gongkai.search.urls")),
    path("calendars/", include("gongkai.calendars.urls")),
    path("account/audit/looks/", include("gongkai.vault.urls")),
    path("account/", include(own_patterns)),
]
