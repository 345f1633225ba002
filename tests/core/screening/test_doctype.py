"""Values in the document type of XML and of pages: read as hidden text, never expanded, gone after cleaning."""

from __future__ import annotations

import time

import pytest

from gongkai.core.screening import clean, screen
from gongkai.core.screening.formats import unpack

_MOBILE = "13845628799"
_PLACES = {
    "entity": f'<!ENTITY who "{_MOBILE}">',
    "entity in single quotes": f"<!ENTITY who '{_MOBILE}'>",
    "entity with a bracket": f'<!ENTITY a "]>"><!ENTITY who "{_MOBILE}">',
    "characters by number": f'<!ENTITY who "{"".join(f"&#{ord(digit)};" for digit in _MOBILE)}">',
    "comment": f"<!-- it's {_MOBILE} -->",
}


@pytest.mark.parametrize("place", _PLACES)
@pytest.mark.parametrize(("head", "root", "name"), [
    ("<?xml version='1.0' encoding='UTF-8'?>", "r", "a.xml"), ("", "svg", "a.svg"), ("", "html", "a.html"),
])
def test_what_stands_in_the_document_type_is_read(place: str, head: str, root: str, name: str) -> None:
    data = f"{head}<!DOCTYPE {root} [{_PLACES[place]}]><{root}><p>通知</p></{root}>".encode()
    screened = screen(data, name)
    assert ("phone", "block", True) in {(one.kind, one.verdict, one.hidden) for one in screened.findings}
    assert _MOBILE not in clean(data, name).data.decode()


def test_an_ordinary_document_type_says_nothing() -> None:
    head = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">'
    assert unpack(f"{head}<html><body><p>通知[1]>通知</p></body></html>".encode(), "a.html").findings == ()


def test_a_document_type_without_end_takes_no_time() -> None:
    began = time.process_time()
    unpack(("<!DOCTYPE r [" + '<!-- "' * 20_000 + "<p>通知</p>").encode(), "a.xml")
    assert time.process_time() - began < 5
