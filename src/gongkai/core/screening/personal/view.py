"""A text as the detectors read it: half width, without marks that have no width, Chinese digits as digits.

Every character of the view knows where it stood in the original, so that a mask can be put there.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# One character for one: full-width forms, the ideographic space, crosses and dashes of every kind.
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_WIDTH |= {ord(dash): ord("-") for dash in "‐‑‒–—―−﹘﹣－⁃─"}
_WIDTH |= {ord(cross): ord("X") for cross in "×✕✖╳ХχΧ⨯"}
_WIDTH |= {ord("﹕"): ord(":"), ord("∶"): ord(":"), ord("﹫"): ord("@")}
_UNSEEN = re.compile(
    "[\u00ad\u0332-\u0338\u034f\u20dd-\u20e3\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U000e0000-\U000e007f\U000e0100-\U000e01ef\x00-\x08\x0e-\x1e\x7f]"
)
_FOREIGN_DIGIT = re.compile(r"(?![0-9０-９])\d")
_CHINESE = "零〇○一二三四五六七八九壹贰叁肆伍陆柒捌玖貳參陸幺"
_IN_DIGITS = str.maketrans(_CHINESE, "0001234567891234567892361")
_CHINESE_RUN = re.compile(rf"[{_CHINESE}0-9](?:[ \t\r\n.·、,-]{{0,2}}[{_CHINESE}0-9]){{9,}}")
_ANY_CHINESE = re.compile(f"[{_CHINESE}]")
_CUT = re.compile(r"([\r\n、]+)")
_WHOLE = frozenset({11, 12, 15, 16, 17, 18, 19})
_FEWEST = 8
_MOSTLY = 0.4
_NAME_AND_NUMBER = (12, 19)


@dataclass(frozen=True, slots=True)
class View:
    """`text` is what the patterns see; `places` maps its characters to the original, None when one is the other."""

    source: str
    text: str
    places: tuple[int, ...] | None

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """A slice of the view as a slice of the original. Raises ValueError for an empty one."""
        if start >= stop:
            raise ValueError("an empty slice stands nowhere")
        if self.places is None:
            return start, stop
        return self.places[start], self.places[stop - 1] + 1


def view(text: str) -> View:
    """The view of a text. A text of the usual characters costs one translation."""
    if _UNSEEN.search(text) or _FOREIGN_DIGIT.search(text):
        letters: list[str] = []
        places: list[int] = []
        for place, character in enumerate(text):
            folded = _folded(character)
            if folded:
                letters.append(folded)
                places.append(place)
        return View(text, _with_chinese("".join(letters)), tuple(places))
    return View(text, _with_chinese(text if text.isascii() else text.translate(_WIDTH)), None)


def without_unseen(text: str) -> str:
    """The text without marks that have no width."""
    return _UNSEEN.sub("", text)


def _with_chinese(text: str) -> str:
    """Ten digits and more in a row, most of them Chinese, are a number; fewer are words (三五年, 二〇二三)."""
    if text.isascii() or not _ANY_CHINESE.search(text):
        return text
    return _CHINESE_RUN.sub(_run_in_digits, text)


def _run_in_digits(found: re.Match[str]) -> str:
    """A run that goes on in the next line or item (…四九⏎一、提高认识) is cut there when its parts are numbers."""
    parts = _CUT.split(found[0])
    crossed = found.string[found.end():found.end() + 1] in {"X", "x"}
    if len(parts) > 1 and any(_count(part) in _WHOLE for part in parts[::2]):
        last = len(parts) - 1
        return "".join(
            part if at % 2 else _in_digits(part, crossed and at == last) for at, part in enumerate(parts)
        )
    return _in_digits(found[0], crossed)


def _count(part: str) -> int:
    return len(_ANY_CHINESE.findall(part)) + sum(character.isdecimal() for character in part)


def _in_digits(run: str, crossed: bool) -> str:
    chinese = len(_ANY_CHINESE.findall(run))
    digits = _count(run)
    if chinese < _MOSTLY * digits or digits < _FEWEST:
        return run  # 张三13800000000: a name before a number
    if digits + crossed in _NAME_AND_NUMBER and _ANY_CHINESE.match(run[1:]):
        return run[0] + run[1:].translate(_IN_DIGITS)  # 张三一三八…: the name's last character is none of the number's
    return run.translate(_IN_DIGITS)


@lru_cache(maxsize=1 << 14)
def _folded(character: str) -> str:
    if _UNSEEN.match(character):
        return ""
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.digit(character))
    return character.translate(_WIDTH)
