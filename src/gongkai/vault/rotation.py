"""Changing to a new key: every value is opened with the old one and sealed with the newest, a few rows at a time.

Stopped in the middle, it goes on where it stopped when it is called again: what is fresh is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.infra.keys import keyring
from gongkai.ledger.actions import record
from gongkai.vault import cipher, events
from gongkai.vault.models import Sealed, SealedFile

# Rooms that keep a blind index of a row compute it anew here: called with the row and its values, in the transaction
# that sealed the row again.
KEEPERS: list[Callable[[Sealed, dict[str, str]], object]] = []


def stale() -> tuple[Iterator[int], Iterator[int]]:
    """Keys of the identities and of the files that are not sealed with the newest key."""
    keys = keyring()
    rows = (pk for pk, fields in Sealed.objects.order_by("pk").values_list("pk", "fields").iterator(chunk_size=500)
            if not all(keys.fresh(token) for token in fields.values()))
    files = (pk for pk, key in SealedFile.objects.order_by("pk").values_list("pk", "key").iterator(chunk_size=500)
             if key and not keys.fresh(key))
    return rows, files


def rotate(*, by: Actor, at: datetime, told: Callable[[int], object] | None = None) -> tuple[int, int]:
    """Seal everything with the newest key; how many identities and files were sealed again.

    For the console of the machine. Raises Refused: vault-key, vault-damaged at the first row that cannot be opened;
    the rows before it stay done.
    """
    rows, files = 0, 0
    stale_rows, stale_files = (list(found) for found in stale())
    for pk in stale_rows:
        rows += _seal_again(pk)
        if told:
            told(rows)
    for pk in stale_files:
        files += _wrap_again(pk)
        if told:
            told(rows + files)
    if rows or files:
        with transaction.atomic():
            record(events.Rotated(keyring().first.id, rows, files), by=by, at=at, subject_id="")
    return rows, files


@transaction.atomic
def _seal_again(pk: int) -> int:
    row, keys = Sealed.objects.select_for_update().get(pk=pk), keyring()
    values = {name: cipher.unseal(row.uuid, name, token, keys) for name, token in row.fields.items()}
    row.fields = {name: cipher.seal(row.uuid, name, value, keys) for name, value in values.items()}
    row.save(update_fields=["fields"])
    for keeper in KEEPERS:
        keeper(row, values)
    return 1


@transaction.atomic
def _wrap_again(pk: int) -> int:
    row, keys = SealedFile.objects.select_for_update().get(pk=pk), keyring()
    if not row.key:
        return 0
    key = keys.open(row.key, purpose=cipher.PROOF, bound_to=row.uuid.bytes)
    row.key = keys.seal(key, purpose=cipher.PROOF, bound_to=row.uuid.bytes)
    row.save(update_fields=["key"])
    return 1
