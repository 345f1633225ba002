"""Whether a value is left anywhere in a PDF, in any of the ways in which one can be written."""

from __future__ import annotations

import io
import re

import pikepdf
import pypdfium2


def leaks(data: bytes, value: str) -> list[str]:
    """Where the value still stands; empty when it is gone."""
    found = [] if not _holds(data, value) else ["raw bytes"]
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        for item in pdf.objects:
            is_stream = isinstance(item, pikepdf.Stream)
            written = item.stream_dict.unparse() if is_stream else item.unparse(resolved=True)
            if _holds(written, value):
                found.append(f"object {item.objgen}")
            if is_stream:
                for content in (item.read_raw_bytes(), _content(item)):
                    if _holds(content, value):
                        found.append(f"stream {item.objgen}")
    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            text = page.get_textpage()
            if value in re.sub(r"\s", "", text.get_text_range()):
                found.append("text of a page")
            text.close()
            page.close()
    finally:
        document.close()
    return found


def _content(item: pikepdf.Stream) -> bytes:
    try:
        return item.read_bytes()
    except pikepdf.PdfError:
        return b""


def _holds(data: bytes, value: str) -> bool:
    forms = [value.encode(), value.encode("utf-16-be"), value.encode("utf-16-le"), value.encode().hex().encode(),
             value.encode("utf-16-be").hex().encode(),
             "".join(f"\\{ord(letter):03o}" for letter in value).encode()]
    lower = data.lower()
    if any(form.lower() in lower for form in forms):
        return True
    strings = b"".join(re.findall(rb"\(([^()]*)\)", data))
    return value.encode() in strings
