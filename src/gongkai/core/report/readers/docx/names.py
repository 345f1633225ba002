"""Names of WordprocessingML in lxml's spelling."""

from __future__ import annotations

from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
VAL = W + "val"
ALTERNATE, CHOICE, FALLBACK = MC + "AlternateContent", MC + "Choice", MC + "Fallback"
P, R, T, TBL, TR, TC, SDT = W + "p", W + "r", W + "t", W + "tbl", W + "tr", W + "tc", W + "sdt"
P_PR, R_PR, TR_PR, TC_PR, SDT_PR = W + "pPr", W + "rPr", W + "trPr", W + "tcPr", W + "sdtPr"
SDT_CONTENT, BOX = W + "sdtContent", W + "txbxContent"
DEL, INS, MOVE_FROM, MOVE_TO = W + "del", W + "ins", W + "moveFrom", W + "moveTo"
GONE = frozenset({DEL, MOVE_FROM})
WRAPPERS = frozenset({
    INS, MOVE_TO, SDT_CONTENT, W + "customXml", W + "smartTag", W + "hyperlink", W + "fldSimple", W + "dir", W + "bdo",
})
_FALSE = frozenset({"0", "false", "off", "none"})


def is_on(element: _Element | None) -> bool:
    """A toggle such as w:vanish: present and not switched off."""
    return element is not None and element.get(VAL, "1") not in _FALSE


def integer(element: _Element | None, default: int = 0) -> int:
    """The w:val of an element as an integer, `default` when absent or not one."""
    return default if element is None else attribute(element, VAL, default)


def attribute(element: _Element, name: str, default: int = 0) -> int:
    """An attribute as an integer, `default` when absent or not one."""
    written = element.get(name, "")
    return int(written) if written.isascii() and written.lstrip("-").isdigit() and len(written) < 10 else default


def alternative(element: _Element) -> _Element | None:
    """The one branch of mc:AlternateContent that is read: the first choice, else the fallback."""
    choice = element.find(CHOICE)
    return choice if choice is not None else element.find(FALLBACK)


def unwrapped(content: _Element) -> _Element | None:
    """The content of a content control; None while it only shows its placeholder."""
    properties = content.find(SDT_PR)
    if properties is not None and properties.find(W + "showingPlcHdr") is not None:
        return None
    return content.find(SDT_CONTENT)
