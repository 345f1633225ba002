"""A document as it reads: tracked changes accepted, hidden text gone, content controls and tags undone."""

from __future__ import annotations

from lxml import etree

from gongkai.core.screening.formats.docx.looks import Looks, row_is_hidden
from gongkai.core.screening.formats.docx.story import blocks
from gongkai.core.screening.formats.ooxml.names import W, local
from gongkai.core.screening.formats.ooxml.tree import drop, unwrap

_UNWRAP = frozenset({"ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "dir", "bdo"})
_DROP = frozenset({
    "del", "moveFrom", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange",
    "tblGridChange", "tblPrExChange", "numberingChange", "cellIns", "cellDel", "cellMerge", "moveFromRangeStart",
    "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd",
    "customXmlDelRangeStart", "customXmlDelRangeEnd", "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd",
    "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd", "commentRangeStart", "commentRangeEnd", "commentReference",
    "annotationRef", "permStart", "permEnd", "proofErr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "delText",
    "delInstrText", "control", "subDoc", "contentPart", "movie", "OLEObject", "tblCaption", "tblDescription",
    "printerSettings", "framePrChange", "rsid", "rsids", "docVars", "attachedTemplate", "lastRenderedPageBreak",
})


def accept(root: etree._Element) -> None:
    """Accept tracked changes, drop comments and their anchors, undo controls and tags."""
    for row in list(root.iter(f"{W}tr")):
        if row.find(f"{W}trPr/{W}del") is not None or row_is_hidden(row):
            drop(row)
    for paragraph in list(root.iter(f"{W}p")):
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        if mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None):
            _join_with_next(paragraph)
    for element in list(root.iter(f"{W}*")):
        name = local(element.tag)
        if name in _DROP:
            drop(element)
    for element in list(root.iter(f"{W}*")):
        if local(element.tag) in _UNWRAP:
            if len(element) or element.getparent() is None:
                unwrap(element)
            else:
                drop(element)
    _mend(root)


def _join_with_next(paragraph: etree._Element) -> None:
    """The mark of the paragraph was deleted: its words stand at the head of the next one."""
    following = paragraph.getnext()
    words = [child for child in paragraph if child.tag != f"{W}pPr"]
    left = [child for child in words if local(child.tag) not in _DROP]
    if not left:
        drop(paragraph)
    elif following is not None and following.tag == f"{W}p":
        at = 1 if len(following) and following[0].tag == f"{W}pPr" else 0
        for offset, child in enumerate(left):
            following.insert(at + offset, child)
        drop(paragraph)


def take_hidden(root: etree._Element, looks: Looks) -> None:
    """Runs that cannot be seen go; the paragraph stays, so that the page keeps its lines."""
    for run in [run for run in root.iter(f"{W}r") if looks.hides(run)]:
        for child in list(run):
            name = local(child.tag)
            if name not in {"rPr", "fldChar", "footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef",
                            "separator", "continuationSeparator", "br", "drawing", "pict", "AlternateContent"}:
                run.remove(child)
    for mark in list(root.iter(f"{W}vanish", f"{W}specVanish")):
        drop(mark)


def _mend(root: etree._Element) -> None:
    """A cell needs a paragraph, a table a row, a body something."""
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            drop(table)
    for holder in list(root.iter(f"{W}tc", f"{W}txbxContent", f"{W}hdr", f"{W}ftr", f"{W}footnote", f"{W}endnote")):
        if next(blocks(holder), None) is None or (holder.tag == f"{W}tc" and holder[-1].tag != f"{W}p"):
            etree.SubElement(holder, f"{W}p")
