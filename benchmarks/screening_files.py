"""Files made by our own code for `benchmarks/screening.py`: one hiding place each, and ordinary files."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Callable
from email.message import EmailMessage

import docx
import openpyxl
import pikepdf
import typst
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image
from PIL.PngImagePlugin import PngInfo

Make = Callable[[str], tuple[str, bytes]]
PROSE = (
    "青澜县人民政府办公室关于做好冬季清洁取暖工作的通知", "各乡镇人民政府，县政府有关部门：",
    "为做好2023年冬季清洁取暖工作，根据上级部署，结合我县实际，现将有关事项通知如下。",
    "一、提高认识，压实责任。全县共涉及12个乡镇、1200户，计划投资13812.5万元。",
    "二、依申请公开的，按照条例第二十九条办理；涉及国家秘密、商业秘密的不予公开。",
    "咨询电话：0571-87654321。统一社会信用代码：11330106002500000X。", "青政办发〔2023〕12号",
)


def saved(document: object) -> bytes:
    """The bytes of anything with a `save`."""
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def repacked(data: bytes, change: dict[str, Callable[[str], str]], add: dict[str, bytes] | None = None) -> bytes:
    """A package with some of its parts rewritten and some added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for info in before.infolist():
            part = before.read(info)
            if info.filename in change:
                part = change[info.filename](part.decode("utf-8")).encode("utf-8")
            after.writestr(info.filename, part)
        for name, part in (add or {}).items():
            after.writestr(name, part)
    return out.getvalue()


def document() -> docx.document.Document:
    """An ordinary notice."""
    made = docx.Document()
    for line in PROSE:
        made.add_paragraph(line)
    return made


def _run(value: str, properties: str, wrap: str = "{}") -> bytes:
    made = document()
    run = f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{value}</w:t></w:r>'
    made.paragraphs[2]._p.append(parse_xml(f"<w:p {nsdecls('w')}>{wrap.format(run)}</w:p>")[0])
    return saved(made)


def _paragraph(markup: str) -> bytes:
    made = document()
    body = made.paragraphs[3]._p
    body.addnext(parse_xml(f"<w:p {nsdecls('w', 'wp', 'a', 'r')}>{markup}</w:p>"))
    return saved(made)


def _docx_split(value: str) -> bytes:
    made = document()
    paragraph = made.add_paragraph("联系：")
    for character in value:
        paragraph.add_run(character).bold = len(paragraph.runs) % 2 == 0
    return saved(made)


def _docx_table(value: str) -> bytes:
    made = document()
    table = made.add_table(2, 2)
    for cell, text in zip(table._cells, ("姓名", "内容", "王小明", value), strict=True):
        cell.text = text
    return saved(made)


def _docx_story(value: str, name: str) -> bytes:
    made = document()
    getattr(made.sections[0], name).paragraphs[0].text = value
    return saved(made)


def _docx_properties(value: str, name: str) -> bytes:
    made = document()
    setattr(made.core_properties, name, value)
    return saved(made)


def _docx_comment(value: str) -> bytes:
    made = document()
    made.add_comment(made.paragraphs[2].runs, text=value, author="a")
    return saved(made)


def _docx_settings(value: str) -> bytes:
    variable = f'<w:docVars><w:docVar w:name="a" w:val="{value}"/></w:docVars></w:settings>'
    return repacked(saved(document()), {"word/settings.xml": lambda xml: xml.replace("</w:settings>", variable)})


def _docx_part(value: str, name: str) -> bytes:
    return repacked(saved(document()), {}, {name: f"<a>{value}</a>".encode()})


def _docx_embedded(value: str) -> bytes:
    inner = _sheet(lambda sheet: sheet.append([value]))
    kind = '<Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>'
    return repacked(
        saved(document()), {"[Content_Types].xml": lambda xml: xml.replace("<Default", f"{kind}<Default", 1)},
        {"word/embeddings/a.xlsx": inner},
    )


def _sheet(fill: Callable[[openpyxl.worksheet.worksheet.Worksheet], object]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (("项目", "金额（万元）", "备注"), ("道路", 1523.4, "完成"), ("水利", 4567, "在建")):
        sheet.append(row)
    fill(sheet)
    return saved(book)


def _put(value: object, place: str = "E5", **looks: object) -> Callable[[openpyxl.worksheet.worksheet.Worksheet], None]:
    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        cell = sheet[place]
        cell.value = value
        for name, look in looks.items():
            setattr(cell, name, look)
    return fill


def _hidden_sheet(value: str, state: str) -> Callable[[openpyxl.worksheet.worksheet.Worksheet], None]:
    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        other = sheet.parent.create_sheet("底册")
        other.append(["王小明", value])
        other.sheet_state = state
    return fill


def _hidden_axis(value: str, axis: str) -> Callable[[openpyxl.worksheet.worksheet.Worksheet], None]:
    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet["E5"] = value
        (sheet.row_dimensions[5] if axis == "row" else sheet.column_dimensions["E"]).hidden = True
    return fill


def _validation(value: str) -> Callable[[openpyxl.worksheet.worksheet.Worksheet], None]:
    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        rule = DataValidation(type="list", formula1=f'"{value},其他"')
        rule.add("C5")
        sheet.add_data_validation(rule)
    return fill


def _named(value: str) -> Callable[[openpyxl.worksheet.worksheet.Worksheet], None]:
    return lambda sheet: sheet.parent.defined_names.add(DefinedName("a", attr_text=f'"{value}"'))


def _workbook_properties(value: str) -> Callable[[openpyxl.worksheet.worksheet.Worksheet], None]:
    return lambda sheet: setattr(sheet.parent.properties, "description", value)


def _print_header(value: str) -> Callable[[openpyxl.worksheet.worksheet.Worksheet], None]:
    return lambda sheet: setattr(sheet.oddHeader.center, "text", value)


def _slide(value: str, hidden: bool) -> bytes:
    """A .pptx from nothing: one slide, shown or not."""
    show = ' show="0"' if hidden else ""
    main = "http://schemas.openxmlformats.org/presentationml/2006/main"
    draw = "http://schemas.openxmlformats.org/drawingml/2006/main"
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.presentationml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/ppt/presentation.xml" '
        f'ContentType="{kind}.presentation.main+xml"/><Override PartName="/ppt/slides/slide1.xml" ContentType='
        f'"{kind}.slide+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type='
        f'"{rels}/officeDocument" Target="ppt/presentation.xml"/></Relationships>',
        "ppt/presentation.xml": f'<p:presentation xmlns:p="{main}" xmlns:r="{rels}"><p:sldIdLst><p:sldId id="256" '
        f'r:id="rId1"/></p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>',
        "ppt/_rels/presentation.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{rels}/slide" Target="slides/slide1.xml"/></Relationships>',
        "ppt/slides/slide1.xml": f'<p:sld xmlns:p="{main}" xmlns:a="{draw}"{show}><p:cSld><p:spTree><p:nvGrpSpPr>'
        '<p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/><p:sp><p:nvSpPr><p:cNvPr id="2" '
        'name="T"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>'
        f"{value}</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{part}')
    return out.getvalue()


def raw_pdf(lines: tuple[str, ...], extra: str = "", more: str = "", crop: str = "") -> bytes:
    """A PDF of one page written by hand: `extra` stands in the page's content, `more` are objects from 6 on."""
    text = "\n".join(f"BT /F1 12 Tf 72 {720 - 20 * at} Td ({line}) Tj ET" for at, line in enumerate(lines)) + extra
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {crop} /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>", *([more] if more else []),
    ]
    return _numbered(objects)


def _numbered(objects: list[str]) -> bytes:
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return out + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def revised_pdf(value: str) -> bytes:
    """A PDF whose page was replaced later: the first text is still in the file."""
    first = raw_pdf(("Notice", value))
    text = "BT /F1 12 Tf 72 720 Td (Notice) Tj ET"
    place = len(first)
    later = f"4 0 obj\n<< /Length {len(text)} >>\nstream\n{text}\nendstream\nendobj\n".encode()
    start, before = place + len(later), int(re.findall(rb"startxref\n(\d+)", first)[-1])
    table = f"xref\n4 1\n{place:010} 00000 n \ntrailer\n<< /Size 6 /Root 1 0 R /Prev {before} >>\n"
    return first + later + f"{table}startxref\n{start}\n%%EOF\n".encode()


def _pdf(change: Callable[[pikepdf.Pdf], object]) -> bytes:
    opened = pikepdf.open(io.BytesIO(raw_pdf(("Notice of the county", "Tel 0571-87654321"))))
    change(opened)
    return saved(opened)


def _annotation(value: str, subtype: str) -> Callable[[pikepdf.Pdf], None]:
    def change(opened: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(subtype), Rect=[10, 10, 60, 60],
            Contents=pikepdf.String(value),
        )
        opened.pages[0].Annots = opened.make_indirect(pikepdf.Array([opened.make_indirect(note)]))
    return change


def _field(value: str) -> Callable[[pikepdf.Pdf], None]:
    def change(opened: pikepdf.Pdf) -> None:
        field = opened.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T=pikepdf.String("a"),
            V=pikepdf.String(value), Rect=[0, 0, 0, 0],
        ))
        opened.pages[0].Annots = pikepdf.Array([field])
        opened.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
    return change


def _script(value: str) -> Callable[[pikepdf.Pdf], None]:
    def change(opened: pikepdf.Pdf) -> None:
        opened.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(f"var a='{value}'"))
    return change


def _outline(value: str) -> Callable[[pikepdf.Pdf], None]:
    def change(opened: pikepdf.Pdf) -> None:
        with opened.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(value, 0))
    return change


def _information(value: str) -> Callable[[pikepdf.Pdf], None]:
    return lambda opened: opened.docinfo.__setitem__("/Subject", value)


def _metadata(value: str) -> Callable[[pikepdf.Pdf], None]:
    def change(opened: pikepdf.Pdf) -> None:
        with opened.open_metadata() as metadata:
            metadata["dc:description"] = value
    return change


def _attachment(value: str) -> Callable[[pikepdf.Pdf], None]:
    return lambda opened: opened.attachments.__setitem__("a.txt", f"王小明\n{value}".encode())


def typst_pdf(lines: tuple[str, ...]) -> bytes:
    """A PDF as office programs make it; without a Chinese font only what is ASCII has shapes."""
    source = '#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"))\n' + "\n\n".join(
        re.sub(r"([#*_@$\\<>`\[\]])", r"\\\1", line) for line in lines
    )
    return bytes(typst.compile(source.encode(), format="pdf"))


def _picture(value: str, kind: str) -> bytes:
    image = Image.new("RGB", (32, 32), "white")
    out = io.BytesIO()
    if kind == "png":
        info = PngInfo()
        info.add_itxt("Comment", value)
        image.save(out, "PNG", pnginfo=info)
    else:
        exif = image.getexif()
        exif[0x010E] = value
        image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def zipped(members: dict[str, bytes], comment: bytes = b"") -> bytes:
    """A .zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def page(body: str, head: str = "") -> bytes:
    """A web page."""
    text = "".join(f"<p>{line}</p>" for line in PROSE)
    return f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{text}{body}</body></html>'.encode()


def _mail(value: str, where: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@ql.gov.cn", "b@ql.gov.cn", "通知"
    if where == "header":
        message["X-Note"] = value
    message.set_content("\n".join(PROSE))
    if where == "attachment":
        text = f"王小明\n{value}".encode()
        message.add_attachment(text, maintype="application", subtype="octet-stream", filename="a.txt")
    return bytes(message)


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TRACKED = 'w:id="1" w:author="a" w:date="2023-01-01T00:00:00Z"'
_BOX = (
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:90pt;height:30pt"><v:textbox>'
    "<w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> QUOTE "{}" </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)

PLACES: dict[str, Make] = {
    "docx text": lambda v: ("a.docx", _run(v, "")), "docx runs": lambda v: ("a.docx", _docx_split(v)),
    "docx table": lambda v: ("a.docx", _docx_table(v)), "docx header": lambda v: ("a.docx", _docx_story(v, "header")),
    "docx footer": lambda v: ("a.docx", _docx_story(v, "footer")),
    "docx comment": lambda v: ("a.docx", _docx_comment(v)),
    "docx vanish": lambda v: ("a.docx", _run(v, "<w:vanish/>")),
    "docx white": lambda v: ("a.docx", _run(v, '<w:color w:val="FFFFFF"/>')),
    "docx tiny": lambda v: ("a.docx", _run(v, '<w:sz w:val="2"/>')),
    "docx inserted": lambda v: ("a.docx", _run(v, "", f"<w:ins {_TRACKED}>{{}}</w:ins>")),
    "docx deleted": lambda v: ("a.docx", _paragraph(
        f"<w:del {_TRACKED}><w:r><w:delText>{v}</w:delText></w:r></w:del>")),
    "docx text box": lambda v: ("a.docx", _paragraph(_BOX.format(v))),
    "docx field": lambda v: ("a.docx", _paragraph(_FIELD.format(v))),
    "docx properties": lambda v: ("a.docx", _docx_properties(v, "comments")),
    "docx variables": lambda v: ("a.docx", _docx_settings(v)),
    "docx custom XML": lambda v: ("a.docx", _docx_part(v, "customXml/item1.xml")),
    "docx stray part": lambda v: ("a.docx", _docx_part(v, "word/glossary/document.xml")),
    "docx embedded": lambda v: ("a.docx", _docx_embedded(v)),
    "xlsx cell": lambda v: ("a.xlsx", _sheet(_put(v))),
    "xlsx formula": lambda v: ("a.xlsx", _sheet(_put(f'="{v}"&A1'))),
    "xlsx hidden sheet": lambda v: ("a.xlsx", _sheet(_hidden_sheet(v, "hidden"))),
    "xlsx very hidden": lambda v: ("a.xlsx", _sheet(_hidden_sheet(v, "veryHidden"))),
    "xlsx hidden row": lambda v: ("a.xlsx", _sheet(_hidden_axis(v, "row"))),
    "xlsx hidden column": lambda v: ("a.xlsx", _sheet(_hidden_axis(v, "column"))),
    "xlsx comment": lambda v: ("a.xlsx", _sheet(_put("见批注", comment=Comment(v, "a")))),
    "xlsx format": lambda v: ("a.xlsx", _sheet(_put(v, number_format=";;;"))),
    "xlsx white": lambda v: ("a.xlsx", _sheet(_put(v, font=openpyxl.styles.Font(color="FFFFFFFF")))),
    "xlsx validation": lambda v: ("a.xlsx", _sheet(_validation(v))),
    "xlsx name": lambda v: ("a.xlsx", _sheet(_named(v))),
    "xlsx properties": lambda v: ("a.xlsx", _sheet(_workbook_properties(v))),
    "xlsx print header": lambda v: ("a.xlsx", _sheet(_print_header(v))),
    "pptx slide": lambda v: ("a.pptx", _slide(v, False)), "pptx hidden slide": lambda v: ("a.pptx", _slide(v, True)),
    "pdf note": lambda v: ("a.pdf", _pdf(_annotation(v, "/Text"))), "pdf field": lambda v: ("a.pdf", _pdf(_field(v))),
    "pdf script": lambda v: ("a.pdf", _pdf(_script(v))), "pdf outline": lambda v: ("a.pdf", _pdf(_outline(v))),
    "pdf information": lambda v: ("a.pdf", _pdf(_information(v))), "pdf XMP": lambda v: ("a.pdf", _pdf(_metadata(v))),
    "pdf attachment": lambda v: ("a.pdf", _pdf(_attachment(v))),
    "png text": lambda v: ("a.png", _picture(v, "png")), "html comment": lambda v: ("a.html", page(f"<!-- {v} -->")),
    "html hidden": lambda v: ("a.html", page(f'<div style="display:none">{v}</div>')),
    "html attribute": lambda v: ("a.html", page(f'<p data-note="{v}">无</p>')),
    "html script": lambda v: ("a.html", page(f'<script>var a = "{v}"</script>')),
    "html meta": lambda v: ("a.html", page("", f'<meta name="author" content="{v}">')),
    "text GB18030": lambda v: ("a.txt", "\n".join((*PROSE, v)).encode("gb18030")),
    "text UTF-16": lambda v: ("a.txt", "\n".join((*PROSE, v)).encode("utf-16")),
    "csv": lambda v: ("a.csv", f"项目,备注\r\n道路,{v}\r\n水利,无\r\n".encode("gb18030")),
    "zip member": lambda v: ("a.zip", zipped({"说明.txt": "\n".join(PROSE).encode(), "b.txt": v.encode()})),
    "zip comment": lambda v: ("a.zip", zipped({"说明.txt": b"text"}, v.encode())),
    "mail header": lambda v: ("a.eml", _mail(v, "header")),
    "mail attachment": lambda v: ("a.eml", _mail(v, "attachment")),
}
# Places in which only digits and Latin letters can be written by this code.
LATIN_PLACES: dict[str, Make] = {
    "pdf text": lambda v: ("a.pdf", raw_pdf(("Notice", v))),
    "pdf invisible": lambda v: ("a.pdf", raw_pdf(("Notice",), f"\nBT 3 Tr /F1 12 Tf 72 500 Td ({v}) Tj ET")),
    "pdf white": lambda v: ("a.pdf", raw_pdf(("Notice",), f"\n1 1 1 rg BT /F1 12 Tf 72 500 Td ({v}) Tj ET")),
    "pdf outside": lambda v: ("a.pdf", raw_pdf(("Notice",), f"\nBT /F1 12 Tf 72 900 Td ({v}) Tj ET")),
    "pdf cropped": lambda v: ("a.pdf", raw_pdf(("Notice",), f"\nBT /F1 12 Tf 72 50 Td ({v}) Tj ET",
                                              crop="/CropBox [0 200 612 792]")),
    "pdf tiny": lambda v: ("a.pdf", raw_pdf(("Notice",), f"\nBT /F1 0.5 Tf 72 500 Td ({v}) Tj ET")),
    "pdf covered": lambda v: ("a.pdf", raw_pdf(
        ("Notice",), f"\nBT /F1 12 Tf 72 500 Td ({v}) Tj ET 0 g 70 495 300 20 re f")),
    "pdf earlier": lambda v: ("a.pdf", revised_pdf(v)),
    "pdf lost object": lambda v: ("a.pdf", raw_pdf(("Notice",), more=f"<< /Lost ({v}) >>")),
    "pdf behind the end": lambda v: ("a.pdf", raw_pdf(("Notice",)) + f"\n% {v}\n".encode()),
    "jpeg EXIF": lambda v: ("a.jpg", _picture(v, "jpeg")),
    "html data": lambda v: ("a.html", page(
        f'<embed src="data:text/plain;base64,{base64.b64encode(v.encode()).decode()}">')),
    "xlsx number": lambda v: ("a.xlsx", _sheet(_put(int(v)) if v.isdecimal() else _put(v))),
}
