"""Marks put together from the words of marks, in whatever order an office writes them.

`mark_words` holds the usual forms. This file asks something simpler of a short stretch of text: is there nothing in it
but words of marks, signs and terms? Then it is a mark, however it was put together: 机密（至2031年6月30日）,
秘密文件 阅后收回, ※内部资料※. `parts` finds such stretches behind tabs, gaps, labels and full stops of a longer line.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.core.screening import mark_words as words
from gongkai.core.text.patterns import lazy

LONGEST = 40  # characters of a stretch that is nothing but a mark
_LONGEST_LINE = 400  # characters of a line that is looked at in parts
_MOST_PARTS = 12

_DATE = r"[0-9]{4}(?:年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[-/.][0-9]{1,2}[-/.][0-9]{1,2})(?:前|止|后|起)?"
_SPAN = (
    "(?:[0-9]{1,2}|[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3})(?:年|个月|月)|长期|永久"
    "|(?:启用|开标|开考|公[布开]|发布|考试(?:结束)?|评标结束|批准|决定)[之以]?前"
)
_TERM = f"(?:(?:保密)?期限?|解密(?:时间|日期|期限)?|公[开布](?:时间|日期)|自动解密|[至到为]|{_DATE}|{_SPAN})"
_COPY = r"(?:份号|编号|No[.:]?|第?[0-9]{1,6}[号份]|第[0-9]{1,6}|共印?[0-9]{1,4}份)"
_KNOWN = "(?:国家秘密|工作秘密)"
_STUFF = "(?:涉密|保密)(?:文件|资料|材料|载体|内容|信息|件)"
_FOR_SOME = (
    "(?:[仅只专]?[供限]于?[一-龥]{0,10}?(?:内部|领导|人员|同志|干部|机关|系统|单位|班子|成员|常委|以上)"
    "(?:人员|同志|干部|领导)?(?:使用|参考|参阅|传阅|掌握|交流|学习|讨论|查阅|阅知|知悉|阅))"
)
_PAPER = (
    "(?:(?:征求意见|讨论|过程|未定|送审|传阅)稿|草稿|初稿|内部(?:件|文|稿)|敏感(?:信息|资料|材料|内容)|商业秘密|文件|资料|材料|事项|信息|内容|件|稿|级)"
)
_SUBJECT = "(?:此|本)(?:件|文件|公文|资料|材料|页|稿|表|附件|手册|课件|讲义)|以下内容"
_FILLER = (
    "(?:另|注|备注|附注|说明|提示|提醒|请|须|应|属于?|为|系|是|按照?|管理|处理|妥善|严格|特急|加急|平急|密级|仅供参考"
    "|免费(?:交流|赠阅))"
)
_SIGN = r"[\[\]()<>《》\-—–_=~·.,:;、!*/|※#+\"。★☆●]"
_LEVEL = f"(?:{words.LEVEL}(?:[(·.]?[甲乙丙A-C][)]?)?)"
_CORE = f"(?:{_KNOWN}|{_LEVEL}|{_STUFF}|{words.INTERNAL}|{words.NOTICE}|{_FOR_SOME})"
_ALL = lazy(f"(?:{_CORE}|{_SUBJECT}|{_COPY}|{_TERM}|{_PAPER}|{_FILLER}|{_SIGN})++")

_OWN_LEVEL = lazy(f"(?<!国家)(?<!工作)(?<!商业){words.LEVEL}")
_COMPANY = lazy(
    rf"{_DATE}|{_SPAN}|[★☆]|第?[0-9]{{1,6}}[号份]|{words.NOTICE}|[·.(][甲乙丙A-C]|密[甲乙丙A-C]$|{_SUBJECT}"
)
_WRAPPED = lazy(rf"[^一-龥]{{1,4}}{words.LEVEL}级?[^一-龥]{{1,4}}|{words.LEVEL}级?[!*※]+")
_INSIDE = lazy(f"工作秘密|{_SUBJECT}.*国家秘密|{words.INTERNAL}|(?:{_STUFF}|敏感|稿|内部件).*{words.NOTICE}")
_WEAK = lazy(f"{words.NOTICE}|{_FOR_SOME}|{_STUFF}")
_COMPARED = lazy(rf"{words.LEVEL}[、/或和,]{words.LEVEL}")
_GAP = lazy(r"\t+|[ \xa0]{2,}|[ \xa0]*[\u3000\u2003\u2002][\s\u3000]*|[。；;|｜]\s*")
_LABEL = lazy(r"^[^：:]{1,12}[：:]\s*")


def composed(text: str) -> str | None:
    """The case of `policy` for a stretch in compare form of nothing but words of marks; None when it holds more.

    `secrecy_mark`: a level with a term, a star, a number of copy or a notice. `internal_mark`: words for internal use.
    `secrecy_doubtful`: a notice or papers that are named without more. A bare level is judged by its place elsewhere.
    """
    if not 3 <= len(text) <= LONGEST or not _ALL.fullmatch(text):
        return None
    if text.count("(") + text.count("[") != text.count(")") + text.count("]"):
        return None  # a piece of one
    if len(set(_OWN_LEVEL.findall(text))) > 1 or _COMPARED.search(text):
        return None  # the three levels in a row: choices, or a text about them
    if _OWN_LEVEL.search(text):
        return "secrecy_mark" if _COMPANY.search(text) or _WRAPPED.fullmatch(text) else None
    if _INSIDE.search(text):
        return "internal_mark"
    return "secrecy_doubtful" if _WEAK.search(text) else None


def parts(raw: str) -> Iterator[str]:
    """Stretches of a line as it was written: between tabs, wide gaps and full stops, and behind a label."""
    if len(raw) > _LONGEST_LINE:
        return
    pieces = [piece for piece in _GAP.split(raw.strip()) if piece]
    several = len(pieces) > 1
    for piece in pieces[:_MOST_PARTS]:
        if several:
            yield piece
        behind = _LABEL.sub("", piece, count=1)
        if behind and behind != piece:
            yield behind
