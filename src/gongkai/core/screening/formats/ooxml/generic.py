"""What every kept part goes through at the end: names of known namespaces only, masked texts, masked attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.core.screening.formats.ooxml.names import DGM, A, C, R, local
from gongkai.core.screening.formats.ooxml.putback import Mask, Stretch, put_back
from gongkai.core.screening.formats.ooxml.sweep import telling

_IDENTITY = frozenset({
    "descr", "title", "alt", "href", "tooltip", "tgtFrame", "history", "macro", "textlink", "userId",
})
_MARKS = frozenset({"Ignorable", "conformance"})
_NUMBERED = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_ID_SHAPE = re.compile(r"[1-8]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{4}")
_LONG = 16
_LARGE, _HUGE = 1e5, 1e20
BASE = frozenset({A, C, DGM, R})


def only_known(root: etree._Element, known: frozenset[str]) -> None:
    """Drop elements and attributes of other namespaces, extension lists, alternative texts and edit marks."""
    dropped: dict[str, bool] = {}  # names of attributes: few, and each a thousand times
    for element in list(root.iter()):
        tag = element.tag
        parent = element.getparent()
        extension = local(tag) == "extLst" or (local(tag) == "ext" and element.get("uri"))
        if not isinstance(tag, str) or tag.rpartition("}")[0] + "}" not in known or extension:
            if parent is not None:
                parent.remove(element)
            continue
        for name in list(element.attrib):
            spelt = str(name)
            if spelt not in dropped:
                space, _, leaf = spelt.rpartition("}")
                foreign = bool(space) and f"{space}}}" not in known and space != "{http://www.w3.org/XML/1998/namespace"
                dropped[spelt] = foreign or leaf.startswith("rsid") or leaf in _IDENTITY or leaf in _MARKS
            if dropped[spelt]:
                del element.attrib[name]
    etree.cleanup_namespaces(root)


def rename_objects(root: etree._Element) -> None:
    """Names of drawings are free text ("身份证扫描件.jpg"): they are numbered."""
    for number, element in enumerate(e for e in root.iter() if local(e.tag) in {"docPr", "cNvPr"}):
        element.set("name", f"对象{number + 1}")
        for link in [child for child in element if local(child.tag) in {"hlinkClick", "hlinkHover"}]:
            element.remove(link)


def mask_drawn(root: etree._Element, mask: Mask) -> None:
    """Paragraphs of drawings (a:p) and values of charts (c:v)."""
    for paragraph in root.iter(f"{A}p"):
        put_back(list(drawn(paragraph)), mask)
    for value in root.iter(f"{C}v", f"{C}f"):
        masked = masked_value(value.text or "", mask)
        if masked is not None:
            value.text = masked


def drawn(paragraph: etree._Element) -> Iterator[Stretch]:
    """The stretches of a paragraph of DrawingML."""
    for element in paragraph.iter(f"{A}t", f"{A}br", f"{A}tab"):
        if element.tag == f"{A}t":
            yield Stretch(element.text or "", element)
        else:
            yield Stretch("\n", None)


def masked_value(text: str, mask: Mask) -> str | None:
    """The masked form of a value, 0 for a number that is personal; None when it may stay as it is."""
    if not text:
        return None
    if _NUMBERED.fullmatch(text):
        return "0" if personal_number(text, mask) else None
    masked = mask(text)
    return masked if masked != text else None


def digits_of(text: str) -> str:
    """The whole digits of a stored number, 1.10101199001011E+17 written out; empty for those with nine and fewer."""
    try:
        number = float(text)
    except ValueError:
        return ""
    if number < 1e9 or number >= 1e20:
        return ""
    if number != int(number):
        return ""  # no number of a person has a fraction
    return text if text.isdigit() else str(int(number)) if "e" not in text.lower() else _exact(text)


def shown(text: str) -> str:
    """A stored number as it is given to the detectors: a large fraction with two decimals, as an amount.

    13580246.801 is an amount and not a telephone number with a dot in it.
    """
    if digits := digits_of(text):
        return digits
    try:
        number = float(text)
    except ValueError:
        return text
    return f"{number:.2f}" if _LARGE <= abs(number) < _HUGE and number != int(number) else text


def _exact(text: str) -> str:
    mantissa, _, power = text.lower().partition("e")
    whole, _, fraction = mantissa.partition(".")
    places = int(power)
    if places < len(fraction):
        return str(int(float(text)))
    return whole + fraction + "0" * (places - len(fraction))


def personal_number(text: str, mask: Mask) -> bool:
    """Would the digits of this number be masked?

    A program that stores an ID as a number keeps its first fifteen to seventeen digits: no check digit fits, and the
    birth date is still there. Statistics have no whole numbers of sixteen digits but round ones.
    """
    digits = digits_of(text)
    if len(digits) >= _LONG and not digits.endswith("000000"):
        return True
    return bool(digits) and (mask(digits) != digits or bool(_ID_SHAPE.fullmatch(digits)))


def mask_rest(root: etree._Element, mask: Mask, done: set[etree._Element] | None = None) -> None:
    """Every attribute and text that could tell something. The last net below all others."""
    for element in root.iter():
        for name, value in list(element.attrib.items()):
            if telling(str(value)) and (masked := mask(str(value))) != value:
                element.set(name, masked)
        if element.text and (done is None or element not in done) and telling(element.text):
            masked = mask(element.text)
            if masked != element.text:
                element.text = masked
