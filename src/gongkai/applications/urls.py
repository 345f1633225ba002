"""The desk's addresses of applications."""

from __future__ import annotations

from django.urls import path

from gongkai.applications.views import (
    acts,
    arriving,
    consultations,
    feed,
    identity,
    listing,
    page,
    papers,
    sheets,
    years,
)

app_name = "applications"
urlpatterns = [
    path("", listing.register, name="list"),
    path("new/", arriving.new, name="new"),
    path("hand-over/", arriving.hand_over_all, name="hand-over"),
    path("import/", sheets.rehearse, name="import"),
    path("import/write/", sheets.write, name="import-write"),
    path("import/template/", sheets.template, name="template"),
    path("export/", sheets.export, name="export"),
    path("feed/", feed.settings, name="feed"),
    path("feed/renew/", feed.renew, name="feed-renew"),
    path("adopt-year/", years.adopt, name="adopt-year"),
    path("<int:application_id>/", page.application, name="application"),
    path("<int:application_id>/identity/", identity.reveal, name="identity"),
    path("<int:application_id>/code/", papers.code, name="code"),
    path("<int:application_id>/receipt/", papers.receipt, name="receipt"),
    path("<int:application_id>/service-receipt/", papers.service_receipt, name="service-receipt"),
    path("<int:application_id>/files/<int:attachment_id>/", identity.attached, name="file"),
    path("<int:application_id>/letters/<int:letter_id>/<str:to>/", identity.letter, name="letter"),
    path("<int:application_id>/consultations/<int:consultation_id>/delivered/", consultations.delivered,
         name="delivered"),
    path("<int:application_id>/acts/<str:act>/", acts.act, name="act"),
]
