"""Word documents, workbooks and presentations with something hidden at a place of our choice."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from functools import cache

import docx
import openpyxl
from docx.document import Document

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATION = f"{R_NS}/"
_ID = re.compile(r"(?<!\d)\d(?:\s*\d){16}\s*[\dX](?!\d)")


def id_number(serial: int = 123, region: str = "350102", born: str = "19900307") -> str:
    """A well-formed identity number that belongs to nobody: serial numbers of invented people."""
    body = f"{region}{born}{serial:03d}"
    check = "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]
    return body + check


VALUE = id_number()


def mask(text: str) -> str:
    """A mask of our own, so that the formats are tested without the detectors."""

    def starred(found: re.Match[str]) -> str:
        places = [at for at, letter in enumerate(found[0]) if not letter.isspace()][2:-3]
        return "".join("*" if at in places else letter for at, letter in enumerate(found[0]))

    return _ID.sub(starred, text)


@cache
def _plain() -> bytes:
    """The document to which most tests add something of their own, made once."""
    return word(lambda _document: None)


def word(make: Callable[[Document], object] | None = None) -> bytes:
    """A document of python-docx with an ordinary paragraph."""
    if make is None:
        return _plain()
    document = docx.Document()
    document.add_paragraph("关于公开本年度工作安排的通知")
    make(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rezip(
    data: bytes, change: Mapping[str, Callable[[bytes], bytes]] | None = None, add: Mapping[str, bytes] | None = None,
    comment: bytes = b"",
) -> bytes:
    """The package with parts changed or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change[name](part) if change and name in change else part)
        for name, part in (add or {}).items():
            new.writestr(name, part)
        new.comment = comment
    return out.getvalue()


def in_body(xml: str) -> bytes:
    """A document with this markup after its paragraph. Prefixes w, r, wp, a, pic, mc, wps, v, o, m are known."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in {
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml", "o": "urn:schemas-microsoft-com:office:office",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items())

    def change(part: bytes) -> bytes:
        text = part.decode()
        root = re.sub(r'\sxmlns:(?!w=|r=)\w+="[^"]*"|\smc:Ignorable="[^"]*"', "", text[:text.index("<w:body>")])
        text = root.replace("<w:document", f"<w:document {spaces}", 1) + text[text.index("<w:body>"):]
        return text.replace("<w:sectPr", f"{xml}<w:sectPr", 1).encode()

    return rezip(word(), {"word/document.xml": change})


def run(text: str, look: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner: str) -> str:
    """A paragraph around runs."""
    return f"<w:p>{inner}</w:p>"


def with_part(
    data: bytes, name: str, content: bytes, kind: str, content_type: str, owner: str = "word/document.xml"
) -> bytes:
    """The package with one more part, related from `owner` under a type with the last word `kind`."""
    folder, _, leaf = owner.rpartition("/")
    rels = f"{folder}/_rels/{leaf}.rels" if folder else "_rels/.rels"
    type_ = kind if "://" in kind else _RELATION + kind
    line = f'<Relationship Id="rIdOwn{len(name)}" Type="{type_}" Target="/{name}"/></Relationships>'
    override = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'
    change = {
        rels: lambda part: part.replace(b"</Relationships>", line.encode()),
        "[Content_Types].xml": lambda part: part.replace(b"</Types>", override.encode()),
    }
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        missing = rels not in archive.namelist()
    if missing:
        empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        del change[rels]
        return rezip(data, change, {rels: (empty + line).encode(), name: content})
    return rezip(data, change, {name: content})


def workbook(make: Callable[[openpyxl.Workbook], object] | None = None) -> bytes:
    """A workbook of openpyxl with an ordinary table on the sheet 表一."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表一"
    for row in (("单位", "件数"), ("县民政局", 12), ("县教育局", 8)):
        sheet.append(row)
    if make is not None:
        make(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def joined(text: str) -> str:
    """Text without white space."""
    return re.sub(r"\s", "", text)
