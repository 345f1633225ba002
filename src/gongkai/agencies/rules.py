"""Decisions about the tree on plain facts. No Django."""

from __future__ import annotations

import re
from datetime import date

from gongkai.core.errors import Refused

WIDTH = 8
DEEPEST = 16
LONGEST_NUMBER = 60  # characters of a document number
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def path_under(parent_path: str, key: int) -> str:
    """The path of an agency below `parent_path` ("" for a root). Raises Refused when the tree would be too deep."""
    if len(parent_path) // WIDTH >= DEEPEST:
        raise Refused("too-deep", "机关层级超过 %(most)s 级", most=DEEPEST)
    if key >= 10**WIDTH:
        raise Refused("too-many", "机关编号超过八位数")
    return f"{parent_path}{key:0{WIDTH}d}"


def move(path: str, new_parent_path: str) -> None:
    """Refuse to put an agency below itself or below one of its own."""
    if new_parent_path.startswith(path):
        raise Refused("cycle", "不能把机关移到它自己或它的下级之下")


def move_day(
    on: date, *, today: date, last: date | None, founded: date | None, above: str, above_from: date | None,
    above_to: date | None,
) -> None:
    """The day from which an agency lies under another: not tomorrow, for who supervises whom is settled today; not
    before its last move (`last`), and both stood then. Raises Refused: day-in-future, before-last-move,
    not-founded-then, parent-not-then."""
    if on > today:
        raise Refused("day-in-future", "移动的生效日期不能晚于今天；没有移动，请到那一天再登记")
    if last is not None and on < last:
        raise Refused(
            "before-last-move", "%(last)s已登记过一次移动，生效日期不能比它早；没有移动", last=last,
        )
    if founded is not None and on < founded:
        raise Refused("not-founded-then", "这个机关%(founded)s才成立，生效日期不能比它早；没有移动", founded=founded)
    if (above_from is not None and on < above_from) or (above_to is not None and on >= above_to):
        raise Refused("parent-not-then", "%(above)s在%(on)s不存在，不能从那天起作上级；没有移动", above=above, on=on)


def document(number: str) -> str:
    """The number of the document that orders a change; may be empty. Raises Refused: words-too-long."""
    number = number.strip()
    if len(number) > LONGEST_NUMBER:
        raise Refused("words-too-long", "文号不能超过 %(most)s 个字", most=LONGEST_NUMBER)
    return number


def dates(valid_from: date | None, valid_to: date | None) -> None:
    """Refuse an end that is not after the beginning."""
    if valid_from is not None and valid_to is not None and valid_to <= valid_from:
        raise Refused("dates", "失效日期须晚于生效日期")


def credit_code(code: str) -> None:
    """Refuse a 统一社会信用代码 whose check character is wrong (GB 32100-2015). Empty is allowed."""
    if not code:
        return
    if not re.fullmatch(f"[{_CREDIT}]{{18}}", code):
        raise Refused(
            "credit-code", "统一社会信用代码“%(given)s”应为 18 位数字和大写字母（不含 I、O、S、V、Z）", given=code,
        )
    total = sum(_CREDIT.index(ch) * weight for ch, weight in zip(code[:17], _WEIGHTS, strict=True))
    if _CREDIT[(31 - total % 31) % 31] != code[17]:
        raise Refused("credit-code", "统一社会信用代码“%(given)s”的校验位不对，请核对", given=code)


def guess_kind(name: str) -> str:
    """The kind that a full name tells: the last words of Chinese organ names say what they are."""
    if re.search(r"街道(办事处|办)?$", name):
        return "street"
    if re.search(r"(?<!市)(?<!县)(?<!区)(镇|乡)(人民政府|政府)?$", name):
        return "township"
    if re.search(r"(人民)?政府$", name):
        return "government"
    if re.search(r"管理委员会$|管委会$", name):
        return "dispatched"
    return "department"


# Beside in person and by post, which bind every agency, these bind those whose guide describes them (Art. 29).
OPTIONAL_CHANNELS = ("online", "fax", "email")


def channels(said: object) -> None:
    """Refuse a channel that is none of `OPTIONAL_CHANNELS`. Raises Refused."""
    if not isinstance(said, list) or not set(said) <= set(OPTIONAL_CHANNELS):
        raise Refused("unknown-channel", "受理渠道只能选网络、传真、电子邮件；当面和邮寄依法必须受理，不用选")
