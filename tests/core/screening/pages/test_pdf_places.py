"""A value in every place where a PDF can hold one is found there, and is gone after cleaning."""

from __future__ import annotations

import re

import pytest
from tests.core.screening.pages.leaks import leaks
from tests.core.screening.pages.making import HIDDEN, INVISIBLE, OPEN_TEXT, VISIBLE

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats import rebuild, unpack

VALUE = "110101199003078515"
UNSEEN_BY_THE_MEASURE = (
    "glyphs in another order", "broken in a cell", "broken in the middle of a row", "over a page break",
    "owner password", "pdf in pdf", "encoded link",
)


def mask(text: str) -> str:
    """A number of eighteen digits, also with white space between them."""
    return re.sub(r"\d(?:\s*\d){17}", lambda found: re.sub(r"\d", "*", found.group()), text)


def compact(text: str) -> str:
    return re.sub(r"\s", "", text)


def holding(data: bytes) -> list:
    return [piece for piece in unpack(data, "a.pdf").pieces if VALUE in compact(piece.text)]


@pytest.mark.parametrize("place", VISIBLE)
def test_what_is_seen_is_found_on_its_page(place):
    found = [piece for piece in holding(VISIBLE[place](VALUE)) if not piece.hidden]
    assert found
    assert all(piece.where.startswith("第1页") for piece in found)


@pytest.mark.parametrize("place", INVISIBLE)
def test_what_cannot_be_seen_is_found_and_said_to_be_hidden(place):
    data = INVISIBLE[place](VALUE)
    found = holding(data)
    assert found
    assert all(piece.hidden and piece.why and piece.where == "第1页" for piece in found)
    told = unpack(data, "a").findings
    assert any(finding.kind == "hidden_content" and finding.where == "第1页不可见的文字" for finding in told)


@pytest.mark.parametrize("place", HIDDEN)
def test_what_stands_beside_the_pages_is_found_in_its_place(place):
    make, where = HIDDEN[place]
    found = holding(make(VALUE))
    assert found
    assert all(piece.hidden for piece in found)
    assert any(where in piece.where for piece in found), [piece.where for piece in found]


@pytest.mark.parametrize("place", [*VISIBLE, *INVISIBLE, *(place for place in HIDDEN if place != "pattern")])
def test_cleaning_leaves_nothing_of_it(place):
    make = VISIBLE.get(place) or INVISIBLE.get(place) or HIDDEN[place][0]
    made = rebuild(make(VALUE), "a.pdf", mask)
    assert leaks(make(VALUE), VALUE) or place in UNSEEN_BY_THE_MEASURE
    assert leaks(made.data, VALUE) == []
    assert holding(made.data) == []
    assert not any(piece.hidden for piece in unpack(made.data, "a.pdf").pieces)
    if place in HIDDEN and place not in {"name of a font", "letters for pixels"}:  # such a page becomes a picture
        assert any(compact(OPEN_TEXT) in compact(piece.text) for piece in unpack(made.data, "a.pdf").pieces)


def test_what_a_pattern_shows_cannot_be_covered_and_is_refused():
    with pytest.raises(ReadError) as refused:
        rebuild(HIDDEN["pattern"][0](VALUE), "a.pdf", mask)
    assert refused.value.code == "cannot-clean"
    assert rebuild(HIDDEN["pattern"][0]("nothing of note"), "a.pdf", mask).notes == ()
