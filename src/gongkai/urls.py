"""Where addresses lead: the portal for everybody, the desk for the office, the doors of sign-in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from gongkai.accounts.gate import public
from gongkai.accounts.urls import sign_in_patterns
from gongkai.applications.views.feed import due_dates
from gongkai.infra.health import examine
from gongkai.letters.urls import public_patterns


@public
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """For the load balancer: 200 when every probe is well, 503 with the names of those that are not."""
    ill = [probe.name for probe in examine() if not probe.well]
    return JsonResponse({"well": not ill, "ill": ill}, status=503 if ill else 200)


urlpatterns = [
    path("", include("gongkai.portal.urls")),
    path("desk/", include("gongkai.desk.urls")),
    path("accounts/", include(sign_in_patterns)),
    # Nobody gains anything by changing somebody's language from elsewhere, and pages without a token can be kept.
    path("language/", public(csrf_exempt(set_language)), name="set_language"),
    path("letters/", include(public_patterns)),
    path("feeds/<str:nonce>.ics", due_dates, name="applications-feed"),
    path("health/", health, name="health"),
]

handler400 = "gongkai.portal.errors.bad_request"
handler403 = "gongkai.portal.errors.denied"
handler404 = "gongkai.portal.errors.not_found"
handler500 = "gongkai.portal.errors.broken"
