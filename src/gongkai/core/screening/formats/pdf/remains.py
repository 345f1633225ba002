"""What stands in the bytes of a PDF beside the document: earlier revisions, objects that nothing reaches, comments,
and data before the head or after the end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gongkai.core.screening.formats.ooxml.sweep import loose
from gongkai.core.screening.formats.pdf.opening import MAX_UNPACKED, inflate
from gongkai.core.screening.formats.pdf.strings import decode, is_date, is_text, lexed, raw_words, readable_runs
from gongkai.core.screening.formats.pdf.walk import Walked, fingerprint, loose_text

MAX_REVISIONS = 12
_END = re.compile(rb"%%EOF[ \t]*\r?\n?")
_OBJECT = re.compile(rb"\b\d{1,10}\s+\d{1,5}\s+obj\b")
_STREAM = re.compile(rb"\bstream\r?\n")
_TABLE = re.compile(
    rb"\bxref\s+(?:\d+\s+\d+\s+(?:\d{10}\s\d{5}\s[nf]\s*)*)*|\bstartxref\s+\d+|%PDF-\d\.\d(?:\s*\r?\n%[^\r\n]{2,12})?|%%EOF|\btrailer\b"
)
_WIDE = re.compile(rb"(?:\x00[\x20-\x7e]|\x30[\x00-\x1f]|[\x4e-\x9f][\x00-\xff]|\xff[\x00-\x5e]){6,}")
_TRAILER_ID = re.compile(rb"/ID\s*\[[^\]]*\]")
_MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xd8\xff", b"\x89PNG", b"%PDF", b"Rar!", b"7z\xbc\xaf")


@dataclass(slots=True)
class Remains:
    """`texts` are (text, where); `contents` loose drawing instructions; `files` whole files beside the document."""

    texts: list[tuple[str, str]] = field(default_factory=list)
    contents: list[bytes] = field(default_factory=list)
    files: list[tuple[bytes, str]] = field(default_factory=list)


def revisions(data: bytes) -> list[bytes]:
    """The document as it was at each earlier saving, oldest first. The first end mark of a file that is arranged for
    the web closes only its first page and is none."""
    ends = [found.end() for found in _END.finditer(data)]
    if b"/Linearized" in data[:2048]:
        ends = ends[1:]
    earlier = [end for end in ends[:-1] if b"startxref" in data[max(0, end - 200):end]]
    if len(earlier) > MAX_REVISIONS:
        earlier = earlier[:MAX_REVISIONS // 2] + earlier[-MAX_REVISIONS // 2:]
    return [data[:end] for end in earlier]


def outside(data: bytes) -> list[tuple[bytes, str]]:
    """The bytes before the head and after the last end mark."""
    start = max(0, data.find(b"%PDF-"))
    found = [(data[:start], "文件头之前的数据")]
    ends = [end.end() for end in _END.finditer(data)]
    if ends:
        found.append((data[ends[-1]:], "文件结尾之后的数据"))
    return [(part, where) for part, where in found if part.strip(b"\x00\r\n\t ")]


def remains(data: bytes, walked: Walked, *, encrypted: bool) -> Remains:
    """What the document does not use. Of an encrypted file only what stands outside it can be read."""
    left = Remains()
    for part, where in outside(data):
        at = min((found for magic in _MAGIC if 0 <= (found := part.find(magic)) < 64), default=-1)
        if at >= 0:
            left.files.append((part[at:], where))
        else:
            left.texts.append((f"{loose_text(part)}\n{_wide(part)}", where))
    if encrypted:
        return left
    rest: list[bytes] = []
    at = 0
    for head in _OBJECT.finditer(data):
        if head.start() < at:
            continue
        rest.append(data[at:head.start()])
        at = _object(data, head.end(), walked, left)
    rest.append(data[at:])
    _between(b"\n".join(rest), left)
    return left


def _wide(part: bytes) -> str:
    """Words of two bytes a character, whichever of them stands first."""
    high = (found[0].decode("utf-16-be", "ignore") for found in _WIDE.finditer(part))
    return "\n".join((*high, *(piece.text for piece in loose(part, "", ""))))


def _object(data: bytes, start: int, walked: Walked, left: Remains) -> int:
    """Look at one object; where it ends."""
    end = data.find(b"endobj", start)
    end = len(data) if end < 0 else end
    found = _STREAM.search(data, start, end)
    head = data[start:found.start() if found else end]
    if b"/CIDSystemInfo" not in head:
        strings, comments = lexed(head)
        _tell([*map(decode, strings), *comments], walked, left, "未被使用的对象")
    if not found:
        return end + 6
    stop = data.find(b"endstream", found.end())
    stop = len(data) if stop < 0 else stop
    raw = data[found.end():stop]
    after = data.find(b"endobj", stop)
    after = len(data) if after < 0 else after + 6
    if b"/XRef" not in head and b"/Image" not in head and fingerprint(raw) not in walked.seen:
        _loose_stream(inflate(raw, MAX_UNPACKED), head, walked, left)
    return after


def _loose_stream(content: bytes, head: bytes, walked: Walked, left: Remains) -> None:
    where = "未被使用的数据流"
    strings, comments = lexed(content) if b"(" in content or b"<" in content or b"%" in content else ([], [])
    if b"/ObjStm" in head:
        _tell([*map(decode, strings), *comments], walked, left, "未被使用的对象")
    elif re.search(rb"\b(?:Tj|TJ|BT)\b", content):
        left.contents.append(content)
        _tell([*raw_words(strings), *comments], walked, left, where)
    elif content[:4] in (b"PK\x03\x04", b"%PDF"):
        left.files.append((content, where))
    elif b"/Length1" not in head and b"/FontFile" not in head:
        text = loose_text(content) if is_text(decode(content[:4096])) else readable_runs(content)
        if is_text(text):
            left.texts.append((text, where))


def _tell(texts: list[str], walked: Walked, left: Remains, where: str) -> None:
    for text in dict.fromkeys(texts):
        if text not in walked.words and is_text(text) and not is_date(text):
            left.texts.append((text, where))


def _between(rest: bytes, left: Remains) -> None:
    """Between objects stand tables, trailers and sometimes words that no program reads."""
    bare = _TRAILER_ID.sub(b" ", _TABLE.sub(b" ", rest))
    strings, comments = lexed(bare)
    for text in (*map(decode, strings), *comments):
        if is_text(text) and len(text.strip()) >= 4:
            left.texts.append((text, "对象之间的数据"))
    loose = re.sub(rb"<<[\s\S]*?>>|%[^\r\n]*|\bendobj\b", b" ", bare)
    if len(loose.split()) and is_text(decode(loose)):
        left.texts.append((" ".join(decode(loose).split()), "对象之间的数据"))
