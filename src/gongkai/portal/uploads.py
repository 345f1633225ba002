"""What the public may send: measured while it arrives, held in memory only, never refused together with the text.

Files of applicants are proofs of identity, so that plain bytes never touch the disk: the usual handler for large
files would leave them in a temporary folder. A file past the limit is read to its end and thrown away, and the form
says so by its name; what was typed beside it is all there.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from gongkai.applications.forms_public import limits

LARGEST_REQUEST = 200 * 1024 * 1024  # past this the sender is told at once, without reading to the end
View = Callable[..., HttpResponseBase]


class Measured(MemoryFileUploadHandler):
    """Keeps each file in memory up to its limit; past it only the name is kept, marked `too_large`."""

    together = 0

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """In charge whatever the size of the request."""
        super().handle_raw_input(*args, **kwargs)
        self.activated = True

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins; no other handler sees it."""
        self.size, self.too_large = 0, False
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep a chunk; once the file is too large forget all of it."""
        if self.too_large:
            return None
        self.size += len(raw_data)
        self.together += len(raw_data)
        if self.size > limits().file or self.together > limits().together:
            self.too_large = True
            self.together -= self.size
            self.file = io.BytesIO()
            return None
        return super().receive_data_chunk(raw_data, start)  # type: ignore[no-any-return]

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        """The file, or its name alone."""
        made: InMemoryUploadedFile | None = super().file_complete(0 if self.too_large else file_size)
        if made is not None:
            made.too_large = self.too_large  # type: ignore[attr-defined]
        return made


def measured(view: View) -> View:
    """For views that take files from the public. The proof of origin is checked once the handler is in place."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def taken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            length = request.META.get("CONTENT_LENGTH") or "0"
            if not length.isdecimal() or int(length) > LARGEST_REQUEST:
                return render(request, "portal/too_large.html", status=413)
            request.upload_handlers = [Measured(request)]
        return protected(request, *args, **kwargs)

    return taken
