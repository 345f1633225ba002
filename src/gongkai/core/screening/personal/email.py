"""Addresses of e-mail, also with another mark or a word in the place of the @ and the dots.

An office's own domain is no finding; an office at a public provider warns. What is no @ makes an address only before a
provider of mail or behind a word about mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.core.screening.model import Kind
from gongkai.core.screening.personal.around import around, before, is_office
from gongkai.core.screening.personal.hit import Hit, hit
from gongkai.core.screening.personal.surnames import SURNAMES
from gongkai.core.screening.personal.view import View

_OPEN, _CLOSE = r"[\[({<【〔「〈《]", r"[\])}>】〕」〉》]"
_AT = rf"@|{_OPEN}\s?(?:@|at|a)\s?{_CLOSE}|#at#"
# Only where the rest speaks for it: zhang#163.com, zhang at 163.com.
_ODD_AT = r"[#*&$%^!~=|ⓐⒶ]|#@|\s?(?:艾特|小老鼠|圈[aA]?|爱特)\s?|[_\-\s]at[_\-\s]"
_DOT = rf"\.|[。·•，,](?=\s?(?:com|cn|net))|{_OPEN}\s?(?:\.|dot|点)\s?{_CLOSE}|点|[\s_\-]dot[\s_\-]"
_TOP = (
    "com|cn|net|org|gov|edu|info|cc|vip|me|io|hk|tw|mo|top|xyz|mobi|co|tv|biz|ltd|tech|site|online|club|email|wang|work|asia"
    "|公司|网络|中国"
)
_LOCAL = r"(?<![A-Za-z0-9._%+\-])([A-Za-z0-9_][A-Za-z0-9._%+\-]{0,63})"
_DOMAIN = rf"((?:[A-Za-z0-9\-]{{1,63}}\s?(?:{_DOT})\s?){{1,5}}(?:{_TOP}))(?![A-Za-z0-9])"
_EMAIL = re.compile(rf"{_LOCAL}\s{{0,2}}(?:{_AT})\s{{0,2}}{_DOMAIN}", re.I)
_ODD = re.compile(
    rf"(?<![A-Za-z0-9.%+])([A-Za-z0-9][A-Za-z0-9.+\-]{{0,63}}?(?:_[A-Za-z0-9]{{1,30}})?)\s?(?:{_ODD_AT})\s?{_DOMAIN}",
    re.I,
)
_SPACED = re.compile(  # z h a n g @ 1 6 3 . c o m
    r"(?<![A-Za-z0-9])((?:[A-Za-z0-9._+\-] ){2,40}@(?: [A-Za-z0-9.\-]){2,40})(?![A-Za-z0-9])"
)
_PROVIDER = re.compile(
    r"(?:vip)?\W{0,3}(?:163|126|188|139|189|qq|foxmail|sina|sohu|gmail|outlook|hotmail|live|msn|yahoo|yeah|aliyun|icloud|tom|21cn|wo|263)"
    r"(?![A-Za-z0-9])", re.I,
)
_NO_NAME = "局委办厅处科股所站院校会室部中心司位组队台网社联馆库园区县市镇乡村街道务政府公共服事业管理监督项目单总"
_OWN = re.compile(
    rf"(?<![\u4e00-\u9fff])[{SURNAMES}][^\W\d_A-Za-z{_NO_NAME}]{{2}}(?:的)?(?:个人)?(?:电子)?(?:邮箱|邮件|E-?mail)(?:地址|号)?[^\w]{{0,2}}[是为]?[^\w]{{0,2}}$"
    r"|(?:我|本人|申请人|投诉人|举报人|信访人|家属|个人)的?(?:个人|私人|家里|家庭)?(?:电子)?(?:邮箱|邮件)(?:地址|号)?[^\w]{0,2}[是为]?[^\w]{0,2}$",
    re.I,
)
_NAMED = re.compile("邮箱|邮件|电邮|E-?MAIL|(?:换|改|替换)[成为]?@", re.I)
TAIL = "[.。．点·•，,][ ]?(?:com|cn|net|org)|dot|ｃｏｍ|ｃｎ|ｎｅｔ"  # some of this, or an @, stands in every address
_TAIL = re.compile(TAIL, re.I)
_REACH = 100  # characters before the end of an address
_HAS_AT = re.compile(rf"@|{_OPEN}\s?at?\s?{_CLOSE}|#at#", re.I)


def find(seen: View, context: str, own_domains: tuple[str, ...]) -> Iterator[Hit]:
    """Addresses outside `own_domains`."""
    text = seen.text
    if _HAS_AT.search(text):
        for found in _EMAIL.finditer(text):
            yield from _told(seen, found, context, own_domains)
    done = 0
    for tail in _TAIL.finditer(text):  # rare in a text, unlike what may stand before it
        for found in _ODD.finditer(text, max(done, tail.start() - _REACH), tail.end() + 8):
            done = found.end()
            named = _NAMED.search(f"{context} {around(text, found.start(), found.end(), 30)}")
            if named or _PROVIDER.match(found[2]):
                yield from _told(seen, found, context, own_domains)
    for found in _SPACED.finditer(text):
        if _EMAIL.fullmatch(found[1].replace(" ", "")):
            yield hit(Kind.EMAIL, "email", seen, found.start(1), found.end(1), first=1, last=0)


def _told(seen: View, found: re.Match[str], context: str, own_domains: tuple[str, ...]) -> Iterator[Hit]:
    domain = re.sub(rf"\s?(?:{_DOT})\s?", ".", found[2], flags=re.I).lower()
    if domain.endswith(".gov") and seen.text[found.end():found.end() + 3].lower() == ".cn":
        return  # …gov.cn with something glued to it
    if any(domain == own or domain.endswith(f".{own}") for own in own_domains):
        return
    words = f"{context} {around(seen.text, found.start(), found.end())}"
    own = _OWN.search(before(seen.text, found.start(1), 14))  # 何海涛邮箱 …
    case = "email_office" if is_office(words) and not own else "email"
    yield hit(Kind.EMAIL, case, seen, found.start(1), found.end(1), first=1, last=0)
