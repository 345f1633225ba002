"""The title: one line or two or three that belong together, in the many orders in which offices write it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.core.report.identity.dates import arabic_years
from gongkai.core.text.fold import fold

SEARCHED = 60       # lines from the top in which a title may stand; web pages put furniture above it
LONGEST = 70        # characters of a title
_YEAR = r"(?:(?P<{name}>20\d\d)年?)?度?"
_TITLE = re.compile(
    r"(?P<agency>[^,。;!?《]*?)(?:关于)?(?:公布|发布|印发)?"
    + _YEAR.format(name="y1")
    + r"(?:本级|全[市县区省镇乡])?(?:政府|政务)?信息公开(?:工作)?(?:情况)?"
    + _YEAR.format(name="y2")
    + r"(?:政府信息公开)?(?:工作)?(?:年度|年)?(?:工作)?(?:情况)?的?(?:年度)?(?:报告|年报|总结)(?:\((?P<after>[^)]*)\))?"
)
_FURNITURE = re.compile(r".*(?:首页|位置|>|»|/|\||:)")


@dataclass(frozen=True, slots=True)
class Title:
    """A title as found: the lines it stands on, its text without spaces, what it says of agency and year."""

    first: int
    last: int
    text: str
    agency: str | None
    year: int | None


def find_title(texts: Sequence[str]) -> Title | None:
    """The best title among the first lines; None where there is none."""
    found = [title for at in range(min(len(texts), SEARCHED)) if (title := _title_at(texts, at)) is not None]
    if not found:
        return None
    return max(found, key=lambda title: (title.agency is not None, title.year is not None, -title.first))


def read_title(text: str) -> Title | None:
    """One string as a title: a web page's own title, site name and separators around it."""
    for part in re.split(r"[_|]|\s[-–—]\s|--+", text):
        title = _parsed(arabic_years(part), 0, 0)
        if title is not None:
            return title
    return None


def _title_at(texts: Sequence[str], at: int) -> Title | None:
    """A title that ends in line `at`: the line alone, or with the one or two lines above it."""
    if len(texts[at]) > LONGEST or not re.search("报告|年报|总结", texts[at]):
        return None
    alone = _parsed(arabic_years(texts[at]), at, at)
    if alone is not None and alone.agency is not None:
        return alone
    for above in (1, 2):
        if at - above < 0 or any(len(text) > 40 or text[-1:] in "。；;:：" for text in texts[at - above:at]):
            break
        joined = _parsed(arabic_years("".join(texts[at - above:at + 1])), at - above, at)
        if joined is not None and joined.agency is not None and _plausible(joined.agency):
            return joined
    return alone


def _parsed(folded: str, first: int, last: int) -> Title | None:
    found = _TITLE.fullmatch(folded)
    if found is None:
        return None
    years = {int(year) for year in (found["y1"], found["y2"]) if year}
    agency = _FURNITURE.sub("", found["agency"]) or None
    shown = folded[len(found["agency"]) - len(agency or ""):]
    if agency is not None and agency.endswith(("关于", "的")):
        agency = agency.removesuffix("关于").removesuffix("的") or None
    return Title(first, last, shown, agency, years.pop() if len(years) == 1 else None)


def _plausible(agency: str) -> bool:
    return 2 <= len(fold(agency)) <= 40 and not re.search(r"\d|日期|来源|字体|打印|分享|浏览|索引", agency)
