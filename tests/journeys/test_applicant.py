"""An applicant in a real browser: from what is sought to the reply, with scripts and without, on a phone too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import factories

from gongkai.agencies import actions as agencies
from gongkai.annual_reports import actions as annual
from gongkai.applications import actions
from gongkai.applications.models import Application
from gongkai.core.report.samples import sample

from .conftest import County, Visitor

JPG = b"\xff\xd8\xff\xe0" + b"0" * 3000
WAYS = [pytest.param(390, True, id="phone"), pytest.param(1280, True, id="wide"),
        pytest.param(390, False, id="phone-without-scripts")]


@pytest.fixture
def open_office(county: County) -> County:
    """A bureau with a guide and a published report, and a neighbour."""
    agencies.describe_office(
        by=factories.SYSTEM, agency=county.civil, on=date(2026, 11, 2), at=timezone.now(), name="青澜县民政局办公室",
        address="青澜县和平路 12 号 301 室", hours="工作日 8:00–17:30", phone="0598-8123456", channels=["online"],
        review_organ="青澜县人民政府", court="青澜县人民法院", classification="按职能编排", obtaining="本网页",
    )
    report = factories.filed(factories.SYSTEM, county.civil, report=sample(1, agency=county.civil.name, year=2023))
    annual.publish(by=factories.SYSTEM, report=report, at=timezone.now())
    return county


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "身份证正面.jpg"
    path.write_bytes(JPG)
    return path


class Plain(Visitor):
    """A browser without scripts: axe is one, and would wait for ever."""

    def look(self) -> None:
        assert self.complaints == []


def filled(page: Page) -> None:
    page.get_by_label("姓名").fill("赵晓梅")
    page.get_by_label("证件号码").fill("11010519491231002X")
    page.get_by_label("联系电话").fill("13800138000")


@pytest.mark.parametrize(("width", "scripts"), WAYS)
def test_the_whole_public_way(
    visit: Callable[..., Visitor], open_office: County, photo: Path, width: int, scripts: bool,
) -> None:
    applicant = visit(width, scripts=scripts)
    if not scripts:
        applicant = Plain(applicant.page, applicant.base, applicant.complaints)
    page = applicant.go("/")
    page.get_by_role("link", name="依申请公开", exact=True).click()
    applicant.look()
    page.get_by_label("机关名称", exact=True).fill("民政")
    page.locator("main").get_by_role("button", name="查找").click()
    page.get_by_role("link", name="青澜县民政局").click()
    applicant.look()
    page.get_by_role("link", name="政府信息公开指南").click()
    applicant.look()
    expect(page.locator("main")).to_contain_text("不能拒收")
    page.get_by_role("link", name="填写申请", exact=True).click()

    page.get_by_label("需要什么信息").fill("请提供2023年度报告的底稿，以及青澜县水利局和平水库的验收报告")
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("可能已经公开")
    expect(page.get_by_role("button", name="改向青澜县水利局申请")).to_be_visible()
    applicant.look()
    page.get_by_role("link", name="都不是，继续申请").click()
    applicant.look()

    page.locator("input[type=file]").set_input_files(photo)
    page.get_by_role("button", name="下一步：核对").click()
    expect(page.get_by_role("alert")).to_contain_text("请填写这一项")
    expect(page.locator(".kept")).to_contain_text("身份证正面.jpg")
    applicant.look()
    page.get_by_role("alert").get_by_role("link").first.click()
    filled(page)
    page.get_by_role("button", name="下一步：核对").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("请核对")
    expect(page.locator("main")).not_to_contain_text("11010519491231002X")
    applicant.look()
    page.get_by_role("link", name="返回修改").click()
    expect(page.get_by_label("姓名")).to_have_value("赵晓梅")
    page.get_by_role("button", name="下一步：核对").click()
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("申请已收到")
    applicant.look()
    number, code = (page.locator(".receipt dd").nth(n).inner_text() for n in (0, 1))
    page.reload()
    expect(page.locator(".receipt")).to_contain_text(code)
    page.go_back()
    assert Application.objects.count() == 1

    tracked(applicant, number, code)


def tracked(applicant: Visitor, number: str, code: str) -> None:
    """The same visitor follows it: wrong code, right code, correction, the clock, a letter, withdrawal."""
    page = applicant.go("/track/")
    page.get_by_label("登记号").fill(number)
    page.get_by_label("查询码").fill("AAAA-AAAA-AAAA")
    page.get_by_role("button", name="查询", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("没有查到")
    applicant.look()
    page.get_by_label("查询码").fill(code.lower())
    page.get_by_role("button", name="查询", exact=True).click()
    expect(page.locator("main")).to_contain_text("等待机关确认")
    assert code not in page.url
    assert number not in page.url
    applicant.look()

    now, today = timezone.now(), timezone.localdate()
    application = actions.confirm(
        by=factories.SYSTEM, application=Application.objects.get(), on=today, how="phone", at=now,
    )
    actions.ask_correction(by=factories.SYSTEM, application=application, what="请写明年份", on=today, at=now)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("请您补正")
    applicant.look()
    page.get_by_label("补正内容").fill("2023 年")
    page.get_by_role("button", name="提交补正").click()
    expect(page.get_by_role("heading", name="答复期限")).to_be_visible()
    due = Application.objects.get().due_on
    assert due is not None
    expect(page.locator(".due")).to_contain_text(due.isoformat())
    expect(page.locator(".reasons")).to_contain_text("条例第三十三条")
    applicant.look()
    with page.expect_download() as fetched:
        page.get_by_role("link", name="PDF").first.click()
    assert Path(fetched.value.path()).read_bytes().startswith(b"%PDF")
    page.get_by_text("撤回申请").first.click()
    page.get_by_label("撤回原因").fill("已经找到")
    page.get_by_role("button", name="撤回申请").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已按您的意思撤回")
    applicant.look()
    page.get_by_role("button", name="关闭查询").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("查询办理进度")


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_an_organisation_sees_its_own_fields(
    visit: Callable[..., Visitor], open_office: County, photo: Path, width: int,
) -> None:
    applicant = visit(width)
    page = applicant.go(f"/agencies/{open_office.civil.pk}/apply/")
    page.get_by_label("需要什么信息").fill("低保家庭的核定标准和依据")
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_label("单位名称")).to_be_hidden()
    page.get_by_text("法律服务机构").click()
    expect(page.get_by_label("姓名")).to_be_hidden()
    page.get_by_label("单位名称").fill("青澜县公义律师事务所")
    page.get_by_label("联系人").fill("周明")
    page.get_by_label("联系电话").fill("0598-8765432")
    page.get_by_label("身份证明").set_input_files(photo)
    page.get_by_role("button", name="下一步：核对").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("请核对")
    applicant.look()


def test_a_stranger_in_english(visit: Callable[..., Visitor], open_office: County) -> None:
    applicant = visit(390)
    page = applicant.go("/")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="中文")).to_be_visible()
    for path in ("/", "/apply/", f"/agencies/{open_office.civil.pk}/guide/", f"/agencies/{open_office.civil.pk}/apply/",
                 "/track/", "/letters/verify/"):
        applicant.go(path)


def test_the_office_writes_its_guide(visit: Callable[..., Visitor], open_office: County) -> None:
    clerk = visit()
    page = clerk.sign_in("clerk")
    clerk.go(f"/desk/agencies/{open_office.civil.pk}/office/")
    page.get_by_label("联系电话").fill("0598-9999999")
    page.get_by_role("button", name="保存并公开").click()
    expect(page.get_by_role("status")).to_contain_text("指南已更新")
    page.get_by_label("科室名称").fill("社会救助科")
    page.get_by_role("button", name="登记科室").click()
    expect(page.locator("#sections")).to_contain_text("社会救助科")
    clerk.look()
    page.get_by_role("link", name="看公开网页").click()
    expect(page.locator("main")).to_contain_text("0598-9999999")
