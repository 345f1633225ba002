"""The three label columns of table 三 told apart: 三、本年度办理结果 · （三）不予公开 · 1.属于国家秘密.

On a printed page the labels of the three columns are wrapped side by side, so that their words reach the reader
mixed up. Each column has its own words in the form's order. The cheapest way to deal the words out to the columns,
so that every column spells its labels one after the other, is the way in which the page was set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from heapq import nsmallest
from math import inf

from gongkai.core.report.forms import form
from gongkai.core.report.locate.nearest import edits
from gongkai.core.text.fold import fold

_NOT_LETTER = re.compile(r"[\W_]+")
_ORDINAL = re.compile(r"\d{1,2}|[一二三四五六七八九]")
_BREAK = re.compile(  # （三）不予公开1.属于国家秘密 holds two labels
    r"(?<=[^(（])(?=[(（][一二三四五六七][)）])|(?<=[^\W\d_])(?=[1-8][.．、])|(?<=[)）])(?=[1-8][.．、])"
)
_STRANDS = 3
_WAYS = 40       # readings of the words so far that are kept
_MARGIN = 9.0    # a reading that costs so much more than the best one is given up
_JUNK = 3.0      # cost of a word that belongs to no label, and one more for each of its letters
_ABSENT = 6.0    # cost of a label of which nothing is there
_HOPELESS = 120.0  # a page that can only be read at such a cost is not set like the form
_MOST_WORDS = 800  # a table of the form has some 200, set one letter a line some 500
_MISSING = 1.5   # cost of a letter left out or wrong
_MOST_MISSING = 3
_AHEAD = 3       # labels that can be absent in a row


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a space between them: where they stand, as written and without punctuation."""

    line: int
    x: int
    text: str
    letters: str


@dataclass(frozen=True, slots=True)
class Target:
    """A label of the form: its row's key (None for labels of several rows), its spellings, those of the outer labels.

    `above` are the first spellings of the labels that span its row, from the outside in.
    """

    key: str | None
    spellings: tuple[str, ...]
    above: tuple[str, ...]


@dataclass(slots=True)
class Label:
    """A label as it was found: the form's label, the words that spell it, what was missing or wrong in letters."""

    target: Target
    words: list[Word]
    cost: float

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words)

    @property
    def first(self) -> int:
        return min(word.line for word in self.words)

    @property
    def last(self) -> int:
        return max(word.line for word in self.words)


@dataclass(frozen=True, slots=True)
class _At:
    """Where a strand stands: in which label, in which of its spellings, after how many letters."""

    label: int = -1
    spelling: int = 0
    letters: int = 0


@dataclass(frozen=True, slots=True)
class _Step:
    """A word dealt to a strand (None for junk), linked to the step before."""

    before: _Step | None
    word: int
    strand: int | None
    label: int
    cost: float


_State = tuple[tuple[_At, ...], int]  # the strands, and the last one used in the current line


def letters_of(text: str) -> str:
    """What of a text counts: no punctuation, one width, simplified characters."""
    return _NOT_LETTER.sub("", fold(text))


def words_of(line: int, x: int, text: str) -> Iterator[Word]:
    """The words of a fragment that begins in column `x`; labels printed without a space between them are parted."""
    for match in re.finditer(r"\S+", text):
        at = x + match.start()
        for part in _BREAK.split(match.group()):
            letters = letters_of(part)
            if letters:
                yield Word(line, at, part, letters)
            at += len(part)


@cache
def targets(form_id: str) -> tuple[tuple[Target, ...], ...]:
    """The labels of a form by label column, in the order in which they are printed."""
    found: list[dict[str, Target]] = [{}, {}, {}]
    for row in form(form_id).t3_rows:
        for depth, text in enumerate(row.path):
            inner = depth == len(row.path) - 1
            texts = (text, *row.variants) if inner else (text,)
            whole = [letters_of(each) for each in texts]
            cores = [each[1:] for each in whole if _ORDINAL.match(each) and each[1:]]
            above = tuple(map(letters_of, row.path[:depth]))
            target = Target(row.key if inner else None, tuple(dict.fromkeys(whole + cores)), above)
            found[depth].setdefault(text, target)
    return tuple(tuple(strand.values()) for strand in found)


def deal(words: Sequence[Word], form_id: str) -> tuple[list[Label], float]:
    """The labels of the form that the words spell, in the order of the page, and what it cost to see them so.

    Nothing, at endless cost, where the words are not those of the form.
    """
    strands = targets(form_id)
    if len(words) > _MOST_WORDS:
        return [], inf
    ways: dict[_State, tuple[float, _Step | None]] = {((_At(),) * _STRANDS, 0): (0.0, None)}
    line = -1
    for number, word in enumerate(words):
        fresh = word.line != line
        line = word.line
        after: dict[_State, tuple[float, _Step | None]] = {}
        for (places, used), (cost, step) in ways.items():
            for strand in range(0 if fresh else used, _STRANDS):
                for place, price in _moves(strands[strand], places[strand], word.letters):
                    state = ((*places[:strand], place, *places[strand + 1:]), strand)
                    _offer(after, state, cost + price, _Step(step, number, strand, place.label, price))
            _offer(after, (places, 0 if fresh else used), cost + _junk(word, places, strands),
                   _Step(step, number, None, 0, 0.0))
        ways = _cheapest(after)
        if min(way[0] for way in ways.values()) > _HOPELESS:
            return [], inf
    cost, step = min(
        ((cost + _absent(places, strands), step) for (places, _), (cost, step) in ways.items()), key=lambda way: way[0],
    )
    return _collect(words, strands, step), cost


def _offer(
    ways: dict[_State, tuple[float, _Step | None]], state: _State, cost: float, step: _Step,
) -> None:
    if state not in ways or cost < ways[state][0]:
        ways[state] = (cost, step)


def _cheapest(ways: dict[_State, tuple[float, _Step | None]]) -> dict[_State, tuple[float, _Step | None]]:
    least = min(cost for cost, _ in ways.values()) + _MARGIN
    kept = {state: way for state, way in ways.items() if way[0] <= least}
    if len(kept) <= _WAYS:
        return kept
    return dict(nsmallest(_WAYS, kept.items(), key=lambda entry: entry[1][0]))


def _junk(word: Word, places: Sequence[_At], strands: Sequence[Sequence[Target]]) -> float:
    """Words below the last label are no part of the table."""
    ended = places[0].label == len(strands[0]) - 1 and not _left(strands[0], places[0])
    return 0.1 if ended else _JUNK + len(word.letters)


def _absent(places: Sequence[_At], strands: Sequence[Sequence[Target]]) -> float:
    return sum(
        _ABSENT * (len(strand) - 1 - place.label) + _unfinished(strand, place)
        for strand, place in zip(strands, places, strict=True)
    )


def _moves(strand: Sequence[Target], at: _At, letters: str) -> Iterator[tuple[_At, float]]:
    """Every way in which a word can carry on a strand: in the label that it is in, or at the head of a later one."""
    if at.label >= 0:
        spelling = strand[at.label].spellings[at.spelling]
        for upto, price in _fits(spelling, at.letters, letters):
            yield _At(at.label, at.spelling, upto), price
    leaving = _unfinished(strand, at)
    last = len(strand) if at.label < 0 else at.label + 1 + _AHEAD
    for label in range(at.label + 1, min(last, len(strand))):
        skipped = label - at.label - 1
        price = leaving + (_ABSENT * skipped if at.label >= 0 else min(skipped, 1) * 1.0)
        for number, spelling in enumerate(strand[label].spellings):
            for upto, more in _begins(spelling, letters):
                yield _At(label, number, upto), price + more


def _left(strand: Sequence[Target], at: _At) -> int:
    return len(strand[at.label].spellings[at.spelling]) - at.letters if at.label >= 0 else 0


def _unfinished(strand: Sequence[Target], at: _At) -> float:
    """Cost of leaving a label before its end: 申请数 for 申请数量 is little."""
    left = _left(strand, at)
    return left * 0.7 if left <= 2 else 2.0 + 0.5 * left


@lru_cache(maxsize=20_000)
def _begins(spelling: str, letters: str) -> tuple[tuple[int, float], ...]:
    """A label may be numbered in another way than the form does."""
    found = _fits(spelling, 0, letters)
    ordinal = _ORDINAL.match(letters)
    if found or ordinal is None or len(letters) == ordinal.end():
        return found
    return tuple((upto, price + 0.5) for upto, price in _fits(spelling, 0, letters[ordinal.end():]))


@lru_cache(maxsize=50_000)
def _fits(spelling: str, at: int, letters: str) -> tuple[tuple[int, float], ...]:
    """How far a word carries on a spelling from `at`, and at what cost; nothing where they do not look alike."""
    size = len(letters)
    if spelling.startswith(letters, at):
        return ((at + size, 0.0),)
    if at:
        for skipped in range(1, _MOST_MISSING + 1):
            if spelling.startswith(letters, at + skipped):
                return ((at + skipped + size, _MISSING * skipped),)
    if size < 3 or at >= len(spelling):
        return ()
    if sum(letter in spelling for letter in letters) < size - max(1, size // 4):
        return ()
    wrong, upto = min((edits(letters, spelling[at:stop]), stop) for stop in range(at + 1, at + size + 2))
    return ((min(upto, len(spelling)), _MISSING * wrong),) if wrong <= max(1, size // 4) else ()


def _collect(words: Sequence[Word], strands: Sequence[Sequence[Target]], step: _Step | None) -> list[Label]:
    found: dict[tuple[int, int], Label] = {}
    while step is not None:
        if step.strand is not None:
            label = found.setdefault((step.strand, step.label), Label(strands[step.strand][step.label], [], 0.0))
            label.words.insert(0, words[step.word])
            label.cost += step.cost
        step = step.before
    return list(found.values())[::-1]
