"""Anybody at the public platform: from the catalogue to a document, by search, with large type, on a phone."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import expect
from tests import factories
from tests.publications.makers import BODY, ON, Bureau, bureau, drafted, moment, of_edition, published

from gongkai.agencies import actions as agencies
from gongkai.catalogue import actions as catalogue
from gongkai.catalogue.models import Item
from gongkai.publications import actions
from gongkai.publications.models import Publication

from .conftest import Visitor

WIDTHS = [390, 1280]
LONG_ORGAN = "青澜县农村饮水安全巩固提升工程建设管理和水资源调度保障服务工作联合领导小组办公室"
LONG_WORD = "Pneumonoultramicroscopicsilicovolcanoconiosis-1234567890123456"
LONG_PHONE = "0598-8123456、0598-8123457、0598-8123458（工作日 8:30–12:00，14:30–17:30）"
WIDE = "<table>" + "".join(
    f"<tr>{''.join(f'<td>{n}{k}4567.89 毫克/升</td>' for n in range(12))}</tr>" for k in range(3)) + "</table>"
LONG_TITLE = "关于印发" + "农村饮水安全巩固提升工程建设运行管理和水质监测责任落实" * 10 + "办法的通知"
TABLE = (
    "<h2>一、总则</h2>" + BODY + "<table><tr><th>乡镇</th><th>水厂</th><th>收费标准（元/吨）</th></tr>"
    "<tr><td>枫坪镇</td><td>枫坪水厂</td><td>1.85</td></tr></table><ol><li>先通水</li><li>后收费</li></ol>"
)


@pytest.fixture
def of(transactional_db: None) -> Bureau:
    """A bureau with a catalogue, a policy in two editions with its interpretation, a repealed one, a withdrawn one."""
    made = bureau()
    catalogue.adopt_skeleton(by=factories.SYSTEM, agency=made.where, on=ON, at=moment())
    catalogue.adopt_skeleton(by=factories.SYSTEM, agency=made.county, on=ON, at=moment())
    agencies.describe_office(
        by=factories.SYSTEM, agency=made.where, on=ON, at=moment(), name="水利局办公室", phone="0598-8123456",
        address="青澜县和平路 12 号", channels=["online"],
    )
    item = Item.objects.filter(agency=made.where, code__startswith="20").first()
    assert item is not None
    document = of_edition(published(
        made, drafted(made, kind="policy", title="农村饮水安全管理办法", body=TABLE, item=item,
                      document_number="青水发〔2026〕3号", topic="农业、水利"), kind="policy"))
    about = of_edition(published(made, kind="interpretation", title="一图读懂饮水安全管理办法"))
    actions.link(by=made.clerk, source=about, target=document, relation="interprets", at=moment())
    draft = actions.revise(by=made.clerk, publication=document, change_note="补充水质监测", at=moment())
    draft = actions.edit(by=made.clerk, edition=draft, values={}, body=TABLE + "<p>定期监测水质。</p>", at=moment())
    published(made, draft, on=ON + timedelta(days=3))
    gone = of_edition(published(made, title="误发的通知"))
    actions.withdraw(by=made.clerk, publication=gone, kind="error", note="内容有误", at=moment())
    return made


@pytest.fixture
def paths(of: Bureau) -> list[str]:
    """One address of every public template."""
    document = Publication.objects.get(title="农村饮水安全管理办法")
    gone = Publication.objects.get(title="误发的通知")
    where, item = f"/agencies/{of.where.pk}/", document.item_id
    return [
        "/", "/agencies/", "/annual-reports/", where, f"/agencies/{of.county.pk}/", f"{where}guide/", f"{where}rules/",
        f"{where}content/", f"/agencies/{of.county.pk}/content/", f"{where}content/{item}/", f"{where}reports/",
        f"{where}statistics/", "/statistics/", f"/documents/{document.pk}/", f"/documents/{document.pk}/editions/1/",
        f"/documents/{document.pk}/editions/2/changes/", f"/documents/{gone.pk}/", "/documents/",
        "/documents/?year=2001", "/policies/", "/policies/?kind=policy&year=2026", "/policies/?year=2001",
        "/policies/in-force/", "/search/", "/search/?q=饮水", "/search/?q=没有这样的文件", "/data/", "/display/",
        "/documents/999999/",
    ]


def pictured(visitor: Visitor, name: str) -> None:
    """A picture of the page for whoever wants to look: GONGKAI_PICTURES names a folder."""
    folder = os.environ.get("GONGKAI_PICTURES")
    if folder:
        visitor.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_public_page_is_sound(visit: Callable[..., Visitor], paths: list[str], width: int) -> None:
    reader = visit(width)
    for n, path in enumerate(paths):
        reader.go(path)
        assert reader.page.locator("h1").count() == 1, path
        pictured(reader, f"{width}-{n:02d}")


@pytest.mark.parametrize("code", ["200", "150ca", "125a"])
def test_every_public_page_is_sound_for_who_reads_with_difficulty(
    visit: Callable[..., Visitor], paths: list[str], code: str,
) -> None:
    reader = visit(390)
    reader.page.context.add_cookies([{"name": "display", "value": code, "url": reader.base}])
    for n, path in enumerate(paths):
        reader.go(path)
        pictured(reader, f"{code}-{n:02d}")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_catalogue_to_a_document(
    visit: Callable[..., Visitor], of: Bureau, width: int, scripts: bool,
) -> None:
    reader = visit(width, scripts=scripts)
    page = reader.page
    page.goto(f"{reader.base}/agencies/{of.where.pk}/")
    page.get_by_role("link", name="法定主动公开内容").first.click()
    item = Publication.objects.get(title="农村饮水安全管理办法").item
    assert item is not None
    page.locator("table.catalogue").get_by_role("link", name=item.name, exact=True).click()
    page.get_by_role("link", name="农村饮水安全管理办法").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("农村饮水安全管理办法")
    expect(page.locator(".metadata")).to_contain_text("青水发〔2026〕3号")
    expect(page.get_by_role("button", name="打印")).to_be_visible(visible=scripts)
    for form in ("Word", "PDF"):
        with page.expect_download() as taken:
            page.get_by_role("link", name=f"下载 {form}").click()
        assert taken.value.suggested_filename == f"青水发〔2026〕3号.{'docx' if form == 'Word' else 'pdf'}"
    page.get_by_role("link", name="一图读懂饮水安全管理办法").click()
    page.get_by_role("link", name="农村饮水安全管理办法").click()
    page.get_by_role("link", name="第 2 版改了什么").click()
    expect(page.locator(".changes ins")).to_contain_text("定期监测水质")


def test_search_and_what_follows_when_nothing_is_found(visit: Callable[..., Visitor], of: Bureau) -> None:
    reader = visit()
    page = reader.go("/")
    page.get_by_label("搜索公开的信息").fill("饮水安全")
    page.keyboard.press("Enter")
    # The index is no table that the flush between these tests empties: others' documents may be found beside ours.
    expect(page.locator(".hits")).to_contain_text("一图读懂饮水安全管理办法")
    page.locator(".facets").get_by_role("link", name="政策文件").click()
    expect(page.locator(".chosen")).to_contain_text("政策文件")
    expect(page.locator(".hits")).to_contain_text("农村饮水安全管理办法")
    expect(page.locator(".hits")).not_to_contain_text("一图读懂")
    reader.look()
    reader.go(f"/search/?q=张三家的征地补偿&agency={of.where.pk}")
    page.get_by_role("button", name="申请公开").click()
    expect(page.get_by_label("需要什么信息")).to_have_value("张三家的征地补偿")
    assert "张三" not in page.url
    reader.look()


def test_large_type_is_remembered_without_scripts(visit: Callable[..., Visitor], of: Bureau) -> None:
    reader = visit(390, scripts=False)
    page = reader.page
    page.goto(f"{reader.base}/policies/")
    page.get_by_role("button", name="大字版").click()
    assert page.url.endswith("/policies/")
    expect(page.locator("html")).to_have_class("size-150")
    page.goto(f"{reader.base}/display/")
    page.get_by_label("高对比").check()
    page.get_by_label("辅助阅读").check()
    page.get_by_role("button", name="保存并返回").click()
    expect(page.locator("html")).to_have_class("size-150 contrast assisted")
    page.get_by_role("button", name="恢复标准字号").click()
    assert page.locator("html").get_attribute("class") is None


@pytest.mark.parametrize("scripts", [True, False])
def test_filters_are_folded_on_a_phone_where_a_script_can_open_them(
    visit: Callable[..., Visitor], of: Bureau, scripts: bool,
) -> None:
    reader = visit(390, scripts=scripts)
    page = reader.page
    page.goto(f"{reader.base}/policies/")
    choice = page.locator(".facets").get_by_role("link", name="政策文件")
    expect(choice).to_be_visible(visible=not scripts)
    if scripts:
        page.get_by_text("筛选", exact=True).click()
    choice.click()
    expect(page.locator(".chosen")).to_contain_text("政策文件")
    expect(page.locator(".documents")).to_contain_text("农村饮水安全管理办法")


@pytest.mark.parametrize("code", ["", "200ca"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_torn_however_long(visit: Callable[..., Visitor], of: Bureau, width: int, code: str) -> None:
    agencies.rename(by=factories.SYSTEM, agency=of.where, name=LONG_ORGAN, on=ON, at=moment())
    agencies.describe_office(
        by=factories.SYSTEM, agency=of.where, on=ON, at=moment(), name=LONG_ORGAN, phone=LONG_PHONE,
        channels=["online"], address=LONG_ORGAN,
    )
    made = of_edition(published(
        of, kind="policy", title=LONG_TITLE[:120], body=f"<p>{LONG_WORD}</p><ul><li>{LONG_WORD}</li></ul>{WIDE}"))
    withdrawn = of_edition(published(of, title=LONG_TITLE[:120]))
    actions.withdraw(by=of.clerk, publication=withdrawn, kind="error", note="内容有误", at=moment())
    reader = visit(width)
    if code:
        reader.page.context.add_cookies([{"name": "display", "value": code, "url": reader.base}])
    reader.go(f"/documents/{made.pk}/")
    # A table scrolls; no number of it is broken over two lines.
    heights = reader.page.locator(".paper-body td").evaluate_all(
        "cells => cells.map(cell => { const r = document.createRange(); const text = cell.firstChild;"
        " r.setStart(text, 0); r.setEnd(text, text.data.indexOf(' ')); return r.getClientRects().length; })")
    assert heights == [1] * 36
    for path in (f"/documents/{withdrawn.pk}/", f"/agencies/{of.where.pk}/guide/", "/policies/"):
        reader.go(path)
        pictured(reader, f"awful-{width}-{code}-{path.strip('/').replace('/', '-')}")


def test_a_wide_table_is_whole_on_paper(visit: Callable[..., Visitor], of: Bureau) -> None:
    made = of_edition(published(of, kind="policy", title="水质监测结果", body=f"<p>如下：</p>{WIDE}<p>特此公告。</p>"))
    reader = visit()
    printed = pypdfium2.PdfDocument(
        reader.go(f"/documents/{made.pk}/").pdf(prefer_css_page_size=True, print_background=False))
    sizes = [printed[n].get_size() for n in range(len(printed))]
    across = [n for n, (wide, high) in enumerate(sizes) if wide > high]
    assert len(across) == 1
    words = printed[across[0]].get_textpage()
    assert all(f"{n}0" in words.get_text_range() for n in range(12))
    edges = [words.get_charbox(k)[2] for k in range(words.count_chars()) if words.get_text_range(k, 1).strip()]
    assert max(edges) <= sizes[across[0]][0] - 40  # points; 16 mm of margin
    printed.close()


@pytest.mark.parametrize("width", [390, 768, 1280, 1920])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_long_names_fit(visit: Callable[..., Visitor], of: Bureau, width: int, language: str) -> None:
    agencies.rename(by=factories.SYSTEM, agency=of.where, name=LONG_ORGAN, on=ON, at=moment())
    made = of_edition(published(of, kind="policy", title=LONG_TITLE[:300], document_number="青水发〔2026〕1024号"))
    reader = visit(width)
    reader.page.context.add_cookies([{"name": "django_language", "value": language, "url": reader.base}])
    where = f"/agencies/{of.where.pk}/"
    for n, path in enumerate((
        "/", where, f"{where}content/", f"/documents/{made.pk}/", "/policies/", "/search/?q=饮水",
    )):
        reader.go(path)
        pictured(reader, f"long-{language}-{width}-{n}")
