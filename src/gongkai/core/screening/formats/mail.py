"""Saved mail (.eml) and single-file pages (.mht): headers, every body, every attachment. They are not rebuilt."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from email.message import Message

from gongkai.core.errors import ReadError
from gongkai.core.report.readers.limits import MAX_PART_BYTES
from gongkai.core.screening.formats import nested
from gongkai.core.screening.formats import unpack as unpack_any
from gongkai.core.screening.model import Finding, Kind, Piece, Rebuilt, Unpacked, Verdict

_MAX_BOUNDARIES = 2_000
_MAX_HEADERS = 500


def unpack(data: bytes, _name: str, depth: int) -> Unpacked:
    """Raises ReadError `content-too-large` or `damaged`."""
    if len(data) > MAX_PART_BYTES or data.count(b"\n--") > _MAX_BOUNDARIES * 4:
        raise ReadError("content-too-large", "邮件的内容过多，没有筛查；请取出正文和附件分别上传。")
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
    except (ValueError, LookupError, IndexError, TypeError) as error:
        raise _damaged() from error
    pieces: list[Piece] = []
    findings: list[Finding] = [Finding(Kind.METADATA, "邮件头", "收发件人、时间和经过的服务器", Verdict.WARN, True)]
    for number, part in enumerate(message.walk()):
        if number > _MAX_BOUNDARIES:
            raise ReadError("content-too-large", "邮件的部分过多，没有筛查；请取出正文和附件分别上传。")
        pieces += _headers(part, number)
        for around, where in ((part.preamble, "邮件分段之前"), (part.epilogue, "邮件分段之后")):
            if around and around.strip():
                pieces.append(Piece(around, where, True, "邮件程序不显示的文字", table=where))
        if not part.is_multipart():
            inner = _content(part, number, depth)
            pieces += inner.pieces
            findings += inner.findings
    return Unpacked("mail", tuple(pieces), tuple(findings))


def clean(_data: bytes, _name: str, _mask: Callable[[str], str]) -> Rebuilt:
    """Always raises ReadError `cannot-clean`."""
    raise ReadError("cannot-clean", "邮件和单文件网页不能自动清理；请把要公开的正文另存为 .docx 或 PDF，附件单独上传。")


def _headers(part: Message, number: int) -> list[Piece]:
    pieces: list[Piece] = []
    for name in list(dict.fromkeys(part.keys()))[:_MAX_HEADERS]:
        for value in part.get_all(name, [])[:20]:
            told = _text(value)
            seen = name.lower() == "subject" and number == 0
            where = "邮件主题" if seen else f"邮件头“{name}”"
            pieces.append(Piece(told, where, not seen, "" if seen else "邮件头", table=where))
    return pieces


def _content(part: Message, number: int, depth: int) -> Unpacked:
    try:
        kind, name = part.get_content_type(), part.get_filename() or ""
        payload = part.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else b""
        charset = part.get_content_charset() or "utf-8"
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise _damaged() from error
    if not data.strip():
        return Unpacked("mail", ())
    if name or not kind.startswith("text/"):
        return nested(data, name or kind, depth=depth, prefix=f"附件“{name or number}”")
    if kind == "text/html":
        inner = unpack_any(data, "a.html", depth=depth + 1)
        return Unpacked("mail", inner.pieces, inner.findings)
    try:
        text = data.decode(charset)
    except (LookupError, UnicodeDecodeError):
        from gongkai.core.screening.formats.characters import decode

        text = decode(data)
    return Unpacked("mail", tuple(
        Piece(line, f"正文第{at}行") for at, line in enumerate(text.splitlines(), 1) if line.strip()
    ))


def _text(value: object) -> str:
    try:
        return str(value)
    except (ValueError, LookupError, UnicodeError):
        return ""


def _damaged() -> ReadError:
    return ReadError("damaged", "邮件的结构已损坏，无法筛查；请取出正文和附件分别上传。")


