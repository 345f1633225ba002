"""One reader for each format; the format is decided by the content, not by the name."""

from __future__ import annotations

from importlib import import_module

from gongkai.core.errors import ReadError
from gongkai.core.report.document import Document
from gongkai.core.report.readers.sniff import name_note, sniff


def read_document(data: bytes, name: str | None = None) -> Document:
    """Take a file apart into paragraphs and grids.

    `name` only words refusals and the note `extension-differs`. Raises ReadError; the project's own JSON has no
    layout to take apart and is refused with `json-without-layout` (read_report reads it).
    """
    kind = sniff(data, name)
    if kind == "json":
        raise ReadError("json-without-layout", "JSON 里只有数据、没有版面，未拆分；请用读取报告的功能打开它。")
    document = parse(data, kind)
    note = name_note(kind, name)
    if note is not None:
        document.notes.insert(0, note)
    return document


def parse(data: bytes, kind: str) -> Document:
    """Call the reader of `kind`; each is loaded only when a file needs it."""
    document: Document = import_module(f"{__name__}.{kind}").read(data)
    return document
