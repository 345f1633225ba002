"""Homes, down to the door. The address of an office is meant to be published; a registered home is not.

What makes a home: the words before it (住址, 家住, 户籍), a person beside the word 地址, or a dwelling's parts (幢,
单元, 室 together, 弄…号, 46号1-2-301, 村…组…号). Masked down to the township or sub-district.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.core.screening.model import Kind
from gongkai.core.screening.personal.around import around, before
from gongkai.core.screening.personal.hit import STAR, Hit
from gongkai.core.screening.personal.surnames import SURNAMES
from gongkai.core.screening.personal.view import View
from gongkai.core.text.patterns import lazy

_NUMBER = r"[0-9A-Za-z一二三四五六七八九十百零〇\-]{1,8}"
_NO_RULING = "(?!文|令|公告|线|提案|通知|决定)"
_DOOR = re.compile(
    rf"(?<![第\])）0-9])(?:{_NUMBER}\s?(?:号楼|号院|号{_NO_RULING}|室|幢|栋|单元|组|弄|社|队|排|座|屯|户|房|门|#|层)"
    r"|[0-9]{1,4}(?:-[0-9]{1,4}){2,4}|[A-Za-z]?[0-9]{1,3}-[0-9]{3,4}(?![0-9-])|号之[0-9一二三]"
    r"|(?:公寓|花园|小区|豪庭|[苑园府])[0-9]{3,4}(?=$|[室房\s,，。;；、(（]))"
)
_DOOR_BEHIND = re.compile(rf"[\u4e00-\u9fff]{{0,8}}?{_NUMBER}(?:号楼|号院|号{_NO_RULING}|室|幢|栋|单元|排|座|门)")
_HAMLET = re.compile(r"[村屯寨][\u4e00-\u9fff]{1,5}[组社队屯](?=$|[\s,，。;；（(、])")  # …梅花村石塘组
_PLACE = re.compile("[省市县区镇乡村路街巷弄里园苑屯庄坊寨湾团连营院舍厂矿场坪沟坡塘坝桥岛店铺楼点查库站]")
_STOP = re.compile(
    r"[\n\r\t\x1f,，。;；|（(]|、(?=[^0-9])| (?=[^0-9])(?!(?<=[0-9] )[号室栋幢单层楼组村户门排弄座院团连])"
    "|(?:联系)?电话|身份证|手机|邮编|性别|的(?!士)"
)
_RUNS_ON = re.compile(  # …解放街370弄⏎34号303室
    r"(?<=[路街巷弄村组社号楼栋幢座院区园苑里单元0-9])[ \t]*\r?\n[ \t]*"
    r"(?=[0-9A-Za-z一二三四五六七八九十甲乙丙丁]{1,6}\s?(?:号|室|栋|幢|座|单元|楼|弄|房|户|门|组|层|排)|[元室号栋幢][0-9])"
)
_HOME = re.compile(
    r"住所[(（]住址[)）]|住\s{1,4}址|家庭住址|家庭地址|家庭详细地址|住址|住所地?|居住地址?|居住[于在]|现居住?地?|现住址?|常住地址?|家住在?|户籍地址?|户籍所在地|户口所在地|"
    r"住户地址|户主地址|个人地址|详细住址|户籍[:：]|租住[于在]?|暂住[于在]?地?址?|经常居住地|送达地址|收[件信]地址|老家在?"
    r"|(?:^|(?<=[\s,，;；、(（。]))住[:：]"
    r"|(?:^|(?<=[\s,，;；、(（。]))住(?!建(?:[局部厅委、和]|系统|领域|设[局部厅委]))"
    r"(?=[^房院宅户校宿持,，。;；\s][^,，。;；\s]{1,20}[省市县区镇乡村旗路街巷弄里苑园])"
)
_HOME_HEAD = re.compile(r"(?:住址|家庭.{0,2}地址|户籍|户口所在地|居住地|现住|常住|暂住|详细地址|住所)")
_PARTY = (
    "(?:申请人|被申请人|原告|被告|第三人|当事人|收件人|收信人|受送达人|户主|信访人|举报人|投诉人|反映人|委托人|上诉人|被执行人|被处罚人"
    "|监护人|违法行为人|承租人|被征收人|本人|个人|家属|联系人本人)"
)
_PERSONS = lazy(rf"{_PARTY}[^。;；\n]{{0,24}}(?:地址|送达至|邮寄至|寄至|寄往)[:：为是]?\s?")
_NAMED = lazy(
    rf"(?:^|(?<=[\s,，;；。、:：(（]))[{SURNAMES}][\u4e00-\u9fff]{{1,2}}[\s,，:：、(（]{{1,2}}"
    r"(?=[\u4e00-\u9fff]{2,9}(?:省|市|县|自治区|区|镇|乡))"
)
_RECIPIENT = lazy(
    rf"收件人|收信人|[（( ,，、;；][{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?:同志|先生|女士)?\s?"
    r"(?:亲?收(?!费|入|取|到|件|文|悉)|亲启)"
    rf"|[ ,，、;；][{SURNAMES}][\u4e00-\u9fff]{{1,2}}[(（]亲?收[)）]"
    rf"|寄(?:给|送)?[{SURNAMES}][\u4e00-\u9fff]{{1,2}}[,，]"
)
_SENT = re.compile(r"地址[:：]?|寄(?:至|往|到|送)?(?!地址|送地址|达)[:：]?(?=[\u4e00-\u9fff])")
_OFFICE = re.compile(
    r"办公(?:地点|地址|场所|室|楼)|单位地址|公司|企业|经营(?:场所|地址)|注册地址|住所:|地点|"
    r"会议|政府|机关|大厅|窗口|行政中心|政务|大楼|大厦|法定代表人|采购人|招标|代理机构|受理|报名|领取|邮编|传真|咨询|"
    r"[局委校站](?!属)\s*(?:地址|位于)?[:：(（]?|(?<![住号家大宅会厕])[所院](?!\d)\s*(?:地址|位于)?[:：(（]?"
)
_BUSINESS = re.compile(
    r"办公|单位|公司|企业|集团|合作社|经营|注册|政府|机关|大厅|窗口|政务|法定代表人|采购人|招标|代理机构|(?<!村民)(?<!居民)委员会|协会|中心|医院|卫生院"
    r"|学校|幼儿园|负责人|[厂店行场部馆局厅站]\s?[,，;；、:：(（]|统一社会信用代码|科室|支队|大队"
)
_REACHED = re.compile("联系地址|通讯地址|通信地址|邮寄地址")  # of an office and of an applicant alike
_COMPANY = re.compile("公司|企业|集团|合作社|统一社会信用代码")
_COMMON = re.compile(
    "坐落|房屋|不动产|产权|宗地|抵押|登记|权利人|拆迁|征收|公告|项目|工程|改造|施工|拍卖|违法建设"
    "|标的|考点|考场"
)
_OWN = lazy(  # words of a sentence that make a place in it somebody's, whatever stands around the sentence
    rf"(?:{_PARTY}(?!民法院)|[,，、;；]住所?|家住|现住|户籍|收件人|答复书?(?:请|可)?(?:邮?寄|送))"
)
_SENTENCE = re.compile(r"[\n\r。；;!！?？\x1f]")
_LABEL_ABOVE = re.compile(r"(?:^|\n)([^\n]{0,12}(?:地址|地点|场所|位置|住所)[^\n]{0,6}[:：]?)[ \t\n\r]*$")
_BRACKET = re.compile(r"[(（][^()（）\n]{1,12}[)）]")
_LONGEST = 80  # characters of a home, and of a sentence to each side of it
_BUILDING = r"(?:号楼|#楼|#|幢|栋|座|号院)"
_ROOM_END = r"(?:\s?号(?!楼|院)|\s?房(?![屋产东])|\s?户|(?=$|[\s,，、。;；)）]))"
_STAIR = "[0-9A-Za-z一二三四五六七八九十甲乙丙丁东西南北中]{1,3}"
_FLAT = re.compile(
    rf"({_NUMBER})\s?{_BUILDING}[ ,，]{{0,2}}(?:{_STAIR})\s?(?:单元|门|梯)[ ,，]{{0,2}}"
    rf"(?:(?:{_NUMBER})\s?[层楼])?(?:({_NUMBER})\s?(?:室|户|号)?|[东西中南北左右]户?)"
)
_ROOM = re.compile(  # 10号楼253室, 25栋2203号, 12栋A座1802, 312楼101, and 10号楼253 at the end of a stretch
    rf"({_NUMBER})\s?(?:号楼|#楼|#|幢|栋|座)[ ,，]{{0,2}}(?:[A-Z]座|[东西南北]座)?"
    rf"(?:({_NUMBER})\s?室|[0-9]{{3,4}}{_ROOM_END}|[0-9]{{1,2}}-[0-9]{{3,4}}(?![0-9-])|[0-9]{{1,2}}[A-Z](?![0-9A-Za-z]))"
)
_LANE = re.compile(rf"{_NUMBER}弄(?:{_NUMBER}支弄)?(?:{_NUMBER})号(?:楼)?(?:\s?{_NUMBER}室|[0-9]{{3,4}})?")
_DASHES = re.compile(  # 46号1-2-301, 馨和苑15-2-502
    r"[0-9]{0,5}[号街路苑区园村庄里城府湾寓院]\s?(?:附)?[0-9]{1,3}(?:-[0-9]{1,3})?-[0-9]{1,2}-[0-9]{1,4}(?![0-9\-])"
)
_VILLAGE = re.compile(
    r"村(?:委会|民委员会)?[ ,，]?(?:[\u4e00-\u9fff]{1,4}(?:屯|庄|自然村|湾|坡|寨))?"
    rf"(?:({_NUMBER})|[\u4e00-\u9fff]{{1,5}})\s?(?:村民小组|组|队|社)[ ,，]?({_NUMBER})\s?号{_NO_RULING}"
)
_HOUSE = re.compile(  # a house of a village, or a room of a house of a street
    rf"(?:[镇乡]|街道|办事处)[\u4e00-\u9fff]{{2,8}}(?:村|嘎查)[\u4e00-\u9fff]{{0,8}}?(?:{_NUMBER})号{_NO_RULING}"
    rf"|[路街道巷里]\s?{_NUMBER}号(?:院)?(?:附{_NUMBER}号)?(?:[0-9]{{3,4}}{_ROOM_END}|[0-9]{{3,4}}室|之[一二三四五0-9]{{1,3}}{_ROOM_END})"
)
_ROW = re.compile(  # a row of houses and a house of it, a door of a lane and a flat behind it
    rf"(?:[里巷弄院区村庄舍团连队场厂矿苑园]|新村|胡同)[东西南北中前后上下]?{_NUMBER}(?:排|门|栋|幢|座)[东西南北]?{_NUMBER}(?:号{_NO_RULING}|室|户|(?=$|[\s,，、。;；)）]))"
)
_UNIT = re.compile(  # 粮食局家属楼2单元301, 12号1单元东户
    rf"[\u4e00-\u9fff][ ,，]?{_STAIR}\s?单元[ ,，]{{0,2}}(?:(?:{_NUMBER})\s?[层楼])?"
    rf"(?:[0-9]{{3,4}}(?![0-9])|(?:{_NUMBER})\s?[室户]|[东西中]户)"
)
_ESTATE = re.compile(  # 幸福里小区C3-502, 紫荆公寓1208
    r"(?:小区|花园|公寓|豪庭|家园|新村|[苑园府])(?:[A-Za-z]?[0-9]{1,3}-[0-9]{3,4}(?![0-9-])|[0-9]{3,4}(?:[室房]|(?=$|[\s,，、。;；)）])))"
)
_BUILT = re.compile("号楼|#|幢|栋|座|号院")
_PARTS = (  # what must be in a text, the pattern, and the case
    (_BUILT, _FLAT, "address"), (re.compile("村"), _VILLAGE, "address"), (re.compile("弄"), _LANE, "address"),
    (re.compile("-[0-9]{1,2}-"), _DASHES, "address"), (_BUILT, _ROOM, "address_doubtful"),
    (re.compile("单元"), _UNIT, "address_doubtful"), (re.compile("[区园寓庭村苑府]"), _ESTATE, "address_doubtful"),
    (re.compile("号"), _HOUSE, "address_doubtful"), (re.compile("[排门连栋幢座]"), _ROW, "address_doubtful"),
)
_NAME = re.compile("[\u4e00-\u9fff]")
_ANY_DOOR = re.compile("[号室组社队排座屯户房门层幢栋弄#]|-[0-9]+-")
_ALONE = (_ROOM, _HOUSE, _DASHES, _ROW, _UNIT, _ESTATE)  # nothing is said of these beside an office
_REGION_RUN = re.compile(
    r"(?:[\u4e00-\u9fff]{2,10}?(?:特别行政区|自治区|自治州|自治县|地区|省|市|县|区|旗|盟)){0,4}[\u4e00-\u9fff0-9]{0,24}$"
)
_COARSE = re.compile(
    r"^(?:[\u4e00-\u9fff]{1,12}?(?:自治区|自治州|自治县|地区|省|市|县|(?<![小社园校厂片宅属活])区(?!域)|旗|盟))*"
    r"(?:[\u4e00-\u9fff]{1,8}?(?:街道|镇|乡))?"
)
_OF_A_NAME = lazy(rf"(?:^|[^\u4e00-\u9fff]|[至给为向对])[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?:的)?$")
_OWN_NAME = lazy(rf"{_PARTY}[:：]?[\u4e00-\u9fff·]{{2,4}}(?<![局委办厅处科股所站院校会司厂店部社府队团])[,，、(（;； ]")
_NEAR, _ABOVE = 30, 50


def is_home_head(context: str) -> bool:
    """True when the head of a column speaks of homes."""
    return _HOME_HEAD.search(context) is not None


def find(seen: View, context: str) -> Iterator[Hit]:
    """Homes with a number of house, door or room."""
    text = seen.text
    done = 0
    told: list[tuple[int, int]] = []
    for found in _HOME.finditer(text):
        if found.start() < done:
            continue
        start = _begin(text, found.end())
        stop = _end(text, start)
        if _is_placed(text, start, stop) and not _is_office(text, found.start(), stop, found[0]):
            done = stop
            told.append((start, stop))
            yield _hit("address", seen, start, stop)
    if context and _HOME_HEAD.search(context) and (_DOOR.search(text) or _HAMLET.search(text)) and not done:
        yield _hit("address", seen, 0, len(text))
        return
    yield from _beside_persons(seen)
    yield from _dwellings(seen, context, told)


def _begin(text: str, at: int) -> int:
    start = at
    while start < min(at + 4, len(text)) and (text[start] in "为是在于:：" or text[start].isspace()):
        start += 1
    return start


def _end(text: str, start: int) -> int:
    stop = _STOP.search(text, start)
    while stop and (next_line := _RUNS_ON.match(text, stop.start())):
        stop = _STOP.search(text, next_line.end())
    aside = _BRACKET.match(text, stop.start()) if stop else None
    if aside and _DOOR_BEHIND.match(text, aside.end()):
        stop = _STOP.search(text, aside.end())  # …北路2号(县委大院)宿舍3栋402
    return min(stop.start() if stop else len(text), start + _LONGEST)


def _sentence(text: str, start: int, stop: int, reach: int = _LONGEST) -> str:
    """The sentence around a slice, at most `reach` characters to each side, and a label alone in the line above."""
    begin = max(0, start - reach)
    cuts = [found.end() for found in _SENTENCE.finditer(text, begin, start)]
    end = _SENTENCE.search(text, stop, stop + reach)
    own = text[cuts[-1] if cuts else begin:end.start() if end else stop + reach]
    above = _LABEL_ABOVE.search(text, begin, start) if cuts else None
    return f"{above[1]} {own}" if above else own


def _is_own(text: str, start: int, stop: int) -> bool:
    """True where the sentence itself gives the place to a person, and names no business."""
    said = _sentence(text, start, stop)
    return bool(_OWN.search(said) or _RECIPIENT.search(said)) and not _BUSINESS.search(said)


def _is_placed(text: str, start: int, stop: int) -> bool:
    """True for a place with a door, a house or a hamlet in it."""
    door = _DOOR.search(text, start, stop) or _HAMLET.search(text, start, stop)
    return bool(door and _PLACE.search(text, start, door.end()))


def _beside_persons(seen: View) -> Iterator[Hit]:
    """地址 behind a party of a proceeding or before a recipient, and a name right before a place."""
    text = seen.text
    if "址" in text or "寄" in text or "送达" in text:
        for found in _PERSONS.finditer(text):
            stop = _end(text, found.end())
            if _is_placed(text, found.end(), stop) and not _BUSINESS.search(text, found.start(), stop):
                yield _hit("address", seen, found.end(), stop)
        for label in _SENT.finditer(text) if _RECIPIENT.search(text) else ():
            start = _begin(text, label.end())
            stop = _end(text, start)
            if _is_placed(text, start, stop) and _is_own(text, start, stop):
                yield _hit("address", seen, start, stop)
    for found in _NAMED.finditer(text) if _ANY_DOOR.search(text) else ():
        stop = _end(text, found.end())
        if _is_placed(text, found.end(), stop) and not _OFFICE.search(around(text, found.end(), stop, _NEAR)):
            yield _hit("address_doubtful", seen, found.end(), stop)


def _dwellings(seen: View, context: str, told: Sequence[tuple[int, int]]) -> Iterator[Hit]:
    """Places that by their parts are flats and farms, outside those that were `told`."""
    text = seen.text
    done = 0
    for needed, pattern, alone in _PARTS:
        for found in pattern.finditer(text) if needed.search(text) else ():
            if found.start() < done or any(start <= found.start() and found.end() <= stop for start, stop in told):
                continue
            region = _REGION_RUN.search(text[max(0, found.start() - 50):found.start()])
            start = found.start() - (len(region[0]) if region else 0)
            if not _NAME.search(text, start, found.end()):
                continue  # 7#5353: nothing names a place
            words = f"{context} {around(text, start, found.end(), 20)}"
            own = _is_own(text, start, found.end())
            office = not own and (_OFFICE.search(words) or _OFFICE.search(text[start:found.start()]))
            reached = not own and _REACHED.search(words)
            if office and pattern in _ALONE and _OFFICE.search(f"{context} {_sentence(text, start, found.end(), 20)}"):
                continue  # an office of another sentence only makes it doubtful
            if pattern is _FLAT:
                done = max(done, found.end())
            case = "address" if own else "address_doubtful" if _COMMON.search(words) or office or reached else alone
            yield _hit(case, seen, start, found.end())


def _is_office(text: str, start: int, stop: int, word: str) -> bool:
    """住所 and 住所地 are also the seat of a company, which is named in the line or in those above it."""
    if not word.startswith(("住所", "送达", "收件", "收信")):
        return "办公" in before(text, start, 4)
    line = text[max(start - _NEAR, text.rfind("\n", 0, start) + 1):stop + _NEAR].partition("\n")[0]
    if _BUSINESS.search(line):
        return True
    own = _OF_A_NAME.search(before(text, start, 6)) or _OWN_NAME.search(line)
    above = _BUSINESS if word.startswith("住所") else _COMPANY  # nobody is served at an office of the line before
    return not own and bool(above.search(around(text, start, stop, _ABOVE)))


def _hit(case: str, seen: View, start: int, stop: int) -> Hit:
    begin, end = seen.span(start, stop)
    original = seen.source[begin:end]
    coarse = _COARSE.match(original)
    kept = coarse.end() if coarse else 0
    masked = original[:kept] + "".join(STAR if letter.isalnum() else letter for letter in original[kept:])
    return Hit(Kind.ADDRESS, case, begin, end, masked)
