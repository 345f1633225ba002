"""Rich Text Format as a row of tokens: groups, control words with their numbers, bytes, Unicode characters, text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"(?P<open>\{)|(?P<close>\})|\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9A-Fa-f]{2})"
    rb"|\\(?P<symbol>[^A-Za-z])|(?P<text>[^\\{}\r\n]+)|(?P<skip>[\r\n]+|\\)", re.S,
)


class Token(NamedTuple):
    """`kind` is open, close, word, symbol, byte, text or binary; `name` of a word or a symbol; `number` of a word;
    `data` the bytes of a text, of one escaped character or of a binary stretch; `end` where the token ends."""

    kind: str
    name: str = ""
    number: int | None = None
    data: bytes = b""
    end: int = 0


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens from the first brace on."""
    at = max(0, data.find(b"{"))
    while at < len(data):
        found = _TOKEN.match(data, at)
        if found is None:
            at += 1
            continue
        at = found.end()
        kind = found.lastgroup
        if kind in {"open", "close"}:
            yield Token(kind, end=at)
        elif found["word"]:
            name = found["word"].decode("ascii")
            number = int(found["number"]) if found["number"] else None
            if name == "bin" and number and number > 0:
                yield Token("binary", data=data[at:at + number], end=at + number)
                at += number
            else:
                yield Token("word", name, number, end=at)
        elif kind == "hex":
            yield Token("byte", data=bytes([int(found["hex"], 16)]), end=at)
        elif kind == "symbol":
            yield Token("symbol", found["symbol"].decode("latin-1"), end=at)
        elif kind == "text":
            yield Token("text", data=found["text"], end=at)


_CHARSETS = {  # of a font: the encoding of its bytes
    0: "cp1252", 77: "mac-roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250",
}
_PAGES = {936: "gb18030", 950: "cp950", 932: "cp932", 949: "cp949", 65001: "utf-8", 54936: "gb18030"}
_DOUBLE = frozenset({"gb18030", "cp950", "cp932", "cp949"})


def of_charset(number: int) -> str | None:
    """The encoding of a font's character set; None when it has that of the document."""
    return _CHARSETS.get(number)


def of_page(number: int) -> str:
    """The encoding of a code page of Windows."""
    western = 1250 <= number <= 1258 or number in {437, 850, 852, 866}
    return _PAGES.get(number) or (f"cp{number}" if western else "gb18030")


def text_of(raw: bytes, encoding: str) -> str:
    """Bytes of a document as text. What its encoding cannot read is read as Chinese, which programs often leave so."""
    if raw.isascii():
        return raw.decode("ascii")
    for tried in (encoding, "gb18030"):
        try:
            told = raw.decode(tried)
        except UnicodeDecodeError:
            continue
        if tried in _DOUBLE or encoding == "utf-8":
            return told
        try:  # Western letters by their label, Chinese by what they are
            chinese = raw.decode("gb18030")
        except UnicodeDecodeError:
            return told
        return chinese if any("\u4e00" <= letter <= "\u9fff" for letter in chinese) and len(raw) > 1 else told
    return raw.decode(encoding, "replace")
