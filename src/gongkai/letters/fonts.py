"""The faces of a letter on this machine, and whether they have every character.

typst leaves out a glyph that no font has and says nothing, so every character is looked up before a page is set.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import typst

from gongkai.core.errors import Refused
from gongkai.core.report.writers.font_coverage import characters
from gongkai.core.report.writers.font_families import FANGSONG, HEI, KAITI, SANS, SERIF, SONG, TITLE

# What may stand for a face, the same kind of writing first. 仿宋 and 楷体 fall back to 宋体 and not to 黑体.
_KINDS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("小标宋", "XiaoBiaoSong", "中宋"),
     (*TITLE, *SONG, *SERIF)),
    (("仿宋", "FangSong"),
     (*FANGSONG, *SERIF, *SONG)),
    (("楷", "Kai"), (*KAITI, *SERIF, *SONG)),
    (("黑", "Hei", "Sans", "雅黑", "等线"), (*HEI, *SANS)),
    ((), (*SONG, *SERIF)),
)


@cache
def families(font: str) -> tuple[str, ...]:
    """The families of this machine in which text of `font` is set, best first.

    Raises Refused: no-cjk-font when the machine has no Chinese font.
    """
    wanted = next(chain for marks, chain in _KINDS if not marks or any(mark in font for mark in marks))
    found = tuple(dict.fromkeys(
        family for family in (font, *wanted, *SERIF, *SONG, *SANS) if family in _installed()
    ))
    if not set(found) & _chinese():
        raise Refused(
            "no-cjk-font",
            "这台服务器没有可用的中文字体，PDF 会缺字，没有生成文书；"
            "请管理员安装中文字体（Debian 软件包 fonts-noto-cjk）",
        )
    return found


def lacking(used: Iterable[tuple[str, str]]) -> set[str]:
    """The characters of text, given as (font, text), that none of the families of its face has.

    Raises Refused: no-cjk-font.
    """
    by_font: dict[str, set[str]] = {}
    for font, text in used:
        by_font.setdefault(font, set()).update(text)
    without: set[str] = set()
    for font, chars in by_font.items():
        left = chars - set("\n\t\r ")
        for family in families(font):
            if not left:
                break
            left = left - _characters(family)
        without |= left
    return without


def compiler() -> typst.Compiler:
    """The compiler with the fonts of this machine."""
    return _compiler()


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=_fonts(), ignore_system_fonts=True)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)


@cache
def _installed() -> frozenset[str]:
    return frozenset(_fonts().families())


@cache
def _chinese() -> frozenset[str]:
    named = {family for _marks, chain in _KINDS for family in chain} | {*SERIF, *SONG, *SANS}
    return frozenset(family for family in named & _installed() if "公" in _characters(family))


@cache
def _characters(family: str) -> frozenset[str]:
    """The characters of the face that typst takes for plain text: upright, of the weight nearest to 400."""
    faces = [font for font in _fonts().fonts() if font.family == family and font.path and font.style == "normal"]
    if not faces:
        return frozenset()
    face = min(faces, key=lambda font: abs(font.weight - 400))
    return characters(face.path or "", face.index)
