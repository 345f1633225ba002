"""A reconsideration in a real browser: registered from the application's page, answered, lost, replied anew, its
evidence taken out; every page at the width of a phone and of a desk, without a fault of accessibility."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import factories
from tests.applications import makers as asked
from tests.disputes import makers

from gongkai.agencies import actions as agencies
from gongkai.agencies.models import Agency
from gongkai.applications.models import Application
from gongkai.disputes import actions
from gongkai.disputes.models import Dispute

from .conftest import County, Visitor

BASE = "/desk/disputes/"
SHOTS = os.environ.get("GONGKAI_SHOTS", "")
LONG = "青澜县经济技术开发区管理委员会社会事务和应急管理综合协调办公室"


def shot(visitor: Visitor, name: str) -> None:
    """Kept where somebody wants to look (GONGKAI_SHOTS)."""
    if SHOTS:
        width = visitor.page.viewport_size["width"]  # type: ignore[index]
        visitor.page.screenshot(path=str(Path(SHOTS) / f"{name}-{width}.png"), full_page=True)


def act(page: Page, name: str) -> None:
    """Choose an act from the panel; it opens in the drawer."""
    page.locator(".acts").get_by_role("link", name=name, exact=True).click()
    expect(page.locator("#drawer-body h1")).to_be_visible()


def looked(visitor: Visitor, path: str, name: str) -> Page:
    page = visitor.go(path)
    shot(visitor, name)
    return page


@pytest.fixture
def row(county: County) -> Application:
    """An application of the bureau that came a month ago and waits."""
    came = timezone.localdate() - timedelta(40)
    return asked.registered(
        county.civil, by=factories.SYSTEM, arrived_on=came, at=makers.moment(came), channel="in_person",
        files=[asked.pdf("申请表.pdf")],
    )


@pytest.mark.parametrize("width", [390, 1280])
def test_registered_answered_lost_and_replied_anew(
    county: County, row: Application, visit: Callable[..., Visitor], width: int, tmp_path: Path,
) -> None:
    today = timezone.localdate()
    clerk = visit(width)
    page = clerk.sign_in("clerk")
    looked(clerk, BASE, "list-empty")
    expect(page.get_by_role("heading", name="还没有案件")).to_be_visible()

    looked(clerk, f"/desk/applications/{row.pk}/", "application-before")
    page.get_by_role("link", name="登记复议、诉讼案件").click()
    clerk.look()
    expect(page.get_by_label("所涉申请")).to_have_value(row.number)
    page.get_by_label("案由", exact=True).fill("")
    page.get_by_label("收到通知日期").fill("")
    page.locator("form.new-case").get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("案由")
    clerk.look()
    shot(clerk, "new-wrong")
    page.get_by_label("案由", exact=True).fill("不服逾期没有答复，请求责令限期答复")
    page.get_by_label("收到通知日期").fill((today - timedelta(3)).isoformat())
    page.get_by_label("复议机关、法院").fill("青澜县人民政府")
    page.get_by_label("案号", exact=True).fill("青政复〔2026〕12号")
    page.locator("form.new-case").get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("议")
    clerk.look()
    shot(clerk, "dispute-received")
    case = Dispute.objects.get()
    assert case.application_id == row.pk
    expect(page.locator("aside").first).to_contain_text("答复期限")
    page.locator("aside .why summary").first.click()
    expect(page.locator("aside .steps").first).to_contain_text("第四十八条")
    clerk.look()
    shot(clerk, "dispute-why")

    act(page, "登记答复（答辩）")
    page.locator("#drawer").get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("已登记")
    clerk.look()
    looked(clerk, f"{BASE}{case.pk}/acts/attach/", "act-attach")
    page.get_by_label("种类").select_option("answer")
    page.locator("input[type=file]").set_input_files(
        {"name": "行政复议答复书.pdf", "mimeType": "application/pdf", "buffer": asked.PDF})
    page.get_by_role("button", name="附入").click()
    expect(page.locator(".papers")).to_contain_text("行政复议答复书.pdf")

    looked(clerk, f"{BASE}{case.pk}/acts/decide/", "act-decide")
    page.get_by_label("结果", exact=True).select_option("corrected:ordered")
    page.get_by_label("是否需要重新答复").select_option("said")
    page.get_by_role("button", name="登记结果", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("天数")
    clerk.look()
    shot(clerk, "act-decide-wrong")
    page.get_by_label("重新答复的期限（天数）").fill("20")
    page.get_by_label("理由要点").fill("没有在法定期限内答复，也没有说明延期的理由。")
    page.get_by_label("决定、裁判文号").fill("青政复决〔2026〕12号")
    page.get_by_role("button", name="登记结果", exact=True).click()
    expect(page.locator("main")).to_contain_text("以前重新作出答复")
    clerk.look()
    shot(clerk, "dispute-corrected")
    looked(clerk, "/desk/", "today")
    expect(page.locator("main")).to_contain_text("待重新答复")
    looked(clerk, f"/desk/applications/{row.pk}/#disputes", "application-after")
    expect(page.locator("#disputes")).to_contain_text(case.number)

    clerk.go(f"{BASE}{case.pk}/")
    act(page, "登记重新答复")
    shot(clerk, "act-rehandle")
    page.locator("#drawer").get_by_label("重新答复的结果").select_option("granted")
    page.locator("#drawer").get_by_label("答复文号").fill("青民公复〔2026〕31号")
    page.locator("#drawer").get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("#rehandling")).to_contain_text("已重新答复")

    looked(clerk, f"{BASE}{case.pk}/bundle/", "bundle")
    page.get_by_role("button", name="下载").click()
    expect(page.get_by_role("alert")).to_contain_text("用途")
    clerk.look()
    shot(clerk, "bundle-wrong")
    page.get_by_label("用途").fill("向青澜县人民政府提交复议证据")
    with page.expect_download() as started:
        page.get_by_role("button", name="下载").click()
    kept = tmp_path / "bundle.zip"
    started.value.save_as(kept)
    assert started.value.suggested_filename == f"{case.number}举证材料.zip"
    with zipfile.ZipFile(kept) as bag:
        assert bag.testzip() is None
        names = "\n".join(bag.namelist())
    for word in ("00目录.docx", "申请表", "行政复议答复书", "办理记录摘录.csv"):
        assert word in names, word

    looked(clerk, f"{BASE}{case.pk}/", "dispute-done")
    expect(page.locator(".timeline")).to_contain_text("下载举证材料包")
    for name in ("更正登记", "了结归档", "误登作废"):
        act(page, name)
        page.keyboard.press("Escape")
    looked(clerk, f"{BASE}{case.pk}/proceedings/{case.proceedings.get().pk}/", "act-proceeding")
    looked(clerk, f"{BASE}{case.pk}/acts/amend/", "act-amend")
    looked(clerk, f"{BASE}{case.pk}/acts/cancel/", "act-cancel")

    supervisor = visit(width)
    page = supervisor.sign_in("supervisor")
    looked(supervisor, f"{BASE}{case.pk}/", "dispute-supervisor")
    expect(page.locator("main")).not_to_contain_text("行政复议答复书.pdf")
    expect(page.get_by_role("link", name="举证材料包")).to_have_count(0)


@pytest.fixture
def many(county: County) -> Agency:
    """A year of cases in a bureau with a long name, in every state."""
    agencies.rename(by=factories.SYSTEM, agency=county.civil, name=LONG, on=date(2026, 1, 1), at=makers.moment())
    for number, track in enumerate(("reconsideration", "direct", "after") * 3):
        state = ("received", "answered", "decided")[number // 3]
        case = makers.in_state(
            county.civil, state, track, case_number=f"（2026）云01行初{number}号",
            body="云州市青澜县人民法院知识产权和行政审判庭" if number % 2 else "青澜县人民政府",
            subject=f"不服{LONG}以属于内部事务信息为由不予公开{2020 + number}年度全部会议纪要及其附件的答复，" * 3,
            application=makers.application(county.civil) if number % 2 == 0 else None,
        )
        if state == "decided" and track == "direct":
            actions.appeal(
                by=factories.SYSTEM, dispute=case, stage="second", received_on=date(2026, 6, 10),
                body="云州市中级人民法院", case_number="（2026）云01行终77号", at=makers.moment(),
            )
    makers.corrected(county.civil, third_party=True, party=makers.THIRD, case_number="纠正的")
    return county.civil


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_lists_and_long_names_stay_readable(many: Agency, visit: Callable[..., Visitor], width: int) -> None:
    clerk = visit(width)
    page = clerk.sign_in("clerk")
    shot(clerk, "today-many")
    looked(clerk, BASE, "list")
    looked(clerk, f"{BASE}?track=direct&state=received&q=行终", "list-filtered")
    expect(page.locator("tbody tr")).to_have_count(1)
    looked(clerk, f"{BASE}?q=没有的词", "list-none")
    looked(clerk, f"{BASE}?group=overdue", "list-overdue")
    long = Dispute.objects.get(proceedings__stage="second")
    looked(clerk, f"{BASE}{long.pk}/", "dispute-two-instances")
    expect(page.locator(".proceedings article")).to_have_count(2)
    looked(clerk, f"{BASE}{Dispute.objects.get(third_party=True).pk}/", "dispute-third-party")
    supervisor = visit(width)
    page = supervisor.sign_in("supervisor")
    shot(supervisor, "today-supervisor")
    expect(page.locator("main")).to_contain_text("复议诉讼逾期的机关")
    looked(supervisor, BASE, "list-supervisor")


def test_without_scripts_and_with_the_keyboard(many: Agency, visit: Callable[..., Visitor]) -> None:
    plain = visit(1280, scripts=False)
    page = plain.page
    page.goto(plain.base + "/accounts/login/")
    page.locator("input[name=login]").fill("clerk")
    page.locator("input[type=password]").fill("correct-horse-1949")
    page.locator("main").get_by_role("button", name="登录").click()
    case = Dispute.objects.filter(state="received", track="reconsideration").first()
    assert case is not None
    page.goto(f"{plain.base}{BASE}{case.pk}/")
    page.locator(".acts").get_by_role("link", name="登记答复（答辩）").click()
    page.get_by_label("提交日期").fill("2026-04-10")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("main")).to_contain_text("2026-04-10")

    quick = visit(1280)
    page = quick.sign_in("clerk")
    quick.go(BASE)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"{BASE}\d+/$"))
    page.emulate_media(media="print")
    for hidden in (".rail", ".topbar", ".acts"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".proceedings").first).to_be_visible()
    if SHOTS:
        page.pdf(path=str(Path(SHOTS) / "dispute-print.pdf"), format="A4")
