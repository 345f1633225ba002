"""The desk's addresses of the registers behind table 二."""

from __future__ import annotations

from django.urls import path

from gongkai.statutory_registers.views import documents, entries, overview, sheets

app_name = "registers"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("cells/<int:agency_id>/<int:year>/<str:form>/<str:scope>/<str:cell>/", overview.cell, name="cell"),
    path("documents/", documents.listing, name="documents"),
    path("documents/export/", documents.export, name="documents-export"),
    path("documents/new/", documents.new, name="document-new"),
    path("documents/take/<int:publication_id>/", documents.take, name="document-take"),
    path("documents/<int:document_id>/", documents.document, name="document"),
    path("documents/<int:document_id>/<str:act>/", documents.act, name="document-act"),
    path("rows/<int:entry_id>/", entries.entry, name="entry"),
    path("rows/<int:entry_id>/<str:act>/", entries.act, name="entry-act"),
    path("items/<int:item_id>/end/", entries.end_item, name="item-end"),
    path("import/", sheets.rehearse, name="import"),
    path("import/write/", sheets.write, name="import-write"),
    path("import/template/<str:register>/", sheets.template, name="template"),
    path("of/<str:register>/", entries.listing, name="entries"),
    path("of/<str:register>/export/", entries.export, name="entries-export"),
    path("of/<str:register>/new/", entries.new, name="entry-new"),
    path("of/<str:register>/items/", entries.items, name="items"),
]
