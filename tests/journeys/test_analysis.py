"""Reports compared at the desk, and read by the public: by mouse and keyboard, wide and narrow, without accessibility
faults."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import expect
from tests import factories
from tests.analysis.conftest import published, written
from tests.compilations import makers
from tests.journeys.conftest import PASSWORD, Visitor

from gongkai.accounts import roles
from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.compilations import actions

HERE = "/desk/analysis/"


@pytest.fixture
def of(transactional_db: None) -> makers.Office:
    made = makers.office()
    person = User.objects.get(pk=made.supervisor.user_id)
    person.set_password(PASSWORD)
    person.save()
    others = [factories.agency(f"青澜县{name}局", made.county) for name in ("水利", "教育", "卫生健康", "交通运输")]
    others.append(factories.agency("青澜县农村集体资产监督管理和人居环境整治工作领导小组联席会议办公室", made.county))
    for n, one in enumerate([made.bureau, *others]):
        for year in (2020, 2023, 2024):
            written(one, year, seed=n * 5 + year, t3__granted__total=30 + n if n != 3 else 0, t3__partial__total=5,
                    t3__closed__total=80, **({"t3__new__total": None} if n == 4 else {}))
    return made


@pytest.mark.parametrize("width", [1280, 390])
def test_the_supervisor_compares(visit: Callable[..., Visitor], of: makers.Office, width: int) -> None:
    supervisor = visit(width)
    supervisor.page.set_default_timeout(60_000)  # the first page of a process takes its time on a busy machine
    page = supervisor.sign_in("supervisor-" + str(of.county.pk))
    supervisor.go(HERE)
    expect(page.locator("h1")).to_contain_text("青澜县人民政府 2024 年度概览")
    bureau = Agency.objects.get(name="青澜县教育局")
    for path in (
        "ranking/?measure=disclosed", "ranking/?measure=t3.new.total", "heat/", "heat/?across=years", "odd/",
        "odd/?against=years&measure=t3.new.total", "ratios/", "beside/", f"beside/?a={of.bureau.pk}&a={bureau.pk}",
        f"years/{of.bureau.pk}/", f"years/{of.bureau.pk}/?all=1", f"values/disclosed/{bureau.pk}/2024/",
        f"late/{of.bureau.pk}/2025/?all=1", f"values/on_time/{of.bureau.pk}/2025/",
    ):
        supervisor.go(HERE + path)
        for picture in page.locator("main img").all():
            picture.scroll_into_view_if_needed()
            expect(picture).to_have_js_property("complete", value=True, timeout=60_000)
            assert picture.evaluate("one => one.naturalWidth") > 0, path


def test_a_number_opens_in_a_drawer_and_leads_to_its_cells(
    visit: Callable[..., Visitor], of: makers.Office,
) -> None:
    supervisor = visit()
    page = supervisor.sign_in("supervisor-" + str(of.county.pk))
    supervisor.go(HERE + "ranking/?measure=disclosed&year=2024")
    page.get_by_role("row", name="青澜县民政局").get_by_role("link", name="43.8%").click()
    drawer = page.locator("#drawer")
    expect(drawer).to_contain_text("35 ÷ 80 × 100")
    supervisor.look()
    drawer.get_by_role("link", name="予以公开").click()
    expect(page.locator("h1")).to_contain_text("予以公开")
    page.go_back()
    page.get_by_label("指标").select_option("t3.new.total")
    expect(page.locator("h1")).to_contain_text("本年新收")
    expect(page.get_by_role("row", name="交通运输")).to_contain_text("表中没有填")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_public_reads_what_was_corrected(visit: Callable[..., Visitor], of: makers.Office, width: int) -> None:
    published(of.bureau.annual_reports.get(year=2024))
    made = makers.published(of)
    makers.late(of)
    actions.correct(
        by=of.person(roles.Signatory), compilation=made, reason="补登一件漏登的申请",
        at=makers.moment(date(2026, 2, 10)),
    )
    reader = visit(width)
    page = reader.go("/annual-reports/?year=2025")
    page.locator("#reports").get_by_role("link", name="青澜县民政局").click()
    expect(page.locator(".erratum")).to_contain_text("补登一件漏登的申请")
    expect(page.locator("table.statutory")).to_have_count(3)
    reader.look()
    page.get_by_role("link", name="上一年的年度报告").click()
    expect(page.locator("h1")).to_contain_text("2024")
    reader.look()
    reader.go("/annual-reports/?q=没有这个机关")
    expect(page.locator(".empty")).to_contain_text("没有找到")
