"""The spellings of an automatic number (w:numFmt, ECMA-376 part 1, 17.18.59) that Chinese offices use."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)


def spell(number: int, kind: str) -> str:
    """`number` in the spelling `kind`; plain digits for a spelling that is not known or does not reach so far."""
    speller = _SPELLERS.get(kind)
    return speller(number) if speller is not None and 0 < number < 10_000 else str(number)


def _chinese(number: int) -> str:
    """十一 for 11 and 一百零一 for 101, as people write them."""
    text = _grouped(number, "零一二三四五六七八九", "十百千")
    return text[1:] if text.startswith("一十") else text


def _legal(number: int) -> str:
    return _grouped(number, _LEGAL, "拾佰仟")


def _grouped(number: int, digits: str, units: str) -> str:
    out, gap = "", False
    figures = str(number)
    for place, figure in enumerate(figures):
        if figure == "0":
            gap = True
            continue
        power = len(figures) - place - 1
        out += ("零" if gap and out else "") + digits[int(figure)] + (units[power - 1] if power else "")
        gap = False
    return out


def _digital(number: int) -> str:
    return "".join(_DIGITS[int(figure)] for figure in str(number))


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        out += letters * (number // value)
        number %= value
    return out


def _letters(number: int) -> str:
    """A … Z, then AA … ZZ: Word repeats the letter."""
    return chr(64 + (number - 1) % 26 + 1) * ((number - 1) // 26 + 1)


def _from(first: str, count: int) -> Callable[[int], str]:
    """Spellings that are consecutive characters of Unicode."""
    return lambda number: chr(ord(first) + number - 1) if number <= count else str(number)


def _cycle(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)]


_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_SPELLERS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _chinese, "chineseCountingThousand": _chinese, "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese, "taiwaneseCountingThousand": _chinese, "koreanCounting": _chinese,
    "ideographDigital": _digital, "japaneseDigitalTenThousand": _digital, "taiwaneseDigital": _digital,
    "chineseLegalSimplified": _legal, "ideographLegalTraditional": _legal,
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"), "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "upperRoman": _roman, "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters, "lowerLetter": lambda number: _letters(number).lower(),
    "decimalZero": lambda number: f"{number:02d}", "decimalFullWidth": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _from("①", 20), "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20), "decimalEnclosedFullstop": _from("⒈", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
}
