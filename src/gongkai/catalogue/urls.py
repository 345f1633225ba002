"""The desk's addresses of catalogues."""

from __future__ import annotations

from django.urls import path

from gongkai.catalogue.views import bringing, item, listing

app_name = "catalogue"
urlpatterns = [
    path("", listing.mine, name="list"),
    path("agencies/", listing.overview, name="overview"),
    path("template/", bringing.template, name="template"),
    path("agencies/<int:agency_id>/", listing.listed, name="agency"),
    path("agencies/<int:agency_id>/adopt/", listing.adopt, name="adopt"),
    path("agencies/<int:agency_id>/add/", item.add, name="add"),
    path("agencies/<int:agency_id>/import/", bringing.rehearse, name="import"),
    path("agencies/<int:agency_id>/import/write/", bringing.write, name="import-write"),
    path("agencies/<int:agency_id>/below/", bringing.below, name="below"),
    path("agencies/<int:agency_id>/export/<str:to>/", listing.export, name="export"),
    path("items/<int:item_id>/", item.item, name="item"),
    path("items/<int:item_id>/edit/", item.edit, name="edit"),
    path("items/<int:item_id>/assign/", item.assign, name="assign"),
    path("items/<int:item_id>/retire/", item.retire, name="retire"),
    path("items/<int:item_id>/restore/", item.restore, name="restore"),
]
