"""The fast reading of plain documents gives what the walk gives, and leaves everything else to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.report.readers.office_files import CONTINUE, RESTART, W, document_xml, p, span, tbl, tc, tr

from gongkai.core.report.document import Block
from gongkai.core.report.readers.docx.body import Body
from gongkai.core.report.readers.docx.numbering import Numbering
from gongkai.core.report.readers.docx.package import Package
from gongkai.core.report.readers.docx.scan import scan
from gongkai.core.report.readers.docx.styles import Styles
from gongkai.core.report.readers.limits.xml import parse_xml
from gongkai.core.report.samples import sample
from gongkai.core.report.writers import write

NUMBERING = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
STYLES = f'<w:styles xmlns:w="{W}"><w:style w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
LIST = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def both(main: bytes) -> tuple[list[Block] | None, list[Block]]:
    """The blocks of the fast reading and of the walk."""
    def fresh() -> tuple[Numbering, Styles]:
        styles = Styles(lambda: STYLES.encode())
        return Numbering(lambda: NUMBERING.encode(), styles), styles

    return scan(main, *fresh()), Body(*fresh()).read(parse_xml(main))


TEXT = st.text(st.sampled_from("规章1 　&amp;<>。\t"), max_size=5).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
)
INSIDE = st.sampled_from([
    "", "<w:r><w:br/><w:t>行</w:t></w:r>", '<w:r><w:tab/><w:t xml:space="preserve"> 后 </w:t></w:r>',
    "<w:r><w:t/></w:r>",
    '<w:hyperlink r:id="x"><w:r><w:t>链</w:t></w:r></w:hyperlink>', '<w:bookmarkStart w:id="0" w:name="_GoBack"/>',
    "<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>&#x4e00;</w:t></w:r>", "<w:r><w:rPr><w:b/></w:rPr><w:t>粗</w:t></w:r>",
])
PROPERTIES = st.sampled_from(["", LIST, '<w:jc w:val="center"/>', '<w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs>'])
PARAGRAPH = st.builds(p, TEXT, PROPERTIES, INSIDE) | st.just("<w:p/>")
SHAPE = st.sampled_from(["", span(2), span(3), RESTART, CONTINUE, span(2) + RESTART, span(2) + CONTINUE])
CELL = st.builds(lambda lines, shape: tc("".join(lines), shape), st.lists(PARAGRAPH, min_size=1, max_size=2), SHAPE)
ROW = st.builds(lambda cells, before: tr(*cells, properties=before), st.lists(CELL, max_size=4), st.sampled_from([
    "", '<w:gridBefore w:val="1"/>', "<w:tblHeader/>",
]))
TABLE = st.lists(ROW, max_size=4).map(lambda rows: tbl(*rows))


@given(st.lists(PARAGRAPH | TABLE, max_size=5))
def test_both_readings_agree(pieces: list[str]) -> None:
    fast, walked = both(document_xml("".join(pieces)).encode())
    assert fast == walked


@pytest.mark.parametrize("form_id", ["2019", "2021"])
def test_what_we_write_is_read_the_fast_way(form_id: str) -> None:
    package = Package(write(sample(3, form_id=form_id), "docx"))
    fast, walked = both(package.main())
    assert fast
    assert fast == walked


@pytest.mark.parametrize("body", [
    p(inside="<w:del><w:r><w:delText>5</w:delText></w:r></w:del>"), p(inside="<w:ins><w:r><w:t>5</w:t></w:r></w:ins>"),
    p(inside='<w:r><w:fldChar w:fldCharType="begin"/></w:r>'), p(inside="<w:r><w:rPr><w:vanish/></w:rPr></w:r>"),
    p(inside='<w:r><w:rPr><w:rStyle w:val="h"/></w:rPr><w:t>5</w:t></w:r>'), p(inside="<w:r><w:pict/></w:r>"),
    p("甲", "<w:rPr><w:del/></w:rPr>"), f"<w:sdt><w:sdtContent>{p('5')}</w:sdtContent></w:sdt>", p("<!-- 5 -->"),
    p("<![CDATA[</w:t>5]]>"), tbl(tr(tc(tbl(tr(tc("5")))))), tbl(tr("<w:tc/>", tc("5"))), tbl("<w:tr/>", tr(tc("5"))),
    "<w:altChunk/>", tbl(tr(tc("5"), properties="<w:del/>")), p(inside='<w:r><w:sym w:char="F035"/></w:r>'),
    '<x:p xmlns:x="urn:x"/>', tbl(tr(tc("5", "<w:hMerge/>"))),
])
def test_what_is_not_plain_is_left_to_the_walk(body: str) -> None:
    fast, _ = both(document_xml(body + p("后文")).encode())
    assert fast is None


def test_another_prefix_for_the_same_names_is_left_to_the_walk() -> None:
    main = document_xml(p("正文")).replace("<w:", "<x:").replace("</w:", "</x:").replace("xmlns:w", "xmlns:x").encode()
    fast, walked = both(main)
    assert (fast, len(walked)) == (None, 1)


def test_a_namespace_that_is_not_words_is_left_to_the_walk() -> None:
    fast, walked = both(document_xml(p("正文")).replace(W, "urn:other").encode())
    assert (fast, walked) == (None, [])
