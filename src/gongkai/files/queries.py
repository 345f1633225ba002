"""Reading kept bytes back."""

from __future__ import annotations

from gongkai.files import store
from gongkai.files.models import StoredFile


def content(file: StoredFile) -> bytes:
    """The bytes of a stored file, verified against their hash. Raises FileNotFoundError, Refused."""
    return store.read(file.sha256)
