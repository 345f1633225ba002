"""What code and data spell without saying it: escapes, literals put together, packed words, text turned round."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.screening.people import CARDS, ID_NUMBERS, MOBILES, id_number

from gongkai.core.errors import ReadError
from gongkai.core.screening import clean, screen
from gongkai.core.screening.formats.spelt import escapes, packed, put_together

_NUMBERS = ID_NUMBERS | MOBILES | CARDS
_KINDS = {"id_number", "phone", "bank_card"}
_PAGE = "<html><head><title>公告</title>{head}</head><body><p>关于某事的公告。</p>{body}</body></html>"


def kinds(text: str, name: str = "a.html") -> set[str]:
    return {finding.kind.value for finding in screen(text.encode(), name).findings if finding.verdict == "block"}


def holds(text: str, number: str, name: str = "a.html") -> bool:
    """Does what cleaning gives still spell the number? A file that cannot be cleaned gives nothing."""
    try:
        made = clean(text.encode(), name).data.decode()
    except ReadError as error:
        return error.code != "cannot-clean"
    return number in made or number in escapes(made) or number in put_together(made) or number in packed(made)


def _cut(number: str, quote: str, mark: str) -> str:
    return mark.join(f"{quote}{part}{quote}" for part in (number[:3], number[3:7], number[7:]))


SCRIPTS = {
    "plus": lambda n: f"var d={_cut(n, chr(34), '+')};",
    "plus in lines": lambda n: "var d=" + _cut(n, "'", " +\n  ") + ";",
    "join": lambda n: f"var d=[{_cut(n, chr(34), ', ')}].join('');",
    "codes": lambda n: f"document.write(String.fromCharCode({','.join(str(ord(c)) for c in n)}))",
    "packed": lambda n: f"x=atob('{base64.b64encode(n.encode()).decode()}')",
    "reversed": lambda n: f"x='{n[::-1]}'.split('').reverse().join('')",
    "hex": lambda n: "x='" + "".join(f"\\x{ord(c):02x}" for c in n) + "'",
    "braces": lambda n: "x='" + "".join(f"\\u{{{ord(c):x}}}" for c in n) + "'",
    "variables": lambda n: f"var a='{n[:6]}', b='{n[6:]}'; el.innerHTML=a+b;",
}


@given(_NUMBERS.filter(str.isdecimal), st.sampled_from(sorted(SCRIPTS)))
@settings(deadline=None)
def test_what_a_script_puts_together_is_found(number: str, way: str) -> None:
    text = _PAGE.format(head=f"<script>{SCRIPTS[way](number)}</script>", body="")
    assert kinds(text) & _KINDS
    assert not holds(text, number)


@given(_NUMBERS, st.sampled_from(["escaped", "beside"]))
@settings(deadline=None)
def test_what_a_style_sheet_shows_is_found(number: str, way: str) -> None:
    content = "".join(f"\\{ord(c):x} " for c in number) if way == "escaped" else f'{number[:5]}" "{number[5:]}'
    text = _PAGE.format(head=f'<style>p::after{{content:"{content}"}}</style>', body="")
    assert kinds(text) & _KINDS
    assert not holds(text, number)


@given(_NUMBERS, st.sampled_from(['<bdo dir="rtl">{}</bdo>', '<bdo dir="rtl"><b>{}</b></bdo>',
                                  '<span style="unicode-bidi:bidi-override; direction: rtl">{}</span>',
                                  '<span style="direction:rtl;unicode-bidi:isolate-override">{}</span>']))
@settings(deadline=None)
def test_text_that_a_page_turns_round_is_read_as_shown(number: str, shown: str) -> None:
    text = _PAGE.format(head="", body=f"<p>身份证或手机：{shown.format(number[::-1])}</p>")
    assert kinds(text) & _KINDS
    assert number[::-1] not in clean(text.encode(), "a.html").data.decode()


@given(_NUMBERS)
@settings(deadline=None)
def test_text_that_a_class_turns_round(number: str) -> None:
    style = "<style>.r, p.s { unicode-bidi: bidi-override; direction: rtl }</style>"
    text = _PAGE.format(head=style, body=f"<p class='a r'>{number[::-1]}</p>")
    assert kinds(text) & _KINDS
    assert number[::-1] not in clean(text.encode(), "a.html").data.decode()


@pytest.mark.parametrize("text", [
    '<a href="data:text/html,%31%33%38%31%32%33%34%35%36%37%38">附件</a>',
    '<img src="data:image/svg+xml;utf8,%3Csvg%3E%3Ctext%3E手机138%3C/text%3E12345678%3C/svg%3E">',
])
def test_files_in_addresses_that_are_not_packed(text: str) -> None:
    assert "phone" in kinds(_PAGE.format(head="", body=text))


@pytest.mark.parametrize("text", [
    "TEL;ENCODING=QUOTED-PRINTABLE:=31=33=38=31=32=33=34=35=36=37=38", "手机138<b>1234</b>5678",
    "手机138/*注*/12345678",
])
def test_plain_files_with_a_language_of_their_own(text: str) -> None:
    assert "phone" in kinds(f"公告\n{text}\n", "a.txt")


@given(_NUMBERS)
@settings(deadline=None)
def test_escapes_in_plain_files(number: str) -> None:
    for written in (
        "".join(f"\\u{ord(c):04x}" for c in number), "".join(f"\\x{ord(c):02x}" for c in number),
        "".join(f"%{ord(c):02X}" for c in number), "".join(f"&#{ord(c)};" for c in number),
        "".join(f"&#x{ord(c):x};" for c in number),
    ):
        text = f"第一行\n号码 {written}\n"
        assert kinds(text, "a.txt") & _KINDS, written
        assert not holds(text, number, "a.txt")


@given(_NUMBERS)
@settings(deadline=None)
def test_packed_words_in_plain_files_and_attributes(number: str) -> None:
    word = base64.b64encode(f"身份证号或手机{number}".encode()).decode()
    assert packed(f"x {word} y") == f"身份证号或手机{number}"
    assert kinds(f"备注：{word}。", "a.txt") & _KINDS
    assert kinds(_PAGE.format(head="", body=f'<p data-id="{word}">公告</p>')) & _KINDS
    assert not holds(f"备注：{word}。", number, "a.txt")


@given(_NUMBERS)
@settings(deadline=None)
def test_digits_as_codes(number: str) -> None:
    assert packed(f"x={number.encode().hex()};") == number
    assert kinds(f"备注 {number.encode().hex()}", "a.txt") & _KINDS


@given(_NUMBERS)
@settings(deadline=None)
def test_the_tip_of_a_link_in_a_text(number: str) -> None:
    assert kinds(f'[附件](a.docx "{number}")', "a.md") & _KINDS


def test_a_mark_in_the_values_of_a_page_or_a_text() -> None:
    facts = json.dumps({"author": "内部资料 注意保存"}, ensure_ascii=False)
    assert "secrecy_mark" in kinds(_PAGE.format(head=f'<script type="application/ld+json">{facts}</script>', body=""))
    query = "<!-- SELECT * FROM 名单 WHERE k='内部资料 注意保存' -->"
    assert "secrecy_mark" in kinds(_PAGE.format(head="", body=query))
    link = "<!-- HYPERLINK \"http://a.b/q?s=机密\" -->"
    assert "secrecy_mark" in kinds(_PAGE.format(head="", body=link))
    assert "secrecy_mark" in kinds("备注,绝密\n项目,一期\n", "a.csv")
    assert "secrecy_mark" not in kinds("项目,机密\n项目,秘密\n", "a.csv")
    assert "secrecy_mark" in kinds('[附件](a.docx "内部资料 注意保存")', "a.md")
    assert "secrecy_mark" in kinds('---\nowner: "机密★10年"\n---\n正文。', "a.md")
    long = "一、工作目标。" + "今年计划改造老旧小区三十六个，" * 4 + "总投资三亿元。份号：000154"
    assert "secrecy_mark" in kinds(long, "a.txt")


@pytest.mark.parametrize("text", [
    'var a="100"+"200"; b=["主动公开","依申请公开","不予公开"];', 'x="内部"+"审计"', "s=String.fromCharCode(65,66,67)",
    'v="1.2.3"+"-beta"; k=["2023","2024","2025"].join(",")', "t='2024-01-01'.split('-').reverse().join('/')",
    'p={"密级":["绝密","机密","秘密"]}', "u='https://a.b/x?y=%E5%85%AC%E5%BC%80'",
])
def test_ordinary_scripts_block_nothing(text: str) -> None:
    assert kinds(_PAGE.format(head=f"<script>{text}</script>", body="")) == set()


@given(st.text(max_size=400))
@settings(deadline=None)
def test_any_text_is_looked_through_without_error(text: str) -> None:
    assert isinstance(put_together(text, style=True, scattered=True) + packed(text), str)
    assert escapes("没有转义") == "没有转义"


def test_a_lone_number_of_six_digits_is_a_copy_number_only_at_the_top() -> None:
    lines = ["关于某事的公告", "各单位：", "现公告如下。", "第一条略。", "012345", "某局"]
    assert screen("\n".join(lines).encode(), "a.txt").findings == ()
    found = screen("\n".join(["012345", *lines[:4]]).encode(), "a.txt").findings
    assert [one.kind for one in found] == ["secrecy_mark"]


def test_packed_words_are_no_identifiers() -> None:
    assert packed("deadbeefdeadbeefdeadbeef 3301061980010112 AbCdEfGhIjKlMnOp/a/b") == ""
    assert id_number() not in packed(id_number())
