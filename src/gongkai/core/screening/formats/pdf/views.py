"""Every order in which a value that is seen may stand together on a page, and over the end of it.

Screening reads these texts and cleaning covers what it finds in them, character by character: what is found in a view
that cleaning does not know would be said to be gone, and could be read in the picture of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gongkai.core.screening.formats.pdf.arrange import Text, drawn, plain, visible
from gongkai.core.screening.formats.pdf.chars import Char, Look
from gongkai.core.screening.formats.pdf.strings import compact
from gongkai.core.screening.personal import find

# Of the line height: how far two characters of a column stand from one another, to the side and down.
_ASIDE, _LEAST_STEP, _MOST_STEP = 0.4, 0.45, 1.8
_INSIDE = 3.0      # of the line height
_COLUMN = 4        # characters of a column that is text
_WORD = re.compile(r"[0-9A-Za-z@._\-\u4e00-\u9fff]{6,}")
_SEAM = 60         # characters on each side of a page break that may hold one value
_PAGE_NUMBER = re.compile(
    r"[\s\-—–―·•.|]*(?:第\s*)?[0-9０-９]{1,3}(?:\s*页)?[，,]?(?:\s*[/／]?\s*共?\s*[0-9０-９]{1,3}\s*页?)?[\s\-—–―·•.|]*"
)
_ENDS = frozenset("。；！？;!?")
_MAY_HOLD = re.compile(r"@|\d(?:\D{0,3}\d){3}")


def views(look: Look) -> list[Text]:
    """The texts of a page: as it is read, what only the order of drawing keeps together, what runs down the page."""
    main = visible(look)
    seen = plain(main)
    others = [view for view in (extras(look, seen), stacked(look), *cells(look, main)) if plain(view) not in seen]
    return [view for view in (main, *others) if compact(plain(view))]


def extras(look: Look, main: str) -> Text:
    """What stands together only in the order of drawing: a value broken over the lines of one cell, letters set wide
    apart, text that is turned."""
    known = compact(main)
    lines: list[Text] = [[]]
    for pair in drawn(look):
        if pair[0] == "\n":
            lines.append([])
        else:
            lines[-1].append(pair)
    told = [(line, text) for line in lines if compact(text := plain(line))]
    if len(told) == 1:
        return told[0][0] if compact(told[0][1]) not in known else []
    kept: dict[int, Text] = {}
    for at, (line, text) in enumerate(told):
        if at and compact(told[at - 1][1] + text) not in known:
            kept.setdefault(at - 1, told[at - 1][0])
            kept[at] = line
        elif any(word not in main for word in _WORD.findall(text)):
            kept[at] = line
    return joined(kept.values())


def stacked(look: Look) -> Text:
    """What is seen of text that runs down the page, one character below the other, a column a line."""
    columns: list[list[int]] = [[]]
    for index, char in enumerate(look.chars):
        if char.why or char.text in " \n":
            continue
        if columns[-1] and not _below(look.chars[columns[-1][-1]], char):
            columns.append([])
        columns[-1].append(index)
    return joined(
        [(look.chars[index].text, index) for index in column] for column in columns if len(column) >= _COLUMN
    )


def _below(above: Char, char: Char) -> bool:
    """The character stands right below the one before it."""
    tall = max(above.line[3] - above.line[1], char.line[3] - char.line[1])
    aside = abs((char.line[0] + char.line[2]) - (above.line[0] + above.line[2])) / 2
    down = (char.line[1] + char.line[3] - above.line[1] - above.line[3]) / 2
    return aside < _ASIDE * tall and _LEAST_STEP * tall < down < _MOST_STEP * tall


def cells(look: Look, main: Text) -> list[Text]:
    """Values broken over the lines of one cell where the file draws row after row: what stands below one another."""
    chains: list[list[Text]] = []
    open_now: list[list[Text]] = []
    lines = _lines(main)
    edge = min((held[0] for line in lines if (held := _edges(look, line))), default=0.0)
    for line in lines:
        parts = _parts(line)
        going: list[list[Text]] = []
        for part in parts:
            chain = next((one for one in open_now if _is_under(look, one[-1], part)), None)
            if chain is None:
                chain = []
                chains.append(chain)
            else:
                open_now.remove(chain)
            chain.append(part)
            going.append(chain)
        if len(parts) == 1:  # one cell of a row goes on by itself, or the text around the table
            going = [*going, *open_now] if _is_inside(look, parts[0], edge) else []
        open_now = going
    texts = (joined(chain) for chain in chains if len(chain) > 1)
    return [broken for text in texts if _MAY_HOLD.search(plain(text)) and (broken := _over(text, "\n"))]


def _is_inside(look: Look, part: Text, edge: float) -> bool:
    """A line that begins well inside of where the lines of the page begin."""
    held = _edges(look, part)
    return held is not None and held[0] - edge > _INSIDE * (held[3] - held[1])


def _parts(line: Text) -> list[Text]:
    parts: list[Text] = [[]]
    for pair in line:
        if pair[0] == "\t":
            parts.append([])
        else:
            parts[-1].append(pair)
    return [part for part in parts if part]


def _is_under(look: Look, upper: Text, lower: Text) -> bool:
    """Two lines of one cell: near one another, and on one edge or one middle line."""
    one, other = _edges(look, upper), _edges(look, lower)
    if one is None or other is None:
        return False
    tall = max(one[3] - one[1], other[3] - other[1])
    aside = min(abs(one[0] - other[0]), abs(one[0] + one[2] - other[0] - other[2]) / 2)
    return aside < _ASIDE * tall and other[1] - one[1] < _MOST_STEP * tall


def _edges(look: Look, part: Text) -> tuple[float, float, float, float] | None:
    held = [look.chars[index].line for _, index in part if index >= 0]
    if not held:
        return None
    return held[0][0], min(box[1] for box in held), held[-1][2], max(box[3] for box in held)


def seam(before: Text, after: Text) -> tuple[Text, Text]:
    """The end of a page and the beginning of the next, without page numbers and without the head that both pages have,
    when a value runs over the break; two empty texts when none does."""
    ends, begins = _lines(before), _lines(after)
    if ends and len(begins) > 1 and plain(begins[0]) == plain(ends[0]):
        begins.pop(0)
    while ends and _PAGE_NUMBER.fullmatch(plain(ends[-1])):
        ends.pop()
    while begins and _PAGE_NUMBER.fullmatch(plain(begins[0])):
        begins.pop(0)
    if not ends or not begins or plain(ends[-1]).rstrip()[-1:] in _ENDS:
        return [], []
    first, second = joined(ends[-2:])[-_SEAM:], joined(begins[:2])[:_SEAM]
    whole = _over(first + second, "", len(first))
    return whole[:len(first)], whole[len(first):]


def _over(text: Text, gap: str, at: int = 0) -> Text:
    """The text when a value runs over a gap in it (or over the place `at`), with all other values blotted out, which
    are found where their surroundings are known; an empty text when none does."""
    shown = plain(text)
    hits = find(shown)
    over = [hit for hit in hits if (hit.start < at < hit.stop if at else gap in shown[hit.start:hit.stop])]
    if not over:
        return []
    blotted = {place for hit in hits if hit not in over for place in range(hit.start, hit.stop)}
    return [("*", index) if place in blotted else (letter, index) for place, (letter, index) in enumerate(text)]


def _lines(text: Text) -> list[Text]:
    lines: list[Text] = [[]]
    for pair in text:
        if pair[0] == "\n":
            lines.append([])
        else:
            lines[-1].append(pair)
    return [line for line in lines if plain(line).strip()]


def joined(lines: Iterable[Sequence[tuple[str, int]]]) -> Text:
    """Lines as one text."""
    text: Text = []
    for line in lines:
        text += [("\n", -1), *line] if text else line
    return text
