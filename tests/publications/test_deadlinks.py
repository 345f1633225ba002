"""Links of published texts: what is dead, since when, and what is never called."""

from __future__ import annotations

import ipaddress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publications import makers
from tests.publications.makers import Bureau, moment

from gongkai.publications import actions, deadlinks
from gongkai.publications.actions.desk import watch_links
from gongkai.publications.deadlinks import Answer, Dead, is_public, look
from gongkai.publications.models import DeadLink, LinkWatch

OUTSIDE = "93.184.216.34"


class Web:
    """Servers that answer as they are told; it remembers whom it was made to call."""

    def __init__(self, **said: Answer | Exception) -> None:
        self.said, self.called = said, []

    def resolve(self, host: str, port: int) -> list[str]:
        if host == "nowhere.example":
            raise OSError
        if host.replace(".", "").isdecimal():
            return [host]
        return {"inside.example": ["10.0.0.5"], "mixed.example": [OUTSIDE, "127.0.0.1"],
                "nat.example": ["64:ff9b::a00:5"]}.get(host, [OUTSIDE])

    def ask(self, method: str, url: str, address: str) -> Answer:
        self.called.append((method, url, address))
        found = self.said.get(url.rsplit("/", 1)[-1], Answer(200))
        if isinstance(found, Exception):
            raise found
        return found

    def look(self, url: str) -> Dead | None:
        return look(url, resolve=self.resolve, ask=self.ask)


@pytest.mark.parametrize("address", [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1", "64:ff9b:1::808:808", "::7f00:1", "::a00:1",
    "2002:a00:1::1", "2002:7f00:1::", "::",
])
def test_an_address_inside_the_house_is_never_public(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses(v=4))
def test_a_hidden_address_counts_as_what_it_hides(address: ipaddress.IPv4Address) -> None:
    inside = not address.is_global or address.is_multicast
    for network in ("64:ff9b::", "::ffff:0:0"):
        hidden = ipaddress.IPv6Address(int(ipaddress.IPv6Address(network)) | int(address))
        if inside:
            assert not is_public(str(hidden))


def test_what_lies_inside_is_not_called() -> None:
    web = Web(out=Answer(302, "http://inside.example/secret"))
    for host in ("inside", "mixed", "nat"):
        assert web.look(f"http://{host}.example/") == Dead("private")
    for address in ("169.254.169.254", "127.0.0.1"):
        assert web.look(f"http://{address}/latest/meta-data/") == Dead("private")
    assert web.look("http://far.example/out") == Dead("private")
    assert [address for _method, _url, address in web.called] == [OUTSIDE] * len(web.called)
    assert not any("inside" in url for _method, url, _address in web.called)


def test_verdicts() -> None:
    web = Web(
        gone=Answer(404), was=Answer(410), broken=Answer(503), login=Answer(403), silent=OSError(),
        loop=Answer(302, "/loop"), moved=Answer(301, "/fine"),
    )
    assert web.look("https://far.example/fine") is None
    assert web.look("https://far.example/moved") is None
    assert web.look("https://far.example/login") is None
    assert web.look("https://far.example/gone") == Dead("gone", 404)
    assert web.look("https://far.example/was") == Dead("gone", 410)
    assert web.look("https://far.example/broken") == Dead("server", 503)
    assert web.look("https://far.example/silent") == Dead("silent")
    assert web.look("https://far.example/loop") == Dead("redirects")
    assert web.look("https://nowhere.example/") == Dead("name")
    assert web.look("ftp://far.example/") == Dead("address")
    assert web.look("http://[bad/") == Dead("address")
    assert web.look("https://far.example:8443/") is None
    assert web.look("https://far.example/公告/办法.html?年=2026#末") is None
    assert web.called[-1][1].isascii()
    assert {method for method, url, _address in web.called if url.endswith("gone")} == {"HEAD", "GET"}


@pytest.mark.django_db
def test_the_walk_keeps_what_is_dead_and_since_when(of: Bureau) -> None:
    makers.published(of, body='<p><a href="https://far.example/gone">甲</a><a href="https://far.example/fine">乙</a></p>')
    makers.published(of, title="另一件", body="<p>没有链接。</p>")
    web = Web(gone=Answer(404))

    def walk(days: int) -> int:
        return deadlinks.walk(at=moment() + timedelta(days=days), resolve=web.resolve, ask=web.ask)

    assert walk(0) == 0, "off by default"
    assert web.called == []
    watch_links(by=of.head, agency=of.where, on=True, at=moment())
    assert walk(0) == 2
    assert walk(1) == 0, "a round a week"
    assert walk(8) == 2
    row = DeadLink.objects.get()
    assert (row.url, row.status, row.since, row.checked_at) == (
        "https://far.example/gone", 404, moment(), moment() + timedelta(days=8),
    )
    web.said.clear()
    assert walk(16) == 2
    assert not DeadLink.objects.exists()
    watch_links(by=of.head, agency=of.where, on=False, at=moment())
    assert not LinkWatch.objects.get().on


@pytest.mark.django_db
def test_what_is_taken_down_has_no_dead_links(of: Bureau) -> None:
    edition = makers.published(of, body='<p><a href="https://far.example/gone">甲</a></p>')
    web = Web(gone=Answer(404))
    watch_links(by=of.head, agency=of.where, on=True, at=moment())
    deadlinks.walk(at=moment(), resolve=web.resolve, ask=web.ask)
    assert DeadLink.objects.count() == 1
    actions.withdraw(by=of.head, publication=edition.publication, kind="error", note="", at=moment())
    deadlinks.walk(at=moment(), resolve=web.resolve, ask=web.ask)
    assert not DeadLink.objects.exists()
