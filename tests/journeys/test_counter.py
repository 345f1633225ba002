"""At the counter in a real browser: receipt and code for whoever applied in person, who then gives reasons at home."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests import factories
from tests.applications.makers import registered

from gongkai.accounts.models import User
from gongkai.applications import actions
from gongkai.applications.models import Application
from gongkai.letters.models import Letter

from .conftest import County, Visitor


def keep(visitor: Visitor, name: str) -> None:
    folder = os.environ.get("GONGKAI_PICTURES")
    if folder:
        visitor.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize("width", [390, 1280])
def test_receipt_and_code_lead_the_applicant_to_the_tracking_page(
    visit: Callable[..., Visitor], county: County, width: int,
) -> None:
    at = datetime.now(UTC)
    made = registered(county.civil, channel="in_person", arrived_on=timezone.localdate() - timedelta(days=1), at=at)
    desk = visit(width)
    page = desk.sign_in("clerk")
    desk.go(f"/desk/applications/{made.pk}/")
    keep(desk, f"papers-{width}")
    page.get_by_role("button", name="出具接收回执").click()
    expect(page.get_by_role("status").first).to_contain_text("接收回执")
    desk.look()
    with page.expect_download() as loading:
        page.locator("#papers").get_by_role("link", name="PDF").click()
    assert Path(loading.value.path()).read_bytes().startswith(b"%PDF")
    page.get_by_text("打印查询码").click()
    page.get_by_label("为什么打印").fill("窗口登记，已核对身份证")
    desk.look()
    page.get_by_role("button", name="显示并打印").click()
    expect(page.get_by_role("heading", name="查询码")).to_be_visible()
    desk.look()
    keep(desk, f"code-{width}")
    code = page.locator("dd.mono").inner_text()
    assert Letter.objects.filter(kind="receipt").count() == 1
    today = timezone.localdate()
    actions.assign(by=factories.SYSTEM, application=made, handler=User.objects.get(username="clerk"), at=at)
    actions.ask_reasons(by=factories.SYSTEM, application=made, on=today, at=at)

    home = visit(width)
    page = home.go("/track/")
    page.get_by_label("登记号").fill(made.number)
    page.get_by_label("查询码").fill(code)
    page.locator("main").get_by_role("button", name="查询").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("请您说明理由")
    home.look()
    keep(home, f"reasons-{width}")
    page.get_by_role("button", name="提交理由").click()
    expect(page.get_by_role("alert")).to_contain_text("理由没有提交")
    home.look()
    page.get_by_label("理由", exact=True).fill("课题研究需要历年数据")
    page.get_by_label("说明理由的材料").set_input_files(
        {"name": "立项书.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0" + b"0" * 3000})
    page.get_by_role("button", name="提交理由").click()
    expect(page.locator("#reasons")).to_contain_text("收到您说明的理由")
    home.look()
    after = Application.objects.get(pk=made.pk)
    assert (after.reasons_sent_on, after.state) == (today, "reasons")
