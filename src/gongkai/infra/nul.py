"""No address holds the character NUL: no field of ours has it, and PostgreSQL refuses to be asked about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

_NUL = "\x00"


class NoNul:
    """Answers 400 where path or query holds it. Forms refuse it themselves, field by field."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Looked at here, where everything that the page of a refusal asks for is at hand already."""
        said = (text for name, values in request.GET.lists() for text in (name, *values))
        if _NUL in request.path_info or any(_NUL in text for text in said):
            raise BadRequest("NUL in an address")
