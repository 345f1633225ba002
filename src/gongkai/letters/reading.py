"""A rendered .docx → blocks that can be set again as PDF or HTML: paragraphs, runs, tables, pictures, page numbers.

It reads what letters use: alignment, indents, spacing, keep-with-next, a rule below, faces, sizes, bold, italic,
underline, colour, line and page breaks, tables with merged cells and their rules, inline PNG and JPEG pictures, PAGE
fields, headers and footers. What it cannot set (text boxes, floating pictures, automatic numbers) is refused when a
template comes in (`uploads`).
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.oxml.ns import qn
from lxml import etree

from gongkai.letters.styles import Styles, flag, points, value

Element = Any


@dataclass
class Run:
    """Text in one face, or a break, page number or picture (`kind`)."""

    kind: str  # text, break, page, pages, picture
    text: str = ""
    size: float = 16
    font: str = ""
    bold: bool = False
    italic: bool = False
    underline: bool = False
    color: str = ""
    picture: bytes = b""
    width: float = 0
    height: float = 0


@dataclass
class Paragraph:
    """Lengths in points; `line` is the pitch when `exact`, else a multiple of the natural line."""

    runs: list[Run] = field(default_factory=list)
    align: str = "left"
    first: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    line: float = 1
    exact: bool = False
    keep: bool = False
    rule: float = 0
    rule_color: str = ""
    page_break: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return "".join("\n" if run.kind == "break" else run.text for run in self.runs)


@dataclass
class Cell:
    """A cell where it starts; rows and columns counted from 0."""

    row: int
    column: int
    across: int
    down: int
    valign: str
    blocks: list[Block]


@dataclass
class Table:
    """`widths` and `heights` in points; a height of 0 is free."""

    widths: list[float]
    heights: list[float]
    cells: list[Cell]
    ruled: bool
    heads: int = 0


Block = Paragraph | Table


@dataclass
class Sheet:
    """A letter as it will be set again; lengths in points."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    head_at: float
    foot_at: float
    blocks: list[Block]
    header: list[Block]
    footer: list[Block]


def read(data: bytes) -> Sheet:
    """Take a rendered letter apart."""
    made = docx.Document(io.BytesIO(data))
    styles = Styles(made.styles.element)
    section = made.sections[0]
    body = _Reader(styles, made.part)
    return Sheet(
        width=_pt(section.page_width, 595.3), height=_pt(section.page_height, 841.9), top=_pt(section.top_margin, 72),
        right=_pt(section.right_margin, 72), bottom=_pt(section.bottom_margin, 72), left=_pt(section.left_margin, 72),
        head_at=_pt(section.header_distance, 36), foot_at=_pt(section.footer_distance, 36),
        blocks=body.blocks(made.element.body),
        header=_Reader(styles, section.header.part).blocks(section.header._element),
        footer=_Reader(styles, section.footer.part).blocks(section.footer._element),
    )


def _pt(length: Any, otherwise: float) -> float:
    return otherwise if length is None else float(length.pt)


class _Reader:
    """Reads one story (body, header, footer): pictures are found in its own part."""

    def __init__(self, styles: Styles, part: Any) -> None:
        self.styles, self.part = styles, part

    def blocks(self, parent: Element) -> list[Block]:
        found: list[Block] = []
        for child in parent:
            if child.tag == qn("w:p"):
                found.append(self.paragraph(child))
            elif child.tag == qn("w:tbl"):
                found.append(self.table(child))
            elif child.tag == qn("w:sdt"):
                found.extend(self.blocks(child.find(qn("w:sdtContent"))))
        return found

    def paragraph(self, p: Element) -> Paragraph:
        spec = self.styles.paragraph(p)
        face = self.styles.base(p)
        made = Paragraph(runs=self.runs(p, face))
        size = next((run.size for run in made.runs if run.kind == "text"), face.size)
        made.align = {"both": "both", "distribute": "both", "center": "center", "right": "right", "end": "right"}.get(
            spec.get("jc", "left"), "left")
        made.first = spec.length("firstLine", "firstLineChars", size) - spec.length("hanging", "hangingChars", size)
        made.left = spec.length("left", "leftChars", size) or spec.length("start", "startChars", size)
        made.right = spec.length("right", "rightChars", size) or spec.length("end", "endChars", size)
        made.before, made.after = points(spec.get("before")), points(spec.get("after"))
        made.exact = spec.get("lineRule") in {"exact", "atLeast"}
        line = spec.get("line")
        made.line = points(line) if made.exact else float(line) / 240 if line else 1
        made.keep = spec.get("keepNext") == "1"
        made.page_break = spec.get("pageBreakBefore") == "1"
        made.rule = float(spec.get("rule") or 0) / 8
        made.rule_color = spec.get("ruleColor") or ""
        return made

    def runs(self, p: Element, face: Any) -> list[Run]:
        found: list[Run] = []
        field_: list[str] | None = None  # the instruction of a field that is open, then swallowed to its end
        for r in p.iter(qn("w:r"), qn("w:fldSimple")):
            if r.tag == qn("w:fldSimple"):
                found.extend(self._field(value(r, "instr"), self.styles.run(r.find(qn("w:r")), face)))
                continue
            if r.getparent().tag == qn("w:fldSimple"):
                continue
            look = self.styles.run(r, face)
            for child in r:
                tag = etree.QName(child).localname
                if tag == "fldChar":
                    kind = value(child, "fldCharType")
                    if kind == "begin":
                        field_ = []
                    elif kind == "end" and field_ is not None:
                        found.extend(self._field("".join(field_), look))
                        field_ = None
                elif tag == "instrText" and field_ is not None:
                    field_.append(child.text or "")
                elif field_ is None:
                    found.extend(self._content(tag, child, look))
        return found

    def _field(self, instruction: str, look: Any) -> list[Run]:
        name = (instruction.split() or [""])[0].upper()
        kind = {"PAGE": "page", "NUMPAGES": "pages", "SECTIONPAGES": "pages"}.get(name)
        return [look.run(kind)] if kind else []

    def _content(self, tag: str, child: Element, look: Any) -> list[Run]:
        if tag == "t":
            return [look.run("text", child.text or "")]
        if tag == "tab":
            return [look.run("text", "\u3000\u3000")]
        if tag in {"noBreakHyphen", "softHyphen"}:
            return [look.run("text", "-" if tag == "noBreakHyphen" else "")]
        if tag == "br":
            return [look.run("pagebreak" if value(child, "type") == "page" else "break")]
        if tag == "cr":
            return [look.run("break")]
        if tag == "drawing":
            return self._pictures(child)
        return []

    def _pictures(self, drawing: Element) -> list[Run]:
        found = []
        for inline in drawing.iter(qn("wp:inline")):
            extent = inline.find(qn("wp:extent"))
            for blip in inline.iter(qn("a:blip")):
                image = self.part.related_parts[blip.get(qn("r:embed"))]
                found.append(Run("picture", picture=image.blob, width=int(extent.get("cx")) / 12700,
                                 height=int(extent.get("cy")) / 12700))
        return found

    def table(self, tbl: Element) -> Table:
        widths = [points(value(column, "w")) for column in tbl.find(qn("w:tblGrid"))]
        rows = [row for row in tbl if row.tag == qn("w:tr")]
        heights, cells, open_, heads = [], [], {}, 0
        for y, row in enumerate(rows):
            props = row.find(qn("w:trPr"))
            height = props.find(qn("w:trHeight")) if props is not None else None
            heights.append(points(value(height, "val")) if height is not None else 0)
            if heads == y and props is not None and flag(props, "tblHeader"):
                heads += 1
            x = 0
            for tc in (child for child in row if child.tag == qn("w:tc")):
                spec = tc.find(qn("w:tcPr"))
                span = spec.find(qn("w:gridSpan")) if spec is not None else None
                across = int(value(span, "val") or 1) if span is not None else 1
                merge = spec.find(qn("w:vMerge")) if spec is not None else None
                if merge is not None and value(merge, "val") != "restart" and x in open_:
                    open_[x].down += 1
                else:
                    align = spec.find(qn("w:vAlign")) if spec is not None else None
                    cell = Cell(y, x, across, 1, value(align, "val") if align is not None else "top", self.blocks(tc))
                    cells.append(cell)
                    open_[x] = cell
                x += across
            widths += [60.0] * (x - len(widths))
        return Table(widths, heights, cells, self.styles.ruled(tbl), heads)
