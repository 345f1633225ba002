"""How hard the public may press before it is slowed, lane by lane. A government service hall is one source: many
people behind one address must pass without noticing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.infra import slowly
from gongkai.infra.slowly import Busy, Lane

APPLY = Lane("apply", free=20, spacing=3.0, longest=600.0)
FILL = Lane("fill", free=60, spacing=2.0, longest=120.0)
WRITE = Lane("write", free=20, spacing=3.0, longest=300.0)
# Wrong codes, counted when they turn out to be wrong; the wait comes before the next look, right or wrong.
GUESS_SOURCE = Lane("guess-source", free=5, spacing=60.0, longest=30.0, doubles=True)
GUESS_NUMBER = Lane("guess-number", free=10, spacing=60.0, longest=8.0, doubles=True)
TICKET = "ticket"
_NEVER_AGAIN = frozenset({"csrfmiddlewaretoken", TICKET})


def arrive(request: HttpRequest, lane: Lane, *, bound_to: str, at: datetime) -> None:
    """Pass, or sleep and pass. Raises Busy."""
    slowly.arrive(lane, slowly.source(request), bound_to=bound_to, at=at, ticket=request.POST.get(TICKET, ""))


def come_back(request: HttpRequest, busy: Busy, *, files: bool = False, hide: Iterable[str] = ()) -> HttpResponse:
    """503: nothing is lost, one button sends the same again with its place in the queue. `files`: some must be chosen
    again. `hide` are fields that the server knows already."""
    skipped = _NEVER_AGAIN | set(hide)
    answer = render(request, "portal/busy.html", {
        "seconds": busy.seconds, "minutes": -(-busy.seconds // 60), "ticket": busy.ticket, "files": files,
        "typed": [(name, value) for name in request.POST if name not in skipped
                  for value in request.POST.getlist(name)],
    }, status=503)
    answer.headers["Retry-After"] = str(busy.seconds)
    answer.headers["Cache-Control"] = "no-store"
    return answer
