"""Single-file web pages (.mht): a mail message with the page, its style sheets and its pictures inside."""

from __future__ import annotations

import base64
import binascii
import quopri
import re

from gongkai.core.errors import ReadError
from gongkai.core.report.readers.limits import MAX_PART_BYTES

_MAX_PARTS = 2_000
_HEADER = re.compile(rb"^content-type:\s*multipart/related", re.I | re.M)
_BOUNDARY = re.compile(rb"""boundary=\s*(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))""", re.I)
_ENCODING = re.compile(rb"^content-transfer-encoding:\s*([\w-]+)", re.I | re.M)
_IS_HTML = re.compile(rb"^content-type:\s*text/html", re.I | re.M)
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")


def is_mhtml(data: bytes) -> bool:
    """True for a page saved as a single file."""
    head = data[:4096]
    return b"<html" not in head[:512].lower() and _HEADER.search(head) is not None


def unpack(data: bytes) -> list[bytes]:
    """The HTML pages inside, in order. Raises ReadError `content-too-large` or `no-content`.

    Only the one level that browsers and Office write is understood; the library's mail parser takes minutes over
    a message of a million parts.
    """
    boundary = _BOUNDARY.search(data[:4096])
    mark = b"--" + (boundary[1] or boundary[2]) if boundary else b""
    if len(data) > MAX_PART_BYTES or (mark and data.count(mark) > _MAX_PARTS):
        raise ReadError(
            "content-too-large", "单文件网页的内容远多于任何年度报告，没有解析；请去掉图片和附件后重新保存。"
        )
    pages = [_decoded(part) for part in (data.split(mark)[1:] if mark else []) if _IS_HTML.search(part[:2048])]
    if not pages:
        raise ReadError("no-content", "单文件网页里没有正文；请用浏览器重新保存报告页面后再上传。")
    return pages


def _decoded(part: bytes) -> bytes:
    """The content of a part without its headers and its transfer encoding."""
    pieces = _END_OF_HEADERS.split(part.lstrip(b"\r\n"), maxsplit=1)
    if len(pieces) < 2:
        return b""
    encoding = _ENCODING.search(pieces[0])
    name = encoding[1].lower() if encoding else b""
    if name == b"quoted-printable":
        return quopri.decodestring(pieces[1])
    if name == b"base64":
        try:
            return base64.b64decode(pieces[1])
        except binascii.Error as error:
            raise ReadError("damaged", "单文件网页的编码已损坏；请用浏览器重新保存报告页面后再上传。") from error
    return pieces[1]
