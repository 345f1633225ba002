"""A time limit written in words (公开时限) as limits that a clock can run: working days, at once, promptly.

One cell may hold several. What is not surely understood stays `unspecified` with its words: twenty calendar days are
not twenty working days, a notice period of five working days is no limit for publishing, and "five working days
before the hearing" runs the other way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from gongkai.core.text.fold import fold
from gongkai.core.text.numerals import parse_chinese

LONGEST = 250  # working days; more is not a limit for publishing but a slip of the pen


class LimitKind(StrEnum):
    """How a limit is told."""

    WORKING_DAYS = "working_days"
    AT_ONCE = "at_once"
    PROMPT = "prompt"
    UNSPECIFIED = "unspecified"


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit. `of_what` is what it is about where it is not about all of the item (行政许可、行政处罚事项), `start`
    what it runs from (作出行政决定), `text` the words as written."""

    kind: LimitKind
    days: int | None = None
    of_what: str = ""
    start: str = ""
    text: str = ""


_SENTENCES = re.compile(r"[;。\n]|(?=其中)")
_COMMAS = re.compile(r"[,]")
# ① ⑴ ⒈ ❶ ㈠ ㊀ are digits once folded, and would join the number behind them.
_NUMBERED = re.compile("[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229\u3280-\u3289]")
_ENDS = (";", "。", ":", ".", "!")
_ORDINAL = re.compile(r"^(?:\(?[0-9一二三四五六七八九十]{1,2}(?:\)|[.、](?!\d)))")
_NUMERALS = "〇零一二两三四五六七八九十百"
_DAYS = re.compile(rf"(?P<n>\d+|[{_NUMERALS}]+)(?:个|\(个\))?工作日")
_BEFORE_NUMBER = re.compile(r"[\d.第\-–—~至到或约每隔多数几近余]$|\d[、,/和及与或]$")
# What makes a number of working days something else than the latest day to publish.
_NOT_A_LIMIT = re.compile(
    r"不少于|不低于|不短于|不得少于|不得低于|少于|至少|最少|多于|大于|提前|召开前|之前|以前|前$|"
    r"公示期(?!满)|公示时间|公示时限|公告期(?!满)|(?:公示|公告|公布|张贴|展示|保留|保存)(?:期限)?(?:为|满)?$|"
    r"(?<!不)(?<!不得)(?<!未)超过|逾期|不受|无需|不必"
)
_AFTER_NUMBER = re.compile(r"(?:之|以)?(?:前|后|外|上)|的?(?:公示期|公告期)|左右|以上|多|至|到|[-–—~/或]")
_AT_ONCE = re.compile(r"实时|即时|立即|即刻|当日|当天")
_PROMPT = re.compile(r"及时|随时|尽快")
_DENIED = re.compile(r"[非不未无](?:能|得|必|需|用|可|宜)?(?:够)?(?:实时|即时|立即|即刻|当日|当天|及时|随时|尽快)")
_OTHER_TIME = re.compile(r"\d+|小时|[一二两三四五六七八九十百]+[年月日天周个季]")
_OF_WHAT = re.compile(r"^其中[,:]?(?P<what>.+?)(?=应当?|须|需|自|从|在|于|及时|实时|即时|立即|随时|[,:]|\d|$)")
_START = re.compile(r"(?:自|从|在|于)?(?P<start>[^,;自从应须]{1,40}?)之?(?:日|时)起")
_SHORT_START = re.compile(r"(?P<start>信息(?:形成|变更|形成或者?变更))")

_PERIODS = (
    ("half_year", re.compile(r"每半年|按半年|半年(?:度)?(?:公开|公布|更新|一次)")),
    ("quarter", re.compile(r"[每按]个?季度?|季度(?:公开|公布|更新)|每三个月|每3个月")),
    ("month", re.compile(r"[每按]个?月|月度(?:公开|公布|更新)")),
    ("year", re.compile(r"每1?年|每一年|[按每]年度?|年度(?:公开|公布|更新)")),
)


def parse_limits(text: str) -> tuple[Limit, ...]:
    """The limits that a cell holds, in its order; nothing for an empty cell, `unspecified` for what is not clear."""
    found: list[Limit] = []
    for written in _SENTENCES.split(folded(text)):
        sentence = _ORDINAL.sub("", written)
        if not sentence.strip(",:、"):
            continue
        what = _OF_WHAT.match(sentence)
        about = what["what"] if what else ""
        found += [_understood(clause, about) for clause in _clauses(sentence)]
    return tuple(found)


def shortest_days(limits: Iterable[Limit]) -> int | None:
    """The fewest working days that any of them gives; None where none counts in working days."""
    return min((limit.days for limit in limits if limit.days is not None), default=None)


def is_at_once(limits: Iterable[Limit]) -> bool:
    """Whether any of them asks for publication in real time."""
    return any(limit.kind is LimitKind.AT_ONCE for limit in limits)


def period_of(text: str) -> str:
    """How often a limit asks to publish anew: half_year, quarter, month, year; empty when it does not say, or says two
    different things."""
    plain = fold(text)
    named = set()
    for period, pattern in _PERIODS:
        plain, hits = pattern.subn("", plain)  # 每半年 must not be found again as 每年
        if hits:
            named.add(period)
    return named.pop() if len(named) == 1 else ""


def mode_of(text: str) -> str:
    """How long an item with this limit stays public: permanent, periodic or irregular."""
    if period_of(text):
        return "periodic"
    return "permanent" if re.search(r"(?<![非不])(?:长期|常年|永久)", fold(text)) else "irregular"


def folded(text: str) -> str:
    """Folded, with a line end where one ends a sentence: before a number of a list, and after punctuation.

    Digits that only white space parts are kept apart: 7 20个工作日 is not 720.
    """
    kept = ""
    plain_digits = unicodedata.normalize("NFKC", _NUMBERED.sub("\n(1)", text))
    for line in re.sub(r"(?<=\d)\s+(?=\d)", "~", plain_digits).splitlines():
        plain = fold(line)
        joins = kept and not kept.endswith(_ENDS) and not _ORDINAL.match(plain)
        kept += plain if joins or not kept else f"\n{plain}"
    return kept


def _clauses(sentence: str) -> Iterator[str]:
    """Parts between commas, each with the words that belong to it: what has no limit of its own goes with the next
    part, and at the end with the last, unless it tells another time."""
    whole: list[str] = []
    carried = ""
    for part in _COMMAS.split(sentence):
        carried = f"{carried},{part}" if carried else part
        if _says_something(part):
            whole.append(carried)
            carried = ""
    if carried:
        if whole and _OTHER_TIME.search(carried):
            whole.append(carried)  # a time of another kind: 公示期限不少于30日
        elif whole:
            whole[-1] = f"{whole[-1]},{carried}"
        else:
            whole.append(carried)
    yield from whole


def _says_something(part: str) -> bool:
    return bool(_DAYS.search(part) or _AT_ONCE.search(part) or _PROMPT.search(part))


def _understood(clause: str, about: str) -> Limit:
    unclear = Limit(LimitKind.UNSPECIFIED, None, about, "", clause)
    counts = list(_DAYS.finditer(clause))
    said_at_once, said_promptly = _AT_ONCE.search(clause), _PROMPT.search(clause)
    if len(counts) + bool(said_at_once) + bool(said_promptly) != 1 or _DENIED.search(clause):
        return unclear
    start = _START.search(clause) or _SHORT_START.search(clause)
    runs_from = start["start"].removeprefix("其中").removeprefix(about) if start else ""
    if counts:
        days = _number(clause, counts[0])
        return unclear if days is None else Limit(LimitKind.WORKING_DAYS, days, about, runs_from, clause)
    if _OTHER_TIME.search(clause):
        return unclear  # 24小时内及时: which of the two holds is not for us to say
    return Limit(LimitKind.AT_ONCE if said_at_once else LimitKind.PROMPT, None, about, runs_from, clause)


def _number(clause: str, count: re.Match[str]) -> int | None:
    """The days of a count, None where the words around it make it something else."""
    before, after = clause[:count.start()], clause[count.end():]
    if _BEFORE_NUMBER.search(before) or _NOT_A_LIMIT.search(before) or _AFTER_NUMBER.match(after):
        return None
    if re.search(r"\d", after.split(",")[0]) or re.search(r"之前|以前|提前", after):
        return None
    days = int(count["n"]) if count["n"].isdigit() else parse_chinese(count["n"])
    return days if days is not None and 0 < days <= LONGEST else None
