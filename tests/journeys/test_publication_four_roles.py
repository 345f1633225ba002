"""A publication in a real browser, from a section's draft to the public and away again, each step by whoever it
belongs to; and those who try to skip one."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import docx
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import factories

from gongkai.accounts import roles
from gongkai.accounts.models import Post, User
from gongkai.agencies import actions as agencies
from gongkai.agencies.models import Section
from gongkai.catalogue.models import Item
from gongkai.publications.models import Edition, Publication
from gongkai.publications.states import State

from .conftest import PASSWORD, County, Visitor, person

BASE = "/desk/publications/"
TITLE = "青澜县城乡困难群众临时救助实施办法"
ITEM = "扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况"
GATES = ("政治关", "法律关", "保密关", "程序关", "时效关")
# As Word puts it on the clipboard.
PASTED = (
    "<html><body><!--StartFragment--><h2 style='mso-pagination:widow'>一、救助对象</h2>"
    "<p class=MsoNormal style='text-indent:21pt'><span style='font-family:仿宋'>因突发事件造成困难的家庭。</span>"
    "<o:p></o:p></p><script>alert(1)</script>"
    "<table class=MsoTableGrid><tr><td>类别</td><td>标准</td></tr><tr><td>急难型</td><td>800元</td></tr></table>"
    "<!--EndFragment--></body></html>"
)


@pytest.fixture
def section(county: County) -> Section:
    """Everybody who has a part in it, in the civil affairs bureau; an item of its catalogue."""
    made = agencies.set_section(by=factories.SYSTEM, agency=county.civil, name="救助科", at=factories.AT)
    person("counter", "陈窗", county.civil, roles.Clerk)
    person("reviewer", "孙审", county.civil, roles.Reviewer)
    person("leader", "钱签", county.civil, roles.Signatory)
    person("stranger", "郑水", county.water, roles.Clerk)
    aide = User.objects.create_user("aide", PASSWORD, name="赵科")
    Post.objects.create(
        user=aide, agency=county.civil, role=roles.Contributor.key, section=made, valid_from=timezone.localdate(),
    )
    Item.objects.create(
        agency=county.civil, code="20.10", name=ITEM,
        contents="政策文件；实施情况", limit_text="自信息形成或者变更之日起20个工作日内", limit_days=20, section=made,
        source="statutory", channels=["website"],
    )
    return made


def act(page: Page, name: str) -> None:
    """Choose an act from the panel."""
    page.locator(".acts").get_by_role("link", name=name, exact=True).click()


def done(visitor: Visitor, words: str) -> None:
    """The act is said to be done, on a page without faults."""
    expect(visitor.page.get_by_role("status").filter(has_text=words).first).to_be_visible()
    visitor.look()


def paste(page: Page, html: str) -> None:
    """Put something on the clipboard's way into the editor, as the browser does."""
    page.locator(".prose-area").evaluate(
        """(area, html) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            data.setData("text/plain", "一、救助对象");
            area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""", html,
    )


def sheet(*lines: str) -> bytes:
    made, kept = docx.Document(), io.BytesIO()
    for line in lines:
        made.add_paragraph(line)
    made.save(kept)
    return kept.getvalue()


def post(visitor: Visitor, path: str, form: dict[str, str]) -> int:
    """A form sent by hand, with the visitor's own session."""
    token = next(c["value"] for c in visitor.page.context.cookies() if c["name"] == "csrftoken")
    answer = visitor.page.request.post(
        visitor.base + path, form=form | {"csrfmiddlewaretoken": token}, headers={"Referer": visitor.base + path},
        max_redirects=0,
    )
    return answer.status


def test_from_the_section_to_the_public_and_away(
    visit: Callable[..., Visitor], county: County, section: Section,
) -> None:
    aide = visit()
    page = aide.sign_in("aide")
    expect(page.locator("main")).to_contain_text("公开方面今天没有要您办的")
    page.locator("main").get_by_role("link", name="起草公开信息").click()
    aide.look()
    page.get_by_label("名称", exact=True).fill(TITLE)
    page.get_by_label("体裁").select_option("政策文件")
    page.get_by_label("目录事项").select_option(label=f"20.10 {ITEM}")
    expect(page.locator("#item-card")).to_contain_text("20个工作日内")
    aide.look()
    page.get_by_role("button", name="下一步").click()
    done(aide, "已建立稿子")

    # Paste keeps headings and tables and loses the mess; what is unsaved survives a reload.
    expect(page.locator("[data-ready]")).to_be_visible()
    page.locator(".prose-area").click()
    paste(page, PASTED)
    expect(page.locator(".prose-area h2")).to_have_text("一、救助对象")
    expect(page.locator(".prose-area table tr")).to_have_count(2)
    assert "Mso" not in page.locator(".prose-area").inner_html()
    page.get_by_label("主动公开", exact=True).check()
    page.get_by_label("成文日期").fill((timezone.localdate() - timedelta(2)).isoformat())
    page.wait_for_timeout(600)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.get_by_role("button", name="恢复").click()
    expect(page.locator(".prose-area h2")).to_have_text("一、救助对象")
    aide.look()
    page.locator(".prose-area p").first.click()
    page.keyboard.type("联系人手机13900007351。")
    page.get_by_role("button", name="保存", exact=True).click()
    done(aide, "已保存")
    expect(page.locator("#screening")).to_contain_text("电话号码")
    page.get_by_role("button", name="恢复").wait_for(state="detached")
    edition = Edition.objects.get()
    assert "<h2>一、救助对象</h2>" in edition.body
    path = f"{BASE}{edition.publication_id}/editions/1/"
    aide.go(path)
    act_closed = page.locator(".acts li", has_text="报送")
    expect(act_closed).to_be_visible()
    aide.go(path + "edit/")
    page.locator(".prose-area p").first.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("因突发事件造成基本生活困难的家庭，可以申请临时救助。")
    page.get_by_role("button", name="保存并返回").click()
    done(aide, "已保存")
    page.get_by_text("为什么？", exact=True).click()
    expect(page.locator(".steps")).to_contain_text("第二十六条")

    # An attachment, screened and cleaned.
    page.get_by_role("link", name="附件和清理情况").click()
    aide.look()
    page.locator("input[type=file]").set_input_files([{
        "name": "救助标准.docx", "mimeType": "application/octet-stream", "buffer": sheet("急难型救助标准", "每人800元"),
    }])
    page.get_by_role("button", name="上传").click()
    expect(page.locator(".attached")).to_have_count(1, timeout=20_000)
    aide.look()
    aide.go(path)
    act(page, "报送")
    page.get_by_role("dialog").get_by_role("button", name="报送").click()
    done(aide, "已报送")

    # Nobody skips a gate, whatever is sent.
    reviewer, leader, counter = visit(), visit(), visit()
    for who, name in ((reviewer, "reviewer"), (leader, "leader"), (counter, "counter")):
        who.sign_in(name)
    today = timezone.localdate().isoformat()
    tries = {
        "pass": {"keys": "secrecy"}, "sign": {"decided_attribute": "active", "on": today},
        "publish": {"channels": "website"},
    }
    for who in (aide, reviewer, leader, counter):
        for name, form in tries.items():
            assert post(who, f"{path}acts/{name}/", form) in {400, 403, 409}, name
    assert Edition.objects.get().state == State.SUBMITTED

    counter.page.goto(counter.base + "/desk/")
    counter.look()
    counter.page.get_by_role("link", name="科室报送待接收").click()
    counter.look()
    counter.page.get_by_role("link", name=TITLE).click()
    act(counter.page, "接收")
    counter.page.get_by_role("dialog").get_by_role("button", name="接收").click()
    done(counter, "已接收")
    if counter.page.get_by_role("link", name="确认提示可以公开").count():
        counter.page.get_by_role("link", name="确认提示可以公开").click()
        counter.page.get_by_role("dialog").get_by_label("我已逐条核对，这些内容可以公开").check()
        counter.page.get_by_role("dialog").get_by_role("button", name="已逐条核对，可以公开").click()
        done(counter, "已确认")
    act(counter.page, "送审")
    counter.look()
    counter.page.get_by_role("button", name="送审").click()
    done(counter, "已送审")

    # Whoever wrote does not review; the leader does not sign before the gates; the clerk does not publish.
    for who in (counter, aide, leader):
        for name, form in tries.items():
            assert post(who, f"{path}acts/{name}/", form) in {400, 403, 409}, name
    reviewer.page.goto(reviewer.base + "/desk/")
    reviewer.page.get_by_role("link", name="待我审查").click()
    reviewer.page.get_by_role("link", name=TITLE).click()
    act(reviewer.page, "审查")
    reviewer.look()
    expect(reviewer.page.locator("article.official")).to_contain_text("可以申请临时救助")
    for gate in GATES[:2]:
        reviewer.page.get_by_label(gate).check()
    reviewer.page.get_by_role("button", name="通过所选关口").click()
    done(reviewer, "已提交审查意见")
    expect(reviewer.page.locator(".gate-passed")).to_have_count(2)
    assert post(leader, f"{path}acts/sign/", tries["sign"]) in {400, 403, 409}
    act(reviewer.page, "审查")
    for gate in GATES[2:]:
        reviewer.page.get_by_label(gate).check()
    reviewer.page.get_by_label("说明").fill("同意公开")
    reviewer.page.get_by_role("button", name="通过所选关口").click()
    done(reviewer, "已提交审查意见")
    assert post(reviewer, f"{path}acts/sign/", tries["sign"]) in {400, 403, 409}
    assert post(counter, f"{path}acts/publish/", tries["publish"]) in {400, 403, 409}

    leader.page.goto(leader.base + "/desk/")
    leader.page.get_by_role("link", name="待我签发").click()
    leader.page.get_by_role("link", name=TITLE).click()
    act(leader.page, "签发")
    leader.look()
    leader.page.get_by_role("button", name="签发").click()
    done(leader, "已签发")
    assert not Publication.objects.get().is_public

    counter.go(path)
    act(counter.page, "发布")
    counter.look()
    counter.page.get_by_role("button", name="发布").click()
    done(counter, "已发布")
    expect(counter.page.locator("main")).to_contain_text("索引号")
    counter.page.get_by_role("link", name="呈批单").click()
    counter.look()
    expect(counter.page.locator(".approval")).to_contain_text("孙审")
    counter.go(path + "preview/")

    # The public reads it and finds it.
    public = visit()
    address = f"/documents/{edition.publication_id}/"
    public.page.goto(public.base + address)
    expect(public.page.locator("main")).to_contain_text("可以申请临时救助")
    public.page.goto(f"{public.base}/search/?q=临时救助")
    expect(public.page.locator("main")).to_contain_text("临时救助实施办法")

    # Taken down, it is gone at once; the address says so.
    leader.go(path)
    act(leader.page, "撤下")
    drawer = leader.page.get_by_role("dialog")
    drawer.get_by_label("内容有误").check()
    drawer.get_by_label("对外说明").fill("救助标准有误，正在更正")
    drawer.get_by_role("button", name="立即撤下").click()
    done(leader, "已撤下")
    answer = public.page.goto(public.base + address)
    assert answer is not None
    assert answer.status == 410
    expect(public.page.locator("body")).not_to_contain_text("可以申请临时救助")
    public.page.goto(f"{public.base}/search/?q=临时救助")
    expect(public.page.locator("main")).not_to_contain_text("临时救助实施办法")

    stranger = visit()
    stranger.sign_in("stranger")
    refused = stranger.page.goto(stranger.base + path)
    assert refused is not None
    assert refused.status == 404


def test_the_desk_of_publications_without_scripts_and_on_a_phone(
    visit: Callable[..., Visitor], county: County, section: Section,
) -> None:
    head = visit(390)
    head.sign_in("clerk")
    for path in (BASE, f"{BASE}new/", f"{BASE}coverage/", f"{BASE}coverage/?by=aspects", f"{BASE}practice/",
                 f"{BASE}wordings/", f"{BASE}links/"):
        head.go(path)
    supervisor = visit()
    supervisor.sign_in("supervisor")
    supervisor.go(f"{BASE}coverage/?by=agencies")
    plain = visit(scripts=False)
    page = plain.page
    page.goto(plain.base + "/accounts/login/")
    page.locator("input[name=login]").fill("counter")
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="登录").click()
    page.goto(f"{plain.base}{BASE}new/")
    page.get_by_label("名称", exact=True).fill(TITLE)
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("正文").fill("第一段\n\n第二段")
    page.get_by_label("主动公开", exact=True).check()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("已保存")
    assert "第二段" in page.get_by_label("正文").input_value()
    assert "<p>" in Edition.objects.get().body
