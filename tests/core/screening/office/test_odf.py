"""OpenDocument: a value in every place is found there, and nothing is rebuilt."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.screening.people import id_number

from gongkai.core.errors import ReadError
from gongkai.core.screening import clean, screen
from gongkai.core.screening.formats import unpack

NUMBER = id_number()
SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("style", "style"),
        ("meta", "meta"), ("svg", "svg-compatible"), ("presentation", "presentation"), ("number", "datastyle"),
    )
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
STYLES = (
    '<office:automatic-styles><style:style style:name="H" style:family="text">'
    '<style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="K" style:parent-style-name="H" style:family="text"/>'
    '<style:style style:name="T" style:family="table"><style:table-properties table:display="false"/></style:style>'
    '<style:style style:name="D" style:family="drawing-page"><style:drawing-page-properties '
    'presentation:visibility="hidden"/></style:style></office:automatic-styles>'
)


def document(body: str, kind: str = "text", **parts: str | bytes) -> bytes:
    content = f"<office:document-content {SPACES}>{STYLES}<office:body><office:{kind}>{body}</office:{kind}>" \
              "</office:body></office:document-content>"
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as packed:
        packed.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        packed.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?>{content}')
        for name, held in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), held)
    return into.getvalue()


def meta(inner: str) -> str:
    held = f"<office:meta>{inner}</office:meta>"
    return f'<?xml version="1.0"?><office:document-meta {SPACES}>{held}</office:document-meta>'


def sheet(cell: str, style: str = "", column: str = "") -> str:
    return (
        f'<table:table table:name="名单"{style}><table:table-column table:number-columns-repeated="2"/>'
        f'<table:table-column{column}/><table:table-row><table:table-cell><text:p>序号</text:p>'
        f"</table:table-cell><table:table-cell/>{cell}</table:table-row></table:table>"
    )


SEEN = {
    "paragraph": f"<text:p>证号{NUMBER}</text:p>",
    "spans": f"<text:p>证号{NUMBER[:7]}<text:span>{NUMBER[7:]}</text:span></text:p>",
    "spaces": f"<text:p>证号{NUMBER[:6]}<text:s text:c=\"1\"/>{NUMBER[6:14]}<text:s/>{NUMBER[14:]}</text:p>",
    "list": f"<text:list><text:list-item><text:p>{NUMBER}</text:p></text:list-item></text:list>",
    "heading": f"<text:h>{NUMBER}</text:h>",
    "two paragraphs": f"<text:p>证号{NUMBER[:9]}</text:p><text:p>{NUMBER[9:]}。</text:p>",
    "note": "<text:p>见注<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            f"<text:p>{NUMBER}</text:p></text:note-body></text:note></text:p>",
    "box": f"<text:p>图<draw:frame><draw:text-box><text:p>{NUMBER}</text:p></draw:text-box></draw:frame></text:p>",
    "cell": sheet(f"<table:table-cell><text:p>{NUMBER}</text:p></table:table-cell>"),
    "shape": f"<draw:page><draw:custom-shape><text:p>{NUMBER}</text:p></draw:custom-shape></draw:page>",
}
UNSEEN = {
    "remark": "<text:p>正文<office:annotation><dc:creator>王</dc:creator>"
              f"<text:p>{NUMBER}</text:p></office:annotation></text:p>",
    "deleted": f"<text:tracked-changes><text:changed-region><text:deletion><text:p>{NUMBER}</text:p></text:deletion>"
               "</text:changed-region></text:tracked-changes><text:p>正文</text:p>",
    "hidden span": f'<text:p>正文<text:span text:style-name="K">{NUMBER}</text:span></text:p>',
    "half hidden": f'<text:p>证号{NUMBER[:9]}<text:span text:style-name="H">{NUMBER[9:]}</text:span></text:p>',
    "hidden section": f'<text:section text:display="none"><text:p>{NUMBER}</text:p></text:section>',
    "hidden sheet": sheet(f"<table:table-cell><text:p>{NUMBER}</text:p></table:table-cell>", ' table:style-name="T"'),
    "covered cell": sheet(f"<table:covered-table-cell><text:p>{NUMBER}</text:p></table:covered-table-cell>"),
    "folded column": sheet(
        f"<table:table-cell><text:p>{NUMBER}</text:p></table:table-cell>", column=' table:visibility="collapse"'
    ),
    "value of a cell": sheet(f'<table:table-cell office:value="{NUMBER}"><text:p>3.3E+17</text:p></table:table-cell>'),
    "formula": sheet(f'<table:table-cell table:formula="of:=&quot;{NUMBER[:8]}&quot;&amp;&quot;{NUMBER[8:]}&quot;">'
                     "<text:p>1</text:p></table:table-cell>"),
    "remark of a cell": sheet("<table:table-cell><office:annotation><text:p>"
                              f"{NUMBER}</text:p></office:annotation><text:p>1</text:p></table:table-cell>"),
    "link": f'<text:p><text:a xlink:href="https://a.cn/?q={NUMBER}">看</text:a></text:p>',
    "words for a picture": f"<text:p><draw:frame><svg:desc>{NUMBER}</svg:desc></draw:frame></text:p>",
    "notes of a slide": f"<draw:page><presentation:notes><draw:frame><draw:text-box><text:p>{NUMBER}</text:p>"
                        "</draw:text-box></draw:frame></presentation:notes></draw:page>",
    "hidden slide": '<draw:page draw:style-name="D"><draw:frame><draw:text-box>'
                    f"<text:p>{NUMBER}</text:p></draw:text-box></draw:frame></draw:page>",
    "name of a table": f'<table:table table:name="{NUMBER}"><table:table-row/></table:table>',
    "comment in the markup": f"<text:p>正文</text:p><!-- {NUMBER} -->",
}
PARTS = {
    "properties": {"meta_xml": meta(f"<dc:title>{NUMBER}</dc:title>")},
    "own property": {"meta_xml": meta(f'<meta:user-defined meta:name="证号">{NUMBER}</meta:user-defined>')},
    "head of a page": {"styles_xml": f'<?xml version="1.0"?><office:document-styles {SPACES}><office:master-styles>'
                       f"<style:master-page><style:header><text:p>{NUMBER}</text:p></style:header></style:master-page>"
                       "</office:master-styles></office:document-styles>"},
    "settings": {"settings_xml": f'<?xml version="1.0"?><office:settings {SPACES}><x>{NUMBER}</x></office:settings>'},
    "object": {"Object__content_xml": f'<?xml version="1.0"?><office:document-content {SPACES}>'
               f"<text:p>{NUMBER}</text:p></office:document-content>"},
    "text inside": {"note.txt": f"证号{NUMBER}"},
    "macro": {"Basic__Standard__Module1_xml":
              '<?xml version="1.0"?>\n<!DOCTYPE script:module PUBLIC "x" "module.dtd">\n'
              f'<script:module xmlns:script="s">a = "{NUMBER}"</script:module>'},
}


def numbers(data: bytes) -> list[tuple[str, bool]]:
    found = screen(data, "a.odt").findings
    assert [finding for finding in found if finding.kind == "id_number" and finding.verdict != "block"] == []
    return [(finding.where, finding.hidden) for finding in found if finding.kind == "id_number"]


@pytest.mark.parametrize("place", SEEN)
def test_what_is_seen_is_found_once(place: str) -> None:
    assert [hidden for _, hidden in numbers(document(SEEN[place]))] == [False], place


@pytest.mark.parametrize("place", UNSEEN)
def test_what_is_not_seen_is_found_and_said_to_be_hidden(place: str) -> None:
    found = numbers(document(UNSEEN[place]))
    assert found
    assert all(hidden for _, hidden in found)


@pytest.mark.parametrize("place", PARTS)
def test_what_stands_in_other_parts_is_found(place: str) -> None:
    assert numbers(document("<text:p>正文</text:p>", **PARTS[place]))


def test_cells_have_the_heads_of_their_columns() -> None:
    rows = "".join(
        "<table:table-row>" + "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in row)
        + "</table:table-row>" for row in (("项目", "金额（元）", "手机"), ("甲", "13800000000", "13912345678"))
    )
    data = document(f'<table:table table:name="表">{rows}</table:table>', "spreadsheet")
    found = [finding for finding in screen(data, "a.ods").findings if finding.kind == "phone"]
    assert [(finding.where, finding.excerpt) for finding in found] == [("表格1“表” 第2行第3列", "139****5678")]
    assert unpack(data, "a.ods").format == "ods"


def test_macros_block_and_a_password_refuses() -> None:
    found = screen(document("<text:p>正文</text:p>", **PARTS["macro"]), "a.odt").findings
    assert "宏" in [finding.where for finding in found if finding.verdict == "block"]
    sealed = document("<text:p/>", **{"META-INF__manifest_xml": "<manifest:encryption-data/>"})
    with pytest.raises(ReadError, match="密码"):
        screen(sealed, "a.odt")


def test_an_ordinary_document_passes_and_is_not_rebuilt() -> None:
    text = "<text:h>关于公开征求意见的公告</text:h><text:p>咨询电话：0571-86025317。</text:p>"
    data = document(text, meta_xml=meta(""))
    assert screen(data, "a.odt").verdict == "pass"
    assert "咨询电话" in screen(data, "a.odt").text
    with pytest.raises(ReadError) as refused:
        clean(data, "a.odt")
    assert refused.value.code == "cannot-clean"


@settings(max_examples=60, deadline=None)
@given(st.recursive(
    st.sampled_from(["证", "13812345678", "<text:s/>", "<text:tab/>"]),
    lambda inner: st.tuples(st.sampled_from(
        ["text:p", "text:span", "table:table", "table:table-row", "table:table-cell", "draw:frame", "office:annotation"]
    ), inner).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"), max_leaves=12,
))
def test_elements_in_any_order_hide_no_text(body: str) -> None:
    found = screen(document(body), "a.odt").findings
    assert bool([finding for finding in found if finding.kind == "phone"]) == ("13812345678" in body)
