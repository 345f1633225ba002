"""Names from outside are safe to show, to save and to offer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.files.names import LONGEST, safe


@pytest.mark.parametrize(("given_name", "kept"), [
    ("年报.docx", "年报.docx"), ("C:\\文件\\年报.docx", "年报.docx"), ("../../etc/passwd", "passwd"),
    ("年报\u202excod.exe", "年报xcod.exe"), ("a\x00b\nc.txt", "abc.txt"), ("", "文件"), ("...", "文件"),
    ("CON.txt", "文件_CON.txt"), ('"a"<b>|c?*.pdf', "abc.pdf"),
])
def test_known_names(given_name, kept):
    assert safe(given_name) == kept


def test_a_long_name_keeps_its_ending():
    assert safe("长" * 300 + ".docx").endswith("长.docx")


@given(st.text(max_size=400))
def test_whatever_comes_the_name_is_safe(name):
    made = safe(name)
    assert 0 < len(made) <= LONGEST
    assert not set(made) & set('/\\<>:"|?*\x00\n\r\t')
    assert not made.startswith(".")
    assert made.isprintable() or all(not c.isspace() or c in "\u3000\xa0 " or ord(c) > 127 for c in made)
    assert safe(made) == made
    made.encode("utf-8")
