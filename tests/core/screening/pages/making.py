"""PDF files with a value in each hiding place, made by us."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

SIZE = (595, 842)
OPEN_TEXT = "Notice of the office, open to all"


class Sheet:
    """A document with one page that says something in Helvetica."""

    def __init__(self) -> None:
        self.pdf = pikepdf.Pdf.new()
        self.font = self.pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica,
                                                      Encoding=Name.WinAnsiEncoding))
        self.pages: list[Any] = []
        self.page()

    def page(self, extra: str = "", **resources: Any) -> Any:
        self.pdf.add_blank_page(page_size=SIZE)
        page = self.pdf.pages[-1].obj
        page.Resources = Dictionary(Font=Dictionary(F1=self.font), **resources)
        self.write(extra, page)
        self.pages.append(page)
        return page

    def write(self, extra: str, page: Any = None, **resources: Any) -> Any:
        page = self.pages[0] if page is None else page
        code = f"BT /F1 14 Tf 72 760 Td ({OPEN_TEXT}) Tj ET\n{extra}"
        page.Contents = self.pdf.make_stream(code.encode("latin-1"))
        for key, value in resources.items():
            page.Resources["/" + key] = value
        return page

    def form(self, code: str, **more: Any) -> Any:
        return self.pdf.make_stream(
            code.encode("latin-1"), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 595, 842]),
            Resources=Dictionary(Font=Dictionary(F1=self.font)), **more,
        )

    def image(self, width: int = 40, height: int = 40, value: int = 120) -> Any:
        return self.pdf.make_stream(
            bytes([value]) * (width * height), Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height,
            ColorSpace=Name.DeviceGray, BitsPerComponent=8,
        )

    def annotate(self, **facts: Any) -> Any:
        made = self.pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=Array([72, 600, 300, 630]), **facts))
        page = self.pages[0]
        if "/Annots" not in page:
            page.Annots = Array()
        page.Annots.append(made)
        return made

    def bytes(self, **options: Any) -> bytes:
        into = io.BytesIO()
        self.pdf.save(into, fix_metadata_version=False, **options)
        return into.getvalue()


def line(value: str, at: int = 700, before: str = "", size: float = 12) -> str:
    return f"BT {before} /F1 {size} Tf 72 {at} Td ({value}) Tj ET\n"


def _page(code: Callable[[str], str]) -> Callable[[str], bytes]:
    def make(value: str) -> bytes:
        sheet = Sheet()
        sheet.write(code(value))
        return sheet.bytes()

    return make


def _glyphs(value: str) -> str:
    return "".join(f"BT /F1 12 Tf {72 + 8 * at} 700 Td ({letter}) Tj ET\n" for at, letter in enumerate(value))


def _shuffled(value: str) -> str:
    places = list(enumerate(value))
    return "".join(
        f"BT /F1 12 Tf {72 + 8 * at} 700 Td ({letter}) Tj ET\n" for at, letter in places[::2] + places[1::2]
    )


def _kerned(value: str) -> str:
    return f"BT /F1 12 Tf 72 700 Td [{' -40 '.join(f'({letter})' for letter in value)}] TJ ET\n"


def _broken(value: str) -> str:
    half = len(value) // 2
    return line("ID " + value[:half]) + line(value[half:] + " of the person", 684)


def _cell(value: str) -> str:
    """Two columns: the value is broken over two lines of the first, beside the other's."""
    half = len(value) // 2
    return (
        f"BT /F1 12 Tf 72 700 Td ({value[:half]}) Tj 0 -14 Td ({value[half:]}) Tj ET\n"
        "BT /F1 12 Tf 320 700 Td (first line here) Tj 0 -14 Td (second line here) Tj ET\n"
    )


def _centred(value: str) -> str:
    """The value over three lines of the second column, what stands beside it in the middle of their height."""
    third = len(value) // 3
    return (
        "BT /F1 12 Tf 72 714 Td (name) Tj ET\nBT /F1 12 Tf 340 714 Td (where) Tj ET\n"
        f"BT /F1 12 Tf 320 700 Td ({value[:third]}) Tj ET\n"
        "BT /F1 12 Tf 72 686 Td (first line here) Tj ET\n"
        f"BT /F1 12 Tf 320 686 Td ({value[third:2 * third]}) Tj 0 -14 Td ({value[2 * third:]}) Tj ET\n"
    )


def _in_form(value: str) -> bytes:
    sheet = Sheet()
    sheet.write("q 1 0 0 1 0 -20 cm /X Do Q", XObject=Dictionary(X=sheet.form(line(value))))
    return sheet.bytes()


def _over_pages(value: str) -> bytes:
    sheet = Sheet()
    sheet.write(line("see " + value[:9], 60))
    page = sheet.page()
    page.Contents = sheet.pdf.make_stream(line(value[9:] + " end", 780).encode())
    return sheet.bytes()


def _turned(value: str) -> bytes:
    sheet = Sheet()
    sheet.write(line(value)).Rotate = 90
    return sheet.bytes()


def _sideways(value: str) -> bytes:
    sheet = Sheet()
    page = sheet.pages[0]
    page.Contents = sheet.pdf.make_stream(f"BT /F1 12 Tf 0 1 -1 0 300 200 Tm (number {value}) Tj ET".encode())
    return sheet.bytes()


def _encrypted(value: str) -> bytes:
    sheet = Sheet()
    sheet.write(line(value))
    return sheet.bytes(encryption=pikepdf.Encryption(owner="owner", user="", R=6))


VISIBLE: dict[str, Callable[[str], bytes]] = {
    "plain": _page(line), "glyph by glyph": _page(_glyphs), "glyphs in another order": _page(_shuffled),
    "kerned": _page(_kerned), "broken over lines": _page(_broken), "broken in a cell": _page(_cell),
    "broken in the middle of a row": _page(_centred),
    "in a form": _in_form, "over a page break": _over_pages, "turned page": _turned, "sideways": _sideways,
    "owner password": _encrypted,
}


def _under_image(value: str) -> bytes:
    sheet = Sheet()
    sheet.write(
        line(value) + "q 300 0 0 30 60 690 cm /I Do Q", XObject=Dictionary(I=sheet.image())
    )
    return sheet.bytes()


def _cropped(value: str) -> bytes:
    sheet = Sheet()
    sheet.write(line(value, 20)).CropBox = Array([0, 100, 595, 842])
    return sheet.bytes()


def _layer(value: str) -> bytes:
    sheet = Sheet()
    group = sheet.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("draft")))
    config = Dictionary(OFF=Array([group]), Order=Array([group]))
    sheet.pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=config)
    sheet.write(f"/OC /L BDC {line(value)} EMC", Properties=Dictionary(L=group))
    return sheet.bytes()


def _transparent(value: str) -> bytes:
    sheet = Sheet()
    sheet.write(f"q /G gs {line(value)} Q", ExtGState=Dictionary(G=Dictionary(ca=0)))
    return sheet.bytes()


def _white_on_box(value: str) -> str:
    return "0.2 0.4 0.6 rg 60 690 300 30 re f " + line(value, before="0.2 0.4 0.6 rg")


INVISIBLE: dict[str, Callable[[str], bytes]] = {
    "render mode 3": _page(lambda value: line(value, before="3 Tr")),
    "white": _page(lambda value: line(value, before="1 g")),
    "colour of the ground": _page(_white_on_box),
    "under a black bar": _page(lambda value: line(value) + "0 g 60 690 300 24 re f"),
    "under a white box": _page(lambda value: line(value) + "1 g 60 690 300 24 re f"),
    "under an image": _under_image,
    "outside the page": _page(lambda value: line(value, -300)),
    "outside the crop box": _cropped,
    "one point": _page(lambda value: line(value, size=1)),
    "clipped away": _page(lambda value: f"q 0 0 1 1 re W n {line(value)} Q"),
    "layer off": _layer,
    "transparent": _transparent,
}


def _info(value: str) -> bytes:
    sheet = Sheet()
    sheet.pdf.docinfo["/Author"] = f"张三 {value}"
    return sheet.bytes()


def _own_info(value: str) -> bytes:
    sheet = Sheet()
    sheet.pdf.docinfo["/Remark"] = value
    return sheet.bytes()


def _xmp(value: str) -> bytes:
    sheet = Sheet()
    sheet.pdf.Root.Metadata = sheet.pdf.make_stream(
        f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:description>联系人 {value}</dc:description></x:xmpmeta>".encode(),
        Type=Name.Metadata, Subtype=Name.XML,
    )
    return sheet.bytes()


def _page_xmp(value: str) -> bytes:
    sheet = Sheet()
    sheet.pages[0].Metadata = sheet.pdf.make_stream(
        f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><a b='{value}'/></x:xmpmeta>".encode(), Type=Name.Metadata,
        Subtype=Name.XML,
    )
    return sheet.bytes()


def _note(value: str) -> bytes:
    sheet = Sheet()
    sheet.annotate(Subtype=Name.Text, Contents=String(f"请核对 {value}"), T=String("审核人"))
    return sheet.bytes()


def _rich_note(value: str) -> bytes:
    sheet = Sheet()
    sheet.annotate(Subtype=Name.FreeText, RC=String(f"<body><p>{value}</p></body>"), DA=String("/F1 12 Tf"))
    return sheet.bytes()


def _appearance(value: str) -> bytes:
    sheet = Sheet()
    sheet.annotate(Subtype=Name.FreeText, AP=Dictionary(N=sheet.form(line(value, 610))))
    return sheet.bytes()


def _link(value: str) -> bytes:
    sheet = Sheet()
    sheet.annotate(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String(f"https://example.cn/?id={value}")))
    return sheet.bytes()


def _encoded_link(value: str) -> bytes:
    sheet = Sheet()
    spelt = "".join(f"%{ord(character):02X}" for character in value)
    sheet.annotate(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String(f"https://example.cn/?id={spelt}")))
    return sheet.bytes()


def _field(value: str, key: str = "V", **more: Any) -> bytes:
    sheet = Sheet()
    facts = {key: String(value)}
    field = sheet.annotate(Subtype=Name.Widget, FT=Name.Tx, T=String("f"), DA=String("/F1 12 Tf 0 g"), **facts, **more)
    sheet.pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DR=Dictionary(Font=Dictionary(F1=sheet.font)))
    return sheet.bytes()


def _choice(value: str) -> bytes:
    sheet = Sheet()
    field = sheet.annotate(Subtype=Name.Widget, FT=Name.Ch, T=String("c"), Opt=Array([String("a"), String(value)]))
    sheet.pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    return sheet.bytes()


def _attachment(value: str) -> bytes:
    sheet = Sheet()
    sheet.pdf.attachments["list.txt"] = f"name,{value}\n".encode()
    return sheet.bytes()


def _pdf_in_pdf(value: str) -> bytes:
    sheet = Sheet()
    sheet.pdf.attachments["inner.pdf"] = VISIBLE["plain"](value)
    return sheet.bytes()


def _attachment_name(value: str) -> bytes:
    sheet = Sheet()
    sheet.pdf.attachments[f"{value}.txt"] = b"nothing of note here\n"
    return sheet.bytes()


def _outline(value: str) -> bytes:
    sheet = Sheet()
    with sheet.pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"张三 {value}", 0))
    return sheet.bytes()


def _script(value: str) -> bytes:
    sheet = Sheet()
    sheet.pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"var n='{value}';"))
    return sheet.bytes()


def _script_stream(value: str) -> bytes:
    sheet = Sheet()
    code = sheet.pdf.make_stream(f"app.alert('{value}')".encode())
    tree = Dictionary(Names=Array([String("a"), Dictionary(S=Name.JavaScript, JS=code)]))
    sheet.pdf.Root.Names = Dictionary(JavaScript=tree)
    return sheet.bytes()


def _alternative(value: str) -> bytes:
    sheet = Sheet()
    sheet.pdf.Root.StructTreeRoot = Dictionary(
        Type=Name.StructTreeRoot, K=Dictionary(Type=Name.StructElem, S=Name.Figure, Alt=String(f"照片 {value}"))
    )
    return sheet.bytes()


def _actual_text(value: str) -> bytes:
    sheet = Sheet()
    marked = "<" + ("\ufeff" + value).encode("utf-16-be").hex() + ">"
    sheet.write(f"/Span << /ActualText {marked} >> BDC {line('shown otherwise')} EMC")
    return sheet.bytes()


def _labels(value: str) -> bytes:
    sheet = Sheet()
    sheet.pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(value))]))
    return sheet.bytes()


def _destination(value: str) -> bytes:
    sheet = Sheet()
    sheet.pdf.Root.Dests = Dictionary({f"/p{value}": Array([sheet.pages[0], Name.Fit])})
    return sheet.bytes()


def _private(value: str) -> bytes:
    sheet = Sheet()
    sheet.pages[0].PieceInfo = Dictionary(Editor=Dictionary(Private=Dictionary(Note=String(value))))
    return sheet.bytes()


def _number(value: str) -> bytes:
    sheet = Sheet()
    sheet.pages[0].PieceInfo = Dictionary(Editor=Dictionary(Private=Dictionary(Key=int(value))))
    return sheet.bytes()


def _comment_in_drawing(value: str) -> bytes:
    sheet = Sheet()
    sheet.write(f"% drawn for {value}\n")
    return sheet.bytes()


def _inline_image(value: str) -> bytes:
    sheet = Sheet()
    pixels = value.encode().ljust(24, b"\x00").decode("latin-1")
    sheet.write(f"q 20 0 0 20 72 500 cm BI /W 6 /H 4 /BPC 8 /CS /G ID {pixels} EI Q")
    return sheet.bytes()


def _unused_form(value: str) -> bytes:
    sheet = Sheet()
    sheet.write("", XObject=Dictionary(Unused=sheet.form(line(value))))
    return sheet.bytes()


def _jpeg_exif(value: str) -> bytes:
    sheet = Sheet()
    held = Image.Exif()
    held[0x010E] = f"photo of {value}"
    into = io.BytesIO()
    Image.new("RGB", (60, 60), (90, 140, 200)).save(into, "JPEG", exif=held, comment=b"by the office")
    picture = sheet.pdf.make_stream(
        into.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=60, Height=60, ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8, Filter=Name.DCTDecode,
    )
    sheet.write("q 100 0 0 100 72 500 cm /I Do Q", XObject=Dictionary(I=picture))
    return sheet.bytes()


def revised(data: bytes, changes: str, root: int) -> bytes:
    """An incremental update that adds the objects in `changes` ("7 0 obj … endobj", one after the other)."""
    before = data.rstrip(b"\n")
    start = int(before[before.rfind(b"startxref") + 9:].split()[0])
    body = before + b"\n"
    places = []
    for part in changes.split("endobj")[:-1]:
        part = part.strip() + "\nendobj\n"
        places.append((int(part.split()[0]), len(body)))
        body += part.encode("latin-1")
    at = len(body)
    body += b"xref\n"
    for number, place in places:
        body += f"{number} 1\n{place:010d} 00000 n \n".encode()
    return body + (
        f"trailer\n<< /Size 60 /Root {root} 0 R /Prev {start} >>\nstartxref\n{at}\n%%EOF\n".encode()
    )


def _plain(sheet: Sheet) -> bytes:
    return sheet.bytes(object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)


def _revision(value: str) -> bytes:
    sheet = Sheet()
    sheet.write(line(value))
    data = _plain(sheet)
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        number, root = pdf.pages[0].obj.Contents.objgen[0], pdf.Root.objgen[0]
    code = f"BT /F1 14 Tf 72 760 Td ({OPEN_TEXT}) Tj ET"
    return revised(data, f"{number} 0 obj\n<< /Length {len(code)} >>\nstream\n{code}\nendstream\nendobj\n", root)


def _orphan(value: str) -> bytes:
    data = _plain(Sheet())
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root.objgen[0]
    return revised(data, f"50 0 obj\n<< /Kept ({value}) >>\nendobj\n", root)


def _orphan_stream(value: str) -> bytes:
    data = _plain(Sheet())
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root.objgen[0]
    packed = zlib.compress(line(value).encode()).decode("latin-1")
    head = f"51 0 obj\n<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n"
    return revised(data, f"{head}{packed}\nendstream\nendobj\n", root)


def _between(value: str) -> bytes:
    data = _plain(Sheet())
    return data.replace(b"endobj\n", b"endobj\n% " + value.encode() + b"\n", 1)


def _before(value: str) -> bytes:
    return f"kept for {value}\n".encode() + Sheet().bytes()


def _after(value: str) -> bytes:
    return Sheet().bytes() + f"\nkept for {value}\n".encode()


def _packed_revision(value: str) -> bytes:
    """The earlier revision keeps its objects in object streams, and its drawing packed."""
    sheet = Sheet()
    sheet.write(line(value))
    sheet.pdf.docinfo["/Author"] = value
    data = sheet.bytes(object_stream_mode=pikepdf.ObjectStreamMode.generate)
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        number, root = pdf.pages[0].obj.Contents.objgen[0], pdf.Root.objgen[0]
    code = f"BT /F1 14 Tf 72 760 Td ({OPEN_TEXT}) Tj ET"
    return revised(data, f"{number} 0 obj\n<< /Length {len(code)} >>\nstream\n{code}\nendstream\nendobj\n", root)


def _file_note(value: str) -> bytes:
    sheet = Sheet()
    held = sheet.pdf.make_stream(f"name,{value}\n".encode(), Type=Name.EmbeddedFile)
    spec = Dictionary(Type=Name.Filespec, F=String("list.csv"), EF=Dictionary(F=held))
    sheet.annotate(Subtype=Name.FileAttachment, FS=spec)
    return sheet.bytes()


def _layer_name(value: str) -> bytes:
    sheet = Sheet()
    group = sheet.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(value)))
    sheet.pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(Order=Array([group])))
    return sheet.bytes()


def _xfa(value: str) -> bytes:
    sheet = Sheet()
    packet = sheet.pdf.make_stream(f"<xdp><data><id>{value}</id></data></xdp>".encode())
    sheet.pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=Array([String("datasets"), packet]))
    return sheet.bytes()


def _certificate(value: str) -> bytes:
    sheet = Sheet()
    body = b"\x30\x82\x04\x00" + bytes(range(128, 256)) * 3 + b"\x0c\x20" + f"041@8{value}@01".encode() + b"\x00" * 64
    signed = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), ByteRange=Array([0, 1]), Contents=String(body))
    field = sheet.annotate(Subtype=Name.Widget, FT=Name.Sig, T=String("s"), V=sheet.pdf.make_indirect(signed))
    sheet.pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
    return sheet.bytes()


def _pattern(value: str) -> bytes:
    sheet = Sheet()
    tile = sheet.pdf.make_stream(
        line(value, 20).encode(), Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1,
        BBox=Array([0, 0, 300, 60]), XStep=300, YStep=60, Resources=Dictionary(Font=Dictionary(F1=sheet.font)),
    )
    sheet.write("/Pattern cs /P scn 0 0 500 500 re f", Pattern=Dictionary(P=tile))
    return sheet.bytes()


def _name_of_a_font(value: str) -> bytes:
    sheet = Sheet()
    sheet.pages[0].Resources.Font["/F" + value] = sheet.font
    sheet.pages[0].Contents = sheet.pdf.make_stream(f"BT /F{value} 14 Tf 72 760 Td ({OPEN_TEXT}) Tj ET".encode())
    return sheet.bytes()


def _thumbnail(value: str) -> bytes:
    sheet = Sheet()
    held = Image.Exif()
    held[0x010E] = value
    into = io.BytesIO()
    Image.new("RGB", (20, 20)).save(into, "JPEG", exif=held)
    sheet.pages[0].Thumb = sheet.pdf.make_stream(
        into.getvalue(), Subtype=Name.Image, Width=20, Height=20, ColorSpace=Name.DeviceRGB, BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    return sheet.bytes()


def _replaced_page(value: str) -> bytes:
    """A page that was taken out of the document and is still reached by a bookmark."""
    sheet = Sheet()
    page = sheet.page(line(value))
    with sheet.pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("old", 1))
    held = sheet.pdf.pages[1].obj
    del sheet.pdf.pages[1]
    sheet.pdf.Root.Kept = held
    assert page is not None
    return sheet.bytes()


# place → (maker, what the place is called)
HIDDEN: dict[str, tuple[Callable[[str], bytes], str]] = {
    "author": (_info, "文档属性“作者”"), "own property": (_own_info, "文档属性"), "xmp": (_xmp, "XMP"),
    "xmp of a page": (_page_xmp, "XMP"), "note": (_note, "第1页批注"), "rich note": (_rich_note, "第1页批注"),
    "appearance": (_appearance, "第1页批注"), "link": (_link, "第1页"), "encoded link": (_encoded_link, "第1页"),
    "field": (_field, "第1页"),
    "default of a field": (lambda value: _field(value, "DV"), "第1页"),
    "tooltip": (lambda value: _field(value, "TU"), "第1页"),
    "hidden field": (lambda value: _field(value, F=2), "第1页"), "choices": (_choice, "第1页"),
    "attachment": (_attachment, "附件"), "pdf in pdf": (_pdf_in_pdf, "附件"),
    "name of an attachment": (_attachment_name, "附件"), "outline": (_outline, "书签"), "script": (_script, "脚本"),
    "script stream": (_script_stream, "脚本"), "alternative text": (_alternative, "替代文字"),
    "actual text": (_actual_text, "第1页"), "page label": (_labels, "页码标签"), "destination": (_destination, "目标"),
    "private data": (_private, "私有数据"), "number": (_number, "私有数据"),
    "comment in the drawing": (_comment_in_drawing, "第1页"), "letters for pixels": (_inline_image, "第1页"),
    "unused form": (_unused_form, "第1页"),
    "exif in a jpeg": (_jpeg_exif, "图片"), "earlier revision": (_revision, "早先版本"),
    "unused object": (_orphan, "未被使用"),
    "unused stream": (_orphan_stream, "未被使用"), "between objects": (_between, "对象之间"),
    "earlier revision, packed": (_packed_revision, "早先版本"), "file in a note": (_file_note, "附件"),
    "name of a layer": (_layer_name, "图层"), "xfa": (_xfa, "表单"), "certificate": (_certificate, "签名"),
    "pattern": (_pattern, "第1页"), "name of a font": (_name_of_a_font, "第1页"), "thumbnail": (_thumbnail, "图片"),
    "page taken out": (_replaced_page, ""),
    "before the head": (_before, "文件头之前"), "after the end": (_after, "文件结尾之后"),
}
