"""Pieces of a file against the detectors: values that run over lines, cells with the heads of their columns.

`scan` is pure. A value is looked for in its piece, across neighbouring pieces of the same kind (a line break inside a
number), across the cells of a row (one digit in each box), and with the words that stand beside it in a table.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from gongkai.core.screening.formats.ooxml.joins import in_fours
from gongkai.core.screening.model import Finding, Kind, Piece, Verdict, with_reason
from gongkai.core.screening.personal import Hit, find
from gongkai.core.screening.policy import DEFAULT, Policy

_LONGEST_LABEL = 16
_HEAD_ROWS = 3
_COLUMN = re.compile(r"第(\d+)列$|([A-Z]{1,3})\d+$")
_DIGITS = re.compile(r"\d(?:\D{0,3}\d){4}")
_BOX = re.compile(r"\s*(?:\d{1,17}|\d{0,16}[Xx×Ⅹⅹ])\s*")
_TELLING = 3
_IDENTITY, _MOST_ROWS = 18, 4
_IN_COLUMN = re.compile(r"[1-9]\d{5}(?:19|20)\d{9}[\dXx×Ⅹⅹ]")
_SPLIT_KINDS = frozenset({
    "id_number", "id_named", "id_old", "id_old_named", "mobile", "mobile_office", "mobile_doubtful", "bank_card",
    "landline_private", "plate", "plate_office", "email", "email_office", "address", "address_doubtful", "passport",
})
_HOMES = frozenset({Kind.ADDRESS})
_SOFTER = {
    "address": "address_doubtful", "mobile": "mobile_doubtful", "email": "email_office", "plate": "plate_office",
    "bank_card": "account_doubtful", "passport": "passport_doubtful",
}
_LABEL = re.compile(
    "电话|手机|座机|固话|宅电|联系|证件|身份|护照|通行证|住址|地址|户籍|住所|居住|邮箱|邮件|账号|账户|卡号|银行|一卡通|存折|车牌|号牌"
)


@dataclass(slots=True)
class Scanned:
    """`hits` by the index of the piece in which they begin, places within that piece; `masked` the pieces' texts with
    every value masked that was found with the help of what stands around them; `values` what was found, bare; `quiet`
    cells in which the head of their column or the label beside them says that nothing personal stands in them."""

    hits: dict[int, list[Hit]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    masked: dict[str, str] = field(default_factory=dict)
    values: set[str] = field(default_factory=set)
    quiet: set[str] = field(default_factory=set)


def scan(pieces: Sequence[Piece], policy: Policy = DEFAULT) -> Scanned:
    """Everything personal in the pieces of a file."""
    result = Scanned()
    texts: list[int] = []
    for at, piece in enumerate(pieces):
        if piece.row is not None:
            continue
        if texts and _stream(pieces[texts[-1]]) != _stream(piece):
            _flow(pieces, texts, policy, result)
            texts = []
        texts.append(at)
    if texts:
        _flow(pieces, texts, policy, result)
    for rows in _tables(pieces):
        _table(pieces, rows, policy, result)
    return result


def _stream(piece: Piece) -> tuple[bool, str, str]:
    """Pieces that may be read on from one to the next."""
    return piece.hidden, piece.why, piece.table


def _flow(pieces: Sequence[Piece], texts: Sequence[int], policy: Policy, result: Scanned) -> None:
    """Neighbouring pieces read as one text, line after line."""
    starts: list[int] = []
    length = 0
    for at in texts:
        starts.append(length)
        length += len(pieces[at].text) + 1
    joined = "\n".join(pieces[at].text for at in texts)
    hidden = pieces[texts[0]].hidden
    crossed: set[int] = set()
    for hit in find(joined, hidden=hidden, policy=policy):
        first = bisect_right(starts, hit.start) - 1
        last = bisect_right(starts, hit.stop - 1) - 1
        if first == last:
            shifted = Hit(hit.kind, hit.case, hit.start - starts[first], hit.stop - starts[first], hit.masked)
            _take(pieces, texts[first], shifted, policy, result)
        elif hit.case in _SPLIT_KINDS:
            crossed.update(texts[first:last + 1])
            for place in range(first, last + 1):
                begin = max(hit.start, starts[place])
                end = min(hit.stop, starts[place] + len(pieces[texts[place]].text))
                if begin < end:
                    own = begin - starts[place], end - starts[place]
                    part = Hit(hit.kind, hit.case, *own, hit.masked[begin - hit.start:end - hit.start])
                    _remember(pieces[texts[place]].text, part, result)
            begin = hit.start - starts[first]
            whole = Hit(hit.kind, hit.case, begin, len(pieces[texts[first]].text), hit.masked)
            _take(pieces, texts[first], whole, policy, result, value=joined[hit.start:hit.stop])
    if len(texts) > 1:
        for at in texts:
            if at not in crossed:
                _alone(pieces, at, policy, result)


def _alone(
    pieces: Sequence[Piece], at: int, policy: Policy, result: Scanned, wanted: frozenset[Kind] = frozenset(Kind)
) -> None:
    """What a piece holds read by itself, where its surroundings silenced it: the cleaner, which knows no surroundings,
    masks it, so it is told, and warns where the surroundings speak of an office or of another number."""
    piece = pieces[at]
    known = result.hits.get(at, ())
    for hit in find(piece.text, hidden=piece.hidden, policy=policy):
        if hit.kind in wanted and all(hit.stop <= other.start or other.stop <= hit.start for other in known):
            _take(pieces, at, replace(hit, case=_SOFTER.get(hit.case, hit.case)), policy, result)


def _tables(pieces: Sequence[Piece]) -> Iterator[dict[int, list[int]]]:
    """The cells of every table, row by row."""
    tables: dict[tuple[str, bool, str], dict[int, list[int]]] = {}
    for at, piece in enumerate(pieces):
        if piece.row is not None:
            tables.setdefault((piece.table, piece.hidden, piece.why), {}).setdefault(piece.row, []).append(at)
    yield from tables.values()


def _table(pieces: Sequence[Piece], rows: dict[int, list[int]], policy: Policy, result: Scanned) -> None:
    heads: dict[str, str] = {}
    inner: dict[str, str] = {}  # heads of a list that begins farther down
    columns: dict[str, list[tuple[int, int]]] = {}
    for number, (row, cells) in enumerate(sorted(rows.items())):
        label = ""
        for order, at in enumerate(cells):
            piece = pieces[at]
            column = _column(piece, order)
            columns.setdefault(column, []).append((row, at))
            context = f"{heads.get(column, '')} {inner.get(column, '')} {label}".strip()
            for hit in find(piece.text, context=context, hidden=piece.hidden, policy=policy):
                _take(pieces, at, hit, policy, result)
            if context:  # heads tell amounts from telephones, but do not make a home public
                _alone(pieces, at, policy, result, _HOMES)
                if at not in result.hits:
                    result.quiet.add(piece.text)
            short = len(piece.text) <= _LONGEST_LABEL and not _DIGITS.search(piece.text)
            label = piece.text if short else ""
            if number < _HEAD_ROWS and short and piece.text.strip():
                heads[column] = f"{heads.get(column, '')} {piece.text}".strip()
            elif short and _LABEL.search(piece.text):
                inner[column] = piece.text
        _across(pieces, cells, policy, result)
    for column_cells in columns.values():
        _down(pieces, column_cells, policy, result)


def _down(
    pieces: Sequence[Piece], cells: Sequence[tuple[int, int]], policy: Policy, result: Scanned
) -> None:
    """An identity number over two to four cells, one below the other; other numbers stand in columns by chance."""
    for first, (row, begin) in enumerate(cells):
        joined, parts = "", list[int]()
        for offset, (below, at) in enumerate(cells[first:first + _MOST_ROWS]):
            text = pieces[at].text.strip()
            if below != row + offset or not _BOX.fullmatch(text):
                break
            joined += text
            parts.append(at)
            if len(joined) >= _IDENTITY:
                break
        if len(parts) < 2 or not _IN_COLUMN.fullmatch(joined):
            continue
        for hit in find(joined, hidden=pieces[begin].hidden, policy=policy):
            if hit.case == "id_number" and hit.stop - hit.start == _IDENTITY:
                for at in parts:
                    text = pieces[at].text
                    if len(text) >= _TELLING:
                        result.masked[text] = "*" * len(text)
                whole = Hit(hit.kind, hit.case, 0, len(pieces[begin].text), hit.masked)
                _take(pieces, begin, whole, policy, result, value=joined)


def _across(pieces: Sequence[Piece], cells: Sequence[int], policy: Policy, result: Scanned) -> None:
    """Numbers set over the cells of a row, one digit or one group in each."""
    runs: list[list[int]] = [[]]
    for order, at in enumerate(cells):
        if _BOX.fullmatch(pieces[at].text):
            runs[-1].append(order)
        elif runs[-1]:
            runs.append([])
    for run in runs:
        joined = "".join(pieces[cells[order]].text.strip() for order in run)
        if len(run) < 2 or not 11 <= len(joined) <= 19:
            continue
        boxes = len(run) == len(joined)
        label = pieces[cells[run[0] - 1]].text[:_LONGEST_LABEL] if run[0] else ""
        first = pieces[cells[run[0]]]
        for hit in find(joined, context=label, hidden=first.hidden, policy=policy):
            card = hit.case == "bank_card" and in_fours([pieces[cells[order]].text.strip() for order in run])
            if hit.stop - hit.start == len(joined) and (hit.case == "id_number" or card or (boxes and label)):
                for order in run:
                    text = pieces[cells[order]].text
                    if len(text) >= _TELLING:  # a single digit stands everywhere: such a table is left to a person
                        result.masked[text] = "*" * len(text)
                whole = Hit(hit.kind, hit.case, 0, len(first.text), hit.masked)
                _take(pieces, cells[run[0]], whole, policy, result, value=joined)


def _take(
    pieces: Sequence[Piece], at: int, hit: Hit, policy: Policy, result: Scanned, *, value: str | None = None,
) -> None:
    piece = pieces[at]
    result.hits.setdefault(at, []).append(hit)
    excerpt = with_reason(" ".join(hit.masked.split()), piece)
    verdict = policy.verdict(hit.case, hidden=piece.hidden)
    result.findings.append(Finding(hit.kind, piece.where, excerpt, verdict, piece.hidden))
    if policy.mask_warned or verdict is Verdict.BLOCK:
        result.values.add(piece.text[hit.start:hit.stop] if value is None else value)
    if value is None:
        _remember(piece.text, hit, result)


def _remember(text: str, hit: Hit, result: Scanned) -> None:
    known = result.masked.get(text, text)
    result.masked[text] = known[:hit.start] + hit.masked + known[hit.stop:]


def _column(piece: Piece, order: int) -> str:
    found = _COLUMN.search(piece.where)
    return (found[1] or found[2]) if found else f"#{order}"
