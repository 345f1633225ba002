"""The articles of the Regulations (Order 711, in force 2019-05-15) in our own words, for tooltips.

References are written "36", "36(4)" for item 4 and "16.2" for paragraph 2, as answers.toml and the deadlines do. The
sentences explain; the statute's text governs.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

STATUTE = "《中华人民共和国政府信息公开条例》"
_REFERENCE = re.compile(r"(\d{1,2})(?:\.(\d))?(?:\((\d{1,2})\))?")
_DIGITS = "零一二三四五六七八九"


def article(number: int | str) -> str:
    """A short sentence for an article, its paragraph or item; the whole article's where that has none of its own.

    Raises KeyError for what is no article that the software cites.
    """
    base, _, _ = _parts(str(number))
    return _SENTENCES.get(str(number)) or _SENTENCES[base]


def cite(reference: int | str, *, statute: bool = False) -> str:
    """The reference as a letter writes it: "36(4)" → 第三十六条第四项. Raises KeyError."""
    base, paragraph, item = _parts(str(reference))
    if base not in _SENTENCES:
        raise KeyError(reference)
    text = f"第{numeral(int(base))}条"
    if paragraph:
        text += f"第{numeral(int(paragraph))}款"
    if item:
        text += f"第{numeral(int(item))}项"
    return STATUTE + text if statute else text


def numeral(number: int) -> str:
    """1–99 in Chinese characters."""
    if not 0 < number < 100:
        raise ValueError(number)
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones else "")


def _parts(reference: str) -> tuple[str, str | None, str | None]:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise KeyError(reference)
    return match[1], match[2], match[3]


_SENTENCES: dict[str, str] = tomllib.loads(Path(__file__).with_name("articles.toml").read_text("utf-8"))["sentences"]
