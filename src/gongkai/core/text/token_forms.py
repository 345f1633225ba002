"""The forms in which a token may stand in a text, as patterns over squeezed text (see `redact`)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Literal, NamedTuple

from gongkai.core.text.fold import fold
from gongkai.core.text.tokens import Token, TokenKind

Reading = Literal["words", "number", "masked"]


class Form(NamedTuple):
    """A pattern and how the text is read for it: "words" without white space and joiners, "number" also without
    brackets and with Chinese digits as digits, "masked" the same with asterisks and hyphens kept. A group, where there
    is one, is what goes. `in_context`: only where the text around speaks of a person; `doubtful`: only reported."""

    kind: TokenKind
    pattern: re.Pattern[str]
    reading: Reading = "words"
    in_context: bool = False
    doubtful: bool = False


DIGITS = str.maketrans("零〇○一二三四五六七八九", "000123456789")
NAME_CONTEXT_BEFORE = re.compile(
    r"(?:申请人|姓名|名字|我叫|我是|联系人|收件人|签名|签字|落款|本人|代理人|经办人)[:是为]?$"
)
NAME_CONTEXT_AFTER = re.compile(
    r"先生|女士|小姐|同志|本人|[,(]?(?:男|女|身份证|电话|手机|联系电话|住址|住在|出生)|(?:申请|要求|请求)(?:人|公开|获取)"
)

_NOISE = re.compile(r"[\s\-‐‑‒–—―−_·•・.~|*]+")
_HONORIFICS = (
    "某某|某人|某先生|某女士|某|先生|女士|小姐|同志|师傅|老师|律师|总经理|经理|老板|主任"
    "|[*]{1,3}|×{1,3}"
)
_DOUBLE_SURNAMES = re.compile(
    "欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|"
    "濮阳|公冶|太叔|申屠|公孙|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|令狐|西门|呼延"
)
_LEGAL_FORMS = re.compile(
    r"(?:有限责任公司|股份有限公司|集团有限公司|有限公司|集团公司|分公司|公司|集团|律师事务所|事务所|合作社|研究院|研究所|协会|基金会)$"
)
_REGION = re.compile(r"^(?:[^\W\d_]{1,8}?(?:自治区|自治州|省|市|县|区|州))+")
_SEGMENT = re.compile(
    r"[^\d]*?(?:自治区|自治州|特别行政区|街道|社区|小区|省|市|县|区|旗|镇|乡|村|组|路|街|巷|弄|里|号院|大厦|花园|苑|园)"
    r"|[^\d]*?[\da-z]+(?:号楼|号院|单元|栋|幢|号|室|楼|层|组|队|弄|户)?|.+"
)
_COARSE = ("省", "市", "县", "区", "旗", "州", "镇", "乡", "街道")
_PLAIN_WORDS = 6  # characters: a name of fewer may be ordinary words
_TAIL_WORDS = r"(?:尾号|尾数|[后末]4位(?:数字?|数字)?)[^0-9]{0,6}"


def forms_of(token: Token, ordinary: Collection[str]) -> Iterator[Form]:
    """Every form of a token. A token without a letter or digit has none."""
    value = _squeezed(token.value)
    if token.kind in {"phone", "id_number"}:
        value = re.sub(r"[()+,/、]", "", value).translate(DIGITS)
    if not re.search(r"\w", value):
        return
    match token.kind:
        case "name":
            yield from _name(value, ordinary)
        case "phone":
            yield from _phone(re.sub(r"^(?:0086|86)(?=1\d{10}$)", "", value))
        case "id_number":
            yield from _id_number(value)
        case "email":
            yield from _email(value)
        case "address":
            yield from _address(value)
        case "organisation":
            yield from _organisation(value)


def _squeezed(value: str) -> str:
    return _NOISE.sub("", fold(value).casefold())


def _exact(kind: TokenKind, value: str, reading: Reading = "words", *, doubtful: bool = False) -> Form:
    return Form(kind, re.compile(re.escape(value)), reading, doubtful=doubtful)


def _name(value: str, ordinary: Collection[str]) -> Iterator[Form]:
    whole = re.compile(re.escape(value))
    if len(value) == 1 or value in ordinary:
        yield Form("name", whole, in_context=True)
        yield Form("name", whole, doubtful=True)
    else:
        yield Form("name", whole)
    if re.fullmatch(r"[\u3400-\u9fff]{2,4}", value):
        length = 2 if len(value) > 2 and _DOUBLE_SURNAMES.match(value) else 1
        surname, given = value[:length], value[length:]
        yield Form("name", re.compile(f"{re.escape(surname)}(?:{_HONORIFICS})"), "masked")
        yield Form("name", re.compile(f"[老小]{re.escape(surname)}(?![\\u3400-\\u9fff])"))
        if len(given) == 2:
            yield _exact("name", given, doubtful=True)


def _phone(value: str) -> Iterator[Form]:
    yield Form("phone", re.compile(f"(?:0086|86)?{re.escape(value)}"), "number")
    local = re.sub(r"^0\d{2,3}(?=\d{7,8}$)", "", value)
    if local != value:
        yield _exact("phone", local, "number")
    yield from _tail_and_mask("phone", value)


def _id_number(value: str) -> Iterator[Form]:
    yield _exact("id_number", value, "number")
    if re.fullmatch(r"\d{17}[\dx]", value):
        yield _exact("id_number", value[:6] + value[8:17], "number")  # the fifteen digits of the old card
        yield _exact("id_number", value[6:14], "number", doubtful=True)  # the day of birth
        born = rf"{value[6:10]}年0?{int(value[10:12])}月0?{int(value[12:14])}日"
        yield Form("id_number", re.compile(born), "number", doubtful=True)
    yield from _tail_and_mask("id_number", value)


def _tail_and_mask(kind: TokenKind, value: str) -> Iterator[Form]:
    if len(value) < 7:
        return
    yield Form(kind, re.compile(f"{_TAIL_WORDS}({re.escape(value[-4:])})"), "number")
    yield Form(kind, re.compile(f"{re.escape(value[:3])}[0-9]{{0,5}}[*×x•·…#-]{{2,}}[0-9x]{{0,4}}"), "masked")
    yield Form(kind, re.compile(f"[*×x•·…#]{{2,}}{re.escape(value[-4:])}"), "masked")


def _email(value: str) -> Iterator[Form]:
    local, _, domain = value.rpartition("@")
    if not local:
        yield _exact("email", value)
        return
    yield Form("email", re.compile(rf"{re.escape(local)}(?:@|[\[(]?at[\])]?|#|艾特){re.escape(domain)}"))
    if len(local) >= 5:
        yield _exact("email", local)


def _organisation(value: str) -> Iterator[Form]:
    """The whole name, and without its legal form. What is left without its place may be plain words (建设工程): short
    ones are only reported."""
    yield _exact("organisation", value)
    short = _LEGAL_FORMS.sub("", value)
    core = _REGION.sub("", short)
    for shortened in sorted({short, core} - {value, ""}):
        if len(shortened) > 1:
            plain = shortened == core and len(shortened) < _PLAIN_WORDS
            yield _exact("organisation", shortened, doubtful=plain)


def _address(value: str) -> Iterator[Form]:
    """The whole, and every part from the road, village or estate down that holds a number. Names of roads and villages
    alone are only reported: the application itself may be about them. Counties and towns alone tell nobody."""
    yield _exact("address", value)
    segments = _SEGMENT.findall(value)
    fine = next((at for at, part in enumerate(segments) if not part.endswith(_COARSE) or part.endswith("小区")), None)
    if fine is None:
        return
    tail = segments[fine:]
    wanted: set[str] = set()
    for start in range(len(tail)):
        for stop in range(start + 1, len(tail) + 1):
            part = "".join(tail[start:stop])
            if re.search(r"\d", part) and (stop - start > 1 or re.match(r"\D{2,}", part)) and len(part) >= 4:
                wanted.add(part)
    for part in sorted(wanted, key=lambda part: (-len(part), part)):
        yield _exact("address", part)
    for part in tail:
        if not re.search(r"\d", part) and len(part) >= 3:
            yield _exact("address", part, doubtful=True)
