"""Whether the links of published texts still answer. Only for agencies that asked for it: it calls other hosts.

Nothing inside the house is ever called: a name is resolved once, every address that it has must be a public one (also
the IPv4 address that hides in a mapped, NAT64, 6to4 or Teredo address), and the connection goes to that very address.
Redirects are followed a few steps, each looked at in the same way.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from django.conf import settings
from django.utils import timezone

from gongkai.accounts.actor import machine
from gongkai.core.screening.links import links
from gongkai.publications.actions.links import note_links
from gongkai.publications.models import LinkWatch, Publication

WALKER = machine("链接检查")
TIMEOUT = 5.0          # seconds for one answer
BUDGET = 10.0          # seconds of one step of the walk; the worker has other work
STEPS = 20             # publications that one step looks at
MOST = 50              # links of one publication
HOPS = 4               # redirects
LONGEST = 1000
EVERY = timedelta(days=7)
PORTS = {"http": 80, "https": 443}
REASONS = {
    "gone": "页面不存在", "server": "对方服务器出错", "name": "找不到这个网站", "silent": "没有应答",
    "private": "指向内部地址，公众打不开", "redirects": "转来转去，打不开", "address": "网址不对",
}
_NAT64, _NAT64_HERE = ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48")
_AS_IT_IS = "/%:@!$&'()*+,;=~-._"
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: its status and, for a redirect, where to."""

    status: int
    location: str = ""


Resolve = Callable[[str, int], list[str]]
Ask = Callable[[str, str, str], Answer]  # method, address of the link, IP address to call


@dataclass(frozen=True, slots=True)
class Dead:
    """Why a link leads nowhere."""

    reason: str
    status: int | None = None


def is_public(text: str) -> bool:
    """Whether an IP address, and any IPv4 address inside it, is one of the open Internet."""
    address: Address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if address in _NAT64_HERE:
            return False
        if address in _NAT64 or int(address) < 1 << 32:  # the latter: an old way to write an IPv4 address
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not address.is_multicast


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a name. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class _Here(http.client.HTTPSConnection):
    """A connection to an address that was looked at, under the name that the certificate is for."""

    def __init__(self, host: str, address: str, port: int, secure: bool) -> None:
        super().__init__(host, port, timeout=TIMEOUT, context=ssl.create_default_context())
        self._address, self._secure = address, secure

    def connect(self) -> None:
        """Connect, and shake hands where the link says https."""
        self.sock = socket.create_connection((self._address, self.port), TIMEOUT)
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def asked(method: str, url: str, address: str) -> Answer:
    """Ask one server for the head of a page; of a GET too only the head is read. Raises OSError, HTTPException."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    connection = _Here(parts.hostname or "", address, parts.port or PORTS[parts.scheme], secure)
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, headers={
            "Host": parts.netloc.rpartition("@")[2], "User-Agent": "gongkai-links", "Accept": "*/*",
        })
        said = connection.getresponse()
        return Answer(said.status, said.headers.get("Location", ""))
    finally:
        connection.close()


def look(url: str, *, resolve: Resolve = resolved, ask: Ask = asked) -> Dead | None:
    """Whether a link leads nowhere; None while it answers. Never calls an address inside the house."""
    for _hop in range(HOPS + 1):
        try:
            url = _encoded(url)
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return Dead("address")
        if parts.scheme not in PORTS or not parts.hostname:
            return Dead("address")
        if port not in {None, *PORTS.values()}:
            return None  # an unusual port is not knocked at, and not called dead either
        address = _address_of(parts.hostname, port or PORTS[parts.scheme], resolve)
        if isinstance(address, Dead):
            return address
        said = _said(url, address, ask)
        if isinstance(said, Dead):
            return said
        if said.status not in {301, 302, 303, 307, 308} or not said.location:
            return _verdict(said.status)
        url = urljoin(url, said.location)
    return Dead("redirects")


def _address_of(host: str, port: int, resolve: Resolve) -> str | Dead:
    try:
        found = resolve(host.encode("idna").decode(), port)
    except (OSError, UnicodeError):
        return Dead("name")
    if not found:
        return Dead("name")
    return found[0] if all(is_public(one) for one in found) else Dead("private")


def _said(url: str, address: str, ask: Ask) -> Answer | Dead:
    """HEAD first; many servers answer it wrongly, so what it denies is asked again with GET."""
    try:
        said = ask("HEAD", url, address)
        return ask("GET", url, address) if said.status >= 400 else said
    except (OSError, http.client.HTTPException, ValueError):
        try:
            return ask("GET", url, address)
        except (OSError, http.client.HTTPException, ValueError):
            return Dead("silent")


def _verdict(status: int) -> Dead | None:
    if status in {404, 410}:
        return Dead("gone", status)
    return Dead("server", status) if status >= 500 else None


def _encoded(url: str) -> str:
    """A link as a browser sends it: Chinese in its path as percent signs, without the part after #."""
    parts = urlsplit(url)
    return urlunsplit((
        parts.scheme, parts.netloc, quote(parts.path, safe=_AS_IT_IS), quote(parts.query, safe=f"{_AS_IT_IS}?"), "",
    ))


def walk(*, at: datetime | None = None, resolve: Resolve = resolved, ask: Ask = asked) -> int:
    """A chore: look at the links of a few publications of each agency that asked for it. How many were looked at.

    A round begins anew a week after the last one ended. Bounded in time: what is left waits for the next step.
    """
    now, ends, looked = at or timezone.now(), time.monotonic() + BUDGET, 0
    for watch in LinkWatch.objects.filter(on=True).exclude(round_at__gt=now - EVERY, cursor=0).order_by("looked_at"):
        rows = Publication.objects.published().filter(agency=watch.agency_id, pk__gt=watch.cursor)
        light = rows.select_related("agency", "current").only("pk", "agency__path", "current__body")
        found = list(light.order_by("pk")[:STEPS])
        for row in found:
            if time.monotonic() > ends:
                break
            check(row, now, resolve=resolve, ask=ask)
            watch.cursor, looked = row.pk, looked + 1
        else:
            if len(found) < STEPS:
                watch.cursor, watch.round_at = 0, now
        watch.looked_at = now
        watch.save(update_fields=["cursor", "looked_at", "round_at"])
        if time.monotonic() > ends:
            break
    for row in Publication.objects.filter(dead_links__isnull=False).exclude(
        pk__in=Publication.objects.published().values("pk"),
    ).distinct()[:STEPS]:
        note_links(by=WALKER, publication=row, dead={}, at=now)  # what was taken down has no links any more
    return looked


def check(row: Publication, at: datetime, *, resolve: Resolve = resolved, ask: Ask = asked) -> None:
    """Look at every link of what stands of a publication, and keep what is dead, since when."""
    own = urlsplit(settings.GONGKAI_PUBLIC_URL).hostname
    body = row.current.body if row.current is not None else ""
    urls = [url for url in links(body) if len(url) <= LONGEST and urlsplit_host(url) != own][:MOST]
    dead = {url: (found.reason, found.status) for url in urls
            if (found := look(url, resolve=resolve, ask=ask)) is not None}
    note_links(by=WALKER, publication=row, dead=dead, at=at)


def urlsplit_host(url: str) -> str | None:
    """The host of a link; None for one that is no address."""
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
