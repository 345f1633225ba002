"""OFD packages made by us: every place is found, and gone after cleaning."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image
from tests.core.screening.pages.test_pdf_places import compact, mask

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats import rebuild, unpack

VALUE = "110101199003078515"
NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
OPEN_TEXT = "关于公开征求意见的公告"


def text(value: str, at: float = 40, more: str = "", inner: str = "") -> str:
    return (
        f'<ofd:TextObject ID="7" Boundary="20 {at} 100 5" Font="1" Size="4" {more}>{inner}'
        f'<ofd:TextCode X="0" Y="4">{value}</ofd:TextCode></ofd:TextObject>'
    )


def made(body: str = "", *, info: str = "", document: str = "", parts: dict[str, bytes | str] | None = None,
         comment: bytes = b"") -> bytes:
    held: dict[str, bytes | str] = {
        "OFD.xml": f'<ofd:OFD {NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>a1</ofd:DocID>'
                   f"{info}</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NS}><ofd:CommonData><ofd:MaxUnitID>9</ofd:MaxUnitID><ofd:PageArea>"
                              "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
                              "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>"
                              '<ofd:Page ID="2" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>'
                              f"{document}</ofd:Document>",
        "Doc_0/PublicRes.xml": f'<ofd:Res {NS} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="1" FontName="宋体"/></ofd:Fonts>'
                               "</ofd:Res>",
        "Doc_0/Pages/Page_0/Content.xml": f'<ofd:Page {NS}><ofd:Content><ofd:Layer ID="3" Type="Body">'
                                          f"{text(OPEN_TEXT, 20)}{body}</ofd:Layer></ofd:Content></ofd:Page>",
    } | (parts or {})
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, content in held.items():
            packed.writestr(path, content)
        packed.comment = comment
    return into.getvalue()


def cut(value: str) -> str:
    """Each half a text object of its own, one after the other on a line."""
    return "".join(
        f'<ofd:TextObject Boundary="{at} 60 18 5" Size="4"><ofd:TextCode>{part}</ofd:TextCode></ofd:TextObject>'
        for at, part in ((20, value[:9]), (38, value[9:]))
    )


def xml(value: str) -> str:
    return f"<ofd:X {NS}><ofd:Y>{value}</ofd:Y></ofd:X>"


def photo() -> bytes:
    into = io.BytesIO()
    Image.new("RGB", (8, 8)).save(into, "JPEG", comment=VALUE.encode())
    return into.getvalue()


BAR = (
    '<ofd:PathObject ID="8" Boundary="15 35 120 15" Fill="true">'
    "<ofd:AbbreviatedData>M 0 0 L 120 0 L 120 15 C</ofd:AbbreviatedData></ofd:PathObject>"
)
VISIBLE = {
    "plain": lambda: made(text(VALUE)), "cut in two": lambda: made(cut(VALUE)),
    "glyphs": lambda: made(text(VALUE, inner='<ofd:CGTransform CodePosition="0" GlyphCount="1" CodeCount="1">'
                                             "<ofd:Glyphs>5</ofd:Glyphs></ofd:CGTransform>")),
}
HIDDEN = {
    "switched off": lambda: made(text(VALUE, more='Visible="false"')),
    "transparent": lambda: made(text(VALUE, more='Alpha="0"')),
    "white": lambda: made(text(VALUE, inner='<ofd:FillColor Value="255 255 255"/>')),
    "tiny": lambda: made(text(VALUE).replace('Size="4"', 'Size="0.2"')),
    "outside": lambda: made(text(VALUE, 400)),
    "covered": lambda: made(text(VALUE) + BAR),
    "author": lambda: made(info=f"<ofd:Author>张三 {VALUE}</ofd:Author>"),
    "own property": lambda: made(
        info=f'<ofd:CustomDatas><ofd:CustomData Name="x">{VALUE}</ofd:CustomData></ofd:CustomDatas>'
    ),
    "annotation": lambda: made(parts={"Doc_0/Annots/Page_0/Annot_0.xml": xml(VALUE)}),
    "drawn annotation": lambda: made(parts={"Doc_0/Annots/A.xml": f"<ofd:P {NS}>{text(VALUE)}</ofd:P>"}),
    "attachment": lambda: made(parts={"Doc_0/Attachs/list.txt": f"name,{VALUE}\n".encode()}),
    "tags": lambda: made(parts={"Doc_0/Tags/CustomTag.xml": xml(VALUE)}),
    "signature": lambda: made(
        parts={"Doc_0/Signs/Sign_0/SignedValue.dat": b"\x30\x82\x01" + VALUE.encode() + b"\x00\xff"}
    ),
    "version": lambda: made(parts={"Doc_0/Versions/V1/Content.xml": f"<ofd:Page {NS}>{cut(VALUE)}</ofd:Page>"}),
    "old page": lambda: made(parts={"Doc_0/Pages/Page_9/Content.xml": f"<ofd:Page {NS}>{text(VALUE)}</ofd:Page>"}),
    "attribute": lambda: made(text("x", more=f'Note="{VALUE}"')),
    "xml comment": lambda: made(f"<!-- for {VALUE} -->"),
    "outline": lambda: made(document=f'<ofd:Outlines><ofd:OutlineElem Title="张三 {VALUE}"/></ofd:Outlines>'),
    "zip comment": lambda: made(comment=f"by {VALUE}".encode()),
    "picture": lambda: made(parts={"Doc_0/Res/a.jpg": photo()}),
    "name of a part": lambda: made(parts={f"Doc_0/Res/{VALUE}.xml": xml("1")}),
}


def leaks(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        held = [data, opened.comment, *(opened.read(info) for info in opened.infolist())]
    return any(VALUE.encode(encoding) in part for part in held for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


@pytest.mark.parametrize("place", [*VISIBLE, *HIDDEN])
def test_every_place_is_found_and_gone_after_cleaning(place):
    data = (VISIBLE.get(place) or HIDDEN[place])()
    found = [piece for piece in unpack(data, "a.ofd").pieces if VALUE in compact(piece.text)]
    assert found
    assert all(piece.hidden == (place in HIDDEN) for piece in found)
    after = rebuild(data, "a.ofd", mask).data
    assert not leaks(after)
    again = unpack(after, "a.ofd").pieces
    assert not any(VALUE in compact(piece.text) for piece in again)
    assert any(OPEN_TEXT in piece.text and piece.where == "第1页" for piece in again)
    assert place in HIDDEN or "*" * 18 in "".join(compact(piece.text) for piece in again)
    assert b"<ofd:Glyphs>" not in zipfile.ZipFile(io.BytesIO(after)).read("Doc_0/Pages/Page_0/Content.xml")


def test_an_innocent_file_gives_no_finding():
    assert unpack(made(), "a.ofd").findings == ()


@pytest.mark.parametrize(("parts", "code"), [
    ({"OFD.xml": "<x/>"}, "damaged"), ({"Doc_0/Document.xml": "<broken"}, "damaged"),
    ({"OFD.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}, "xml-entities"),
    ({"Doc_0/Document.xml": f"<D {NS}><ofd:Pages>{'<ofd:Page/>' * 600}</ofd:Pages></D>"}, "too-many-pages"),
    ({"Doc_0/Pages/Page_0/Content.xml": b" " * 30_000_000}, "zip-bomb"),
])
def test_a_broken_or_hostile_file_is_refused(parts, code):
    with pytest.raises(ReadError) as refused:
        unpack(made(parts=parts), "a.ofd")
    assert refused.value.code == code


def test_what_cannot_be_rebuilt_says_what_to_do():
    body = '<ofd:ImageObject ID="8" Boundary="0 0 9 9" ResourceID="4"/>'
    res = (f'<ofd:Res {NS} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="4" Type="Image"><ofd:MediaFile>a.jb2'
           "</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>")
    data = made(body, parts={"Doc_0/PublicRes.xml": res, "Doc_0/Res/a.jb2": b"\x97JB2\r\n\x1a\n"})
    assert any(finding.kind == "unscreened" for finding in unpack(data, "a.ofd").findings)
    with pytest.raises(ReadError) as refused:
        rebuild(data, "a.ofd", mask)
    assert refused.value.code == "cannot-clean"
    assert "PDF" in refused.value.message
