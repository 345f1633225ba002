"""Two people in the editor of one draft: nobody's work is lost without being named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.publications import makers
from tests.publications.makers import Bureau, moment
from tests.publications.test_pages_of_an_edition import at_browser, page_of, text, today

from gongkai.publications import actions
from gongkai.publications.models import Edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures(today.__name__)]


def sent(answer: object) -> dict[str, str]:
    """What the editor of a page would send as it stands."""
    form = LexborHTMLParser(answer.content.decode()).css_first("#editor")  # type: ignore[attr-defined]
    found = {}
    for one in form.css("input, textarea, select"):
        name, kind = one.attributes.get("name") or "", one.attributes.get("type")
        if kind in {"radio", "checkbox"} and "checked" not in one.attributes:
            continue
        if one.tag == "select":
            chosen = one.css_first("option[selected]")
            found[name] = (chosen.attributes.get("value") or "") if chosen is not None else ""
        elif one.tag == "textarea":
            found[name] = one.text().removeprefix("\n")
        else:
            found[name] = one.attributes.get("value") or ("on" if kind == "checkbox" else "")
    return found


def test_what_one_did_not_touch_follows_the_colleague(of: Bureau) -> None:
    edition = makers.drafted(of)
    clerk = at_browser(of.clerk)
    opened = sent(clerk.get(page_of(edition, "edit/")))
    formed = makers.ON - timedelta(3)
    actions.edit(
        by=of.head, edition=edition, at=moment(), body="<p>负责人改过的正文。</p>",
        values={"formed_on": formed, "document_number": "青水〔2026〕9号", "joint_organs": ["青澜县财政局"],
                "lane": "emergency", "lane_reason": "汛情紧急"},
    )
    answer = clerk.post(page_of(edition, "edit/"), opened | {"summary": "经办人写的概述"})
    assert answer.status_code == 409
    assert "两个人都改了" not in text(answer)
    again = sent(answer)
    assert again["summary"] == "经办人写的概述"
    assert clerk.post(page_of(edition, "edit/"), again).status_code == 302
    kept = Edition.objects.get()
    assert (kept.summary, kept.formed_on, kept.document_number) == ("经办人写的概述", formed, "青水〔2026〕9号")
    assert (kept.joint_organs, kept.lane, kept.lane_reason) == (["青澜县财政局"], "emergency", "汛情紧急")
    assert "负责人改过的正文" in kept.body


def test_what_both_changed_is_named_and_stays_as_it_was_typed(of: Bureau) -> None:
    edition = makers.drafted(of)
    clerk = at_browser(of.clerk)
    opened = sent(clerk.get(page_of(edition, "edit/")))
    actions.edit(
        by=of.head, edition=edition, at=moment(), body="<p>负责人的正文。</p>",
        values={"title": "负责人的名称", "attribute": "on_request", "attribute_reason": "先依申请"},
    )
    mine = opened | {"title": "经办人的名称", "body": "<p>经办人的正文。</p>", "attribute": "withheld",
                     "attribute_ground": "refused_process"}
    answer = clerk.post(page_of(edition, "edit/"), mine)
    assert answer.status_code == 409
    page = LexborHTMLParser(answer.content.decode())
    rows = [[cell.text(strip=True) for cell in row.css("th, td")] for row in page.css("#conflict tbody tr")]
    assert ["名称", "经办人的名称", "负责人的名称"] in rows
    assert ["公开属性", "不予公开", "依申请公开"] in rows
    assert ["正文", "在下面", "在新窗口看"] in rows
    assert len(rows) == 3, "the reason was the colleague's alone"
    again = sent(answer)
    assert again["attribute_reason"] == "先依申请"
    assert clerk.post(page_of(edition, "edit/"), again).status_code == 302
    kept = Edition.objects.get()
    assert (kept.title, kept.attribute, kept.attribute_reason) == ("经办人的名称", "withheld", "先依申请")
    assert "经办人的正文" in kept.body


@pytest.mark.parametrize("began", ["", "garbled", "title:nothing of the kind", "::: :"])
def test_a_page_without_marks_keeps_all_that_was_typed(of: Bureau, began: str) -> None:
    edition = makers.drafted(of)
    clerk = at_browser(of.clerk)
    opened = sent(clerk.get(page_of(edition, "edit/")))
    actions.edit(by=of.head, edition=edition, values={"title": "负责人的名称"}, body=None, at=moment())
    answer = clerk.post(page_of(edition, "edit/"), opened | {"began": began, "title": "经办人的名称"})
    assert answer.status_code == 409
    assert sent(answer)["title"] == "经办人的名称"
    assert Edition.objects.get().title == "负责人的名称"
