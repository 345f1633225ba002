"""A year's holidays as one notice arranges them, and the TOML in which an office enters it.

    year = 2026
    notice = "国办发明电〔2025〕7号"
    title = "国务院办公厅关于2026年部分节假日安排的通知"
    date = 2025-11-04

    [[holidays]]
    name = "春节"
    off = "2月15日至23日"
    work = "2月14日（周六）、2月28日（周六）"

A later notice that changes part of it is a `[[changes]]` with the same four keys and its own `[[changes.holidays]]`.
A local arrangement also says `region` and need not hold all seven holidays.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from gongkai.core.errors import Refused
from gongkai.core.text.dates import whole_date
from gongkai.core.workdays.places import region_code
from gongkai.core.workdays.wording import Unclear, days_of, weekday

STATUTORY = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")  # 全国年节及纪念日放假办法, Art. 2
LARGEST = 100_000  # characters; a year needs some 1,500
_KEYS = {"year", "notice", "title", "date", "region", "verified", "holidays", "changes"}


class ArrangedDay(NamedTuple):
    """One day that a notice names: worked or off, for which holiday, by which notice."""

    on: date
    works: bool
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class YearArrangement:
    """What a notice says of a year. `region` is "" for the whole country; `verified` is False for days that were
    read elsewhere than in the notice. Days of the last December may belong to it (元旦)."""

    year: int
    notice: str
    title: str
    issued_on: date | None
    days: tuple[ArrangedDay, ...]
    region: str = ""
    verified: bool = True

    def as_json(self) -> dict[str, Any]:
        """Plain values that `from_json` reads back."""
        return {
            "year": self.year, "notice": self.notice, "title": self.title, "region": self.region,
            "verified": self.verified, "issued_on": self.issued_on.isoformat() if self.issued_on else None,
            "days": [[day.on.isoformat(), day.works, day.name, day.source] for day in self.days],
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> YearArrangement:
        """The arrangement that `as_json` wrote."""
        return cls(
            kept["year"], kept["notice"], kept["title"],
            date.fromisoformat(kept["issued_on"]) if kept["issued_on"] else None,
            tuple(ArrangedDay(date.fromisoformat(on), works, name, source)
                  for on, works, name, source in kept["days"]),
            kept["region"], kept["verified"],
        )

    @property
    def sha(self) -> str:
        """SHA-256 of its content: two texts that say the same have the same."""
        return hashlib.sha256(json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def parse_year(text: str | bytes) -> YearArrangement:
    """Read an arrangement as an office enters it. Raises Refused `arrangement` with one sentence per problem,
    and `unknown-region`."""
    try:
        text = text.decode("utf-8-sig") if isinstance(text, bytes) else text
    except UnicodeDecodeError:
        raise _refused(["文件不是 UTF-8 编码的文本"]) from None
    if len(text) > LARGEST:
        raise _refused(["文件太大，不像一年的节假日安排"])
    try:
        read = tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _refused([_unread(str(error))]) from None
    return arrangement(read)


def arrangement(read: dict[str, Any], region: str = "", *, verified: bool = True) -> YearArrangement:
    """An arrangement from parsed TOML. `region` and `verified` stand where it says nothing. Raises Refused."""
    problems = [f"不认识的内容“{key}”" for key in sorted(set(read) - _KEYS)]
    year = read.get("year")
    if not isinstance(year, int) or isinstance(year, bool) or not 2000 <= year <= 2100:
        raise _refused([*problems, "缺少年份，请写 year = 2027 这样的四位数"])
    region = read.get("region", region)
    verified = read.get("verified", verified)
    if not isinstance(region, str) or not isinstance(verified, bool):
        raise _refused([*problems, "region 应为地区代码，verified 应为 true 或 false"])
    region = region_code(region)
    notice, title, issued_on = _source(read, "通知", problems, dated=verified)
    days: dict[date, ArrangedDay] = {}
    names: list[str] = []
    for part in [read, *_tables(read.get("changes", []), "changes", problems)]:
        source = notice if part is read else _source(part, "调整通知", problems)[0]
        own: dict[date, ArrangedDay] = {}
        for day in _days(part, year, source, problems):
            if day.on in own and own[day.on].works != day.works:
                problems.append(f"{day.on}既放假又上班")
            own[day.on] = day
            names.append(day.name)
        days |= own
    if not problems and not region:
        problems += [f"缺少{name}" for name in STATUTORY if not any(name in given for given in names)]
        problems += [
            f"{day.on}是{weekday(day.on)}，本来就上班，不必写作调休上班"
            for day in days.values() if day.works and day.on.weekday() < 5 and day.source == notice
        ]
    if problems:
        raise _refused(problems)
    return YearArrangement(year, notice, title, issued_on, tuple(sorted(days.values())), region, verified)


def _unread(error: str) -> str:
    """Where TOML could not be read. People copy Chinese quotation marks and leave dates empty."""
    line = re.search(r"at line (\d+)", error)
    where = f"第 {line[1]} 行看不懂" if line else "文件没有写完"
    return f"{where}，请检查引号是不是英文引号、日期是否写成 2026-11-04、每个名称是否只写了一次"


def _source(
    table: dict[str, Any], what: str, problems: list[str], *, dated: bool = True,
) -> tuple[str, str, date | None]:
    """Number, title and date of a notice. A local closure may be a decision without a number: the title serves."""
    notice, title = (str(table.get(key, "")).strip() for key in ("notice", "title"))
    if not notice and not title:
        problems.append(f"缺少{what}的文号（notice）或标题（title）")
    issued = table.get("date")
    if isinstance(issued, datetime):
        issued = issued.date()
    elif isinstance(issued, str):
        issued = whole_date(issued)
    if not isinstance(issued, date):
        issued = None
        if dated:
            problems.append(f"缺少{what}的日期，请写 date = 2026-11-04")
    return notice or title, title, issued


def _tables(value: Any, key: str, problems: list[str]) -> list[dict[str, Any]]:
    if isinstance(value, list) and all(isinstance(one, dict) for one in value):
        return value
    problems.append(f"“{key}”应写成 [[{key}]] 的形式")
    return []


def _days(part: dict[str, Any], year: int, source: str, problems: list[str]) -> Iterator[ArrangedDay]:
    tables = _tables(part.get("holidays", []), "holidays", problems)
    if not tables:
        problems.append("没有写任何节日，请至少写一个 [[holidays]]")
    for table in tables:
        name = str(table.get("name", "")).strip()
        if not name:
            problems.append("有一个节日没有写名称（name）")
            continue
        problems += [f"{name}：不认识的内容“{key}”" for key in sorted(set(table) - {"name", "off", "work"})]
        if not table.get("off") and ("year" in part or not table.get("work")):  # a change may concern work alone
            problems.append(f"{name}没有写放假日期（off）")
        for key, works in (("off", False), ("work", True)):
            for on in _named(table.get(key, ""), year, name, problems):
                if on.year == year or (on.year == year - 1 and on.month == 12):
                    yield ArrangedDay(on, works, name, source)
                else:
                    problems.append(f"{name}：{on}不在{year}年")


def _named(value: Any, year: int, name: str, problems: list[str]) -> Iterable[date]:
    """The days of a key: words, one date, or a list of either."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, date) and not isinstance(one, datetime):
            yield one
        elif isinstance(one, str):
            try:
                yield from days_of(one, year) if one.strip() else ()
            except Unclear as unclear:
                problems.append(f"{name}：{unclear}")
        else:
            problems.append(f"{name}：看不懂“{one}”")


def _refused(problems: list[str]) -> Refused:
    return Refused(
        "arrangement", "节假日安排没有采用，请改正后再试：%(problems)s", problems="；".join(dict.fromkeys(problems)),
    )
