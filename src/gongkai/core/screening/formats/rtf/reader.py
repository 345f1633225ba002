"""The text of an RTF file by destination: body, heads, notes, remarks, boxes, fields, and what hides."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field, replace

from gongkai.core.screening.formats.halves import HALF, touching
from gongkai.core.screening.formats.ooxml.props import COMMENT, DELETED, VANISHED
from gongkai.core.screening.formats.ooxml.sweep import unquoted
from gongkai.core.screening.formats.rtf.words import of_charset, of_page, text_of, tokens
from gongkai.core.screening.model import Piece

_PLACES = {  # of a destination: (where its text stands, why it is hidden)
    "header": ("页眉", ""), "headerl": ("页眉", ""), "headerr": ("页眉", ""), "headerf": ("页眉", ""),
    "footer": ("页脚", ""), "footerl": ("页脚", ""), "footerr": ("页脚", ""), "footerf": ("页脚", ""),
    "footnote": ("脚注", ""), "shptxt": ("文本框", ""), "dptxbxtext": ("文本框", ""), "pntext": ("编号", ""),
    "listtext": ("编号", ""), "pntxta": ("编号", ""), "pntxtb": ("编号", ""),
    "annotation": ("批注", COMMENT), "atnid": ("批注", COMMENT), "atnauthor": ("批注", COMMENT),
    "fldinst": ("域代码", "域代码"), "bkmkstart": ("书签", "书签"), "info": ("文档属性", "文档属性"),
    "userprops": ("文档属性", "文档属性"), "docvar": ("文档变量", "文档变量"), "revtbl": ("修订者", "修订记录"),
    "sv": ("图形的属性", "图形的属性"), "sn": ("", "-"), "stylesheet": ("样式名", "样式名"), "fonttbl": ("", "-"),
    "falt": ("", "-"), "panose": ("", "-"), "colortbl": ("", "-"), "generator": ("", "-"), "rsidtbl": ("", "-"),
    "latentstyles": ("", "-"), "xmlnstbl": ("", "-"), "blipuid": ("", "-"), "levelnumbers": ("", "-"),
    "leveltext": ("", "-"), "template": ("文档属性", "文档属性"), "hyphenation": ("", "-"),
}
_DATA = frozenset({"objdata", "pict", "themedata", "colorschememapping", "datastore", "datafield", "passwordhash"})
_INSIDE = frozenset({
    "shppict", "nonshppict", "shp", "shpinst", "object", "result", "field", "fldrslt", "upr", "ud", "sp", "do",
    "background", "listpicture", "mmath", "moMath", "txe", "xe",
})
_LINE = {"par": "\n", "line": "\n", "sect": "\n", "page": "\n", "tab": "\t", "emspace": " ", "enspace": " ",
         "qmspace": " ", "emdash": "—", "endash": "–", "bullet": "·", "lquote": "‘", "rquote": "’", "ldblquote": "“",
         "rdblquote": "”", "softline": "\n", "column": "\n"}
_MOST_DEEP = 1_000
_HEX = re.compile(r"[0-9A-Fa-f\s]+")


@dataclass(slots=True)
class State:
    """What a group inherits: its destination, whether its text is hidden, struck out, and how its bytes are read."""

    where: str = "正文"
    why: str = ""
    data: str = ""
    hidden: str = ""
    encoding: str = ""
    skip: int = 1
    font: int | None = None
    star: bool = False


@dataclass(slots=True)
class Read:
    """`pieces` by place; `objects` are the bytes of embedded objects, `packed` those of other data; `pictures` how many
    there are; `end` where the document ends in the file."""

    pieces: list[Piece] = field(default_factory=list)
    objects: list[bytes] = field(default_factory=list)
    packed: list[tuple[str, bytes]] = field(default_factory=list)
    pictures: int = 0
    end: int = 0


class Reader:
    """Reads one file; `read` may be called once."""

    def __init__(self) -> None:
        self._read = Read()
        self._states = [State()]
        self._page = "gb18030"
        self._fonts: dict[int, str] = {}
        self._defining: int | None = None
        self._raw = bytearray()
        self._skipped = 0
        self._runs: dict[str, list[tuple[str, str]]] = {}
        self._hex: dict[str, list[str]] = {}
        self._counts: dict[str, int] = {}
        self._row = 1
        self._cells = 0

    def read(self, data: bytes) -> Read:
        """All text of the file. What follows the last brace is left to the caller."""
        fresh = False
        for token in tokens(data):
            state = self._states[-1]
            if token.kind == "open":
                self._flush_raw()
                if len(self._states) < _MOST_DEEP:
                    self._states.append(replace(state, star=False))
                else:
                    self._states.append(state)
                fresh, self._skipped = True, 0
                continue
            if token.kind == "close":
                self._flush_raw()
                self._close(state)
                if len(self._states) > 1:
                    self._states.pop()
                self._skipped = 0
                self._read.end = token.end
                fresh = False
                if len(self._states) == 1:
                    break
                continue
            if token.kind == "symbol" and token.name == "*":
                state.star = True
                continue
            if token.kind == "word":
                self._word(state, token.name, token.number, fresh)
            elif token.kind == "symbol" and self._skipped:
                self._skipped -= 1
            elif token.kind == "symbol":
                self._put({"~": "\u00a0", "_": "-", "-": "", "\n": "\n", "\r": "\n", "\t": "\t"}.get(
                    token.name, token.name if token.name in "{}\\" else ""
                ))
            elif token.kind == "binary":
                self._read.packed.append((state.data or state.where, token.data))
            else:
                self._bytes(token.data)
            fresh = False
        self._flush_raw()
        self._end_lines()
        return self._read

    def _word(self, state: State, name: str, number: int | None, fresh: bool) -> None:
        if name == "u" and number is not None:
            self._flush_raw()
            self._put(chr(number & 0xFFFF))
            self._skipped = state.skip
            return
        self._flush_raw()
        self._skipped = 0
        if fresh or state.star:
            self._destination(state, name)
        if name == "uc":
            state.skip = max(0, min(number or 0, 8))
        elif name == "v":
            state.hidden = "" if number == 0 else VANISHED
        elif name in {"deleted", "webhidden"}:
            state.hidden = "" if number == 0 else DELETED if name == "deleted" else VANISHED
        elif name == "plain":
            state.hidden, state.encoding = "", ""
        elif name == "ansicpg" and number:
            self._page = of_page(number)
        elif name == "f" and number is not None:
            state.font = number
            state.encoding = self._fonts.get(number, "")
            self._defining = number
        elif name == "fcharset" and number is not None and self._defining is not None:
            self._fonts[self._defining] = of_charset(number) or ""
        elif name in {"cell", "nestcell"}:
            self._cells += 1
            self._line(state.where, cell=True)
        elif name in {"row", "nestrow"}:
            self._row += 1
            self._cells = 0
        elif name in _LINE:
            self._put(_LINE[name])

    def _destination(self, state: State, name: str) -> None:
        if name in _PLACES:
            state.where, state.why = _PLACES[name]
            state.data, state.star = "", False
        elif name in _DATA:
            state.data, state.star = name, False
            if name == "pict":
                self._read.pictures += 1
        elif state.star and name not in _INSIDE:
            state.where, state.why, state.data, state.star = "其他内容", f"RTF 的 {name[:20]}", "", False
        else:
            state.star = False

    def _bytes(self, data: bytes) -> None:
        """Text after \\u stands in for it: so many characters are passed over."""
        if self._skipped:
            passed = min(self._skipped, len(data))
            self._skipped -= passed
            data = data[passed:]
        self._raw += data

    def _flush_raw(self) -> None:
        if self._raw:
            state = self._states[-1]
            text = text_of(bytes(self._raw), state.encoding or self._page)
            self._raw.clear()
            self._put(text)

    def _put(self, text: str) -> None:
        self._flush_raw()
        state = self._states[-1]
        if not text or state.why == "-":
            return
        if state.data:
            self._hex.setdefault(state.data, []).append(text)
            return
        runs = self._runs.setdefault(state.where, [])
        first, *rest = text.split("\n")
        runs.append((first, state.why or state.hidden))
        for line in rest:
            self._line(state.where)
            self._runs[state.where].append((line, state.why or state.hidden))

    def _line(self, where: str, *, cell: bool = False) -> None:
        """End the line of a place: a piece for what is seen of it, for what is not, and for both where they touch."""
        runs = _met(self._runs.get(where, []))
        self._runs[where] = []
        if not "".join(text for text, _ in runs).strip():
            return
        number = self._counts[where] = self._counts.get(where, 0) + 1
        place = f"表格 第{self._row}行第{self._cells}列" if cell else f"{where}第{number}段"
        for why in dict.fromkeys(why for _, why in runs):
            text = "".join(one for one, other in runs if other == why)
            if text.strip():
                table = "表格" if cell else where if why else ""
                told = unquoted(text) if why else text  # the address of a link hands over what it spells
                self._read.pieces.append(Piece(told, place, bool(why), why, self._row if cell else None, table))
        if touching(runs):
            whole = "".join(text for text, _ in runs)
            self._read.pieces.append(Piece(whole, place, True, f"{max(why for _, why in runs)}{HALF}"))

    def _close(self, state: State) -> None:
        """The end of a group ends what stands in a place of its own."""
        above = self._states[-2] if len(self._states) > 1 else state
        if state.data and state.data != above.data:
            text = "".join(self._hex.pop(state.data, []))
            raw = _unhexed(text)
            if state.data == "objdata":
                self._read.objects.append(raw)
            elif state.data != "pict" or raw:
                self._read.packed.append((state.data, raw))
        if state.where != above.where and state.where:
            self._line(state.where)

    def _end_lines(self) -> None:
        for where in list(self._runs):
            self._line(where)


def _met(runs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Runs without empty ones; halves of characters outside the first plane meet."""
    joined: list[tuple[str, str]] = []
    for text, why in runs:
        if text and joined and joined[-1][1] == why:
            joined[-1] = (joined[-1][0] + text, why)
        elif text:
            joined.append((text, why))
    return [(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), why) for text, why in joined]


def _unhexed(text: str) -> bytes:
    digits = "".join(text.split())
    if not _HEX.fullmatch(digits):
        return text.encode("utf-8", "replace")
    try:
        return binascii.unhexlify(digits[:len(digits) // 2 * 2])
    except (binascii.Error, ValueError):
        return text.encode("utf-8", "replace")
