"""Homes, down to the door. The address of an office is meant to be published; a registered home is not.

What makes a home: the words before it (住址, 家住, 户籍), or a dwelling's parts (幢, 单元, 室 together, 村…组…号).
Masked down to the township or sub-district.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.core.screening.model import Kind
from gongkai.core.screening.personal.around import around, before
from gongkai.core.screening.personal.hit import STAR, Hit
from gongkai.core.screening.personal.view import View

_NUMBER = r"[0-9A-Za-z一二三四五六七八九十百零〇\-]{1,8}"
_DOOR = re.compile(
    rf"(?<![第\])）0-9]){_NUMBER}\s?(?:号楼|号院|号(?!文|令|公告|线|提案|通知|决定)|室|幢|栋|单元|组)"
)
_PLACE = re.compile("[省市县区镇乡村路街巷弄里园苑屯庄坊寨湾]")
_STOP = re.compile(r"[\n\r\t\x1f,，。;；|（(]|[、 ](?=[^0-9])|(?:联系)?电话|身份证|手机|邮编|性别|的(?!士)")
_HOME = re.compile(
    r"家庭住址|家庭地址|家庭详细地址|住址|住所地?|居住地址?|居住于|现居住?|现住址?|常住地址?|家住|户籍地址?|户籍所在地|户口所在地|"
    r"住户地址|户主地址|个人地址|详细住址|户籍[:：]|租住于?|暂住地?址?"
)
_HOME_HEAD = re.compile(r"(?:住址|家庭.{0,2}地址|户籍|户口所在地|居住地|现住|常住|暂住|详细地址|住所)")
_OFFICE = re.compile(
    r"办公(?:地点|地址|场所|室|楼)|单位地址|公司|企业|经营(?:场所|地址)|注册地址|住所:|联系地址|通讯地址|通信地址|邮寄地址|地点|"
    r"会议|政府|机关|大厅|窗口|行政中心|政务|大楼|大厦|法定代表人|采购人|招标|代理机构|受理|报名|领取|邮编|传真|咨询|"
    r"[局委院校所站]\s*(?:地址|位于)?[:：(（]?"
)
_COMMON = re.compile(r"坐落|房屋|不动产|产权|宗地|抵押|登记|权利人|拆迁|征收|公告|项目|工程|改造|施工|拍卖|违法建设")
_FLAT = re.compile(
    rf"({_NUMBER})\s?(?:号楼|幢|栋|座)[ ,，]{{0,2}}({_NUMBER})\s?(?:单元|门)[ ,，]{{0,2}}({_NUMBER})\s?(?:室|户|号)?"
)
_ROOM = re.compile(  # 10号楼253室, 25栋2203号, and 10号楼253 at the end of a stretch
    rf"({_NUMBER})\s?(?:号楼|幢|栋)[ ,，]{{0,2}}"
    rf"(?:({_NUMBER})\s?室|[0-9]{{3,4}}(?:\s?号(?!楼)|\s?房(?![屋产东])|(?=$|[\s,，、。;；)）])))"
)
_VILLAGE = re.compile(
    r"村(?:委会)?[ ,，]?(?:[\u4e00-\u9fff]{1,4}(?:屯|庄|自然村|湾|坡|寨))?"
    rf"({_NUMBER})\s?(?:组|队|社)[ ,，]?({_NUMBER})\s?号"
)
_REGION_RUN = re.compile(
    r"(?:[\u4e00-\u9fff]{2,10}?(?:特别行政区|自治区|自治州|自治县|地区|省|市|县|区|旗|盟)){0,4}[\u4e00-\u9fff0-9]{0,24}$"
)
_COARSE = re.compile(r"^(?:[\u4e00-\u9fff]{1,12}?(?:自治区|自治州|自治县|地区|街道|省|市|县|区(?!域)|旗|盟|镇|乡))+")
_LONGEST = 80


def find(seen: View, context: str) -> Iterator[Hit]:
    """Homes with a number of house, door or room."""
    text = seen.text
    done = 0
    for found in _HOME.finditer(text):
        if found.start() < done:
            continue
        start = found.end()
        while start < min(found.end() + 4, len(text)) and (text[start] in "为是在于:：" or text[start].isspace()):
            start += 1
        stop = _end(text, start)
        door = _DOOR.search(text, start, stop)
        if door and _PLACE.search(text, start, door.end()) and not _is_office(text, found.start(), stop, found[0]):
            done = stop
            yield _hit("address", seen, start, stop)
    if context and _HOME_HEAD.search(context) and _DOOR.search(text) and not done:
        yield _hit("address", seen, 0, len(text))
        return
    for pattern, alone in ((_FLAT, "address"), (_VILLAGE, "address"), (_ROOM, "address_doubtful")):
        for found in pattern.finditer(text):
            if found.start() < done:
                continue
            region = _REGION_RUN.search(text[max(0, found.start() - 50):found.start()])
            start = found.start() - (len(region[0]) if region else 0)
            words = f"{context} {around(text, start, found.end(), 20)}"
            if pattern is _ROOM and (_OFFICE.search(words) or _OFFICE.search(text[start:found.start()])):
                continue
            doubtful = _COMMON.search(words) or _OFFICE.search(words)
            done = found.end()
            yield _hit("address_doubtful" if doubtful else alone, seen, start, found.end())


def _end(text: str, start: int) -> int:
    stop = _STOP.search(text, start)
    return min(stop.start() if stop else len(text), start + _LONGEST)


def _is_office(text: str, start: int, stop: int, word: str) -> bool:
    """住所 and 住所地 are also the seat of a company."""
    if not word.startswith("住所"):
        return "办公" in before(text, start, 4)
    return bool(_OFFICE.search(around(text, start, stop)) or _OFFICE.search(text[start:stop]))


def _hit(case: str, seen: View, start: int, stop: int) -> Hit:
    begin, end = seen.span(start, stop)
    original = seen.source[begin:end]
    coarse = _COARSE.match(original)
    kept = coarse.end() if coarse else 0
    masked = original[:kept] + "".join(STAR if letter.isalnum() else letter for letter in original[kept:])
    return Hit(Kind.ADDRESS, case, begin, end, masked)
