"""The desk's addresses of annual reports."""

from __future__ import annotations

from django.urls import path

from gongkai.annual_reports.views import cells, downloads, intake, listing, report, rollup

app_name = "annual_reports"
urlpatterns = [
    path("", listing.reports, name="list"),
    path("list.csv", listing.export, name="export"),
    path("upload/", intake.upload, name="upload"),
    path("batches/<int:batch_id>/", intake.batch, name="batch"),
    path("batches/<int:batch_id>/confirm/", intake.confirm_all, name="confirm-all"),
    path("items/<int:item_id>/confirm/", intake.confirm, name="confirm"),
    path("items/<int:item_id>/discard/", intake.discard, name="discard"),
    path("items/<int:item_id>/retry/", intake.retry, name="retry"),
    path("<int:report_id>/", report.tables, name="tables"),
    path("<int:report_id>/prose/", report.prose, name="prose"),
    path("<int:report_id>/compare/", report.comparison, name="compare"),
    path("<int:report_id>/history/", report.history, name="history"),
    path("<int:report_id>/publish/", report.publish, name="publish"),
    path("<int:report_id>/withdraw/", report.withdraw, name="withdraw"),
    path("<int:report_id>/recheck/", report.recheck, name="recheck"),
    path("<int:report_id>/cells/<str:cell_id>/", cells.cell, name="cell"),
    path("<int:report_id>/corrections/<int:correction_id>/", cells.withdraw_correction, name="withdraw-correction"),
    path("<int:report_id>/download/<str:to>/", downloads.download, name="download"),
    path("<int:report_id>/versions/<int:number>/file/", downloads.original, name="original"),
    path("rollup/", rollup.rollups, name="rollups"),
    path("rollup/<int:agency_id>/<int:year>/", rollup.rollup, name="rollup"),
    path("rollup/<int:agency_id>/<int:year>/cells/<str:cell_id>/", rollup.contributions, name="contributions"),
]
