"""A .docx template in the look of GB/T 9704, written part by part: small, the same bytes every time, no leftovers.

A4, margins 37/35/28/26 mm, body 仿宋 三号 (16 pt) on 28 pt lines, title 小标宋 二号 (22 pt), page number — 1 — at
the foot. Font names carry alternatives for machines that lack them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EPOCH = (1980, 1, 1, 0, 0, 0)
BODY, TITLE, SONG, HEI, KAI = "仿宋", "方正小标宋简体", "宋体", "黑体", "楷体"
_FONTS = {
    BODY: "FangSong,仿宋_GB2312,Noto Serif CJK SC", TITLE: "华文中宋,宋体,Noto Serif CJK SC",
    SONG: "SimSun,Noto Serif CJK SC", HEI: "SimHei,Noto Sans CJK SC", KAI: "KaiTi,楷体_GB2312,Noto Serif CJK SC",
}
CHARACTER = 16.0  # points: one character of the body
MM = 1440 / 25.4  # twentieths of a point in a millimetre
WIDTH = round((210 - 28 - 26) * MM)


@dataclass(frozen=True)
class Cell:
    """A table cell: `across` columns wide, with a share of the width."""

    text: str
    across: int = 1
    centred: bool = False
    head: bool = False


def paragraph(
    text: str, *, align: str = "both", first: float = 2, left: float = 0, right: float = 0, font: str = BODY,
    size: float = 16, bold: bool = False, before: float = 0, after: float = 0, line: float = 28, keep: bool = False,
) -> str:
    """One paragraph; `first`, `left`, `right` in characters of the body, the rest in points."""
    indent = "".join(
        f' w:{name}="{round(value * CHARACTER * 20)}"'
        for name, value in (("firstLine", first), ("left", left), ("right", right)) if value
    )
    return (
        f"<w:p><w:pPr>{'<w:keepNext/>' if keep else ''}"
        f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}" w:line="{round(line * 20)}"'
        f' w:lineRule="exact"/>{f"<w:ind{indent}/>" if indent else ""}<w:jc w:val="{align}"/></w:pPr>'
        f"{run(text, font=font, size=size, bold=bold)}</w:p>"
    )


def run(text: str, *, font: str = BODY, size: float = 16, bold: bool = False) -> str:
    """Text in one face."""
    half = round(size * 2)
    return (
        f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:hint="eastAsia"/>'
        f'{"<w:b/>" if bold else ""}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )


def directive(words: str) -> str:
    """A paragraph that only steers: {%p if … %}."""
    return f"<w:p><w:r><w:t>{escape(words)}</w:t></w:r></w:p>"


def table(rows: Sequence[Sequence[Cell] | str], shares: Sequence[float], *, size: float = 12,
          heights: Sequence[float] = ()) -> str:
    """A ruled table. A row that is a string is a directive ({%tr for … %}); heights are least heights in points."""
    total = sum(shares)
    widths = [round(WIDTH * share / total) for share in shares]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    body, n = [], 0
    for row in rows:
        if isinstance(row, str):
            body.append(
                f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{WIDTH}" w:type="dxa"/></w:tcPr>{directive(row)}</w:tc></w:tr>'
            )
            continue
        height = heights[n] if n < len(heights) else 30
        n += 1
        least = f'<w:trHeight w:val="{round(height * 20)}" w:hRule="atLeast"/>'
        body.append(f"<w:tr><w:trPr><w:cantSplit/>{least}</w:trPr>")
        at = 0
        for cell in row:
            width, at = sum(widths[at:at + cell.across]), at + cell.across
            span = f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
            words = "".join(
                paragraph(line, align="center" if cell.centred else "left", first=0, size=size, line=size * 1.5,
                          font=HEI if cell.head else BODY)
                for line in cell.text.split("\n")
            )
            body.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}<w:vAlign w:val="center"/></w:tcPr>'
                f"{words}</w:tc>"
            )
        body.append("</w:tr>")
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{edges}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(body)}</w:tbl>'
    )


def docx(body: str, title: str) -> bytes:
    """The parts zipped, with fixed times: the same words give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _parts(body, title).items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), (_HEAD + text).encode(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _parts(body: str, title: str) -> dict[str, str]:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    number = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    face = f'<w:rPr><w:rFonts w:ascii="{SONG}" w:hAnsi="{SONG}" w:eastAsia="{SONG}"/><w:sz w:val="28"/></w:rPr>'
    number = number.replace("<w:r>", f"<w:r>{face}")
    relation = '<Relationship Id="{}" Type="{}" Target="{}"/>'
    margins = f'w:top="{37 * MM:.0f}" w:right="{26 * MM:.0f}" w:bottom="{35 * MM:.0f}" w:left="{28 * MM:.0f}"'
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{package}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
            f'<Override PartName="/word/document.xml" ContentType="{word}.document.main+xml"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{word}.styles+xml"/>'
            f'<Override PartName="/word/settings.xml" ContentType="{word}.settings+xml"/>'
            f'<Override PartName="/word/fontTable.xml" ContentType="{word}.fontTable+xml"/>'
            f'<Override PartName="/word/footer1.xml" ContentType="{word}.footer+xml"/>'
            '<Override PartName="/docProps/core.xml"'
            ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{package}/relationships">'
            + relation.format("rId1", f"{office}/officeDocument", "word/document.xml")
            + relation.format("rId2", f"{package}/relationships/metadata/core-properties", "docProps/core.xml")
            + "</Relationships>"
        ),
        "docProps/core.xml": (
            f'<cp:coreProperties xmlns:cp="{package}/metadata/core-properties"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{escape(title)}</dc:title><dc:language>zh-CN</dc:language></cp:coreProperties>"
        ),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{package}/relationships">'
            + "".join(
                relation.format(f"rId{n}", f"{office}/{kind}", f"{kind}{'1' if kind == 'footer' else ''}.xml")
                for n, kind in enumerate(("styles", "settings", "fontTable", "footer"), 1)
            )
            + "</Relationships>"
        ),
        "word/document.xml": (
            f'<w:document {_W} xmlns:r="{office}"><w:body>{body}<w:sectPr>'
            '<w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/>'
            f'<w:pgMar {margins} w:header="851" w:footer="{9 * MM:.0f}" w:gutter="0"/></w:sectPr></w:body></w:document>'
        ),
        "word/footer1.xml": (
            f'<w:ftr {_W}><w:p><w:pPr><w:spacing w:after="60"/><w:jc w:val="center"/></w:pPr>'
            f'<w:r>{face}<w:t xml:space="preserve">— </w:t></w:r>{number}'
            f'<w:r>{face}<w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
        ),
        "word/styles.xml": (
            f'<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>'
            f'<w:rFonts w:ascii="{BODY}" w:hAnsi="{BODY}" w:eastAsia="{BODY}" w:cs="Times New Roman"/>'
            '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
            '<w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
            '<w:name w:val="Normal"/></w:style>'
            '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
            '<w:name w:val="Default Paragraph Font"/></w:style>'
            '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
            '<w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:left w:w="80" w:type="dxa"/>'
            '<w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>'
        ),
        "word/settings.xml": (
            f'<w:settings {_W}><w:zoom w:percent="100"/><w:characterSpacingControl w:val="compressPunctuation"/>'
            '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
            ' w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
        ),
        "word/fontTable.xml": (
            f"<w:fonts {_W}>"
            + "".join(
                f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(others)}/>"
                '<w:charset w:val="86"/></w:font>'
                for name, others in _FONTS.items()
            )
            + "</w:fonts>"
        ),
    }
