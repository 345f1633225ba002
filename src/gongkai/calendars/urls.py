"""The desk's addresses of calendars."""

from __future__ import annotations

from django.urls import path

from gongkai.calendars import views

app_name = "calendars"
urlpatterns = [
    path("", views.years, name="years"),
    path("<int:year>/", views.year, name="year"),
]
