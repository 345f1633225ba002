"""The site with the letters room mounted where the portal and the desk mount it."""

from __future__ import annotations

from django.urls import include, path

from gongkai.letters.urls import desk_patterns, public_patterns
from gongkai.urls import handler400, handler403, handler404, handler500
from gongkai.urls import urlpatterns as site

urlpatterns = [
    path("desk/letters/", include(desk_patterns)), path("letters/", include(public_patterns)), *site,
]
__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
