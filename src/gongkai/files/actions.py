"""Keeping bytes. The ledger event belongs to the action that receives the file: it knows why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gongkai.files import store
from gongkai.files.models import StoredFile


def keep(chunks: Iterable[bytes], *, at: datetime, limit: int | None = None) -> tuple[StoredFile, bool]:
    """Store bytes and their row; the second value says whether they were new.

    The bytes reach the disk before the row is committed, so that no row points at nothing. Raises Refused past
    `limit`.
    """
    kept = store.put(chunks, limit=limit)
    return StoredFile.objects.get_or_create(sha256=kept.sha256, defaults={"size": kept.size, "stored_at": at})
