"""A Word document made anew from what can be seen in it."""

from __future__ import annotations

from lxml import etree

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats import unpack
from gongkai.core.screening.formats.docx import parts
from gongkai.core.screening.formats.docx.fields import flatten, rename_bookmarks
from gongkai.core.screening.formats.docx.looks import Looks
from gongkai.core.screening.formats.docx.masking import mask_cut, mask_story
from gongkai.core.screening.formats.docx.revisions import accept, take_hidden
from gongkai.core.screening.formats.ooxml.generic import mask_drawn, mask_rest, only_known, rename_objects
from gongkai.core.screening.formats.ooxml.links import may_stay
from gongkai.core.screening.formats.ooxml.names import DSP, R, W, local
from gongkai.core.screening.formats.ooxml.package import Package, Relation, parse
from gongkai.core.screening.formats.ooxml.pictures import redraw
from gongkai.core.screening.formats.ooxml.putback import Mask
from gongkai.core.screening.formats.ooxml.tree import drop, one_branch, unwrap
from gongkai.core.screening.formats.ooxml.writer import Writer
from gongkai.core.screening.model import Rebuilt

_DSP_TYPE = "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing"
_DSP_CONTENT = "application/vnd.ms-office.drawingml.diagramDrawing+xml"
_EMBEDDED = frozenset({"externalData", "userShapes", "clrMapOvr", "pivotSource", "protection", "legacyDrawingHF"})


def rebuild(data: bytes, mask: Mask) -> Rebuilt:
    """Raises ReadError when the file cannot be read."""
    package = Package.open(data)
    return Rebuilt(*_Rebuild(package, mask).run())


class _Rebuild:
    def __init__(self, package: Package, mask: Mask) -> None:
        self._package, self._mask = package, mask
        self._writer = Writer()
        self._named: dict[str, str] = {}      # old part → new part
        self._counts: dict[str, int] = {}
        self._bookmarks: dict[str, str] = {}
        self._pictures: dict[str, str] = {}
        self._notes: dict[str, None] = {}
        self._looks: Looks

    def run(self) -> tuple[bytes, tuple[str, ...]]:
        main = self._package.main()
        document = parse(self._package.parts[main])
        if document.tag != f"{W}document":
            raise ReadError("damaged", "文件里没有 Word 正文，已损坏；请用 Word 或 WPS 打开原件另存一份后再上传。")
        styles = next((r for r in self._package.relations(main) if r.type.endswith("/styles") and not r.external), None)
        self._looks = Looks(parse(self._package.parts[styles.target]) if styles else None, document)
        self._writer.relate("", "officeDocument", parts.MAIN)
        self._named[main] = parts.MAIN
        self._story(main, parts.MAIN, document, parts.MAIN_TYPE)
        return self._writer.done(), tuple(self._notes)

    def _story(self, old: str, new: str, root: etree._Element, content_type: str) -> None:
        relations = {relation.id: relation for relation in self._package.relations(old)}
        self._chunks(root, relations)
        one_branch(root, parts.KNOWN)
        accept(root)
        mask_cut(root, self._mask)
        take_hidden(root, self._looks)
        flatten(root, self._mask)
        rename_bookmarks(root, self._bookmarks)
        self._diagrams(root, relations, new)
        self._point(root, relations, new)
        for relation in relations.values():
            kind = relation.type.rpartition("/")[2]
            if kind in parts.ALWAYS and not relation.external and new == parts.MAIN:
                self._part(relation, kind, new)
        only_known(root, parts.KNOWN)
        rename_objects(root)
        mask_story(root, self._mask)
        mask_drawn(root, self._mask)
        mask_rest(root, self._mask)
        self._writer.put(new, root, content_type)

    def _part(self, relation: Relation, kind: str, owner: str) -> str | None:
        """Rebuild the part a relationship points to; gives the new relationship's id."""
        if relation.external or kind not in parts.KEPT:
            return None
        old = relation.target
        if old not in self._named:
            leaf, content_type = parts.KEPT[kind]
            self._counts[leaf] = self._counts.get(leaf, 0) + 1
            if self._counts[leaf] > 1 and kind not in parts.SEVERAL:
                return None
            number = self._counts[leaf] if kind in parts.SEVERAL else ""
            self._named[old] = new = f"word/{leaf}{number}.xml"
            root = parse(self._package.parts[old])
            if kind in parts.STORIES:
                self._story(old, new, root, content_type)
            else:
                self._plain(root, kind, old, new)
                self._writer.put(new, root, content_type)
        return self._writer.relate(owner, kind, self._named[old])

    def _plain(self, root: etree._Element, kind: str, old: str, new: str) -> None:
        """A part without paragraphs of Word's."""
        one_branch(root, parts.KNOWN)
        if kind == "settings":
            for child in [child for child in root if local(child.tag) not in parts.SETTINGS]:
                root.remove(child)
        unwanted = {
            "styles": parts.NOT_IN_STYLES, "fontTable": parts.NOT_IN_FONTS, "chart": _EMBEDDED,
            "numbering": frozenset({"numPicBullet", "lvlPicBulletId"}), "theme": frozenset({"objectDefaults"}),
        }.get(kind, frozenset())
        for element in list(root.iter()):
            if local(element.tag) in unwanted:
                drop(element)
        self._point(root, {relation.id: relation for relation in self._package.relations(old)}, new)
        only_known(root, parts.KNOWN)
        rename_objects(root)
        if kind == "theme":
            root.set("name", "Office")
        mask_drawn(root, self._mask)
        mask_rest(root, self._mask)

    def _point(self, root: etree._Element, relations: dict[str, Relation], owner: str) -> None:
        """Give every reference of a part a relationship of ours, or take away what points to nothing that stays."""
        for element in list(root.iter()):
            for attribute in [str(name) for name in element.attrib if str(name).startswith(R)]:
                old = relations.get(element.get(attribute, ""))
                fresh = self._target(element, old, owner) if old is not None else None
                if fresh is not None:
                    element.set(attribute, fresh)
                else:
                    self._unpoint(element, attribute, owner)

    def _target(self, element: etree._Element, relation: Relation, owner: str) -> str | None:
        kind = relation.type.rpartition("/")[2]
        if kind == "hyperlink":
            if local(element.tag) == "hyperlink" and relation.external and may_stay(relation.target, self._mask):
                return self._writer.relate(owner, "hyperlink", relation.target, external=True)
            self._notes["指向邮箱、文件或带有个人信息的超链接已去掉，文字保留"] = None
            return None
        if kind == "image":
            return None if relation.external else self._picture(relation.target, owner)
        return self._part(relation, kind, owner)

    def _picture(self, old: str, owner: str) -> str:
        if old not in self._pictures:
            redrawn, ending = redraw(self._package.parts[old])
            if not ending:
                self._notes["矢量图（EMF、WMF、SVG）或无法重绘的图片已去掉"] = None
            self._pictures[old] = f"word/media/image{len(self._pictures) + 1}.{ending or 'png'}"
            self._writer.put(self._pictures[old], redrawn)
        return self._writer.relate(owner, "image", self._pictures[old])

    def _unpoint(self, element: etree._Element, attribute: str, owner: str) -> None:
        name = local(element.tag)
        if name == "hyperlink":
            del element.attrib[attribute]
            if element.get(f"{W}anchor") is None:
                unwrap(element)
        elif name in {"headerReference", "footerReference", "imagedata", "externalData", "hlinkClick", "hlinkHover",
                      "fill", "stroke"}:
            drop(element)
        elif name == "blip":
            del element.attrib[attribute]
            if attribute.endswith("embed") or f"{R}embed" not in element.attrib:
                element.set(f"{R}embed", self._blank(owner))
        elif name in {"chart", "relIds"}:
            holder = next((e for e in element.iterancestors() if local(e.tag) in {"drawing", "pict"}), element)
            drop(holder)
            self._notes["无法安全重建的图形已去掉"] = None
        else:
            del element.attrib[attribute]

    def _blank(self, owner: str) -> str:
        if not self._writer.has("word/media/blank.png"):
            self._writer.put("word/media/blank.png", redraw(b"")[0])
        return self._writer.relate(owner, "image", "word/media/blank.png")

    def _diagrams(self, root: etree._Element, relations: dict[str, Relation], owner: str) -> None:
        """The drawn form of SmartArt, which readers other than Word show."""
        if not any(local(element.tag) == "relIds" for element in root.iter()):
            return
        for relation in relations.values():
            if relation.type == _DSP_TYPE and not relation.external:
                number = self._counts["drawn"] = self._counts.get("drawn", 0) + 1
                drawing = parse(self._package.parts[relation.target])
                self._point(drawing, {r.id: r for r in self._package.relations(relation.target)}, "")
                only_known(drawing, parts.KNOWN | {DSP})
                rename_objects(drawing)
                mask_drawn(drawing, self._mask)
                mask_rest(drawing, self._mask)
                new = f"word/diagrams/drawing{number}.xml"
                self._writer.put(new, drawing, _DSP_CONTENT)
                self._writer.relate(owner, _DSP_TYPE, new)

    def _chunks(self, root: etree._Element, relations: dict[str, Relation]) -> None:
        """Files that Word would merge when it opens the document become plain paragraphs."""
        for chunk in list(root.iter(f"{W}altChunk")):
            relation = relations.get(chunk.get(f"{R}id", ""))
            if relation is not None and not relation.external:
                data = self._package.parts[relation.target]
                for piece in unpack(data, relation.target, depth=1).pieces:
                    for line in () if piece.hidden else piece.text.split("\n"):
                        paragraph = etree.Element(f"{W}p")
                        text = etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t")
                        text.text = line.strip()
                        chunk.addprevious(paragraph)
                self._notes["合并进来的外部内容已改为正文段落"] = None
            drop(chunk)


