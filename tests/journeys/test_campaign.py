"""A year's campaign in a real browser: the notice, a member by records, one by a file, a file that cannot be read,
returned, submitted again, approved; the government's consolidated report; the board when everything is public."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import factories

from gongkai.accounts import roles
from gongkai.accounts.models import User
from gongkai.accounts.queries import actor_for
from gongkai.annual_reports import actions as annual
from gongkai.annual_reports.models import Scope, UploadItem
from gongkai.applications import registering
from gongkai.applications.actions import sheets
from gongkai.campaigns.models import Campaign, Member
from gongkai.compilations import actions, assemble
from gongkai.compilations.models import Compilation
from gongkai.core.report.samples import sample

from .conftest import County, Visitor, person

BASE = "/desk/campaigns/"


def year() -> int:
    """The year whose report is due."""
    return timezone.localdate().year - 1


def actor(username: str):
    """A person as the actions know them."""
    return actor_for(User.objects.get(username=username), on=timezone.localdate())


@pytest.fixture
def peopled(county: County) -> County:
    """Whoever signs and compiles, and a small register of the bureau."""
    person("leader", "钱签", county.civil, roles.Signatory)
    person("chief", "孙总", county.government, roles.HeadOfOffice)
    person("mayor", "吴签", county.government, roles.Signatory)
    y = year()
    lines = [
        "登记号,收到日期,申请人类型,申请内容,办结日期,办理结果",
        f"{y}-1,{y}-03-02,自然人,申请公开救助资金发放情况,{y}-03-16,予以公开",
        f"{y}-2,{y}-12-22,商业企业,申请公开救助资金发放情况,,",
    ]
    looked = registering.look(county.civil, "\n".join(lines).encode(), "台账.csv", today=timezone.localdate())
    assert not looked.refused
    sheets.take_over(by=factories.SYSTEM, looked=looked, at=timezone.now())
    return county


def signed(made: Compilation, head: str, leader: str) -> None:
    """Checked with everything open answered for, and signed: test_compiling does that in the browser."""
    now = timezone.now()
    made = Compilation.objects.select_related("agency").get(pk=made.pk)
    for finding in assemble.open_findings(made, assemble.check_findings(made, timezone.localdate())):
        actions.waive(
            by=actor(head), compilation=made, code=finding.code, cells=finding.cells, message=finding.message,
            reason="已核实", at=now,
        )
    actions.check(by=actor(head), compilation=made, at=now)
    actions.sign(by=actor(leader), compilation=made, on=timezone.localdate(), at=now)


def act(visitor: Visitor, made: Compilation, name: str, button: str, **fields: str) -> None:
    """An act on a report from its page."""
    visitor.go(f"/desk/annual/{made.pk}/")
    page = visitor.page
    page.locator(".acts").get_by_role("link", name=name, exact=True).click()
    form = page.locator(".act-form")
    for label, text in fields.items():
        form.get_by_label(label).fill(text)
    visitor.look()
    form.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("status").first).to_be_visible()
    visitor.look()


def board(visitor: Visitor, campaign: Campaign, name: str) -> str:
    """A member's line on the board."""
    visitor.go(f"{BASE}{campaign.pk}/")
    return visitor.page.locator("#live tbody tr", has_text=name).inner_text()


def read_waiting() -> None:
    """What the worker would read."""
    for item in UploadItem.objects.filter(state="stored"):
        annual.read(item_id=item.pk, at=timezone.now())


def opened(supervisor: Visitor) -> Campaign:
    """The notice goes out."""
    page: Page = supervisor.page
    supervisor.go(BASE)
    page.get_by_role("main").get_by_role("link", name="布置年报工作").first.click()
    supervisor.look()
    page.get_by_label("文号").fill("青政办函〔2026〕1号")
    page.get_by_role("button", name="布置", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{year()} 年度年报进度")
    supervisor.look()
    return Campaign.objects.get()


def test_from_the_notice_to_the_board_all_green(visit: Callable[..., Visitor], peopled: County) -> None:
    supervisor, clerk = visit(), visit()
    page = supervisor.sign_in("supervisor")
    campaign = opened(supervisor)
    assert campaign.members.count() == 3

    # The member finds the notice on its first page, signs for it and begins its report.
    office = clerk.sign_in("clerk")
    office.get_by_role("link", name=campaign.title).click()
    clerk.look()
    office.get_by_role("button", name="签收通知").click()
    expect(office.get_by_role("main")).to_contain_text("签收")
    office.get_by_role("button", name="编制年报").click()
    office.wait_for_url("**/desk/annual/*/")
    own = Compilation.objects.get(agency=peopled.civil)
    assert "编制中" in board(supervisor, campaign, peopled.civil.name)
    signed(own, "clerk", "leader")
    act(clerk, own, "提交主管部门", "提交")
    assert "已提交，待核准" in board(supervisor, campaign, peopled.civil.name)

    # A member without the system: its file comes through the supervisor, beside one that nobody can read.
    supervisor.go(f"{BASE}{campaign.pk}/files/")
    report = factories.file_of(sample(3, agency=peopled.water.name, year=year()), "docx")
    page.locator("input[type=file]").set_input_files([
        {"name": "水利局年报.docx", "mimeType": "application/octet-stream", "buffer": report},
        {"name": "传输中断.docx", "mimeType": "application/octet-stream", "buffer": b"PK\x03\x04" + bytes(200)},
    ])
    page.get_by_role("button", name="报送文件").click()
    page.wait_for_load_state()
    read_waiting()
    supervisor.go(f"{BASE}{campaign.pk}/files/")
    expect(page.locator("#live")).to_contain_text("文件已保存")
    page.get_by_role("button", name="确认并报送").click()
    expect(page.get_by_role("status").first).to_contain_text("已报送")
    supervisor.look()
    by_file = Compilation.objects.get(agency=peopled.water)
    assert "以文件报送" in board(supervisor, campaign, peopled.water.name)

    # The township has no such duty this year.
    town = Member.objects.get(agency=peopled.town)
    supervisor.go(f"{BASE}{campaign.pk}/members/{town.pk}/")
    page.get_by_role("link", name="登记不报").click()
    page.get_by_label("理由").fill("本年度由县政府办公室统一报告")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("本年度由县政府办公室统一报告")
    supervisor.look()

    # Returned with remarks, mended, submitted again, approved; the file is approved the same way.
    act(supervisor, own, "退回", "退回", 意见="请核对结转件数")
    assert "已退回" in board(supervisor, campaign, peopled.civil.name)
    signed(own, "clerk", "leader")
    act(clerk, own, "提交主管部门", "提交")
    for made in (own, by_file):
        act(supervisor, made, "核准", "核准")
        act(supervisor, made, "公布", "公布")
    expect(supervisor.go(f"{BASE}{campaign.pk}/").locator("#live")).to_contain_text("都已公布")

    # The government's own people consolidate; the roll-up says who gives what.
    chief = visit()
    chief.sign_in("chief")
    actions.start(
        by=actor("chief"), agency=peopled.government, year=year(), scope=Scope.CONSOLIDATED, at=timezone.now(),
    )
    whole = Compilation.objects.get(scope=Scope.CONSOLIDATED)
    expected = 2 + (by_file.report.current.cells.get(cell="t3.new.total").value or 0)
    assert assemble.figures_of(whole)["t3.new.total"].value == expected
    signed(whole, "chief", "mayor")
    act(chief, whole, "公布", "公布")
    supervisor.go(f"{BASE}{campaign.pk}/rollup/")
    expect(page.locator("#against")).to_contain_text("逐格相符")
    page.locator("#cell-t3-new-total").get_by_role("link").click()
    drawer = page.get_by_role("dialog", name="单元")
    expect(drawer.locator("tbody tr")).to_have_count(3)
    supervisor.look()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="重新核对各机关").click()
    supervisor.look()


def test_the_board_asks_again_and_keeps_what_was_ticked(visit: Callable[..., Visitor], peopled: County) -> None:
    supervisor = visit()
    page = supervisor.sign_in("supervisor")
    campaign = opened(supervisor)
    page.clock.install()
    supervisor.go(f"{BASE}{campaign.pk}/")
    page.get_by_label(f"选 {peopled.civil.name}").check()
    actions.start(by=actor("clerk"), agency=peopled.civil, year=year(), at=timezone.now())
    with page.expect_response(lambda r: r.request.headers.get("hx-request") == "true"):
        page.clock.fast_forward(31_000)
    line = page.locator("#live tbody tr", has_text=peopled.civil.name)
    expect(line).to_contain_text("编制中")
    expect(page.get_by_label(f"选 {peopled.civil.name}")).to_be_checked()
    page.get_by_text("催报", exact=True).first.click()
    page.locator("#remind").get_by_role("button", name="催报").click()
    expect(page.get_by_role("status").first).to_contain_text("已催 1 个机关")
    supervisor.look()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_hold_at_every_width(visit: Callable[..., Visitor], peopled: County, width: int) -> None:
    wide = visit()
    wide.sign_in("supervisor")
    campaign = opened(wide)
    supervisor = visit(width)
    supervisor.sign_in("supervisor")
    member = campaign.members.get(agency=peopled.civil)
    for path in ("", "notice/", "files/", "rollup/", f"members/{member.pk}/", f"members/{member.pk}/time/",
                 "rollup/cells/t3.new.total/", "?standing=published"):
        supervisor.go(f"{BASE}{campaign.pk}/{path}")
    supervisor.go(f"{BASE}open/")
