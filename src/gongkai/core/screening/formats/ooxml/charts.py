"""Charts that carry their own values instead of pointing into a workbook."""

from __future__ import annotations

from lxml import etree

from gongkai.core.screening.formats.ooxml.names import A, C, local

_UNWANTED = frozenset({
    "externalData", "userShapes", "pivotSource", "pivotFmts", "protection", "printSettings", "extLst",
})


def literal(root: etree._Element) -> None:
    """Turn references with a cache into literals; drop what points out of the chart."""
    for element in list(root.iter()):
        if local(element.tag) in _UNWANTED and (parent := element.getparent()) is not None:
            parent.remove(element)
    for reference in list(root.iter(f"{C}numRef", f"{C}strRef", f"{C}multiLvlStrRef")):
        _replace(reference)


def _replace(reference: etree._Element) -> None:
    parent = reference.getparent()
    if parent is None:
        return
    cache = next((child for child in reference if local(child.tag).endswith("Cache")), None)
    if local(parent.tag) == "tx":
        words = " ".join(value.text or "" for value in reference.iter(f"{C}v"))
        grand = parent.getparent()
        if grand is not None and local(grand.tag) == "ser":
            fresh = etree.Element(f"{C}v")
            fresh.text = words
        else:
            fresh = etree.Element(f"{C}rich")
            etree.SubElement(fresh, f"{A}bodyPr")
            run = etree.SubElement(etree.SubElement(fresh, f"{A}p"), f"{A}r")
            etree.SubElement(run, f"{A}t").text = words
        parent.replace(reference, fresh)
        return
    fresh = etree.Element(f"{C}numLit" if local(reference.tag) == "numRef" else f"{C}strLit")
    if cache is not None:
        level = cache.find(f"{C}lvl")
        if level is not None:  # of several levels of labels the innermost stands at the axis
            count = cache.find(f"{C}ptCount")
            if count is not None:
                fresh.append(count)
        fresh.extend(list(level if level is not None else cache))
    parent.replace(reference, fresh)
