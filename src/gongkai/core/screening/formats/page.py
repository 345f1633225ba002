"""A page walked through once: blocks of text that are seen, and everything that is not."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from gongkai.core.screening.formats import nested
from gongkai.core.screening.formats.halves import HALF, touching
from gongkai.core.screening.formats.spelt import escapes, packed, put_together
from gongkai.core.screening.model import Finding, Kind, Piece, Verdict
from gongkai.core.screening.personal.view import TURN, TURN_END

_BLOCKS = frozenset(re.findall(
    r"\w+",
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section "
    "select summary table tbody td textarea tfoot th thead tr ul",
))
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?(?![.\d])"
    r"|font-size\s*:\s*(?:0|0?\.\d+|1(?:\.\d+)?)(?:px|pt|em|rem|%)?\s*(?:[;!}]|$)"
    r"|(?:text-indent|left|top|margin-left|margin-top|right)\s*:\s*-\s*\d{3,}"
    r"|(?:^|[;\s])color\s*:\s*(?:#fff(?:fff)?\b|white\b|transparent|rgba?\(\s*255\s*,\s*255\s*,\s*255|rgba\([^)]*,\s*0\s*\))"
    r"|clip\s*:\s*rect\(\s*0|clip-path\s*:\s*inset\(\s*(?:50|100)%|(?:^|[;\s])(?:max-)?(?:height|width)\s*:\s*[01](?:px)?\s*(?:;|$)"
    r"|mso-hide\s*:\s*all|transform\s*:\s*scale\(\s*0", re.I,
)
_BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*(?!\s*(?:#fff|white|transparent|none))", re.I)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"([a-z][\w-]*)?(?:([.#])([\w-]+))?", re.I)
_WORTH = re.compile(r"\d(?:\D{0,8}\d){4}|[@＠]|[\u4e00-\u9fff]")
_SILENT = frozenset({"style", "class", "id", "charset", "lang", "type", "rel", "width", "height", "xmlns", "for"})
_DATA_URI = re.compile(r"data:([\w/+.\-]*)(?:;[\w=\-]+)*;base64,([A-Za-z0-9+/=\s%]+)")
_TAGS = re.compile(r"<[^<>]*>")
_COMMENT = "网页注释"
_RIGHT_TO_LEFT = re.compile(r"direction\s*:\s*rtl", re.I)
_OVERRIDDEN = re.compile(r"unicode-bidi\s*:\s*(?:isolate-override|bidi-override)", re.I)
_EMBEDDED = {"script": "脚本", "style": "样式"}


class Styles(NamedTuple):
    """Selectors whose rules hide, and those whose rules turn text round: (tag or "", mark, name)."""

    hiding: frozenset[tuple[str, str, str]]
    turning: frozenset[tuple[str, str, str]] = frozenset()


def styles_of(root: etree._Element) -> Styles:
    """What the page's own style sheets hide or turn round, as far as simple selectors say."""
    hiding: set[tuple[str, str, str]] = set()
    turning: set[tuple[str, str, str]] = set()
    for style in root.iter("style"):
        for selectors, body in _RULE.findall(style.text or ""):
            hidden, turned = _hides(body), _turns(body)
            if not hidden and not turned:
                continue
            found = hiding if hidden else turning
            for selector in selectors.split(","):
                simple = _SELECTOR.fullmatch(selector.strip().split()[-1]) if selector.strip() else None
                if simple and (simple[1] or simple[3]):
                    found.add(((simple[1] or "").lower(), simple[2] or "", simple[3] or ""))
    return Styles(frozenset(hiding), frozenset(turning))


def hides(element: etree._Element, styles: Styles) -> bool:
    """True for an element that a browser does not show, or not so that a reader sees it."""
    if element.get("hidden") is not None or _hides(element.get("style", "")):
        return True
    if element.tag == "input" and element.get("type", "").lower() == "hidden":
        return True
    if element.tag == "font" and element.get("color", "").lower() in {"#ffffff", "#fff", "white"}:
        return True
    return bool(styles.hiding) and _is_meant(element, styles.hiding)


def _is_meant(element: etree._Element, selectors: frozenset[tuple[str, str, str]]) -> bool:
    tag = str(element.tag)
    marks = [("", "")]
    marks += [(".", name) for name in element.get("class", "").split()]
    if element.get("id"):
        marks.append(("#", element.get("id", "")))
    return any((named, mark, name) in selectors for mark, name in marks for named in (tag, ""))


def joined_blocks(root: etree._Element) -> Iterator[list[tuple[etree._Element, str]]]:
    """The text nodes of each block, in order: (element, "text" or "tail")."""
    nodes: list[tuple[etree._Element, str]] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        breaks = element.tag in _BLOCKS
        if breaks and nodes:
            yield nodes
            nodes = []
        if event == "start" and element.text:
            nodes.append((element, "text"))
        if event == "end" and element.tail and element is not root:
            nodes.append((element, "tail"))
    if nodes:
        yield nodes


def turn(root: etree._Element) -> None:
    """Put the marks of right-to-left text around what the page shows so: letters in it stand in another order."""
    turning = styles_of(root).turning
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        style = element.get("style", "")
        right = element.get("dir", "").lower() == "rtl"
        turned = _turns(style) or (right and (element.tag == "bdo" or _OVERRIDDEN.search(style)))
        if turned or (turning and _is_meant(element, turning)):
            element.text = f"{TURN}{element.text or ''}"
            if len(element):
                element[-1].tail = f"{element[-1].tail or ''}{TURN_END}"
            else:
                element.text += TURN_END


class Page:
    """The pieces and structural findings of a page."""

    def __init__(self, root: etree._Element, depth: int) -> None:
        self.pieces: list[Piece] = []
        self.findings: list[Finding] = []
        self._styles = styles_of(root)
        self._depth = depth
        self._text: list[str] = []
        self._unseen: list[str] = []
        self._whole: list[tuple[str, str]] = []
        self._counts: dict[str, int] = {}
        self._cell: tuple[str, int, int] | None = None
        for beside in (*root.itersiblings(preceding=True), *root.itersiblings()):
            self._add(beside.text or "", _COMMENT)
        self._walk(root)
        self._flush()
        self._tell()

    def _walk(self, root: etree._Element) -> None:
        """Without recursion: pages may be nested deeper than Python."""
        hidden_at: etree._Element | None = None
        tables: list[tuple[str, list[int]]] = []
        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event in {"comment", "pi"}:
                self._add(element.text or "", _COMMENT if event == "comment" else "处理指令")
                self._say(element.tail, hidden_at is not None)
                continue
            tag = str(element.tag)
            if tag in _BLOCKS or tag == "title":
                self._flush()
            if event == "start":
                if tag == "table":
                    self._counts["表格"] = self._counts.get("表格", 0) + 1
                    tables.append((f"表格{self._counts['表格']}", [0, 0]))
                elif tag == "tr" and tables:
                    tables[-1][1][0] += 1
                    tables[-1][1][1] = 0
                elif tag in {"td", "th"} and tables:
                    tables[-1][1][1] += 1
                    self._cell = (tables[-1][0], *tables[-1][1])  # type: ignore[assignment]
                self._attributes(element)
                if hidden_at is None and (tag in {"template", "noscript"} or hides(element, self._styles)):
                    self._flush_hidden()
                    hidden_at = element
                if tag in _EMBEDDED:
                    self._code(element.text or "", _EMBEDDED[tag])
                elif tag == "title":
                    self._add(element.text or "", "网页标题", hidden=False)
                elif tag == "input" and element.get("checked") is not None:
                    self._say("☑", hidden_at is not None)
                elif tag == "br":
                    self._text.append("\n")
                else:
                    self._say(element.text, hidden_at is not None)
            else:
                if tag in {"td", "th"}:
                    self._cell = None
                elif tag == "table" and tables:
                    tables.pop()
                if element is hidden_at:
                    hidden_at = None
                    self._flush_hidden()
                self._say(element.tail, hidden_at is not None)

    def _say(self, text: str | None, hidden: bool) -> None:
        if text:
            (self._unseen if hidden else self._text).append(text)
            self._whole.append((text, "hidden" if hidden else ""))

    def _flush(self) -> None:
        text = "".join(self._text).strip()
        whole = "".join(part for part, _ in self._whole).strip() if text and touching(self._whole) else ""
        self._text, self._whole = [], []
        if whole:
            self.pieces.append(Piece(whole, "看不见的文字", True, f"看不见的文字{HALF}", table="看不见的文字"))
        if not text:
            return
        if self._cell:
            table, row, column = self._cell
            self.pieces.append(Piece(text, f"{table} 第{row}行第{column}列", row=row, table=table))
        else:
            self._add(text, "正文", hidden=False, unit="段")

    def _flush_hidden(self) -> None:
        text = "".join(self._unseen).strip()
        self._unseen = []
        if text:
            self._add(text, "看不见的文字")

    def _add(self, text: str, what: str, *, hidden: bool = True, unit: str = "") -> None:
        if not text.strip():
            return
        number = self._counts[what] = self._counts.get(what, 0) + 1
        where = f"{what}第{number}{unit}" if unit else what if not hidden else f"{what} {number}"
        self.pieces.append(Piece(text, where, hidden, what if hidden else "", table=where if hidden else ""))

    def _code(self, code: str, what: str) -> None:
        """A script or a style sheet: what stands in it, and what it puts together."""
        self._add(escapes(code), what)
        made = "\n".join((put_together(code, style=what == "样式", scattered=what == "脚本"), packed(code)))
        if _WORTH.search(made):
            self._add(made, f"{what}拼出的文字")

    def _attributes(self, element: etree._Element) -> None:
        for key, raw in element.attrib.items():
            name, value = str(key), str(raw)
            if embedded := _DATA_URI.match(value):
                self._embedded(embedded[2], name)
            elif value[:5].lower() == "data:":
                self._add(_TAGS.sub("", unquote(value)), f"属性 {name}")
            elif name.startswith("on") or value[:11].lower() == "javascript:":
                self._code(value, f"属性 {name}")
            elif name not in _SILENT and (hidden := packed(value)):
                self._add(f"{value}\n{hidden}", f"属性 {name}")
            elif name not in _SILENT and _WORTH.search(value):
                self._add(escapes(_told(name, value)), f"属性 {name}" if element.tag != "meta" else "元数据")

    def _embedded(self, encoded: str, name: str) -> None:
        try:
            data = base64.b64decode(unquote(encoded), validate=False)
        except (binascii.Error, ValueError):
            return
        number = self._counts["内嵌"] = self._counts.get("内嵌", 0) + 1
        inner = nested(data, name, depth=self._depth, prefix=f"内嵌的文件 {number}")
        self.pieces += inner.pieces
        self.findings += inner.findings

    def _tell(self) -> None:
        for what in (_COMMENT, "看不见的文字"):
            if count := self._counts.get(what):
                self.findings.append(Finding(Kind.HIDDEN_CONTENT, what, f"{what} {count} 处", Verdict.WARN, True))
        if count := self._counts.get("脚本"):
            self.findings.append(Finding(Kind.METADATA, "脚本", f"脚本 {count} 段", Verdict.WARN, True))


def _told(name: str, value: str) -> str:
    """What a value tells; of an address of the web only what it hands over, since its path is full of numbers."""
    if name not in {"href", "src", "action"}:
        return value
    plain = unquote(value)
    if plain.lower().startswith(("mailto:", "tel:", "sms:", "javascript:")):
        return plain
    path, _, query = plain.partition("?")
    return query if query else path if re.search(r"\d{17}[\dXx]|@|[\u4e00-\u9fff]", path) else ""


def _turns(style: str) -> bool:
    return bool(_RIGHT_TO_LEFT.search(style) and _OVERRIDDEN.search(style))


def _hides(style: str) -> bool:
    found = _HIDING.search(style)
    if not found:
        return False
    # White letters on a coloured ground are seen.
    return not (found[0].lstrip("; \t\n").lower().startswith("color") and _BACKGROUND.search(style))
