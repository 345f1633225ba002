"""A whole application in a real browser, from the counter to the archive, each step by whoever it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import factories

from gongkai.accounts import roles
from gongkai.accounts.models import Post, User
from gongkai.agencies import actions as agencies
from gongkai.agencies.models import Section
from gongkai.applications.models import Application
from gongkai.applications.states import State

from .conftest import PASSWORD, County, Visitor, person

NAME, PHONE = "欧阳问渠", "13900007351"
BASE = "/desk/applications/"


@pytest.fixture
def staff(county: County) -> Section:
    """Everybody who has a part in it, in the civil affairs bureau. The county's own "clerk" is its head of office."""
    section = agencies.set_section(by=factories.SYSTEM, agency=county.civil, name="救助科", at=factories.AT)
    person("counter", "陈窗", county.civil, roles.Clerk)
    person("reviewer", "孙审", county.civil, roles.Reviewer)
    person("signatory", "钱签", county.civil, roles.Signatory)
    person("stranger", "郑水", county.water, roles.Clerk)
    aide = User.objects.create_user("aide", PASSWORD, name="赵科")
    Post.objects.create(
        user=aide, agency=county.civil, role=roles.Contributor.key, section=section, valid_from=timezone.localdate(),
    )
    return section


def act(page: Page, name: str) -> None:
    """Choose an act from the panel of the application page."""
    page.locator(".acts").get_by_role("link", name=name, exact=True).click()


def done(visitor: Visitor, words: str) -> None:
    """The act is said to be done, on a page without faults."""
    expect(visitor.page.get_by_role("status").first).to_contain_text(words)
    visitor.look()


def test_from_the_counter_to_the_archive(visit: Callable[..., Visitor], county: County, staff: Section) -> None:
    today = timezone.localdate()
    counter = visit()
    page = counter.sign_in("counter")
    expect(page.locator("main")).to_contain_text("申请方面今天没有要您办的")
    page.get_by_role("link", name="登记申请").click()
    counter.look()
    expect(page.get_by_label("单位名称", exact=True)).to_be_hidden()
    page.get_by_label("到达日期").fill((today - timedelta(1)).isoformat())
    page.get_by_label("姓名", exact=True).fill(NAME)
    page.get_by_label("证件号码", exact=True).fill("110105194912310021")
    page.get_by_label("联系电话", exact=True).fill(PHONE)
    page.get_by_label("通信地址").fill("青澜县柳荫街道槐树巷7号")
    page.get_by_label("所需信息的内容").fill("申请公开青澜县2025年度临时救助资金的分配方案。")
    page.locator("main").get_by_role("button", name="登记", exact=True).click()
    done(counter, "已登记")
    case = Application.objects.get()
    path = f"{BASE}{case.pk}/"
    assert page.url.endswith(path)
    expect(page.locator("main")).not_to_contain_text(NAME)
    assert PHONE not in page.content()

    page.get_by_text("为什么？", exact=True).click()
    expect(page.locator(".steps")).to_contain_text("第三十三条")
    counter.look()

    # The form of an act opens beside the page; what it does to the clock follows what is typed.
    act(page, "分办")
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_label("科室")).to_be_visible()
    counter.look()
    drawer.get_by_label("科室").select_option("救助科")
    drawer.get_by_role("button", name="分办").click()
    done(counter, "已分办")

    act(page, "提请延期")
    drawer = page.get_by_role("dialog")
    before = drawer.locator("#effect ins").inner_text()
    drawer.get_by_label("延长几个工作日").fill("5")
    drawer.get_by_label("理由").click()
    expect(drawer.locator("#effect ins")).not_to_have_text(before)
    drawer.get_by_label("延长几个工作日").fill("10")
    drawer.get_by_label("理由").fill("档案在异地库房")
    drawer.get_by_role("button", name="提请延期").click()
    done(counter, "等负责人决定")

    head = visit()
    head.sign_in("clerk")
    head.page.get_by_role("link", name="等我同意延期").click()
    head.look()
    head.page.get_by_role("link", name=case.number).click()
    act(head.page, "批准延期")
    head.page.get_by_role("dialog").get_by_label("同意", exact=True).check()
    head.page.get_by_role("dialog").get_by_role("button", name="决定").click()
    done(head, "已决定")
    expect(head.page.locator(".papers")).to_contain_text("延期答复告知书")

    # A look at who asked needs a reason and stays in the record.
    head.page.get_by_text("查看身份", exact=True).click()
    head.page.get_by_label("为什么要看").fill("电话核对收件地址")
    head.page.get_by_role("button", name="查看", exact=True).click()
    expect(head.page.locator("#identity")).to_contain_text(PHONE)
    head.look()
    assert PHONE not in head.page.url

    aide = visit()
    aide.sign_in("aide")
    aide.go(path)
    expect(aide.page.locator("main")).not_to_contain_text("欧**")
    act(aide.page, "拟答复")
    aide.look()
    aide.page.get_by_text("信息可以公开：随答复提供").click()
    aide.page.get_by_label("提供方式").fill("邮寄纸质复印件")
    aide.look()
    aide.page.get_by_role("button", name="保存稿子").click()
    expect(aide.page.get_by_role("alert")).to_contain_text("提供时间")
    expect(aide.page.get_by_label("提供方式")).to_have_value("邮寄纸质复印件")
    aide.page.get_by_label("提供时间").fill("随本答复")
    aide.page.get_by_label("事实和说明").fill("分配方案一份，共三页。")
    aide.page.get_by_role("button", name="预览").click()
    expect(aide.page.locator(".letter-preview")).to_contain_text("分配方案一份")
    aide.look()
    aide.page.get_by_role("button", name="保存稿子").click()
    done(aide, "已保存稿子")

    counter.go(path)
    act(page, "送审")
    page.get_by_role("dialog").get_by_role("button", name="送审").click()
    done(counter, "已送审")

    reviewer = visit()
    reviewer.sign_in("reviewer")
    for kind in ("保密审查", "合法性审查"):
        reviewer.go(path)
        act(reviewer.page, "审查")
        reviewer.look()
        expect(reviewer.page.locator(".letter-preview")).to_contain_text("分配方案一份")
        reviewer.page.get_by_label(kind, exact=True).check()
        reviewer.page.get_by_label("通过", exact=True).check()
        reviewer.page.get_by_role("button", name="提交审查意见").click()
        done(reviewer, "已提交审查意见")

    signatory = visit()
    signatory.sign_in("signatory")
    signatory.page.get_by_role("link", name="等我签发").click()
    signatory.page.get_by_role("link", name=case.number).click()
    act(signatory.page, "签发")
    signatory.look()
    signatory.page.get_by_role("button", name="签发").click()
    done(signatory, "已签发")
    expect(signatory.page.locator(".gate-passed")).to_have_count(3)

    counter.go(path)
    with page.expect_download() as fetched:
        page.locator(".papers li", has_text="答复书").get_by_role("link", name="PDF").click()
    assert Path(fetched.value.path()).read_bytes()[:5] == b"%PDF-"
    act(page, "送达")
    drawer = page.get_by_role("dialog")
    expect(drawer.locator("#effect")).to_contain_text("在期限内")
    drawer.get_by_label("邮件号或回证号").fill("XA20260001")
    drawer.get_by_role("button", name="登记送达").click()
    done(counter, "已登记送达")
    act(page, "归档")
    page.get_by_role("dialog").get_by_role("button", name="归档").click()
    done(counter, "已归档")
    assert Application.objects.get().state == State.ARCHIVED
    for words in ("提请延长 10 个工作日", "孙审", "钱签"):
        expect(page.locator(".timeline").last).to_contain_text(words)

    stranger = visit()
    stranger.sign_in("stranger")
    answer = stranger.page.goto(stranger.base + path)
    assert answer is not None
    assert answer.status == 404

    supervisor = visit(390)
    supervisor.sign_in("supervisor")
    supervisor.go(path)
    expect(supervisor.page.locator(".acts a")).to_have_count(0)
    expect(supervisor.page.locator("#identity summary")).to_have_count(0)


def test_an_act_works_without_scripts_and_keeps_what_was_typed(
    visit: Callable[..., Visitor], county: County, staff: Section,
) -> None:
    from tests.applications import makers

    case = makers.registered(county.civil, arrived_on=timezone.localdate(), at=timezone.now())
    counter = visit(390, scripts=False)
    page = counter.page
    page.goto(counter.base + "/accounts/login/")
    page.locator("input[name=login]").fill("counter")
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="登录").click()
    page.goto(f"{counter.base}{BASE}{case.pk}/")
    act(page, "告知补正")
    page.get_by_label("需要补正什么").fill("请写明文号")
    page.get_by_label("告知日期").fill("2020-01-01")
    page.locator("main").get_by_role("button", name="告知补正").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.get_by_label("需要补正什么").input_value() == "请写明文号"
    page.get_by_label("告知日期").fill(timezone.localdate().isoformat())
    page.locator("main").get_by_role("button", name="告知补正").click()
    expect(page.get_by_role("status").first).to_contain_text("已发出补正告知书")
    expect(page.locator(".clock").first).to_contain_text("等补正")
    expect(page.get_by_role("button", name="拟答复")).to_be_disabled()
