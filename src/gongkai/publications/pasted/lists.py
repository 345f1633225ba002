"""Word's list paragraphs as real lists, where it is sure that they are lists.

Word and WPS paste a list as paragraphs of class MsoListParagraph whose style names a list and a level
("mso-list:l0 level1 lfo1"), the bullet or number in a span of its own ("mso-list:Ignore").
"""

from __future__ import annotations

import re

from lxml import html

_LIST = re.compile(r"mso-list:\s*l(\d+)\s+level(\d+)", re.I)
_IGNORE = re.compile(r"mso-list:\s*ignore", re.I)
_NUMBERED = re.compile(r"[（(]?(?:\d+|[a-zA-Z]|[ivxIVX]+|[一二三四五六七八九十百]+)[.)）、．]")
_START = re.compile(r"\d+")
DEEPEST = 6


def made_real(root: html.HtmlElement) -> None:
    """Turn runs of list paragraphs under each parent into nested ul and ol."""
    for parent in [root, *root.iter("div", "td", "th", "section", "article", "body")]:
        run: list[tuple[html.HtmlElement, int, str, int]] = []
        for child in list(parent):
            found = _item(child)
            if found is None:
                _build(run)
                run = []
                continue
            run.append((child, *found))
            if child.tail and child.tail.strip():
                _build(run)
                run = []
        _build(run)


def _item(element: html.HtmlElement) -> tuple[int, str, int] | None:
    """Level, kind and first number of a list paragraph; its mark is taken out. None for other paragraphs."""
    if element.tag != "p":
        return None
    match = _LIST.search(element.get("style", ""))
    mark = next((one for one in element.iter("span") if _IGNORE.search(one.get("style", ""))), None)
    if match is None or mark is None:
        return None
    said = "".join(mark.itertext()).replace("\xa0", " ").strip()
    mark_tail = mark.tail
    mark.clear()
    mark.tail = mark_tail
    mark.drop_tree()
    numbered = _NUMBERED.fullmatch(said) is not None
    first = _START.search(said)
    return min(int(match[2]), DEEPEST), "ol" if numbered else "ul", int(first[0]) if numbered and first else 1


def _build(run: list[tuple[html.HtmlElement, int, str, int]]) -> None:
    if not run:
        return
    stack: list[tuple[int, html.HtmlElement]] = []
    for element, level, kind, first in run:
        while stack and (stack[-1][0] > level or (stack[-1][0] == level and stack[-1][1].tag != kind)):
            stack.pop()
        if not stack or stack[-1][0] < level:
            made = html.Element(kind)
            if kind == "ol" and first > 1:
                made.set("start", str(first))
            if stack:
                stack[-1][1][-1].append(made)
            else:
                element.addprevious(made)
            stack.append((level, made))
        tail, element.tail = element.tail, None
        stack[-1][1].append(element)
        element.tag, element.tail = "li", None
        if tail and tail.strip():
            root = stack[0][1]
            root.tail = tail
        for name in list(element.attrib):
            del element.attrib[name]
