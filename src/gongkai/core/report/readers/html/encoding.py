"""The characters of a web page. Servers and pages often declare the wrong encoding; the bytes do not lie.

Text of any length that decodes strictly as UTF-8 is UTF-8, whatever the page says; otherwise it is GB18030, the
superset of GB2312 and GBK, unless the page says Big5.
"""

from __future__ import annotations

import re

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([a-z0-9_-]+)", re.I)


def decode(data: bytes) -> tuple[str, int]:
    """The text and the number of characters that could not be read (each shown as U+FFFD)."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _lenient(data, encoding)
    try:
        return data.decode("utf-8"), 0
    except UnicodeDecodeError:
        pass
    declared = _CHARSET.search(data[:4096])
    name = declared[1].lower().decode("ascii") if declared else ""
    candidates = ["big5hkscs" if name.startswith("big5") else "gb18030", "utf-8"]
    return min((_lenient(data, encoding) for encoding in candidates), key=lambda decoded: decoded[1])


def _lenient(data: bytes, encoding: str) -> tuple[str, int]:
    text = data.decode(encoding, "replace")
    return text, text.count("\ufffd")
