"""A published report on the portal: tables, pictures, corrections told, files, its years; kept, and gone at once."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.analysis.conftest import published as published_file
from tests.analysis.conftest import with_cells, written
from tests.compilations import makers
from tests.factories import AT, SYSTEM, agency, filed

from gongkai.accounts import roles
from gongkai.annual_reports import actions as annual
from gongkai.annual_reports.models import AnnualReport, Scope
from gongkai.compilations import actions
from gongkai.compilations.models import Compilation
from gongkai.core.report.samples import sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def of(db: None) -> makers.Office:
    return makers.office()


def page(client: Client, report: AnnualReport | int, more: str = "") -> str:
    pk = report if isinstance(report, int) else report.pk
    answer = client.get(f"/annual-reports/{pk}/{more}")
    assert answer.status_code == 200
    return answer.content.decode()


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def corrected(of: makers.Office, compilation: Compilation, **values: Any) -> Compilation:
    actions.correct(
        by=of.person(roles.Signatory), compilation=compilation, at=makers.moment(date(2026, 2, 10)),
        **({"reason": "补登一件漏登的申请"} | values),
    )
    return makers.fresh(compilation)


def test_the_page_has_the_tables_and_a_picture_beside_each_with_its_words(client: Client, of: makers.Office) -> None:
    report = makers.published(of).report
    shown = page(client, report)
    assert shown.count('<table class="statutory') == 3
    pictures = re.findall(rf'<img src="(/annual-reports/{report.pk}/pictures/[^"]+)" alt="([^"]+)"', shown)
    assert len(pictures) >= 2
    for address, told in pictures:
        assert re.search(r"\d 件|。", told)
        answer = client.get(address)
        assert answer.headers["Content-Type"] == "image/svg+xml"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'"
    for wrong in ("t3-99", "t9-0", "t3-x", "t3", "x"):
        assert client.get(f"/annual-reports/{report.pk}/pictures/{wrong}.svg").status_code == 404
    assert "更正说明" not in shown


def test_a_compiled_report_can_be_taken_away_in_every_format_and_as_a_package(
    client: Client, of: makers.Office,
) -> None:
    report = makers.published(of).report
    shown = page(client, report)
    for to, begins in (("docx", b"PK"), ("html", b"<!"), ("xlsx", b"PK"), ("json", b"{"), ("zip", b"PK")):
        assert f"/annual-reports/{report.pk}/download/{to}/" in shown
        answer = client.get(f"/annual-reports/{report.pk}/download/{to}/")
        assert answer.status_code == 200
        assert answer.content.startswith(begins), to
    assert client.get(f"/annual-reports/{report.pk}/download/exe/").status_code == 404
    told = json.loads(client.get(f"/annual-reports/{report.pk}/download/json/").content)
    assert told["signing"]["kind"] == "signed"


def test_a_report_that_came_as_a_file_has_no_package(client: Client, of: makers.Office) -> None:
    report = published_file(written(of.bureau, 2023))
    assert "download/zip/" not in page(client, report)
    assert client.get(f"/annual-reports/{report.pk}/download/zip/").status_code == 404
    assert client.get(f"/annual-reports/{report.pk}/download/docx/").content.startswith(b"PK")


def test_an_erratum_says_what_was_changed_from_what_to_what_why_and_when(client: Client, of: makers.Office) -> None:
    made = makers.published(of)
    before = client.get(f"/annual-reports/{made.report_id}/download/json/").content
    page(client, made.report_id)
    makers.late(of)
    assert "更正说明" not in page(client, made.report_id), "records moved, the report did not"
    made = corrected(of, made)
    shown = plain(page(client, made.report_id))
    assert "更正说明" in shown
    assert "2026-02-10 公布的第 2 版更正了以前公布的内容" in shown
    assert "补登一件漏登的申请" in shown
    assert re.search(r"表三 一、本年新收政府信息公开申请数量 · 总计 5 6 ", shown)
    assert re.search(r"2026-02-10 第 2 版 现行", shown)
    assert re.search(r"2026-01-06 第 1 版", shown)
    assert client.get(f"/annual-reports/{made.report_id}/download/json/").content != before


def test_a_second_erratum_is_told_beside_the_first(client: Client, of: makers.Office) -> None:
    made = makers.published(of)
    makers.late(of, "2025-98")
    made = corrected(of, made, reason="第一次更正")
    makers.late(of, "2025-99")
    made = corrected(of, made, reason="第二次更正")
    shown = plain(page(client, made.report_id))
    assert shown.index("第二次更正") < shown.index("第一次更正")
    assert "先后公布过 3 版" in shown


def test_an_erratum_of_what_was_taken_down_is_told_once_it_is_public_again(client: Client, of: makers.Office) -> None:
    made = makers.published(of)
    annual.withdraw(by=SYSTEM, report=made.report, reason="核对", at=makers.moment())
    makers.late(of)
    made = corrected(of, makers.fresh(made))
    assert client.get(f"/annual-reports/{made.report_id}/").status_code == 404
    annual.publish(by=SYSTEM, report=made.report, at=makers.moment(date(2026, 2, 12)))
    shown = plain(page(client, made.report_id))
    assert "2026-02-12 公布的第 2 版" in shown
    assert "补登一件漏登的申请" in shown


def test_a_file_that_replaced_another_is_not_silent_either(client: Client, of: makers.Office) -> None:
    drawn = sample(1, agency=of.bureau.name, year=2023)
    report = published_file(filed(SYSTEM, of.bureau, 2023, report=with_cells(drawn, t3__new__natural=7)))
    annual.correct(
        by=SYSTEM, report=report, cell="t3.new.natural", value=Decimal(9), reason="数错一件", at=AT,
    )
    assert "更正说明" not in page(client, report), "corrected, and not yet published again"
    published_file(AnnualReport.objects.get(pk=report.pk))
    shown = plain(page(client, report))
    assert re.search(r"表三 一、本年新收政府信息公开申请数量 · 自然人 7 9 ", shown)
    assert "数错一件" in shown


def test_numbers_typed_in_are_said_to_be(client: Client, of: makers.Office) -> None:
    made = makers.started(of)
    actions.enter_cell(
        by=of.clerk, compilation=made, cell="t2.licences.decisions", value=Decimal(12), source="行政审批系统年度统计",
        at=makers.moment(),
    )
    made = makers.published(of, makers.fresh(made))
    shown = page(client, made.report_id)
    assert "手工填报" in shown
    assert "行政审批系统年度统计" in shown


def test_the_years_of_an_organ_stand_beside_each_other_and_lead_to_last_year(client: Client, of: makers.Office) -> None:
    last = published_file(written(of.bureau, 2024, t3__new__total=44, t3__carried_out__total=None))
    made = makers.published(of)
    shown = page(client, made.report_id)
    assert f'href="/annual-reports/{last.pk}/" rel="prev"' in shown
    assert re.search(r"本年新收政府信息公开申请数量 · 总计 44 5 ", plain(shown))
    assert "表中没有填" in plain(shown)
    assert client.get(f"/annual-reports/{made.report_id}/pictures/years.svg").status_code == 200


def test_the_page_is_kept_and_gone_at_once(client: Client, of: makers.Office, django_assert_num_queries: Any) -> None:
    made = makers.published(of)
    first = page(client, made.report_id)
    with django_assert_num_queries(1):
        assert page(client, made.report_id) == first
    file = client.get(f"/annual-reports/{made.report_id}/download/json/").content
    with django_assert_num_queries(1):
        assert client.get(f"/annual-reports/{made.report_id}/download/json/").content == file
    annual.withdraw(by=SYSTEM, report=made.report, reason="有误", at=makers.moment())
    for more in ("", "download/json/", "download/zip/", "pictures/t3-0.svg", "pictures/years.svg"):
        assert client.get(f"/annual-reports/{made.report_id}/{more}").status_code == 404


def test_what_is_not_published_has_no_page(client: Client, of: makers.Office) -> None:
    report = makers.approved(of).report
    for more in ("", "download/json/", "pictures/t3-0.svg"):
        assert client.get(f"/annual-reports/{report.pk}/{more}").status_code == 404


def test_the_list_is_narrowed_by_name_year_government_and_scope(client: Client, of: makers.Office) -> None:
    other = agency("白沙县人民政府")
    far = agency("白沙县水利局", other)
    for where, year in ((of.bureau, 2023), (of.bureau, 2024), (far, 2023)):
        published_file(written(where, year))
    whole = published_file(filed(SYSTEM, of.county, 2023, scope=Scope.CONSOLIDATED))

    def found(asked: str) -> set[tuple[str, int, str]]:
        listed = client.get(f"/annual-reports/?{asked}").context["page"].object_list
        return {(one.agency.name, one.year, one.scope) for one in listed}

    assert len(found("")) == 4
    assert found("year=2024") == {("青澜县民政局", 2024, "own")}
    assert found(f"under={other.pk}") == {("白沙县水利局", 2023, "own")}
    assert found("scope=consolidated") == {(whole.agency.name, 2023, "consolidated")}
    assert found(f"q=民政&year=2023&under={of.county.pk}&scope=own") == {("青澜县民政局", 2023, "own")}
    for nonsense in ("year=x&under=-1&scope=y&page=0", "under=99999999999", "under=²", "year=٢٠٢٣"):
        assert len(found(nonsense)) == 4


def test_queries_do_not_grow_with_reports(client: Client, of: makers.Office) -> None:
    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        return len(seen)

    first = published_file(written(of.bureau, 2020))
    few = asked("/annual-reports/"), asked(f"/annual-reports/{first.pk}/")
    for n, year in enumerate((2019, 2021, 2022, 2023)):
        published_file(written(of.bureau, year, seed=n))
    again = asked("/annual-reports/?"), asked(f"/annual-reports/{first.pk}/?")
    assert again[0] <= few[0] + 1
    assert again[1] <= few[1] + 1
