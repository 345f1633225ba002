"""Files made to hurt: each gets one sentence, or is read, in bounded time."""

from __future__ import annotations

import io
import re
import time
import zlib

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from tests.core.screening.pages.making import VISIBLE, Sheet, line

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats import rebuild, unpack

SECONDS = 20.0
VALUE = "110101199003078515"


def outcome(data: bytes) -> str:
    """The code of the refusal, or "read"."""
    started = time.monotonic()
    try:
        unpack(data, "a.pdf")
        code = sentence = "read"
    except ReadError as refused:
        code, sentence = refused.code, refused.message
    assert time.monotonic() - started < SECONDS
    assert sentence == "read" or re.fullmatch(r"[^\n]*[\u4e00-\u9fff][^\n]*[。]", sentence)
    return code


def bomb() -> bytes:
    sheet = Sheet()
    packed = zlib.compress(b" " * 60_000_000, 9)
    sheet.pages[0].Contents = pikepdf.Stream(sheet.pdf, packed, Filter=Name.FlateDecode)
    return sheet.bytes()


def double_bomb() -> bytes:
    sheet = Sheet()
    packed = zlib.compress(zlib.compress(b" " * 200_000_000, 9), 9)
    sheet.pages[0].Contents = pikepdf.Stream(
        sheet.pdf, packed, Filter=Array([Name.FlateDecode, Name.FlateDecode])
    )
    return sheet.bytes()


def picture_bomb() -> bytes:
    sheet = Sheet()
    picture = sheet.image()
    picture.Width = picture.Height = 100_000
    sheet.write("q 100 0 0 100 72 500 cm /I Do Q", XObject=Dictionary(I=picture))
    return sheet.bytes()


def forms_in_forms() -> bytes:
    """Every form draws the next one twenty times."""
    sheet = Sheet()
    inner = sheet.form(line("x"))
    for _ in range(6):
        outer = sheet.form("/X Do\n" * 20)
        outer.Resources.XObject = Dictionary(X=inner)
        inner = outer
    sheet.write("/X Do", XObject=Dictionary(X=inner))
    return sheet.bytes()


def form_draws_itself() -> bytes:
    sheet = Sheet()
    form = sheet.form("/X Do " + line("again"))
    form.Resources.XObject = Dictionary(X=form)
    sheet.write("/X Do", XObject=Dictionary(X=form))
    return sheet.bytes()


def page_tree_loop() -> bytes:
    sheet = Sheet()
    pages = sheet.pdf.Root.Pages
    pages.Kids.append(pages)
    return sheet.bytes()


def huge_count() -> bytes:
    sheet = Sheet()
    sheet.pdf.Root.Pages.Count = 2_000_000_000
    return sheet.bytes()


def many_pages() -> bytes:
    sheet = Sheet()
    for _ in range(600):
        sheet.pdf.add_blank_page(page_size=(100, 100))
    return sheet.bytes()


def outline_loop() -> bytes:
    sheet = Sheet()
    item = sheet.pdf.make_indirect(Dictionary(Title="a"))
    item.Next = item
    sheet.pdf.Root.Outlines = sheet.pdf.make_indirect(Dictionary(First=item, Last=item))
    return sheet.bytes()


def huge_page() -> bytes:
    sheet = Sheet()
    sheet.write(line("small")).MediaBox = Array([0, 0, 14400, 14400])
    return sheet.bytes()


def deep() -> bytes:
    return Sheet().bytes().replace(b"/Type /Catalog", b"/X " + b"[" * 5000 + b"]" * 5000 + b" /Type /Catalog", 1)


@pytest.mark.parametrize(("make", "expected"), [
    (bomb, {"content-too-large"}), (double_bomb, {"content-too-large"}), (picture_bomb, {"content-too-large"}),
    (forms_in_forms, {"content-too-large"}), (form_draws_itself, {"content-too-large"}),
    (page_tree_loop, {"read", "damaged"}),
    (huge_count, {"read", "damaged"}), (many_pages, {"too-many-pages"}), (outline_loop, {"read"}),
    (huge_page, {"read"}), (deep, {"read", "damaged"}),
], ids=lambda value: getattr(value, "__name__", ""))
def test_a_file_made_to_hurt_costs_little(make, expected):
    assert outcome(make()) in expected


def test_a_password_is_refused_and_an_owner_password_is_no_obstacle():
    sheet = Sheet()
    assert outcome(sheet.bytes(encryption=pikepdf.Encryption(owner="a", user="b", R=6))) == "encrypted"
    assert outcome(sheet.bytes(encryption=pikepdf.Encryption(owner="a", user="", R=4))) == "read"


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9, 0.97])
def test_a_file_cut_short_is_read_or_refused(share):
    data = VISIBLE["plain"](VALUE)
    assert outcome(data[:max(20, int(len(data) * share))]) in {"damaged", "read", "truncated"}


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_damage_anywhere_is_read_or_refused_and_cleaned_or_refused(data):
    held = bytearray(VISIBLE["in a form"](VALUE))
    for _ in range(data.draw(st.integers(1, 6))):
        held[data.draw(st.integers(9, len(held) - 1))] = data.draw(st.integers(0, 255))
    if outcome(bytes(held)) == "read":
        try:
            made = rebuild(bytes(held), "a.pdf", lambda text: text.replace(VALUE, "*" * 18)).data
        except ReadError:
            return
        assert VALUE.encode() not in made


def test_the_same_drawing_on_many_pages_is_read_in_time():
    sheet = Sheet()
    for number in range(120):
        sheet.page(line(f"page {number}"))
    assert outcome(sheet.bytes()) == "read"


def test_a_stream_that_lies_about_its_length_is_read():
    into = io.BytesIO(VISIBLE["plain"](VALUE))
    data = re.sub(rb"/Length \d+", b"/Length 99999999", into.getvalue())
    assert outcome(data) in {"read", "damaged"}
