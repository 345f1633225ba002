"""Index numbers (索引号) from a template that an office chooses.

There is no single rule: most are `{credit_code}/{year}-{serial:05d}`, others put the month, an area, a department or a
class in front. A number is for life, so a template must say which number is meant: it holds one serial, it names the
period in which the serial starts anew, and every number that it makes can be taken apart again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from string import Formatter

from gongkai.core.errors import Refused

DEFAULT_TEMPLATE = "{credit_code}/{year}-{serial:05d}"
LONGEST = 100
_LITERAL = re.compile(r"[0-9A-Za-z\u4e00-\u9fff/._〔〕\[\]()（）:-]*")
_WORD = re.compile(r"[0-9A-Za-z]{1,30}")
_PADDED = re.compile(r"0([2-9])d")
_FIXED = {
    "credit_code": r"[0-9A-Z]{18}", "year": r"[0-9]{4}", "month": r"[0-9]{2}", "day": r"[0-9]{2}", "date": r"[0-9]{8}",
}
_WORDS = ("area", "department", "class", "group")
FIELDS = (*_FIXED, *_WORDS, "serial")


class Restart(StrEnum):
    """When the serial starts from one again."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    NEVER = "never"


_NEEDED = {
    Restart.YEAR: (("year",), ("date",)), Restart.MONTH: (("year", "month"), ("date",)),
    Restart.DAY: (("year", "month", "day"), ("date",)), Restart.NEVER: ((),),
}


@dataclass(frozen=True, slots=True)
class IndexTemplate:
    """A template that is sound. Make one with `template`."""

    text: str
    restart: Restart
    fields: frozenset[str]
    pattern: re.Pattern[str]
    _parts: tuple[tuple[str, str, int], ...]  # literal, then field and its digits (0: as it is)

    def render(self, *, serial: int, on: date, values: Mapping[str, str]) -> str:
        """The number. `values` holds credit_code and the office's own words where the template names them.

        Raises Refused: `value-missing`, `value-odd`, `serial-odd`, `number-too-long`.
        """
        if serial < 1:
            raise Refused("serial-odd", "序号从 1 开始，%(serial)s 不能用", serial=serial)
        made = ""
        for literal, field, digits in self._parts:
            made += literal
            if field:
                made += _filled(field, digits, serial, on, values)
        if len(made) > LONGEST:
            raise Refused("number-too-long", "索引号超过 %(most)s 个字符，请缩短模板或者代码", most=LONGEST)
        return made

    def parse(self, number: str) -> dict[str, str] | None:
        """The fields of a number that this template makes; None for another number. The serial has its zeros."""
        found = self.pattern.fullmatch(number)
        return found.groupdict() if found else None

    def next_serial(self, numbers: Iterable[str], *, on: date, values: Mapping[str, str]) -> int:
        """One more than the highest serial among `numbers` that stand in the same series: same words, same period."""
        highest = 0
        wanted = {field: _filled(field, 0, 1, on, values) for field in self._series()}
        for number in numbers:
            parts = self.parse(number)
            if parts is not None and all(self._same(parts, field, text) for field, text in wanted.items()):
                highest = max(highest, int(parts["serial"]))
        return highest + 1

    def _series(self) -> frozenset[str]:
        """The fields that set one series apart from another."""
        times = {
            Restart.DAY: {"year", "month", "day", "date"}, Restart.MONTH: {"year", "month", "date"},
            Restart.YEAR: {"year", "date"}, Restart.NEVER: set(),
        }[self.restart]
        return self.fields - {"serial", "year", "month", "day", "date"} | (self.fields & times)

    def _same(self, parts: Mapping[str, str], field: str, text: str) -> bool:
        if field != "date":
            return parts[field] == text
        kept = {Restart.DAY: 8, Restart.MONTH: 6, Restart.YEAR: 4, Restart.NEVER: 0}[self.restart]
        return parts[field][:kept] == text[:kept]


def template(text: str, restart: Restart = Restart.YEAR) -> IndexTemplate:
    """Read a template, such as "{credit_code}/{year}-{serial:05d}".

    Raises Refused: `template-empty`, `template-too-long`, `template-broken`, `unknown-field`, `field-twice`,
    `serial-missing`, `period-missing`, `odd-character`, `ambiguous`.
    """
    plain = text.strip()
    if not plain:
        raise Refused("template-empty", "请写明索引号的模板，例如 %(example)s", example=DEFAULT_TEMPLATE)
    if len(plain) > LONGEST:
        raise Refused("template-too-long", "索引号的模板超过 %(most)s 个字符", most=LONGEST)
    parts = _parts(plain)
    fields = [field for _, field, _ in parts if field]
    if len(fields) != len(set(fields)):
        raise Refused("field-twice", "模板里有一项写了两次，每项只能写一次")
    if "serial" not in fields:
        raise Refused("serial-missing", "模板里没有序号 %(field)s，索引号会重复", field="{serial}")
    if not any(set(needed) <= set(fields) for needed in _NEEDED[restart]):
        raise Refused(
            "period-missing",
            "序号到期重新从 1 开始，模板里要有年份 %(year)s 或者日期 %(date)s"
            "（按月、按日的还要有月、日），不然索引号会重复",
            year="{year}", date="{date}",
        )
    _apart(parts)
    pattern = "".join(re.escape(literal) + (_group(field, digits) if field else "") for literal, field, digits in parts)
    return IndexTemplate(plain, restart, frozenset(fields), re.compile(pattern), tuple(parts))


def _parts(text: str) -> list[tuple[str, str, int]]:
    try:
        cut = list(Formatter().parse(text))
    except ValueError as error:
        raise Refused("template-broken", "模板的花括号没有成对，请检查") from error
    parts = []
    for literal, field, form, conversion in cut:
        if not _LITERAL.fullmatch(literal):
            raise Refused("odd-character", "模板里有不能用在索引号里的字符，请改用字母、数字、汉字和 / - . _")
        if field is None:
            parts.append((literal, "", 0))
            continue
        if field not in FIELDS or conversion:
            raise Refused(
                "unknown-field", "模板里的“%(field)s”不认识，可用：%(known)s", field=field[:30],
                known="、".join(FIELDS),
            )
        parts.append((literal, field, _digits(field, form or "")))
    return parts


def _digits(field: str, form: str) -> int:
    if not form:
        return 0
    padded = _PADDED.fullmatch(form)
    if padded is None or field in {"credit_code", "date", *_WORDS}:
        raise Refused("template-broken", "“%(form)s”不是能用的写法，序号补零请写成 %(example)s", form=form[:20],
                      example="{serial:05d}")
    digits = int(padded[1])
    if field != "serial" and digits != {"year": 4}.get(field, 2):
        raise Refused("template-broken", "“%(form)s”不是能用的写法，序号补零请写成 %(example)s", form=form[:20],
                      example="{serial:05d}")
    return digits


def _apart(parts: list[tuple[str, str, int]]) -> None:
    """What has no fixed length must end where a letter or digit cannot follow, and begin where none came before."""
    for (_, field, _), (literal, _next, _) in zip(parts, [*parts[1:], ("", "", 0)], strict=True):
        last = (literal, _next) == ("", "")
        if field in {*_WORDS, "serial"} and not last and re.match(r"[0-9A-Za-z]|$", literal):
            raise Refused("ambiguous", "“%(field)s”后面要有分隔的符号（例如 - 或者 /），不然拆不开", field=field)


def _group(field: str, digits: int) -> str:
    if field == "serial":
        # Padded: at least so many digits, and more only where the number needs them.
        inside = rf"[0-9]{{{digits}}}|[1-9][0-9]{{{digits},}}" if digits else "[1-9][0-9]*"
    else:
        inside = _FIXED.get(field, _WORD.pattern)
    return f"(?P<{field}>{inside})"


def _filled(field: str, digits: int, serial: int, on: date, values: Mapping[str, str]) -> str:
    if field == "serial":
        return str(serial).zfill(digits)
    if field in {"year", "month", "day", "date"}:
        year, month, day = on.isoformat().split("-")
        return {"year": year, "month": month, "day": day, "date": year + month + day}[field]
    text = values.get(field, "")
    if not text:
        raise Refused("value-missing", "索引号缺少“%(field)s”，请先在机关资料里填写", field=field)
    if not re.fullmatch(_FIXED.get(field, _WORD.pattern), text):
        raise Refused(
            "value-odd", "“%(text)s”不能用作索引号的“%(field)s”，只能用字母和数字", text=text[:30], field=field,
        )
    return text
