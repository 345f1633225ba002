"""Telephones. A mobile number belongs to a person unless the words around say that an office wants to be reached there.

Landlines of offices are meant to be published; they are only noted where the text speaks of a home.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.core.screening.model import Kind
from gongkai.core.screening.personal.around import around, before, is_office, is_private
from gongkai.core.screening.personal.digits import Group, Window, lonely, odd_runs, runs, window, windows
from gongkai.core.screening.personal.hit import Hit, hit
from gongkai.core.screening.personal.surnames import SURNAMES
from gongkai.core.screening.personal.view import View
from gongkai.core.text.patterns import lazy

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_NAMED = re.compile("电话|手机|联系|微信|致电|拨打|TEL|PHONE|MOBILE|CALL", re.I)
_LINE_NAMED = re.compile("电话|手机|联系|致电|拨打|座机|固话|宅电|TEL|PHONE|CALL", re.I)
_OTHER_NUMBER = re.compile(
    r"(?:编号|单号|(?:执法|工作|资格|上岗|警官|许可|从业)证(?:件)?(?:编?号码?)?|工号|识别码|条码|准考证号|订单号?|流水号?|文号|案号|代码|序列号|凭证号?|票号|合同号|项目号|学号|许可证号?|登记号|备案号?|注册号|批号|批次号?|索引号)"
    r"[:：为是 ]{0,2}$"
)
_AMOUNT = re.compile(
    r"(?:\.[0-9]*[1-9])|\.00(?![0-9])|(?:\.0+)?[ ]?(?:万?元|亿|亩|平方|公顷|吨|公里|米|千瓦|度|%(?![0-9])|人次|万)"
)
_DECIMAL = re.compile(r"\.[0-9]")
_UNIT = re.compile(
    r"(?:^|[\s|:：(（/])(?:万|亿|千)?"
    r"(?:吨|元|美元|亩|公顷|平方(?:公里|米)|立方米|公里|千米|千瓦(?:时|小时)?|度|人(?:次)?|户|件|个|辆|台|套)[)）]?$"
)
_MONEY_HEAD = re.compile("金额|[万亿]元|[(（]元[)）]|[总产]值|收入|支出|[预决]算|价款|面积|产量")
_AFTER_NAME = re.compile(rf"(?:^|[^\u4e00-\u9fff])[{SURNAMES}][\u4e00-\u9fff]{{1,2}}[ ,，:：]{{1,2}}$")
# A number over the end of a line, between others: behind an identity number or in brackets.
_IN_ROSTER = re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9X][ \t,，、;；:：/|]{1,3}$|[（(][ ]?$", re.I)
_FEW = 4  # groups
_VARIED = 4  # different digits: a row of a table is mostly noughts
_PREFIXES = ("86", "0086", "086", "17951", "12593")
_SHAPES = frozenset({(3, 4, 4), (4, 4, 3), (4, 3, 4), (3, 8), (7, 4), (3, 3, 5), (11,)})
_HYPHENS = ("", "", "-", "", "", "", "-", "", "", "")  # 1 5 1 - 9 8 4 2 - 3 1 0 0
_POWER = re.compile(r"(?<![0-9.])1\.([3-9][0-9]{9})[Ee]\+?10(?![0-9])")
_MESSENGER = re.compile(
    r"(?<![A-Za-z@.])QQ(?:号码?)?[:：为是 ]{0,3}([1-9][0-9]{4,10})(?![0-9])(?!@)"
    r"|微信(?:号码?|ID)?[:：为是 ]{1,3}([A-Za-z][A-Za-z0-9_\-]{5,19})(?![A-Za-z0-9@.])", re.I,
)
_DASH = r"[\-/.、· ]"
_LOCAL = r"[2-9](?:(?:\r?\n)?[0-9]){6,7}|[2-9][0-9]{2,3}(?:[\- ]|\r?\n)[0-9]{4}|[2-9][0-9]{3}[\- ][0-9]{3}"
_LANDLINE = re.compile(
    rf"(?<![0-9.])(?:\+?86|0086)[\- ]?\(?0?[1-9][0-9]{{1,2}}\)?{_DASH}{{0,3}}({_LOCAL})(?![0-9])"
    rf"|(?<![0-9.])(?:\(?0[1-9][0-9]{{1,2}}\)?(?:{_DASH}{{0,3}}|{_DASH}?\r?\n))({_LOCAL})(?![0-9])"
    r"|(?<![0-9.\-])(?<!转)([2-8][0-9]{6,7})(?![0-9])"
    r"|(?<![0-9.])\(?0 [1-9](?: [0-9]){1,2} ?\)?(?: ?- ?| )([2-9](?: [0-9]){6,7})(?! ?[0-9])"  # letter by letter
)
_HOME = re.compile(
    "家庭(?:电话|座机|固话|号码)|住宅(?:电话|座机|固话)|(?:家[庭中里]?|住宅)的?(?:座机|固定?电话|电话(?!会议|采访|回访|调查))|宅电"
    "|家[里中](?:的)?(?:电话|号码)|(?:私人|个人)(?:联系)?(?:电话|座机|固话)|本人(?:联系)?(?:电话|座机|固话)|患者|申请人|户主"
    "|(?:住宅|宅)[:：]"
)
_CERTAIN_HOME = re.compile(
    "家庭(?:电话|座机|固话)|住宅(?:电话|座机|固话)|宅电|家[里中]的?(?:座机|固话|固定电话|电话)|私人电话|个人联系电话"
    "|(?:住宅|(?<![住豪别])宅)[:：]|(?:住宅|家庭)[)）]"
)
_PERSON = (
    "(?:申请人|信访人|举报人|投诉人|反映人|来信人|来电人|户主|家长|监护人|患者|当事人|本人|配偶|家属|村民|居民|住户|业主|农户|学生"
    "|车主|收款人|持卡人|承租人|产权人|被征收人|求助人|报案人|原告|被告)"
)
_OWN_LINE = lazy(  # a person, and the number that is said to be his
    rf"{_PERSON}[^。;；\n]{{0,14}}$|(?:^|[^\u4e00-\u9fff])[{SURNAMES}][\u4e00-\u9fff]{{1,2}}的?"
    r"(?:[(（,， ]{0,2}(?:座机|固话|宅电|固定电话)|家(?:里)?的?(?:电话|座机|固话)(?:号码)?|家)"
    r"[是为:： ]{0,3}[(（]{0,2}$"
)
_AN_OFFICE = re.compile(
    "咨询|监督|服务|热线|办公|单位|公司|中心|[局委办厅处科股所站院校会][:：,，]|值班|举报电话|投诉电话|受理"
)


def find(seen: View, context: str, *, hidden: bool = False) -> Iterator[Hit]:
    """Mobile numbers, and landlines that are somebody's own. `context`: the head of the column or a label beside."""
    text = seen.text
    for run in runs(text):
        if sum(len(group.digits) for group in run) < 11:
            continue
        for part in windows(text, run, (11,), _is_mobile):
            if _stands(text, part, context):
                yield _mobile(seen, part.start, part.stop, context)
            elif _may_stand(text, part, run):
                yield hit(Kind.PHONE, "mobile_doubtful", seen, part.start, part.stop, first=3, last=4)
        for group in run:
            for prefix in (*_PREFIXES, "0") if not _is_fraction(text, group.start) else ():
                if group.digits.startswith(prefix) and _is_mobile(group.digits[len(prefix):]):
                    yield _mobile(seen, group.start + len(prefix), group.stop, context)
        yield from _cut_prefix(seen, run, context)
    for found in _POWER.finditer(text):
        yield hit(Kind.PHONE, "mobile", seen, found.start(1), found.end(1), first=2, last=4)
    yield from _odd(seen, context)
    yield from _landlines(seen, context, hidden)
    if "微信" in text or "QQ" in text or "qq" in text:
        yield from _messengers(seen)


def _odd(seen: View, context: str) -> Iterator[Hit]:
    """138~1234~5678, 138(1234)5678: the word before makes it a telephone; without one it may be a sum or a list."""
    for run in odd_runs(seen.text):
        if not len(run) <= 11 == sum(len(group.digits) for group in run):
            continue
        part = window(seen.text, run)
        if not (part.odd and _is_mobile(part.digits)):
            continue
        if _NAMED.search(f"{context}{before(seen.text, part.start)}") and (part.alike or len(run) <= _FEW):
            yield _mobile(seen, part.start, part.stop, context)
        elif part.alike and part.sizes == (3, 4, 4):
            yield hit(Kind.PHONE, "mobile_doubtful", seen, part.start, part.stop, first=3, last=4)


def _is_mobile(digits: str) -> bool:
    return _MOBILE.fullmatch(digits) is not None


def _cut_prefix(seen: View, run: Sequence[Group], context: str) -> Iterator[Hit]:
    """86138 1234 5678: the country's code glued to the first group of a number in groups."""
    for first in range(len(run)):
        if not run[first].digits.startswith("861") or len(run[first].digits) >= 13:
            continue
        for last in range(first + 1, min(first + 4, len(run))):
            part = window(seen.text, run[first:last + 1])
            if len(part.digits) == 13 and _is_mobile(part.digits[2:]):
                yield _mobile(seen, part.start + 2, part.stop, context)


def _stands(text: str, part: Window, context: str) -> bool:
    """False for eleven digits that are two numbers side by side, an amount or a part of a decimal."""
    if part.whole:
        if (_MONEY_HEAD.search(context) or _UNIT.search(context)) and not _NAMED.search(context):
            return False  # eleven digits in a column of amounts, or beside their unit
        return not _is_fraction(text, part.start) and not _AMOUNT.match(text, part.stop)
    named = bool(_NAMED.search(context) or _NAMED.search(before(text, part.start, 16)))
    if not named and (part.amount or set(part.gaps) == {", "} or _DECIMAL.match(text, part.stop)):
        return False  # an amount, or figures of a list
    if named and (len(part.sizes) <= 4 or part.single):
        return True
    if part.single:
        # A row of a table may begin with 1 3 0 …: a number that somebody wrote stands right behind its word.
        # Behind a name it is looked at (`_may_stand`).
        plain = len(set(part.gaps)) == 1 or tuple(gap.strip() for gap in part.gaps) == _HYPHENS
        return plain and before(text, part.start, 1) not in {" ", "\t", "\n"}
    if part.broken:
        after_name = _AFTER_NAME.search(before(text, part.start, 8)) and len(part.sizes) == 2
        in_roster = len(part.sizes) == 2 and _IN_ROSTER.search(before(text, part.start, 24))
        return bool(after_name or in_roster) or (lonely(text, part.start, part.stop) and len(part.sizes) <= 3)
    if part.sizes in _SHAPES and len(set(part.gaps)) == 1:
        return part.sizes in {(3, 4, 4), (3, 3, 5)} or lonely(text, part.start, part.stop)
    return len(part.sizes) <= 4 and lonely(text, part.start, part.stop)


def _is_fraction(text: str, start: int) -> bool:
    """True for digits behind the point of a decimal."""
    return text[max(0, start - 1):start] == "." and text[max(0, start - 2):start - 1].isdecimal()


def _may_stand(text: str, part: Window, run: Sequence[Group]) -> bool:
    """True for 138-12345678 among other numbers, 138 1234⏎5678, and eleven digits in boxes with nothing beside."""
    if part.single:
        if len(run) == len(part.sizes) and _AFTER_NAME.search(before(text, part.start, 8)):
            return len(set(part.digits)) >= _VARIED
        around_it = text[max(0, part.start - 1):part.start] + text[part.stop:part.stop + 1]
        return len(run) == len(part.sizes) and not around_it.strip("\r\n") and len(set(part.digits)) >= _VARIED
    if len(run) == len(part.sizes) <= _FEW and not part.amount and part.sizes not in _SHAPES:
        return True  # the whole of a stretch of digits, cut where nobody writes a gap: 139699⏎48149
    if part.sizes == (3, 4, 4):
        return part.broken and all(gap in {" ", "-", "\n", "\r\n"} for gap in part.gaps)
    return part.sizes == (3, 8) and part.gaps == ("-",)


def _mobile(seen: View, start: int, stop: int, context: str) -> Hit:
    words = f"{context} {around(seen.text, start, stop)}"
    if _OTHER_NUMBER.search(before(seen.text, start)) or any(map(_OTHER_NUMBER.search, context.split())):
        case = "mobile_doubtful"
    else:
        case = "mobile_office" if is_office(words) else "mobile"
    return hit(Kind.PHONE, case, seen, start, stop, first=3, last=4)


def _landlines(seen: View, context: str, hidden: bool) -> Iterator[Hit]:
    for found in _LANDLINE.finditer(seen.text):
        bare = found[3] is not None
        if bare and not _LINE_NAMED.search(f"{context} {before(seen.text, found.start(), 8)}"):
            continue
        said = before(seen.text, found.start(), 20)
        words = f"{context} {around(seen.text, found.start(), found.end(), 24)}"
        certain = _CERTAIN_HOME.search(f"{context} {said}") or (_HOME.search(words) and is_private(words))
        if certain or (_OWN_LINE.search(said) and not _AN_OFFICE.search(said)):
            case = "landline_private"
        else:
            case = "landline_hidden" if hidden and not bare else "landline"
        group = next(at for at in (1, 2, 3, 4) if found[at])
        yield hit(Kind.PHONE, case, seen, found.start(group), found.end(group), first=0, last=2)


def _messengers(seen: View) -> Iterator[Hit]:
    """The names of persons in the services by which they write; groups and public accounts are offices'."""
    for found in _MESSENGER.finditer(seen.text):
        group = 1 if found[1] else 2
        words = around(seen.text, found.start(), found.end(), 24)
        if not is_office(words) and not _AN_OFFICE.search(words):
            yield hit(Kind.PHONE, "messenger", seen, found.start(group), found.end(group), first=1, last=2)
