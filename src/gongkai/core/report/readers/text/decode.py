"""Bytes to characters: the encoding is found by content, never by a declaration."""

from __future__ import annotations

import codecs

from gongkai.core.errors import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or GB18030, with or without a byte order mark.

    A character cut in two at the very end of the file is dropped: files that were cut off are read as far as they
    go. Raises ReadError `unknown-encoding`.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom):].decode(encoding, "ignore" if encoding != "utf-8" else "replace")
    bare = _bare_utf16(data)
    if bare:
        return data.decode(bare, "ignore")
    for encoding in ("utf-8", "gb18030"):
        text = _strictly(data, encoding)
        if text is not None:
            return text
    raise ReadError(
        "unknown-encoding",
        "文件的文字编码既不是 UTF-8、UTF-16 也不是 GB18030，没有解析；请另存为 UTF-8 文本后重新上传。",
    )


def _strictly(data: bytes, encoding: str) -> str | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        return decoder.decode(data)  # not final: an unfinished last character stays in the decoder
    except UnicodeDecodeError:
        return None


def _bare_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark shows by its line ends and digits: a zero byte beside each of them."""
    sample = data[:4096]
    if b"\x00" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if even == odd:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"
