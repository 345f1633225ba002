"""Platform, library, search, feeds, site maps and open data: what they hold, and that they do not grow slower."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from html import unescape
from typing import Any
from urllib.parse import parse_qsl
from xml.etree import ElementTree

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests import factories
from tests.publications.makers import ON, Bureau, bureau, drafted, moment, of_edition, published

from gongkai.catalogue import actions as catalogue
from gongkai.catalogue.models import Item
from gongkai.portal import lists
from gongkai.portal.changes import compared
from gongkai.portal.display import PLAIN, SIZES, Display, display_of
from gongkai.portal.facets import DIMENSIONS, Cube
from gongkai.portal.keeping import STORE
from gongkai.publications.models import Publication

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def of(db: None) -> Bureau:
    return bureau()


def whole(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]
    return body.decode("utf-8-sig")


def made(of: Bureau, n: int, **values: Any) -> list[Publication]:
    return [of_edition(published(of, title=f"文件{i:03d}", **values)) for i in range(n)]


CELLS = st.lists(st.tuples(
    st.integers(1, 3), st.sampled_from(["a", "b"]), st.sampled_from(["x", "y", ""]), st.integers(2020, 2022),
    st.sampled_from(["", "in_force"]), st.integers(1, 5),
), unique_by=lambda cell: cell[:5], max_size=12)


@given(CELLS, st.sets(st.sampled_from(DIMENSIONS)), st.integers(0, 10**6))
def test_facets_equal_counting_one_by_one(cells: list[Any], named: set[str], seed: int) -> None:
    """Each facet counts under all other filters, whatever they are."""
    draw = random.Random(seed)
    values = {"agency": [1, 2, 9], "kind": ["a", "z"], "topic": ["x", ""], "year": [2020, 1], "validity": [""]}
    chosen = {name: draw.choice(values[name]) for name in named}
    counts = Cube(cells).counts(chosen)

    def fits(cell: Any, but: str = "") -> bool:
        return all(cell[DIMENSIONS.index(name)] == value for name, value in chosen.items() if name != but)

    assert counts.total == sum(cell[5] for cell in cells if fits(cell))
    for at, name in enumerate(DIMENSIONS):
        expected: dict[Any, int] = {}
        for cell in cells:
            if fits(cell, name):
                expected[cell[at]] = expected.get(cell[at], 0) + cell[5]
        assert counts.facets[name] == expected


@given(st.sampled_from(SIZES), st.booleans(), st.booleans())
def test_a_way_of_showing_survives_its_cookie(size: int, contrast: bool, assisted: bool) -> None:
    shown = Display(size, contrast, assisted)
    assert display_of(shown.code) == shown


@given(st.text(max_size=20))
def test_a_strange_cookie_is_the_ordinary_page(code: str) -> None:
    assert display_of(code) == PLAIN or display_of(code).code == code


def test_what_changed_is_told_by_words() -> None:
    lines = compared("甲\n收费一元\n丙", "甲\n收费二元\n丙")
    assert [line.kind for line in lines] == ["same", "gone", "new", "same"]
    assert [text for text, marked in lines[1].pieces if marked] == ["一"]
    assert compared("甲", "甲") == []


@pytest.mark.django_db
def test_the_library_holds_policies_and_counts_them(client: Client, of: Bureau) -> None:
    made(of, 2, kind="policy", topic="农业、水利")
    made(of, 1, kind="policy", topic="教育")
    made(of, 1, kind="budget")
    page = whole(client, "/policies/")
    assert "共 3 件" in page
    assert "共 2 件" in whole(client, "/policies/?topic=农业、水利")
    assert "没有符合条件的文件" in whole(client, "/policies/?year=2001")
    rows = list(csv.reader(io.StringIO(whole(client, "/policies/list.csv?topic=教育"))))
    assert len(rows) == 2
    assert len(json.loads(whole(client, "/policies/list.json"))["items"]) == 3
    assert "共 4 件" in whole(client, "/documents/")
    for strange in ("year=x", "kind=nothing", "page=0", "page=99999", "agency=x", "validity=?", "order=?", "under=x"):
        assert client.get(f"/policies/?{strange}").status_code == 200
        assert client.get(f"/documents/?{strange}").status_code == 200


@pytest.mark.django_db
def test_an_empty_library_offers_nothing_to_filter_by(client: Client, of: Bureau) -> None:
    assert 'class="facets' not in whole(client, "/policies/")
    made(of, 1, kind="policy")
    assert 'class="facets' in whole(client, "/policies/")
    # A filter that finds nothing can still be taken back.
    assert 'href="?"' in whole(client, "/policies/?year=2001")


def test_the_catalogue_leads_to_its_documents(client: Client, of: Bureau) -> None:
    for agency in (of.where, of.county):
        catalogue.adopt_skeleton(by=factories.SYSTEM, agency=agency, on=ON, at=moment())
    item = Item.objects.filter(agency=of.where, code__startswith="20").order_by("order").first()
    assert item is not None
    shown = of_edition(published(of, drafted(of, title="目录里的文件", item=item)))
    where = f"/agencies/{of.where.pk}/content/"
    assert item.name in whole(client, where)
    page = whole(client, f"{where}{item.pk}/")
    assert "目录里的文件" in page
    assert "共 1 件" in page
    assert f"under={of.county.pk}&amp;code={item.code}" in whole(client, f"/agencies/{of.county.pk}/content/")
    assert "目录里的文件" in whole(client, f"/documents/?under={of.county.pk}&code={item.code}")
    assert client.get(f"/agencies/{of.county.pk}/content/{item.pk}/").status_code == 404
    assert client.get("/documents/?under=9999").status_code == 404
    assert f"/documents/{shown.pk}/" in whole(client, f"{where}{item.pk}/feed.xml")


@pytest.mark.django_db
def test_feeds_are_atom_bounded_and_dated(client: Client, of: Bureau, monkeypatch: Any) -> None:
    monkeypatch.setattr("gongkai.portal.exports.FEED", 2)
    made(of, 3, kind="policy")
    for path in ("/feed.xml", f"/agencies/{of.where.pk}/feed.xml", f"/agencies/{of.county.pk}/feed.xml",
                 "/kinds/policy/feed.xml", "/policies/list.atom", "/documents/list.atom"):
        answer = client.get(path)
        feed = ElementTree.fromstring(answer.content)
        assert feed.tag == f"{ATOM}feed"
        for needed in ("id", "title", "updated", "author"):
            assert feed.find(f"{ATOM}{needed}") is not None
        entries = feed.findall(f"{ATOM}entry")
        assert len(entries) == 2
        assert all(entry.find(f"{ATOM}{tag}") is not None for entry in entries for tag in ("id", "title", "updated"))
        # A time would tell a reader to keep what was withdrawn since.
        STORE.clear()
        assert client.get(path, headers={"If-Modified-Since": answer.headers["Last-Modified"]}).status_code == 200
    assert client.get("/kinds/nothing/feed.xml").status_code == 404


@pytest.mark.django_db
def test_site_maps_name_every_document_once(client: Client, of: Bureau, monkeypatch: Any) -> None:
    monkeypatch.setattr("gongkai.portal.views.sitemap.MOST", 2)
    shown = {f"/documents/{one.pk}/" for one in made(of, 5)}
    index = ElementTree.fromstring(whole(client, "/sitemap.xml"))
    found: list[str] = []
    for loc in index.iter(f"{MAP}loc"):
        path = "/" + (loc.text or "").split("/", 3)[3]
        urls = ElementTree.fromstring(whole(client, path)).findall(f"{MAP}url/{MAP}loc")
        assert len(urls) <= 2
        found += ["/" + (url.text or "").split("/", 3)[3] for url in urls]
    assert sorted(path for path in found if "documents" in path) == sorted(shown)
    assert client.get("/sitemaps/documents-999999.xml").status_code == 404
    assert client.get("/sitemaps/other-0.xml").status_code == 404
    assert "Sitemap: http://testserver/sitemap.xml" in whole(client, "/robots.txt")


@pytest.mark.django_db
def test_open_data_cannot_run_in_a_spreadsheet(client: Client, of: Bureau) -> None:
    published(of, title="=HYPERLINK(1)")
    rows = list(csv.reader(io.StringIO(whole(client, "/data/publications.csv"))))
    assert rows[0][:3] == ["索引号", "名称", "文号"]
    assert rows[1][1] == "'=HYPERLINK(1)"
    assert json.loads(whole(client, "/data/publications.json"))["items"][0]["title"] == "=HYPERLINK(1)"
    catalogue.adopt_skeleton(by=factories.SYSTEM, agency=of.where, on=ON, at=moment())
    items = json.loads(whole(client, "/data/catalogue.json"))["items"]
    assert len(items) == len(list(csv.reader(io.StringIO(whole(client, "/data/catalogue.csv"))))) - 1 >= 15
    for dataset in json.loads(whole(client, "/data/index.json"))["dataset"]:
        for form in dataset["distribution"]:
            if "downloadURL" in form:
                whole(client, "/" + form["downloadURL"].split("/", 3)[3])
    assert client.get("/data/publications.exe").status_code == 404
    assert "CSV" in whole(client, "/data/")


@pytest.mark.django_db
def test_statistics_have_pictures_beside_their_tables(client: Client, of: Bureau) -> None:
    made(of, 2, kind="policy")
    for where in ("/statistics/", f"/agencies/{of.where.pk}/statistics/", f"/agencies/{of.county.pk}/statistics/"):
        page = whole(client, where)
        assert "100%" in page
        for name in ("months", "kinds", "items"):
            picture = client.get(f"{where}{name}.svg")
            assert picture.headers["Content-Type"] == "image/svg+xml"
            assert ElementTree.fromstring(picture.content).tag.endswith("svg")
            assert b"<script" not in picture.content
        assert ["政策文件", "2"] in list(csv.reader(io.StringIO(whole(client, f"{where}kinds.csv"))))
    assert client.get("/statistics/none.svg").status_code == 404


@pytest.mark.django_db
def test_a_search_in_vain_leads_to_an_application(client: Client, of: Bureau) -> None:
    made(of, 1)
    assert "文件000" in whole(client, "/search/?q=文件000").replace("<mark>", "").replace("</mark>", "")
    page = whole(client, f"/search/?q=张三的补偿款&agency={of.where.pk}")
    assert "没有找到" in page
    answer = client.post("/search/apply/", {"words": "张三的补偿款", "agency": of.where.pk})
    assert answer.headers["Location"] == f"/agencies/{of.where.pk}/apply/"
    assert "张三的补偿款" in whole(client, answer.headers["Location"])
    assert client.get("/search/suggest/?q=文").status_code == 200


@pytest.mark.django_db
def test_no_page_asks_more_when_there_is_more(client: Client, of: Bureau) -> None:
    """All pages with the same documents: to publish ten of them anew costs more than to look at a page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    pages = (
        "/policies/", "/policies/?kind=policy", "/documents/", "/agencies/{}/", "/agencies/{}/rules/", "/feed.xml",
        "/agencies/{}/content/", "/agencies/{}/statistics/", "/sitemaps/documents-0.xml", "/",
    )

    def asked() -> dict[str, int]:
        counts = {}
        for path in pages:
            STORE.clear()
            with CaptureQueriesContext(connection) as queries:
                whole(client, path.format(of.where.pk))
            counts[path] = len(queries)
        return counts

    made(of, 2, kind="policy")
    asked()
    few = asked()
    made(of, 8, kind="policy")
    assert asked() == few


def test_the_way_through_a_list_is_drawn_as_on_other_pages() -> None:
    from django.template import RequestContext, Template
    from django.test import RequestFactory

    drawn, component = Template("{% load drawn %}{% turn_pages page %}"), Template(
        '{% include "components/pages.html" %}')
    for number, pages in ((1, 1), (1, 3), (2, 3), (3, 3)):
        page = lists.Page([], 60, number, pages)
        request = RequestFactory().get(f"/documents/?kind=policy&topic=a%26b%22&page={number}&item=1&item=2")
        tags = [" ".join(one.render(RequestContext(request, {"page": page})).split()) for one in (drawn, component)]
        links = [sorted(sorted(parse_qsl(unescape(link))) for link in re.findall(r'href="\?([^"]*)"', one))
                 for one in tags]
        assert links[0] == links[1]
        ours, theirs = (re.sub(r'href="[^"]*"', "", one) for one in tags)
        assert ours == theirs
