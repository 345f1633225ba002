"""An OFD file made anew: the parts that show its pages, with the elements that draw, and nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from lxml import etree

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats.image.repaint import repainted
from gongkai.core.screening.formats.ofd.package import (
    ROOT,
    Package,
    children,
    documents,
    local,
    open_package,
    pages,
    resolve,
    templates,
)
from gongkai.core.screening.formats.ofd.runs import Run, gap, reading_order
from gongkai.core.screening.formats.ofd.screening import page_runs, unpack
from gongkai.core.screening.model import Kind, Rebuilt

Mask = Callable[[str], str]

_ELEMENTS = frozenset(
    ["OFD", "DocBody", "DocInfo", "DocID", "DocRoot", "Document", "CommonData", "MaxUnitID", "PageArea",
    "PhysicalBox", "ApplicationBox", "ContentBox", "BleedBox", "PublicRes", "DocumentRes", "TemplatePage",
    "DefaultCS", "Pages", "Page", "Res", "ColorSpaces", "ColorSpace", "Palette", "CV", "DrawParams",
    "DrawParam", "FillColor", "StrokeColor", "Fonts", "Font", "FontFile", "MultiMedias", "MultiMedia",
    "MediaFile", "CompositeGraphicUnits", "CompositeGraphicUnit", "Content", "Area", "PageRes", "Template",
    "Layer", "PageBlock", "TextObject", "TextCode", "PathObject", "AbbreviatedData", "ImageObject",
    "CompositeObject", "Clips", "Clip", "Path", "Pattern", "CellContent", "AxialShd", "RadialShd", "Segment",
    "Color", "Border", "BorderColor", "Substitution"]
)
_ATTRIBUTES = frozenset(
    ["ID", "BaseLoc", "ZOrder", "Type", "TemplateID", "Boundary", "CTM", "Size", "Font", "X", "Y", "DeltaX",
    "DeltaY", "Weight", "Italic", "Bold", "Serif", "FixedWidth", "Charset", "FontName", "Visible", "Alpha",
    "Stroke", "Fill", "Rule", "LineWidth", "Join", "Cap", "DashOffset", "DashPattern", "MiterLimit",
    "ResourceID", "Value", "Index", "ColorSpace", "BitsPerComponent", "Channel", "Relative", "DrawParam",
    "HScale", "ReadDirection", "CharDirection", "StartPoint", "EndPoint", "Extend", "MapType", "MapUnit",
    "Position", "Format", "Width", "Height", "XStep", "YStep", "ReflectMethod", "CellOrigin", "RelativeTo",
    "TransFlag", "HorizonalCornerRadius", "VerticalCornerRadius", "Version", "DocType", "BaseLoc"]
)
_TEXTED = frozenset({
    "MaxUnitID", "PhysicalBox", "ApplicationBox", "ContentBox", "BleedBox", "PublicRes", "DocumentRes", "PageRes",
    "DocRoot", "TextCode", "AbbreviatedData", "CV", "FontFile", "MediaFile", "Glyphs", "DefaultCS", "Substitution",
})
_LINKS = frozenset({"PublicRes", "DocumentRes", "PageRes", "DocRoot"})
_FILES = frozenset({"FontFile", "MediaFile"})
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_FONTS = (b"\x00\x01\x00\x00", b"OTTO", b"ttcf", b"true")


def clean(data: bytes, name: str, mask: Mask) -> Rebuilt:
    """The file rebuilt. Raises ReadError `cannot-clean` when a part cannot be rebuilt, and as `unpack` does."""
    package = open_package(data)
    if len(documents(package)) != 1:
        raise _cannot("OFD 里有多份文档")
    document = documents(package)[0]
    parts: dict[str, bytes] = {}
    todo = [ROOT, document]
    held = templates(package, document)
    shown = [*dict.fromkeys([*pages(package, document), *(path for path in held.values() if package.holds(path))])]
    for path in shown:
        root, own = page_runs(package, document, path)
        _masked(own, mask)
        _put(package, path, root, parts, todo)
    while todo:
        path = todo.pop()
        if path not in parts:
            _put(package, path, package.xml(path), parts, todo)
    made = _zipped(parts)
    again = unpack(made, name, 0)
    unseen = any(finding.kind == Kind.HIDDEN_CONTENT for finding in again.findings)
    if unseen or any(mask(piece.text) != piece.text for piece in again.pieces):
        raise _cannot("清理后的 OFD 里仍查到应去掉的内容")
    return Rebuilt(made, ("OFD 的签章、批注、附件和版本记录不再保留。",))


def _masked(own: list[Run], mask: Mask) -> None:
    """Take out what is hidden; put a star for each character that masking changes."""
    for run in own:
        if run.why:
            _remove(run.element)
    letters: list[tuple[str, Run | None, int]] = []
    for line in reading_order(own):
        before: Run | None = None
        for run in line:
            if before is not None:
                letters += [(space, None, 0) for space in gap(before, run)]
            letters += [(letter, run, at) for at, letter in enumerate(run.text)]
            before = run
        letters.append(("\n", None, 0))
    drawn = [(letter, run, at) for run in own if not run.why for at, letter in enumerate(run.text)]
    hits: dict[int, tuple[Run, set[int]]] = {}
    for order in (letters, drawn):
        text = "".join(letter for letter, _, _ in order)
        masked = mask(text)
        for at in _changed(text, masked):
            _, holder, place = order[at]
            if holder is not None:
                hits.setdefault(id(holder), (holder, set()))[1].add(place)
    for run, places in hits.values():
        _star(run, places)


def _changed(old: str, new: str) -> list[int]:
    if len(old) == len(new):
        return [at for at, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
    from difflib import SequenceMatcher

    return [
        at for tag, start, stop, _, _ in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal" for at in range(start, stop)
    ]


def _star(run: Run, places: set[int]) -> None:
    at = 0
    for code in children(run.element, "TextCode"):
        text = code.text or ""
        code.text = "".join("*" if at + step in places else letter for step, letter in enumerate(text))
        at += len(text)
    for item in children(run.element, "CGTransform"):  # it would still draw the glyphs of the old letters
        _remove(item)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _put(package: Package, path: str, root: etree._Element, parts: dict[str, bytes], todo: list[str]) -> None:
    """A part with the elements and attributes that draw; what it names follows."""
    if local(root) not in _ELEMENTS:
        raise _cannot("OFD 的结构不认识")
    base = root.get("BaseLoc", "")
    kept = _copy(root, None)
    for item in kept.iter():
        name = local(item)
        if name in _LINKS and item.text:
            target = resolve(path, item.text)
            if package.holds(target):
                todo.append(target)
        elif name in _FILES and item.text:
            inside = base and not item.text.startswith("/")
            target = resolve(path, f"{base}/{item.text.strip()}" if inside else item.text)
            if package.holds(target):
                parts[target] = _file(package, target, name)
    parts[path] = etree.tostring(kept, xml_declaration=True, encoding="UTF-8")


def _copy(element: etree._Element, parent: etree._Element | None) -> etree._Element:
    name = local(element)
    made = (
        etree.Element(element.tag, nsmap={"ofd": etree.QName(element).namespace or "http://www.ofdspec.org/2016"})
        if parent is None else etree.SubElement(parent, element.tag)
    )
    for key, value in element.attrib.items():
        if key in _ATTRIBUTES:
            made.set(key, value)
    if name == "DocID":
        made.text = "a" * 32
    elif name in _TEXTED and element.text:
        made.text = element.text
    for item in element:
        inside = {"CGTransform": "TextObject", "Glyphs": "CGTransform"}.get(local(item))
        if local(item) in _ELEMENTS or (inside is not None and inside == name):
            _copy(item, made)
    if name == "CGTransform":
        for key in ("CodePosition", "CodeCount", "GlyphCount"):
            if element.get(key) is not None:
                made.set(key, str(element.get(key)))
    return made


def _file(package: Package, path: str, kind: str) -> bytes:
    content = package.bytes(path)
    if kind == "MediaFile" and content.startswith(_PICTURES):
        return repainted(content)
    if kind == "FontFile" and content.startswith(_FONTS):
        return content
    raise _cannot("OFD 内有无法重新生成的图片或字体")


def _zipped(parts: dict[str, bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(parts, key=lambda path: (path != ROOT, path)):
            packed.writestr(zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0)), parts[path], zipfile.ZIP_DEFLATED)
    return into.getvalue()


def _cannot(why: str) -> ReadError:
    return ReadError("cannot-clean", f"{why}，没有清理；请在原软件中另存为 PDF 后再上传。")
