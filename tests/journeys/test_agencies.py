"""The tree of agencies from a spreadsheet: rehearsed first, refused rows named, written once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from gongkai.agencies.models import Agency

from .conftest import County, Visitor

SHEET = "名称,上级,类型\n青澜县档案馆,青澜县人民政府,政府部门\n青澜县某局,没有这个上级,政府部门\n"


def test_rehearse_then_import(visit: Callable[..., Visitor], county: County, tmp_path: Path) -> None:
    sheet = tmp_path / "机关.csv"
    sheet.write_text(SHEET, "utf-8")
    manager = visit()
    page = manager.sign_in("manager")
    manager.go("/desk/agencies/import/")
    page.get_by_label("机关目录表").set_input_files(sheet)
    page.get_by_role("button", name="试导入").click()
    expect(page.locator("main")).to_contain_text("找不到上级")
    manager.look()
    assert not Agency.objects.filter(name="青澜县档案馆").exists()
    page.get_by_role("button", name="跳过这些行").click()
    expect(page.get_by_role("status").first).to_contain_text("新增 1 个")
    assert Agency.objects.get(name="青澜县档案馆").parent == county.government
    manager.look()
    manager.go("/desk/agencies/add/")
    page.get_by_label("名称", exact=True).fill("青澜县档案馆")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("已有现行机关")
    manager.look()
