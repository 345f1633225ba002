"""Identity numbers: 18 characters with a check digit (GB 11643-1999), the 15 digits before 1999, and numeric forms.

The check digit cuts false alarms elevenfold. A number whose region and date are plausible and whose check digit is
wrong may be a serial number: it warns, unless the text calls it an identity number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai.core.screening.model import Kind
from gongkai.core.screening.personal.digits import Window, lonely, odd_runs, runs, windows
from gongkai.core.screening.personal.hit import Hit, hit
from gongkai.core.screening.personal.view import View

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_PROVINCES = frozenset(
    str(code) for first, count in ((11, 5), (21, 3), (31, 7), (41, 6), (50, 5), (61, 5), (71, 1), (81, 3))
    for code in range(first, first + count)
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2049
_NAMED = re.compile(
    "身份证|身份号|证件号|证件编号|公民身份|居民证|有效证件|证照号|SFZ|ID ?(?:NO|NUMBER|CARD|号)", re.I
)
_LABEL = re.compile(r"(?:身份证|身份号|证件号|公民身份)[^0-9]{0,10}$")
_CROSS = re.compile(r"[ \t\r\n._·*\-]{0,2}[Xx](?![A-Za-wyz])")
_ODD_CROSS = re.compile(r" ?[^\w\s]{0,2} ?[Xx](?![A-Za-wyz])")
_PAPERS = re.compile(
    r"(?:军官证|士兵证|士官证|文职干部证|警官证|军人证)(?:件)?(?:号码?|编号)?[:：为是(（ ]{0,3}"
    r"((?:[\u4e00-\u9fff]{1,2}字)?(?:第)?[0-9]{5,12}(?:号)?)"
    r"|永久居留(?:身份)?证(?:件)?(?:号码?)?[:：为是(（ ]{0,3}"
    r"([A-Z]{3}[0-9]{12}|9[0-9]{16}[0-9X])(?![0-9A-Z])"
    r"|(?:香港|澳门|港澳)(?:居民|永久性居民)?身份证(?:件)?(?:号码?)?[:：为是(（ ]{0,3}"
    r"([A-Z]{0,2}[0-9]{6,7}\s?\(?[0-9A]\)?)(?![0-9A-Z])",
    re.I,
)
_LONGER = (19, 30)  # digits of the numbers of certificates that hold an identity number
_TAIL = re.compile(r"[Xx](?:[0-9]{2}(?:[Bb][0-9]{1,2})?)?(?![0-9A-Za-z])")
_POWER = re.compile(r"(?<![0-9.])([1-9]\.[0-9]{3,17})[Ee]\+?(17)(?![0-9])")
_KNOWN_SHAPES = frozenset({(6, 8, 4), (6, 4, 4, 4), (6, 4, 2, 2, 4), (3, 3, 4, 4, 4), (6, 4, 4, 3), (6, 8, 3)})


def check_digit(first: str) -> str:
    """The eighteenth character for seventeen digits."""
    return _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first, strict=True)) % 11]


def is_plausible(digits: str) -> bool:
    """True when region and date of birth of an 18-character number (or its first 14 digits) can be."""
    province = digits[1:3] if digits[0] == "9" else digits[:2]  # 9: permanent residents from abroad
    return province in _PROVINCES and _is_date(digits[6:14])


def find(seen: View, context: str) -> Iterator[Hit]:
    """Identity numbers in a text. `context`: the head of the column or the label beside a cell."""
    text = seen.text
    for run in runs(text):
        if sum(len(group.digits) for group in run) < 15:
            continue
        for part in windows(text, run, (17, 18), is_plausible):
            if len(part.digits) == 18:
                yield from _eighteen(seen, part, part.stop, part.digits, context)
            elif part.stop == run[-1].stop and (cross := _CROSS.match(text, part.stop)):
                if "\n" in cross[0] and check_digit(part.digits) != "X":
                    continue  # the next line begins with a word
                yield from _eighteen(seen, part, cross.end(), f"{part.digits}X", context)
        for part in windows(text, run, (15,), _is_old) if len(run) > 1 else ():
            if not part.whole:
                yield from _fifteen_in_groups(seen, part, context)
        for group in run:
            if len(group.digits) == 15:
                yield from _fifteen(seen, group.start, group.stop, context)
            elif len(group.digits) == 18 and not is_plausible(group.digits):
                yield from _impossible(seen, group.start, group.stop, context)
            elif len(group.digits) == 29:
                yield from _glued(seen, group.start, group.digits)
            elif _LONGER[0] <= len(group.digits) <= _LONGER[1]:
                yield from _within(seen, group.start, group.stop)
    yield from _odd(seen)
    yield from _powers(seen)
    yield from _other_papers(seen)


def _odd(seen: View) -> Iterator[Hit]:
    """330106~19800101~1235: between odd marks only a number whose check digit is right."""
    for run in odd_runs(seen.text):
        for part in windows(seen.text, run, (17, 18), is_plausible):
            if not part.odd or not _is_shape(part):
                continue
            digits, stop = part.digits, part.stop
            if len(digits) == 17 and (cross := _ODD_CROSS.match(seen.text, stop)):
                digits, stop = f"{digits}X", cross.end()
            if len(digits) == 18 and check_digit(digits[:17]) == digits[17]:
                yield hit(Kind.ID_NUMBER, "id_number", seen, part.start, stop, first=2, last=3)


def _eighteen(seen: View, part: Window, stop: int, digits: str, context: str) -> Iterator[Hit]:
    start = part.start
    named = bool(_NAMED.search(f"{context} {seen.text[max(0, start - 24):start]}"))
    if not _is_shape(part) and not named:
        return
    if check_digit(digits[:17]) == digits[17]:
        case = "id_number"
    elif named:
        case = "id_named"
    elif not part.whole or _follows_decimal(seen.text, start):
        return
    else:
        case = "id_rounded" if digits.endswith("000") else "id_doubtful"
    yield hit(Kind.ID_NUMBER, case, seen, start, stop, first=2, last=3)


def _impossible(seen: View, start: int, stop: int, context: str) -> Iterator[Hit]:
    """Eighteen digits that no region or no calendar has, but that the text labels an identity number."""
    if _LABEL.search(seen.text[max(0, start - 16):start]) or (_NAMED.search(context) and start == 0):
        yield hit(Kind.ID_NUMBER, "id_doubtful", seen, start, stop, first=2, last=3)


def _is_shape(part: Window) -> bool:
    sizes = part.sizes if len(part.digits) == 18 else (*part.sizes[:-1], part.sizes[-1] + 1)  # X is one of its group
    return part.regular or len(sizes) <= 3 or sizes in _KNOWN_SHAPES


def _follows_decimal(text: str, start: int) -> bool:
    return text[max(0, start - 2):start].endswith(".") and text[max(0, start - 2):start][0].isdecimal()


def _fifteen(seen: View, start: int, stop: int, context: str) -> Iterator[Hit]:
    digits = seen.text[start:stop]
    if digits[:2] not in _PROVINCES or not _is_date(f"19{digits[6:12]}") or _follows_decimal(seen.text, start):
        return
    named = _NAMED.search(f"{context} {seen.text[max(0, start - 24):start]}")
    yield hit(Kind.ID_NUMBER, "id_old_named" if named else "id_old", seen, start, stop, first=2, last=3)


def _is_old(digits: str) -> bool:
    return digits[:2] in _PROVINCES and _is_date(f"19{digits[6:12]}")


def _fifteen_in_groups(seen: View, part: Window, context: str) -> Iterator[Hit]:
    named = _NAMED.search(f"{context} {seen.text[max(0, part.start - 24):part.start]}")
    if named and part.regular:
        yield hit(Kind.ID_NUMBER, "id_old_named", seen, part.start, part.stop, first=2, last=3)
        return
    usual = part.sizes in {(6, 6, 3), (6, 9), (12, 3)} or (part.broken and len(part.sizes) == 2)
    if usual and part.regular and lonely(seen.text, part.start, part.stop):
        yield hit(Kind.ID_NUMBER, "id_old", seen, part.start, part.stop, first=2, last=3)


def _other_papers(seen: View) -> Iterator[Hit]:
    """Papers of soldiers, of foreigners who live here and of residents of Hong Kong, where the words name them."""
    for found in _PAPERS.finditer(seen.text) if "证" in seen.text else ():
        group = next(at for at in (1, 2, 3) if found[at])
        yield hit(Kind.ID_NUMBER, "id_named", seen, found.start(group), found.end(group), first=1, last=2)


def _glued(seen: View, start: int, digits: str) -> Iterator[Hit]:
    """An identity number and a mobile number with nothing between them."""
    for at in (0, 11):
        number, mobile = digits[at:at + 18], digits[18:] if at == 0 else digits[:11]
        if re.fullmatch("1[3-9][0-9]{9}", mobile) and is_plausible(number) and check_digit(number[:17]) == number[17]:
            yield hit(Kind.ID_NUMBER, "id_number", seen, start + at, start + at + 18, first=2, last=3)
            other = start + (18 if at == 0 else 0)
            yield hit(Kind.PHONE, "mobile", seen, other, other + 11, first=3, last=4)
            return


def _within(seen: View, start: int, stop: int) -> Iterator[Hit]:
    """The number of a certificate (残疾人证: two digits more; 医师资格证书: eight or nine before) around an identity
    number whose check digit is right. The whole is masked."""
    digits = seen.text[start:stop]
    tail = _TAIL.match(seen.text, stop)
    whole = f"{digits}X" if tail else digits
    for at in range(len(whole) - 17):
        part = whole[at:at + 18]
        edge = at == 0 or at + 18 == len(whole)
        if edge and len(whole) != 19 and is_plausible(part) and check_digit(part[:17]) == part[17]:
            yield hit(Kind.ID_NUMBER, "id_number", seen, start, tail.end() if tail else stop, first=2, last=3)
            return


def _powers(seen: View) -> Iterator[Hit]:
    """Numbers as a spreadsheet shows or keeps them: 3.30106198001011E+17."""
    for found in _POWER.finditer(seen.text):
        digits = found[1].replace(".", "")
        if digits[:2] not in _PROVINCES:
            continue
        if len(digits) >= 14:
            if is_plausible(digits):
                yield hit(Kind.ID_NUMBER, "id_rounded", seen, found.start(1), found.end(1), first=2, last=0)
        else:
            yield hit(Kind.ID_NUMBER, "id_display", seen, found.start(1), found.end(1), first=2, last=0)


def _is_date(digits: str) -> bool:
    try:
        return _FIRST_YEAR <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).year <= _LAST_YEAR
    except ValueError:
        return False
