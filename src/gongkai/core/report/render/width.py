"""How much room text takes in a terminal, where a Chinese character fills two columns."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

_CLOSING = "，。；：、）”》〉！？"
_OPENING = "（“《〈"


def width(text: str) -> int:
    """Columns that the text fills. Characters of ambiguous width count as one, as terminals draw them in UTF-8."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(ch) else 2 if east_asian_width(ch) in "WF" else 1 for ch in text)


def pad(text: str, room: int, *, right: bool = False) -> str:
    """The text with spaces up to `room` columns; on the left of it when `right` (numbers)."""
    space = " " * (room - width(text))
    return space + text if right else text + space


def shorten(text: str, room: int) -> str:
    """The text if it fits, else its beginning and …."""
    if width(text) <= room:
        return text
    kept = ""
    for ch in text:
        if width(kept + ch) > room - 1:
            break
        kept += ch
    return f"{kept}…"


def fold(text: str, room: int, hanging: str = "") -> str:
    """The text broken into lines of `room` columns; later lines begin with `hanging`.

    Chinese breaks anywhere but before closing and after opening punctuation; Latin words and numbers stay whole.
    """
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width(line + piece) > room and piece[0] not in _CLOSING:
            lines.append(line.rstrip())
            line = hanging
            piece = piece.lstrip()
        line += piece
    return "\n".join([*lines, line])


def _pieces(text: str) -> list[str]:
    """The text in runs that no line break may part."""
    pieces: list[str] = []
    for ch in text:
        last = pieces[-1] if pieces else " "
        if last.rstrip().endswith(tuple(_OPENING)) or (_latin(ch) and _latin(last[-1])):
            pieces[-1] += ch
        else:
            pieces.append(ch)
    return pieces


def _latin(ch: str) -> bool:
    return ch.isascii() and not ch.isspace()
