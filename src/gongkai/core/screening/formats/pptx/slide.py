"""The text of one slide, shape by shape, table cell by table cell."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gongkai.core.screening.formats.ooxml.generic import drawn
from gongkai.core.screening.formats.ooxml.joins import cut_cells, cut_paragraphs
from gongkai.core.screening.formats.ooxml.names import A, P, local
from gongkai.core.screening.formats.ooxml.props import TINY, UNSEEN_SHAPE
from gongkai.core.screening.model import Piece

_TINY = 200  # hundredths of a point
_ON = frozenset({"1", "true", "on"})
_OBJECTS = frozenset({"sp", "pic", "graphicFrame", "grpSp", "cxnSp"})


def read(root: etree._Element, where: str, why: str, taken: set[etree._Element]) -> Iterator[Piece]:
    """Pieces of a slide, a layout, a master or notes. `why` hides all of it."""
    for number, frame in enumerate(root.iter(f"{A}tbl"), 1):
        table = f"{where} 表格{number}"
        for at, row in enumerate(frame.iterfind(f"{A}tr"), 1):
            texts = []
            for column, cell in enumerate(row.iterfind(f"{A}tc"), 1):
                text = "\n".join(_text(paragraph, taken) for paragraph in cell.iter(f"{A}p"))
                texts.append(text)
                if text.strip():
                    yield Piece(text, f"{table} 第{at}行第{column}列", bool(why), why, at, table)
            for start, end in cut_cells(texts):
                joined = "".join(text.strip() for text in texts[start:end])
                yield Piece(joined, f"{table} 第{at}行第{start + 1}—{end}列", bool(why), why)
    for body in root.iter(f"{P}txBody"):
        hidden = why or (UNSEEN_SHAPE if shape_is_hidden(body) else "")
        lines = []
        for paragraph in body.iter(f"{A}p"):
            small = [run for run in paragraph.iter(f"{A}r") if run_is_tiny(run)]
            tiny = "".join(text.text or "" for run in small for text in run.iter(f"{A}t"))
            lines.append(_text(paragraph, taken))
            if tiny.strip() and not hidden:
                yield Piece(tiny, where, hidden=True, why=TINY)
        if text := "\n".join(lines).strip():
            yield Piece(text, where, bool(hidden), hidden)
        for start, end in cut_paragraphs(lines):
            yield Piece("".join(line.strip() for line in lines[start:end]), where, bool(hidden), hidden)


def _text(paragraph: etree._Element, taken: set[etree._Element]) -> str:
    stretches = list(drawn(paragraph))
    taken.update(stretch.element for stretch in stretches if stretch.element is not None)
    return "".join(stretch.text for stretch in stretches)


def run_is_tiny(run: etree._Element) -> bool:
    """Too small to read."""
    size = run.find(f"{A}rPr")
    value = size.get("sz", "") if size is not None else ""
    return value.isdigit() and int(value) <= _TINY


def shape_is_hidden(element: etree._Element) -> bool:
    """Does the element stand in a shape, or a group, that is switched off in the selection pane?"""
    for above in (element, *element.iterancestors()):
        if local(above.tag) in _OBJECTS:
            named = next((e for child in above for e in child if local(e.tag) == "cNvPr"), None)
            if named is not None and named.get("hidden") in _ON:
                return True
    return False
