"""The guide of an organ (政府信息公开指南, Regulations, Art. 12): what it publishes, how to ask, what follows."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from gongkai.accounts.gate import public
from gongkai.agencies.models import Agency
from gongkai.core.deadlines.clock import CONSULTATION_DAYS, CORRECTION_DAYS, PAYMENT_DAYS, REPLY_DAYS
from gongkai.core.law.articles import article
from gongkai.portal.keeping import kept
from gongkai.portal.offices import frame

_CITED = ("12", "29", "30", "31", "33", "40", "42", "43", "47", "51")


@public
@kept
def guide(request: HttpRequest, agency_id: int) -> HttpResponse:
    """The guide, printable as it stands."""
    shown = get_object_or_404(Agency, pk=agency_id)
    return render(request, "portal/guide.html", {
        **frame(shown, "guide", request), "reply_days": REPLY_DAYS, "correction_days": CORRECTION_DAYS,
        "consultation_days": CONSULTATION_DAYS, "payment_days": PAYMENT_DAYS,
        "said": {f"a{number}": article(number) for number in _CITED},
    })
