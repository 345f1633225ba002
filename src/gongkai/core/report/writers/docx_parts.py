"""The fixed parts of a .docx in the look of GB/T 9704 (党政机关公文格式): page, fonts, styles, page numbers.

Fonts are named, never shipped. `fontTable.xml` names what to take where an office does not have them, since
仿宋_GB2312 and 方正小标宋简体 are usual in offices and rare at home.
"""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say; equal documents give equal files
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

BODY_FONT, TITLE_FONT, HEAD_FONT, LEAD_FONT = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"
_FALLBACKS = {
    BODY_FONT: "仿宋", TITLE_FONT: "华文中宋", HEAD_FONT: "SimHei", LEAD_FONT: "楷体", "宋体": "SimSun",
}

# Text area of GB/T 9704: A4 with 37 mm above, 35 mm below, 28 mm left and 26 mm right, in twentieths of a point.
PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" w:header="851" w:footer="1417" w:gutter="0"/>'
)
TEXT_WIDTH = 11906 - 1474 - 1588

_CONTENT_TYPES = f"""{_HEAD}<Types xmlns="{_PACKAGE}/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>\
<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>\
<Override PartName="/word/settings.xml" ContentType="{_TYPE}.settings+xml"/>\
<Override PartName="/word/fontTable.xml" ContentType="{_TYPE}.fontTable+xml"/>\
<Override PartName="/word/footer-odd.xml" ContentType="{_TYPE}.footer+xml"/>\
<Override PartName="/word/footer-even.xml" ContentType="{_TYPE}.footer+xml"/>\
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>\
</Types>"""

PACKAGE_RELS = f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>\
<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>\
</Relationships>"""

_DOCUMENT_RELS = f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>\
<Relationship Id="rId2" Type="{_OFFICE}/settings" Target="settings.xml"/>\
<Relationship Id="rId3" Type="{_OFFICE}/fontTable" Target="fontTable.xml"/>\
<Relationship Id="rId4" Type="{_OFFICE}/footer" Target="footer-odd.xml"/>\
<Relationship Id="rId5" Type="{_OFFICE}/footer" Target="footer-even.xml"/>\
</Relationships>"""

SETTINGS = f"""{_HEAD}<w:settings {W}><w:evenAndOddHeaders/><w:defaultTabStop w:val="420"/>\
<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>\
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>\
</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>"""



def package(body: str, *, title: str, creator: str, draft: str = "") -> bytes:
    """The bytes of a .docx around the markup of its body. `draft`: words across the head of every page."""
    marked = bool(draft)
    files = {
        "[Content_Types].xml": content_types(draft=marked),
        "_rels/.rels": PACKAGE_RELS,
        "word/document.xml": f"{_HEAD}<w:document {W} {R}><w:body>{body}{section(draft=marked)}</w:body></w:document>",
        "word/_rels/document.xml.rels": document_rels(draft=marked),
        "word/styles.xml": styles(),
        "word/settings.xml": SETTINGS,
        "word/fontTable.xml": font_table(),
        "word/footer-odd.xml": footer("right"),
        "word/footer-even.xml": footer("left"),
        **({"word/header-draft.xml": header(draft)} if marked else {}),
        "docProps/core.xml": core_properties(title, creator),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)
    return packed.getvalue()


def content_types(*, draft: bool) -> str:
    """What each part is; a draft has a header beside."""
    part = f'<Override PartName="/word/header-draft.xml" ContentType="{_TYPE}.header+xml"/>' if draft else ""
    return _CONTENT_TYPES.replace("</Types>", f"{part}</Types>")


def document_rels(*, draft: bool) -> str:
    """The parts that the document names."""
    part = f'<Relationship Id="rId6" Type="{_OFFICE}/header" Target="header-draft.xml"/>' if draft else ""
    return _DOCUMENT_RELS.replace("</Relationships>", f"{part}</Relationships>")


def section(*, draft: bool) -> str:
    """The page: footers with its number, the header of a draft."""
    kinds = ("default", "even") if draft else ()
    headers = "".join(f'<w:headerReference w:type="{kind}" r:id="rId6"/>' for kind in kinds)
    return (
        f'<w:sectPr>{headers}<w:footerReference w:type="default" r:id="rId4"/>'
        f'<w:footerReference w:type="even" r:id="rId5"/>{PAGE}</w:sectPr>'
    )


def styles() -> str:
    """Body 三号仿宋 with a line of 28 points and an indent of two characters; heads 黑体; title 二号小标宋."""
    return f"""{_HEAD}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(BODY_FONT)}\
<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>\
<w:pPrDefault/></w:docDefaults>\
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr>\
<w:widowControl w:val="0"/><w:spacing w:line="560" w:lineRule="exact"/>\
<w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/></w:pPr></w:style>\
{_style("Title", "Title", '<w:keepNext/><w:spacing w:after="560" w:line="700" w:lineRule="exact"/>'
        '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>',
        _fonts(TITLE_FONT) + '<w:sz w:val="44"/><w:szCs w:val="44"/>')}\
{_style("Heading1", "heading 1", '<w:keepNext/><w:spacing w:before="120" w:after="60"/><w:outlineLvl w:val="0"/>',
        _fonts(HEAD_FONT))}\
{_style("Signature", "Signature", '<w:keepNext/><w:spacing w:before="560"/><w:ind w:rightChars="200" w:right="640"/>'
        '<w:jc w:val="right"/>', "")}\
{_style("Date", "Date", '<w:ind w:rightChars="200" w:right="640"/><w:jc w:val="right"/>', "")}\
{_style("TableText", "Table Text", '<w:spacing w:line="240" w:lineRule="auto"/>'
        '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>',
        _fonts("宋体") + '<w:sz w:val="21"/><w:szCs w:val="21"/>')}\
{_style("WideTableText", "Wide Table Text", '<w:spacing w:line="240" w:lineRule="auto"/>'
        '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>',
        _fonts("宋体") + '<w:sz w:val="18"/><w:szCs w:val="18"/>')}\
{_style("Remark", "Remark", '<w:spacing w:after="120" w:line="300" w:lineRule="exact"/>'
        '<w:ind w:firstLineChars="0" w:firstLine="0"/>', _fonts("宋体") + '<w:sz w:val="21"/><w:szCs w:val="21"/>')}\
{_style("AfterTable", "After Table", '<w:spacing w:line="240" w:lineRule="exact"/>', "")}\
<w:style w:type="character" w:styleId="Lead"><w:name w:val="Lead"/><w:rPr>{_fonts(LEAD_FONT)}</w:rPr></w:style>\
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>\
<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>\
</w:styles>"""


def header(words: str) -> str:
    """A line at the top of every page: 三号黑体, to the right, where an official document says how far it may go."""
    look = f'<w:rPr>{_fonts(HEAD_FONT)}<w:sz w:val="32"/></w:rPr>'
    return (
        f'{_HEAD}<w:hdr {W}><w:p><w:pPr><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/></w:pPr>'
        f'<w:r>{look}<w:t>{escape(words)}</w:t></w:r></w:p></w:hdr>'
    )


def font_table() -> str:
    """Names the font to take in place of each that may be absent."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, other in _FALLBACKS.items()
    )
    return f"{_HEAD}<w:fonts {W}>{fonts}</w:fonts>"


def footer(side: str) -> str:
    """A page number —1— in 四号宋体: right on odd pages, left on even ones, one character from the edge."""
    look = f'<w:rPr>{_fonts("宋体")}<w:sz w:val="28"/></w:rPr>'
    dash = f"<w:r>{look}<w:t>—</w:t></w:r>"
    runs = f'{dash}<w:fldSimple w:instr=" PAGE "><w:r>{look}<w:t>1</w:t></w:r></w:fldSimple>{dash}'
    return (
        f'{_HEAD}<w:ftr {W}><w:p><w:pPr><w:ind w:firstLineChars="0" w:firstLine="0" w:{side}Chars="100" '
        f'w:{side}="280"/><w:jc w:val="{side}"/></w:pPr>{runs}</w:p></w:ftr>'
    )


def core_properties(title: str, creator: str) -> str:
    """The file's own title and author (the agency); no times, so that equal reports give equal files."""
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title>'
        f'<dc:creator>{escape(creator)}</dc:creator><dc:language>zh-CN</dc:language></cp:coreProperties>'
    )


def _fonts(east_asian: str) -> str:
    latin = "Times New Roman"
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{latin}" w:eastAsia="{east_asian}"/>'


def _style(style_id: str, name: str, paragraph: str, run: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>'
    )
