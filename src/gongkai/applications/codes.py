"""The secret code with which an applicant follows an application: made from the form's token, never stored.

Twelve characters of the alphabet of Crockford's base 32 (no I, L, O, U), 60 bits under the installation's key. What
stands in the row is a keyed digest of the code, so that neither the database nor its backup tells a code. When the
installation's key changes, codes that were handed out go on working: every key at hand is tried.
"""

from __future__ import annotations

import unicodedata
from uuid import UUID

from gongkai.applications.models import Application
from gongkai.core.errors import Refused
from gongkai.infra.keys import Key, Keyring, keyring

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011")
_CODE, _DIGEST = "tracking code", "tracking digest"
LENGTH, GROUP = 12, 4


def made(token: UUID, key: Key | None = None) -> str:
    """The code that belongs to a token: XXXX-XXXX-XXXX."""
    number = int(Keyring((key or keyring().first,)).digest(str(token), purpose=_CODE)[:15], 16)  # 60 bits
    text = "".join(_ALPHABET[number >> (5 * at) & 31] for at in range(LENGTH))
    return "-".join(text[at:at + GROUP] for at in range(0, LENGTH, GROUP))


def digest(code: str, key: Key | None = None) -> str:
    """What is stored of a code, however it was typed."""
    return Keyring((key or keyring().first,)).digest(plain(code), purpose=_DIGEST)


def digests(code: str) -> tuple[str, ...]:
    """The digest under every key at hand: what to look for."""
    return tuple(digest(code, key) for key in keyring().keys)


def plain(code: str) -> str:
    """A code as it was typed, without spaces and dashes; O for zero, I and L for one, full width and lower case."""
    folded = unicodedata.normalize("NFKC", code).upper().translate(_READ_AS)
    return "".join(character for character in folded if character in _ALPHABET)[:64]


def code_for(application: Application) -> str:
    """The code of an application; the pieces of a split one share the code of the whole.

    Raises Refused: code-none for one that was imported, code-lost when the key of the code is no longer at hand.
    """
    whole = application
    while whole.token is None and whole.split_from is not None:
        whole = whole.split_from
    if whole.token is None:
        raise Refused("code-none", "这件申请是从台账导入的，没有查询码")
    for key in keyring().keys:
        code = made(whole.token, key)
        if application.code_digest in digests(code):
            return code
    raise Refused("code-lost", "这件申请的查询码是用已经停用的密钥生成的，无法再次打印；申请人手中的查询码仍然有效")
