"""The public addresses."""

from __future__ import annotations

from django.urls import path

from gongkai.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("agencies/<int:agency_id>/", views.agency, name="agency"),
    path("annual-reports/<int:report_id>/", views.report, name="report"),
    path("annual-reports/<int:report_id>/download/<str:to>/", views.download, name="download"),
]
