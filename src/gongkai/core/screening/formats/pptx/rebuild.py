"""A presentation made anew from the slides that are shown."""

from __future__ import annotations

from lxml import etree

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats.ooxml.charts import literal
from gongkai.core.screening.formats.ooxml.generic import drawn, mask_drawn, mask_rest, only_known, rename_objects
from gongkai.core.screening.formats.ooxml.joins import cut_cells, cut_paragraphs
from gongkai.core.screening.formats.ooxml.links import may_stay
from gongkai.core.screening.formats.ooxml.names import DGM, DSP, MC, XML, A, C, M, P, R, local
from gongkai.core.screening.formats.ooxml.package import Package, Relation, parse
from gongkai.core.screening.formats.ooxml.pictures import redraw
from gongkai.core.screening.formats.ooxml.putback import Mask, Stretch, put_back
from gongkai.core.screening.formats.ooxml.tree import drop, one_branch
from gongkai.core.screening.formats.ooxml.writer import Writer
from gongkai.core.screening.formats.pptx.slide import run_is_tiny, shape_is_hidden
from gongkai.core.screening.model import Rebuilt

_MAIN = "ppt/presentation.xml"
_SHOW = "application/vnd.openxmlformats-officedocument.presentationml."
_DRAWING = "application/vnd.openxmlformats-officedocument."
_KNOWN = frozenset({A, C, DGM, DSP, M, MC, P, R, XML})
_KEPT = {
    "slide": ("slides/slide", f"{_SHOW}slide+xml"),
    "slideLayout": ("slideLayouts/slideLayout", f"{_SHOW}slideLayout+xml"),
    "slideMaster": ("slideMasters/slideMaster", f"{_SHOW}slideMaster+xml"),
    "theme": ("theme/theme", f"{_DRAWING}theme+xml"),
    "tableStyles": ("tableStyles", f"{_SHOW}tableStyles+xml"),
    "chart": ("charts/chart", f"{_DRAWING}drawingml.chart+xml"),
    "diagramData": ("diagrams/data", f"{_DRAWING}drawingml.diagramData+xml"),
    "diagramLayout": ("diagrams/layout", f"{_DRAWING}drawingml.diagramLayout+xml"),
    "diagramQuickStyle": ("diagrams/quickStyle", f"{_DRAWING}drawingml.diagramStyle+xml"),
    "diagramColors": ("diagrams/colors", f"{_DRAWING}drawingml.diagramColors+xml"),
    "diagramDrawing": ("diagrams/drawing", "application/vnd.ms-office.drawingml.diagramDrawing+xml"),
}
_OF_PRESENTATION = frozenset({"sldMasterIdLst", "sldIdLst", "sldSz", "notesSz", "defaultTextStyle"})
_UNWANTED = frozenset({
    "transition", "timing", "custDataLst", "controls", "oleObj", "contentPart", "externalData", "userShapes",
    "objectDefaults",
    "videoFile", "audioFile", "quickTimeFile", "wavAudioFile", "audioCd", "snd", "hlinkHover", "tags", "custData", "hf",
})
_BY_ITSELF = frozenset({"slideLayout", "slideMaster", "theme", "diagramDrawing"})  # without an id in the owner
_OFF = frozenset({"0", "false", "off"})


def rebuild(data: bytes, mask: Mask) -> Rebuilt:
    """Raises ReadError when the file cannot be read, `cannot-clean` when every slide is hidden."""
    return _Rebuild(Package.open(data), mask).run()


class _Rebuild:
    def __init__(self, package: Package, mask: Mask) -> None:
        self._package, self._mask = package, mask
        self._writer = Writer()
        self._named: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self._pictures: dict[str, str] = {}
        self._notes: dict[str, None] = {}

    def run(self) -> Rebuilt:
        main = self._package.main()
        root = parse(self._package.parts[main])
        relations = {relation.id: relation for relation in self._package.relations(main)}
        for child in [child for child in root if local(child.tag) not in _OF_PRESENTATION]:
            root.remove(child)
        for name in ("firstSlideNum", "showSpecialPlsOnTitleSld", "removePersonalInfoOnSave", "bookmarkIdSeed"):
            root.attrib.pop(name, "")
        for each in list(root.iter(f"{P}sldId")):
            relation = relations.get(each.get(f"{R}id", ""))
            if relation is None or parse(self._package.parts[relation.target]).get("show") in _OFF:
                drop(each)
        if next(root.iter(f"{P}sldId"), None) is None:
            raise ReadError("cannot-clean", "演示文稿里没有可见的幻灯片，无法重建；请取消隐藏要公开的幻灯片后再上传。")
        self._writer.relate("", "officeDocument", _MAIN)
        self._named[main] = _MAIN
        self._finish(root, relations, _MAIN)
        for relation in relations.values():
            if relation.type.endswith(("/tableStyles", "/theme")):
                self._part(relation, _MAIN)
        self._writer.put(_MAIN, root, f"{_SHOW}presentation.main+xml")
        return Rebuilt(self._writer.done(), tuple(self._notes))

    def _part(self, relation: Relation, owner: str) -> str | None:
        kind = relation.type.rpartition("/")[2]
        if relation.external or kind not in _KEPT:
            return None
        old = relation.target
        if old not in self._named:
            leaf, content_type = _KEPT[kind]
            number = self._counts[leaf] = self._counts.get(leaf, 0) + 1
            self._named[old] = new = f"ppt/{leaf}{'' if kind == 'tableStyles' else number}.xml"
            root = parse(self._package.parts[old])
            inner = {each.id: each for each in self._package.relations(old)}
            self._finish(root, inner, new)
            for each in inner.values():
                if each.type.rpartition("/")[2] in _BY_ITSELF:
                    self._part(each, new)
            self._writer.put(new, root, content_type)
        return self._writer.relate(owner, relation.type, self._named[old])

    def _finish(self, root: etree._Element, relations: dict[str, Relation], owner: str) -> None:
        one_branch(root, _KNOWN)
        for element in list(root.iter()):
            if local(element.tag) in _UNWANTED:
                drop(element)
        for shape in list(root.iter(f"{P}sp", f"{P}pic", f"{P}graphicFrame", f"{P}grpSp", f"{P}cxnSp")):
            if shape_is_hidden(shape):
                drop(shape)
        for run in [run for run in root.iter(f"{A}r") if run_is_tiny(run)]:
            drop(run)
        if root.tag == f"{C}chartSpace":
            literal(root)
        self._point(root, relations, owner)
        only_known(root, _KNOWN)
        rename_objects(root)
        if root.tag == f"{A}theme":
            root.set("name", "Office")
        for slide in root.iter(f"{P}cSld"):
            slide.attrib.pop("name", "")
        mask_drawn(root, self._mask)
        self._over_borders(root)
        mask_rest(root, self._mask)

    def _over_borders(self, root: etree._Element) -> None:
        for row in root.iter(f"{A}tr"):
            cells = [[s for p in cell.iter(f"{A}p") for s in drawn(p)] for cell in row.iterfind(f"{A}tc")]
            for start, end in cut_cells(["".join(s.text for s in cell) for cell in cells]):
                put_back([stretch for cell in cells[start:end] for stretch in cell], self._mask)
        for body in root.iter(f"{P}txBody", f"{A}txBody"):
            lines = [list(drawn(paragraph)) for paragraph in body.iter(f"{A}p")]
            joined: list[Stretch] = []
            for line in lines:
                joined += [*([Stretch("\n", None)] if joined else []), *line]
            put_back(joined, self._mask)
            lines = [list(drawn(paragraph)) for paragraph in body.iter(f"{A}p")]
            for start, end in cut_paragraphs(["".join(s.text for s in line) for line in lines]):
                put_back([stretch for line in lines[start:end] for stretch in line], self._mask)

    def _point(self, root: etree._Element, relations: dict[str, Relation], owner: str) -> None:
        for element in list(root.iter()):
            for attribute in [str(name) for name in element.attrib if str(name).startswith(R)]:
                relation = relations.get(element.get(attribute, ""))
                fresh = self._target(element, relation, owner) if relation is not None else None
                if fresh is not None:
                    element.set(attribute, fresh)
                else:
                    self._unpoint(element, attribute, owner)

    def _target(self, element: etree._Element, relation: Relation, owner: str) -> str | None:
        kind = relation.type.rpartition("/")[2]
        if kind == "hyperlink":
            if relation.external and not element.get("action") and may_stay(relation.target, self._mask):
                return self._writer.relate(owner, "hyperlink", relation.target, external=True)
            self._notes["指向邮箱、文件或带有个人信息的超链接已去掉，文字保留"] = None
            return None
        if kind == "image" and not relation.external:
            return self._picture(relation.target, owner)
        if local(element.tag) == "hlinkClick":
            return None
        return self._part(relation, owner)

    def _picture(self, old: str, owner: str) -> str:
        if old not in self._pictures:
            redrawn, ending = redraw(self._package.parts.get(old, b""))
            if not ending:
                self._notes["矢量图（EMF、WMF、SVG）或无法重绘的图片已去掉"] = None
            self._pictures[old] = f"ppt/media/image{len(self._pictures) + 1}.{ending or 'png'}"
            self._writer.put(self._pictures[old], redrawn)
        return self._writer.relate(owner, "image", self._pictures[old])

    def _unpoint(self, element: etree._Element, attribute: str, owner: str) -> None:
        name = local(element.tag)
        if name in {"hlinkClick", "sldId", "sldLayoutId", "sldMasterId"}:
            drop(element)
        elif name == "blip":
            del element.attrib[attribute]
            if f"{R}embed" not in element.attrib:
                element.set(f"{R}embed", self._picture("", owner))
        elif name in {"chart", "relIds"}:
            drop(next((e for e in element.iterancestors() if local(e.tag) == "graphicFrame"), element))
            self._notes["无法安全重建的图形已去掉"] = None
        else:
            del element.attrib[attribute]
