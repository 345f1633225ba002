"""Bank cards (Luhn's check digit, ISO/IEC 7812) and account numbers that the text calls so.

Accounts of organs and companies stand in every notice of tender and have no check digit; they warn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.core.screening.model import Kind
from gongkai.core.screening.personal.around import around, before
from gongkai.core.screening.personal.digits import Window, odd_runs, runs, window, windows
from gongkai.core.screening.personal.hit import Hit, hit
from gongkai.core.screening.personal.view import View

_SIZES = (16, 17, 18, 19)
_NAMED = re.compile(r"[账帐][号户]|卡号|银行卡|一卡通|存折|社保卡|惠农卡|开户|收款|打卡|卡[:：]|CARD|ACCOUNT", re.I)
_LABEL = re.compile(r"(?:账[号户]|帐[号户]|卡号|银行卡号?|存折号?|一卡通)[^0-9\n]{0,12}$")
_PUBLIC = re.compile(
    "公司|财政|专户|户名|基本户|对公|单位|政府|委员会|中心|学校|医院|保证金|国库|非税|集团|合作社|[局院所厂]"
)
_OWN = re.compile("户主|姓名|持卡人|个人|本人|农户|补贴|补助|补偿|身份证|工资|低保")
_ACCOUNT, _GROUPS = (12, 25), 7  # digits of an account in groups, and how many groups
_POWER = re.compile(r"(?<![0-9.])(6\.2[0-9]{3,17})[Ee]\+?(15|16|17|18)(?![0-9])")
_OTHER = re.compile(r"(?:识别码|代码|单号|票号|文号|流水号|项目编?号|校验码|条码)[:：为是 ]{0,2}$")
_DECIMAL = re.compile(r"[0-9]\.$")


def luhn(digits: str) -> bool:
    """True when the last digit is Luhn's for those before it."""
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if at % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def find(seen: View, context: str) -> Iterator[Hit]:
    """Card and account numbers. `context`: the head of the column or the label beside a cell."""
    text = seen.text
    for run in runs(text):
        if sum(len(group.digits) for group in run) < 8:
            continue
        for part in windows(text, run, _SIZES, luhn):
            if len(set(part.digits)) > 1 and not part.amount and not _DECIMAL.search(before(text, part.start, 2)):
                yield from _card(seen, part, context)
        if 1 < len(run) <= _GROUPS and _LABEL.search(before(text, run[0].start, 16)):
            whole = window(text, run)
            if whole.regular and not whole.amount and _ACCOUNT[0] <= len(whole.digits) <= _ACCOUNT[1]:
                yield hit(Kind.BANK_CARD, "account_doubtful", seen, whole.start, whole.stop, first=0, last=4)
        for group in run:
            if 8 <= len(group.digits) <= 25 and _is_labelled(text, group.start, context):
                yield hit(Kind.BANK_CARD, "account_doubtful", seen, group.start, group.stop, first=0, last=4)
    for run in odd_runs(text):
        for part in windows(text, run, _SIZES, luhn):
            if part.odd and part.alike and len(set(part.digits)) > 1:
                yield from _card(seen, part, context)
    for found in _POWER.finditer(text):
        yield hit(Kind.BANK_CARD, "account_doubtful", seen, found.start(1), found.end(1), first=2, last=0)


def _card(seen: View, part: Window, context: str) -> Iterator[Hit]:
    said = before(seen.text, part.start, 24)
    if _OTHER.search(said):
        return
    named = bool(_NAMED.search(f"{context} {said}"))
    if not named and not _is_issuer(part.digits):
        return
    if not named and len(part.gaps) > 1 and all("\n" in gap for gap in part.gaps):
        return  # figures one below the other
    like_cards = part.alike and 1 in {len(set(part.sizes[:-1])), len(set(part.sizes[1:]))}
    in_groups = part.whole or like_cards or len(part.sizes) == 2
    if not (in_groups or (named and len(part.sizes) <= 5)) or (part.single and not named and part.digits[0] != "6"):
        return
    words = f"{context} {around(seen.text, part.start, part.stop)}"
    public = named and _PUBLIC.search(words) and not _OWN.search(words) and not part.digits.startswith("62")
    case = "account_office" if public else "bank_card"
    yield hit(Kind.BANK_CARD, case, seen, part.start, part.stop, first=0, last=4)


def _is_issuer(digits: str) -> bool:
    """Numbers that cards of Chinese banks have: 62… of 16 to 19 digits, and 16 digits of Visa and Mastercard."""
    if digits.startswith("62"):
        return True
    if len(digits) == 16:
        return digits[0] == "4" or digits[:2] in {"51", "52", "53", "54", "55"}
    return len(digits) == 19 and digits.startswith(("9558", "6013", "9559", "6858", "9400"))


def _is_labelled(text: str, start: int, context: str) -> bool:
    lone = start == 0 or not before(text, start, 12).strip()
    return bool(_LABEL.search(before(text, start, 16)) or (lone and _NAMED.search(context)))
