"""Ticked boxes as Word writes them: characters of symbol fonts, form fields, one character laid over another."""

from __future__ import annotations

from lxml import etree

from gongkai.core.screening.formats.ooxml.names import W

_OFF = frozenset({"0", "false", "off"})
_TICKS = {
    "wingdings": {0xFE: "☑", 0xFD: "☒", 0xFC: "✓", 0xA8: "□", 0x6F: "□"},
    "wingdings 2": {0x52: "☑", 0x50: "✓", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x2A: "□"},
}
_LAID_OVER = frozenset("√✓✔")
TICKED = "☑"


def symbol(element: etree._Element) -> str:
    """The character of a w:sym: a tick or a box as such; symbol fonts keep the ASCII characters at F000."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    low = code - 0xF000 if 0xF020 <= code <= 0xF0FF else code
    tick = _TICKS.get(element.get(f"{W}font", "").lower(), {}).get(low)
    if tick:
        return tick
    code = low if 0x20 <= low <= 0x7E else code
    return chr(code) if 32 <= code < 0x11_0000 else ""


def in_symbols(text: str, run: etree._Element | None) -> str:
    """The text of a run set in a symbol font, with its ticks and boxes as such."""
    fonts = run.find(f"{W}rPr/{W}rFonts") if run is not None else None
    if fonts is None:
        return text
    named = (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "").lower()
    return text.translate(_TICKS[named]) if named in _TICKS else text


def field_is_ticked(start: etree._Element) -> bool:
    """A check box among the old form fields that is ticked, by the reader or from the start."""
    box = start.find(f"{W}ffData/{W}checkBox")
    if box is None:
        return False
    state = box.find(f"{W}checked")
    state = box.find(f"{W}default") if state is None else state
    return state is not None and state.get(f"{W}val", "1") not in _OFF


def code_is_ticked(code: str) -> bool:
    r"""A field that lays a tick over a box: eq \o\ac(□,√)."""
    return not _LAID_OVER.isdisjoint(code)


def is_struck(run: etree._Element | None) -> bool:
    """A run that is struck through: one of the choices that does not hold."""
    properties = run.find(f"{W}rPr") if run is not None else None
    if properties is None:
        return False
    marks = (properties.find(f"{W}strike"), properties.find(f"{W}dstrike"))
    return any(mark is not None and mark.get(f"{W}val", "1") not in _OFF for mark in marks)
