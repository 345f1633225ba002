"""Fields: those that only count pages, headings or captions stay; of all others the shown result stays as text."""

from __future__ import annotations

import re

from lxml import etree

from gongkai.core.screening.formats.ooxml.names import W, local
from gongkai.core.screening.formats.ooxml.putback import Mask
from gongkai.core.screening.formats.ooxml.tree import drop, unwrap

_KEPT = re.compile(
    r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|SECTION|TOC|PAGEREF\s+_\w{1,40}|REF\s+_\w{1,40}|SEQ\s+[^\W\d]{1,12})"
    r"(?:\s+\\[a-zA-Z*#@](?:\s*(?:\"[^\"]{0,20}\"|MERGEFORMAT|Arabic|CHINESENUM[123]|roman|ROMAN|alphabetic"
    r"|ALPHABETIC|ArabicDash|[\d\-]{1,4}))?)*\s*"
)
_LINK = re.compile(r'\s*HYPERLINK\s+\\l\s+"?_\w{1,40}"?(?:\s+\\[a-z*](?:\s+MERGEFORMAT)?)*\s*')
_NUMBER = re.compile(r"\d{7,}")
_BOOKMARK = re.compile(r"(?<![\w])_\w{1,40}")


def flatten(root: etree._Element, mask: Mask) -> None:
    """Undo every field that is not on the list, or whose instruction holds data."""
    for data in list(root.iter(f"{W}fldData", f"{W}ffData")):
        drop(data)
    for simple in list(root.iter(f"{W}fldSimple")):
        if not _stays(simple.get(f"{W}instr", ""), mask):
            unwrap(simple) if len(simple) else drop(simple)
    open_fields: list[dict[str, list[etree._Element]]] = []
    doomed: list[etree._Element] = []
    for run in root.iter(f"{W}r"):
        for child in run:
            name = local(child.tag)
            if name == "fldChar":
                kind = child.get(f"{W}fldCharType")
                if kind == "begin":
                    open_fields.append({"chars": [child], "code": [], "inner": [], "after": []})
                elif open_fields and kind == "separate":
                    open_fields[-1]["chars"].append(child)
                    open_fields[-1]["after"].append(child)
                elif open_fields and kind == "end":
                    closed = open_fields.pop()
                    closed["chars"].append(child)
                    doomed += _ended(closed, mask)
                else:
                    doomed.append(child)
            elif name == "instrText" and open_fields:
                open_fields[-1]["code"].append(child)
            elif name == "instrText":
                doomed.append(child)
            elif open_fields and not open_fields[-1]["after"] and name != "rPr":
                open_fields[-1]["inner"].append(child)
    for field in open_fields:  # never closed
        doomed += [*field["chars"], *field["code"]]
    for element in doomed:
        drop(element)


def _ended(field: dict[str, list[etree._Element]], mask: Mask) -> list[etree._Element]:
    """What goes of a field that has come to its end."""
    code = "".join(element.text or "" for element in field["code"])
    if _stays(code, mask) and not field["inner"]:
        for element in field["code"]:  # a code cut over runs is put together
            element.text = code if element is field["code"][0] else ""
        return []
    return [*field["chars"], *field["code"], *field["inner"]]


def _stays(code: str, mask: Mask) -> bool:
    if not (_KEPT.fullmatch(code) or _LINK.fullmatch(code)) or mask(code) != code:
        return False
    return not _NUMBER.search(_BOOKMARK.sub("", code))


def rename_bookmarks(root: etree._Element, names: dict[str, str]) -> None:
    """Bookmarks that something points to get names of ours; the others go. Word makes most of them by itself."""
    wanted = {link.get(f"{W}anchor", "") for link in root.iter(f"{W}hyperlink")}
    codes = [*root.iter(f"{W}instrText")]
    text = " ".join([*(c.text or "" for c in codes), *(s.get(f"{W}instr", "") for s in root.iter(f"{W}fldSimple"))])
    wanted |= set(_BOOKMARK.findall(text))
    ends: dict[str | None, list[etree._Element]] = {}
    for end in root.iter(f"{W}bookmarkEnd"):
        ends.setdefault(end.get(f"{W}id"), []).append(end)
    for start in list(root.iter(f"{W}bookmarkStart")):
        name = start.get(f"{W}name", "")
        if name in wanted:
            start.set(f"{W}name", names.setdefault(name, f"_Toc{len(names) + 1:06d}"))
        else:
            for end in ends.get(start.get(f"{W}id"), []):
                drop(end)
            drop(start)
    for link in list(root.iter(f"{W}hyperlink")):
        anchor = link.get(f"{W}anchor")
        if anchor and anchor in names:
            link.set(f"{W}anchor", names[anchor])
        elif anchor:
            del link.attrib[f"{W}anchor"]

    def renamed(code: str) -> str:
        return _BOOKMARK.sub(lambda found: names.get(found[0], "_none"), code)

    for code in codes:
        code.text = renamed(code.text or "")
    for simple in root.iter(f"{W}fldSimple"):
        simple.set(f"{W}instr", renamed(simple.get(f"{W}instr", "")))
