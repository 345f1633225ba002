"""The public sees what is published, in the version that was published, and nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client, RequestFactory
from tests import factories

from gongkai.annual_reports import actions
from gongkai.annual_reports.models import AnnualReport
from gongkai.portal import errors

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> AnnualReport:
    return factories.filed(factories.SYSTEM, factories.agency("青澜县民政局", factories.agency()))


def publish(report: AnnualReport) -> AnnualReport:
    return actions.publish(by=factories.SYSTEM, report=report, at=factories.AT)


def test_what_is_not_published_does_not_exist(client: Client, report: AnnualReport) -> None:
    for path in (f"/annual-reports/{report.pk}/", f"/annual-reports/{report.pk}/download/json/"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "没有这个页面" in answer.content.decode()
    assert "青澜县民政局" not in client.get("/").content.decode()


def test_what_is_published_is_listed_found_read_and_downloaded(client: Client, report: AnnualReport) -> None:
    publish(report)
    assert "青澜县民政局" in client.get("/?q=民政&year=2023").content.decode()
    assert "没有找到" in client.get("/?year=2020").content.decode()
    page = client.get(f"/annual-reports/{report.pk}/").content.decode()
    assert page.count('class="statutory ') == 3
    assert "2023 年度报告" in client.get(f"/agencies/{report.agency_id}/").content.decode()
    for to in ("docx", "xlsx", "html", "json", "csv"):
        answer = client.get(f"/annual-reports/{report.pk}/download/{to}/")
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"/annual-reports/{report.pk}/download/exe/").status_code == 404


def test_a_correction_after_publishing_waits_for_the_next_publishing(client: Client, report: AnnualReport) -> None:
    publish(report)
    before = client.get(f"/annual-reports/{report.pk}/download/json/").content
    actions.correct(by=factories.SYSTEM, report=report, cell="t3.new.total", value=Decimal(4321), reason="核对",
                    at=factories.AT)
    assert client.get(f"/annual-reports/{report.pk}/download/json/").content == before
    publish(AnnualReport.objects.get())
    assert "4321" in client.get(f"/annual-reports/{report.pk}/").content.decode()


def test_what_was_taken_down_is_gone(client: Client, report: AnnualReport) -> None:
    publish(report)
    actions.withdraw(by=factories.SYSTEM, report=report, reason="内容有误", at=factories.AT)
    assert client.get(f"/annual-reports/{report.pk}/").status_code == 404


def test_the_page_for_a_broken_server_needs_nothing(rf: RequestFactory, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        answer = errors.broken(rf.get("/"))
    assert answer.status_code == 500
    assert "此前保存的内容都在" in answer.content.decode()


def test_a_stale_form_is_explained() -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a", "password": "b"})
    assert answer.status_code == 403
    assert "这一页放得太久了" in answer.content.decode()


def test_english_is_one_button_away(client: Client, report: AnnualReport) -> None:
    publish(report)
    answer = client.post("/language/", {"language": "en", "next": "/"}, follow=True)
    assert "Published annual reports" in answer.content.decode()


def test_nobody_registers_alone(client: Client) -> None:
    assert "不开放注册" in client.get("/accounts/signup/").content.decode()
    client.post("/accounts/signup/", {"username": "eve", "password1": "correct-horse-1949"})
    assert factories.User.objects.filter(username="eve").count() == 0


def test_health_answers_without_secrets(client: Client) -> None:
    assert set(client.get("/health/").json()) == {"well", "ill"}
