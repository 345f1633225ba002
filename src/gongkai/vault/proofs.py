"""The form of an encrypted file: chunks of a quarter megabyte, each sealed under its place.

    4 bytes length · 12 bytes nonce · ciphertext · 16 bytes tag      … again for every chunk

A chunk is bound to the file's uuid, its number and whether it is the last: what is cut off, moved, repeated or taken
from another file does not open. The file has a key of its own, and only that key is sealed with the installation's:
a new installation key never rewrites files, and destroying a file is forgetting its key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from gongkai.core.errors import Refused
from gongkai.infra.keys import NONCE_BYTES, TAG_BYTES, open_bytes, seal_bytes

CHUNK = 256 * 1024
_OVERHEAD = NONCE_BYTES + TAG_BYTES


def _bound(file: UUID, number: int, last: bool) -> bytes:
    return file.bytes + number.to_bytes(8, "big") + (b"\1" if last else b"\0")


def encrypted(chunks: Iterable[bytes], key: bytes, file: UUID) -> Iterator[bytes]:
    """The file as it is stored. An empty file is one empty chunk."""
    pieces = _even(chunks)
    piece, number = next(pieces), 0
    for following in pieces:
        yield _framed(key, piece, _bound(file, number, last=False))
        piece, number = following, number + 1
    yield _framed(key, piece, _bound(file, number, last=True))


def decrypted(data: bytes, key: bytes, file: UUID) -> bytes:
    """The file as it was sent. Raises Refused "vault-damaged" when anything at all differs."""
    out, at, number = [], 0, 0
    while True:
        length = int.from_bytes(data[at:at + 4], "big")
        end = at + 4 + length
        if length < _OVERHEAD or end > len(data):
            # Cut off in the middle, or after a chunk that did not say that it is the last.
            raise Refused("vault-damaged", "加密保存的附件不完整，没有打开；请联系系统管理员从备份恢复")
        last = end == len(data)
        out.append(open_bytes(key, data[at + 4:end], _bound(file, number, last)))
        if last:
            return b"".join(out)
        at, number = end, number + 1


def _framed(key: bytes, piece: bytes, bound_to: bytes) -> bytes:
    sealed = seal_bytes(key, piece, bound_to)
    return len(sealed).to_bytes(4, "big") + sealed


def _even(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of CHUNK, at least one."""
    held, given = bytearray(), False
    for chunk in chunks:
        held += chunk
        while len(held) > CHUNK:
            yield bytes(held[:CHUNK])
            del held[:CHUNK]
            given = True
    if held or not given:
        yield bytes(held)
