"""The desk's addresses of search."""

from __future__ import annotations

from django.urls import path

from gongkai.search import views

app_name = "search"
urlpatterns = [
    path("", views.synonyms, name="synonyms"),
    path("remove/", views.remove, name="remove-synonym"),
]
