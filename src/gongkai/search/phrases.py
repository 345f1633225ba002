"""What a title is about, in the words that a person would type: material for suggestions. Plain values, no Django."""

from __future__ import annotations

import re

from gongkai.core.text.fold import squeeze

SHORTEST, LONGEST = 2, 30
_EDGES = re.compile(r"^[\s《》“”\"、，,]+|[\s《》“”\"、，,]+$")
_BOOK = re.compile(r"《([^《》]{2,40})》")
_ABOUT = re.compile(
    r"^.{0,40}?关于(?:进一步)?(?:印发|转发|公布|发布|做好|开展|加强|下达|同意|规范|推进|公开征求|实施|废止|修改|调整)?"
)
_TAIL = re.compile(
    r"(?:[((][^()()]{1,20}[))])?的?(?:通知|公告|公示|通告|意见|批复|函|决定|通报|报告|请示|命令|议案|纪要|回复|答复|解读)?"
    r"(?:[((][^()()]{1,20}[))])?$"
)


def phrases(title: str) -> tuple[str, ...]:
    """The matter of a title: what stands in 《》, and what is left without the organ before 关于 and the kind of paper
    behind 的."""
    shown = squeeze(title)
    found = [match.group(1) for match in _BOOK.finditer(shown)]
    matter = _TAIL.sub("", _ABOUT.sub("", shown, count=1), count=1) if not found else ""
    found.append(_EDGES.sub("", matter))
    return tuple(dict.fromkeys(one for one in found if SHORTEST <= len(one) <= LONGEST))
