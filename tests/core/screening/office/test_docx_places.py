"""Every place of a Word document in which a value can hide: found with its place, gone after cleaning."""

from __future__ import annotations

import io
import zipfile
from functools import cache

import pytest
from docx.document import Document
from docx.shared import Pt, RGBColor
from tests.core.screening.office.leaks import leaks
from tests.core.screening.office.making import (
    R_NS,
    VALUE,
    W_NS,
    id_number,
    in_body,
    joined,
    mask,
    paragraph,
    rezip,
    run,
    with_part,
    word,
)

from gongkai.core.screening import clean, screen
from gongkai.core.screening.formats import rebuild, unpack
from gongkai.core.screening.model import Kind, Verdict

_V = VALUE
_WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_AUTHOR = 'w:id="1" w:author="王五" w:date="2026-01-01T00:00:00Z"'


def _part(root: str, inner: str) -> bytes:
    return f'<w:{root} xmlns:w="{W_NS}" xmlns:r="{R_NS}">{inner}</w:{root}>'.encode()


def _header(document: Document) -> None:
    document.sections[0].header.paragraphs[0].text = _V


def _cell(document: Document) -> None:
    table = document.add_table(2, 2)
    table.cell(1, 1).text = _V


def _boxes(document: Document) -> None:
    table = document.add_table(1, 18)
    for column, digit in enumerate(_V):
        table.cell(0, column).text = digit


def _vanish(document: Document) -> None:
    document.add_paragraph("见").add_run(_V).font.hidden = True


def _white(document: Document) -> None:
    document.add_paragraph("见").add_run(_V).font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)


def _tiny(document: Document) -> None:
    document.add_paragraph("见").add_run(_V).font.size = Pt(1)


def _style(document: Document) -> None:
    style = document.styles.add_style("不见", 2)
    style.font.hidden = True
    document.add_paragraph("见").add_run(_V, style=style)


def _properties(document: Document) -> None:
    document.core_properties.comments = _V


def _custom() -> bytes:
    content = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="证件"><vt:lpwstr>{_V}</vt:lpwstr>'
        "</property></Properties>"
    ).encode()
    type_ = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    return with_part(word(), "docProps/custom.xml", content, "custom-properties", type_, "")


def _comment() -> bytes:
    content = _part("comments", f'<w:comment {_AUTHOR}>{paragraph(run(_V[:9]) + run(_V[9:]))}</w:comment>')
    return with_part(word(), "word/comments.xml", content, "comments", f"{_WORDML}comments+xml")


def _note() -> bytes:
    content = _part("footnotes", f'<w:footnote w:id="2">{paragraph(run(_V))}</w:footnote>')
    return with_part(word(), "word/footnotes.xml", content, "footnotes", f"{_WORDML}footnotes+xml")


def _glossary() -> bytes:
    inner = f"<w:docParts><w:docPart><w:docPartBody>{paragraph(run(_V))}</w:docPartBody></w:docPart></w:docParts>"
    content = _part("glossaryDocument", inner)
    type_ = f"{_WORDML}document.glossary+xml"
    return with_part(word(), "word/glossary/document.xml", content, "glossaryDocument", type_)


def _settings() -> bytes:
    def change(part: bytes) -> bytes:
        variables = f'<w:docVars><w:docVar w:name="证件" w:val="{_V}"/></w:docVars></w:settings>'
        return part.replace(b"</w:settings>", variables.encode())

    return rezip(word(), {"word/settings.xml": change})


def _own_xml() -> bytes:
    content = f"<数据><号码>{_V}</号码></数据>".encode()
    return with_part(word(), "customXml/item9.xml", content, "customXml", "application/xml")


def _embedded() -> bytes:
    type_ = f"{_WORDML}document"
    return with_part(word(), "word/embeddings/a.docx", word(lambda d: d.add_paragraph(_V)), "package", type_)


def _chunk() -> bytes:
    html = f"<html><body><p>合并 {_V}</p></body></html>".encode()
    data = with_part(in_body('<w:altChunk r:id="rIdChunk"/>'), "word/afchunk.htm", html, "aFChunk", "text/html")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        rels = archive.read("word/_rels/document.xml.rels").decode()
    fixed = rels[:rels.rindex('Id="')] + 'Id="rIdChunk"' + rels[rels.index('"', rels.rindex('Id="') + 4) + 1:]
    return rezip(data, {"word/_rels/document.xml.rels": lambda _: fixed.encode()})


def _link() -> bytes:
    data = in_body(paragraph(f'<w:hyperlink r:id="rIdLink" w:tooltip="{_V}">{run("点击")}</w:hyperlink>'))
    line = (
        f'<Relationship Id="rIdLink" Type="{R_NS}/hyperlink" Target="https://example.gov.cn/?id={_V}" '
        'TargetMode="External"/></Relationships>'
    )
    return rezip(data, {"word/_rels/document.xml.rels": lambda p: p.replace(b"</Relationships>", line.encode())})


def _box(value: str = VALUE) -> str:
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
        '<wp:extent cx="2000000" cy="500000"/>'
        '<wp:docPr id="5" name="文本框 5"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="500000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"</wps:spPr><wps:txbx><w:txbxContent>{paragraph(run(value[:7]) + run(value[7:]))}</w:txbxContent></wps:txbx>"
        "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f'<v:shape style="width:150pt;height:40pt"><v:textbox><w:txbxContent>{paragraph(run(id_number(77)))}'
        "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def _field(code: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r><w:r>'
        f'<w:fldChar w:fldCharType="separate"/></w:r>{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


_SEEN = {  # visible: masked, its place said
    "paragraph": (word(lambda d: d.add_paragraph(f"身份证号：{_V}")), "正文第2段"),
    "cut over runs": (in_body(paragraph("".join(run(c, "<w:b/>") for c in _V))), "正文第2段"),
    "cut over lines": (in_body(paragraph(run(_V[:6]) + "<w:r><w:br/></w:r>" + run(_V[6:]))), "正文第2段"),
    "cut over paragraphs": (in_body(paragraph(run(f"号码{_V[:10]}")) + paragraph(run(_V[10:]))), "正文第2段起"),
    "header": (word(_header), "页眉1"),
    "cell": (word(_cell), "表格1 第2行第2列"),
    "boxes": (word(_boxes), "表格1 第1行第1—18列"),
    "footnote": (_note(), "脚注 1"),
    "text box": (in_body(paragraph(_box())), "文本框1"),
    "content control": (in_body(f"<w:sdt><w:sdtContent>{paragraph(run(_V))}</w:sdtContent></w:sdt>"), "正文第2段"),
    "inserted": (in_body(paragraph(f"<w:ins {_AUTHOR}>{run(_V)}</w:ins>")), "正文第2段"),
    "watermark": (in_body(paragraph(
        f'<w:r><w:pict><v:shape><v:textpath on="t" string="{_V}"/></v:shape></w:pict></w:r>')), "水印"),
    "chunk": (_chunk(), "afchunk.htm"),
    "symbols": (in_body(paragraph("".join(
        f'<w:r><w:sym w:font="Symbol" w:char="F0{ord(c):02X}"/></w:r>' for c in _V))), "正文第2段"),
    "formula": (in_body(paragraph(f"<m:oMath><m:r><m:t>{_V}</m:t></m:r></m:oMath>")), "正文第2段"),
}
_HIDDEN = {
    "deleted": (in_body(paragraph(f"<w:del {_AUTHOR}><w:r><w:delText>{_V}</w:delText></w:r></w:del>")), "正文第2段"),
    "moved": (in_body(paragraph(f"<w:moveFrom {_AUTHOR}>{run(_V)}</w:moveFrom>")), "正文第2段"),
    "vanish": (word(_vanish), "正文第2段"),
    "half vanished": (in_body(paragraph(run(_V[:8]) + run(_V[8:], "<w:vanish/>"))), "正文第2段"),
    "vanish by style": (word(_style), "正文第2段"),
    "white": (word(_white), "正文第2段"),
    "black bar": (in_body(paragraph(run(_V, '<w:highlight w:val="black"/>'))), "正文第2段"),
    "tiny": (word(_tiny), "正文第2段"),
    "no line height": (in_body(
        f'<w:p><w:pPr><w:spacing w:line="10" w:lineRule="exact"/></w:pPr>{run(_V)}</w:p>'), "正文第2段"),
    "hidden row": (in_body(
        '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:trPr><w:hidden/></w:trPr>'
        f'<w:tc>{paragraph(run(_V))}'
        f"</w:tc></w:tr><w:tr><w:tc>{paragraph(run('甲'))}</w:tc></w:tr></w:tbl>"), "表格1 第1行第1列"),
    "comment": (_comment(), "批注 1"),
    "glossary": (_glossary(), "文档部件库"),
    "variable": (_settings(), "文档变量"),
    "core property": (word(_properties), "文档属性“备注”"),
    "custom property": (_custom(), "文档属性“证件”"),
    "custom xml": (_own_xml(), "customXml/item9.xml"),
    "embedded file": (_embedded(), "嵌入文件“a.docx”"),
    "field code": (in_body(paragraph(_field(f'QUOTE "{_V}"', "见附件"))), "正文第2段"),
    "simple field": (in_body(paragraph(f'<w:fldSimple w:instr="QUOTE {_V}">{run("见")}</w:fldSimple>')), "正文第2段"),
    "link": (_link(), "部件 word/_rels/document.xml.rels"),
    "fallback": (in_body(paragraph(_box("普通文字七个字以上"))), "文本框2"),
    "bookmark": (in_body(f'<w:bookmarkStart w:id="9" w:name="B{_V}"/><w:bookmarkEnd w:id="9"/>'), "属性 name"),
    "alternative text": (in_body(paragraph(_box("普通文字七个字以上").replace(
        'name="文本框 5"', f'name="文本框 5" descr="{_V}"'))), "属性 descr"),
    "control tag": (in_body(
        f'<w:sdt><w:sdtPr><w:tag w:val="{_V}"/></w:sdtPr><w:sdtContent>{paragraph(run("甲"))}</w:sdtContent></w:sdt>'),
        "属性 val"),
    "smart tag": (in_body(paragraph(
        f'<w:smartTag w:element="x"><w:smartTagPr><w:attr w:name="n" w:val="{_V}"/></w:smartTagPr>{run("甲")}'
        "</w:smartTag>")),
        "属性 val"),
    "table description": (in_body(
        f'<w:tbl><w:tblPr><w:tblDescription w:val="{_V}"/></w:tblPr><w:tr><w:tc>{paragraph("")}</w:tc></w:tr></w:tbl>'),
        "属性 val"),
    "markup comment": (rezip(word(), {"word/document.xml": lambda p: p.replace(
        b"<w:body>", f"<w:body><!-- {_V} -->".encode())}), "word/document.xml 的注释"),
    "namespace": (rezip(word(), {"word/document.xml": lambda p: p.replace(
        b"<w:body", f'<w:body xmlns:z="urn:{_V}"'.encode())}), "命名空间"),
    "unknown part": (rezip(word(), add={"word/extra.bin": _V.encode("utf-16-le")}), "word/extra.bin"),
    "part name": (rezip(word(), add={f"word/{_V}.txt": b"x"}), "部件名"),
    "zip comment": (rezip(word(), comment=_V.encode()), "压缩包注释"),
    "thumbnail's name": (with_part(word(), f"docProps/t{_V}.emf", b"x", "thumbnail", "image/x-emf", ""), "部件名"),
    "attached template": (with_part(
        word(), "word/x.xml", f"<x>{_V}</x>".encode(), "people", "application/xml"), "word/x.xml"),
}
_ALL = {**_SEEN, **_HIDDEN}


@cache  # asked by two tests
def _holding(data: bytes, value: str) -> list[tuple[str, bool]]:
    return [(piece.where, piece.hidden) for piece in unpack(data, "样本.docx").pieces if value in joined(piece.text)]


@pytest.mark.parametrize("place", list(_ALL))
def test_a_value_is_found_with_its_place(place: str) -> None:
    data, where = _ALL[place]
    value = id_number(77) if place == "fallback" else VALUE

    found = _holding(data, value)

    assert any(where in at for at, _ in found), found


@pytest.mark.parametrize("place", list(_HIDDEN))
def test_what_no_page_shows_is_called_hidden(place: str) -> None:
    data, where = _HIDDEN[place]
    value = id_number(77) if place == "fallback" else VALUE

    assert all(hidden for at, hidden in _holding(data, value) if where in at)


@pytest.mark.parametrize("place", list(_ALL))
def test_nothing_of_it_is_left_after_cleaning(place: str) -> None:
    data, _ = _ALL[place]

    made = rebuild(data, "样本.docx", mask)

    assert leaks(made.data, VALUE) == []
    assert leaks(made.data, id_number(77)) == []
    assert any("关于公开本年度工作安排的通知" in piece.text for piece in unpack(made.data, "样本.docx").pieces)


def test_the_leak_search_would_see_a_leak() -> None:
    for place, (data, _) in _ALL.items():
        if place not in {"symbols", "boxes"}:
            assert leaks(data, VALUE) or leaks(data, id_number(77)), place


@pytest.mark.parametrize(
    "place", ["deleted", "vanish", "white", "tiny", "comment", "hidden row", "variable", "glossary"]
)
def test_hidden_content_is_told_even_when_it_is_harmless(place: str) -> None:
    findings = unpack(_HIDDEN[place][0], "样本.docx").findings

    told = [finding for finding in findings if finding.kind is Kind.HIDDEN_CONTENT]
    assert told
    assert {finding.verdict for finding in told} == {Verdict.WARN}


def test_macros_block_and_the_clean_file_is_a_plain_document() -> None:
    data = with_part(
        word(), "word/vbaProject.bin", b"\xd0\xcf\x11\xe0" + _V.encode(),
        "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "application/vnd.ms-office.vbaProject",
    )
    data = rezip(data, {"[Content_Types].xml": lambda p: p.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml")})

    assert Verdict.BLOCK in {finding.verdict for finding in unpack(data, "宏.docm").findings}
    made = rebuild(data, "宏.docm", mask).data
    assert leaks(made, VALUE) == []
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert b"macroEnabled" not in archive.read("[Content_Types].xml")
        assert not [name for name in archive.namelist() if "vba" in name]


def test_an_embedded_file_that_cannot_be_read_blocks() -> None:
    data = with_part(word(), "word/embeddings/a.rar", b"Rar!\x1a\x07\x00", "package", "application/x-rar")

    assert (Kind.UNSCREENED, Verdict.BLOCK) in {(f.kind, f.verdict) for f in unpack(data, "a.docx").findings}


def test_text_set_from_right_to_left_is_read_as_shown() -> None:
    turned = in_body(paragraph(f'<w:bdo w:val="rtl">{run(_V[::-1][:9])}{run(_V[::-1][9:])}</w:bdo>'))
    found = screen(turned, "a.docx").findings
    assert ("id_number", Verdict.BLOCK) in {(one.kind.value, one.verdict) for one in found}
    assert leaks(clean(turned, "a.docx").data, _V[::-1]) == []
