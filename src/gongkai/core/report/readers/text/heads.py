"""Column heads of a printed table by their letters: wrapped heads stand side by side, cut over several lines.

Where every letter of the statutory heads is there, as often as the form has it, and every line has them in the form's
order, the columns are those of the form. A head too many, one that is missing or one out of its turn gives none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from gongkai.core.report.forms import FORM_IDS, form
from gongkai.core.report.readers.text.draft import Piece
from gongkai.core.report.readers.text.strands import letters_of
from gongkai.core.text.fold import fold

_APPLICANTS = "自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他"
_LOOSE = "申请人情况 法人或者其他组织 法人和其他组织"  # what may be there besides
_TOLD_BY = ("然", "商", "科研", "社公益", "律服务", "总")  # letters that stand in no other head of table 三
_TURNS3 = {letter: turn for turn, letters in enumerate(_TOLD_BY) for letter in letters}
_OTHER = re.compile(r"(?<![或和者\s])\s*(?P<other>其)(?!\s*他\s*组)")  # the head 其他, not 法人或其他组织
_ASKEW = 5  # columns by which text on different lines may stand out of place; a column of the table is wider
_OVER4 = "行政复议 行政诉讼 未经复议直接起诉 复议后起诉"
OUTCOME_LABELS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
_TURNS4 = {letter: turn for turn, letter in enumerate("维纠其尚总")}
_GROUPS = 3


def is_head3(text: str) -> bool:
    """A line of nothing but words from the heads of table 三, whole or cut."""
    words = [letters for word in text.split() if (letters := letters_of(word))]
    known = _words3()
    return bool(words) and all(any(word in head for head in known) for word in words)


def complete3(lines: Sequence[str]) -> bool:
    """All heads of table 三 are among these lines, whatever else is."""
    return not _count(_APPLICANTS) - Counter(letters_of("".join(lines))) - Counter("或")


def heads3(lines: Sequence[str], number: int) -> list[Piece]:
    """The seven columns in the form's order with the labels over them; empty when anything speaks against it."""
    found = Counter(letters_of("".join(lines)))
    latest = form(FORM_IDS[-1])
    spare = found - _count(_APPLICANTS) - _count(_LOOSE) - _count(latest.t3_corner)
    if not complete3(lines) or spare or not _in_columns3(lines):
        return []
    labels = dict.fromkeys(label for column in latest.t3_columns for label in column.path)
    corner = [latest.t3_corner] if "勾" in found else []
    return [Piece(label, number) for label in (*corner, *labels)]


def heads4(lines: Sequence[str], number: int) -> list[Piece]:
    """Fifteen outcomes under their groups in the form's order; empty when anything speaks against it."""
    if Counter(letters_of("".join(lines))) != _count(_OVER4) + _count("".join(OUTCOME_LABELS * _GROUPS)):
        return []
    for line in lines:
        letters = letters_of(line)
        if not _in_turn4(line) or letters.find("诉讼") < letters.find("行政复议") or (
            -1 < letters.find("复议后") < letters.find("未经")
        ):
            return []
    return [Piece(label, number) for label in (*_OVER4.split(), *OUTCOME_LABELS * _GROUPS)]


def is_head4(text: str) -> bool:
    """A line of nothing but letters from the heads of table 四."""
    letters = set(letters_of(text))
    return bool(letters) and letters <= set(_OVER4 + "".join(OUTCOME_LABELS))


def _words3() -> tuple[str, ...]:
    corner = letters_of(form(FORM_IDS[-1]).t3_corner)
    return (corner, *_APPLICANTS.split(), *_LOOSE.split())


def _count(words: str) -> Counter[str]:
    return Counter(letters_of(words))


def _in_columns3(lines: Sequence[str]) -> bool:
    """Each line has the heads in turn; 自然人 stands left and 总计 right of all others, whatever line they are on."""
    places: dict[int, list[int]] = {}
    others: list[int] = []
    for line in lines:
        seen = [(_TURNS3[fold(letter)], x) for x, letter in enumerate(line) if fold(letter) in _TURNS3]
        if any(after < before for (before, _), (after, _) in pairwise(seen)):
            return False
        for turn, x in seen:
            places.setdefault(turn, []).append(x)
        other = [match.start("other") for match in _OTHER.finditer(line)]
        total = [x for turn, x in seen if turn == len(_TOLD_BY) - 1]
        if other and total and max(other) > min(total):
            return False
        in_row = any(0 < turn < len(_TOLD_BY) - 1 for turn, _ in seen)
        if other and not in_row and any(turn == 0 for turn, _ in seen):
            return False
        others += [] if in_row else other  # beside the other kinds of organisation it is where it belongs
    if not any("  " in line.strip() for line in lines):
        return True  # one space between the cells: places on different lines say nothing
    first, last = places.pop(0), places.pop(len(_TOLD_BY) - 1)
    between = [*others, *(x for found in places.values() for x in found)]
    return max(first) <= min(between) + _ASKEW and max(between) <= min(last) + _ASKEW


def _in_turn4(line: str) -> bool:
    """The letters that tell outcomes apart come in turn, starting anew only as often as they recur in the line.

    Where heads of several heights share a line, it can begin with the 总计 of a group whose others stand higher or
    lower.
    """
    seen = [_TURNS4[letter] for letter in letters_of(line) if letter in _TURNS4]
    last = max(_TURNS4.values())
    if seen[:1] == [last] and set(seen) != set(_TURNS4.values()):
        seen = seen[1:]
    rounds = 1 + sum(after < before for before, after in pairwise(seen))
    return not seen or rounds <= max(Counter(seen).values())
