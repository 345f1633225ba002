"""Rich Text Format: a value in every destination is found, however its characters are written."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.screening.people import id_number

from gongkai.core.errors import ReadError
from gongkai.core.screening import clean, screen
from gongkai.core.screening.formats import unpack

NUMBER = id_number()
IN_PER_CENT = "".join(f"%3{digit}" for digit in NUMBER)
FONTS = r"{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}{\f1\fswiss\fcharset0 Arial;}}"
HEAD = rf"{{\rtf1\ansi\ansicpg936\deff0{FONTS}\uc1 "


def rtf(body: str, after: str = "") -> bytes:
    return f"{HEAD}{body}}}{after}".encode("latin-1")


def escaped(text: str) -> str:
    """In the way of Word: Unicode with a question mark for what cannot read it."""
    wide = text.encode("utf-16-be")
    units = [int.from_bytes(wide[at:at + 2], "big") for at in range(0, len(wide), 2)]
    return "".join(chr(unit) if unit < 0x80 else f"\\u{unit - 0x10000 if unit > 0x7FFF else unit}?" for unit in units)


def bytewise(text: str) -> str:
    """In the way of older programs: the bytes of the code page."""
    return "".join(chr(byte) if byte < 0x80 else f"\\'{byte:02x}" for byte in text.encode("gb18030"))


def texts(data: bytes) -> list[tuple[str, str, bool]]:
    return [(piece.text, piece.where, piece.hidden) for piece in unpack(data, "a.rtf").pieces]


@pytest.mark.parametrize("write", [escaped, bytewise])
def test_chinese_is_read_however_it_is_written(write) -> None:
    assert texts(rtf(rf"\pard {write('关于公开的公告')}\par {write('第二段，完。')}\par")) == [
        ("关于公开的公告", "正文第1段", False), ("第二段，完。", "正文第2段", False),
    ]


@given(st.text(st.characters(codec="gb18030", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Co", "Cn")), min_size=1))
def test_any_text_comes_back(text: str) -> None:
    spelt = text.replace("\\", "").replace("{", "").replace("}", "")
    read = "".join(piece for piece, _, _ in texts(rtf(rf"\pard A{escaped(spelt)}\par")))
    assert read == f"A{spelt}"


SEEN = {
    "body": rf"\pard {NUMBER}\par",
    "broken by formatting": rf"\pard {NUMBER[:5]}{{\b {NUMBER[5:9]}}}\i0 {NUMBER[9:]}\par",
    "over lines of the file": f"\\pard {NUMBER[:5]}\n{NUMBER[5:]}\\par",
    "by codes": "".join(f"\\'{ord(letter):02x}" for letter in NUMBER),
    "by Unicode": "".join(f"\\u{ord(letter)}?" for letter in NUMBER),
    "two paragraphs": rf"\pard {bytewise('证号')}{NUMBER[:9]}\par {NUMBER[9:]}{bytewise('。')}\par",
    "head": rf"{{\header\pard {NUMBER}\par}}text\par",
    "foot": rf"{{\footerf\pard {NUMBER}\par}}text\par",
    "note": rf"text{{\footnote\pard {NUMBER}}}\par",
    "cell": rf"\trowd\intbl a\cell {NUMBER}\cell\row\pard",
    "box": rf"{{\shp{{\*\shpinst{{\sp{{\sn a}}{{\sv 1}}}}{{\shptxt\pard {NUMBER}\par}}}}}}",
    "result of a field": rf"{{\field{{\*\fldinst PAGE}}{{\fldrslt {NUMBER}}}}}\par",
    "in another font": rf"\pard\f1 {NUMBER}\f0\par",
}
UNSEEN = {
    "hidden": rf"text{{\v {NUMBER}}}\par",
    "half hidden": rf"{NUMBER[:9]}{{\v {NUMBER[9:]}}}\par",
    "deleted": rf"text{{\deleted {NUMBER}}}\par",
    "remark": rf"text{{\*\atnid W}}{{\*\atnauthor W}}\chatn{{\*\annotation\pard {NUMBER}}}\par",
    "title": rf"{{\info{{\title {NUMBER}}}}}text\par",
    "own property": rf"{{\*\userprops{{\propname n}}\proptype30{{\staticval {NUMBER}}}}}text\par",
    "instruction of a field": rf'{{\field{{\*\fldinst HYPERLINK "http://a.cn/?q={NUMBER}"}}{{\fldrslt go}}}}\par',
    "link in per cent": rf'{{\field{{\*\fldinst HYPERLINK "http://a.cn/?q={IN_PER_CENT}"}}{{\fldrslt go}}}}',
    "bookmark": rf"{{\*\bkmkstart n{NUMBER}}}text\par",
    "words for a picture": rf"{{\shp{{\*\shpinst{{\sp{{\sn wzDescription}}{{\sv {NUMBER}}}}}}}}}text\par",
    "variable": rf"{{\*\docvar{{n}}{{{NUMBER}}}}}text\par",
    "unknown destination": rf"{{\*\whatever {NUMBER}}}text\par",
    "data in an unknown place": rf"{{\*\datastore {NUMBER.encode().hex()}}}text\par",
    "embedded text": rf"{{\object{{\*\objdata {b'01050000 '.hex()}{NUMBER.encode().hex()}}}{{\result x}}}}\par",
    "name of a style": rf"{{\stylesheet{{\s1 s{NUMBER};}}}}text\par",
}


@pytest.mark.parametrize("place", SEEN)
def test_what_is_seen_is_found_once(place: str) -> None:
    found = [finding for finding in screen(rtf(SEEN[place]), "a.rtf").findings if finding.kind == "id_number"]
    assert [(finding.verdict, finding.hidden) for finding in found] == [("block", False)]


@pytest.mark.parametrize("place", UNSEEN)
def test_what_is_not_seen_is_found_and_said_to_be_hidden(place: str) -> None:
    found = [finding for finding in screen(rtf(UNSEEN[place]), "a.rtf").findings if finding.kind == "id_number"]
    assert {(finding.verdict, finding.hidden) for finding in found} == {("block", True)}


def test_a_file_in_the_file_is_taken_apart_and_what_follows_it_is_read() -> None:
    inner = f"0105000002000000{rtf(SEEN['body']).hex()}"
    found = screen(rtf(rf"{{\object{{\*\objdata {inner}}}{{\result x}}}}\par"), "a.rtf").findings
    assert any("嵌入文件 1 ›" in finding.where for finding in found if finding.kind == "id_number")
    found = screen(rtf(r"text\par", f"\nnote {NUMBER}"), "a.rtf").findings
    assert [finding.where for finding in found if finding.kind == "id_number"] == ["文件结尾之后的数据"]


def test_cells_have_the_heads_of_their_columns() -> None:
    rows = "".join(
        r"\trowd\intbl " + "".join(rf"{bytewise(text)}\cell " for text in row) + r"\row "
        for row in (("项目", "金额（元）", "手机"), ("甲", "13800000000", "13912345678"))
    )
    found = [finding for finding in screen(rtf(rows), "a.rtf").findings if finding.kind == "phone"]
    assert [(finding.where, finding.excerpt) for finding in found] == [("表格 第2行第3列", "139****5678")]


def test_pictures_are_named_and_an_ordinary_file_passes() -> None:
    found = screen(rtf(r"text{\*\shppict{\pict\pngblip 0001020304}}\par"), "a.rtf").findings
    assert [(finding.kind, finding.verdict) for finding in found] == [("unscreened", "warn")]
    data = rtf(rf"\pard {escaped('咨询电话：0571-86025317。')}\par")
    assert screen(data, "a.rtf").verdict == "pass"
    with pytest.raises(ReadError) as refused:
        clean(data, "a.rtf")
    assert refused.value.code == "cannot-clean"
    with pytest.raises(ReadError) as refused:
        screen(b"{\\rtf1 text", "a.rtf")
    assert refused.value.code == "damaged"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([
    "{", "}", "\\v ", "\\v0 ", "\\par ", "\\'d6", "\\'d0", "\\u-10179?", "\\bin5 ", "\\*", "\\cell ", "\\row ",
    "abc", "\\", "\\pict ", "\\objdata ", "0a0b", "\\uc0 ", "\\header ", "\n", "\\f1 ", "\\fcharset128 ",
    "\\ansicpg99 ",
]), max_size=40))
def test_any_row_of_words_is_read_or_refused(words: list[str]) -> None:
    with suppress(ReadError):
        assert screen(f"{{\\rtf1 {''.join(words)}}}".encode("latin-1"), "a.rtf").verdict in {"pass", "warn", "block"}
