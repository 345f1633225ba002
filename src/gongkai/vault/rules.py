"""Why somebody may look: a reason that says something and tells nothing. No Django."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from gongkai.core.errors import Refused
from gongkai.core.text.fold import fold

LEAST_REASON, LONGEST_REASON = 4, 200


class Purpose(StrEnum):
    """What the program itself opens an identity for. Each with the fields that it needs and no others."""

    LETTER = "letter"  # a statutory letter names whom it is to (制作文书)
    DELIVERY = "delivery"  # an envelope, a message, a receipt of service (送达)


NEEDS: dict[Purpose, frozenset[str]] = {
    Purpose.LETTER: frozenset({
        "name", "organisation", "legal_representative", "contact_name", "agent_name", "address", "postcode",
    }),
    Purpose.DELIVERY: frozenset({
        "name", "organisation", "contact_name", "agent_name", "address", "agent_address", "postcode", "phone",
        "contact_phone", "agent_phone", "email", "fax",
    }),
}


def reason(said: str, identity: Iterable[str]) -> str:
    """The reason as it is recorded. It stays in the ledger for ever, so it must not name the person, however written:
    with spaces, marks without width, full-width digits or dashes in between.

    Source: 个人信息保护法 Arts. 6, 34 (purpose, necessity). Raises Refused: reason-needed, reason-too-long,
    reason-personal.
    """
    said = " ".join(said.split())
    if len(said) < LEAST_REASON:
        raise Refused("reason-needed", "请写明理由，至少 %(least)s 个字；没有显示任何内容", least=LEAST_REASON)
    if len(said) > LONGEST_REASON:
        raise Refused("reason-too-long", "理由不能超过 %(most)s 个字", most=LONGEST_REASON)
    told = _bare(said)
    if any(len(word) > 1 and word in told for word in map(_bare, identity)):
        raise Refused("reason-personal", "理由会长期留在台账里，请不要写申请人的姓名、证件号码、电话或地址")
    return said


def _bare(text: str) -> str:
    """Letters and digits alone, in one spelling."""
    return "".join(letter for letter in fold(text).casefold() if letter.isalnum())


def purpose(wanted: Iterable[str], what: Purpose) -> None:
    """Refuse fields that a purpose does not need. Raises Refused "purpose-field"."""
    beyond = sorted(set(wanted) - NEEDS[what])
    if beyond:
        raise Refused("purpose-field", "制作文书或送达用不到这些身份信息：%(fields)s", fields="、".join(beyond))
