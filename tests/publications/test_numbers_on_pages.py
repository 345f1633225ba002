"""Numbers of documents on pages: they break at one place, and what a stranger wrote in them is escaped."""

from __future__ import annotations

import re

from gongkai.publications.templatetags.publishing import document_number, index_number


def told(drawn: str) -> str:
    return re.sub(r"<[^>]*>", "", drawn)


def test_an_index_number_breaks_behind_its_slash():
    drawn = index_number("110000000000000022/2026-00018")
    assert drawn == '110000000000000022/<wbr><span class="nowrap">2026-00018</span>'
    assert told(drawn) == "110000000000000022/2026-00018"
    assert index_number("") == index_number(None) == ""
    assert index_number("无斜线") == "无斜线"


def test_a_document_number_breaks_before_its_year():
    drawn = document_number("青自然资规〔2026〕2号")
    assert drawn == '青自然资规<wbr><span class="nowrap">〔2026〕2号</span>'
    assert told(drawn) == "青自然资规〔2026〕2号"
    assert document_number("") == document_number(None) == ""
    assert document_number("第7号令") == "第7号令"


def test_both_are_escaped():
    assert "<script>" not in index_number("<script>/<b>") + document_number("<script>〔<b>")
