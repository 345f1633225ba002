"""Sealed files that nothing points at: rehearsed registers, uploads whose act was refused or killed half-way.

Not an act of a person: no case ever held them, so no history loses anything.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, QuerySet

from gongkai.files.removal import let_go
from gongkai.vault.models import SealedFile

_BATCH = 500


@transaction.atomic
def discard(sealed: SealedFile) -> bool:
    """Remove a file with its key and bytes. Nothing happens where a case or a letter holds it; says which."""
    stored = sealed.stored
    try:
        with transaction.atomic():
            sealed.delete()
    except ProtectedError:
        return False
    let_go(stored)
    return True


def unclaimed(before: datetime) -> QuerySet[SealedFile]:
    """Files from before a moment that no row points at, whichever room it belongs to."""
    rows = SealedFile.objects.filter(created_at__lt=before)
    for relation in SealedFile._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete:
            model, field = relation.related_model, relation.field.attname  # type: ignore[union-attr]
            rows = rows.exclude(Exists(model._base_manager.filter(**{field: OuterRef("pk")})))  # type: ignore[union-attr]
    return rows


def clear(before: datetime) -> int:
    """Remove them, a batch at a call; how many. Who needs a file meanwhile finds it or the row, never half of it."""
    rows = unclaimed(before).select_related("stored").order_by("pk")[:_BATCH]
    return sum(discard(row) for row in rows)
