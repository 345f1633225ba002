"""A page asks the database as often for many rows as for few, and never lists more than a page of them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import factories

from gongkai.accounts import roles
from gongkai.accounts.models import User
from gongkai.agencies import rules
from gongkai.agencies.models import Agency
from gongkai.annual_reports import actions
from gongkai.annual_reports.models import AnnualReport, ReportVersion

pytestmark = pytest.mark.django_db
LIST = "/desk/annual-reports/"


@pytest.fixture
def county() -> Agency:
    return factories.agency()


@pytest.fixture
def supervisor(county: Agency) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=factories.actor(county, roles.Supervisor).user_id))
    return client


def crowd(county: Agency, first: int, count: int, like: AnnualReport) -> None:
    """Agencies below the county, each with a published copy of a report."""
    version = like.current
    assert version is not None
    made = Agency.objects.bulk_create(
        Agency(name=f"青澜县第{n}局", kind="department", level="county", parent=county, path=f"new-{n}")
        for n in range(first, first + count)
    )
    for agency in made:
        agency.path = rules.path_under(county.path, agency.pk)
    Agency.objects.bulk_update(made, ["path"])
    reports = AnnualReport.objects.bulk_create(
        AnnualReport(agency=agency, year=like.year, scope="own", filed_at=factories.AT) for agency in made
    )
    versions = ReportVersion.objects.bulk_create(
        ReportVersion(
            report=report, number=1, file=version.file, file_name="年报.json", form="2021", forms=version.forms,
            reading={}, findings=[], engine="0", checked_at=factories.AT, filed_at=factories.AT,
        ) for report in reports
    )
    for report, its in zip(reports, versions, strict=True):
        report.current = report.published = its
        report.state, report.published_at = "published", factories.AT
    AnnualReport.objects.bulk_update(reports, ["current", "published", "state", "published_at"])


def test_questions_to_the_database_do_not_grow_with_the_rows(supervisor: Client, county: Agency) -> None:
    like = factories.filed(factories.SYSTEM, factories.agency("青澜县民政局", county))
    actions.publish(by=factories.SYSTEM, report=like, at=factories.AT)
    pages = [
        "/desk/", LIST, f"{LIST}?found=clean", f"{LIST}upload/", "/desk/agencies/", "/desk/agencies/?q=局",
        f"/desk/agencies/{county.pk}/", "/desk/activity/", f"{LIST}rollup/{county.pk}/2023/",
        f"{LIST}rollup/{county.pk}/2023/cells/t3.new.total/", "/", f"/agencies/{county.pk}/",
    ]
    for page in pages:
        supervisor.get(page)

    def questions() -> dict[str, int]:
        asked = {}
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                assert supervisor.get(page).status_code == 200
            asked[page] = len(queries)
        return asked

    crowd(county, 1, 2, like)
    few = questions()
    crowd(county, 3, 9, like)
    assert questions() == few
    assert max(few.values()) <= 25


def test_no_page_lists_everything(supervisor: Client, county: Agency) -> None:
    like = factories.filed(factories.SYSTEM, factories.agency("青澜县民政局", county))
    crowd(county, 1, 130, like)
    for page, most in (
        (LIST, 50), ("/desk/agencies/", 100), (f"/desk/agencies/{county.pk}/", 100),
        (f"/agencies/{county.pk}/", 100), (f"{LIST}rollup/{county.pk}/2023/cells/t3.new.total/", 100),
        (f"{LIST}rollup/{county.pk}/2023/", 100),
    ):
        text = supervisor.get(page).content.decode()
        assert text.count(">青澜县第") <= most, page
        assert text.count(">青澜县第") > 30, page
    for page in ("/", "/agencies/", "/agencies/?q=青澜县"):
        assert supervisor.get(page).content.decode().count("青澜县第") <= 200, page
    lines = b"".join(supervisor.get(f"{LIST}rollup/{county.pk}/2023/?as=csv").streaming_content).decode("utf-8-sig")
    assert lines.count("已计入") == 131
