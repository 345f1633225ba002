"""The page of an edition: what the one query says is what the rows say, and every word is escaped exactly once."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client, RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import factories
from tests.publications.makers import Bureau, bureau, drafted, moment, of_edition, published, signed

from gongkai.agencies import actions as agencies
from gongkai.infra import stamp
from gongkai.portal import paper
from gongkai.portal.display import PLAIN
from gongkai.portal.offices import frame_of
from gongkai.publications import actions, public, sheets
from gongkai.publications.models import Edition
from gongkai.publications.sheets import Sheet

pytestmark = pytest.mark.django_db
AWFUL = (
    "<script>alert('x')</script>", "\"'><b>&lt;", "&amp;amp;", "{{ x }}{% y %}", "%(n)s %s", "\\1\\g<0>",
    "\ue000title\ue001\ue000pk\ue001", "</title></h1>", "<!--", "&#x27;&nbsp;", "\U00020bb7",
)
words = st.lists(st.one_of(st.sampled_from(AWFUL), st.text(max_size=6)), min_size=1, max_size=4).map("".join).filter(
    lambda text: text.strip() and "\r" not in text)


@pytest.fixture
def of(db: None) -> Bureau:
    return bureau()


def sheet(edition: Edition) -> Sheet:
    found = sheets.standing(edition.publication_id)
    assert found is not None
    return found


class Read(HTMLParser):
    """What a reader sees: the words of some elements, the values of meta tags, the cells of the metadata."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.said: dict[str, str] = {}
        self.cells: list[str] = []
        self.elements = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        known = dict(attributes)
        self.elements += 1
        if tag == "meta" and known.get("name"):
            self.said[f"meta {known['name']}"] = known["content"] or ""
        if tag == "table" and known.get("class") == "metadata":
            self.inside.append("metadata")
        if tag == "td" and "metadata" in self.inside:
            self.cells.append("")
        if tag in {"title", "h1", "td"} or known.get("class") == "paper-number":
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == {"table": "metadata"}.get(tag, tag):
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if self.inside == ["metadata", "td"]:
            self.cells[-1] += data
        elif self.inside:
            self.said[self.inside[-1]] = self.said.get(self.inside[-1], "") + data


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(title=words, number=words, organ=words, joint=words, item=words, keywords=words, summary=words)
def test_every_word_is_escaped_exactly_once(of: Bureau, title: str, number: str, organ: str, joint: str, **more: str):
    """A browser reads back what was typed, wherever it stands, and no word becomes an element."""
    plain = _plain(of)
    awful = plain._replace(
        title=title, document_number=number, issuing_organ=organ, joint_organs=[joint], item_id=1, item_agency_id=1,
        item_name=more["item"], keywords=more["keywords"], summary=more["summary"],
    )
    shown, before = (Read(_page(of, one)) for one in (awful, _tame(awful)))
    assert shown.said["title"].startswith(f"{title} · ")
    assert shown.said["h1"] == title
    assert shown.said["p"] == number
    for name, value in (
        ("ArticleTitle", title), ("ContentSource", organ), ("Author", organ), ("ColumnName", more["item"]),
        ("Keywords", more["keywords"]), ("Description", more["summary"]),
    ):
        assert shown.said[f"meta {name}"] == value, name
    assert {number, organ, joint, more["item"], more["keywords"], more["summary"]} <= set(shown.cells)
    assert shown.elements == before.elements


def _tame(awful: Sheet) -> Sheet:
    return awful._replace(
        title="a", document_number="b", issuing_organ="c", joint_organs=["d"], item_name="e", keywords="f", summary="g",
    )


_KNOWN: dict[int, Sheet] = {}


def _plain(of: Bureau) -> Sheet:
    """A sheet that needs no further question; made once for all examples."""
    if of.where.pk not in _KNOWN:
        _KNOWN.clear()
        _KNOWN[of.where.pk] = sheet(published(of))
    return _KNOWN[of.where.pk]


def _page(of: Bureau, one: Sheet) -> str:
    request: Any = RequestFactory().get(f"/documents/{one.pk}/")
    request.display, request.stamp = PLAIN, stamp.now()
    return paper.page(request, frame_of(of.where.pk, "content", request), one).content.decode()


def test_the_one_query_says_what_the_rows_say(of: Bureau) -> None:
    first = published(of, kind="policy", document_number="青水发〔2026〕3号", keywords="饮水", topic="农业、水利")
    document = public.document(first.publication_id)
    assert document.current is not None
    assert sheet(first) == sheets.of(document, document.current)._replace(files=False, links=False)
    assert sheet(first).title == first.title
    draft = actions.revise(by=of.clerk, publication=of_edition(first), change_note="补充", at=moment())
    assert sheet(first).edition_id == first.pk  # a draft changes nothing
    second = published(of, draft)
    document = public.document(first.publication_id)
    assert document.current is not None
    assert sheet(second) == sheets.of(document, document.current)._replace(files=False, links=False)
    assert not sheet(second).earlier
    assert sheets.of(document, public.edition(document, 1)).earlier


def test_nothing_that_the_public_does_not_read_has_a_sheet(of: Bureau) -> None:
    for edition in (drafted(of), signed(of)):
        assert sheets.standing(edition.publication_id) is None
    made = published(of)
    actions.withdraw(by=of.clerk, publication=of_edition(made), kind="error", note="有误", at=moment())
    assert sheets.standing(made.publication_id) is None
    assert sheets.standing(2**70) is None


def test_files_and_links_are_asked_for_where_there_are_any(client: Client, of: Bureau) -> None:
    draft = drafted(of, title="附有名录的办法")
    file = actions.attach(by=of.clerk, edition=draft, name="名录.txt", data="水源地见附表。".encode(), at=moment())
    if file.verdict == "warn":
        actions.accept_warnings(by=of.clerk, edition=file.edition, at=moment())
    draft.refresh_from_db()
    made, about = published(of, draft), published(of, kind="interpretation", title="一图读懂")
    assert (sheet(made).files, sheet(made).links) == (True, False)
    assert (sheet(about).files, sheet(about).links) == (False, False)
    actions.link(
        by=of.clerk, source=of_edition(about), target=of_edition(made), relation="interprets", at=moment(),
    )
    assert sheet(made).links
    assert sheet(about).links
    shown = client.get(f"/documents/{made.publication_id}/").content.decode()
    assert file.sha256 in shown
    assert "一图读懂" in shown
    assert "附有名录的办法" in client.get(f"/documents/{about.publication_id}/").content.decode()


def test_an_organ_may_write_what_looks_like_a_hole(client: Client, of: Bureau) -> None:
    """Marks between which pages are filled in cannot be written by anybody."""
    agencies.rename(by=factories.SYSTEM, agency=of.where, name="局\ue000body\ue001", on=moment().date(), at=moment())
    answer = client.get(f"/documents/{published(of).publication_id}/")
    assert answer.status_code == 200
    assert answer.content.decode().count('class="document"') == 1
