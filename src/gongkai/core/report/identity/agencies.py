"""The reporting agency's name out of running text, when the title does not give it.

All texts here are folded line by line.
"""

from __future__ import annotations

import re
from collections import Counter

from gongkai.core.text.patterns import lazy

_KINDS = (
    "人民政府办公厅|人民政府办公室|人民政府|街道办事处|办事处|管理委员会|管委会|委员会|办公厅|办公室|监督管理局|分局|总局|"
    "支队|大队|中心|局|厅|委|院|署|街道|镇|乡|苏木|开发区"
)
# Names only where nothing else stands.
_OTHER_KINDS = "部|处|所|站|馆|队|公司|学校|中学|小学|大学|学院|联合会|联合社|合作社|海关"
_PLACES = "(?:省|自治区|自治州|自治县|市|州|盟|县|区|旗|镇)"
_HAN = "[\u4e00-\u9fff]"

_WHOLE = lazy(rf"(?:{_HAN}|[()、]){{1,45}}(?:{_KINDS}|{_OTHER_KINDS})")
_LABELLED = lazy(r"^(?:填报|报告|编制|报送|填表|公开)(?:单位|机关|部门)(?:名称)?(?:\([^)]*\))?:(.*)$", re.M)
_SEAL = lazy(r"\((?:盖章|公章|章|印章|此处盖章)\)|^(?:单位|机关)(?:名称)?:")

# Offices inside an agency: they write the report but do not make it.
_INNER = lazy(
    r"(?:党政综合办公室|党政办公室|党政办|综合办公室|行政办公室|党建办公室|政务公开办公室|(?<=[局委厅镇乡道处])办公室)$"
)
_BEFORE_NAME = lazy(r"^(?:.*(?:要求|规定|精神|通知),?)?(?:现将|现公布|由)?")
_GENERIC = lazy(
    r"^(?:(?:我|本|各|该|全|上级|有关|相关|同级|所属)(?:省|市|县|区|旗|镇|乡|街道|局|委|厅|院|办|级|单位|机关|部门|系统|校|政府)|"
    r"(?:区|县|市|省|州|旗|镇|乡)(?:委|政府)|党委|国务院|中央|国家(?!税务|统计|林业|金融|矿山|烟草|粮食|移民)|政府信息|上级|有关|相关)"
    r"|(?:领导小组|政务公开|信息公开)"
    r"|^(?:省|市|县|区|旗|镇|乡|街道)?(?:政府办公室|政府办|人民政府|党政办公室|办公室|政府|街道|镇|乡|委员会|中心|局)$"
)
_PREPOSITION = lazy(r"^(?:以|在|对|根据|按照|由|为|及|与|和|并|向|从|经|让|使|把|将)")
_NOT_PLACE = lazy(r"对|与|由|在|和|及|为|向|系|请|至|到|是|按|经|全|各|我|本|将|址|据|布|于|年")
_PLACE = lazy(r".*(?:省|自治区|自治州|自治县|市|州|盟|县|区|旗)")
_STATED = (
    lazy(rf"由({_HAN}{{2,40}}(?:{_KINDS}))(?=根据|按照|依据|编制|负责编制|编写)"),
    lazy(rf"(?:现公布|现将|公布|发布)({_HAN}{{2,40}}?(?:{_KINDS}))(?=20\d\d年)"),
    lazy(rf"(?:^|[,。;:\n])({_HAN}{{2,40}}?(?:{_KINDS}))(?:特|现)?(?:编制|编写|制作|发布|公布)(?:了|本|《)?(?=20\d\d年|本|《|[,。])"),
    lazy(rf"《({_HAN}{{2,40}}?(?:{_KINDS}|政府))(?=20\d\d年度?政府信息公开)"),
    lazy(rf"与({_HAN}{{2,40}}(?:{_KINDS}))联系"),
)
_SUBJECT = lazy(
    rf"(?:^|[,。;:\n])(?:20\d\d年度?(?:以来)?,?)?({_HAN}{{1,20}}?(?:{_KINDS}))"
    r"(?=在|紧紧|认真|坚持|严格|积极|按照|始终|高度|深入|全面|切实|共|主动|不断|进一步|以|党|根据|依据|围绕|结合|立足|持续|着力|通过|扎实)"
)


def is_name(text: str) -> bool:
    """Whether the whole text is an agency's name and not a sentence about one."""
    return bool(_WHOLE.fullmatch(text)) and not _GENERIC.search(text)


def is_body(text: str) -> bool:
    """Whether the whole text names an agency or the place whose government it is."""
    return is_name(text) or bool(re.fullmatch(rf"{_HAN}{{1,12}}{_PLACES}", text) and not _GENERIC.search(text))


def name_alone(text: str) -> str | None:
    """The agency if the line holds nothing else, the word for the seal aside."""
    name = _SEAL.sub("", text)
    return name if is_name(name) else None


def labelled(text: str) -> str | None:
    """The agency in a line such as 填报单位（盖章）：青山县财政局."""
    return next((name for found in _LABELLED.finditer(text) if (name := name_alone(found[1]))), None)


def stated(text: str) -> str | None:
    """The agency that the text says made or publishes the report."""
    for pattern in _STATED:
        for found in pattern.finditer(text):
            name = _INNER.sub("", _BEFORE_NAME.sub("", found[1]))
            if is_name(name) and not _PREPOSITION.match(name):
                return name
    return None


def subject(text: str) -> str | None:
    """The agency that most sentences speak of; None when no name comes up or two come up equally often."""
    names = [_INNER.sub("", found[1]) for found in _SUBJECT.finditer(text)]
    counted = Counter(name for name in names if is_name(name) and not _PREPOSITION.match(name)).most_common(2)
    if not counted or (len(counted) == 2 and counted[0][1] == counted[1][1]):
        return None
    return counted[0][0]


def fullest(name: str, text: str) -> str:
    """The same agency's longer name where the text writes it out: 东湖街道 → 越城区东湖街道办事处."""
    return _with_places(name, text) + _missing_end(name, text)


def completed(name: str, text: str) -> str:
    """A title's name keeps its beginning; a township gets the end that the text writes out."""
    return name + _missing_end(name, text)


def lacks_end(name: str) -> bool:
    """A township named without 人民政府, a sub-district without 办事处."""
    return name.endswith(("街道", "镇", "乡"))


def _missing_end(name: str, text: str) -> str:
    if not lacks_end(name):
        return ""
    own = _PLACE.sub("", name)
    return next((end for end in ("办事处", "人民政府") if own and f"{own}{end}" in text), "")


def _with_places(name: str, text: str) -> str:
    """Only names of places may be set before it."""
    pattern = re.compile(rf"((?:{_HAN}{{2,6}}?{_PLACES}){{1,4}}){re.escape(name)}")
    found = Counter(places[1] for places in pattern.finditer(text) if not _NOT_PLACE.search(places[1]))
    if not found:
        return name
    return max(found, key=lambda places: (found[places], len(places))) + name
