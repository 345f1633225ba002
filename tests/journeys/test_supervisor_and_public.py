"""A supervisor opens a sum; the public sees what is published and nothing else; all at phone width too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests import factories

from gongkai.annual_reports import actions
from gongkai.core.report.samples import consolidated, sample

from .conftest import County, Visitor

WIDTHS = [390, 1280]


@pytest.fixture
def reports(county: County) -> dict[str, int]:
    """The bureau's and the township's reports, the county's consolidated one, and one of them published."""
    members = {agency: sample(n, agency=agency.name, year=2023)
               for n, agency in enumerate((county.civil, county.water), start=1)}
    filed = {
        agency.name: factories.filed(factories.SYSTEM, agency, report=report) for agency, report in members.items()
    }
    whole = consolidated([*members.values(), sample(9, agency=county.town.name, year=2023)],
                         agency=county.government.name, year=2023)
    factories.filed(factories.SYSTEM, county.government, scope="consolidated", report=whole)
    actions.publish(by=factories.SYSTEM, report=filed["青澜县民政局"], at=timezone.now())
    return {name: report.pk for name, report in filed.items()}


@pytest.mark.parametrize("width", WIDTHS)
def test_a_sum_opens_to_the_agencies_behind_it(
    visit: Callable[..., Visitor], county: County, reports: dict[str, int], width: int,
) -> None:
    supervisor = visit(width)
    page = supervisor.sign_in("supervisor")
    supervisor.go(f"/desk/annual-reports/rollup/{county.government.pk}/2023/")
    expect(page.locator("#missing")).to_contain_text("青澜县云麓镇人民政府")
    expect(page.locator("#against li").first).to_contain_text("相加")
    page.locator("#cell-t3-new-total").get_by_role("link").click()
    drawer = page.get_by_role("dialog", name="单元")
    expect(drawer.locator("tbody tr")).to_have_count(2)
    supervisor.look()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    drawer_free = supervisor.go(f"/desk/annual-reports/rollup/{county.government.pk}/2023/cells/t3.new.total/")
    expect(drawer_free.get_by_role("heading", level=1)).to_contain_text("总计")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_public_sees_only_what_is_published(
    visit: Callable[..., Visitor], county: County, reports: dict[str, int], width: int,
) -> None:
    reader = visit(width)
    page = reader.go("/")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_label("按机关名称查找").fill("水利")
    page.get_by_role("button", name="查找").click()
    expect(page.locator(".empty")).to_contain_text("没有找到")
    reader.look()
    reader.go("/?q=民政")
    page.locator("#reports").get_by_role("link", name="青澜县民政局").click()
    expect(page.locator("table.statutory")).to_have_count(3)
    reader.look()
    for path in (f"/annual-reports/{reports['青澜县水利局']}/", "/desk/nothing/"):
        reader.go(path)
        expect(page.get_by_role("heading", level=1)).to_have_text("没有这个页面")
    with page.expect_download() as fetched:
        page.evaluate(f"location.assign('/annual-reports/{reports['青澜县民政局']}/download/json/')")
    assert fetched.value.suggested_filename.endswith(".json")


def test_the_desk_on_a_phone(visit: Callable[..., Visitor], county: County, reports: dict[str, int]) -> None:
    supervisor = visit(390)
    supervisor.sign_in("supervisor")
    for path in (
        "/desk/", "/desk/annual-reports/", "/desk/annual-reports/upload/", "/desk/agencies/", "/desk/activity/",
        "/desk/account/", "/desk/annual-reports/rollup/?choose=1", f"/desk/annual-reports/{reports['青澜县民政局']}/",
        f"/desk/annual-reports/{reports['青澜县民政局']}/history/", "/accounts/password/change/", "/accounts/2fa/",
    ):
        supervisor.go(path)


def test_the_desk_in_english(visit: Callable[..., Visitor], county: County, reports: dict[str, int]) -> None:
    supervisor = visit()
    page = supervisor.sign_in("supervisor")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    for path in ("/desk/", "/desk/annual-reports/", f"/desk/annual-reports/{reports['青澜县民政局']}/", "/"):
        supervisor.go(path)
