"""The characters of a page as text: as it is read, line by line, and as the file draws it, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from gongkai.core.report.readers.pdf.lines import to_lines
from gongkai.core.report.readers.pdf.page import Glyph
from gongkai.core.screening.formats.halves import touching
from gongkai.core.screening.formats.pdf.chars import Char, Look
from gongkai.core.screening.formats.pdf.strings import compact

Text = list[tuple[str, int]]  # characters, each with its index in the page's `chars`; -1 for what we put between them

_WORD_GAP = 0.15   # of the line height: between Latin words and between numbers
_WIDE_GAP = 0.75   # of the line height: a gap that is seen as one even between Chinese characters
_COLUMN_GAP = 1.6  # of the line height: more is the gap between two columns


def visible(look: Look) -> Text:
    """What is seen, line by line from the top; text that runs sideways stays in the order of drawing."""
    if look.sideways:
        return drawn(look)
    glyphs = [
        _tall(char, index) for index, char in enumerate(look.chars) if not char.why and char.text not in " \n"
    ]
    text: Text = []
    for line in to_lines(glyphs, look.number):
        if text:
            text.append(("\n", -1))
        text += _line(line.glyphs, line.height, look)
    return text


class _Tall(Glyph):
    """A glyph with the box of its line, and its place in the page's `chars`."""

    place: int


def _tall(char: Char, index: int) -> _Tall:
    made = _Tall(*char.line, char.text)
    made.place = index
    return made


def _line(glyphs: Sequence[Glyph], height: float, look: Look) -> Text:
    text: Text = []
    before: Glyph | None = None
    for glyph in glyphs:
        if before is not None:
            gap = glyph.x0 - before.x1
            if gap > _COLUMN_GAP * height:
                text.append(("\t", -1))
            elif gap > _least_gap(before, glyph) * height or (gap > 0 and _apart(before, glyph, look)):
                text.append((" ", -1))
        text.append((glyph.text, glyph.place if isinstance(glyph, _Tall) else -1))
        before = glyph
    return text


def _least_gap(before: Glyph, glyph: Glyph) -> float:
    return _WORD_GAP if before.text.isascii() or glyph.text.isascii() else _WIDE_GAP


def _apart(before: Glyph, glyph: Glyph, look: Look) -> bool:
    """White space stands between the two in the file."""
    if not isinstance(before, _Tall) or not isinstance(glyph, _Tall):
        return False
    return glyph.place == before.place + 2 and look.chars[glyph.place - 1].text in " \n"


def drawn(look: Look) -> Text:
    """What is seen, in the order in which the file draws it, with the line ends that pdfium sees."""
    return [(char.text, index) for index, char in enumerate(look.chars) if not char.why]


def hidden(look: Look) -> list[tuple[str, str]]:
    """What cannot be seen: stretches of text, each with why."""
    stretches: list[tuple[str, str]] = []
    marked = [(char.why or (None if char.text in " \n" else ""), char.text) for char in look.chars]
    joined: list[tuple[str | None, str]] = []
    for why, text in marked:
        joined.append((joined[-1][0] if why is None and joined else why, text))  # spaces go with what is before
    by_why: dict[str, list[str]] = {}
    for why, run in groupby(joined, key=lambda pair: pair[0]):
        if why:
            by_why.setdefault(why, []).append("".join(text for _, text in run))
    for why, runs in by_why.items():
        text = "".join(runs) if sum(len(run) for run in runs) < 3 * len(runs) else "\n".join(runs)
        if compact(text):
            stretches.append((text, why))
    return stretches


def halves(look: Look) -> list[tuple[str, str]]:
    """Lines of which one part is seen and another is not, as the file draws them, with why."""
    found: list[tuple[str, str]] = []
    line: list[Char] = []
    for char in (*look.chars, Char("\n", 0, 0, 0, 0, "", (0, 0, 0, 0))):
        if char.text != "\n":
            line.append(char)
            continue
        whys = {one.why for one in line if one.text != " "}
        if len(whys) > 1 and "" in whys:
            runs = [("".join(one.text for one in run), why) for why, run in groupby(line, key=lambda one: one.why)]
            if touching(runs):
                found.append(("".join(text for text, _ in runs), max(whys)))
        line = []
    return found


def plain(text: Iterable[tuple[str, int]]) -> str:
    """The characters alone."""
    return "".join(character for character, _ in text)


def changed(text: Text, mask_result: str) -> set[int]:
    """Indexes of the characters that masking changed or took away."""
    before = plain(text)
    if before == mask_result:
        return set()
    hit: set[int] = set()
    offset = 0
    old_lines, new_lines = before.split("\n"), mask_result.split("\n")
    if len(old_lines) == len(new_lines):
        for old, new in zip(old_lines, new_lines, strict=True):
            hit |= {text[offset + at][1] for at in _different(old, new)}
            offset += len(old) + 1
    else:
        hit = {text[at][1] for at in _different(before, mask_result)}
    return hit - {-1}


def _different(old: str, new: str) -> list[int]:
    """Places in `old` that are not in `new`. Of one length, place by place: so a mask usually works."""
    if len(old) == len(new):
        return [at for at, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
    from difflib import SequenceMatcher

    return [
        at
        for tag, start, stop, _, _ in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal" for at in range(start, stop)
    ]


__all__ = ["Char", "Text", "changed", "drawn", "halves", "hidden", "plain", "visible"]
