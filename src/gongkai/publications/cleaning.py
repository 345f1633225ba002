"""Pasted HTML made plain: structure stays, everything else goes (scripts, styles, trackers, what Word and WPS add).

Two steps: the tree is put in order (Word's list paragraphs become lists, empty paragraphs and indents go), and then
nh3 keeps what its allow-list names and nothing else. The second step alone is what makes the result safe.
"""

from __future__ import annotations

import re
from html import unescape

import nh3
from lxml import etree, html

from gongkai.publications.pasted import lists
from gongkai.publications.rules.drafting import UNFIT

TAGS = {
    "p", "br", "h2", "h3", "h4", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td",
    "strong", "em", "u", "sub", "sup", "blockquote", "a",
}
_ATTRIBUTES = {
    "a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}, "ol": {"start"},
}
_SCHEMES = {"http", "https", "mailto"}
_GONE = {  # with everything inside them
    "script", "style", "title", "head", "template", "noscript", "iframe", "object", "embed", "svg", "math", "xml",
    "select", "textarea", "audio", "video", "canvas", "form", "button",
}
_RENAMED = {"b": "strong", "i": "em", "ins": "u", "h1": "h2", "h5": "h4", "h6": "h4"}
_BLOCKS = {"p", "h2", "h3", "h4", "ul", "ol", "table", "blockquote", "div", "section", "article"}
_PARTS = {"li", "tr", "td", "th", "thead", "tbody", "tfoot", "caption"}
_WRAPPERS = {"div", "section", "article", "main", "header", "footer", "center"}
_SPACE = re.compile(r"[ \t\r\n\f\u00a0\u3000\u200b\ufeff]+")
# The two parsers mend broken tables differently: what one moved the other puts in order.
_PASSES = 5
_NUMBER = re.compile(r"[1-9]\d{0,2}")
_BREAKING = re.compile(r"</(?:p|h[2-4]|li|tr|caption|blockquote)>|<br>|<[uo]l[ >]")
_MARKUP = re.compile(r"<[a-z!/]", re.I)
_TAG = re.compile(r"<[^>]*>")
# Up to the next mark only: what never ends must not be looked through from each of its beginnings.
_CONDITIONAL = re.compile(r"<!\[[^<>]*>|<\?[^<>]*>")
_WORD_TAG = re.compile(r"</?[a-z]\w*:[^<>]*>", re.I)


def clean_html(pasted: str) -> str:
    """HTML that may be published, from whatever was pasted or typed. Done again, it changes nothing more."""
    cleaned = _once(pasted)
    for _ in range(_PASSES):
        again = _once(cleaned)
        if again == cleaned:
            break
        cleaned = again
    return cleaned


def _once(pasted: str) -> str:
    if not pasted.strip():
        return ""
    text = UNFIT.sub("", pasted.replace("\u2028", "\n").replace("\u2029", "\n"))
    text = _WORD_TAG.sub("", _CONDITIONAL.sub("", text))
    ordered = _ordered(text) if _MARKUP.search(text) else _typed(UNFIT.sub("", unescape(text)))
    return nh3.clean(
        ordered, tags=TAGS, clean_content_tags=_GONE, attributes=_ATTRIBUTES, url_schemes=_SCHEMES,
        link_rel="noopener noreferrer", attribute_filter=_attribute, strip_comments=True,
    ).strip()


def text_of(cleaned: str) -> str:
    """The words of cleaned HTML, a line a paragraph, cell or item, for search, screening and counting."""
    lines = _TAG.sub("", _BREAKING.sub(r"\n\g<0>", re.sub(r"</t[dh]>", "\t", cleaned)))
    return "\n".join(filter(None, (_SPACE.sub(" ", line).strip() for line in unescape(lines).split("\n"))))


def _attribute(_tag: str, name: str, value: str) -> str | None:
    if name in {"colspan", "rowspan", "start"}:
        return value if _NUMBER.fullmatch(value) and value != "1" else None
    if name == "scope":
        return value if value in {"col", "row"} else None
    return _address(value) if name == "href" else value


def _address(value: str) -> str | None:
    """A link that may stay: to this site, to the web, to a mailbox."""
    address = "".join(value.split())
    # "//host" is another host without saying so; a backslash is a slash to a browser.
    if not address or "\\" in address or address.startswith("//"):
        return None
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", address, re.I)
    return address if scheme is None or scheme[1].lower() in _SCHEMES else None


def _typed(text: str) -> str:
    """Plain text, a paragraph a line."""
    lines = (_SPACE.sub(" ", line).strip() for line in text.splitlines())
    return "".join(f"<p>{_escaped(line)}</p>" for line in lines if line)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _ordered(text: str) -> str:
    """The tree put in order; nh3 has the last word on what comes out."""
    try:
        root = html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, ValueError, AssertionError):
        return text
    etree.strip_elements(root, etree.Comment, *_GONE, with_tail=False)
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            element.drop_tree()
    lists.made_real(root)
    for element in list(root.iter()):
        if element.tag in _RENAMED:
            element.tag = _RENAMED[element.tag]
        _spaced(element)
    _unwrapped(root)
    _without_empty(root)
    _paragraphs(root)
    _between(root)
    return _inside(root)


def _spaced(element: html.HtmlElement) -> None:
    """Runs of blanks, among them those that only indent, are one blank."""
    # Numeric entities may name characters that no text may hold.
    element.text = _SPACE.sub(" ", UNFIT.sub("", element.text)) if element.text else None
    element.tail = _SPACE.sub(" ", UNFIT.sub("", element.tail)) if element.tail else None


def _unwrapped(root: html.HtmlElement) -> None:
    """A wrapper with blocks inside goes; one with words is a paragraph. Spans and fonts go, their words stay."""
    for element in reversed([one for one in root.iter() if one is not root]):
        if element.tag in _WRAPPERS:
            if any(child.tag in _BLOCKS for child in element):
                _paragraphs(element)
                element.drop_tag()
            else:
                element.tag = "p"
        elif element.tag not in TAGS or (element.tag == "a" and _address(element.get("href", "")) is None):
            element.drop_tag()


def _without_empty(root: html.HtmlElement) -> None:
    """Paragraphs, headings and marks without words go, from the inside out."""
    for element in reversed([one for one in root.iter() if one is not root]):
        if element.tag in {"td", "th", "tr", "br", "table", "tbody", "thead", "tfoot", "caption"}:
            continue
        if all(child.tag == "br" for child in element) and not _words(element):
            tail = element.tail
            element.clear()
            element.tail = tail
            element.drop_tree()
            continue
        if element.tag in _BLOCKS | {"li", "td", "th"} and element.text:
            element.text = element.text.lstrip()


def _paragraphs(parent: html.HtmlElement) -> None:
    """Words that stand beside blocks become paragraphs of their own."""
    if parent.getparent() is None and not any(child.tag in _BLOCKS for child in parent) and not _words(parent):
        return
    children = list(parent)
    loose: html.HtmlElement | None = None
    if parent.text and parent.text.strip():
        loose = html.Element("p")
        loose.text, parent.text = parent.text.lstrip(), None
        parent.insert(0, loose)
    for child in children:
        if child.tag in _BLOCKS:
            loose = None
        else:
            if loose is None:
                loose = html.Element("p")
                child.addprevious(loose)
            tail, child.tail = child.tail, None
            loose.append(child)
            child.tail = tail
            continue
        if child.tail and child.tail.strip():
            loose = html.Element("p")
            loose.text, child.tail = child.tail.lstrip(), None
            child.addnext(loose)


def _between(root: html.HtmlElement) -> None:
    """Blanks between blocks go."""
    for element in root.iter():
        if element.tag in _BLOCKS | _PARTS and element.tail and not element.tail.strip():
            element.tail = None
        if element.tag in {"ul", "ol", *_PARTS - {"td", "th", "li", "caption"}, "table"} and element.text and (
            not element.text.strip()
        ):
            element.text = None


def _words(element: html.HtmlElement) -> bool:
    return bool("".join(element.itertext()).strip())


def _inside(root: html.HtmlElement) -> str:
    text = _escaped(root.text) if root.text and root.text.strip() else ""
    return text + "".join(etree.tostring(child, encoding="unicode", method="html") for child in root)
