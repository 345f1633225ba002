"""Folding: one spelling for the many ways in which a label is written.

Full and half width, traditional characters, every kind of white space, quotation marks and brackets are brought
to one form, so that labels compare equal when a reader would call them the same.
"""

from __future__ import annotations

import re
import unicodedata

# Traditional → simplified for the words of the statutory form and of organ names; extend with what reports show.
_TRADITIONAL = (
    "資资訊讯開开機机關关報报獎奖懲惩處处罰罚強强製制廢废發发現现數数項项規规範范許许費费內内總总計计屬属於于"
    "國国類类務务過过執执詢询掌掌與与沒没補补請请復复訴诉訟讼審审維维結结糾纠續续辦办繼继業业構构組组織织"
    "會会層层應应當当爲为為为這这個个對对無无條条例例級级縣县區区鎮镇鄉乡廳厅辦办農农財财經经濟济環环衛卫"
    "態态標标準准領领導导職职責责單单動动實实際际電电話话間间題题進进實实確确認认檔档號号從从萬万億亿圓圆兩两"
    "轉转書书護护權权據据賠赔償偿購购採采標标團团網网點点勞劳設设態态黨党"
)
_QUOTES = "“”\"'‘’「」『』＂〝〞"
_TABLE = {ord(a): b for a, b in zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)}
_TABLE |= {ord(ch): '"' for ch in _QUOTES}
_TABLE |= {ord(a): b for a, b in (("〔", "["), ("〕", "]"), ("【", "["), ("】", "]"), ("﹝", "["), ("﹞", "]"))}
_SPACE = re.compile(r"[\s\u200b-\u200f\u2028\u2029\ufeff\u00ad]+")


def fold(text: str) -> str:
    """Compare form: NFKC, simplified characters, no white space at all, one kind of quotes and brackets."""
    if text.isascii():
        return _SPACE.sub("", text).translate(_TABLE)
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).translate(_TABLE)


def squeeze(text: str) -> str:
    """Display form: runs of white space become one space, ends trimmed; characters are kept as written."""
    return _SPACE.sub(" ", text).strip()
