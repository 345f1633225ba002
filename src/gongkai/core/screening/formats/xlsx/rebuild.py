"""A workbook made anew from what can be seen in it."""

from __future__ import annotations

import re

from lxml import etree

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats.ooxml.charts import literal
from gongkai.core.screening.formats.ooxml.generic import mask_drawn, mask_rest, only_known, rename_objects
from gongkai.core.screening.formats.ooxml.names import MC, OWN, XDR, XML, A, C, R, S, local
from gongkai.core.screening.formats.ooxml.package import Package, Relation, parse
from gongkai.core.screening.formats.ooxml.pictures import redraw
from gongkai.core.screening.formats.ooxml.putback import Mask
from gongkai.core.screening.formats.ooxml.writer import Writer
from gongkai.core.screening.formats.xlsx.axis import Axis
from gongkai.core.screening.formats.xlsx.book import Book, open_book
from gongkai.core.screening.formats.xlsx.resheet import Resheet
from gongkai.core.screening.formats.xlsx.sheet import Grid, boxes, column_letters
from gongkai.core.screening.formats.xlsx.strings import Strings
from gongkai.core.screening.model import Rebuilt

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_DRAWING = "application/vnd.openxmlformats-officedocument."
_KNOWN = frozenset({A, C, MC, R, S, XDR, XML})
_STYLES = frozenset({"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "colors"})
_NAME_LIMIT = 31
_FORBIDDEN = re.compile(r"[\\/*?:\[\]]")


def rebuild(data: bytes, mask: Mask) -> Rebuilt:
    """Raises ReadError when the file cannot be read, `cannot-clean` when every sheet is hidden."""
    return _Rebuild(Package.open(data), mask).run()


class _Rebuild:
    def __init__(self, package: Package, mask: Mask) -> None:
        self._package, self._mask = package, mask
        self._writer = Writer()
        self._book: Book = open_book(package)
        self._strings = Strings(mask)
        self._notes: dict[str, None] = {}
        self._names: list[str] = []
        self._pictures = self._drawings = self._charts = 0

    def run(self) -> Rebuilt:
        main, writer = "xl/workbook.xml", self._writer
        writer.relate("", "officeDocument", main)
        root = etree.Element(f"{S}workbook", nsmap=OWN | {"r": R[1:-1]})
        if self._book.root.find(f"{S}workbookPr") is not None:
            old = self._book.root.find(f"{S}workbookPr")
            fresh = etree.SubElement(root, f"{S}workbookPr")
            if old is not None and old.get("date1904") in {"1", "true"}:
                fresh.set("date1904", "1")
        etree.SubElement(etree.SubElement(root, f"{S}bookViews"), f"{S}workbookView")
        sheets = etree.SubElement(root, f"{S}sheets")
        areas: list[tuple[str, int, str]] = []
        for index, sheet in enumerate(self._book.sheets):
            if sheet.state != "visible" or not sheet.part:
                continue
            if sheet.kind != "worksheet":
                self._notes[f"工作表“{self._mask(sheet.name)}”不是普通工作表，已去掉"] = None
                continue
            part = f"xl/worksheets/sheet{len(self._names) + 1}.xml"
            name = self._name(sheet.name)
            grid = Grid(parse(self._package.parts[sheet.part]), self._book)
            self._cover(grid, sheet.part)
            made = Resheet(grid, self._book, self._strings, self._mask)
            self._notes |= made.notes
            self._drawn(grid, sheet.part, made, part)
            for kind, area in self._areas(index, name, made.rows, made.columns):
                areas.append((kind, len(self._names), area))
            writer.put(part, made.root, f"{_SHEET}worksheet+xml")
            each = etree.SubElement(sheets, f"{S}sheet", name=name, sheetId=str(len(self._names) + 1))
            each.set(f"{R}id", writer.relate(main, "worksheet", part))
            self._names.append(name)
        if not self._names:
            raise ReadError("cannot-clean", "工作簿里没有可见的工作表，无法重建；请取消隐藏要公开的工作表后再上传。")
        if areas:
            names = etree.SubElement(root, f"{S}definedNames")
            for kind, number, area in areas:
                etree.SubElement(names, f"{S}definedName", name=kind, localSheetId=str(number)).text = area
        self._looks(main)
        writer.put("xl/sharedStrings.xml", self._strings.part(), f"{_SHEET}sharedStrings+xml")
        writer.relate(main, "sharedStrings", "xl/sharedStrings.xml")
        writer.put(main, root, f"{_SHEET}sheet.main+xml")
        return Rebuilt(writer.done(), tuple(self._notes))

    def _name(self, old: str) -> str:
        name = _FORBIDDEN.sub("x", self._mask(old))[:_NAME_LIMIT].strip("'") or "工作表"
        base, number = name, 1
        while name.lower() in {known.lower() for known in self._names}:
            number += 1
            name = f"{base[:_NAME_LIMIT - 3]}{number}"
        return name

    def _cover(self, grid: Grid, part: str) -> None:
        for relation in self._package.relations(part):
            if not relation.external and relation.type.endswith("/table"):
                grid.cover(parse(self._package.parts[relation.target]).get("ref", ""))
                self._notes["表格样式（套用表格格式）已去掉，单元格自身的格式保留"] = None
        if grid.root.find(f"{S}conditionalFormatting") is not None:
            self._notes["条件格式已去掉"] = None
        if grid.root.find(f"{S}hyperlinks") is not None:
            self._notes["单元格的超链接已去掉，文字保留"] = None

    def _looks(self, main: str) -> None:
        for relation in self._package.relations(main):
            if relation.external or not relation.type.endswith(("/styles", "/theme")):
                continue
            root = parse(self._package.parts[relation.target])
            styles = relation.type.endswith("/styles")
            for child in list(root):
                name = local(child.tag)
                if (styles and name not in _STYLES) or (not styles and name != "themeElements"):
                    root.remove(child)
            self._unpoint(root)
            only_known(root, _KNOWN)
            if styles:
                for number, style in enumerate(root.iter(f"{S}cellStyle")):
                    if style.get("builtinId") is None:
                        style.set("name", f"样式{number}")
            else:
                root.set("name", "Office")
            mask_rest(root, self._mask)
            name = "xl/styles.xml" if styles else "xl/theme/theme1.xml"
            kind = f"{_SHEET}styles+xml" if styles else f"{_DRAWING}theme+xml"
            if not self._writer.has(name):
                self._writer.put(name, root, kind)
                self._writer.relate(main, "styles" if styles else "theme", name)

    def _areas(self, index: int, name: str, rows: Axis, columns: Axis) -> list[tuple[str, str]]:
        """Print areas and repeated titles, with the new numbers; other names go."""
        kept = []
        for each in self._book.root.iter(f"{S}definedName"):
            kind = each.get("name", "")
            if each.get("localSheetId") != str(index) or kind not in {"_xlnm.Print_Area", "_xlnm.Print_Titles"}:
                continue
            found = []
            quoted = "'" + name.replace("'", "''") + "'"
            for reference in (each.text or "").split(","):
                cells = reference.rpartition("!")[2]
                if kind.endswith("Titles"):
                    match = re.fullmatch(r"\$(\d{1,7}):\$(\d{1,7})", cells)
                    if match and (span := rows.span(int(match[1]), int(match[2]))):
                        found.append(f"{quoted}!${span[0]}:${span[1]}")
                    continue
                for top, left, bottom, right in boxes(cells):
                    down, across = rows.span(top, bottom), columns.span(left, right)
                    if down and across:
                        corner = f"${column_letters(across[0])}${down[0]}:${column_letters(across[1])}${down[1]}"
                        found.append(f"{quoted}!{corner}")
            if found:
                kept.append((kind, ",".join(found)))
        return kept

    def _drawn(self, grid: Grid, old: str, made: Resheet, part: str) -> None:
        """Pictures, charts and shapes that lie on a sheet."""
        element = grid.root.find(f"{S}drawing")
        relations = {relation.id: relation for relation in self._package.relations(old)}
        relation = relations.get(element.get(f"{R}id", "")) if element is not None else None
        if relation is None or relation.external:
            return
        self._drawings += 1
        new = f"xl/drawings/drawing{self._drawings}.xml"
        root = parse(self._package.parts[relation.target])
        self._move(root, made)
        inner = {each.id: each for each in self._package.relations(relation.target)}
        self._point(root, inner, new)
        only_known(root, _KNOWN)
        rename_objects(root)
        mask_drawn(root, self._mask)
        mask_rest(root, self._mask)
        self._writer.put(new, root, f"{_DRAWING}drawing+xml")
        etree.SubElement(made.root, f"{S}drawing").set(f"{R}id", self._writer.relate(part, "drawing", new))

    def _move(self, root: etree._Element, made: Resheet) -> None:
        for anchor in list(root):
            hidden = any(e.get("hidden") in {"1", "true"} for e in anchor.iter(f"{XDR}cNvPr"))
            if local(anchor.tag) not in {"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"} or hidden:
                root.remove(anchor)  # hidden shapes, and alternatives for newer programs
                continue
            for element in anchor.iter(f"{XDR}col", f"{XDR}row"):
                axis = made.columns if local(element.tag) == "col" else made.rows
                text = element.text or "0"
                element.text = str(axis.new(int(text) + 1) - 1) if text.isdigit() else "0"

    def _point(self, root: etree._Element, relations: dict[str, Relation], owner: str) -> None:
        for element in list(root.iter()):
            for attribute in [str(name) for name in element.attrib if str(name).startswith(R)]:
                relation = relations.get(element.get(attribute, ""))
                kind = relation.type.rpartition("/")[2] if relation is not None and not relation.external else ""
                if kind == "image" and relation is not None:
                    element.set(attribute, self._picture(relation.target, owner))
                elif kind == "chart" and relation is not None:
                    element.set(attribute, self._chart(relation.target, owner))
                elif local(element.tag) == "blip" and attribute.endswith("embed"):
                    element.set(attribute, self._picture("", owner))
                elif local(element.tag) in {"chart", "relIds"}:
                    anchor = next((e for e in element.iterancestors() if e.getparent() is root), None)
                    if anchor is not None:
                        root.remove(anchor)
                    self._notes["无法安全重建的图形已去掉"] = None
                else:
                    del element.attrib[attribute]

    def _picture(self, old: str, owner: str) -> str:
        self._pictures += 1
        redrawn, ending = redraw(self._package.parts.get(old, b""))
        if not ending:
            self._notes["矢量图（EMF、WMF、SVG）或无法重绘的图片已去掉"] = None
        name = f"xl/media/image{self._pictures}.{ending or 'png'}"
        self._writer.put(name, redrawn)
        return self._writer.relate(owner, "image", name)

    def _chart(self, old: str, owner: str) -> str:
        self._charts += 1
        root = parse(self._package.parts[old])
        for alternate in list(root.iter(f"{MC}AlternateContent")):
            if (parent := alternate.getparent()) is not None:
                parent.remove(alternate)  # only styles of newer programs
        literal(root)
        self._unpoint(root)
        only_known(root, _KNOWN)
        mask_drawn(root, self._mask)
        mask_rest(root, self._mask)
        name = f"xl/charts/chart{self._charts}.xml"
        self._writer.put(name, root, f"{_DRAWING}drawingml.chart+xml")
        return self._writer.relate(owner, "chart", name)

    @staticmethod
    def _unpoint(root: etree._Element) -> None:
        for element in root.iter():
            for attribute in [name for name in element.attrib if str(name).startswith(R)]:
                del element.attrib[attribute]
