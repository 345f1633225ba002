"""Strings of a PDF as text: whatever their encoding, and whether or not anything in the document uses them."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    rb"\((?:[^\\()]|\\[\s\S]|\((?:[^\\()]|\\[\s\S]|\((?:[^\\()]|\\[\s\S])*\))*\))*\)"
    rb"|<(?!<)[0-9A-Fa-f\s]*>|%[^\r\n]*|\b(?:Td|TD|Tm|ET|BT)\b|T\*"
)
IN_PIXELS = "图像数据 "  # before words that stand where a picture's pixels should
_MOVES = frozenset({b"Td", b"TD", b"Tm", b"ET", b"BT", b"T*"})
_INLINE_IMAGE = re.compile(rb"\bID[\s][\s\S]*?\sEI\b")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|[\s\S])")
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")
_SPACE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad\x00]+")
_DATE = re.compile(r"D:\d{4,14}(?:[Zz+\-][\d']*)?$")
_READABLE = re.compile(rb"(?:[\x20-\x7e]|\xc2[\xa0-\xbf]|[\xe2-\xe9\xef][\x80-\xbf]{2}){6,}")
_SPELLED = re.compile(r"[A-Za-z]{0,2}\d(?:[ \-]?\d){5,}[Xx]?|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.A)


def decode(raw: bytes) -> str:
    """A string's bytes as text: UTF-16, UTF-8, GBK or Latin-1, by what they are."""
    for mark, encoding in ((b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"), (b"\xef\xbb\xbf", "utf-8")):
        if raw.startswith(mark):
            return raw[len(mark):].decode(encoding, "replace")
    if len(raw) >= 4 and b"\x00" in raw and len(raw) % 2 == 0:
        even, odd = raw[0::2].count(0), raw[1::2].count(0)
        if max(even, odd) * 3 > len(raw) // 2 and even != odd:
            return raw.decode("utf-16-be" if even > odd else "utf-16-le", "replace")
    for encoding in ("ascii", "utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def is_text(text: str) -> bool:
    """True for what a person could read; False for packed numbers, keys and noise."""
    return len(text.strip()) >= 2 and len(_CONTROL.findall(text)) * 8 <= len(text)


def is_date(text: str) -> bool:
    """True for a date in the manner of PDF, D:20240101120000+08'00'."""
    return bool(_DATE.match(text))


def compact(text: str) -> str:
    """Without white space and characters of no width: what is compared."""
    return _SPACE.sub("", text)


def lexed(code: bytes) -> tuple[list[bytes], list[str]]:
    """The strings and the comments of PDF syntax (objects or drawing instructions), in order. An empty string stands
    where the pen moves to another place."""
    strings: list[bytes] = []
    comments: list[str] = []
    for found in _INLINE_IMAGE.finditer(code) if b"BI" in code else ():
        words = _SPELLED.findall(readable_runs(found[0]))  # pixels that are letters
        comments += [IN_PIXELS + "\n".join(words)] if words else []
    for found in _TOKEN.finditer(_INLINE_IMAGE.sub(b" ", code)):
        token = found.group()
        if token[:1] == b"(":
            strings.append(_ESCAPE.sub(_escaped, token[1:-1]))
        elif token[:1] == b"<":
            digits = re.sub(rb"\s", b"", token[1:-1])
            strings.append(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii")))
        elif token in _MOVES:
            strings.append(b"")
        else:
            comments.append(decode(token[1:]))
    return strings, comments


def _escaped(found: re.Match[bytes]) -> bytes:
    what = found.group(1)
    if what[:1].isdigit():
        return bytes([int(what, 8) & 255])
    if what in (b"\n", b"\r", b"\r\n"):
        return b""
    return _LETTERS.get(what, what)


def readable_runs(raw: bytes) -> str:
    """The stretches of text in binary data (certificates, foreign files): ASCII, UTF-8 and UTF-16."""
    runs = [run.decode("utf-8", "ignore") for run in _READABLE.findall(raw)]
    for wide in re.findall(rb"(?:\x00[\x20-\x7e]|[\x4e-\x9f][\x00-\xff]){4,}", raw):
        text = wide.decode("utf-16-be", "ignore")
        if sum(character.isdigit() for character in text) >= 6:
            runs.append(text)
    for wide in re.findall(rb"(?:[\x20-\x7e]\x00){6,}", raw):
        runs.append(wide.decode("utf-16-le", "ignore"))
    return "\n".join(runs)


def raw_words(strings: list[bytes]) -> list[str]:
    """What drawing instructions spell by their codes alone, whatever the font makes of them: long numbers and e-mail
    addresses between two moves of the pen, and strings that say that they are Unicode."""
    words: list[str] = []
    for raw in strings:
        if raw[:2] in (b"\xfe\xff", b"\xff\xfe") or raw[:3] == b"\xef\xbb\xbf":
            words.append(decode(raw))
    for plain in b"".join(raw or b"\n" for raw in strings).split(b"\n"):
        kept = (chr(code) if 32 <= code < 127 else "\n" for code in plain if code)  # two bytes a character or one
        words += _SPELLED.findall("".join(kept))
    return [word for word in words if len(word.strip()) > 1]
