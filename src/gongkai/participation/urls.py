"""The desk's addresses of what the public sends."""

from __future__ import annotations

from django.urls import path

from gongkai.participation.views import acts, consultations, identity, listing, page

app_name = "participation"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("export/", listing.export, name="export"),
    path("consultations/", consultations.listing, name="consultations"),
    path("consultations/new/", consultations.new, name="consultation-new"),
    path("consultations/<int:consultation_id>/", consultations.consultation, name="consultation"),
    path("consultations/<int:consultation_id>/export/", consultations.export, name="consultation-export"),
    path("consultations/<int:consultation_id>/acts/<str:act>/", consultations.change, name="consultation-act"),
    path("<int:message_id>/", page.message, name="message"),
    path("<int:message_id>/publish/", page.publish, name="publish"),
    path("<int:message_id>/identity/", identity.reveal, name="identity"),
    path("<int:message_id>/files/<int:file_id>/", identity.opened, name="file"),
    path("<int:message_id>/acts/<str:act>/", acts.act, name="act"),
]
