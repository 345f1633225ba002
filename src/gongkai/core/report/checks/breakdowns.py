"""C12: a total in prose and the parts that are listed after it (“…47条，其中A22条，B16条，…”).

A list after 其中 need not be complete, and its parts may overlap (the same item on two channels). A hit is given
only where the list is clearly meant to add up: it ends with 其他, or comes within a tenth of the total.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.core.report.checks.prose_numbers import Quantity, quantities
from gongkai.core.report.checks.registry import Case, Hit, rule
from gongkai.core.report.model import Severity
from gongkai.core.report.prose import plain_sections, without_brackets
from gongkai.core.report.words import number
from gongkai.core.text.patterns import lazy

NEAR_BELOW = 0.1   # a list that lacks no more than this share of the total was meant to be complete
NEAR_ABOVE = 0.25  # more than the total cannot be, unless parts overlap: then it is usually much more
_SECTIONS = frozenset({1, 3, 4, 6})
FARTHEST = 80      # characters between a total and its list; further back it is another subject
_SAME_THINGS = frozenset("件条份篇则")  # units that one list of published items may mix
_OPEN_LIST = lazy(r"(?:主要包括|主要有|主要是|主要为|包括|例如|比如|涉及|等\d|等[，；。]?$)")
_RESIDUE = lazy(r"其[他它](?!有关)[^，；、。]{0,14}$")
_NEXT_SUBJECT = lazy(r"；(?=结转|顺延|转下|上年|收到|受理|新收|办结|行政复议|行政诉讼|因)")


@rule("C12", code="GK1201", severity=Severity.INFO, title="正文分项与总数不符")
def parts_add_up_to_their_total(case: Case) -> Iterator[Hit]:
    """The parts listed after 其中 (or in brackets after the total) add up to it, where they are meant to."""
    for text in (text for n, text in case.once(plain_sections).items() if n in _SECTIONS):
        for words, total, parts in _lists(text):
            added = sum(part.value for part in parts)
            if added != total.value:
                listed = "＋".join(number(part.value) for part in parts)
                yield Hit(
                    f"正文“{words}”，所列分项 {listed}＝{number(added)}{total.unit}，与 {number(total.value)}"
                    f"{total.unit}不符", (), total.value, added,
                )


def _lists(text: str) -> Iterator[tuple[str, Quantity, list[Quantity]]]:
    """The words around each total, the total, and its parts where the list is meant to be complete."""
    flat = without_brackets(text)
    for match in re.finditer(r"其中[，：]?", flat):
        body = _NEXT_SUBJECT.split(re.split(r"。|其中", flat[match.end():])[0])[0]
        for total, parts in _judge(list(quantities(flat[:match.start()])), body, match.start()):
            yield _around(flat, total), total, parts
    for match in re.finditer(r"（([^（）]*)）", text):
        before = list(quantities(text[:match.start()]))
        if before and before[-1].end == match.start():
            for total, parts in _judge(before[-1:], match[1], match.start()):
                yield _around(text, total), total, parts


def _judge(totals: list[Quantity], body: str, place: int) -> Iterator[tuple[Quantity, list[Quantity]]]:
    """What of a list's body should add up: all of it, or each piece between semicolons on its own."""
    in_body = list(quantities(body))
    for unit in dict.fromkeys(q.unit for q in in_body):
        total = next((t for t in reversed(totals) if t.unit == unit), None)
        if total is None or not total.exact or place - total.end > FARTHEST:
            continue
        for piece, parts in _pieces(body, total):
            if len(parts) > 1 and all(p.exact for p in parts) and _complete(piece, parts, total):
                yield total, parts


def _pieces(body: str, total: Quantity) -> list[tuple[str, list[Quantity]]]:
    """The whole list, or its pieces where the semicolons part several breakdowns of one total; nothing where
    the numbers already add up in one of these ways."""
    whole = _parts(body, total)
    pieces = [(piece, _parts(piece, total)) for piece in body.split("；")]
    adding_up = [parts for _, parts in pieces if sum(p.value for p in parts) == total.value]
    if sum(p.value for p in whole) == total.value or (adding_up and len(adding_up[0]) == 1):
        return []
    return pieces if adding_up else [(body, whole)]


def _parts(body: str, total: Quantity) -> list[Quantity]:
    return [q for q in quantities(body) if _same_things(q.unit, total.unit)]


def _same_things(one: str, other: str) -> bool:
    return one == other or {one, other} <= _SAME_THINGS


def _complete(body: str, parts: list[Quantity], total: Quantity) -> bool:
    """Whether the list is meant to add up to the total."""
    if _OPEN_LIST.search(body) or any(p.value > total.value for p in parts):
        return False
    if _RESIDUE.search(body[parts[-2].end:parts[-1].start]):
        return True
    off = float(sum(p.value for p in parts) - total.value)
    return -max(1, NEAR_BELOW * float(total.value)) <= off <= max(1, NEAR_ABOVE * float(total.value))


def _around(text: str, total: Quantity) -> str:
    """The words before the total, back to the last punctuation, and the total."""
    start = max(text.rfind(mark, 0, total.start) for mark in "，。；：、（）") + 1
    return text[max(start, total.start - 24):total.end]
