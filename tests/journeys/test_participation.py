"""What the public sends, in a real browser: asked with and without scripts, answered by two, shown to everybody,
followed with number and code; every public page at the width of a phone and of a desk."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.publications.makers import Bureau, bureau, published

from gongkai.participation.actions import consulting
from gongkai.participation.models import Consultation, Message

from .conftest import Visitor, person

BASE = "/desk/participation/"
SUBJECT = "高龄津贴在哪里申请"
REPLY = "到户籍所在社区一楼窗口申请，带身份证和户口簿。"
SHOTS = os.environ.get("GONGKAI_SHOTS", "")


@pytest.fixture
def of(transactional_db: None) -> Bureau:
    from gongkai.accounts import roles

    made = bureau("青澜县经济技术开发区管理委员会社会事务和应急管理综合协调办公室")
    person("clerk", "李文", made.where, roles.Clerk)
    person("reviewer", "孙审", made.where, roles.Reviewer)
    return made


@pytest.fixture
def consultation(of: Bureau) -> Consultation:
    about = published(of, kind="consultation", title="青澜县养老服务条例（征求意见稿）").publication
    today = timezone.localdate()
    return consulting.open_consultation(
        by=of.clerk, publication=about, question="补贴的对象和标准是否合适，申请的办法是否方便。", opens_on=today,
        closes_on=today + timedelta(20), at=timezone.now(),
    )


def shot(visitor: Visitor, name: str) -> None:
    """Kept where somebody wants to look (GONGKAI_SHOTS)."""
    if SHOTS:
        width = visitor.page.viewport_size["width"]  # type: ignore[index]
        visitor.page.screenshot(path=str(Path(SHOTS) / f"{name}-{width}.png"), full_page=True)


def act(page: Page, name: str) -> None:
    """Choose an act from the panel."""
    page.locator(".acts").get_by_role("link", name=name, exact=True).click()


def asked(visitor: Visitor, of: Bureau) -> tuple[str, str]:
    """Number and code of a question that was asked from the organ's page."""
    page = visitor.go(f"/agencies/{of.where.pk}/exchange/")
    shot(visitor, "exchange-empty")
    page.locator(".doors").get_by_role("link", name=re.compile("政策咨询")).click()
    visitor.look()
    shot(visitor, "write")
    page.get_by_label("标题").fill(SUBJECT)
    page.locator(".public-form").get_by_role("button", name="提交").last.click()
    expect(page.get_by_role("alert")).to_contain_text("请填写内容")
    visitor.look()
    shot(visitor, "write-wrong")
    page.get_by_label("内容").fill("我父亲今年八十岁，户口在和平街道。")
    page.get_by_label("姓名").fill("欧阳测试")
    page.get_by_label("联系电话").fill("13800138000")
    page.locator(".public-form").get_by_role("button", name="提交").last.click()
    expect(page.get_by_role("heading", name="来信已收到")).to_be_visible()
    visitor.look()
    shot(visitor, "received")
    values = page.locator(".receipt dd")
    return values.nth(0).inner_text(), values.nth(1).inner_text()


def followed(visitor: Visitor, number: str, code: str) -> Page:
    page = visitor.go("/track/")
    page.get_by_label("登记号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.locator("main").get_by_role("button", name="查询").click()
    visitor.look()
    assert number not in page.url
    assert code not in page.url
    return page


@pytest.mark.parametrize("width", [390, 1280])
def test_asked_answered_by_two_and_shown(
    of: Bureau, consultation: Consultation, visit: Callable[..., Visitor], width: int,
) -> None:
    public = visit(width)
    number, code = asked(public, of)
    expect(followed(public, number, code).locator(".due")).to_contain_text("-")
    shot(public, "tracked-open")

    clerk = visit(width)
    page = clerk.sign_in("clerk")
    shot(clerk, "today")
    clerk.go(f"{BASE}?group=assign")
    shot(clerk, "list")
    page.get_by_role("link", name=number).click()
    clerk.look()
    expect(page.locator("main")).not_to_contain_text("欧阳测试")
    shot(clerk, "message")
    act(page, "拟答复")
    page.get_by_label("已解答").check()
    page.get_by_label("答复", exact=True).fill(REPLY)
    shot(clerk, "act-draft")
    page.get_by_role("button", name="送审核").click()
    expect(page.get_by_role("status").first).to_contain_text(number)
    clerk.look()
    expect(page.locator(".acts").get_by_role("link", name="审核并答复")).to_have_count(0)

    reviewer = visit(width)
    page = reviewer.sign_in("reviewer")
    reviewer.go(f"{BASE}{Message.objects.get().pk}/acts/reply/")
    shot(reviewer, "act-reply")
    page.get_by_role("button", name="审核通过，答复").click()
    reviewer.look()
    reviewer.go(f"{BASE}{Message.objects.get().pk}/acts/show/")
    page.get_by_label("公开的问题").fill("欧阳测试问津贴")
    page.get_by_label("公开的解答").fill(REPLY)
    page.get_by_role("button", name="公开", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("来信人的信息")
    reviewer.look()
    shot(reviewer, "act-show-refused")
    page.get_by_label("公开的问题").fill("高龄津贴在哪里申请？")
    page.get_by_role("button", name="公开", exact=True).click()
    expect(page.get_by_role("heading", name="公开的问答")).to_be_visible()
    reviewer.look()
    shot(reviewer, "message-shown")

    page = followed(public, number, code)
    expect(page.locator("main")).to_contain_text(REPLY)
    shot(public, "tracked-replied")
    page = public.go("/questions/?q=津贴")
    expect(page.locator("main")).to_contain_text(REPLY)
    expect(page.locator("main")).not_to_contain_text("欧阳测试")
    shot(public, "questions")
    for name, address in (
        ("exchange-all", "/exchange/"), ("exchange", f"/agencies/{of.where.pk}/exchange/"),
        ("questions-none", "/questions/?q=没有这个词"), ("consultations", "/consultations/"),
        ("consultations-none", "/consultations/?when=ended"), ("consultation", f"/consultations/{consultation.pk}/"),
        ("choose", "/write/suggestion/"), ("write-correction", f"/agencies/{of.where.pk}/write/correction/"),
        ("write-suggestion", f"/agencies/{of.where.pk}/write/suggestion/"),
        ("comment", f"/consultations/{consultation.pk}/comment/"),
        ("document", f"/documents/{consultation.publication_id}/"),
    ):
        public.go(address)
        shot(public, name)
    for name, address in (
        ("desk-consultations", f"{BASE}consultations/"), ("desk-new", f"{BASE}consultations/new/"),
        ("desk-consultation", f"{BASE}consultations/{consultation.pk}/"),
        ("desk-prolong", f"{BASE}consultations/{consultation.pk}/acts/prolong/"), ("desk-none", f"{BASE}?q=没有"),
    ):
        clerk.go(address)
        shot(clerk, name)


def test_everything_works_without_scripts(of: Bureau, visit: Callable[..., Visitor], tmp_path: Path) -> None:
    public = visit(390, scripts=False)
    page, proof = public.page, tmp_path / "证明.jpg"
    proof.write_bytes(b"\xff\xd8\xff\xe0" + b"0" * 2000)
    page.goto(f"{public.base}/agencies/{of.where.pk}/write/correction/")
    for label, words in (("有误的记录", "低保公示名单第3行"), ("错在哪里", "姓名写错了一个字"),
                         ("姓名或者名称", "欧阳测试"), ("联系电话", "13800138000")):
        page.get_by_label(label).fill(words)
    page.get_by_label("身份证明和证明材料").set_input_files(proof)
    submit = page.locator(".public-form").get_by_role("button", name="提交").last
    submit.click()
    expect(page.get_by_role("alert")).to_contain_text("请填写标题")
    expect(page.locator(".kept")).to_contain_text("证明.jpg")
    page.get_by_label("标题").fill("名字写错了")
    submit.click()
    number, code = (page.locator(".receipt dd").nth(n).inner_text() for n in (0, 1))
    page.goto(f"{public.base}/track/")
    page.get_by_label("登记号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.locator("main").get_by_role("button", name="查询").click()
    page.locator("summary", has_text="撤回").click()
    page.get_by_role("button", name="撤回这件来信").click()
    expect(page.locator("main")).to_contain_text("来信人撤回")
    assert Message.objects.get().files.get().name == "证明.jpg"
