"""The desk's addresses of agencies."""

from __future__ import annotations

from django.urls import path

from gongkai.agencies import views, views_office

app_name = "agencies"
urlpatterns = [
    path("", views.tree, name="tree"),
    path("<int:agency_id>/", views.agency, name="agency"),
    path("<int:agency_id>/rename/", views.rename, name="rename"),
    path("<int:agency_id>/region/", views.region, name="region"),
    path("<int:agency_id>/move/", views.move, name="move"),
    path("<int:agency_id>/abolish/", views.abolish, name="abolish"),
    path("<int:agency_id>/office/", views_office.office, name="office"),
    path("<int:agency_id>/office/sections/", views_office.section, name="section"),
    path("suggest/", views.suggest, name="suggest"),
    path("add/", views.add, name="add"),
    path("import/", views.rehearse, name="import"),
    path("import/write/", views.import_rehearsed, name="import-write"),
]
