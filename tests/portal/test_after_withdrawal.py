"""What was taken down stays down: in feeds that a reader has already, and in the history of what came afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests.publications import makers
from tests.publications.makers import ON, Bureau, bureau, moment

from gongkai.publications import actions
from gongkai.publications.models import Edition

pytestmark = pytest.mark.django_db
SECRET = "甲地水源坐标"


@pytest.fixture
def of(db: None) -> Bureau:
    return bureau()


def again(of: Bureau, first: Edition, body: str) -> Edition:
    """The next edition, through all gates."""
    made = actions.revise(by=of.clerk, publication=makers.of_edition(first), change_note="修改", at=moment())
    return makers.published(of, actions.edit(by=of.clerk, edition=made, values={}, body=body, at=moment()))


def test_a_reader_who_asks_by_time_loses_what_was_withdrawn(of: Bureau, client: Client):
    makers.published(of, title="供水管理办法")
    taken = makers.published(of, title=SECRET, on=ON + timedelta(days=1))
    feed = client.get("/feed.xml")
    assert SECRET in feed.content.decode()
    actions.withdraw(by=of.clerk, publication=makers.of_edition(taken), kind="secrecy", note="", at=moment())
    asked = {"If-None-Match": feed.headers["ETag"], "If-Modified-Since": feed.headers["Last-Modified"]}
    for headers in (asked, {"If-Modified-Since": feed.headers["Last-Modified"]}):
        now = client.get("/feed.xml", headers=headers)
        assert now.status_code == 200
        assert SECRET not in now.content.decode()
    assert client.get("/feed.xml", headers={"If-None-Match": now.headers["ETag"]}).status_code == 304


def test_a_later_edition_does_not_bring_back_what_was_withdrawn_with_an_earlier_one(of: Bureau, client: Client):
    first = makers.drafted(of, body=f"<p>{SECRET}如下。</p>")
    first = makers.published(of, actions.attach(
        by=of.clerk, edition=first, name="附件.txt", data=SECRET.encode(), at=moment(),
    ).edition)
    file = first.attachments.get()
    second = again(of, first, f"<p>{SECRET}修改如下。</p>")
    where = f"/documents/{first.publication_id}/"
    assert client.get(f"{where}editions/1/").status_code == 200
    shown = makers.of_edition(second)
    actions.withdraw(by=of.clerk, publication=shown, kind="secrecy", note="", at=moment())
    third = again(of, second, "<p>本办法自发布之日起施行。</p>")
    for address in ("editions/1/", "editions/2/", "editions/1/changes/", "editions/2/changes/", "editions/3/changes/",
                    f"files/{file.pk}/"):
        assert client.get(where + address).status_code == 404, address
    page, data = client.get(where), client.get(f"{where[:-1]}.json")
    assert (page.status_code, [one["number"] for one in data.json()["editions"]]) == (200, [third.number])
    assert SECRET not in page.content.decode() + data.content.decode()
    fourth = again(of, third, "<p>本办法自次月起施行。</p>")
    assert client.get(f"{where}editions/3/").status_code == 200, "what came after it has a history again"
    assert client.get(f"{where}editions/{fourth.number}/changes/").status_code == 200
