"""What stands before Django: kept pages, and pages made the short way, are those that Django gives."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, override_settings
from tests.portal.test_lists import made
from tests.publications.makers import Bureau, bureau

from gongkai.portal.front import Front
from gongkai.portal.keeping import STORE


@pytest.fixture
def of(db: None) -> Bureau:
    return bureau()


@pytest.mark.django_db
def test_the_front_answers_what_is_kept_and_nothing_else(client: Client, of: Bureau, monkeypatch: Any) -> None:
    from django.db import connection

    # The transaction of this test would be taken for one that somebody forgot.
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    path = f"/documents/{made(of, 1)[0].pk}/"
    passed: list[str] = []
    told: list[tuple[str, dict[str, str]]] = []

    def below(environ: dict[str, Any], start: Any) -> list[bytes]:
        passed.append(environ["PATH_INFO"])
        return [b"below"]

    def ask(**more: str) -> bytes:
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "HTTP_HOST": "testserver",
            "wsgi.url_scheme": "http",
        } | more
        return b"".join(Front(below)(environ, lambda status, headers: told.append((status, dict(headers)))))

    assert ask() == b"below"
    kept = client.get(path, headers={"host": "testserver"})
    assert ask() == kept.content
    assert told[-1][0] == "200 OK"
    assert told[-1][1]["Content-Length"] == str(len(kept.content))
    assert told[-1][1]["Content-Security-Policy"]
    assert ask(HTTP_IF_NONE_MATCH=kept.headers["ETag"]) == b""
    assert told[-1][0].startswith("304")
    for other in (
        {"HTTP_COOKIE": "sessionid=1"}, {"REQUEST_METHOD": "POST"}, {"HTTP_HX_REQUEST": "true"},
        {"HTTP_HOST": "another"}, {"HTTP_ACCEPT_LANGUAGE": "en"}, {"wsgi.url_scheme": "https"},
        {"QUERY_STRING": "x=1"}, {"PATH_INFO": "/desk/"},
    ):
        assert ask(**other) == b"below", other


@pytest.mark.django_db
def test_the_short_way_gives_the_page_that_django_gives(client: Client, of: Bureau, monkeypatch: Any) -> None:
    """Every kept view, byte by byte and header by header, in both languages; what is not for everybody passes on."""
    from django.db import connection

    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    monkeypatch.setattr("django.core.signals.request_started.receivers", [])
    document = made(of, 25, kind="policy")[0]
    here, passed = of.where.pk, []
    whole = WSGIHandler()

    def below(environ: dict[str, Any], start: Any) -> Any:
        passed.append(environ["PATH_INFO"])
        return whole(environ, start)

    def ask(application: Any, path: str, language: str) -> tuple[str, dict[str, str], bytes]:
        told: list[Any] = []
        bare, _mark, query = path.partition("?")
        answer = application({
            "REQUEST_METHOD": "GET", "PATH_INFO": bare, "QUERY_STRING": query, "HTTP_HOST": "testserver",
            "SERVER_NAME": "testserver", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "http", "wsgi.input": BytesIO(), "wsgi.errors": BytesIO(),
            "HTTP_ACCEPT_LANGUAGE": language,
        }, lambda status, headers, *_error: told.append((status, dict(headers))))
        return told[0][0], told[0][1], b"".join(answer)

    paths = [
        "/", "/agencies/", "/policies/", "/policies/?kind=policy&page=2", "/policies/?year=1999", "/policies/in-force/",
        "/documents/?order=formed", f"/documents/{document.pk}/", f"/agencies/{here}/", f"/agencies/{here}/guide/",
        f"/agencies/{here}/content/", f"/agencies/{here}/rules/", f"/agencies/{here}/statistics/", "/statistics/",
        "/annual-reports/", "/data/", "/feed.xml", "/robots.txt", "/sitemap.xml",
    ]
    front = Front(below)
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        for language in ("zh-CN", "en"):
            STORE.clear()
            expected = {path: ask(whole, path, language) for path in paths}
            STORE._turn(0)
            passed.clear()
            for path, answer in expected.items():
                assert ask(front, path, language) == answer, path
            assert passed == []
            for path in ("/documents/9876543/", "/nowhere/", "/search/?q=x", "/policies/?kind=%00", "/accounts/login/"):
                assert ask(front, path, language)[0] == ask(whole, path, language)[0], path
                assert passed.pop() == path.partition("?")[0]
