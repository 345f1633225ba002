"""Single-file web pages (.mht): a mail message with the page, its style sheets and its pictures inside."""

from __future__ import annotations

import email
import email.policy
import re

from gongkai.core.errors import ReadError
from gongkai.core.report.readers.limits import MAX_PART_BYTES

_HEADER = re.compile(rb"^content-type:\s*multipart/related", re.I | re.M)


def is_mhtml(data: bytes) -> bool:
    """True for a page saved as a single file."""
    head = data[:4096]
    return b"<html" not in head[:512].lower() and _HEADER.search(head) is not None


def unpack(data: bytes) -> list[bytes]:
    """The HTML pages inside, in order. Raises ReadError `content-too-large` or `no-content`."""
    if len(data) > MAX_PART_BYTES:
        raise ReadError(
            "content-too-large",
            f"单文件网页有 {len(data) // 1_048_576} MB，远大于任何年度报告，没有解析；请去掉图片后重新保存。",
        )
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    pages = []
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                pages.append(content)
    if not pages:
        raise ReadError("no-content", "单文件网页里没有正文；请用浏览器重新保存报告页面后再上传。")
    return pages
