"""What a PDF unpacks to, looked at before pdfium does: it parses whatever it is given and cannot be interrupted.

Streams always stand in the file as they are (only other objects may be packed), so no parser is needed to find them.
Drawing instructions are ASCII; fonts and images are not and are only unpacked, if at all, piece by piece.
"""

from __future__ import annotations

import base64
import re
import zlib

from gongkai.core.errors import ReadError

MAX_CONTENT = 3 * 1024 * 1024  # bytes of drawing instructions in one stream; a page full of tables has 0.1 million
MAX_DRAWN_FORMS = 1_000_000    # how often nested forms may be drawn at most
_HEAD = 4096
_MOST_PACKED = 1032  # times to which deflate can unpack
_STREAM = re.compile(rb"stream\r?\n")
_PACKED_AGAIN = re.compile(rb"^\x78[\x01\x5e\x9c\xda]")
_DRAWN = re.compile(rb"\sDo\b")
_TEXT_BYTES = bytes(range(32, 127)) + b"\t\r\n\f"


def check_streams(data: bytes) -> None:
    """Raise ReadError `content-too-large` for drawing instructions that no report needs."""
    drawn = 1
    at = 0
    while (found := _STREAM.search(data, at)) is not None:
        start = found.end()
        if data[found.start() - 3:found.start()] == b"end":
            at = start
            continue
        stop = data.find(b"endstream", start)
        stop = len(data) if stop < 0 else stop
        about = data[max(0, found.start() - 600):found.start()]
        about = about[about.rfind(b" obj") + 1:]
        form = b"/Form" in about
        content = _content(data[start:stop], about, look_inside=form or (stop - start) * _MOST_PACKED > MAX_CONTENT)
        if len(content) > MAX_CONTENT:
            raise _too_large()
        if form:
            drawn *= max(1, len(_DRAWN.findall(content)))
            if drawn > MAX_DRAWN_FORMS:
                raise _too_large()
        at = stop


def _content(raw: bytes, about: bytes, *, look_inside: bool) -> bytes:
    """The drawing instructions of a stream, at most a little more than allowed; empty for fonts and images, and for
    what is too short to unpack to much."""
    if b"/ASCII85Decode" in about or b"/A85" in about:
        try:
            raw = base64.a85decode(raw.strip().removesuffix(b"~>"))
        except ValueError:
            return b""
    if not _PACKED_AGAIN.match(raw):
        return raw if _is_text(raw[:_HEAD]) else b""
    unpacker = zlib.decompressobj()
    try:
        head = unpacker.decompress(raw, _HEAD if look_inside else 2)
        if _PACKED_AGAIN.match(head) and b"/Image" not in about:
            raise _too_large()
        if not look_inside or not _is_text(head):
            return b""
        return head + unpacker.decompress(unpacker.unconsumed_tail, MAX_CONTENT)
    except zlib.error:
        return b""


def _is_text(head: bytes) -> bool:
    """Instructions are ASCII words with white space between them; the even colour of a picture is not."""
    spaces = len(head) - len(head.translate(None, b" \r\n\t"))
    return len(head.translate(None, _TEXT_BYTES)) * 20 <= len(head) <= spaces * 50


def _too_large() -> ReadError:
    return ReadError(
        "content-too-large",
        "PDF 解开后的绘图指令远多于任何年度报告，疑似恶意或非报告文件，没有解析；请重新导出 PDF 或上传 .docx 原件。",
    )
