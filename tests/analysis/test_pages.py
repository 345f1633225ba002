"""The pages of the analysis: what they show, what they open to, what they hand out, and to whom."""

from __future__ import annotations

import csv
import io
import re

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.analysis.conftest import published, written
from tests.factories import AT, ON, SYSTEM, actor, agency, filed

from gongkai.accounts import roles
from gongkai.accounts.models import User
from gongkai.analysis.ratios import RATIOS
from gongkai.annual_reports.models import Scope
from gongkai.applications.actions.sheets import take_over
from gongkai.applications.registering import look

HERE = "/desk/analysis/"
TOTALS = {"t3__granted__total": 30, "t3__partial__total": 10, "t3__closed__total": 80}
PAGES = ("", "ranking/", "heat/", "heat/?across=years", "heat/?across=counts", "odd/", "odd/?against=years", "ratios/")


@pytest.fixture
def reports(bureaus):
    for n, one in enumerate(bureaus[:3]):
        for year in (2020, 2023):
            written(one, year, seed=n * 7 + year, **(TOTALS | {"t3__granted__total": 30 + n}))
    return bureaus[:3]


def lines(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_page_opens_with_reports_and_without(desk, bureaus):
    for page in PAGES:
        assert desk.get(HERE + page).status_code == 200, page
    written(bureaus[0], 2023, **TOTALS)
    for page in PAGES:
        assert desk.get(HERE + page).status_code == 200, page


def test_without_reports_it_is_said_what_will_be_here(desk, county):
    assert "还没有可以分析的年报" in desk.get(HERE).content.decode()


def test_the_ranked_list_opens_each_number(desk, reports):
    page = desk.get(f"{HERE}ranking/?measure=disclosed&year=2023").content.decode()
    first = reports[-1]
    assert "52.5%" in page  # 42 of 80
    assert f"/desk/analysis/values/disclosed/{first.pk}/2023/" in page
    opened = desk.get(f"{HERE}values/disclosed/{first.pk}/2023/").content.decode()
    assert "42 ÷ 80 × 100" in opened
    report = first.annual_reports.get(year=2023)
    for cell in ("t3.granted.total", "t3.partial.total", "t3.closed.total"):
        address = f"/desk/annual-reports/{report.pk}/cells/{cell}/"
        assert address in opened
        assert desk.get(address).status_code == 200


def test_every_measure_opens_in_both_forms(desk, reports):
    for key in (*RATIOS, "t3.new.total", "t3.other.natural", "t2.fees.amount"):
        for year in (2020, 2023):
            assert desk.get(f"{HERE}values/{key}/{reports[0].pk}/{year}/").status_code == 200, (key, year)


def test_what_is_not_there_is_not_found(desk, reports):
    for path in ("values/nothing/{}/2023/", "values/disclosed/{}/1999/", "values/disclosed/99999/2023/"):
        assert desk.get(HERE + path.format(reports[0].pk)).status_code == 404, path


def test_a_table_is_handed_out_as_csv_and_xlsx_with_the_same_rows(desk, reports):
    for page in ("?", "ranking/?", "heat/?", "odd/?", "years/{0}/?", "beside/?a={0}&a={1}&"):
        path = HERE + page.format(reports[0].pk, reports[1].pk)
        told = lines(desk.get(path + "as=csv"))
        book = openpyxl.load_workbook(io.BytesIO(desk.get(path + "as=xlsx").content))
        rows = [["" if cell is None else cell for cell in row] for row in book.active.iter_rows(values_only=True)]
        assert len(told) == len(rows) > (0 if page == "odd/?" else 1), page
        assert told[0] == rows[0]
        for one, other in zip(told[1:], rows[1:], strict=True):
            for text, value in zip(one, other, strict=True):
                assert text == str(value) or float(text) == pytest.approx(float(value)), (page, text, value)


def test_a_picture_is_svg_that_may_run_nothing(desk, reports):
    for page in ("ranking/?", "years/{0}/?picture=work&", "years/{0}/?picture=outcomes&", "beside/?a={0}&a={1}&"):
        answer = desk.get(HERE + page.format(reports[0].pk, reports[1].pk) + "as=svg")
        assert answer.headers["Content-Type"] == "image/svg+xml", page
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'"
        assert b"<svg" in answer.content
        assert b"<script" not in answer.content


def test_years_beside_each_other_say_what_a_form_has_not(desk, reports):
    page = desk.get(f"{HERE}years/{reports[0].pk}/?all=1").content.decode()
    assert "当年表式没有" in page
    assert "三行相加" in page
    assert f"{HERE}values/t3.other.total/{reports[0].pk}/2023/" in page
    assert 'class="spark"' in page
    # A picture that comes when one scrolls to it has its place from the start.
    lazy = re.findall(r"<img [^>]*loading=[^>]*>", page)
    assert lazy
    assert all('width="' in one and 'height="' in one for one in lazy)


def test_agencies_are_added_and_taken_away_by_the_address(desk, reports, county):
    ten = [agency(f"青澜县第{n}中心", county) for n in range(10)]
    page = desk.get(HERE + "beside/?" + "&".join(f"a={one.pk}" for one in ten))
    assert len(page.context["chosen"]) == 8
    page = desk.get(f"{HERE}beside/?a={ten[0].pk}&q=民政").content.decode()
    assert f'value="{reports[0].pk}"' in page
    assert desk.get(f"{HERE}beside/?a=x&a=-1&a=99999999999999").status_code == 200
    assert "没有年报" in desk.get(f"{HERE}beside/?a={ten[0].pk}&a={reports[0].pk}").content.decode()


NONSENSE = (
    "year=abc&scope=x&kind=y&measure=z&under=q&order=w&across=v&against=u", "year=1890", "under=99999999", "page=99999",
    "measure=t3.new.total'--", "scope=consolidated",
)


def test_an_address_that_means_nothing_still_opens(desk, reports):
    for page in ("", "ranking/", "heat/", "odd/"):
        for asked in NONSENSE:
            assert desk.get(f"{HERE}{page}?{asked}").status_code == 200, (page, asked)


def test_any_cell_can_be_asked_for_and_stays_chosen(desk, reports):
    page = desk.get(f"{HERE}ranking/?measure=t3.refused_process.legal").content.decode()
    assert '<option value="t3.refused_process.legal" selected>' in page


def test_who_sees_no_reports_has_no_way_in(bureaus, reports):
    contributor, nobody = Client(), Client()
    actor(bureaus[0], roles.SystemAdministrator, "manager")
    contributor.force_login(User.objects.get(username="manager"))
    for page in PAGES:
        assert contributor.get(HERE + page).status_code == 403
        assert nobody.get(HERE + page).status_code == 302


def test_a_clerk_reads_what_others_published_and_nothing_else(client, reports):
    actor(reports[0], roles.Clerk, "clerk-of-one")
    client.force_login(User.objects.get(username="clerk-of-one"))
    published(reports[1].annual_reports.get(year=2023))
    page = client.get(f"{HERE}ranking/?measure=disclosed&year=2023")
    assert page.context["counted"] == 2
    assert client.get(f"{HERE}values/disclosed/{reports[1].pk}/2023/").status_code == 200
    assert client.get(f"{HERE}values/disclosed/{reports[2].pk}/2023/").status_code == 404


def test_queries_do_not_grow_with_agencies(desk, bureaus):
    def asked(page):
        desk.get(HERE + page)
        with CaptureQueriesContext(connection) as found:
            desk.get(HERE + page)
        return len(found)

    written(bureaus[0], 2023, **TOTALS)
    few = [asked(page) for page in PAGES]
    for n, one in enumerate(bureaus[1:4]):
        for year in (2022, 2023):
            written(one, year, seed=n + year)
    assert [asked(page) for page in PAGES] == few
    assert max(few) < 30


def test_the_consolidated_report_of_a_government_is_compared_by_itself(desk, county, supervisor, bureaus):
    filed(supervisor, county, 2023, scope=Scope.CONSOLIDATED)
    page = desk.get(f"{HERE}ranking/?scope=consolidated&measure=t3.new.total")
    assert page.context["counted"] == 1


REGISTER = """登记号,收到日期,渠道,申请人类型,申请内容,办结日期,办理结果
2023-001,2023-01-05,网络,自然人,申请公开柳溪村征地补偿安置方案和公告,2023-01-20,予以公开
2023-002,2023-02-01,网络,自然人,申请公开县工业园区土地出让合同文本,2023-06-30,予以公开
2023-003,2023-03-01,网络,自然人,申请公开部门预算执行情况明细表,2023-03-10,予以公开
2023-004,2023-12-20,网络,自然人,申请公开救助资金发放情况,,
"""


def test_replies_on_time_are_counted_from_the_register_and_open_to_it(client, bureaus):
    where = bureaus[0]
    actor(where, roles.Clerk, "clerk")
    client.force_login(User.objects.get(username="clerk"))
    take_over(by=SYSTEM, looked=look(where, REGISTER.encode(), "台账.csv", today=ON), at=AT)
    written(where, 2023)
    page = client.get(f"{HERE}values/on_time/{where.pk}/2023/")
    assert "2 ÷ 3 × 100" in page.content.decode()
    assert f"{HERE}late/{where.pk}/2023/?all=1" in page.content.decode()
    late = client.get(f"{HERE}late/{where.pk}/2023/")
    assert [one.number for one in late.context["page"]] == ["2023-002"]
    assert late.context["page"].paginator.count == 1
    assert client.get(f"{HERE}late/{where.pk}/2023/?all=1").context["page"].paginator.count == 3


def test_an_office_without_a_register_here_has_no_rate_and_not_zero(desk, reports):
    page = desk.get(f"{HERE}values/on_time/{reports[0].pk}/2023/").content.decode()
    assert "没有办理记录" in page
    assert "0.0%" not in page


def test_the_register_of_others_is_not_opened_by_the_rate(client, bureaus):
    where, other = bureaus[:2]
    actor(where, roles.Clerk, "clerk")
    client.force_login(User.objects.get(username="clerk"))
    take_over(by=SYSTEM, looked=look(other, REGISTER.encode(), "台账.csv", today=ON), at=AT)
    published(written(other, 2023))
    assert "没有办理记录" in client.get(f"{HERE}values/on_time/{other.pk}/2023/").content.decode()
    assert client.get(f"{HERE}late/{other.pk}/2023/?all=1").context["page"].paginator.count == 0
