"""Elements taken out of a tree, or put in the place of the one around them."""

from __future__ import annotations

from lxml import etree

from gongkai.core.screening.formats.ooxml.names import MC, local


def unwrap(element: etree._Element) -> None:
    """Put the children of an element in its place."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for offset, child in enumerate(list(element)):
        parent.insert(at + offset, child)
    drop(element)


def drop(element: etree._Element) -> None:
    """Take an element out."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def one_branch(root: etree._Element, known: frozenset[str]) -> None:
    """Keep of every alternative the first branch whose namespaces are known, else the fallback."""
    for alternate in list(root.iter(f"{MC}AlternateContent")):
        kept = None
        for branch in alternate:
            needs = [str(alternate.nsmap.get(p) or branch.nsmap.get(p)) for p in branch.get("Requires", "").split()]
            if kept is None and local(branch.tag) == "Choice" and all(f"{{{uri}}}" in known for uri in needs):
                kept = branch
        if kept is None:
            kept = alternate.find(f"{MC}Fallback")
        for branch in list(alternate):
            if branch is not kept:
                alternate.remove(branch)
        if kept is None or local(kept.tag) == "Fallback" or not kept.get("Requires"):
            for branch in list(alternate):
                unwrap(branch)
            unwrap(alternate)
