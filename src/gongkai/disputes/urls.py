"""The desk's addresses of reconsiderations and suits."""

from __future__ import annotations

from django.urls import path

from gongkai.disputes.views import acts, bundles, identity, listing, page, registering

app_name = "disputes"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("export/", listing.export, name="export"),
    path("new/", registering.new, name="new"),
    path("<int:dispute_id>/", page.dispute, name="dispute"),
    path("<int:dispute_id>/identity/", identity.reveal, name="identity"),
    path("<int:dispute_id>/papers/<int:paper_id>/", identity.paper, name="paper"),
    path("<int:dispute_id>/bundle/", bundles.bundle, name="bundle"),
    path("<int:dispute_id>/proceedings/<int:proceeding_id>/", acts.proceeding, name="proceeding"),
    path("<int:dispute_id>/acts/<str:act>/", acts.act, name="act"),
]
