"""A bare Django: one view, no middleware, no database. What `benchmarks/portal.py` holds the portal against."""

from __future__ import annotations

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def ping(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The shortest answer."""
    return HttpResponse("pong")


urlpatterns = [path("ping/", ping)]

settings.configure(ROOT_URLCONF=__name__, SECRET_KEY="ping", ALLOWED_HOSTS=["*"], MIDDLEWARE=[])
django.setup()
application = get_wsgi_application()
