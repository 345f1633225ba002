"""When information may be withheld, and when it is looked at again (Arts. 14–18). No Django."""

from __future__ import annotations

import calendar
from datetime import date

from gongkai.core.errors import Refused
from gongkai.core.law.answers import GROUNDS
from gongkai.publications.kinds import Attribute

TITLE_MOST, REASON_MOST = 300, 2000
MONTHS_MOST = 60
ON_REQUEST = "on_request"
# Of a document of one's own these are grounds; D8 is a way of answering, not of withholding.
WITHHOLDING_GROUNDS = tuple(key for key, one in GROUNDS.items() if one.code != "D8")
_VERDICTS = ("keep", "on_request", "publish")


def ground(attribute: str, key: str) -> None:
    """不予公开 needs one of the law's grounds, 依申请公开 has its own. Raises Refused: attribute, ground."""
    if attribute == Attribute.ON_REQUEST and key == ON_REQUEST:
        return
    if attribute not in {Attribute.ON_REQUEST, Attribute.WITHHELD}:
        raise Refused("attribute", "这里只登记依申请公开和不予公开的信息")
    if key not in WITHHOLDING_GROUNDS or attribute == Attribute.ON_REQUEST:
        raise Refused("ground", "请选择不予公开的法定依据（第十四条至第十六条）")


def decided(on: date, today: date) -> None:
    """The day of the decision. Raises Refused "future-date"."""
    if on > today:
        raise Refused("future-date", "确定日期%(day)s还没有到；没有保存", day=on)


def interval(months: int) -> int:
    """After how many months it is looked at again. Raises Refused "interval"."""
    if not 1 <= months <= MONTHS_MOST:
        raise Refused("interval", "再评估间隔应为 1 到 %(most)s 个月", most=MONTHS_MOST)
    return months


def verdict(said: str, attribute: str) -> None:
    """A verdict that fits the item. Raises Refused "verdict"."""
    if said not in _VERDICTS or (said == "on_request" and attribute == Attribute.ON_REQUEST):
        raise Refused("verdict", "请选择结论：继续不公开、转为依申请公开或者转为主动公开")


def months_later(day: date, months: int) -> date:
    """The same day so many months later, the last of the month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
