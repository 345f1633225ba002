"""Files of proof: encrypted before they reach the store; anything missing, moved or changed is refused."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import AT, SYSTEM, actor, agency
from tests.vault.people import sealed

from gongkai.accounts import roles
from gongkai.accounts.permissions import Denied
from gongkai.core.errors import Refused
from gongkai.ledger.models import Entry
from gongkai.vault import actions, proofs, queries, rotation
from gongkai.vault.models import SealedFile

KEY, NAME = b"k" * 16, uuid4()
SCAN = b"%PDF-1.7 identity card of Zhang " + bytes(range(256)) * 2400  # three chunks


def frames(data: bytes) -> list[bytes]:
    out, at = [], 0
    while at < len(data):
        end = at + 4 + int.from_bytes(data[at:at + 4], "big")
        out.append(data[at:end])
        at = end
    return out


@given(st.lists(st.binary(max_size=3000), max_size=5), st.sampled_from([0, 1, proofs.CHUNK, proofs.CHUNK + 1]))
def test_what_goes_in_comes_out(pieces, filling):
    pieces = [*pieces, b"x" * filling]
    stored = b"".join(proofs.encrypted(pieces, KEY, NAME))
    assert proofs.decrypted(stored, KEY, NAME) == b"".join(pieces)


@pytest.mark.parametrize("spoil", [
    lambda f: f[:-1], lambda f: f[1:], lambda f: [f[1], f[0], f[2]], lambda f: [f[0], f[0], *f[1:]],
    lambda f: [*f, f[2]], lambda f: [f[2]], lambda f: [f[0], f[2]], lambda f: [], lambda f: [*f[:2], f[2][:-1]],
    lambda f: [f[0], f[1], f[2][:-1] + bytes([f[2][-1] ^ 1])], lambda f: [b"\xff\xff\xff\xff" + f[0][4:], *f[1:]],
    lambda f: [*f, b"\0"], lambda f: [*f, b"\0\0\0\0"],
], ids=["end cut", "start cut", "swapped", "doubled", "appended", "last alone", "middle gone", "empty", "byte short",
        "bit changed", "length wild", "byte too many", "empty frame"])
def test_truncated_reordered_and_changed_files_are_refused(spoil):
    whole = frames(b"".join(proofs.encrypted([SCAN], KEY, NAME)))
    assert len(whole) == 3
    with pytest.raises(Refused) as refusal:
        proofs.decrypted(b"".join(spoil(whole)), KEY, NAME)
    assert refusal.value.code == "vault-damaged"


def test_a_chunk_of_another_file_is_refused():
    mine, other = (frames(b"".join(proofs.encrypted([SCAN], KEY, n))) for n in (NAME, uuid4()))
    with pytest.raises(Refused):
        proofs.decrypted(b"".join([mine[0], other[1], mine[2]]), KEY, NAME)


@pytest.mark.django_db
def test_an_upload_is_encrypted_before_it_reaches_the_disk(settings):
    stored, row = actions.seal_file(chunks=[SCAN[:100], SCAN[100:]], at=AT, limit=10 ** 6)
    on_disk = b"".join(p.read_bytes() for p in Path(settings.GONGKAI_DATA).rglob("*") if p.is_file())
    assert len(on_disk) > len(SCAN)
    assert b"Zhang" not in on_disk
    assert (row.stored, row.size) == (stored, len(SCAN))
    assert queries.open_file(row) == SCAN
    again, _ = actions.seal_file(chunks=[SCAN], at=AT, limit=10 ** 6)
    assert again != stored


@pytest.mark.django_db
def test_a_file_too_large_leaves_nothing(settings):
    with pytest.raises(Refused) as refusal:
        actions.seal_file(chunks=[SCAN], at=AT, limit=1000)
    assert refusal.value.code == "too-large"
    assert not SealedFile.objects.exists()
    assert not [p for p in Path(settings.GONGKAI_DATA).rglob("*") if p.is_file()]


@pytest.mark.django_db
def test_a_row_pointing_at_another_file_does_not_open():
    (first, row), (_, other) = (actions.seal_file(chunks=[os.urandom(9)], at=AT, limit=99) for _ in range(2))
    other.stored = first
    with pytest.raises(Refused) as refusal:
        queries.open_file(other)
    assert refusal.value.code == "vault-damaged"
    other.key = row.key
    with pytest.raises(Refused):
        queries.open_file(other)


@pytest.mark.django_db
def test_a_person_opens_a_proof_with_a_reason_and_it_can_be_destroyed():
    where = agency()
    clerk, head = actor(where), actor(where, roles.HeadOfOffice)
    _, row = actions.seal_file(chunks=[SCAN], at=AT, limit=10 ** 6)
    assert actions.open_proof(by=clerk, sealed_file=row, agency=where, reason="核对身份证明", at=AT) == SCAN
    entry = Entry.objects.latest("sequence")
    assert (entry.kind, entry.agency_id) == ("vault.proof_opened", where.pk)
    with pytest.raises(Denied):
        actions.open_proof(by=actor(where, roles.Supervisor), sealed_file=row, agency=where, reason="督查需要", at=AT)
    with pytest.raises(Denied):
        actions.destroy_file(by=clerk, sealed_file=row, agency=where, reason="保管期满", at=AT)
    row = actions.destroy_file(by=head, sealed_file=row, agency=where, reason="保管期满", at=AT)
    for act in (lambda: queries.open_file(row),
                lambda: actions.destroy_file(by=head, sealed_file=row, agency=where, reason="保管期满", at=AT)):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "sealed-destroyed"


@pytest.mark.django_db
def test_the_reason_for_opening_a_proof_does_not_tell_whose_it_is():
    where = agency()
    _, row = actions.seal_file(chunks=[SCAN], at=AT, limit=10 ** 6)
    for reason in ("核对张伟明的证件", "核对张 伟明 的证件"):
        with pytest.raises(Refused) as refusal:
            actions.open_proof(
                by=actor(where, username=reason), sealed_file=row, agency=where, reason=reason, at=AT, of=sealed(where),
            )
        assert refusal.value.code == "reason-personal"
    assert not Entry.objects.filter(kind="vault.proof_opened").exists()


@pytest.mark.django_db
def test_a_new_key_wraps_the_files_key_and_leaves_the_file(settings):
    stored, row = actions.seal_file(chunks=[SCAN], at=AT, limit=10 ** 6)
    settings.GONGKAI_VAULT_KEYS = (b"n" * 16, *settings.GONGKAI_VAULT_KEYS)
    assert rotation.rotate(by=SYSTEM, at=AT) == (0, 1)
    settings.GONGKAI_VAULT_KEYS = settings.GONGKAI_VAULT_KEYS[:1]
    row.refresh_from_db()
    assert (row.stored, queries.open_file(row)) == (stored, SCAN)
