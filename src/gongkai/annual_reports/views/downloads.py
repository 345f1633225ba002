"""A report in every format, and the file as it was handed in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from gongkai.accounts.gate import actor_of, requires
from gongkai.annual_reports import queries
from gongkai.annual_reports.models import ReportVersion
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.core.errors import WriteError
from gongkai.core.report.writers import MEDIA_TYPES, write
from gongkai.files.downloads import attachment
from gongkai.files.queries import content


@requires(AnnualReportPermission.SEE)
def download(request: HttpRequest, report_id: int, to: str) -> HttpResponse:
    """The current version, corrections applied, written anew in the statutory layout."""
    actor = actor_of(request)
    report = queries.report(actor, report_id)
    return written(queries.version_for(actor, report), to)


@requires(AnnualReportPermission.SEE)
def original(request: HttpRequest, report_id: int, number: int) -> HttpResponse:
    """The very bytes of a version's file."""
    actor = actor_of(request)
    version = queries.versions(actor, queries.report(actor, report_id)).get(number=number)
    return attachment(content(version.file), version.file_name, "application/octet-stream")


def written(version: ReportVersion, to: str) -> HttpResponse:
    """A version as a file of format `to`; 404 for a format that we do not write, 503 with the reason where this machine
    cannot write it (a PDF without a Chinese font)."""
    if to not in MEDIA_TYPES:
        raise Http404
    name = f"{version.report.agency.name}{version.report.year}年度政府信息公开工作年度报告.{to}"
    try:
        data = write(queries.effective(version), to)
    except WriteError as error:
        return HttpResponse(error.message, status=503, content_type="text/plain; charset=utf-8")
    return attachment(data, name, MEDIA_TYPES[to])
