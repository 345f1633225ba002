"""Folding: one spelling for the many ways in which a label is written.

Full and half width, traditional characters, every kind of white space, quotation marks and brackets are brought
to one form, so that labels compare equal when a reader would call them the same.
"""

from __future__ import annotations

import re
import unicodedata

# Traditional → simplified for the words of the statutory forms and of organ and place names. Only characters with
# one simplified form in these words: 乾, 裡 and the like are left alone.
_TRADITIONAL = (
    # the forms
    "資资訊讯開开機机關关報报處处罰罚強强製制廢废發发現现數数項项規规範范許许費费內内總总計计屬属於于類类務务過过"
    "執执詢询沒没補补請请復复複复訴诉訟讼審审維维結结糾纠續续辦办繼继業业構构組组織织會会應应當当爲为為为這这個个"
    "對对無无與与條条級级單单動动實实題题確确認认號号從从萬万億亿圓圆兩两轉转書书護护權权據据購购採采標标額额減减"
    "後后況况係系區区國国穩稳獲获繳缴納纳議议經经準准編编舉举訪访員员貫贯徹彻歸归檔档徵征門门"
    # organs, places, people
    "黨党縣县鎮镇鄉乡廳厅農农財财濟济環环衛卫醫医藥药療疗體体質质檢检測测場场災灾戰战軍军團团婦妇聯联殘残僑侨館馆"
    "圖图視视廣广隊队駐驻臺台灣湾島岛鄭郑濰潍滄沧瀋沈遼辽營营錦锦慶庆漢汉長长陽阳齊齐蘭兰龍龙貴贵雲云東东蘇苏陝陕"
    "寧宁運运輸输鐵铁漁渔糧粮氣气稅税勞劳領领導导職职責责監监電电話话郵邮網网間间際际進进記记錄录產产"
    "專专績绩層层態态驗验點点賠赔償偿獎奖懲惩設设備备見见證证隨随統统選选賢贤興兴華华葉叶馬马黃黄莊庄橋桥嶺岭灘滩"
    "鳳凤壩坝溝沟鄰邻莖茎賓宾瀾澜滬沪贛赣魯鲁晉晋遠远達达滿满廠厂礦矿劃划佈布彙汇閱阅隻只盡尽儘尽並并義义禮礼"
    "學学習习圍围優优勢势協协調调勵励歷历曆历屆届樓楼約约紀纪紅红綠绿細细給给絕绝純纯繫系築筑節节"
)
_QUOTES = "“”\"'‘’「」『』＂〝〞"
_TABLE = {ord(a): b for a, b in zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)}
_TABLE |= {ord(ch): '"' for ch in _QUOTES}
_TABLE |= {ord(a): b for a, b in (("〔", "["), ("〕", "]"), ("【", "["), ("】", "]"), ("﹝", "["), ("﹞", "]"))}
_SPACE = re.compile(r"[\s\u200b-\u200f\u2028\u2029\u2060\ufeff\u00ad]+")


def fold(text: str) -> str:
    """Compare form: NFKC, simplified characters, no white space at all, one kind of quotes and brackets."""
    if text.isascii():
        return _SPACE.sub("", text).translate(_TABLE)
    folded = _SPACE.sub("", unicodedata.normalize("NFKC", text))
    if not unicodedata.is_normalized("NFKC", folded):  # an accent now stands right behind its letter
        folded = unicodedata.normalize("NFKC", folded)
    return folded.translate(_TABLE)


def squeeze(text: str) -> str:
    """Display form: runs of white space become one space, ends trimmed; characters are kept as written."""
    return _SPACE.sub(" ", text).strip()
