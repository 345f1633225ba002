"""What the sweep has looked at once it need not look at again, and still misses nothing."""

from __future__ import annotations

from lxml import etree
from tests.core.screening.office.making import VALUE, id_number

from gongkai.core.screening.formats.ooxml.sweep import namespaces, sweep

SPELT = "".join(f"%{ord(letter):X}" for letter in VALUE)


def told(xml: str) -> list[str]:
    return [piece.text for piece in sweep(etree.fromstring(xml), "a.xml")]


def test_a_value_is_given_once_however_often_it_stands() -> None:
    inner = f'<b n="{VALUE}">{VALUE}</b>' * 3 + f'<c n="harmless"/><c n="harmless" m="{VALUE}"/>'
    assert told(f"<a>{inner}</a>") == [VALUE]


def test_a_text_that_tells_nothing_tells_it_as_an_address() -> None:
    """The same letters are looked at as a text, and as an attribute, where they may be quoted."""
    assert told(f"<a>{SPELT}</a>") == []
    assert told(f'<a>{SPELT}<b n="{SPELT}"/>{SPELT}</a>') == [f"{SPELT} {VALUE}"]
    assert told(f'<a><b n="{SPELT}"/>{SPELT}</a>') == [f"{SPELT} {VALUE}"]


def test_an_attribute_that_only_says_how_things_look_hides_no_other_of_the_same_value() -> None:
    assert told(f'<a><b typeface="{VALUE}"/><b n="{VALUE}"/></a>') == [VALUE]
    assert told(f'<a><b typeface="{VALUE}"/></a>') == []


def test_a_namespace_is_told_wherever_it_is_declared() -> None:
    root = f'<a xmlns:x="http://own/plain"><b xmlns:x="http://own/{VALUE}"><x:c/></b><d xmlns="http://own/{id_number(5)}"/></a>'
    found = {piece.text for piece in namespaces(etree.fromstring(root), "a.xml")}
    assert found == {f"http://own/{VALUE}", f"http://own/{id_number(5)}"}
