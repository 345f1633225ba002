"""The desk's addresses of hand-over."""

from __future__ import annotations

from django.urls import path

from gongkai.handover.views import batches, overview

app_name = "handover"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("totals/", overview.totals, name="totals"),
    path("receivers/new/", overview.receiver, name="receiver-new"),
    path("receivers/<int:receiver_id>/", overview.receiver, name="receiver"),
    path("receivers/<int:receiver_id>/make/", batches.make, name="make"),
    path("batches/<int:batch_id>/", batches.batch, name="batch"),
    path("batches/<int:batch_id>/bag/", batches.bag, name="bag"),
    path("batches/<int:batch_id>/list/", batches.manifest, name="list"),
    path("batches/<int:batch_id>/sheet/", batches.sheet, name="sheet"),
    path("batches/<int:batch_id>/acts/<str:act>/", batches.act, name="act"),
]
