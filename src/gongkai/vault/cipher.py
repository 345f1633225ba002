"""One value, sealed under the row and the field that it belongs to."""

from __future__ import annotations

import unicodedata
from uuid import UUID

from gongkai.infra.keys import Keyring, keyring

FIELD, PROOF, BLIND = "vault field", "vault proof", "vault blind"


def _bound(row: UUID, field: str) -> bytes:
    # The uuid has a fixed length, so no two pairs of row and field give the same bytes.
    return row.bytes + field.encode()


def seal(row: UUID, field: str, value: str, keys: Keyring | None = None) -> str:
    """Ciphertext of one value; put into another row or another field it does not open."""
    return (keys or keyring()).seal(value.encode(), purpose=FIELD, bound_to=_bound(row, field))


def unseal(row: UUID, field: str, token: str, keys: Keyring | None = None) -> str:
    """The value. Raises Refused: vault-key, vault-damaged."""
    return (keys or keyring()).open(token, purpose=FIELD, bound_to=_bound(row, field)).decode()


def folded(value: str) -> str:
    """NFKC, no white space, upper case: what counts as the same name or number."""
    return "".join(unicodedata.normalize("NFKC", value).split()).upper()


def blind(kind: str, value: str, keys: Keyring | None = None) -> str:
    """HMAC-SM3 of the folded value in hex, under a key of its own; `kind` keeps a name from equalling a number."""
    return (keys or keyring()).digest(f"{kind}\0{folded(value)}", purpose=BLIND)
