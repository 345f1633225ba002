"""A clerk hands in three files, mends a number, compares, publishes, downloads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

from playwright.sync_api import expect
from tests import factories

from gongkai.accounts import roles
from gongkai.accounts.models import Post, User
from gongkai.annual_reports.models import AnnualReport, UploadBatch, UploadItem
from gongkai.annual_reports.states import ItemState
from gongkai.core.report.samples import sample
from gongkai.core.report.samples.plant import slip
from gongkai.core.report.writers import write

from .conftest import County, Visitor

NAME = "青澜县民政局"


def three_files(folder: Path) -> list[Path]:
    """Last year's report, this year's with a wrong number, and a file that was cut off."""
    before = sample(3, agency=NAME, year=2022)
    after, _expected = slip(sample(3, agency=NAME, year=2023, previous=before), Random(5))
    files = [folder / "民政局2022.docx", folder / "民政局2023.xlsx", folder / "传输中断.docx"]
    files[0].write_bytes(write(before, "docx"))
    files[1].write_bytes(write(after, "xlsx"))
    files[2].write_bytes(b"PK\x03\x04" + bytes(64))
    return files


def one_cell_to_mend() -> tuple[str, str]:
    """The cell that one finding asks to change, and to what."""
    version = AnnualReport.objects.get(year=2023).current
    assert version is not None
    fixes = [finding["fix"]["values"] for finding in version.findings if "fix" in finding]
    ((cell, value),) = next(fix for fix in fixes if len(fix) == 1).items()
    return cell, str(value)


def test_from_three_files_to_a_published_report(visit: Callable[..., Visitor], county: County, tmp_path: Path) -> None:
    clerk = visit()
    page = clerk.sign_in("clerk")

    clerk.go("/desk/annual-reports/upload/")
    page.get_by_label("年报文件").set_input_files(three_files(tmp_path))
    expect(page.locator(".sending li")).to_have_count(3)
    page.locator("main").get_by_role("button", name="上传", exact=True).click()
    page.wait_for_url("**/batches/*/")
    expect(page.locator(".item-read")).to_have_count(2)
    expect(page.locator(".item-refused")).to_contain_text("传输中断.docx")
    clerk.look()
    page.reload()
    assert UploadBatch.objects.count() == 1

    for year in ("2022", "2023"):
        item = page.locator(".item-read", has=page.get_by_role("heading", name=f"民政局{year}"))
        expect(item.get_by_label("机关", exact=True)).to_have_value(NAME)
        expect(item.get_by_label("年度")).to_have_value(year)
        item.get_by_role("button", name="确认").click()
        expect(page.get_by_role("status").first).to_contain_text("已确认")
    page.get_by_role("link", name="青澜县民政局 2023年度").click()
    clerk.look()

    cell, value = one_cell_to_mend()
    marked = page.locator(f"td.marked-wrong.main#cell-{cell.replace('.', '-')}")
    marked.get_by_role("button").focus()
    page.keyboard.press("Enter")
    popover = page.locator(".popover:popover-open")
    expect(popover).to_contain_text("改法")
    popover.get_by_role("link", name="原文与更正").click()
    drawer = page.get_by_role("dialog", name="单元")
    expect(drawer).to_contain_text("文件里的原文")
    clerk.look()
    drawer.get_by_label("更正为").fill(value)
    drawer.get_by_role("button", name="更正").click()
    expect(drawer.get_by_label("理由")).to_be_focused()  # the browser insists on a reason
    drawer.get_by_label("理由").fill("与登记台账核对")
    drawer.get_by_role("button", name="更正").click()
    expect(page.get_by_role("status").first).to_contain_text("已更正")
    expect(page.locator("td.corrected")).to_have_count(1)
    expect(marked).to_have_count(0)
    clerk.look()

    page.get_by_role("link", name="与上年比较").click()
    expect(page.locator("main")).to_contain_text("格与上年不同")
    clerk.look()
    page.get_by_role("link", name="经过和版本").click()
    expect(page.locator(".timeline")).to_contain_text("与登记台账核对")
    clerk.look()
    page.get_by_role("link", name="正文", exact=True).click()
    clerk.look()

    page.get_by_role("button", name="公开", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("已公开")
    page.get_by_text("下载", exact=True).click()
    with page.expect_download() as fetched:
        page.get_by_role("link", name="XLSX", exact=True).click()
    assert Path(fetched.value.path()).read_bytes()[:2] == b"PK"
    assert fetched.value.suggested_filename == f"{NAME}2023年度政府信息公开工作年度报告.xlsx"
    with page.expect_download() as fetched:
        page.get_by_role("link", name="PDF", exact=True).click()
    assert Path(fetched.value.path()).read_bytes()[:5] == b"%PDF-"


def test_everything_works_without_scripts(visit: Callable[..., Visitor], county: County, tmp_path: Path) -> None:
    clerk = visit(390, scripts=False)
    page = clerk.page
    page.goto(clerk.base + "/accounts/login/")
    page.locator("input[name=login]").fill("clerk")
    page.locator("input[type=password]").fill("correct-horse-1949")
    page.locator("main").get_by_role("button", name="登录").click()
    page.goto(clerk.base + "/desk/annual-reports/upload/")
    page.get_by_label("年报文件").set_input_files(three_files(tmp_path)[:1])
    page.locator("main").get_by_role("button", name="上传", exact=True).click()
    page.locator(".item-read").get_by_role("button", name="确认").click()
    page.locator(".item-confirmed a").click()
    page.locator("#cell-t3-new-natural").get_by_role("link").click()
    page.get_by_label("更正为").fill("一百")
    page.get_by_label("理由").fill("试一试")
    page.get_by_role("button", name="更正").click()
    expect(page.get_by_role("alert")).to_contain_text("这里应填一个数")
    assert page.get_by_label("理由").input_value() == "试一试"


def test_what_is_typed_survives_the_progress_of_other_files(
    visit: Callable[..., Visitor], county: County, tmp_path: Path,
) -> None:
    clerk = visit()
    page = clerk.sign_in("clerk")
    clerk.go("/desk/annual-reports/upload/")
    page.get_by_label("年报文件").set_input_files(three_files(tmp_path)[:2])
    page.locator("main").get_by_role("button", name="上传", exact=True).click()
    page.wait_for_url("**/batches/*/")
    UploadItem.objects.filter(position=2).update(state=ItemState.READING)
    page.reload()
    field = page.locator(".item-read").get_by_label("机关", exact=True)
    field.fill("青澜县民")
    expect(page.locator("#batch progress")).to_have_attribute("value", "50")
    UploadItem.objects.filter(position=2).update(state=ItemState.READ)
    expect(page.locator(".item-read")).to_have_count(2)  # the page asked again by itself
    assert field.first.input_value() == "青澜县民"


def test_who_works_in_two_places_chooses_the_desk_and_walks_the_list_without_the_mouse(
    visit: Callable[..., Visitor], county: County,
) -> None:
    clerk = User.objects.get(username="clerk")
    Post.objects.create(user=clerk, agency=county.water, role=roles.Clerk.key, valid_from=date(2020, 1, 1))
    for agency in (county.civil, county.water):
        factories.filed(factories.SYSTEM, agency)
    person = visit()
    page = person.sign_in("clerk")
    person.go("/desk/annual-reports/")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(2)
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name=county.water.name)).to_be_focused()
    page.get_by_label("看哪个机关的工作台").select_option(county.water.name)
    expect(rows).to_have_count(1)
    person.look()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="这一页的帮助")).to_be_visible()
    person.look()
    page.keyboard.press("?")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(county.water.name)
