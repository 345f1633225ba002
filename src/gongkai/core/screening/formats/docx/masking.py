"""Personal data in the visible text of a Word document, masked over the borders of runs, paragraphs and boxes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gongkai.core.screening.formats.docx.story import blocks, is_turned
from gongkai.core.screening.formats.docx.ticks import symbol
from gongkai.core.screening.formats.ooxml.joins import cut_cells, cut_paragraphs
from gongkai.core.screening.formats.ooxml.names import M, W
from gongkai.core.screening.formats.ooxml.putback import Mask, Stretch, put_back
from gongkai.core.screening.personal.view import TURN, TURN_END

_BREAKS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_TEXTS = frozenset({f"{W}t", f"{M}t"})


def mask_cut(root: etree._Element, mask: Mask) -> None:
    """Before hidden runs are taken out: of a number that begins in the open and ends in hiding nothing may stay."""
    for paragraph in root.iter(f"{W}p"):
        stretches = list(_stretches(paragraph))
        if any(character.isdigit() for stretch in stretches for character in stretch.text):
            put_back(stretches, mask)


def mask_story(root: etree._Element, mask: Mask) -> None:
    """All paragraphs below `root`: alone, as cells, and where a number runs over a border."""
    _spell_symbols(root)
    for paragraph in root.iter(f"{W}p"):
        put_back(list(_stretches(paragraph)), mask)
    for cell in root.iter(f"{W}tc"):
        put_back(_joined(list(cell.iterchildren(f"{W}p")), "\n"), mask)
    for row in root.iter(f"{W}tr"):
        cells = [list(cell.iterchildren(f"{W}p")) for cell in row.iterchildren(f"{W}tc")]
        texts = ["\n".join(_text(paragraph) for paragraph in paragraphs) for paragraphs in cells]
        for start, end in cut_cells(texts):
            put_back(_joined([p for paragraphs in cells[start:end] for p in paragraphs], ""), mask)
    for holder in {p.getparent() for p in root.iter(f"{W}p")}:
        paragraphs = [block for block in blocks(holder) if block.tag == f"{W}p"] if holder is not None else []
        for start, end in cut_paragraphs([_text(paragraph) for paragraph in paragraphs]):
            put_back(_joined(paragraphs[start:end], ""), mask)
    for element in root.iter(f"{W}instrText"):
        if element.text and mask(element.text) != element.text:
            element.text = ""


def _joined(paragraphs: list[etree._Element], between: str) -> list[Stretch]:
    stretches: list[Stretch] = []
    for paragraph in paragraphs:
        if stretches and between:
            stretches.append(Stretch(between, None))
        stretches += _stretches(paragraph)
    return stretches


def _text(paragraph: etree._Element) -> str:
    return "".join(stretch.text for stretch in _stretches(paragraph))


def _stretches(paragraph: etree._Element) -> Iterator[Stretch]:
    """The texts of one paragraph, without those of text boxes that hang on it."""
    for child in paragraph:
        if child.tag in _TEXTS:
            yield Stretch(child.text or "", child)
        elif child.tag in _BREAKS:
            yield Stretch(_BREAKS[str(child.tag)], None)
        elif is_turned(child):
            yield Stretch(TURN, None)
            yield from _stretches(child)
            yield Stretch(TURN_END, None)
        elif child.tag not in {f"{W}p", f"{W}pPr", f"{W}rPr", f"{W}drawing", f"{W}pict", f"{W}object"}:
            yield from _stretches(child)


def _spell_symbols(root: etree._Element) -> None:
    """Digits set as symbols become digits, so that they can be masked with their neighbours."""
    for element in list(root.iter(f"{W}sym")):
        character = symbol(element)
        if character.isascii() and character.isdigit():
            element.tag = f"{W}t"
            element.attrib.clear()
            element.text = character
