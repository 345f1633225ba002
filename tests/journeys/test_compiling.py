"""A year's report in a real browser: begun, a number typed in, checked, answered for, signed, submitted, returned,
mended, approved, published, corrected; each step by whoever it belongs to, on pages without accessibility faults."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import factories

from gongkai.accounts import roles
from gongkai.applications import registering
from gongkai.applications.actions import sheets
from gongkai.compilations.models import Compilation, Prose
from gongkai.compilations.states import State

from .conftest import PASSWORD, County, Visitor, person

BASE = "/desk/annual/"
HEADS = "登记号,收到日期,申请人类型,申请内容,办结日期,办理结果"


def year() -> int:
    """The year whose report is due."""
    return timezone.localdate().year - 1


def taken_over(county: County, *rows: str) -> None:
    """Applications of the civil affairs bureau."""
    lines = [HEADS, *rows]
    looked = registering.look(county.civil, "\n".join(lines).encode(), "台账.csv", today=timezone.localdate())
    assert not looked.refused, [p.message for p in looked.refused]
    sheets.take_over(by=factories.SYSTEM, looked=looked, at=timezone.now())


@pytest.fixture
def register(county: County) -> County:
    """A register of a year, and those who compile, sign and receive."""
    y = year()
    person("aide", "陈窗", county.civil, roles.Clerk)
    person("leader", "钱签", county.civil, roles.Signatory)
    taken_over(
        county, f"{y}-A0,{y - 1}-12-22,自然人,低保名册,{y}-01-12,予以公开",
        *(f"{y}-A{n},{date(y, n % 11 + 1, 3)},{'商业企业' if n % 4 == 0 else '自然人'},救助资金,"
          f"{date(y, n % 11 + 1, 18)},{'部分公开' if n % 3 == 0 else '予以公开'}" for n in range(1, 31)),
        f"{y}-A99,{y}-12-24,自然人,救助资金,,",
    )
    return county


def done(visitor: Visitor, words: str) -> None:
    """The act is said to be done, on a page without faults."""
    expect(visitor.page.get_by_role("status").filter(has_text=words).first).to_be_visible()
    visitor.look()


def act(page: Page, name: str) -> None:
    """Choose an act from the panel."""
    page.locator(".acts").get_by_role("link", name=name, exact=True).click()


def written(made: Compilation) -> None:
    """The clerk has written what the draft left open."""
    for text in Prose.objects.filter(compilation=made):
        body = text.body
        while "【" in body:
            body = body[: body.index("【")] + "若干" + body[body.index("】") + 1:]
        Prose.objects.filter(pk=text.pk).update(body=body)


def test_from_the_button_to_the_public_and_an_erratum(visit: Callable[..., Visitor], register: County) -> None:
    clerk, leader, supervisor = visit(), visit(), visit()
    page = clerk.sign_in("clerk")
    clerk.go(BASE)
    page.get_by_role("button", name=f"编制 {year()} 年度年报").click()
    page.wait_for_url("**/desk/annual/*/")
    clerk.look()
    made = Compilation.objects.get()
    path = f"{BASE}{made.pk}/"
    expect(page.locator("#cell-t3-new-total")).to_have_text("31，一、本年新收政府信息公开申请数量 · 总计")

    # Every number opens, by keyboard as well: Enter opens the drawer, Esc gives the page back.
    page.locator("#cell-t3-carried_in-natural a").focus()
    page.keyboard.press("Enter")
    drawer = page.locator("dialog#drawer")
    expect(drawer.get_by_role("link", name=f"{year()}-A0")).to_be_visible()
    expect(drawer).to_contain_text("上年12月31日以前收到")
    clerk.look()
    page.keyboard.press("Escape")
    expect(drawer).not_to_be_visible()

    # A number that the office keeps no register of is typed in; what the rules say of it is there before it is sent.
    page.locator("#cell-t2-licences-decisions a").click()
    expect(drawer.get_by_label("数值")).to_be_focused()
    drawer.get_by_label("数值").fill("12.5")
    drawer.get_by_label("来源").fill("许可股台账")
    expect(drawer.locator("#cell-tried")).to_contain_text("应为整数")
    drawer.get_by_label("数值").fill("126")
    drawer.get_by_label("数值").press("Tab")
    expect(drawer.locator("#cell-tried")).to_contain_text("没有问题")
    clerk.look()
    drawer.get_by_role("button", name="填报").click()
    done(clerk, "已填报")
    expect(page.locator("#cell-t2-licences-decisions .hand")).to_be_visible()

    # A whole table: sums follow while one types, and what is not yet saved survives leaving the page.
    written(made)
    clerk.go(path + "tables/t4/")
    page.get_by_label("行政复议 · 结果维持", exact=True).fill("4")
    page.get_by_label("行政复议 · 结果维持", exact=True).press("Tab")
    expect(page.locator("#sum-t4-reconsideration-total")).to_have_text("4")
    clerk.look()
    page.on("dialog", lambda dialog: dialog.accept())
    page.wait_for_timeout(600)
    page.reload()
    page.get_by_role("button", name="恢复").click()
    assert page.get_by_label("行政复议 · 结果维持", exact=True).input_value() == "4"
    page.get_by_label("来源").fill("法制股")
    page.get_by_role("button", name="保存").click()
    done(clerk, "整张表标为手工填报")
    expect(page.locator("main")).to_contain_text("来源：法制股")

    # What stands open is answered for, beside the finding.
    page.locator(".acts").get_by_role("button", name="核对").click()
    done(clerk, "已核对")
    links = page.locator("#findings").get_by_role("link", name="说明理由后放行")
    while links.count():
        links.first.click()
        expect(drawer.get_by_label("理由")).to_be_visible()
        clerk.look()
        drawer.get_by_label("理由").fill("已与纸质台账核对")
        drawer.get_by_role("button", name="记下理由").click()
        done(clerk, "已记下理由")
    if Compilation.objects.get().state != State.CHECKED:
        page.locator(".acts").get_by_role("button", name="核对").click()

    leader.sign_in("leader")
    leader.go(path)
    act(leader.page, "签发")
    leader.look()
    expect(leader.page.locator("main")).to_contain_text("行政许可")
    leader.page.get_by_role("button", name="签发", exact=True).click()
    done(leader, "已签发")

    page.goto(clerk.base + path)
    act(page, "提交主管部门")
    expect(drawer.get_by_role("button", name="提交", exact=True)).to_be_visible()
    clerk.look()
    drawer.get_by_role("button", name="提交", exact=True).click()
    done(clerk, "已提交主管部门")

    supervisor.sign_in("supervisor")
    supervisor.go(BASE)
    supervisor.page.get_by_role("link", name=register.civil.name).first.click()
    supervisor.look()
    act(supervisor.page, "退回")
    supervisor.look()
    supervisor.page.get_by_role("button", name="退回", exact=True).click()
    expect(supervisor.page.get_by_role("alert")).to_be_visible()
    supervisor.look()
    supervisor.page.get_by_label("退回意见").fill("行政许可请按台账核对")
    supervisor.page.get_by_role("button", name="退回", exact=True).click()
    done(supervisor, "已退回")

    page.goto(clerk.base + path)
    expect(page.locator("main")).to_contain_text("行政许可请按台账核对")
    clerk.look()
    page.locator("#cell-t2-licences-decisions a").click()
    drawer.get_by_role("button", name="改回由记录计数").click()
    done(clerk, "已改回由记录计数")
    expect(page.locator("#cell-t2-licences-decisions .hand")).to_have_count(0)
    page.locator(".acts").get_by_role("button", name="核对").click()
    done(clerk, "已核对")
    leader.go(path)
    act(leader.page, "签发")
    leader.page.get_by_role("button", name="签发", exact=True).click()
    done(leader, "已签发")
    page.goto(clerk.base + path)
    act(page, "提交主管部门")
    drawer.get_by_role("button", name="提交", exact=True).click()
    done(clerk, "已提交主管部门")

    supervisor.go(path)
    for tab in ("与上年比较", "结转核对", "报告数与现在的记录", "经过和版本", "表格和检查"):
        supervisor.page.get_by_role("navigation", name="这份年报").get_by_role("link", name=tab, exact=True).click()
        supervisor.look()
    act(supervisor.page, "核准")
    expect(supervisor.page.locator("main")).to_contain_text("行政许可请按台账核对")
    supervisor.page.get_by_role("button", name="核准", exact=True).click()
    done(supervisor, "已核准")

    page.goto(clerk.base + path)
    act(page, "公布")
    drawer.get_by_role("button", name="公布", exact=True).click()
    done(clerk, "已公布")
    assert Compilation.objects.get().state == State.PUBLISHED

    # A case that was registered late shows beside the report, and is put right by an erratum.
    taken_over(register, f"{year()}-B1,{year()}-05-06,自然人,救助资金,{year()}-05-20,予以公开")
    leader.go(path)
    expect(leader.page.locator("#cell-t3-new-natural")).to_have_class("cell differs")
    leader.page.get_by_role("link", name="看有哪些变动").click()
    leader.look()
    expect(leader.page.locator("main")).to_contain_text(f"{year()}-B1")
    leader.page.get_by_role("link", name="发布更正").click()
    leader.look()
    preview = leader.page.locator("#preview")
    expect(preview).to_contain_text("总计")
    for box in leader.page.get_by_role("checkbox").all():
        box.uncheck()
    expect(preview.locator(".moved")).to_have_count(0)
    for box in leader.page.get_by_role("checkbox").all():
        box.check()
    expect(preview.locator(".moved").first).to_be_visible()
    # What is typed and not sent is there again after a reload.
    leader.page.get_by_label("更正理由").fill("补登记一件申请")
    leader.page.wait_for_timeout(600)
    leader.page.on("dialog", lambda dialog: dialog.accept())
    leader.page.reload()
    leader.page.get_by_role("button", name="恢复").click()
    assert leader.page.get_by_label("更正理由").input_value() == "补登记一件申请"
    leader.page.get_by_role("button", name="发布更正").click()
    done(leader, "已发布更正")
    expect(leader.page.locator("main")).to_contain_text("补登记一件申请")


def test_the_report_without_scripts_and_on_a_phone(visit: Callable[..., Visitor], register: County) -> None:
    plain = visit(scripts=False)
    page = plain.page
    page.goto(plain.base + "/accounts/login/")
    page.locator("input[name=login]").fill("aide")
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="登录").click()
    page.goto(plain.base + BASE)
    page.get_by_role("button", name=f"编制 {year()} 年度年报").click()
    made = Compilation.objects.get()
    page.locator("#cell-t3-granted-natural a").click()
    expect(page.locator("main")).to_contain_text("怎样计数")
    page.goto(f"{plain.base}{BASE}{made.pk}/cells/t2.penalties.decisions/")
    page.get_by_label("数值").fill("7")
    page.get_by_label("来源").fill("执法股")
    page.get_by_role("button", name="填报").click()
    expect(page.locator("#cell-t2-penalties-decisions")).to_contain_text("7")

    for width in (390, 768):
        head = visit(width)
        head.sign_in("clerk")
        for tab in ("", "tables/t3/", "tables/t4/", "cells/t3.new.total/", "carry/", "compare/", "history/"):
            head.go(f"{BASE}{made.pk}/{tab}")
        head.go(BASE)
