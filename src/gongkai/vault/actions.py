"""The only writes to identities, and the only ways to look at one. Every look is an event.

Who calls from a public page (`by` is the public) has made sure before that the person may: a new application, or a
tracking page opened with its secret code.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import Located, authorise
from gongkai.core.errors import Refused
from gongkai.files.actions import keep
from gongkai.files.models import StoredFile
from gongkai.infra.keys import KEY_BYTES, keyring
from gongkai.ledger.actions import record
from gongkai.vault import cipher, events, proofs, rules
from gongkai.vault.fields import FIELDS, LONGEST
from gongkai.vault.masks import mask
from gongkai.vault.models import Sealed, SealedFile
from gongkai.vault.permissions import VaultPermission
from gongkai.vault.queries import open_file
from gongkai.vault.rules import Purpose

DESTROYED = "已销毁"


@transaction.atomic
def seal(*, by: Actor, agency: Located, values: Mapping[str, str], at: datetime) -> Sealed:
    """Keep an identity: {field: value}, empty values left out. Runs inside the caller's transaction.

    The public may give its own; staff need SEAL over the agency. Raises Refused: vault-too-long, Denied, and KeyError
    for a field that does not exist.
    """
    if not by.is_public:
        authorise(by, VaultPermission.SEAL, agency)
    given = _clean(values)
    row = Sealed(uuid=uuid4(), agency=agency, created_at=at)
    _put(row, given)
    row.save()
    record(events.Sealed(row.pk, tuple(given)), by=by, at=at, subject_id=row.pk, agency_id=row.agency_id)
    return row


@transaction.atomic
def amend(*, by: Actor, sealed: Sealed, values: Mapping[str, str], reason: str, at: datetime) -> Sealed:
    """Put other values in place of those kept; an empty one removes its field. Nothing different records nothing.

    Raises Refused: reason-needed, reason-personal, sealed-destroyed, vault-key; Denied.
    """
    if not by.is_public:
        authorise(by, VaultPermission.SEAL, sealed)
    row = _present(sealed)
    before = _opened(row, row.fields)
    given = _clean(values)
    after = {name: given.get(name, "") for name in values}
    changed = {name: value for name, value in after.items() if before.get(name, "") != value}
    said = rules.reason(reason, _personal(before) + _personal(given))
    if not changed:
        return row
    for name in [name for name, value in changed.items() if not value]:
        row.fields.pop(name, None)
        row.masks.pop(name, None)
    _put(row, {name: value for name, value in changed.items() if value})
    row.save(update_fields=["fields", "masks"])
    record(events.Amended(row.pk, tuple(changed), said), by=by, at=at, subject_id=row.pk, agency_id=row.agency_id)
    return row


@transaction.atomic
def reveal(*, by: Actor, sealed: Sealed, fields: Iterable[str], reason: str, at: datetime) -> dict[str, str]:
    """The true values of some fields, for one look with a reason that is recorded.

    Raises Refused: reason-needed, reason-too-long, reason-personal, sealed-destroyed, vault-key, vault-damaged;
    Denied. Nothing is shown then.
    """
    authorise(by, VaultPermission.REVEAL, sealed)
    row = _present(sealed)
    opened = _opened(row, row.fields)
    said = rules.reason(reason, _personal(opened))
    shown = {name: opened[name] for name in dict.fromkeys(fields) if name in opened}
    record(events.Revealed(row.pk, tuple(shown), said), by=by, at=at, subject_id=row.pk, agency_id=row.agency_id)
    return shown


@transaction.atomic
def for_letter(
    *, by: Actor, sealed: Sealed, fields: Iterable[str], at: datetime, purpose: Purpose = Purpose.LETTER,
) -> dict[str, str]:
    """What the program needs to address a letter or an envelope. For letters and delivery, never for a page.

    Raises Refused: purpose-field for what the purpose does not need, sealed-destroyed, vault-key; Denied.
    """
    authorise(by, VaultPermission.ADDRESS, sealed)
    row, wanted = _present(sealed), list(dict.fromkeys(fields))
    rules.purpose(wanted, purpose)
    opened = _opened(row, [name for name in wanted if name in row.fields])
    record(
        events.OpenedByProgram(row.pk, tuple(opened), purpose.value), by=by, at=at, subject_id=row.pk,
        agency_id=row.agency_id,
    )
    return opened


@transaction.atomic
def destroy(*, by: Actor, sealed: Sealed, reason: str, at: datetime) -> Sealed:
    """Overwrite every value when retention is over; what was there is told by its labels alone.

    Backups made before still hold the ciphertexts. Raises Refused: reason-needed, sealed-destroyed; Denied.
    """
    authorise(by, VaultPermission.DESTROY, sealed)
    row = _present(sealed)
    said = rules.reason(reason, [value for name, value in row.masks.items() if FIELDS[name].personal])
    names = tuple(row.fields)
    row.fields, row.masks, row.destroyed_at = {}, dict.fromkeys(names, DESTROYED), at
    row.save(update_fields=["fields", "masks", "destroyed_at"])
    record(events.Destroyed(row.pk, names, said), by=by, at=at, subject_id=row.pk, agency_id=row.agency_id)
    return row


def seal_file(*, chunks: Iterable[bytes], at: datetime, limit: int) -> tuple[StoredFile, SealedFile]:
    """Encrypt an upload on its way into the store; plain bytes never reach the disk.

    `limit` counts the bytes as they were sent. The caller's action records why the file came. Raises Refused:
    too-large, disk-full.
    """
    name, key, size = uuid4(), os.urandom(KEY_BYTES), 0

    def measured() -> Iterator[bytes]:
        nonlocal size
        for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise Refused(
                    "too-large", "文件超过 %(limit)s MB，没有保存；请压缩图片或拆分后再上传", limit=limit // 1024 ** 2,
                )
            yield chunk

    stored, _new = keep(proofs.encrypted(measured(), key, name), at=at)
    wrapped = keyring().seal(key, purpose=cipher.PROOF, bound_to=name.bytes)
    return stored, SealedFile.objects.create(uuid=name, stored=stored, key=wrapped, size=size, created_at=at)


@transaction.atomic
def open_proof(
    *, by: Actor, sealed_file: SealedFile, agency: Located, reason: str, at: datetime, of: Sealed | None = None,
) -> bytes:
    """A proof of identity for one look with a reason. `agency` is the one whose application it proves, `of` the
    identity that it proves: the reason may not tell whose it is.

    Raises Refused: reason-needed, reason-too-long, reason-personal, sealed-destroyed, vault-key, vault-damaged; Denied.
    """
    authorise(by, VaultPermission.REVEAL, agency)
    known = _personal(_opened(of, of.fields)) if of is not None else ()
    said, data = rules.reason(reason, known), open_file(sealed_file)
    record(events.ProofOpened(said), by=by, at=at, subject_id=sealed_file.pk, agency_id=getattr(agency, "pk", None))
    return data


@transaction.atomic
def destroy_file(*, by: Actor, sealed_file: SealedFile, agency: Located, reason: str, at: datetime) -> SealedFile:
    """Forget the key of a file: its bytes stay in the store as noise. Raises Refused, Denied."""
    authorise(by, VaultPermission.DESTROY, agency)
    row = SealedFile.objects.select_for_update().get(pk=sealed_file.pk)
    said = rules.reason(reason, ())
    if not row.key:
        raise Refused("sealed-destroyed", "这个附件已经销毁，无法再打开")
    row.key = ""
    row.save(update_fields=["key"])
    record(events.ProofDestroyed(said), by=by, at=at, subject_id=row.pk, agency_id=getattr(agency, "pk", None))
    return row


def _clean(values: Mapping[str, str]) -> dict[str, str]:
    given = {name: value.strip() for name, value in values.items()}
    for name, value in given.items():
        if len(value) > LONGEST:
            label = FIELDS[name].label
            raise Refused("vault-too-long", "%(field)s超过 %(most)s 个字，没有保存", field=label, most=LONGEST)
    return {name: value for name, value in given.items() if value and FIELDS[name]}


def _put(row: Sealed, values: Mapping[str, str]) -> None:
    for name, value in values.items():
        row.fields[name] = cipher.seal(row.uuid, name, value)
        row.masks[name] = mask(name, value)


def _present(sealed: Sealed) -> Sealed:
    row = Sealed.objects.select_for_update(of=("self",)).select_related("agency").get(pk=sealed.pk)
    if row.destroyed_at is not None:
        raise Refused("sealed-destroyed", "申请人身份已按保管期限销毁，无法再查看或更改")
    return row


def _opened(row: Sealed, names: Iterable[str]) -> dict[str, str]:
    keys = keyring()
    return {name: cipher.unseal(row.uuid, name, row.fields[name], keys) for name in names}


def _personal(values: Mapping[str, str]) -> list[str]:
    return [value for name, value in values.items() if FIELDS[name].personal]
