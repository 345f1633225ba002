"""Pasted HTML: structure stays, everything else goes, whatever is thrown at it."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.publications.cleaning import TAGS, clean_html, text_of

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="x"><head><meta name=Generator content="Word">
<style><!-- p.MsoNormal {mso-style-parent:""; margin:0cm} --></style><xml><w:WordDocument/></xml></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->
<h1 align=center style='mso-outline-level:1'><a name="_Toc1"></a><span style='font-family:黑体'>一、总则</span></h1>
<p class=MsoNormal style='text-indent:28.0pt'><span lang=EN-US>　　&nbsp;&nbsp;</span><b>第一条</b> 为了<span
style='color:red'>规范</span>管理。<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US><span
style='mso-list:Ignore'>3.<span>&nbsp;&nbsp; </span></span></span><![endif]>申请<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>·</span>材料</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>4.</span>受理</p>
<table class=MsoTableGrid border=1 style='mso-yfti-tbllook:1184'><tr style='mso-yfti-irow:0'>
<td colspan=2 rowspan=1 style='border:solid'><p class=MsoNormal>项目</p></td><th scope=col onclick=x>数</th></tr>
</table><!--EndFragment--></body></html>"""
CLEAN = (
    "<h2>一、总则</h2><p><strong>第一条</strong> 为了规范管理。</p>"
    '<ol start="3"><li>申请<ul><li>材料</li></ul></li><li>受理</li></ol>'
    '<table><tbody><tr><td colspan="2"><p>项目</p></td><th scope="col">数</th></tr></tbody></table>'
)


def test_what_word_adds_goes_and_what_was_meant_stays():
    assert clean_html(WORD) == CLEAN


@pytest.mark.parametrize(("pasted", "kept"), [
    ("<p>甲</p><script>alert(1)</script><style>p{}</style>", "<p>甲</p>"),
    ('<p>甲<img src="https://t.example/p.gif" width=1>乙</p>', "<p>甲乙</p>"),
    ('<iframe src="//x"></iframe><p onclick="x()" style="color:red" class=a id=b data-x=1>甲</p>', "<p>甲</p>"),
    ('<a href="javascript:x()">甲</a>', "<p>甲</p>"), ('<a href=" java\nscript:x()">甲</a>', "<p>甲</p>"),
    ('<a href="//evil.example">甲</a>', "<p>甲</p>"), ('<a href="/\\evil.example">甲</a>', "<p>甲</p>"),
    ('<a href="data:text/html,x">甲</a>', "<p>甲</p>"),
    ('<a href="https://www.gov.cn/x?a=1&amp;b=2" target=_blank>甲</a>',
     '<p><a href="https://www.gov.cn/x?a=1&amp;b=2" rel="noopener noreferrer">甲</a></p>'),
    ("<p>　　首行缩进</p><p>&nbsp;</p><p><br></p><p> </p>", "<p>首行缩进</p>"),
    ("<div><div>甲</div><div>乙<b>丙</b></div></div>", "<p>甲</p><p>乙<strong>丙</strong></p>"),
    ("<ul><li>甲</li><li>乙</li></ul>", "<ul><li>甲</li><li>乙</li></ul>"),
    ("<h1>甲</h1><h5>乙</h5>", "<h2>甲</h2><h4>乙</h4>"),
    ("甲\n\n　　乙 < 丙 & 丁", "<p>甲</p><p>乙 &lt; 丙 &amp; 丁</p>"),
    ("<!-- 批注：张某 --><p>甲</p><?php x ?>", "<p>甲</p>"),
    ("<p>x<sup>2</sup>H<sub>2</sub>O <u>线</u></p>", "<p>x<sup>2</sup>H<sub>2</sub>O <u>线</u></p>"),
    ("", ""), ("   ", ""), ("<p></p>", ""), ("<!---->", ""),
])
def test_one_by_one(pasted, kept):
    assert clean_html(pasted) == kept


def test_the_words_of_a_document_a_line_a_paragraph():
    assert text_of(CLEAN).splitlines() == ["一、总则", "第一条 为了规范管理。", "申请", "材料", "受理", "项目", "数"]


def test_paragraphs_that_only_look_like_a_list_stay_paragraphs():
    """Without the mark that Word gives nobody can be sure."""
    assert clean_html("<p class=MsoListParagraph>1. 申请</p>") == "<p>1. 申请</p>"


PIECES = st.sampled_from([
    "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<script>", "</script>", "<style>", "<table>", "<tr>", "<td>",
    "</td>", "</tr>", "</table>", "<li>", "<ul>", "</ul>", "<a href='javascript:x'>", "<a href='/x'>", "</a>", "<br>",
    "<img src=x onerror=y>", "<svg onload=x>", "<math>", "<o:p>", "</o:p>", "<!--", "-->", "<![if x]>", "<h1>", "</h1>",
    "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.</span>", "<textarea>", "<title>", "<noscript>",
    "<template>", "甲", "乙 ", "　", "&nbsp;", "&lt;script&gt;", "&#60;b&#62;", "\x00", "\n", "<", ">", "\"", "'", "&",
])
HTML = st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=80))
_TAG = re.compile(r"<\s*/?\s*([a-zA-Z][\w:-]*)([^>]*)>")


@settings(max_examples=120, deadline=None)
@given(HTML)
def test_only_what_is_allowed_comes_out_and_twice_is_once(pasted):
    cleaned = clean_html(pasted)
    for tag, rest in _TAG.findall(cleaned):
        assert tag in TAGS
        assert not re.search(r"\bon\w+\s*=|style\s*=|class\s*=|javascript:", rest, re.I)
    assert "<!--" not in cleaned
    assert "\x00" not in cleaned
    again = clean_html(cleaned)
    assert text_of(again) == text_of(cleaned)
    assert clean_html(again) == again


@pytest.mark.parametrize("begun", ["<![", "<?", "<a:", "</w:", "<", "<!--", "&"])
def test_what_is_begun_and_never_ends_costs_no_more_than_its_length(begun: str):
    begins = time.process_time()
    clean_html(begun * 100_000)
    assert time.process_time() - begins < 10
