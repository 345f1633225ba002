"""The reporting agency's name out of running text, when the title does not give it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_KINDS = (
    "人民政府办公厅|人民政府办公室|人民政府|街道办事处|办事处|管理委员会|管委会|委员会|办公厅|办公室|监督管理局|分局|总局|支队|大队|中心|"
    "局|厅|委|院|署|街道|镇|乡|苏木|开发区"
)
NAME = re.compile(rf"[\u4e00-\u9fff（）()]{{1,40}}?(?:{_KINDS})")
_WHOLE = re.compile(rf"[\u4e00-\u9fff（）()、]{{1,45}}(?:{_KINDS})")
_STATED = (
    re.compile(rf"(?:现公布|现将|公布|发布)([\u4e00-\u9fff]{{2,40}}?(?:{_KINDS}))(?=20\d\d年)"),
    re.compile(rf"([\u4e00-\u9fff]{{2,40}}?(?:{_KINDS}))(?:特|现)?(?:编制|编写|制作|发布|公布)(?:了|本|《)?(?=20\d\d年|本|《|[,。])"),
    re.compile(rf"由([\u4e00-\u9fff]{{2,40}}(?:{_KINDS}))(?=根据|按照|依据|编制|负责编制|编写)"),
    re.compile(rf"《([\u4e00-\u9fff]{{2,40}}?(?:{_KINDS}|政府))(?=20\d\d年度?政府信息公开)"),
    re.compile(rf"与([\u4e00-\u9fff]{{2,40}}(?:{_KINDS}))联系"),
)
_SUBJECT = re.compile(
    rf"(?:^|[,。;:])(?:20\d\d年度?(?:以来)?,?)?([\u4e00-\u9fff]{{1,20}}?(?:{_KINDS}))"
    r"(?=在|紧紧|认真|坚持|严格|积极|按照|始终|高度|深入|全面|切实|共|主动|不断|进一步|以|党)"
)
_INNER = re.compile(r"(?:党政综合办公室|党政办公室|党政办|综合办公室|行政办公室|党建办公室|政务公开办公室)$")
_GENERIC = re.compile(
    r"^(?:我|本|各|该|上级|有关|相关|全|区委|县委|市委|省委|州委|旗委|镇党委|乡党委|党委|国务院|中央|中共|省政府|市政府|县政府|区政府|"
    r"国家|政府信息|以|在|对|根据|按照|由|为|为了|及|与|和|并|向)"
)
_GENERIC_WHOLE = re.compile(
    r"(?:领导小组|政务公开|信息公开|人民政府办公厅秘书局)|^(?:省|市|县|区|旗|镇|乡|街道)?(?:政府办公室|政府办|人民政府|党政办公室|办公室|政府|"
    r"街道|镇|乡|委员会|中心)$"
)


def is_name(text: str) -> bool:
    """Whether the whole text is an agency's name and not a sentence about one."""
    return bool(_WHOLE.fullmatch(text)) and not _GENERIC.match(text) and not _GENERIC_WHOLE.search(text)


def stated(text: str) -> str | None:
    """The agency that the text says made or publishes the report. `text` is folded, without spaces."""
    for pattern in _STATED:
        for found in pattern.finditer(text):
            name = _INNER.sub("", _GENERIC_LEAD.sub("", found[1]))
            if is_name(name):
                return name
    return None


_GENERIC_LEAD = re.compile(r"^(?:.*(?:要求|规定|精神|通知)[,，]?)?(?:现将|现公布|由)?")


def subject(text: str) -> str | None:
    """The agency that most sentences speak of; None when no name comes up or two come up equally often."""
    counted = Counter(
        name for found in _SUBJECT.finditer(text) if is_name(name := _INNER.sub("", found[1]))
    ).most_common(2)
    if not counted or (len(counted) == 2 and counted[0][1] == counted[1][1]):
        return None
    return counted[0][0]


def fullest(name: str, text: str) -> str:
    """The same agency's longer name where the text writes it out: 东湖街道 → 绍兴市越城区东湖街道办事处."""
    longer = _with_places(name, text)
    if not name.endswith(("街道", "镇", "乡")):
        return longer
    own = _PLACE.sub("", name)
    ending = next((ending for ending in ("办事处", "人民政府") if f"{own}{ending}" in text), "")
    return longer + ending


def _with_places(name: str, text: str) -> str:
    """Only names of places may be set before it."""
    pattern = re.compile(rf"((?:[\u4e00-\u9fff]{{2,6}}?{_PLACES}){{1,4}}){re.escape(name)}")
    found = Counter(places[1] for places in pattern.finditer(text) if not _NOT_PLACE.search(places[1]))
    if not found:
        return name
    return max(found, key=lambda places: (found[places], len(places))) + name


_PLACES = "(?:省|自治区|自治州|自治县|市|州|盟|县|区|旗|镇)"
_PLACE = re.compile(rf".*{_PLACES.replace('|镇', '')}")
_NOT_PLACE = re.compile(r"(?:对|与|由|在|和|及|为|向|系|请|至|到|是|按|经|全|各|我|本|将|址|据|布|于|年)")


def heading_name(texts: Sequence[str]) -> str | None:
    """A line near the top that is an agency's name and nothing else."""
    for text in texts:
        if is_name(text):
            return text
    return None
