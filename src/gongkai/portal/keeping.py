"""Public pages kept ready in memory, and gone for every process at the commit of the act that changes them.

Before anything else happens to a request, one small query asks for the stamp (`infra.stamp`). A page that was kept
under this stamp, for this address, language and way of showing, is answered as it stands; a new stamp empties the
store. Only views that wear `kept` are kept, only for visitors without a session, and never an answer that sets a
cookie: what is personal has one or the other. The day belongs to the key, since pages say what is in force today.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

from gongkai.infra import stamp
from gongkai.portal.display import COOKIE, PLAIN, display_of

# No public page lies below these, and what lies there changes without a stamp.
ELSEWHERE = ("/static/", "/desk/", "/accounts/", "/apply/", "/track/", "/letters/", "/health/", "/display/")
_STATUSES = frozenset({200, 410})
# A page is asked for again each time; the answer is mostly "not changed". Nothing old is ever shown on the way.
_CONTROL = "no-cache"
_OVERHEAD = 600  # bytes of one entry beside its body

Key = tuple[Any, ...]


class Kept(NamedTuple):
    """An answer as it was given."""

    body: bytes
    status: int
    headers: tuple[tuple[str, str], ...]
    etag: str


class Store:
    """Pages of one stamp, the least recently asked for leave first. Shared by the threads of a process."""

    def __init__(self, most_bytes: int) -> None:
        self.most = most_bytes
        self._lock = threading.Lock()
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._parts: OrderedDict[Key, Any] = OrderedDict()
        self._stamp = -1
        self._bytes = 0
        self.worn: dict[Key, tuple[tuple[str, str], ...]] = {}  # headers that every page wears (`learn`)

    def page(self, mark: int, key: Key) -> Kept | None:
        """The page of a key under a stamp."""
        with self._lock:
            self._turn(mark)
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def keep(self, mark: int, key: Key, page: Kept) -> None:
        """Keep a page that was made after `mark` was read; one that was overtaken meanwhile is not kept."""
        size = len(page.body) + _OVERHEAD
        with self._lock:
            if mark != self._stamp or size > self.most // 8 or key in self._pages:
                return
            self._pages[key] = page
            self._bytes += size
            while self._bytes > self.most:
                _key, gone = self._pages.popitem(last=False)
                self._bytes -= len(gone.body) + _OVERHEAD

    def part(self, mark: int, key: Key, make: Callable[[], Any]) -> Any:
        """A part of pages (the frame of an organ, the counts of a filter), made once for a stamp."""
        with self._lock:
            self._turn(mark)
            if key in self._parts:
                self._parts.move_to_end(key)
                return self._parts[key]
        made = make()
        with self._lock:
            if mark == self._stamp:
                self._parts[key] = made
                while len(self._parts) > _PARTS:
                    self._parts.popitem(last=False)
        return made

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._stamp = -1
            self._drop()
            self.worn.clear()

    def _turn(self, mark: int) -> None:
        if mark != self._stamp:
            self._stamp = mark
            self._drop()

    def _drop(self) -> None:
        self._pages.clear()
        self._parts.clear()
        self._bytes = 0


_PARTS = 4_000
STORE = Store(settings.GONGKAI_PAGE_CACHE_BYTES)


def kept(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For views that show the same to everybody: the answer may be kept until something public changes."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.may_be_kept = True  # type: ignore[attr-defined]
        # What the view says itself; the rest is put on by the middleware (`learn`).
        response.of_view = frozenset(name.lower() for name in response.headers)  # type: ignore[attr-defined]
        return response

    marked.kept = True  # type: ignore[attr-defined]
    return marked


def remembered(request: HttpRequest, key: Key, make: Callable[[], Any]) -> Any:
    """A part of a page that holds as long as the stamp; shared, so nobody changes it. Texts in it are lazy or the
    language is in the key."""
    mark = getattr(request, "stamp", None)
    if mark is None:
        mark = request.stamp = stamp.now()  # type: ignore[attr-defined]
    return STORE.part(mark, (timezone.localdate(), *key), make)


def key_of(environ: Mapping[str, Any], language: str, display: str) -> Key:
    return (
        environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", ""), language, display, timezone.localdate(),
        environ.get("HTTP_HOST", ""), environ.get("wsgi.url_scheme", ""), environ.get("HTTP_X_FORWARDED_PROTO", ""),
    )


@lru_cache(maxsize=2_000)
def language_of(chosen: str, accepted: str) -> str:
    """The language of a page, as Django's own middleware finds it."""
    request = HttpRequest()
    request.META["HTTP_ACCEPT_LANGUAGE"] = accepted
    if chosen:
        request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = chosen
    return get_language_from_request(request)


def has(seen: str, page: Kept) -> bool:
    return page.etag in seen or seen.strip() == "*"


class KeptPages:
    """The outermost middleware: answers from the store, and fills it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        meta, cookies = request.META, request.COOKIES
        code = cookies.get(COOKIE, "")
        request.display = display_of(code) if code else PLAIN  # type: ignore[attr-defined]
        if (
            request.method != "GET" or request.path_info.startswith(ELSEWHERE) or "HTTP_HX_REQUEST" in meta
            or settings.SESSION_COOKIE_NAME in cookies or "messages" in cookies
        ):
            return self.get_response(request)
        try:
            mark = request.stamp = stamp.now()  # type: ignore[attr-defined]
        except DatabaseError:
            return self.get_response(request)  # the page itself will say what is wrong
        language = language_of(cookies.get(settings.LANGUAGE_COOKIE_NAME, ""), meta.get("HTTP_ACCEPT_LANGUAGE", ""))
        key = key_of(meta, language, request.display.code)  # type: ignore[attr-defined]
        page = STORE.page(mark, key)
        if page is None:
            response = self.get_response(request)
            learn(request, response)
            page = page_of(response)
            if page is None:
                return response
            STORE.keep(mark, key, page)
        return _answer(page, meta.get("HTTP_IF_NONE_MATCH", ""))


def learn(request: HttpRequest, response: HttpResponse) -> None:
    """Remember what the middleware puts on a page, under all that it depends on: language, host and scheme."""
    of_view = getattr(response, "of_view", None)
    if of_view is None or response.status_code != 200 or response.cookies or len(STORE.worn) >= _HOSTS:
        return
    key = (get_language_from_request(request), request.get_host(), request.scheme)
    if key not in STORE.worn:
        STORE.worn[key] = tuple(
            (name, value) for name, value in response.headers.items() if name.lower() not in of_view | _PATCHED)


_HOSTS = 200  # names under which one site is asked for
_PATCHED = frozenset({"vary", "content-length"})  # made of what the page itself asked


def page_of(response: HttpResponse) -> Kept | None:
    """What to keep of an answer; None when it is not everybody's or not a whole page."""
    if (
        not getattr(response, "may_be_kept", False) or response.status_code not in _STATUSES or response.streaming
        or response.cookies
    ):
        return None
    # Whichever parts were drawn before: what is shown depends on these.
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    body = bytes(response.content)
    etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    response.headers["ETag"] = etag
    response.headers.setdefault("Cache-Control", _CONTROL)
    return Kept(body, response.status_code, tuple(response.headers.items()), etag)


def _answer(page: Kept, seen: str) -> HttpResponse:
    """The page, or 304 when the reader has it already."""
    if seen and page.status == 200 and has(seen, page):
        response: HttpResponse = HttpResponseNotModified()
        for name, value in page.headers:
            if name in UNCHANGED:
                response.headers[name] = value
        return response
    response = HttpResponse(page.body, status=page.status)
    for name, value in page.headers:
        response.headers[name] = value
    return response


UNCHANGED = frozenset({"ETag", "Cache-Control", "Vary", "Content-Language", "Last-Modified"})
