"""Pages are kept for everybody, never for a person, and every act that changes one is seen at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from tests import factories
from tests.publications.makers import ON, Bureau, bureau, moment, of_edition, published, signed

from gongkai.agencies import actions as agencies
from gongkai.annual_reports import actions as reports
from gongkai.catalogue import actions as catalogue
from gongkai.infra import stamp
from gongkai.portal.keeping import STORE, Kept, Store
from gongkai.publications import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def of(db: None) -> Bureau:
    return bureau()


def told(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_a_kept_page_costs_one_query(client: Client, of: Bureau, django_assert_num_queries: Any) -> None:
    path = f"/documents/{published(of).publication_id}/"
    first = client.get(path)
    with django_assert_num_queries(1):
        again = client.get(path)
    assert again.content == first.content
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == "no-cache"
    assert "Cookie" in again.headers["Vary"]


def test_a_reader_who_has_the_page_is_told_so(client: Client, of: Bureau) -> None:
    path = f"/documents/{published(of).publication_id}/"
    etag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
    actions.withdraw(by=of.clerk, publication=of_edition(published(of)), kind="error", note="有误", at=moment())
    assert client.get(path, headers={"If-None-Match": '"another"'}).status_code == 200


ACTS: dict[str, Callable[[Bureau], Callable[[], object]]] = {}


def act(make: Callable[[Bureau], Callable[[], object]]) -> Callable[[Bureau], Callable[[], object]]:
    ACTS[make.__name__] = make
    return make


@act
def publish(of: Bureau) -> Callable[[], object]:
    ready = signed(of, title="新办法", kind="policy")
    return lambda: actions.publish(by=of.publisher, edition=ready, at=moment())


@act
def withdraw(of: Bureau) -> Callable[[], object]:
    made = of_edition(published(of, title="旧办法", kind="policy"))
    return lambda: actions.withdraw(by=of.clerk, publication=made, kind="error", note="有误", at=moment())


@act
def mark_validity(of: Bureau) -> Callable[[], object]:
    made = of_edition(published(of, title="旧办法", kind="policy"))
    return lambda: actions.mark_validity(
        by=of.clerk, publication=made, validity="repealed", ended_on=ON, at=moment(),
    )


@pytest.mark.parametrize("name", ["publish", "withdraw", "mark_validity"])
@pytest.mark.parametrize("path", [
    "/policies/", "/policies/?kind=policy", "/agencies/{}/", "/documents/", "/policies/list.csv", "/policies/list.json",
    "/agencies/{}/statistics/", "/data/publications.json",
])
def test_every_list_changes_at_once(client: Client, of: Bureau, name: str, path: str) -> None:
    do = ACTS[name](of)
    address = path.format(of.where.pk)

    def body() -> bytes:
        answer = client.get(address)
        assert answer.status_code == 200
        return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]

    before = body()
    assert body() == before
    do()
    if name == "mark_validity" and path in {"/agencies/{}/", "/agencies/{}/statistics/"}:
        return  # these do not tell whether a document is in force
    assert body() != before


def test_what_is_withdrawn_is_gone_everywhere_at_once(client: Client, of: Bureau) -> None:
    made = of_edition(published(of, title="救助对象公示办法", kind="policy"))
    places = [
        "/", "/policies/", "/documents/", f"/agencies/{of.where.pk}/", "/feed.xml", "/kinds/policy/feed.xml",
        f"/agencies/{of.where.pk}/feed.xml", "/policies/list.atom", "/search/?q=救助对象", "/data/publications.csv",
        "/data/publications.json", "/policies/list.csv", "/documents/list.json",
    ]

    def said(path: str) -> str:
        answer = client.get(path)
        assert answer.status_code == 200, path
        return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()  # type: ignore[arg-type]

    address = f"/documents/{made.pk}/"
    for path in places:
        assert address in said(path), path
    assert address in said("/sitemaps/documents-0.xml")
    actions.withdraw(by=of.clerk, publication=made, kind="privacy", note="涉及个人隐私", at=moment())
    for path in [*places, "/sitemaps/documents-0.xml"]:
        assert address not in said(path), path
        if path != "/search/?q=救助对象":
            assert "救助对象" not in said(path), path


def test_other_acts_change_their_pages_too(client: Client, of: Bureau) -> None:
    guide = f"/agencies/{of.where.pk}/guide/"
    assert "水利局公开办" not in told(client, guide)
    agencies.describe_office(
        by=factories.SYSTEM, agency=of.where, on=date(2026, 3, 4), at=moment(), name="水利局公开办",
    )
    assert "水利局公开办" in told(client, guide)
    assert "青澜县林业局" not in told(client, f"/agencies/{of.county.pk}/")
    made = factories.agency("青澜县林业局", of.county)
    assert "青澜县林业局" in told(client, f"/agencies/{of.county.pk}/")
    agencies.rename(by=factories.SYSTEM, agency=made, name="青澜县林业和草原局", on=date(2026, 3, 4), at=moment())
    assert "青澜县林业和草原局" in told(client, f"/agencies/{of.county.pk}/")
    assert "公开目录正在编制" in told(client, f"/agencies/{of.where.pk}/content/")
    catalogue.adopt_skeleton(by=factories.SYSTEM, agency=of.where, on=date(2026, 3, 4), at=moment())
    assert "公开目录正在编制" not in told(client, f"/agencies/{of.where.pk}/content/")
    report = factories.filed(factories.SYSTEM, of.where)
    assert "2023 年度报告" not in told(client, f"/agencies/{of.where.pk}/reports/")
    reports.publish(by=factories.SYSTEM, report=report, at=factories.AT)
    assert "2023 年度报告" in told(client, f"/agencies/{of.where.pk}/reports/")
    reports.withdraw(by=factories.SYSTEM, report=report, reason="有误", at=factories.AT)
    assert "2023 年度报告" not in told(client, f"/agencies/{of.where.pk}/reports/")


def test_nothing_personal_is_kept(client: Client, of: Bureau) -> None:
    described = f"/agencies/{of.where.pk}/apply/"
    for path in (described, "/track/", "/search/?q=没有这样的文件", "/apply/"):
        client.get(path)
        assert "csrfmiddlewaretoken" not in "".join(page.body.decode() for page in STORE._pages.values())
    kept = len(STORE._pages)
    visitor = Client()
    visitor.cookies["sessionid"] = "x"
    visitor.get("/policies/")
    assert len(STORE._pages) == kept


def test_no_public_page_that_is_kept_sets_a_cookie(client: Client, of: Bureau) -> None:
    published(of)
    for path in ("/", "/policies/", "/documents/", f"/agencies/{of.where.pk}/", f"/agencies/{of.where.pk}/content/"):
        assert not client.get(path).cookies, path


def test_each_language_and_way_of_showing_has_its_own_page(client: Client, of: Bureau) -> None:
    plain = told(client, "/policies/")
    client.post("/display/", {"size": "150"})
    large = told(client, "/policies/")
    assert 'class="size-150"' in large
    assert 'class="size-150"' not in plain
    assert told(Client(), "/policies/") == plain
    english = Client(headers={"accept-language": "en"})
    assert 'lang="en"' in told(english, "/policies/")
    assert 'lang="zh-hans"' in told(Client(), "/policies/")


def test_the_stamp_goes_back_with_its_act(of: Bureau) -> None:
    before = stamp.now()
    with transaction.atomic():
        stamp.bump()
        assert stamp.now() != before
        transaction.set_rollback(True)
    assert stamp.now() == before


def test_a_page_that_was_overtaken_is_not_kept() -> None:
    store = Store(100_000)
    page = Kept(b"old", 200, (), "")
    assert store.page(1, ("a",)) is None
    assert store.page(2, ("a",)) is None  # somebody changed something while the page was made
    store.keep(1, ("a",), page)
    assert store.page(2, ("a",)) is None


def test_the_store_stays_within_its_bounds() -> None:
    store = Store(20_000)
    store.page(1, ())
    for n in range(100):
        store.keep(1, (n,), Kept(b"x" * 1000, 200, (), ""))
    assert store._bytes <= 20_000
    assert store.page(1, (99,)) is not None
    assert store.page(1, (0,)) is None
    store.keep(1, ("huge",), Kept(b"x" * 19_000, 200, (), ""))
    assert store.page(1, ("huge",)) is None
