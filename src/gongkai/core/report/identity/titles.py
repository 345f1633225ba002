"""The title: one line or two or three that belong together, in the many orders in which offices write it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gongkai.core.report.identity.agencies import is_body
from gongkai.core.text.dates import arabic_years
from gongkai.core.text.fold import fold

SEARCHED = 60       # lines from the top in which a title may stand; web pages put furniture above it
LONGEST = 70        # characters of a title
_YEAR = r"(?:(?P<{name}>20\d\d)年?)?度?"
_TITLE = re.compile(
    _YEAR.format(name="y0")
    + r"(?P<agency>[^,。;!?《]*?)(?:关于)?(?:公布|发布|印发|报送)?"
    + _YEAR.format(name="y1")
    + r"(?:本级|全[市县区省镇乡])?(?:(?:政府|政务)?信息|政务)公开(?:工作)?(?:情况)?"
    + _YEAR.format(name="y2")
    + r"(?:政府信息公开)?(?:工作)?(?:年度|年)?(?:工作)?(?:情况)?的?(?:年度)?(?:报告|年报|总结)"
    + r"(?:的(?:通知|公告|函))?(?:[(\[](?P<after>[^)\]]*)[)\]])?(?P<y3>20\d\d(?=年))?(?(y3)年度?)"
)
_FURNITURE = re.compile(r".*(?:首页|位置|>|»|/|\||:)|^关于(?:印发|公布|发布|报送)")
_MAY_END = re.compile(r"[报報总總]")
_ENDS = re.compile(r"报告|年报|总结")
_ONLY_YEAR = re.compile(r"[(\[]?20\d\d年?度?[)\]]?")
_NO_AGENCY = re.compile(
    r"年报|目录|首页|公开|附件|发布|栏目|\d|日期|来源|字体|打印|分享|浏览|索引|标题|名称|^(?:本[局单机级]|我|年|的|关于)"
)


class Title(NamedTuple):
    """A title as found: the lines it stands on, its text without spaces, what it says of agency and year."""

    first: int
    last: int
    text: str
    agency: str | None
    year: int | None


def find_title(texts: Sequence[str]) -> Title | None:
    """The best title among the first lines; None where there is none. A year in brackets below it belongs to it."""
    found = [title for at in range(min(len(texts), SEARCHED)) if (title := _title_at(texts, at)) is not None]
    if not found:
        return None
    return max(found, key=lambda title: (title.agency is not None, title.year is not None, -title.first))


def read_title(text: str) -> Title | None:
    """One string as a title: a web page's own title, site name and separators around it."""
    found = [_parsed([part], 0, 0) for part in re.split(r"[_|]|\s[-–—]\s|--+", text)]
    return next((title for title in found if title is not None), None)


def _title_at(texts: Sequence[str], at: int) -> Title | None:
    """A title that ends in line `at`: the line alone, or with the one or two lines above it, or a year below it."""
    if len(texts[at]) > LONGEST or not _MAY_END.search(texts[at]) or not _ENDS.search(fold(texts[at])):
        return None
    last = at + 1 if at + 1 < len(texts) and _ONLY_YEAR.fullmatch(arabic_years(texts[at + 1])) else at
    alone = _parsed(texts[at:last + 1], at, last) or _parsed(texts[at:at + 1], at, at)
    if alone is not None and alone.agency is not None:
        return alone
    for above in (1, 2):
        if at - above < 0 or any(len(text) > 40 or text[-1:] in "。；;:：" for text in texts[at - above:at]):
            break
        joined = _parsed(texts[at - above:last + 1], at - above, last)
        if joined is not None and joined.agency is not None and is_body(joined.agency):
            return joined
    return alone


def _parsed(parts: Sequence[str], first: int, last: int) -> Title | None:
    folded = arabic_years("".join(parts))
    if folded.startswith("《") and folded.endswith("》"):
        folded = folded[1:-1]
    found = _TITLE.fullmatch(folded)
    if found is None:
        return None
    after = found["after"] or ""
    years = {int(year) for year in (found["y0"], found["y1"], found["y2"], found["y3"], *_YEARS.findall(after)) if year}
    written = _FURNITURE.sub("", found["agency"])
    agency = None if _NO_AGENCY.search(written) or len(written) > 40 else written
    shown = folded if agency else folded[found.end("agency"):]
    if agency and written != found["agency"]:
        shown = folded[found.end("agency") - len(written):]
    if not agency and is_body(after):
        agency = after
    if agency and agency.endswith("人民"):  # 某县人民政府信息公开: the one 政府 serves for both
        agency += "政府"
    return Title(first, last, shown, agency or None, years.pop() if len(years) == 1 else None)


_YEARS = re.compile(r"20\d\d")
