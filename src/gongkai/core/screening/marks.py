"""Marks on a document: secrecy (GB/T 9704 7.2.2; 保守国家秘密法 Art. 22), internal use, copy numbers, openness.

A mark is a short line of its own, stands at the head or the end of a page, or follows its label. The same words in a
sentence (商业秘密, 机密性, 依申请公开的办理) are no mark. Where both readings are possible, it warns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gongkai.core.screening import mark_grammar as grammar
from gongkai.core.screening import mark_words as words
from gongkai.core.screening.model import Finding, Kind, Piece, Verdict, with_reason
from gongkai.core.screening.personal.view import as_shown, without_unseen
from gongkai.core.screening.policy import DEFAULT, Policy
from gongkai.core.text.fold import fold

_TOP_LINES = 3
_HEAD_LINES, _END_LINES, _PAGE_HEAD, _PAGE_END = 10, 12, 6, 5
_LONGEST_MARK = 25
_DOUBTFUL = {Kind.SECRECY_MARK: "secrecy_doubtful", Kind.DISCLOSURE_MARK: "disclosure_doubtful"}
_SENTENCE_END = re.compile("[。;,.]$")
_UNFINISHED = re.compile(r"[^。:：;；!！?？\])）》”\"]$")
_ABOUT_OPENNESS = ("公开", "发至", "上网", "登报", "属性")
_FULL_LINE = 20  # characters of a line that runs on in the next
_SHORT_LINE = 14
_GRAVITY = {Verdict.PASS: 0, Verdict.WARN: 1, Verdict.BLOCK: 2}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line in compare form with where it stands. `cell` holds the cell to its left, `before` the line above.

    `top`: among the first lines, where GB/T 9704 sets the copy number.
    `runs_on`: it ends the sentence of the line above. `joined`: two lines read as one. `part`: a stretch of a line.
    """

    text: str
    piece: Piece
    top: bool
    head: bool
    end: bool
    last: bool
    cell: str
    before: str
    runs_on: bool = False
    joined: bool = False
    part: bool = False


def find(pieces: Sequence[Piece], form: str, policy: Policy = DEFAULT) -> list[Finding]:
    """Every mark of a document. `form` is the kind of the file: pages of a site carry 依申请公开 in their menus."""
    found: list[Finding] = []
    told = Verdict.PASS
    for line in _lines(pieces):
        if line.joined and told is not Verdict.PASS:
            continue
        hidden = line.piece.hidden
        judged = [
            Finding(kind, line.piece.where, with_reason(text, line.piece), policy.verdict(case, hidden=hidden), hidden)
            for kind, case, text in _judge(line, form)
        ]
        # One finding a line: the gravest, of several the first.
        gravest = max(judged, key=lambda finding: _GRAVITY[finding.verdict], default=None)
        verdict = gravest.verdict if gravest else Verdict.PASS
        if gravest and _GRAVITY[verdict] > (_GRAVITY[told] if line.part else 0):  # a part adds what is graver
            found.append(gravest)
            told = verdict
        elif not line.part:
            told = verdict
    return found


def _judge(line: _Line, form: str) -> Iterator[tuple[Kind, str, str]]:
    rest = line.runs_on and len(line.text) <= _LONGEST_MARK and _SENTENCE_END.search(line.text) is not None
    for kind, case, text in _marks(line, form):
        yield kind, _DOUBTFUL[kind] if rest and text[:1] not in "[(★" else case, text


def _marks(line: _Line, form: str) -> Iterator[tuple[Kind, str, str]]:
    yield from ((Kind.SECRECY_MARK, case, text) for case, text in _secrecy(line))
    yield from ((Kind.DISCLOSURE_MARK, case, text) for case, text in _disclosure(line, form))
    yield from ((Kind.SECRECY_MARK, case, text) for case, text in _internal(line))
    yield from ((Kind.SECRECY_MARK, case, text) for case, text in _copies(line))
    if case := grammar.composed(line.text):
        yield Kind.SECRECY_MARK, case, line.text


def _secrecy(line: _Line) -> Iterator[tuple[str, str]]:
    text = line.text
    if text.isascii() and words.ENGLISH.fullmatch(text) and line.piece.row is None:
        yield "secrecy_doubtful", text
    if "密" not in text and not words.STARRED.search(text):
        return
    if starred := words.STARRED.search(text):
        told = text[max(0, starred.start() - 1):starred.start()] == '"' and not words.VALUE.match(text)
        quoted = told or (len(text) > 40 and words.TALKS.search(text))
        yield "secrecy_doubtful" if quoted else "secrecy_mark", starred[0]
    plain = words.URGENT.sub("", re.sub(r"^0[0-9]{5}|0[0-9]{5}$", "", text))
    if whole := words.WHOLE.fullmatch(plain):
        bracketed = whole["open"] and whole["close"]
        marked = whole["label"] or whole["what"] not in {None, "级"} or whole["term"] or bracketed
        placed = line.piece.hidden or words.SPECIAL.search(line.piece.where) or plain != text
        headed = (line.head and line.piece.row is None) or line.cell.rstrip(":") in words.REMARKS
        yield "secrecy_mark" if marked or placed or headed else "secrecy_doubtful", text
    labelled = _labelled(line)
    if (found := words.LABELLED.search(labelled)) or (found := words.CHECKED_LEVEL.search(text)):
        yield "secrecy_mark", found[0]
    if len(text) <= _LONGEST_MARK and (found := words.TERMED.match(text)) and len(re.findall(words.LEVEL, text)) == 1:
        yield "secrecy_mark", found[0]
    if len(text) <= _LONGEST_MARK and words.NUMBERED.fullmatch(text):
        yield "secrecy_mark", text
    if len(text) <= _LONGEST_MARK and (found := words.PERIOD.fullmatch(text)):
        yield "secrecy_mark", found[0]
    if found := words.DECLARED.search(text):
        yield "secrecy_doubtful" if words.TALKS.search(text) else "secrecy_mark", found[0]
    if len(text) <= 60 and (found := words.TITLED.match(text)):
        yield "secrecy_mark", found[0]
    if line.piece.hidden and len(text) <= words.FIELD and len(re.findall(words.LEVEL, text)) == 1:
        quoted_level = next((one for one in words.QUOTED.finditer(text) if words.WHOLE.fullmatch(one[1])), None)
        if quoted_level:  # the text that a field would show
            yield "secrecy_mark", quoted_level[1]
    if words.SECRET_STUFF.fullmatch(text) and line.piece.row is None:
        yield "secrecy_doubtful", text
    if words.KNOWN_BY.fullmatch(text):
        yield "secrecy_doubtful", text


def _internal(line: _Line) -> Iterator[tuple[str, str]]:
    text = line.text
    if len(text) <= 40 and words.INTERNAL_LINE.fullmatch(text):
        several = len(re.findall(f"{words.INTERNAL}|{words.NOTICE}", text)) > 1
        in_table = line.piece.row is not None and not line.head and not several and not line.piece.hidden
        said = line.part and not re.search(words.INTERNAL, text)  # 请勿转发 behind a full stop may be a sentence
        yield "secrecy_doubtful" if in_table or said else "internal_mark", text
    if (note := words.NOTE_NUMBER.match(text)) and len(text) <= 40 and words.INTERNAL_LINE.fullmatch(text, note.end()):
        several = len(re.findall(f"{words.INTERNAL}|{words.NOTICE}", text)) > 1
        yield "internal_mark" if several or line.piece.hidden else "secrecy_doubtful", text
    if words.INTERNAL_BARE.fullmatch(text):
        yield "internal_mark", text
    if len(text) <= _LONGEST_MARK and line.piece.row is None and (found := words.INTERNAL_BEHIND.search(text)):
        yield "secrecy_doubtful", found[0]
    if line.piece.hidden and len(text) <= words.FIELD and (found := words.INTERNAL_WITHIN.search(text)):
        yield "secrecy_doubtful" if words.TALKS.search(text) else "internal_mark", found[0]
    found = words.INTERNAL_AT_END.search(text) if len(text) <= 45 and text[-1:] in ")]" else None
    if found and found.end() == len(text):
        yield "internal_mark", found[0]
    if len(text) <= 40 and (found := words.INTERNAL_START.match(text)):
        yield "secrecy_doubtful" if words.TALKS.search(text) else "internal_mark", found[0]
    last = _last_sentence(text)
    if last != text and words.INTERNAL_LINE.fullmatch(last) and re.search(words.INTERNAL, last):
        yield "internal_mark", last
    if line.piece.hidden or words.VALUE.match(text):
        for literal in words.QUOTED.finditer(text):  # a value in a script, a query or a list of facts
            if words.INTERNAL_LINE.fullmatch(literal[1]):
                yield "internal_mark", literal[1]


def _last_sentence(text: str) -> str:
    """What stands behind the last full stop of a paragraph: a mark may have been set there."""
    return text.rstrip("。").rpartition("。")[2]


def _copies(line: _Line) -> Iterator[tuple[str, str]]:
    text = _labelled(line)
    if (found := words.COPY.search(text if len(text) <= 40 else _last_sentence(text)[:40])):
        yield "copy_number", found[0]
    if words.COPY_NUMBER.fullmatch(line.text):
        yield "copy_number" if line.head or line.piece.hidden else "copy_doubtful", line.text
    if words.COPY_DOUBTFUL.fullmatch(line.text):
        yield "copy_doubtful", line.text
    if words.COPY_BARE.fullmatch(line.text) and line.top and line.piece.row is None:
        yield "copy_doubtful", line.text


def _disclosure(line: _Line, form: str) -> Iterator[tuple[str, str]]:
    text = _labelled(line)
    if not any(word in text for word in _ABOUT_OPENNESS):
        return
    checked = words.CHECKED_BEHIND if words.BEHIND.fullmatch(text) else words.CHECKED
    ticked = checked.search(text) or (words.EMPTY.search(text) and words.FILLED.search(text))
    in_one = ticked and words.EMPTY.search(text) and "主动公开" in text and len(text) <= 60  # all choices in one cell
    if ticked and (line.piece.row is None or in_one):
        yield "disclosure_mark", ticked[0]
    said = words.ATTRIBUTE_SAID.search(text) if len(text) <= 40 else None
    if said or (said := words.WHETHER.fullmatch(text)):
        yield "disclosure_mark", said[0]
    if (found := words.ATTRIBUTE_LINE.search(text)) and not words.OPTIONS.search(text):
        yield "disclosure_mark" if len(text) <= 60 or _is_last(found) else "disclosure_doubtful", found[0]
    if found := words.PARTLY.search(text):
        yield "disclosure_doubtful", found[0]
    if found := words.THIS.search(text):
        quoted = text[max(0, found.start() - 1):found.start()] == '"' or text[found.end():found.end() + 1] == '"'
        if quoted and words.TALKS.search(text):
            return  # a rule that speaks of the mark: 标注"此件不公开"字样的文件
        if len(text) <= 40 or _is_last(found):
            yield "disclosure_mark", found[0]
        elif not quoted and not words.TALKS.search(text):
            yield "disclosure_doubtful", found[0]
    if whole := words.BARE_NOT_OPEN.fullmatch(line.text):
        yield from _bare(line, whole, form)
    elif line.piece.hidden:
        yield from _within_quotes(line)
    if len(text) <= 30 and words.SENT_TO.fullmatch(text):
        yield "disclosure_doubtful", text


def _within_quotes(line: _Line) -> Iterator[tuple[str, str]]:
    """A mark in brackets that a script, a style sheet or a formula would show."""
    for literal in words.QUOTED.finditer(line.text):
        found = words.BARE_NOT_OPEN.fullmatch(literal[1])
        if found and found["open"] and found["close"]:
            yield "disclosure_mark", literal[1]


def _is_last(found: re.Match[str]) -> bool:
    """True for a mark that stands behind the last sentence of a paragraph, all by itself."""
    text = found.string
    return len(text) - found.end() <= 2 and text[:found.start()].rstrip("([")[-1:] in {"", "。"}


def _labelled(line: _Line) -> str:
    """The line behind its label, where one stands alone in the cell to the left or, with a colon, in the line above."""
    label = line.cell or (line.before if line.before.endswith(":") else "")
    return f"{label.rstrip(':')}:{line.text}" if words.LABEL_ALONE.fullmatch(label) else line.text


def _bare(line: _Line, whole: re.Match[str], form: str) -> Iterator[tuple[str, str]]:
    """依申请公开 as a line of its own: a mark at the end of a document, a menu on a page, a heading in a report."""
    bracketed = bool(whole["open"] and whole["close"])
    if line.piece.row is not None and not bracketed:
        return
    if line.piece.where.endswith("文件名") and not bracketed:
        yield "disclosure_doubtful", line.text  # a file may be named after its subject
    elif line.piece.hidden:
        doubtful = whole["what"] == "依申请公开" and form == "html"
        yield "disclosure_menu" if doubtful else "disclosure_mark", line.text
    elif bracketed or words.SPECIAL.search(line.piece.where):
        yield "disclosure_mark" if line.end or line.head or form != "html" else "disclosure_doubtful", line.text
    elif form != "html" and line.end and (line.last or words.IMPRINT.search(line.before)):
        yield "disclosure_mark", line.text
    elif form != "html" and ((line.end and not line.head) or not words.HEADING.fullmatch(whole["what"])):
        yield "disclosure_doubtful", line.text


def _lines(pieces: Sequence[Piece]) -> Iterator[_Line]:
    """Lines worth a look, with their neighbours. Characters set one below the other are read as one line, and so is a
    mark that runs over the end of its line."""
    shown = _ordinals(pieces)
    total = shown[-1] if shown else 0
    above = cell = tail = ""
    row: tuple[str, int | None, bool] = ("", None, False)
    flow = (False, "")
    for at, piece in enumerate(pieces):
        if (piece.hidden, piece.why) != flow:  # what is hidden does not run on in what is seen
            flow, tail = (piece.hidden, piece.why), ""
        if (piece.table, piece.row, piece.hidden) != row:
            row, cell = (piece.table, piece.row, piece.hidden), ""
        bare = without_unseen(as_shown(piece.text))
        worth = bool(words.WORTH.search(words.BLANK.sub("", bare))) or bool(words.LABEL_ALONE.fullmatch(above))
        if not worth:
            folded = fold(piece.text[-60:]) if len(piece.text) < 400 or "\n" in piece.text[-60:] else ""
            above = folded if len(folded) < 60 else ""
            cell = above if piece.row is not None else ""
            tail = folded if piece.row is None else ""
            continue
        plain = words.TAG.sub("\n", bare) if piece.hidden else bare
        lines = list(_upright([(_told(raw, piece), raw) for raw in plain.splitlines()]))
        first = shown[at - 1] if at else 0
        paged = piece.where.startswith("第") and "页" in piece.where
        for number, (text, raw) in enumerate(lines):
            ordinal = first + number
            left = total - ordinal
            wrapped = number > 0 or (piece.where.startswith("第") and piece.where.endswith("行"))
            line = _Line(
                text, piece,
                top=not piece.hidden and ordinal < _TOP_LINES,
                head=not piece.hidden and (ordinal < _HEAD_LINES or (paged and number < _PAGE_HEAD)),
                end=not piece.hidden and (left <= _END_LINES or (paged and len(lines) - number <= _PAGE_END)),
                last=not piece.hidden and left <= 2,
                cell=cell if piece.row is not None else "", before=above,
                runs_on=wrapped and len(tail) >= _FULL_LINE and _UNFINISHED.search(tail) is not None,
            )
            yield line
            if piece.row is None and (whole := _over_the_end(tail, text)):
                yield replace(line, text=whole, before="", runs_on=False, joined=True)
            if words.CORE.search(raw):
                yield from _parts(line, raw)
            above = text
            tail = text[-60:] if piece.row is None else ""
        cell = lines[-1][0] if lines and piece.row is not None else ""


def _parts(line: _Line, raw: str) -> Iterator[_Line]:
    """Stretches of a line, each judged by itself: neither at the head nor at the end of a page."""
    for part in grammar.parts(raw):
        yield replace(
            line, text=_told(part, line.piece), top=False, head=False, end=False, last=False, cell="", before="",
            runs_on=False, part=True,
        )


def _over_the_end(tail: str, text: str) -> str:
    """What a line begins and the next one ends: a bracket left open, or two short lines. Empty when there is none."""
    opened = max(tail.rfind("("), tail.rfind("["))
    if opened >= 0 and len(tail) - opened <= _FULL_LINE and not re.search(r"[\])]", tail[opened:]):
        closed = re.search(r"[\])]", text[:_FULL_LINE])
        return tail[opened:] + text[:closed.end()] if closed else ""
    begun = tail.rpartition("。")[2]
    if begun != tail and 0 < len(begun) <= _FULL_LINE and len(text) <= _LONGEST_MARK:
        return begun + text  # what was set behind the last sentence of a paragraph
    return tail + text if tail and len(tail) <= _SHORT_LINE and len(text) <= _SHORT_LINE else ""


def _told(raw: str, piece: Piece) -> str:
    """A line in compare form; names and formulas of workbooks hold theirs in quotes."""
    plain = fold(raw.translate(words.PRIVATE))
    return plain.strip("\"'=&_") if piece.hidden else plain


def _ordinals(pieces: Sequence[Piece]) -> list[int]:
    """How many visible lines there are up to and with each piece."""
    counts: list[int] = []
    total = 0
    for piece in pieces:
        if not piece.hidden and piece.text.strip():
            total += piece.text.count("\n") + 1
        counts.append(total)
    return counts


def _upright(lines: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Lines (in compare form, as written) of one character each as one line; empty lines are left out."""
    column = ""
    for line, raw in [*lines, ("", "")]:
        if len(line) == 1:
            column += line
            continue
        if column:
            yield column, column
            column = ""
        if line:
            yield line, raw
