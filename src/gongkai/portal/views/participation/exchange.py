"""互动交流: questions that were answered for everybody, drafts that ask for comment. The same for everybody, kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from gongkai.accounts.gate import public
from gongkai.agencies import queries as agencies
from gongkai.agencies.models import Agency
from gongkai.participation import queries
from gongkai.participation.models import Consultation, Message
from gongkai.participation.states import OUTCOMES, Kind
from gongkai.portal.keeping import kept
from gongkai.portal.offices import frame

LATEST, ROWS, MOST = 6, 20, 2000
LONGEST = 40  # characters that are looked for


class Pages(Paginator):
    """Pages of a public list, counted no further than MOST: who wants more looks for words."""

    def __init__(self, rows: Any, size: int) -> None:
        super().__init__(rows, size)
        self.__dict__["count"] = rows.order_by()[:MOST].count()


@public
@kept
def whole(request: HttpRequest) -> HttpResponse:
    """Of all organs."""
    today = timezone.localdate()
    return render(request, "portal/participation/exchange.html", _front(None, today))


@public
@kept
def exchange(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Of one organ."""
    shown, today = get_object_or_404(Agency, pk=agency_id), timezone.localdate()
    return render(request, "portal/participation/organ_exchange.html", {
        **frame(shown, "", request), **_front(shown, today), "current_place": "exchange",
        "heirs": agencies.heirs(shown) if shown.valid_to else [],
    })


@public
@kept
def questions(request: HttpRequest) -> HttpResponse:
    """Questions and answers, by words and organ; both stand in the address."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    agency = _agency(request)
    page: Page[Message] = Pages(queries.questions(agency, text), ROWS).get_page(request.GET.get("page"))
    return render(request, "portal/participation/questions.html", {
        "page": page, "q": text, "organ": agency, "organs": queries.answering(),
        "narrowed": bool(text or agency),
    })


@public
@kept
def consultations(request: HttpRequest) -> HttpResponse:
    """Drafts that ask for comment: running, coming, ended."""
    today, agency = timezone.localdate(), _agency(request)
    when = request.GET.get("when", "")
    when = when if when in {"running", "ended"} else ""
    rows = _when(queries.consultations(agency), when, today)
    return render(request, "portal/participation/consultations.html", {
        "page": Pages(rows, ROWS).get_page(request.GET.get("page")), "when": when, "organ": agency, "today": today,
    })


@public
@kept
def consultation(request: HttpRequest, consultation_id: int) -> HttpResponse:
    """One draft: what is asked, until when, and in the end what became of the comments."""
    shown = get_object_or_404(queries.consultations(), pk=consultation_id)
    today = timezone.localdate()
    counts = queries.outcomes_of(shown)
    ended = shown.closes_on < today
    replies = queries.shown_comments(shown)
    return render(request, "portal/participation/consultation.html", {
        **frame(shown.agency, "", request), "consultation": shown, "ended": ended, "running": shown.opens_on <= today,
        "today": today, "current_place": "", "received": sum(counts.values()),
        "outcomes": [(name, counts.get(key, 0)) for key, name in OUTCOMES[Kind.COMMENT].items()] if ended else [],
        "waiting": counts.get("", 0), "page": Pages(replies, ROWS).get_page(request.GET.get("page")),
    })


def _front(agency: Agency | None, today: date) -> dict[str, Any]:
    found = queries.consultations(agency)
    return {
        "questions": queries.questions(agency)[:LATEST], "running": _when(found, "running", today)[:LATEST],
        "ended": _when(found, "ended", today)[:LATEST], "today": today,
    }


def _when(rows: QuerySet[Consultation], when: str, today: date) -> QuerySet[Consultation]:
    if when == "running":
        return rows.filter(opens_on__lte=today, closes_on__gte=today).order_by("closes_on", "pk")
    return rows.filter(closes_on__lt=today) if when == "ended" else rows


def _agency(request: HttpRequest) -> Agency | None:
    said = request.GET.get("agency", "")
    return Agency.objects.filter(pk=int(said)).first() if said.isascii() and said.isdecimal() and len(said) < 10 \
        else None
