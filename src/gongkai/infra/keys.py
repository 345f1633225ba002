"""Keys that never stand in the database, and the one cipher that uses them: SM4-GCM (GB/T 32907, GM/T 0009 family).

Each purpose has a key of its own, derived by HKDF from the installation's key, so that what is sealed for one
purpose cannot be opened for another and an index never shares a key with a cipher. A sealed value begins with the id
of its key: several keys may be at hand, the first seals, all open.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from gongkai.core.errors import Refused

KEY_BYTES = 16
NONCE_BYTES = 12  # 96 bits, random for every value
TAG_BYTES = 16


def derive(key: bytes, purpose: str, length: int = KEY_BYTES) -> bytes:
    """A key for one purpose: HKDF over SM3, the purpose as its context."""
    return HKDF(algorithm=hashes.SM3(), length=length, salt=None, info=f"gongkai {purpose}".encode()).derive(key)


def seal_bytes(key: bytes, data: bytes, bound_to: bytes) -> bytes:
    """Nonce, ciphertext and tag. `bound_to` is not kept: who opens must say the same."""
    nonce = os.urandom(NONCE_BYTES)
    cipher = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    cipher.authenticate_additional_data(bound_to)
    return nonce + cipher.update(data) + cipher.finalize() + cipher.tag


def open_bytes(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    """The opposite of seal_bytes. Raises Refused "vault-damaged" for one bit that differs anywhere."""
    nonce, body, tag = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:-TAG_BYTES], sealed[-TAG_BYTES:]
    try:
        cipher = Cipher(algorithms.SM4(key), modes.GCM(nonce, tag)).decryptor()
        cipher.authenticate_additional_data(bound_to)
        return cipher.update(body) + cipher.finalize()
    except (InvalidTag, ValueError) as error:
        raise Refused(
            "vault-damaged", "加密保存的内容与登记时不一致，可能被改动或调换，没有打开；请联系系统管理员从备份恢复",
        ) from error


@dataclass(frozen=True, slots=True)
class Key:
    """One key of 16 bytes; `id` names it in what it sealed and tells nothing about it."""

    id: str
    secret: bytes

    def __repr__(self) -> str:
        return f"Key({self.id})"


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys at hand: the first seals, all open."""

    keys: tuple[Key, ...]

    @property
    def first(self) -> Key:
        """The newest key."""
        return self.keys[0]

    def seal(self, data: bytes, *, purpose: str, bound_to: bytes) -> str:
        """Text "<key id>:<base64>" that only a holder of the key can open, for the same purpose and binding."""
        sealed = seal_bytes(derive(self.first.secret, purpose), data, bound_to)
        return f"{self.first.id}:{base64.b64encode(sealed).decode('ascii')}"

    def open(self, token: str, *, purpose: str, bound_to: bytes) -> bytes:
        """The bytes of a token.

        Raises Refused: vault-key when the key that sealed it is not at hand, vault-damaged when the token was changed
        or belongs elsewhere.
        """
        key_id, _, body = token.partition(":")
        try:
            sealed = base64.b64decode(body, validate=True)
        except ValueError:
            sealed = b""
        if base64.b64encode(sealed).decode("ascii") != body:
            sealed = b""  # the last characters of base64 may be written in several ways; only ours is ours
        return open_bytes(derive(self.find(key_id).secret, purpose), sealed, bound_to)

    def find(self, key_id: str) -> Key:
        """The key of an id. Raises Refused "vault-key" when it is not at hand."""
        for key in self.keys:
            if key.id == key_id:
                return key
        raise Refused(
            "vault-key", "现有密钥打不开这份加密资料：它是用另一把密钥（%(key)s）保存的。资料没有改动，"
            "请系统管理员把那把密钥加回 GONGKAI_VAULT_KEY", key=key_id[:16] or "—",
        )

    def fresh(self, token: str) -> bool:
        """Whether a token was sealed with the newest key."""
        return token.startswith(f"{self.first.id}:")

    def digest(self, text: str, *, purpose: str) -> str:
        """HMAC-SM3 in hex under a key derived from the newest key: equal texts give equal digests, nothing else."""
        mac = hmac.HMAC(derive(self.first.secret, purpose, 32), hashes.SM3())
        mac.update(text.encode())
        return mac.finalize().hex()


def keyring(keys: Iterable[bytes] | None = None) -> Keyring:
    """The keys of the settings (GONGKAI_VAULT_KEYS), or those given."""
    return _ring(tuple(settings.GONGKAI_VAULT_KEYS if keys is None else keys))


@cache
def _ring(keys: tuple[bytes, ...]) -> Keyring:
    return Keyring(tuple(Key(derive(key, "key id", 4).hex(), key) for key in keys))
