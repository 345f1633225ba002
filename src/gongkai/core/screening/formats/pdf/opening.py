"""A PDF opened under limits, and the same document written anew without anything that is not reached.

qpdf and pdfium unpack whatever they are given and cannot be interrupted: what a stream unpacks to is measured first.
"""

from __future__ import annotations

import io
import re
import warnings
import zlib

import pikepdf

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats.pdf.contents import without_replacements
from gongkai.core.screening.formats.pdf.draws import check_drawn
from gongkai.core.screening.formats.pdf.refusals import damaged, too_large

MAX_PAGES = 500
MAX_UNPACKED = 32 * 1024 * 1024        # bytes of one stream that is no image
MAX_IMAGE_PIXELS = 150_000_000         # of one image; a map of A0 at 300 dpi has 140 million
MAX_ALL_UNPACKED = 512 * 1024 * 1024   # bytes of all streams that are no images

_STREAM = re.compile(rb"stream\r?\n")
_SIDE = re.compile(rb"/(?:Width|W|Height|H)\s+(\d{1,12})")
_PACKED = re.compile(rb"^\s*\x78[\x01\x5e\x9c\xda]")


def open_pdf(data: bytes) -> pikepdf.Pdf:
    """The document, opened without a password. Raises ReadError `encrypted`, `damaged`, `too-many-pages` or
    `content-too-large`."""
    check_unpacked(data)
    try:
        pdf = pikepdf.Pdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise ReadError("encrypted", "PDF 加了打开密码，无法筛查；请取消密码后再上传。") from error
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError) as error:
        raise damaged() from error
    try:
        count = len(pdf.pages)
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError) as error:
        raise damaged() from error
    if not count:
        raise ReadError("damaged", "PDF 里没有能打开的页面，无法筛查；请重新导出或取得原件后再上传。")
    if count > MAX_PAGES:
        raise ReadError("too-many-pages", f"PDF 有 {count} 页，超过 {MAX_PAGES} 页的上限，没有筛查；请拆分后上传。")
    check_drawn(pdf)
    return pdf


def plain_bytes(pdf: pikepdf.Pdf) -> bytes:
    """The document as it stands now, without password, earlier revisions and objects that nothing reaches."""
    into = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # fields that no form lists: pages are looked at, not forms
            pdf.save(
                into, encryption=False, object_stream_mode=pikepdf.ObjectStreamMode.disable,
                stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False,
                fix_metadata_version=False,  # it would write metadata anew, and lose what is no proper XMP
            )
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError) as error:
        raise damaged() from error
    plain = into.getvalue()
    if pdf.is_encrypted:
        check_unpacked(plain)  # before, its streams could not be measured
    return plain


def seen_bytes(pdf: pikepdf.Pdf) -> bytes:
    """The same as drawn: no text stands in for what is drawn. The document itself stays as it is."""
    with pikepdf.Pdf.open(io.BytesIO(plain_bytes(pdf)), suppress_warnings=True) as copy:
        try:
            without_replacements(copy)
        except (pikepdf.PdfError, ValueError, RuntimeError, TypeError) as error:
            raise damaged() from error
        return plain_bytes(copy)


def check_unpacked(data: bytes) -> None:
    """Raise ReadError `content-too-large` for streams that unpack to more than any document needs."""
    total, at = 0, 0
    while (found := _STREAM.search(data, at)) is not None:
        start = found.end()
        if data[found.start() - 3:found.start()] == b"end":
            at = start
            continue
        stop = data.find(b"endstream", start)
        stop = len(data) if stop < 0 else stop
        about = data[max(0, found.start() - 1200):found.start()]
        about = about[about.rfind(b" obj") + 1:]
        if b"/Image" in about:
            sides = [int(side) for side in _SIDE.findall(about)][:2]
            if len(sides) == 2 and sides[0] * sides[1] > MAX_IMAGE_PIXELS:
                raise too_large()
        else:
            content = inflate(data[start:stop], MAX_UNPACKED)
            total += len(content)
            if len(content) > MAX_UNPACKED or total > MAX_ALL_UNPACKED:
                raise too_large()
        at = stop


def inflate(raw: bytes, most: int) -> bytes:
    """A deflated stream unpacked (twice when packed twice) to at most a little more than `most` bytes; what is not
    deflated comes back as it is."""
    for _ in range(3):
        if not _PACKED.match(raw[:16]):
            return raw
        unpacker = zlib.decompressobj()
        try:
            raw = unpacker.decompress(raw.lstrip(b"\r\n"), most + 1)
        except zlib.error:
            return raw
    return raw
