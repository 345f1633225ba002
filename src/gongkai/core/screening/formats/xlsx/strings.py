"""The strings of a rebuilt workbook: each text once, rich text with its visible runs."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from gongkai.core.screening.formats.ooxml.names import OWN, SPACE, S, local
from gongkai.core.screening.formats.ooxml.putback import Mask, Stretch, put_back
from gongkai.core.screening.formats.xlsx import run_is_hidden

_SAFE_RUN = frozenset({
    "rFont", "charset", "family", "b", "i", "strike", "outline", "shadow", "condense", "extend", "color", "sz", "u",
    "vertAlign", "scheme",
})


class Strings:
    """Numbers for texts, and at the end the part."""

    def __init__(self, mask: Mask) -> None:
        self._mask = mask
        self._numbers: dict[bytes, int] = {}
        self._uses: list[int] = []

    def plain(self, text: str) -> int:
        """The number of a text as it is."""
        item = etree.Element(f"{S}si", nsmap=OWN)
        element = etree.SubElement(item, f"{S}t")
        element.text = text
        if text != text.strip():
            element.set(SPACE, "preserve")
        return self._number(item)

    def rich(self, source: etree._Element, behind: str) -> int:
        """The number of a string of the old file, without hidden runs, masked."""
        item = etree.Element(f"{S}si", nsmap=OWN)
        for child in source:
            if local(child.tag) == "t" or (local(child.tag) == "r" and not run_is_hidden(child, behind)):
                item.append(deepcopy(child))
        for run in item.iter(f"{S}rPr"):
            for each in [each for each in run if local(each.tag) not in _SAFE_RUN]:
                run.remove(each)
        put_back([Stretch(element.text or "", element) for element in item.iter(f"{S}t")], self._mask)
        if not len(item):
            etree.SubElement(item, f"{S}t")
        return self._number(item)

    def _number(self, item: etree._Element) -> int:
        etree.cleanup_namespaces(item)
        number = self._numbers.setdefault(etree.tostring(item), len(self._numbers))
        if number == len(self._uses):
            self._uses.append(0)
        self._uses[number] += 1
        return number

    def release(self, number: int) -> None:
        """A cell took another text: what no cell uses any more is not written."""
        self._uses[number] -= 1

    def part(self) -> bytes:
        """The shared strings. One that is used no more stays as an empty item, so that the numbers hold."""
        head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="' + S[1:-1].encode() + b'">'
        items = (item if self._uses[number] else b"<si><t/></si>" for item, number in self._numbers.items())
        return head + b"".join(items) + b"</sst>"
