"""Reading identities without a person looking: masks for pages, words to be removed, indexes that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, Max, QuerySet

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.agencies.models import Agency
from gongkai.core.errors import Refused
from gongkai.files.queries import content
from gongkai.infra.keys import Keyring, keyring
from gongkai.ledger.models import Entry
from gongkai.vault import cipher, proofs
from gongkai.vault.fields import FIELDS
from gongkai.vault.models import Sealed, SealedFile
from gongkai.vault.permissions import VaultPermission


def masked(sealed: Sealed) -> dict[str, str]:
    """{field: what may be seen}, in the order of FIELDS. No key is needed."""
    return {name: sealed.masks[name] for name in FIELDS if name in sealed.masks}


def personal(sealed: Sealed) -> dict[str, str]:
    """{field: value} of what tells who somebody is, for taking it out of a text by its kind. For machines: whoever
    calls this shows none of it. Nothing for an identity that was destroyed. Raises Refused: vault-key, vault-damaged.
    """
    keys = keyring()
    return {
        name: cipher.unseal(sealed.uuid, name, token, keys)
        for name, token in sealed.fields.items() if FIELDS[name].personal
    }


def tokens(sealed: Sealed) -> tuple[str, ...]:
    """Every word by which the applicant could be known, longest first, for removal from a text to be published.

    For machines: whoever calls this shows none of it. An address is also given from its street on, a number also as
    digits alone. Nothing for an identity that was destroyed. Raises Refused: vault-key, vault-damaged.
    """
    keys, found = keyring(), set()
    for name, token in sealed.fields.items():
        if FIELDS[name].personal:
            found.update(_spellings(name, cipher.unseal(sealed.uuid, name, token, keys)))
    return tuple(sorted((word for word in found if len(word) > 1), key=lambda word: (-len(word), word)))


def blind(value_kind: str, value: str) -> str:
    """HMAC-SM3 in hex of the folded value: equal people are found without decrypting anybody.

    `value_kind` is what the value is ("id_number", "phone", "name"), so that kinds are never confused. Made with the
    newest key; who keeps such an index registers with `rotation.KEEPERS`.
    """
    return cipher.blind(value_kind, value)


def blinds(value_kind: str, value: str) -> tuple[str, ...]:
    """The same under every key at hand, newest first: what to look for while a rotation is under way."""
    return tuple(cipher.blind(value_kind, value, Keyring((key,))) for key in keyring().keys)


def open_file(sealed_file: SealedFile) -> bytes:
    """The bytes as they were sent; for a person's look use actions.open_proof.

    Raises Refused: sealed-destroyed, vault-key, vault-damaged, file-damaged; FileNotFoundError.
    """
    if not sealed_file.key:
        raise Refused("sealed-destroyed", "这个附件已经销毁，无法再打开")
    key = keyring().open(sealed_file.key, purpose=cipher.PROOF, bound_to=sealed_file.uuid.bytes)
    return proofs.decrypted(content(sealed_file.stored), key, sealed_file.uuid)


LOOKS = ("vault.revealed", "vault.proof_opened", "vault.files_taken")


def looks(actor: Actor) -> QuerySet[Entry]:
    """The recorded looks of people at identities and proofs, in the agencies whose looks `actor` answers for."""
    reach = Agency.objects.filter(within(actor, VaultPermission.AUDIT, "path"))
    return Entry.objects.filter(kind__in=LOOKS, agency_id__in=reach.values("pk"))


def lookers(found: QuerySet[Entry]) -> list[dict[str, Any]]:
    """Who looked how often, most first: {actor_id, actor_name, times}."""
    rows = found.order_by().values("actor_id").annotate(actor_name=Max("actor_name"), times=Count("sequence"))
    return list(rows.order_by("-times", "actor_id"))


def agency_names(entries: Iterable[Entry]) -> dict[int, str]:
    """Names of the agencies that events speak of."""
    return dict(Agency.objects.filter(pk__in={entry.agency_id for entry in entries}).values_list("pk", "name"))


def _spellings(name: str, value: str) -> Iterator[str]:
    yield value
    if name in {"phone", "contact_phone", "agent_phone", "fax", "id_number", "agent_id_number"}:
        bare = re.sub(r"[\s\-()（）+]", "", value)
        yield bare
        if len(bare) == 13 and bare.startswith("86"):
            yield bare[2:]
    if name in {"address", "agent_address"}:
        known = FIELDS[name].mask(value).rstrip("*")
        rest = re.sub(r"\s+", "", value)[len(known):]
        yield re.sub(r"\s+", "", value)
        # From the street on: people leave out the province. A bare house number would hit everything.
        if len(rest) >= 4:
            yield rest
