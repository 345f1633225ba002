"""Every address says who may open it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from gongkai.accounts.permissions import Permission, registered


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        else:
            yield route, entry


ROUTES = list(patterns())


def test_the_walk_sees_the_whole_site() -> None:
    assert {"", "desk/", "desk/annual-reports/<int:report_id>/", "accounts/login/"} <= {route for route, _ in ROUTES}


@pytest.mark.parametrize(("route", "pattern"), ROUTES, ids=[route or "/" for route, _ in ROUTES])
def test_every_address_declares_who_may_open_it(route: str, pattern: URLPattern) -> None:
    access = getattr(pattern.callback, "access", None)
    assert access is not None, f"/{route} wears none of requires, signed_in, public"
    if access not in {"public", "signed-in"}:
        assert isinstance(access, Permission)
        assert access in registered(), f"/{route} asks for {access}, which nobody holds"


def test_an_undeclared_view_would_be_found() -> None:
    assert getattr(lambda request: None, "access", None) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "route", [route for route, pattern in ROUTES if route.startswith("desk/") and pattern.callback.access != "public"],
)
def test_nobody_enters_the_desk_without_signing_in(client: Client, route: str) -> None:
    path = "/" + route.replace("<int:year>", "2023")
    path = re.sub(r"<int:\w+>", "1", path)
    path = path.replace("<str:cell_id>", "t3.new.total").replace("<str:to>", "json")
    answer = client.get(path)
    if answer.status_code == 405:
        answer = client.post(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/?next=/desk/")
