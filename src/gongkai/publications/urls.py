"""The desk's addresses of proactive disclosure."""

from __future__ import annotations

from django.urls import path

from gongkai.publications.views import (
    acts,
    dead,
    drafting,
    files,
    listing,
    matrix,
    page,
    practice,
    relations,
    withheld,
    words,
)

app_name = "publications"
_EDITION = "<int:publication_id>/editions/<int:number>/"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("new/", drafting.new, name="new"),
    path("export/", listing.export, name="export"),
    path("paste/", drafting.paste, name="paste"),
    path("item-card/", drafting.item_card, name="item-card"),
    path("coverage/", matrix.matrix, name="coverage"),
    path("practice/", practice.practice, name="practice"),
    path("practice/sample/", practice.sample, name="sample"),
    path("wordings/", words.words, name="wordings"),
    path("wordings/export/", words.export, name="wordings-export"),
    path("wordings/import/", words.take_in, name="wordings-import"),
    path("wordings/<int:wording_id>/remove/", words.remove, name="wordings-remove"),
    path("links/", dead.links, name="links"),
    path("links/switch/", dead.switch, name="links-switch"),
    path("withheld/", withheld.listing, name="withheld"),
    path("withheld/export/", withheld.export, name="withheld-export"),
    path("withheld/new/", withheld.new, name="withheld-new"),
    path("withheld/<int:withholding_id>/", withheld.item, name="withheld-item"),
    path("withheld/<int:withholding_id>/look/", withheld.look, name="withheld-look"),
    path("withheld/<int:withholding_id>/begin/", withheld.begin, name="withheld-begin"),
    path("<int:publication_id>/", page.publication, name="publication"),
    path(_EDITION, page.edition, name="edition"),
    path(f"{_EDITION}edit/", drafting.edit, name="edit"),
    path(f"{_EDITION}preview/", page.preview, name="preview"),
    path(f"{_EDITION}sheet/", page.sheet, name="sheet"),
    path(f"{_EDITION}changes/", page.compare, name="compare"),
    path(f"{_EDITION}relations/", relations.relations, name="relations"),
    path(f"{_EDITION}relations/link/", relations.link, name="link"),
    path(f"{_EDITION}files/", files.files, name="files"),
    path(f"{_EDITION}files/<int:attachment_id>/cleaned/", files.cleaned, name="cleaned"),
    path(f"{_EDITION}files/<int:attachment_id>/<str:act>/", files.change, name="file"),
    path(f"{_EDITION}acts/<str:act>/", acts.act, name="act"),
]
