"""What stays: an innocent document looks the same and keeps its text; what cannot be screened is said."""

from __future__ import annotations

import io
import re
from itertools import groupby, pairwise

import pikepdf
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String
from PIL import ImageChops, ImageFilter
from tests.core.screening.pages.leaks import leaks
from tests.core.screening.pages.making import OPEN_TEXT, Sheet, line
from tests.core.screening.pages.test_pdf_places import VALUE, compact, mask

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats import rebuild, unpack
from gongkai.core.screening.formats.pdf.look import opened, page_of
from gongkai.core.screening.formats.pdf.seen import draw

LETTER = """
#set page(paper: "a4")
#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"), size: 12pt, lang: "zh")
= 关于公开征求意见的公告
根据《中华人民共和国政府信息公开条例》，现将有关事项公告如下。咨询电话：0517-87222222。
#table(columns: 3, [事项], [时限], [科室], [公开], [20个工作日], [办公室])
#rect(fill: blue, text(fill: white)[白字蓝底应可见])
#text(fill: luma(120))[灰色的说明] #link("https://www.gov.cn/zhengce/")[政策文件]
#pagebreak()
#rotate(90deg, reflow: true)[横排的表] #box(width: 3cm, height: 2cm, fill: gradient.linear(red, yellow))
"""


def pictures(data: bytes, scale: float = 1.5) -> list:
    with opened(data) as document:
        with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
            count = len(pdf.pages)
        drawn = []
        for number in range(1, count + 1):
            with page_of(document, number) as page:
                drawn.append(draw(page, scale))
        return drawn


def look_alike(before: bytes, after: bytes) -> bool:
    one, other = pictures(before), pictures(after)
    return len(one) == len(other) and all(
        a.size == b.size and ImageChops.difference(a, b).convert("L").getextrema()[1] <= 24
        for a, b in zip(one, other, strict=True)
    )


@pytest.mark.chinese_font
def test_an_innocent_letter_keeps_its_look_its_text_and_its_links():
    data = typst.compile(LETTER.encode())
    assert [finding for finding in unpack(data, "a.pdf").findings if finding.kind != "metadata"] == []
    made = rebuild(data, "a.pdf", lambda text: text)
    assert made.notes == ()
    assert look_alike(data, made.data)
    assert [piece.text for piece in unpack(made.data, "a").pieces if not piece.hidden] == [
        piece.text for piece in unpack(data, "a").pieces if not piece.hidden
    ]
    with pikepdf.Pdf.open(io.BytesIO(made.data)) as pdf:
        assert str(pdf.pages[0].obj.Annots[0].A.URI) == "https://www.gov.cn/zhengce/"
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert "/Info" not in pdf.trailer


@pytest.mark.chinese_font
def test_a_value_is_covered_and_the_rest_of_the_page_stays():
    data = typst.compile(LETTER.replace("办公室", VALUE).encode())
    made = rebuild(data, "a.pdf", mask)
    assert leaks(made.data, VALUE) == []
    assert "第1页" in made.notes[0]
    before, after = (pictures(held)[0].filter(ImageFilter.BoxBlur(3)) for held in (data, made.data))
    changed = ImageChops.difference(before, after).convert("L").point([0] * 64 + [255] * 192).getbbox()
    assert changed is not None
    left, top, right, bottom = changed
    assert (bottom - top) < 40
    assert (right - left) < 220
    assert [piece.where for piece in unpack(made.data, "a").pieces if not piece.hidden] == ["第2页"]


def test_words_that_programs_give_are_no_findings():
    sheet = Sheet()
    sheet.pdf.docinfo["/Producer"] = "Some program 1.0"
    sheet.pdf.docinfo["/CreationDate"] = "D:20240101120000+08'00'"
    sheet.pdf.docinfo["/Title"] = "Notice"
    assert unpack(sheet.bytes(), "a").findings == ()


def test_an_author_is_a_warning():
    sheet = Sheet()
    sheet.pdf.docinfo["/Author"] = "王五"
    told = unpack(sheet.bytes(), "a").findings
    assert [(finding.kind, finding.verdict) for finding in told] == [("metadata", "warn")]


def test_a_file_saved_for_the_web_has_no_earlier_revision():
    sheet = Sheet()
    assert unpack(sheet.bytes(linearize=True), "a").findings == ()


def test_a_scan_is_said_not_to_be_screened():
    sheet = Sheet()
    page = sheet.pages[0]
    page.Resources.XObject = Dictionary(I=sheet.image(200, 280))
    page.Contents = sheet.pdf.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    told = unpack(sheet.bytes(), "a").findings
    assert [(finding.kind, finding.where, finding.verdict) for finding in told] == [("unscreened", "第1页", "warn")]
    assert told[0].excerpt == "第1页是图像，没有识别文字，未经筛查，请人工核对"


def test_letters_turned_into_outlines_are_said_not_to_be_screened():
    sheet = Sheet()
    shapes = "".join(f"{n % 20 * 20 + 50} {n // 20 * 30 + 300} 8 12 re f\n" for n in range(100))
    sheet.pages[0].Contents = sheet.pdf.make_stream(shapes.encode())
    assert [finding.kind for finding in unpack(sheet.bytes(), "a").findings] == ["unscreened"]


def test_text_recognised_behind_a_scan_is_found_and_the_scan_stays():
    sheet = Sheet()
    page = sheet.pages[0]
    page.Resources.XObject = Dictionary(I=sheet.image(200, 280, 200))
    code = "q 595 0 0 842 0 0 cm /I Do Q\n" + line("see " + VALUE, before="3 Tr")
    page.Contents = sheet.pdf.make_stream(code.encode())
    data = sheet.bytes()
    assert any(VALUE in piece.text and piece.hidden for piece in unpack(data, "a").pieces)
    made = rebuild(data, "a", mask).data
    assert leaks(made, VALUE) == []
    assert look_alike(data, made)


def test_a_form_keeps_what_it_shows():
    sheet = Sheet()
    shown = sheet.form("BT /F1 12 Tf 2 8 Td (Filled in by hand) Tj ET")
    shown.BBox = Array([0, 0, 228, 30])
    field = sheet.annotate(Subtype=Name.Widget, FT=Name.Tx, T=String("f"), V=String("Filled in by hand"), F=4,
                           DA=String("/F1 12 Tf 0 g"), AP=Dictionary(N=shown))
    sheet.pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DR=Dictionary(Font=Dictionary(F1=sheet.font)))
    made = rebuild(sheet.bytes(), "a", lambda text: text).data
    with pikepdf.Pdf.open(io.BytesIO(made)) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert "/Annots" not in pdf.pages[0]
    assert any("Filled in by hand" in piece.text and not piece.hidden for piece in unpack(made, "a").pieces)


def test_a_seal_stays_and_a_remark_goes():
    sheet = Sheet()
    sheet.annotate(Subtype=Name.Stamp, F=4, AP=Dictionary(N=sheet.form("1 0 0 rg 80 600 60 30 re f")))
    sheet.pages[0].Annots[0].AP.N.BBox = Array([72, 600, 300, 630])
    sheet.annotate(Subtype=Name.FreeText, F=4, AP=Dictionary(N=sheet.form(line("not for the public", 610))))
    made = rebuild(sheet.bytes(), "a", lambda text: text).data
    assert (255, 0, 0) in {colour for _, colour in pictures(made)[0].getcolors(100_000)}
    assert not any("not for the public" in piece.text for piece in unpack(made, "a").pieces)


def test_characters_without_unicode_are_said_not_to_be_screened():
    sheet = Sheet()
    glyph = sheet.pdf.make_stream(b"500 0 0 0 400 700 d1 0 0 400 700 re f")
    sheet.pages[0].Resources.Font.T = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 500, 700]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=Dictionary(x=glyph), FirstChar=1, LastChar=1, Widths=Array([500]), Resources=Dictionary(),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([1, Name.x])),
    )
    sheet.write("BT /T 12 Tf 72 700 Td <0101010101010101> Tj ET", Font=sheet.pages[0].Resources.Font)
    data = sheet.bytes()
    if "\ufffd" in "".join(piece.text for piece in unpack(data, "a").pieces):
        assert any(finding.kind == "unscreened" for finding in unpack(data, "a").findings)
    assert look_alike(data, rebuild(data, "a", lambda text: text).data)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 17), max_size=6, unique=True), st.sampled_from(["TJ", "Tj", "Td", "hex"]),
       st.integers(0, 3))
def test_a_value_cut_anywhere_is_found_and_covered(cuts, how, mode):
    places = [0, *sorted(cuts), 18]
    parts = [VALUE[a:b] for a, b in pairwise(places)]
    if how == "TJ":
        code = "[" + " -30 ".join(f"({part})" for part in parts) + "] TJ"
    elif how == "hex":
        code = " ".join(f"<{part.encode().hex()}> Tj" for part in parts)
    elif how == "Tj":
        code = " ".join(f"({part}) Tj" for part in parts)
    else:
        code = " ".join(f"({part}) Tj {6.672 * len(part):.3f} 0 Td" for part in parts)
    sheet = Sheet()
    sheet.write(f"BT /F1 12 Tf {mode} Tr 72 700 Td {code} ET")
    data = sheet.bytes()
    found = [piece for piece in unpack(data, "a").pieces if VALUE in compact(piece.text)]
    assert found
    assert any(piece.hidden for piece in found) == (mode == 3)
    made = rebuild(data, "a", mask).data
    assert leaks(made, VALUE) == []
    assert not any(re.search(r"\d{9}", compact(piece.text)) for piece in unpack(made, "a").pieces)


def test_a_page_whose_font_no_machine_has_is_not_redrawn(monkeypatch):
    from gongkai.core.screening.formats.pdf import cleaning

    real = cleaning.looks

    def without_font(data, **options):
        found = real(data, **options)
        for look in found:
            look.no_font = True
        return found

    monkeypatch.setattr(cleaning, "looks", without_font)
    sheet = Sheet()
    sheet.write(line(VALUE))
    with pytest.raises(ReadError) as refused:
        rebuild(sheet.bytes(), "a", mask)
    assert refused.value.code == "cannot-clean"
    assert OPEN_TEXT not in refused.value.message


def foreign(text: str, at: float = 60.0) -> bytes:
    """A line in a Chinese font that is not in the file and whose widths the file does not tell."""
    pdf = pikepdf.Pdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    told = Dictionary(
        Type=Name.FontDescriptor, FontName=Name.Heiti, Flags=4, FontBBox=Array([-200, -200, 1200, 1200]), ItalicAngle=0,
        Ascent=1000, Descent=-200, StemV=80,
    )
    system = Dictionary(Registry=String("Adobe"), Ordering=String("GB1"), Supplement=5)
    below = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name.Heiti, CIDSystemInfo=system,
        FontDescriptor=pdf.make_indirect(told),
    )
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Heiti, Encoding=Name("/UniGB-UTF16-H"),
        DescendantFonts=Array([pdf.make_indirect(below)]),
    )
    page = pdf.pages[0].obj
    page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
    code = f"BT 1 0 0 1 {at} 742 Tm /F1 14 Tf <{text.encode('utf-16-be').hex()}> Tj ET"
    page.Contents = pdf.make_stream(code.encode())
    into = io.BytesIO()
    pdf.save(into)
    return into.getvalue()


def bars(data: bytes) -> list[int]:
    """How long the covers are in the middle of their height, in pixels at two a point."""
    [page] = pictures(data, 2.0)
    grey = page.convert("L")
    rows = [[56 <= grey.getpixel((x, y)) <= 76 for x in range(grey.width)] for y in range(160, 230)]
    covered = [row for row in rows if sum(row) > 20]
    middle = covered[len(covered) // 2]
    return [length for dark, run in groupby(middle) if dark and (length := len(list(run))) > 8]


@pytest.mark.chinese_font
def test_no_ink_looks_out_between_the_covers_where_a_font_is_drawn_wider_than_the_file_says():
    data = foreign(f"某人{VALUE}，已告知。")
    cleaned = rebuild(data, "a.pdf", mask)
    [one] = bars(cleaned.data)
    assert one > 17 * 14 * 2, "one bar over all of it, from the first to the last of eighteen full widths"


@pytest.mark.chinese_font
def test_what_is_seen_of_a_value_over_the_edge_of_the_page_is_covered():
    data = foreign(f"某人{VALUE}", at=440.0)
    cleaned = rebuild(data, "a.pdf", mask)
    [one] = bars(cleaned.data)
    assert one > 8 * 14 * 2


def test_a_field_whose_drawing_lacks_the_characters_that_tell_what_it_holds_is_masked_before_it_is_drawn():
    """The field's font has no Chinese: 某 of the value is drawn as a question mark, and the rest would stay."""
    sheet = Sheet()
    sheet.annotate(
        Subtype=Name.Widget, FT=Name.Tx, T=String("plate"), V=String(f"某{VALUE}"), DA=String("/Helv 12 Tf 0 g"), F=4,
    )
    sheet.pdf.Root.AcroForm = sheet.pdf.make_indirect(Dictionary(
        Fields=Array([sheet.pages[0].Annots[0]]), NeedAppearances=True, DA=String("/Helv 12 Tf 0 g"),
        DR=Dictionary(Font=Dictionary(Helv=sheet.font)),
    ))
    cleaned = rebuild(sheet.bytes(), "a.pdf", lambda text: text.replace(f"某{VALUE}", "某" + "*" * 18))
    found = "".join(compact(piece.text) for piece in unpack(cleaned.data, "a.pdf").pieces)
    assert VALUE not in found
    assert compact(OPEN_TEXT) in found


@pytest.mark.parametrize("depth", [0, 1, 5])
def test_a_font_program_is_no_text_however_deep_it_lies(depth: int) -> None:
    sheet = Sheet()
    sheet.write(line("plain"))
    program = sheet.pdf.make_stream(b"\x00\x01\x00\x00" + b"7#5353 3#7#5373\n" * 50, Length1=800)
    described = Dictionary(Type=Name.FontDescriptor, FontName=Name.Deep, FontFile2=program)
    inner = Dictionary(Font=Dictionary(F9=Dictionary(
        Type=Name.Font, Subtype=Name.Type0, DescendantFonts=Array([Dictionary(FontDescriptor=described)]),
    )))
    for _ in range(depth):
        form = sheet.pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, Resources=inner)
        inner = Dictionary(XObject=Dictionary(X=sheet.pdf.make_indirect(form)))
    page = sheet.page()
    page.Resources = inner
    assert not [piece for piece in unpack(sheet.bytes(), "a.pdf").pieces if "5353" in piece.text]
