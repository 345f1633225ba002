"""Presentations: hidden slides, notes, comments and shapes are found, and gone after cleaning."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.core.screening.office.leaks import leaks
from tests.core.screening.office.making import R_NS, VALUE, joined, mask

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats import rebuild, unpack

_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_REL = f'<Relationship Id="{{}}" Type="{R_NS}/{{}}" Target="{{}}"/>'
_TYPE = "application/vnd.openxmlformats-officedocument.presentationml."
_SPACES = f'xmlns:p="{_P}" xmlns:a="{_A}" xmlns:r="{R_NS}"'


def _shape(text: str, look: str = "", options: str = "") -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="标题" {options}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody>'
        f'<a:bodyPr/><a:p><a:r><a:rPr lang="zh-CN"{look}/><a:t>{text[:5]}</a:t></a:r><a:r><a:rPr lang="zh-CN"{look}/>'
        f"<a:t>{text[5:]}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def _slide(shapes: str, root: str = "sld", options: str = "") -> str:
    return (
        f'<p:{root} {_SPACES} {options}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/>'
        f"<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{shapes}</p:spTree></p:cSld></p:{root}>"
    )


def _rels(*lines: str) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{"".join(lines)}</Relationships>'


def deck(second: str = "", *, hidden: bool = False, notes: str = "", comment: str = "") -> bytes:
    """Two slides; what the second holds, and its notes and comments, as asked."""
    parts = {
        "_rels/.rels": _rels(_REL.format("rId1", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": (
            f'<p:presentation {_SPACES}><p:sldIdLst><p:sldId id="256" r:id="rId1"/><p:sldId id="257" r:id="rId2"/>'
            '</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>'
        ),
        "ppt/_rels/presentation.xml.rels": _rels(
            _REL.format("rId1", "slide", "slides/slide1.xml"), _REL.format("rId2", "slide", "slides/slide2.xml")),
        "ppt/slides/slide1.xml": _slide(_shape("年度工作报告")),
        "ppt/slides/slide2.xml": _slide(second or _shape("谢谢大家观看"), options='show="0"' if hidden else ""),
    }
    lines = []
    if notes:
        parts["ppt/notesSlides/notesSlide1.xml"] = _slide(_shape(notes), "notes")
        lines.append(_REL.format("rId8", "notesSlide", "../notesSlides/notesSlide1.xml"))
    if comment:
        parts["ppt/comments/comment1.xml"] = f'<p:cmLst {_SPACES}><p:cm><p:text>{comment}</p:text></p:cm></p:cmLst>'
        lines.append(_REL.format("rId9", "comments", "../comments/comment1.xml"))
    if lines:
        parts["ppt/slides/_rels/slide2.xml.rels"] = _rels(*lines)
    types = "".join(
        f'<Override PartName="/ppt/slides/slide{n}.xml" ContentType="{_TYPE}slide+xml"/>' for n in (1, 2)
    )
    parts["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/ppt/presentation.xml" ContentType="{_TYPE}presentation.main+xml"/>{types}</Types>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


_TABLE = (
    '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="4" name="表"/><p:cNvGraphicFramePr/><p:nvPr/>'
    "</p:nvGraphicFramePr>"
    f'<p:xfrm><a:off x="0" y="0"/><a:ext cx="1" cy="1"/></p:xfrm><a:graphic><a:graphicData uri="{_A}/table">'
    f"<a:tbl><a:tblPr/><a:tblGrid/><a:tr h='1'><a:tc><a:txBody><a:bodyPr/><a:p><a:r><a:t>{VALUE}</a:t></a:r></a:p>"
    "</a:txBody></a:tc></a:tr>"
    "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
)
_PLACES = {
    "slide": (deck(_shape(VALUE)), "第2张幻灯片", False),
    "table": (deck(_TABLE), "第2张幻灯片 表格1 第1行第1列", False),
    "hidden slide": (deck(_shape(VALUE), hidden=True), "第2张幻灯片（隐藏）", True),
    "notes": (deck(notes=VALUE), "第2张幻灯片的备注", True),
    "comment": (deck(comment=VALUE), "第2张幻灯片的批注", True),
    "hidden shape": (deck(_shape(VALUE, options='hidden="1"')), "第2张幻灯片", True),
    "tiny": (deck(_shape(VALUE, ' sz="100"')), "第2张幻灯片", True),
    "alternative text": (deck(_shape("谢谢大家", options=f'descr="{VALUE}"')), "属性 descr", True),
}


@pytest.mark.parametrize("place", list(_PLACES))
def test_a_value_is_found_with_its_place_and_gone_after_cleaning(place: str) -> None:
    data, where, hidden = _PLACES[place]

    found = [piece for piece in unpack(data, "a.pptx").pieces if VALUE in joined(piece.text)]
    assert any(where in piece.where and piece.hidden is hidden for piece in found), found

    assert leaks(data, VALUE)
    made = rebuild(data, "a.pptx", mask).data
    assert leaks(made, VALUE) == []
    assert any(piece.text == "年度工作报告" for piece in unpack(made, "a.pptx").pieces)


def test_hidden_slides_are_gone_from_the_clean_file() -> None:
    made = rebuild(deck(hidden=True), "a.pptx", mask).data

    assert unpack(made, "a.pptx").pages == 1


def test_a_deck_of_hidden_slides_cannot_be_cleaned() -> None:
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(deck(hidden=True))) as old, zipfile.ZipFile(fixed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'<p:sldId id="256" r:id="rId1"/>', b""))

    with pytest.raises(ReadError) as refused:
        rebuild(fixed.getvalue(), "a.pptx", mask)
    assert refused.value.code == "cannot-clean"
