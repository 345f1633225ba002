"""Numbers of people who do not exist, and the ways in which they are written to be overlooked."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from gongkai.core.screening.personal.bank_card import luhn
from gongkai.core.screening.personal.id_number import check_digit

REGIONS = ("110101", "330106", "440305", "510104", "650102", "820000")
NAMES = ("赵海燕", "钱大勇", "孙丽", "李国强", "欧阳静", "王小明")


def id_number(region: str = "330106", born: date = date(1980, 1, 1), order: int = 123) -> str:
    """An identity number with its check digit."""
    first = f"{region}{born:%Y%m%d}{order:03}"
    return first + check_digit(first)


def card(first: str = "622202100111624570") -> str:
    """A card number with Luhn's digit behind `first`."""
    return next(f"{first}{digit}" for digit in range(10) if luhn(f"{first}{digit}"))


ID_NUMBERS = st.builds(
    id_number, st.sampled_from(REGIONS), st.integers(0, 40_000).map(lambda day: date(1905, 1, 1) + timedelta(day)),
    st.integers(1, 999),
)
MOBILES = st.from_regex(r"\A1[3-9][0-9]{9}\Z")
CARDS = st.from_regex(r"\A62[0-9]{14,16}\Z").map(card)

_FULL = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_CHINESE = str.maketrans("0123456789", "零一二三四五六七八九")


def cut(number: str, at: int, mark: str) -> str:
    """A number with a mark inside."""
    return number[:at] + mark + number[at:]


def disguises(number: str) -> list[str]:
    """A number in the ways of writing that the brief of screening names."""
    half = len(number) // 2
    return [
        number, number.translate(_FULL), " ".join(number), "-".join(number), cut(number, half, " "),
        cut(number, 6, "-"),
        cut(number, half, "\n"), cut(number, half, "\r\n"), "\u200b".join(number), cut(number, half, "\ufeff"),
        number.translate(_CHINESE), cut(number, 3, "\u2060\u200c"), cut(number, half, "—"), cut(number, half, "\u00a0"),
    ]
