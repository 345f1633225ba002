"""Letting kept bytes go again, where nothing points at them any more."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.db.models import ProtectedError

from gongkai.files import store
from gongkai.files.models import StoredFile


def let_go(file: StoredFile) -> bool:
    """Remove the row and, after the commit, the bytes; nothing where something still points at them. Says which."""
    sha256 = file.sha256
    try:
        with transaction.atomic():
            file.delete()
    except ProtectedError:
        return False
    transaction.on_commit(partial(_unlink, sha256))
    return True


def _unlink(sha256: str) -> None:
    # Somebody may have kept the same bytes again since.
    if not StoredFile.objects.filter(sha256=sha256).exists():
        store.path(sha256).unlink(missing_ok=True)
