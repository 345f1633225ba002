"""The page of a document: what it says of itself, its files, its editions, and what is left when it is withdrawn."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.publications.makers import ON, Bureau, bureau, drafted, moment, of_edition, published, signed

from gongkai.publications import actions
from gongkai.publications.models import Edition, Publication

pytestmark = pytest.mark.django_db
META = re.compile(r'<meta name="(\w+)" content="([^"]*)">')


@pytest.fixture
def of(db: None) -> Bureau:
    return bureau()


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


def revised(of: Bureau, publication: Publication, **values: Any) -> Edition:
    """A second edition, published."""
    draft = actions.revise(by=of.clerk, publication=publication, change_note="补充水质监测", at=moment())
    body = values.pop("body", "<p>各乡镇人民政府：</p><p>现将修订后的办法印发给你们。</p>")
    draft = actions.edit(by=of.clerk, edition=draft, values=values, body=body, at=moment())
    return published(of, draft, on=ON + timedelta(days=5))


def test_a_document_says_what_it_is(client: Client, of: Bureau) -> None:
    made = of_edition(published(
        of, kind="policy", title="农村饮水安全管理办法", document_number="青水发〔2026〕3号", keywords="饮水,水质",
        summary="对水质和责任作出规定", topic="农业、水利",
    ))
    shown = page(client, f"/documents/{made.pk}/")
    for words in (
        made.index_number, "青水发〔2026〕3号", "农业、水利", "2026-02-27", "2026-03-04", "主动公开", "饮水,水质",
        "请遵照执行", "此件公开发布", "青澜县水利局",
    ):
        assert words in shown, words
    tags = dict(META.findall(shown))
    assert tags["ArticleTitle"] == "农村饮水安全管理办法"
    assert re.fullmatch(r"2026-03-04 \d\d:\d\d", tags["PubDate"])
    assert tags["ContentSource"] == tags["Author"] == "青澜县水利局"
    assert tags["Keywords"] == "饮水,水质"
    assert tags["Description"] == "对水质和责任作出规定"
    assert tags["Url"].endswith(f"/documents/{made.pk}/")
    assert {"SiteName", "SiteDomain", "ColumnType"} <= set(tags)


def test_the_site_says_its_code(client: Client, of: Bureau, settings: Any) -> None:
    settings.GONGKAI_SITE_CODE, settings.GONGKAI_PUBLIC_URL = "4207000016", "https://open.example"
    shown = page(client, f"/documents/{published(of).publication_id}/")
    tags = dict(META.findall(shown))
    assert tags["SiteIDCode"] == "4207000016"
    assert tags["SiteDomain"] == "open.example"
    assert tags["Url"].startswith("https://open.example/documents/")
    assert "网站标识码 4207000016" in shown


def test_what_is_not_published_has_no_page(client: Client, of: Bureau) -> None:
    for made in (drafted(of), signed(of)):
        for path in ("/", ".json", "/editions/1/", "/files/1/", "/editions/1/changes/"):
            page(client, f"/documents/{made.publication_id}{path}", 404)
    page(client, "/documents/999999/", 404)


def test_it_can_be_taken_away(client: Client, of: Bureau) -> None:
    made = of_edition(published(of, title="收费<标准>说明"))
    told = client.get(f"/documents/{made.pk}.json").json()
    assert told["title"] == "收费<标准>说明"
    assert told["index_number"] == made.index_number
    assert "请遵照执行" in told["body_text"]
    single = client.get(f"/documents/{made.pk}.html")
    assert single.headers["Content-Disposition"].startswith("attachment")
    assert "收费&lt;标准&gt;说明" in single.content.decode()
    assert "请遵照执行" in page(client, f"/documents/{made.pk}.txt")
    page(client, f"/documents/{made.pk}.exe", 404)


def test_editions_stay_readable_and_say_what_changed(client: Client, of: Bureau) -> None:
    made = of_edition(published(of))
    revised(of, made, title="农村饮水安全管理办法（修订）")
    now = page(client, f"/documents/{made.pk}/")
    assert "农村饮水安全管理办法（修订）" in now
    assert "补充水质监测" in now
    before = page(client, f"/documents/{made.pk}/editions/1/")
    assert "已有新版" in before
    assert "请遵照执行" in before
    assert 'name="robots" content="noindex"' in before
    changes = page(client, f"/documents/{made.pk}/editions/2/changes/")
    assert "<del>" in changes
    assert "<ins>" in changes
    page(client, f"/documents/{made.pk}/editions/1/changes/", 404)
    page(client, f"/documents/{made.pk}/editions/3/", 404)


def test_a_document_and_its_interpretation_name_each_other(client: Client, of: Bureau) -> None:
    document = of_edition(published(of, title="办法"))
    about = of_edition(published(of, kind="interpretation", title="一图读懂办法"))
    actions.link(by=of.clerk, source=about, target=document, relation="interprets", at=moment())
    assert "一图读懂办法" in page(client, f"/documents/{document.pk}/")
    assert f'href="/documents/{document.pk}/"' in page(client, f"/documents/{about.pk}/")
    actions.withdraw(by=of.clerk, publication=about, kind="error", note="内容有误", at=moment())
    assert "一图读懂办法" not in page(client, f"/documents/{document.pk}/")


@pytest.mark.parametrize(("kind", "named"), [("error", True), ("privacy", False), ("secrecy", False)])
def test_a_withdrawn_address_says_so(client: Client, of: Bureau, kind: str, named: bool) -> None:
    made = of_edition(published(of, title="救助对象公示办法"))
    page(client, f"/documents/{made.pk}/")
    actions.withdraw(by=of.clerk, publication=made, kind=kind, note="已按规定处理", at=moment())
    for path in ("/", "/editions/1/", "/files/1/", ".html", ".txt"):
        shown = client.get(f"/documents/{made.pk}{path}")
        assert shown.status_code == 410
        assert shown.headers["X-Robots-Tag"] == "noindex"
        assert "这条信息已撤下" in shown.content.decode()
        assert "请遵照执行" not in shown.content.decode()
        assert ("救助对象公示办法" in shown.content.decode()) is named
    told = client.get(f"/documents/{made.pk}.json")
    assert told.status_code == 410
    assert "救助对象" not in told.content.decode()


def test_a_body_is_shown_as_it_was_cleaned(client: Client, of: Bureau) -> None:
    made = published(of, body="<h2>一、总则</h2><script>x()</script><table><tr><td onclick='x'>表</td></tr></table>")
    shown = page(client, f"/documents/{made.publication_id}/")
    assert "一、总则" in shown
    assert "x()" not in shown
    assert "onclick" not in shown


def test_the_number_of_queries_is_the_same_for_every_document(
    client: Client, of: Bureau, django_assert_num_queries: Any, settings: Any,
) -> None:
    from gongkai.portal.keeping import STORE

    made = [of_edition(published(of, title=f"文件{n}")) for n in range(4)]
    for other in made[1:]:
        actions.link(by=of.clerk, source=other, target=made[0], relation="related", at=moment())
    page(client, f"/documents/{made[1].pk}/")
    for one in (made[0], made[3]):  # many links, one link
        STORE.clear()
        page(client, "/agencies/" + str(of.where.pk) + "/guide/")  # the frame of the agency is there
        with django_assert_num_queries(3):  # the stamp, the document, its links; it has no files
            page(client, f"/documents/{one.pk}/")
    assert date(2026, 3, 4) == made[0].published_on
