"""What of a register's own columns says who somebody is. It is not taken over: identities stand sealed or nowhere.

Regulations, Art. 29 (1): name or title, proof of identity and contact are what an application tells of the applicant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from gongkai.core.registers.entry import Entry
from gongkai.core.screening.personal import find
from gongkai.core.text.fold import fold

# Headings over identities. 申请人类型 and the like are a column of the register itself and never come here.
_HEADS = re.compile(
    "姓名|名称$|^(?:申请人|委托人|代理人|联系人|当事人|来信人|法定代表人|负责人)$|申请(?:人|单位)(?:及|和|与|、|/)"
    "|证件|身份证|护照|执照|信用代码|机构代码"
    "|(?:申请人|代理人|委托人|联系人|法定代表人)(?:电话|地址|信息|情况|性别|年龄|住址|单位)"
    "|电话|手机|联系方式|通讯方式|通信方式|住址|住所|地址|邮箱|电子邮件|e-?mail|邮编|邮政编码|传真|微信|QQ|户籍|出生",
    re.I,
)
# Of the organ or of the information asked for, not of who asks.
_NOT_WHO = re.compile("(?:信息|文件|公开|事项|内容|项目|机关|部门|科室|文书|答复书?)名称|网址|链接")
_MOST_NAMED = 8


def identifies(title: str, text: str = "") -> bool:
    """True for a heading over identities, or a cell that holds one: an ID number, a telephone, a home, a mailbox."""
    return _heads_identities(title) or bool(text and find(text, context=title))


@lru_cache(maxsize=1 << 10)
def _heads_identities(title: str) -> bool:
    """The same heading stands over every row of its column."""
    head = fold(title)
    return bool(_HEADS.search(head)) and not _NOT_WHO.search(head)


def without(entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """The entries without what tells who somebody is, and a sentence for the person who imports where there was any."""
    columns: Counter[str] = Counter()
    cells: Counter[str] = Counter()
    kept: list[Entry] = []
    for entry in entries:
        left = {}
        for title, text in entry.extra.items():
            if identifies(title):
                columns[title] += 1
            elif identifies(title, text):
                cells[title] += 1
            else:
                left[title] = text
        kept.append(replace(entry, extra=left) if len(left) < len(entry.extra) else entry)
    notes = []
    if columns:
        notes.append(
            f"下列各列写有申请人的身份，没有导入：{_named(columns)}。身份只能加密保存，原台账请继续由本机关妥善保管。"
        )
    if cells:
        notes.append(f"有 {cells.total()} 格写有证件号码、电话、住址或者邮箱，没有导入，在下列各列：{_named(cells)}。")
    return tuple(kept), tuple(notes)


def _named(found: Counter[str]) -> str:
    names = [f"“{title[:40]}”" for title in found]
    return "、".join(names[:_MOST_NAMED]) + (f"等 {len(names)} 列" if len(names) > _MOST_NAMED else "")
