"""Files that want to hurt their reader. `python -m …hostile_files FILE` reads one and prints what it cost."""

from __future__ import annotations

import json
import random
import struct
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.core.report.readers.office_files import document_xml, docx, p, packed, tbl, tc, tr, xlsx

MEGABYTE = 1024 * 1024


def _noise(head: bytes = b"", tail: bytes = b"", size: int = 50 * MEGABYTE) -> bytes:
    return head + random.Random(7).randbytes(size - len(head) - len(tail)) + tail


def _part(xml: str) -> bytes:
    return packed({"word/document.xml": xml})


def _entities() -> bytes:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha" * 50}">' for n in range(12))
    return _part(document_xml(p("&e11;")).replace("<w:document", f"<!DOCTYPE x [{levels}]><w:document", 1))


def _outside() -> bytes:
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return _part(document_xml(p("&e;")).replace("<w:document", f"{entity}<w:document", 1))


def _endless_directory() -> bytes:
    """An archive that lists a million members of no size."""
    entry = b"PK\x01\x02" + bytes(42)
    return b"PK\x03\x04" + bytes(30) + entry * 1_000_000 + b"PK\x05\x06" + struct.pack(
        "<4H2LH", 0, 0, 65_535, 65_535, len(entry) * 1_000_000, 34, 0
    )


# name → how to make it, and the code of the refusal (None: it may be read)
FILES: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "noise.docx": (_noise, "unknown-format"),
    "noise.txt": (lambda: _noise(b"\xef\xbb\xbf"), None),
    "noise-zip.docx": (lambda: _noise(b"PK\x03\x04", b"PK\x05\x06" + bytes(18)), "damaged"),
    "noise-truncated.xlsx": (lambda: _noise(b"PK\x03\x04"), "truncated"),
    "noise-ole.doc": (lambda: _noise(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "old-office-format"),
    "noise-html.html": (lambda: _noise(b"<html><body><table>"), "unknown-format"),
    "parts.mht": (
        lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n" + b"--b\n\n" * 4_000_000,
        "content-too-large"),
    "noise-json.json": (lambda: b'{"a": [' + b"[" * 20 * MEGABYTE, None),
    "too-large.txt": (lambda: b"a" * (65 * MEGABYTE), "file-too-large"),
    "long-text.txt": (lambda: "政府信息公开。\n".encode() * 2_300_000, None),
    "bomb.docx": (lambda: packed({"word/document.xml": b"<w:p/>" * 20_000_000}), "zip-bomb"),
    "bomb-beside.docx": (lambda: docx(p("正文"), **{"word/media/a.bin": bytes(100 * MEGABYTE)}), "zip-bomb"),
    "endless-directory.docx": (_endless_directory, "zip-too-many-files"),
    "entities.docx": (_entities, "xml-entities"),
    "outside-entity.docx": (_outside, "xml-entities"),
    "deep.docx": (lambda: _part(document_xml("<w:sdt><w:sdtContent>" * 100_000)), "xml-too-deep"),
    "deep-tables.docx": (
        lambda: docx("<w:tbl><w:tr><w:tc>" * 80 + p("1") + "</w:tc></w:tr></w:tbl>" * 80), None),
    "rows.docx": (lambda: docx(tbl(tr(tc("1"), tc("2")) * 100_000)), "table-too-long"),
    "rows-few-cells.docx": (lambda: docx(tbl("<w:tr/>" * 100_000)), "table-too-long"),
    "wide.docx": (lambda: docx(tbl(tr(tc("1", '<w:gridSpan w:val="999999"/>') * 3))), "table-too-wide"),
    "vast-grid.docx": (
        lambda: docx(tbl((tr(tc("1", '<w:gridSpan w:val="499"/>')) + tr(tc("1"))) * 2000)), None),
    "tokens.docx": (lambda: docx("<w:p><w:r><w:t>1</w:t></w:r></w:p>" * 400_000), "content-too-large"),
    "rows.html": (lambda: b"<table>" + b"<tr><td>1<td>2" * 100_000 + b"</table>", "table-too-long"),
    "spans.html": (
        lambda: b"<table><tr>" + b"<td rowspan=65000 colspan=1000>1" * 400 + b"<tr><td>1" * 4000, "table-too-wide"),
    "nested.html": (lambda: b"<table><tr><td>" * 900 + b"1", None),
    "many-tables.html": (lambda: b"<table><tr><td>1</table>" * 20_000, "too-many-tables"),
    "deep.html": (lambda: b"<html>" + b"<div>" * 400_000 + b"1", "html-too-deep"),
    "deep-closed.html": (
        lambda: b"<html>" + b"<i x>" * 4_000 + b"<p>" * 4_000 + b"1" + b"</i>" * 4_000, "html-too-deep"),
    "blocks.html": (lambda: b"<html>" + b"<div>" * 900 + b"<div></div>" * 200_000, None),
    "reopened.html": (
        lambda: b"<html>" + b"".join(b"<b id=%d>" % n for n in range(1_400)) + b"<p>1" * 1_400, None),
    "tags.html": (lambda: b"<html>" + b"<b>1" * 5_000_000, "content-too-large"),
    "attributes.html": (lambda: b"<html><td " + b"a=1 " * 5_000_000 + b">", "content-too-large"),
    "far-cell.xlsx": (
        lambda: xlsx(("S", "visible", '<sheetData><row><c s="1" r="XFD1048576"><v>1</v></c></row></sheetData>')),
        "table-too-long"),
    "rows.xlsx": (
        lambda: xlsx(("S", "visible", "<sheetData>" + "<row><c><v>1</v></c></row>" * 100_000 + "</sheetData>")),
        "table-too-long"),
    "merges.xlsx": (
        lambda: xlsx(("S", "visible", '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells>'
                      + '<mergeCell ref="A1:XFD1048576"/>' * 3000 + "</mergeCells>")), None),
    "entities.xlsx": (
        lambda: xlsx(("S", "visible", "<sheetData/>"), extra={
            "xl/sharedStrings.xml": '<!DOCTYPE x [<!ENTITY e "ha"><!ENTITY f "&e;&e;">]><sst><si><t>&f;</t></si></sst>',
        }), None),
}


def main(path: str) -> None:
    """Read a file and print, as JSON: the code of the refusal, seconds and megabytes at most."""
    from gongkai.core.errors import ReadError
    from gongkai.core.report.readers import read_document

    data, code, message = Path(path).read_bytes(), None, ""
    started = time.monotonic()
    try:
        read_document(data, Path(path).name)
    except ReadError as refused:
        code, message = refused.code, refused.message
    seconds = time.monotonic() - started
    json.dump({"code": code, "message": message, "seconds": seconds, "megabytes": peak()}, sys.stdout)


def peak() -> float:
    """Megabytes that this process has held at most. VmHWM begins anew with the program; ru_maxrss would carry on the
    size of the tests that started it."""
    line = next(line for line in Path("/proc/self/status").read_text("ascii").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main(sys.argv[1])
