"""Whoever asked, as words to keep out of a text: for publication (Art. 44), letters to others, the ledger."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.applications.models import Application
from gongkai.core.errors import Refused
from gongkai.core.text.redact import Leak, Token, TokenKind, leaks, remove_tokens
from gongkai.vault.models import Sealed
from gongkai.vault.queries import personal

_KIND_OF: dict[str, TokenKind] = {
    "name": "name", "legal_representative": "name", "contact_name": "name", "agent_name": "name",
    "id_number": "id_number", "agent_id_number": "id_number", "credit_code": "id_number",
    "phone": "phone", "contact_phone": "phone", "agent_phone": "phone", "fax": "phone",
    "address": "address", "agent_address": "address", "email": "email", "organisation": "organisation",
}
TOKEN_NAMES: dict[str, str] = {
    "name": "姓名", "id_number": "证件号码", "phone": "电话", "address": "地址", "email": "电子邮箱",
    "organisation": "单位名称",
}
LONGEST_REMARK = 300  # characters of an office's remark in the ledger


def tokens_of(application: Application) -> tuple[Token, ...]:
    """Everything that tells who the applicant is. Show none of it. Raises Refused: vault-key, vault-damaged."""
    return tokens_in([application.identity])


def all_tokens_of(application: Application) -> tuple[Token, ...]:
    """The applicant and the third parties who are persons: nobody of a case stays in a text for everybody."""
    asked = application.consultations.filter(party_identity__isnull=False).select_related("party_identity")
    return tokens_in([application.identity, *(consultation.party_identity for consultation in asked)])


def for_ledger(application: Application, text: str) -> str:
    """An office's remark as the ledger keeps it for ever: short, without anybody of the case."""
    return remove_tokens(" ".join(text.split()), all_tokens_of(application)).text[:LONGEST_REMARK]


def unnamed(application: Application, text: str, what: str) -> str:
    """The text, when it may go to others. Raises Refused "names-applicant" where it tells who asked (Art. 32)."""
    found = [leak for leak in leaks(text, tokens_of(application)) if leak.certain]
    if found:
        raise Refused(
            "names-applicant",
            "%(what)s里有申请人的%(kinds)s，不能告诉他人，没有保存；请改写后再办（出现在：%(places)s）",
            what=what, kinds=kinds_of(found), places=places_of(found),
        )
    return text


def kinds_of(found: Iterable[Leak]) -> str:
    """姓名、电话: the kinds in words, each once."""
    return "、".join(dict.fromkeys(TOKEN_NAMES[leak.kind] for leak in found))


def places_of(found: Iterable[Leak], most: int = 5) -> str:
    """Where they stand, with the words themselves masked."""
    return "；".join(f"“…{leak.excerpt}…”" for leak in list(found)[:most])


def tokens_in(identities: Iterable[Sealed | None]) -> tuple[Token, ...]:
    """What of these identities must not stand in a public text."""
    found: dict[Token, None] = {}
    for sealed in identities:
        if sealed is not None and sealed.destroyed_at is None:
            for field, value in personal(sealed).items():
                if len(value.strip()) > 1:
                    found[Token(_KIND_OF[field], value.strip())] = None
    return tuple(found)
