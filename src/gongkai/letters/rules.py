"""Pure decisions about letters: document numbers, codes, states. No Django."""

from __future__ import annotations

import re
import secrets

from gongkai.core.errors import Refused

# Without 0/O, 1/I/L: what a person reads from paper and types. 31 letters, 16 places: 79 bits.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PLACES, GROUP = 16, 4
LONGEST_WORD = 12
LONGEST_REASON = 300


def prefix(agency_word: str, kind_word: str) -> str:
    """青民 or 青民公, with 公复 → 青民公复: a letter that both end and begin with is written once."""
    agency_word, kind_word = agency_word.strip(), kind_word.strip()
    if agency_word and kind_word and agency_word[-1] == kind_word[0]:
        return agency_word + kind_word[1:]
    return agency_word + kind_word


def number(prefix_: str, year: int, serial: int) -> str:
    """青民公复〔2026〕1号 (GB/T 9704: the year in 〔〕, the serial without leading zeros and without 第)."""
    return f"{prefix_}〔{year}〕{serial}号"


def check_word(word: str) -> str:
    """The word of a kind in document numbers, as an office chose it. Raises Refused: number-word."""
    word = word.strip()
    if not re.fullmatch(rf"[\u4e00-\u9fff]{{1,{LONGEST_WORD}}}", word):
        raise Refused("number-word", "文种代字应为 1 至 %(most)s 个汉字，没有保存", most=LONGEST_WORD)
    return word


def check_reason(reason: str) -> str:
    """Why a letter is void. Raises Refused: reason-needed, reason-too-long."""
    reason = reason.strip()
    if not reason:
        raise Refused("reason-needed", "作废须写明理由，文书没有变动")
    if len(reason) > LONGEST_REASON:
        raise Refused("reason-too-long", "作废理由不能超过 %(most)s 个字，文书没有变动", most=LONGEST_REASON)
    return reason


def new_code() -> str:
    """A code that nobody can guess, without its hyphens."""
    return "".join(secrets.choice(ALPHABET) for _ in range(PLACES))


def shown_code(code: str) -> str:
    """ABCDEFGHJKMNPQRS → ABCD-EFGH-JKMN-PQRS."""
    return "-".join(code[at:at + GROUP] for at in range(0, len(code), GROUP))


def typed_code(typed: str) -> str:
    """What a person typed or scanned, as it is stored; a code that cannot be one becomes one that no letter has.

    The same look-up follows either way, so that an answer tells nothing by its time.
    """
    folded = "".join(
        chr(ord(char) - 0xFEE0) if "\uff01" <= char <= "\uff5e" else char for char in typed[:200]
    ).upper()
    bare = re.sub(r"[\s\-‐-―−]", "", folded)
    return bare if len(bare) == PLACES and set(bare) <= set(ALPHABET) else "0" * PLACES
