"""Small Office files made of zip parts and XML strings, for tests of the readers."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def document_xml(body: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document {_SPACES}><w:body>{body}</w:body></w:document>'


def docx(body: str, **parts: str | bytes) -> bytes:
    """A .docx with this body; `numbering` and `styles` are the inner XML of those parts, others go in by name."""
    inside: dict[str, str | bytes] = {"[Content_Types].xml": "<Types/>", "word/document.xml": document_xml(body)}
    for name in ("numbering", "styles"):
        if name in parts:
            inside[f"word/{name}.xml"] = f"<w:{name} {_SPACES}>{parts.pop(name)!s}</w:{name}>"
    return packed(inside | parts)


def p(text: str = "", properties: str = "", inside: str = "") -> str:
    """A paragraph with one run; `inside` is further XML after it."""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{run}{inside}</w:p>"


def tc(content: str = "", properties: str = "") -> str:
    """A cell; plain text becomes a paragraph."""
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def xlsx(*sheets: tuple[str, str, str], extra: dict[str, str | bytes] | None = None) -> bytes:
    """A workbook of sheets (name, state, inner XML of the worksheet), with inline strings."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" state="{state}" r:id="rId{n}"/>'
        for n, (name, state, _) in enumerate(sheets, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>',
        "xl/styles.xml": (
            f'<styleSheet xmlns="{_SHEET}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
        ),
    }
    for n, (_, _, inner) in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{n}.xml"] = f'<worksheet xmlns="{_SHEET}">{inner}</worksheet>'
    return packed(parts | (extra or {}))


def cells(rows: dict[int, dict[str, str]]) -> str:
    """sheetData: row number → column letter → a value. Numbers are written as given, other text inline; a value
    that starts with < is the inner XML of the cell, and one that starts with @ is a number styled as a date."""
    out = ""
    for number, row in rows.items():
        line = ""
        for column, value in row.items():
            reference = f'r="{column}{number}"'
            if value.startswith("<"):
                line += f"<c {reference}>{value}</c>"
            elif value.startswith("@"):
                line += f'<c {reference} s="1"><v>{value[1:]}</v></c>'
            elif value.replace(".", "", 1).lstrip("-").isdigit():
                line += f"<c {reference}><v>{value}</v></c>"
            else:
                line += f'<c {reference} t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'
        out += f'<row r="{number}">{line}</row>'
    return f"<sheetData>{out}</sheetData>"


def merges(*ranges: str) -> str:
    listed = "".join(f'<mergeCell ref="{r}"/>' for r in ranges)
    return f'<mergeCells count="{len(ranges)}">{listed}</mergeCells>'
