"""Bytes to characters for texts, tables of commas and mail: the encoding is found by content.

The reader of reports has the same rules and a hundred modules behind it; a screening of a text should not load them.
"""

from __future__ import annotations

import codecs

from gongkai.core.errors import ReadError

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode(data: bytes) -> str:
    """UTF-8, UTF-16 or GB18030, with or without a mark. Raises ReadError `unknown-encoding`.

    A character cut in two at the very end is dropped.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark):].decode(encoding, "replace")
    wide = bare_utf16(data[:65_536])
    for encoding in (wide,) if wide else ("utf-8", "gb18030"):
        try:
            return codecs.getincrementaldecoder(encoding)().decode(data)  # not final: the rest stays in the decoder
        except UnicodeDecodeError:
            continue
    raise ReadError(
        "unknown-encoding",
        "文件的文字编码既不是 UTF-8、UTF-16 也不是 GB18030，无法筛查；请另存为 UTF-8 文本后再上传。",
    )


def bare_utf16(head: bytes) -> str | None:
    """UTF-16 without a mark shows by its line ends and digits: a zero byte beside each of them."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if even == odd or (even + odd) * 50 < len(head):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"
