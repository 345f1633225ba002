"""The public addresses. What is personal never stands in one: no number, no code, no token."""

from __future__ import annotations

from django.urls import path

from gongkai.portal.views import applying, guide, reading, tracking

app_name = "portal"
urlpatterns = [
    path("", reading.home, name="home"),
    path("agencies/<int:agency_id>/", reading.agency, name="agency"),
    path("agencies/<int:agency_id>/guide/", guide.guide, name="guide"),
    path("apply/", applying.choose, name="apply-choose"),
    path("agencies/<int:agency_id>/apply/", applying.sought, name="apply"),
    path("agencies/<int:agency_id>/apply/<slug:key>/", applying.form, name="apply-form"),
    path("agencies/<int:agency_id>/apply/<slug:key>/found/", applying.found, name="apply-found"),
    path("agencies/<int:agency_id>/apply/<slug:key>/review/", applying.review, name="apply-review"),
    path("agencies/<int:agency_id>/apply/<slug:key>/send/", applying.send, name="apply-send"),
    path("agencies/<int:agency_id>/apply/<slug:key>/received/", applying.received, name="apply-received"),
    path("agencies/<int:agency_id>/apply/<slug:key>/forget/", applying.forget, name="apply-forget"),
    path("track/", tracking.track, name="track"),
    path("track/application/", tracking.application, name="tracked"),
    path("track/correct/", tracking.correct, name="track-correct"),
    path("track/reasons/", tracking.reasons, name="track-reasons"),
    path("track/withdraw/", tracking.withdraw, name="track-withdraw"),
    path("track/piece/", tracking.piece, name="track-piece"),
    path("track/close/", tracking.close, name="track-close"),
    path("track/letters/<int:key>/<str:to>/", tracking.letter, name="track-letter"),
    path("track/files/<int:key>/", tracking.file, name="track-file"),
    path("annual-reports/<int:report_id>/", reading.report, name="report"),
    path("annual-reports/<int:report_id>/download/<str:to>/", reading.download, name="download"),
]
