"""Plain text, CSV, web pages and mail: every hiding place is found, and nothing of it is left in the cleaned file."""

from __future__ import annotations

import base64
import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.screening.people import card, id_number

from gongkai.core.errors import ReadError
from gongkai.core.screening import clean, screen
from gongkai.core.screening.formats import MAX_DEPTH, kind_of, nested, unpack
from gongkai.core.screening.model import Verdict

ID, MOBILE, CARD = id_number(), "13912345678", card()
HEAD = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>公告</title>'


def page(body: str = "", head: str = "") -> bytes:
    return f"{HEAD}{head}</head><body><p>正文一段。</p>{body}<p>落款。</p></body></html>".encode()


PLACES = {
    "comment": (page(f"<!-- 联系张三 {ID} -->"), "网页注释 1"),
    "comment before": (b"<!-- " + ID.encode() + b" -->" + page(), "网页注释 1"),
    "comment behind": (page() + f"<!--{ID}-->".encode(), "网页注释 1"),
    "conditional": (page(f"<!--[if gte mso 9]><xml>{ID}</xml><![endif]-->"), "网页注释 1"),
    "meta": (page(head=f'<meta name="author" content="张三 {ID}">'), "元数据 1"),
    "script": (page(f'<script>var person = "{ID}";</script>'), "脚本 1"),
    "escapes in script": (page(f"<script>x='{''.join(f'{chr(92)}u{ord(c):04x}' for c in ID)}'</script>"), "脚本 1"),
    "json in script": (page(head=f'<script type="application/ld+json">{{"id": "{ID}"}}</script>'), "脚本 1"),
    "style": (page(head=f"<style>/* {ID} */ p {{}}</style>"), "样式 1"),
    "display none": (page(f'<div style="display: none">张三<b>{ID[:5]}</b>{ID[5:]}</div>'), "看不见的文字 1"),
    "hidden": (page(f"<p hidden>{ID}</p>"), "看不见的文字 1"),
    "class": (page(f'<p class="big x">{ID}</p>', "<style>.x{color:red;display:none}</style>"), "看不见的文字 1"),
    "identifier": (page(f'<p id="y">{ID}</p>', "<style>a, #y{visibility:hidden}</style>"), "看不见的文字 1"),
    "white": (page(f'<span style="color:#FFFFFF">{ID}</span>'), "看不见的文字 1"),
    "white font": (page(f'<font color="white">{ID}</font>'), "看不见的文字 1"),
    "tiny": (page(f'<span style="font-size:1px">{ID}</span>'), "看不见的文字 1"),
    "transparent": (page(f'<span style="opacity:0">{ID}</span>'), "看不见的文字 1"),
    "aside": (page(f'<span style="position:absolute;left:-9999px">{ID}</span>'), "看不见的文字 1"),
    "template": (page(f"<template><p>{ID}</p></template>"), "看不见的文字 1"),
    "noscript": (page(f"<noscript>{ID}</noscript>"), "看不见的文字 1"),
    "data attribute": (page(f'<p data-person="{ID}">张三</p>'), "属性 data-person 1"),
    "alt": (page(f'<img src="a.png" alt="张三 {ID}">'), "属性 alt 1"),
    "title attribute": (page(f'<p title="{ID}">张三</p>'), "属性 title 1"),
    "input": (page(f'<input type="hidden" name="a" value="{ID}">'), "属性 value 1"),
    "handler": (page(f"<p onclick=\"show('{ID}')\">张三</p>"), "属性 onclick 1"),
    "link": (page(f'<a href="https://x.gov.cn/q?id={ID}">看</a>'), "属性 href 1"),
    "escaped link": (page(f'<a href="/q?id=%33{ID[1:]}">看</a>'), "属性 href 1"),
    "telephone link": (page(f'<a href="tel:+86{MOBILE}">打电话</a>'), "属性 href 1"),
    "mail link": (page('<a href="mailto:zhangsan@qq.com">写信</a>'), "属性 href 1"),
    "data": (page(f'<embed src="data:text/plain;base64,{base64.b64encode(ID.encode()).decode()}">'),
             "内嵌的文件 1 › 第1行"),
    "entities": (page("<p>" + "".join(f"&#{ord(digit)};" for digit in ID) + "</p>"), "正文第2段"),
    "tags between": (page("<p>" + "".join(f"<i>{digit}</i>" for digit in ID) + "</p>"), "正文第2段"),
    "cell": (page(f"<table><tr><td>张三</td><td>{ID}</td></tr></table>"), "表格1 第1行第2列"),
}


@pytest.mark.parametrize("place", sorted(PLACES))
def test_every_place_of_a_page_is_found_and_cleaned(place: str) -> None:
    data, where = PLACES[place]
    found = screen(data, "公告.html")
    assert found.verdict == "block"
    assert where in [finding.where for finding in found.findings if finding.verdict == "block"]
    made = clean(data, "公告.html")
    for value in (ID, MOBILE, "zhangsan"):
        assert value.encode() not in made.data
    assert "正文一段。" in made.data.decode()
    assert screen(made.data, made.name).verdict == "pass"
    assert made.removed


def test_an_ordinary_page_is_not_blocked() -> None:
    menu = '<ul class="menu"><li><a href="/ysqgk/">依申请公开</a></li><li><a href="/zn/">公开指南</a></li></ul>'
    foot = '<footer>主办：青澜县人民政府 联系电话：0571-87654321 邮箱：xxgk@ql.gov.cn 备案号13001234</footer>'
    head = '<meta name="ColumnName" content="依申请公开"><script>_hmt.push(["id", 1672531200000])</script>'
    found = screen(page(menu + foot, head), "index.html")
    assert found.verdict == "warn"
    assert "依申请公开" in found.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["名单.txt", "名单.csv"])
def test_text_in_every_encoding(encoding: str, name: str) -> None:
    text = f"姓名,身份证号,手机\r\n钱大勇,{ID},{MOBILE}\r\n孙丽,{id_number(order=201)},13812345678\r\n"
    data = text.encode(encoding)
    found = screen(data, name)
    assert found.verdict == "block"
    assert {finding.kind.value for finding in found.findings} == {"id_number", "phone", "name_list"}
    assert "第2行第2列" in [finding.where for finding in found.findings]
    made = clean(data, name)
    assert "钱大勇,33*************" in made.data.decode("utf-8-sig")
    assert ID not in made.data.decode("utf-8-sig")
    assert screen(made.data, name).verdict == "pass"


def test_a_line_break_in_a_number_and_characters_written_as_numbers() -> None:
    assert screen(f"证号\n{ID[:10]}\n{ID[10:]}\n".encode(), "a.txt").verdict == "block"
    assert ID[:10].encode() not in clean(f"证号\n{ID[:10]}\n{ID[10:]}\n".encode(), "a.txt").data
    escaped = "".join(f"\\u{ord(digit):04x}" for digit in ID)
    assert screen(f'{{"id": "{escaped}"}}'.encode(), "a.json").verdict == "block"
    with pytest.raises(ReadError) as refused:
        clean(f'{{"id": "{escaped}"}}'.encode(), "a.json")
    assert refused.value.code == "cannot-clean"


def mail(body: str, **headers: str) -> bytes:
    lines = {"From": "office@ql.gov.cn", "To": "all@ql.gov.cn", "Subject": "Notice", "MIME-Version": "1.0",
             "Content-Type": "text/plain; charset=utf-8"}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    return ("".join(f"{name}: {value}\r\n" for name, value in lines.items()) + "\r\n" + body).encode()


def test_mail_is_screened_in_headers_bodies_and_attachments() -> None:
    assert screen(mail("会议通知"), "a.eml").verdict == "warn"
    assert screen(mail("会议通知", Cc="zhangsan@qq.com"), "a.eml").verdict == "block"
    coded = f"=?utf-8?B?{base64.b64encode(f'张三{ID}'.encode()).decode()}?="
    assert screen(mail("会议通知", X_Note=coded), "a.eml").verdict == "block"
    encoded = base64.encodebytes(f"张三 {ID}".encode()).decode()
    parts = (f"前言 {MOBILE}\r\n--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b\r\n"
             "Content-Type: application/octet-stream; name=a.txt\r\nContent-Disposition: attachment; filename=a.txt\r\n"
             f"Content-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n--b--\r\n")
    found = screen(mail(parts, Content_Type="multipart/mixed; boundary=b"), "a.eml")
    places = [finding.where for finding in found.findings if finding.verdict == "block"]
    assert places == ["邮件分段之前", "附件“a.txt” › 第1行"]
    with pytest.raises(ReadError, match="不能自动清理"):
        clean(mail("会议通知"), "a.eml")


def test_xml_that_is_no_page_is_screened_whole() -> None:
    data = f'<?xml version="1.0"?><a:root xmlns:a="u"><b x="{ID}">一</b><!-- {MOBILE} --></a:root>'.encode()
    found = screen(data, "a.xml")
    assert [finding.kind.value for finding in found.findings if finding.verdict == "block"] == ["id_number", "phone"]
    with pytest.raises(ReadError):
        clean(data, "a.xml")


@pytest.mark.parametrize(("data", "code"), [
    (b"", "empty-file"), (b"Rar!\x1a\x07\x00abc", "archive"), (b"{\\rtf1 abc", "damaged"),
    (bytes(range(256)) * 40, "unknown-format"), (b"PK\x03\x04" + b"x" * 40, "truncated"),
    ("一二三".encode() + b"\xff\xfe\xff\x81\x20\xff" * 3, "unknown-encoding"),
])
def test_what_cannot_be_read_for_certain_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as refused:
        screen(data, "a.bin")
    assert refused.value.code == code
    assert refused.value.message.endswith("。")


@settings(deadline=None)  # the first picture loads its library
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(ReadError):
        assert screen(data, "a").verdict in {"pass", "warn", "block"}


def test_the_kind_is_found_by_content() -> None:
    assert kind_of(page(), "a.doc") == "html"
    assert kind_of("<p>通知</p>".encode("utf-16"), "a.xls") == "html"
    assert kind_of(mail("x"), "a.txt") == "mail"
    assert kind_of("普通文字".encode("gb18030")) == "text"
    assert kind_of(b"%PDF-1.7\n") == "pdf"
    assert kind_of(b"\x89PNG\r\n\x1a\n") == "image"


def test_files_in_files_end_somewhere() -> None:
    with pytest.raises(ReadError) as refused:
        unpack(b"text", "a.txt", depth=MAX_DEPTH + 1)
    assert refused.value.code == "too-deep"
    inner = nested(b"", "a.txt", depth=0, prefix="附件“a.txt”")
    assert [(finding.where, finding.verdict.value) for finding in inner.findings] == [("附件“a.txt”", "block")]


def test_an_instruction_in_xml_and_an_escaped_attribute_of_a_page() -> None:
    home = "家庭住址青澜市清风镇小河村12组93号"
    own = f'<?xml version="1.0" encoding="UTF-8"?><doc><t>通知</t><?memo {home}?></doc>'
    assert "address" in {finding.kind.value for finding in screen(own.encode(), "a.xml").findings}
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in home)
    data = page(f"<div data-row='{{\"bz\": \"{escaped}\"}}'>行</div>")
    assert "address" in {finding.kind.value for finding in screen(data, "a.html").findings}


@pytest.mark.parametrize("name", ["run.exe", "通知.docx.JS", "打开.lnk", "a.hta"])
def test_a_name_that_runs_when_it_is_opened_is_refused(name: str) -> None:
    with pytest.raises(ReadError) as refused:
        screen("关于开展检查的通知".encode(), name)
    assert refused.value.code == "program"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, "关于开展检查的通知")
    assert screen(packed.getvalue(), "附件.zip").verdict is Verdict.BLOCK


def test_a_name_that_only_contains_such_letters_is_read() -> None:
    assert screen("关于开展检查的通知".encode(), "关于.exe文件的说明.txt").verdict is Verdict.PASS
