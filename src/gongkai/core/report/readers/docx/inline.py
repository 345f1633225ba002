"""The text of a paragraph as it stands with the changes accepted: runs, fields, symbols, links.

Text boxes hang on runs but are not part of the line: they are collected for the caller.
"""

from __future__ import annotations

from lxml.etree import _Element

from gongkai.core.report.readers.docx.names import (
    ALTERNATE,
    BOX,
    GONE,
    P_PR,
    R_PR,
    SDT,
    VAL,
    WRAPPERS,
    M,
    R,
    T,
    W,
    alternative,
    is_on,
    unwrapped,
)
from gongkai.core.report.readers.docx.styles import Styles

_MARKS = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-",
    W + "softHyphen": "",
}
_FIELD, _SYMBOL, _RUBY = W + "fldChar", W + "sym", W + "ruby"
_PICTURES = frozenset({W + "drawing", W + "pict", W + "object"})
_VANISH, _STYLE = W + "vanish", W + "rStyle"


class Inline:
    """Reads paragraphs one after the other; fields may begin in one and end in another."""

    def __init__(self, styles: Styles) -> None:
        self.boxes: list[_Element] = []  # w:txbxContent met and not yet taken
        self.hidden = False              # some text was left out because Word hides it
        self.changed = False             # some deleted or moved text was left out
        self._fields: list[bool] = []    # for each open field: are we in its result?
        self._styles = styles

    def text(self, paragraph: _Element) -> str:
        """The text of a w:p without its automatic number."""
        pieces: list[str] = []
        self._children(paragraph, pieces)
        if self._fields:  # an instruction never runs on into the next paragraph; a broken field must not eat it
            self._fields = [in_result for in_result in self._fields if in_result]
        return "".join(pieces)

    def _children(self, element: _Element, pieces: list[str]) -> None:
        for child in element:
            tag = child.tag
            if tag == R:
                self._run(child, pieces)
            elif tag == P_PR:
                continue
            elif tag in WRAPPERS:
                self._children(child, pieces)
            elif tag == SDT:
                content = unwrapped(child)
                if content is not None:
                    self._children(content, pieces)
            elif tag in GONE:
                self.changed = True
            elif tag == ALTERNATE:
                branch = alternative(child)
                if branch is not None:
                    self._children(branch, pieces)
            elif tag.startswith(M):
                pieces.extend(t.text or "" for t in child.iter(M + "t"))

    def _run(self, run: _Element, pieces: list[str]) -> None:
        before = len(pieces)
        for child in run:
            tag = child.tag
            if tag == T:
                if child.text and (not self._fields or all(self._fields)):
                    pieces.append(child.text)
            elif tag == R_PR:
                if len(child) and self._hides(child):
                    self.hidden = True
                    return
                if mark := _apart(child, bool(before)):
                    pieces.append(mark)
            elif tag in _MARKS:
                pieces.append(_MARKS[tag])
            elif tag == _FIELD:
                self._field(child.get(W + "fldCharType", ""))
            elif tag == _SYMBOL:
                pieces.append(_symbol(child))
            elif tag in _PICTURES:
                self._collect_boxes(child)
            elif tag == ALTERNATE:
                branch = alternative(child)
                if branch is not None:
                    self._run(branch, pieces)
            elif tag == _RUBY:
                base = child.find(W + "rubyBase")
                if base is not None:
                    self._children(base, pieces)

    def _hides(self, properties: _Element) -> bool:
        if is_on(properties.find(_VANISH)):
            return True
        style = properties.find(_STYLE)
        return style is not None and self._styles.hides(style.get(VAL, ""))

    def _field(self, step: str) -> None:
        if step == "begin":
            self._fields.append(False)
        elif step == "separate" and self._fields:
            self._fields[-1] = True
        elif step == "end" and self._fields:
            self._fields.pop()

    def _collect_boxes(self, element: _Element) -> None:
        """The outermost text boxes below a drawing; what is inside them is read when their turn comes."""
        for child in element:
            if child.tag == BOX:
                self.boxes.append(child)
            elif child.tag == ALTERNATE:
                branch = alternative(child)
                if branch is not None:
                    self._collect_boxes(branch)
            else:
                self._collect_boxes(child)


def _apart(properties: _Element, follows: bool) -> str:
    """A mark before text that must not run together with its neighbours into another number: ~ before text that
    was struck through, ^ before a raised or lowered digit that follows something."""
    if is_on(properties.find(W + "strike")) or is_on(properties.find(W + "dstrike")):
        return "~"
    raised = properties.find(W + "vertAlign")
    return "^" if follows and raised is not None and raised.get(VAL) in {"superscript", "subscript"} else ""


def _symbol(element: _Element) -> str:
    """A character of a symbol font. Fonts of ornaments give □: a tick must not turn into a letter or a digit."""
    try:
        code = int(element.get(W + "char", ""), 16)
    except ValueError:
        return "□"
    if 0xF000 <= code <= 0xF0FF:
        plain = chr(code - 0xF000)
        return plain if element.get(W + "font") == "Symbol" and (plain.isdigit() or plain in "()+-.,/%") else "□"
    return chr(code) if 0x20 <= code < 0xD800 else "□"
