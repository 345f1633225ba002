"""Whether an arrangement can be adopted, on plain facts. No Django."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gongkai.core.errors import Refused
from gongkai.core.workdays import YearArrangement, parse_year, region_code, upward

FIRST_YEAR = 2019  # the present Regulations; no clock of theirs runs earlier
AHEAD = 2  # years; a notice comes out in the year before, a later one is a slip of the pen


def understood(text: str | bytes, region: str | None = None) -> YearArrangement:
    """The arrangement that a text would put in force; `region` None takes what the text says.

    Raises Refused: arrangement, unknown-region, region-differs.
    """
    parsed = parse_year(text)
    if region is None:
        return parsed
    code = region_code(region)
    if parsed.region not in ("", code):
        raise Refused(
            "region-differs", "文件写的地区是%(written)s，选的地区是%(chosen)s，请改成一致；没有采用",
            written=parsed.region, chosen=code or "全国",
        )
    return replace(parsed, region=code)


def adoptable(arrangement: YearArrangement, on: date) -> None:
    """Refuse a year that nobody arranges yet, and a notice that is still to come. Raises Refused."""
    if not FIRST_YEAR <= arrangement.year <= on.year + AHEAD:
        raise Refused(
            "year-far", "%(year)s年不在可以采用的范围（%(first)s年至%(last)s年）之内，请核对年份；没有采用",
            year=arrangement.year, first=FIRST_YEAR, last=on.year + AHEAD,
        )
    if arrangement.issued_on is not None and arrangement.issued_on > on:
        raise Refused(
            "notice-to-come", "通知日期%(issued)s还没有到，请核对；没有采用", issued=arrangement.issued_on,
        )
    if not arrangement.verified:
        raise Refused("unverified", "未经核实的安排不能采用；请按正式通知核对，去掉 verified = false")


def within(region: str, agency_region: str) -> bool:
    """Whether whoever answers for `agency_region` may arrange `region`: it is that region or lies inside it."""
    return bool(agency_region) and agency_region in upward(region)
