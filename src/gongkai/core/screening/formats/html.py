"""Web pages: what is seen, and what only the markup holds (comments, scripts, attributes, what styles hide).

Cleaning keeps what is seen and nothing else: text, headings, lists, tables and links, by allow-list.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable
from itertools import islice
from urllib.parse import unquote

from lxml import etree
from lxml import html as lxml_html

from gongkai.core.errors import ReadError
from gongkai.core.report.readers.html.depth import check_depth
from gongkai.core.report.readers.html.encoding import decode
from gongkai.core.report.readers.limits import check_markup
from gongkai.core.screening.formats.page import Page, hides, joined_blocks, styles_of, turn
from gongkai.core.screening.model import Finding, Kind, Piece, Rebuilt, Unpacked, Verdict

_XML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>)?\s*(?:<!--.*?-->\s*)*<(?!!doctype\s+html|html\b|\?xml)([A-Za-z_][\w:.\-]*)", re.I | re.S
)
_HTML_TAGS = frozenset(re.findall(
    r"\w+",
    "a abbr article aside b blockquote body br button caption center code col colgroup dd div dl dt em "
    "fieldset figure font footer form h1 h2 h3 h4 h5 h6 head header hr i iframe img input label li link "
    "main meta nav noscript object ol option p pre script section select small span strong style sub sup "
    "table tbody td template textarea tfoot th thead title tr u ul",
))
_DOCTYPE = re.compile(  # each part takes what it can and gives nothing back, so that no text makes it slow
    r"""<!DOCTYPE(?:[^\[>"']|"[^"]*"|'[^']*')*+\[((?:"[^"]*"|'[^']*'|<!--(?:.*?-->|.*)|[^\]"'])*+)\]"""
    r"|<!DOCTYPE[^>\[]*\[(.*?)\]\s*>", re.I | re.S,
)
_DOCTYPES = 8  # of one file: more are not looked at
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.I)
_TAGS = frozenset(re.findall(
    r"\w+",
    "h1 h2 h3 h4 h5 h6 p div section article ul ol li dl dt dd table caption thead tbody tfoot tr td th "
    "b strong i em u sub sup br hr pre blockquote span a",
))
_ATTRIBUTES = {"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "a": {"href"}}
_GONE = ("script", "style", "template", "noscript", "object", "embed", "iframe", "link", "meta", "head", "base", "svg")


def unpack(data: bytes, _name: str, depth: int) -> Unpacked:
    """The pieces of a page, or of any other XML. Raises ReadError `damaged`, `content-too-large`, `xml-entities`."""
    text = _decoded(data)
    if _is_xml(text):
        return _xml(data)
    page = Page(_parsed(text), depth)
    declared = _declared(text)
    said = [Finding(Kind.HIDDEN_CONTENT, one.where, "文档类型声明里写有内容", Verdict.WARN, True) for one in declared]
    return Unpacked("html", (*page.pieces, *declared), (*page.findings, *said))


def _declared(text: str) -> list[Piece]:
    """What stands in the document type: values of entities and comments. Read as text, never expanded."""
    starts = islice(re.finditer("<!DOCTYPE", text, re.I), _DOCTYPES)
    matches = [match for start in starts if (match := _DOCTYPE.match(text, start.start()))]
    found = [entities.unescape(match[1] or match[2] or "") for match in matches]
    return [
        Piece(inner, "文档类型声明", hidden=True, why="文档类型声明里的内容", table="文档类型声明")
        for inner in found if inner.strip()
    ]


def clean(data: bytes, _name: str, mask: Callable[[str], str]) -> Rebuilt:
    """A plain page with what is seen. Raises ReadError `cannot-clean` for XML that is no page."""
    import nh3

    text = _decoded(data)
    if _is_xml(text):
        raise ReadError("cannot-clean", "这是 XML 文件，不能自动清理；请另存为 .docx、PDF 或网页后再上传。")
    root = _parsed(text)
    title = " ".join((root.findtext(".//title") or "").split())
    styles = styles_of(root)
    pictures = len(root.findall(".//img"))
    for element in list(root.iter()):
        parent = element.getparent()
        if parent is None:
            continue
        if not isinstance(element.tag, str) or element.tag in _GONE or hides(element, styles):
            element.drop_tree()
    body = root.find("body")
    body = root if body is None else body
    for nodes in joined_blocks(body):
        _mask_nodes(nodes, mask)
    for element in body.iter(etree.Element):
        _strip(element, mask)
    markup = lxml_html.tostring(body, encoding="unicode")
    allowed = {tag: set(names) for tag, names in _ATTRIBUTES.items()}
    safe = nh3.clean(markup, tags=set(_TAGS), attributes=allowed, link_rel=None)
    head = f'<meta charset="utf-8"><title>{entities.escape(mask(title))}</title>'
    made = f'<!DOCTYPE html>\n<html lang="zh-CN"><head>{head}</head><body>{safe}</body></html>\n'
    notes = ["网页只保留看得见的文字、表格和链接，样式、脚本、注释和属性都已去除。"]
    if pictures:
        notes.append(f"去除了网页中的图片 {pictures} 张。")
    return Rebuilt(made.encode("utf-8"), tuple(notes))


def _strip(element: etree._Element, mask: Callable[[str], str]) -> None:
    """Only spans of cells and plain links without anything personal stay of an element's attributes."""
    for name, value in list(element.attrib.items()):
        allowed = str(name) in _ATTRIBUTES.get(str(element.tag), ())
        plain = name != "href" or str(value).lower().startswith(("http://", "https://", "/"))
        if not allowed or not plain or mask(unquote(str(value))) != unquote(str(value)):
            del element.attrib[name]


def _mask_nodes(nodes: list[tuple[etree._Element, str]], mask: Callable[[str], str]) -> None:
    """A value may be cut over several elements: their texts are masked as one and put back."""
    texts = [(getattr(element, part) or "") for element, part in nodes]
    whole = "".join(texts)
    masked = mask(whole)
    if masked == whole:
        return
    at = 0
    for (element, part), text in zip(nodes, texts, strict=True):
        if len(masked) == len(whole):
            setattr(element, part, masked[at:at + len(text)])
            at += len(text)
        else:  # a mask of another length: all of it where the text began
            setattr(element, part, masked if at == 0 else "")
            at = 1


def _decoded(data: bytes) -> str:
    check_markup(data)
    text, _ = decode(data)
    if "\x00" in text:  # UTF-16 without a mark
        from gongkai.core.screening.formats.characters import decode as decode_text

        text = decode_text(data)
    return text.replace("\x00", "")


def _parsed(text: str) -> lxml_html.HtmlElement:
    check_depth(text)
    try:
        parser = lxml_html.HTMLParser(remove_comments=False, remove_pis=False, no_network=True)
        root = lxml_html.document_fromstring(_DECLARATION.sub("", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("damaged", "网页里没有可读的内容，无法筛查；请重新保存后再上传。") from error
    if "rtl" in text or "RTL" in text:
        turn(root)
    return root


def _is_xml(text: str) -> bool:
    found = _XML.match(text[:20_000])
    return found is not None and found[1].lower() not in _HTML_TAGS


_FEW_LETTERS, _LETTER = 4, 2  # drawn letter by letter: so many elements of at most so many letters


def _xml(data: bytes) -> Unpacked:
    """Any XML: every text and every attribute, all as seen, since nobody knows what a reader shows."""
    from gongkai.core.report.readers.limits.xml import parse_xml
    from gongkai.core.screening.formats.characters import decode as decode_text

    pieces: list[Piece] = []
    number = 0
    for element in parse_xml(data).iter():
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        for text in (element.text, element.tail):
            if text and text.strip():
                number += 1
                pieces.append(Piece(text, f"第{number}段（{name}）"))
        if len(element) >= _FEW_LETTERS and all(len(child.text or "") <= _LETTER for child in element):
            whole = "".join(map(str, element.itertext()))
            pieces.append(Piece(whole, f"第{number}段（{name} 合起来）", table="合起来"))
        pieces += [
            Piece(str(value), f"第{number}段（{name} 的属性 {etree.QName(str(key)).localname}）", table="属性")
            for key, value in element.attrib.items()
        ]
    comments = re.findall(r"<!--(.*?)-->|<\?(?!xml[\s?])(.*?)\?>", decode_text(data), re.S)
    comments = [comment or instruction for comment, instruction in comments]
    pieces += [
        Piece(comment, f"注释 {at}", hidden=True, why="XML 注释", table=f"注释{at}")
        for at, comment in enumerate(comments, 1)
    ]
    found = [Finding(Kind.HIDDEN_CONTENT, "注释", f"有 {len(comments)} 条注释", Verdict.WARN, True)] if comments else []
    return Unpacked("xml", tuple(pieces), tuple(found))
