"""The editor of a draft on a phone and beside a colleague: a wide table scrolls in it, and nobody's words are lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from gongkai.accounts import roles
from gongkai.accounts.models import User
from gongkai.accounts.queries import actor_for
from gongkai.publications import actions
from gongkai.publications.models import Edition

from .conftest import County, Visitor, person

TITLE = "青澜县农村集体经营性建设用地入市土地增值收益调节金征收使用管理办法实施情况汇总" * 3
WIDE = "<table><tr>" + "".join(f"<td>第{n}项单位名称</td>" for n in range(16)) + "</tr></table>"


@pytest.fixture
def draft(county: County) -> str:
    """A draft with a table of sixteen columns; the address of its editor."""
    person("counter", "陈窗", county.civil, roles.Clerk)
    clerk = actor_for(User.objects.get(username="counter"), on=timezone.localdate())
    made = actions.draft(
        by=clerk, agency=county.civil, kind="other", title=TITLE, body=f"<p>第一段。</p>{WIDE}", at=timezone.now(),
    )
    return f"/desk/publications/{made.publication_id}/editions/1/edit/"


def saved(page: Page) -> None:
    page.get_by_role("button", name="保存", exact=True).click()


def test_a_wide_table_scrolls_inside_the_editor_and_on_the_page_of_the_draft(
    visit: Callable[..., Visitor], draft: str,
) -> None:
    for width in (390, 1280):
        visitor = visit(width)
        visitor.sign_in("counter")
        page = visitor.go(draft)
        area = page.locator(".prose-area")
        expect(area).to_be_visible()
        visitor.look()
        inside = area.evaluate("e => [e.scrollWidth > e.clientWidth, e.getBoundingClientRect().right]")
        beside = page.locator(".editing-aside").bounding_box()
        assert beside is not None
        assert inside[0], "sixteen columns are wider than the editor"
        assert inside[1] <= width
        if width == 1280:
            assert inside[1] <= beside["x"], "the editor ends before what stands beside it"
        for more in ("", "preview/", "sheet/"):
            visitor.go(draft.removesuffix("edit/") + more)


def test_two_who_edit_one_draft_both_keep_their_words(visit: Callable[..., Visitor], draft: str) -> None:
    first, second = visit(), visit()
    first.sign_in("counter")
    second.sign_in("clerk")
    one, other = first.go(draft), second.go(draft)
    for page in (one, other):
        expect(page.locator(".prose-area")).to_be_visible()
    one.locator(".prose-area p").first.click()
    one.keyboard.press("End")
    one.keyboard.type("经办人加的一句。")
    one.get_by_label("主题分类").fill("民政")
    saved(one)
    expect(one.locator(".message-success")).to_be_visible()
    other.get_by_label("服务对象").fill("困难群众")
    other.get_by_label("主题分类").fill("社会救助")
    saved(other)
    expect(other.locator("#conflict")).to_contain_text("社会救助")
    expect(other.locator("#conflict tbody tr")).to_have_count(1)
    expect(other.locator(".prose-area")).to_contain_text("经办人加的一句。")
    # All that was typed is there: nothing is offered to be restored.
    expect(other.get_by_role("button", name="恢复", exact=True)).to_have_count(0)
    second.look()
    saved(other)
    expect(other.locator(".message-success")).to_be_visible()
    kept = Edition.objects.get()
    assert (kept.topic, kept.served) == ("社会救助", "困难群众")
    assert "经办人加的一句。" in kept.body
    assert "第15项单位名称" in kept.body
