"""Bytes as a download, for every room."""

from __future__ import annotations

from typing import TypeVar

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from gongkai.files.names import safe

Answer = TypeVar("Answer", bound=HttpResponseBase)


def attachment(content: bytes, name: str, media_type: str = "application/octet-stream") -> HttpResponse:
    """Bytes as a file to be kept, never shown in place: a file of others must not run under our address."""
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, safe(name)) or "attachment"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def kept_nowhere(response: Answer) -> Answer:
    """The same answer, and no cache on the way keeps it: it shows or holds what is not everybody's."""
    response.headers["Cache-Control"] = "private, no-store"
    return response
