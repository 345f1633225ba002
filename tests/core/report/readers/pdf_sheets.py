"""A small PDF writer for tests: sheets with placed text and lines, and documents set on them as Word would.

The one font is not embedded: its characters are coded in UniGB-UCS2-H, which every PDF reader knows, so that tests
need no font file.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gongkai.core.report.document import Block, Grid, GridCell

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 72.0, 523.0, 72.0, 770.0
SIZE = 9.0
LEADING = 1.5


def text_width(text: str, size: float = SIZE) -> float:
    return sum(size * (0.5 if ch.isascii() else 1.0) for ch in text)


@dataclass
class Sheet:
    """One page; coordinates from its top left corner."""

    ops: list[str] = field(default_factory=list)

    def text(self, x: float, top: float, text: str, size: float = SIZE, matrix: str = "1 0 0 1", mode: int = 0) -> None:
        code = text.encode("utf-16-be").hex()
        y = HEIGHT - top - 0.86 * size
        self.ops.append(f"BT /F {size} Tf {mode} Tr {matrix} {x:.2f} {y:.2f} Tm <{code}> Tj ET")

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5, dash: str = "") -> None:
        dashed = f"[{dash}] 0 d" if dash else "[] 0 d"
        self.ops.append(f"{width} w {dashed} {x0:.2f} {HEIGHT - y0:.2f} m {x1:.2f} {HEIGHT - y1:.2f} l S")

    def bar(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.ops.append(f"{x0:.2f} {HEIGHT - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f")

    def frame(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.ops.append(f"0.5 w [] 0 d {x0:.2f} {HEIGHT - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re S")


@dataclass(frozen=True)
class Style:
    """How tables are drawn.

    `rules`: stroke, bar, dashed, double, pieces (of bars), frames (a box a cell), separate (boxes with room between),
    shaded (no lines, only filled boxes), none. `closed` draws a border where a page break cuts a table; `repeat`
    repeats so many rows after it; `where` puts the text of a cut cell: "first" part, or the "last".
    """

    rules: str = "stroke"
    closed: bool = True
    repeat: int = 0
    where: str = "first"
    upright_group: bool = False
    outer: bool = True


def to_pdf(
    sheets: Iterable[Sheet], *, title: str | None = None, rotate: int = 0, to_unicode: str | None = None,
) -> bytes:
    """The bytes of a PDF with these sheets. `to_unicode` None uses the predefined encoding, else the map given."""
    objects: list[bytes] = []

    def add(body: str | bytes) -> int:
        objects.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(objects)

    descriptor = add(
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
        "/Descent -120/CapHeight 880/StemV 93>>"
    )
    ordering = "Adobe/GB1" if to_unicode is None else "Adobe/Identity"
    registry, name = ordering.split("/")
    cid = add(
        f"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry({registry})/Ordering({name})"
        f"/Supplement 2>>/FontDescriptor {descriptor} 0 R/DW 1000/W[1 95 500]>>"
    )
    encoding, extra = "UniGB-UCS2-H", ""
    if to_unicode is not None:
        packed = to_unicode.encode()
        stream = add(f"<</Length {len(packed)}>>stream\n".encode() + packed + b"\nendstream")
        encoding, extra = "Identity-H", f"/ToUnicode {stream} 0 R"
    font = add(
        f"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light-{encoding}/Encoding/{encoding}"
        f"/DescendantFonts[{cid} 0 R]{extra}>>"
    )
    tree = len(objects) + 1
    add("")
    kids = []
    for sheet in sheets:
        packed = zlib.compress("\n".join(sheet.ops).encode())
        content = add(f"<</Filter/FlateDecode/Length {len(packed)}>>stream\n".encode() + packed + b"\nendstream")
        kids.append(add(
            f"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Rotate {rotate}"
            f"/Resources<</Font<</F {font} 0 R>>>>/Contents {content} 0 R>>"
        ))
    objects[tree - 1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{k} 0 R' for k in kids)}]>>".encode()
    root = add(f"<</Type/Catalog/Pages {tree} 0 R>>")
    info = add(f"<</Title<feff{(title or '').encode('utf-16-be').hex()}>>>")
    return assemble(objects, root, info)


def assemble(objects: Sequence[bytes], root: int, info: int) -> bytes:
    """Numbered objects, cross-reference table and trailer."""
    out = bytearray(b"%PDF-1.5\n%\xe4\xbd\xa0\xe5\xa5\xbd\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += f"trailer\n<</Size {len(objects) + 1}/Root {root} 0 R/Info {info} 0 R>>\n".encode()
    out += f"startxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


class Press:
    """Sets paragraphs and grids on as many sheets as they need, page numbers at the foot."""

    def __init__(self, style: Style | None = None, bottom: float = BOTTOM, top: float = TOP) -> None:
        self.style, self.bottom, self.top = style or Style(), bottom, top
        self.sheets: list[Sheet] = []
        self.left_over: dict[int, list[str]] = {}
        self.turn()

    def turn(self) -> None:
        self.sheets.append(Sheet())
        self.y = self.top
        number = f"-{len(self.sheets)}-"
        self.sheets[-1].text((WIDTH - text_width(number)) / 2, 800, number)

    def pdf(self, blocks: Iterable[Block], **how: str | int | None) -> bytes:
        for block in blocks:
            if isinstance(block, Grid):
                self.grid(block)
            else:
                self.paragraph(block.text)
        return to_pdf(self.sheets, **how)  # type: ignore[arg-type]

    def paragraph(self, text: str, size: float = 12.0) -> None:
        per_line = int((RIGHT - LEFT) / size)
        rest, indent = text, 2
        while rest:
            if self.y + size * LEADING > self.bottom:
                self.turn()
            now, rest = rest[:per_line - indent], rest[per_line - indent:]
            self.sheets[-1].text(LEFT + indent * size, self.y, now, size)
            self.y += size * LEADING
            indent = 0

    def grid(self, grid: Grid) -> None:
        labels = grid.ncols - 7 if grid.ncols == 10 else 0  # table 三 gives its label columns more room
        unit = (RIGHT - LEFT) / (grid.ncols + labels * 1.6)
        xs = [LEFT]
        for col in range(grid.ncols):
            xs.append(xs[-1] + unit * (2.6 if col < labels else 1.0))
        heights = [
            max(self._height(cell, xs) for cell in grid.cells if cell.row == row and cell.rowspan == 1)
            for row in range(grid.nrows)
        ]
        for cell in grid.cells:
            if not (self.style.upright_group and cell.rowspan > 8):
                inside = sum(heights[cell.row:cell.row + cell.rowspan])
                heights[cell.row + cell.rowspan - 1] += max(0.0, self._height(cell, xs) - inside)
        first = 0
        while first < grid.nrows:
            last, y = first, self.y
            while last < grid.nrows and y + heights[last] <= self.bottom:
                y += heights[last]
                last += 1
            if last > first:
                self._part(grid, xs, heights, first, last)
            if last < grid.nrows:
                self.turn()
                if self.style.repeat and last > self.style.repeat:
                    self._part(grid, xs, heights, 0, self.style.repeat)
            first = last
        self.y += 12

    def _height(self, cell: GridCell, xs: Sequence[float]) -> float:
        return len(self._wrapped(cell, xs)) * SIZE * LEADING + 4

    def _wrapped(self, cell: GridCell, xs: Sequence[float]) -> list[str]:
        room = xs[cell.col + cell.colspan] - xs[cell.col] - 4
        lines = [""]
        for ch in cell.text:
            if text_width(lines[-1] + ch) > room:
                lines.append("")
            lines[-1] += ch
        return lines

    def _part(self, grid: Grid, xs: Sequence[float], heights: Sequence[float], first: int, last: int) -> None:
        ys = [self.y]
        for row in range(first, last):
            ys.append(ys[-1] + heights[row])
        for cell in grid.cells:
            stop = cell.row + cell.rowspan
            if stop <= first or cell.row >= last:
                continue
            top, bottom = ys[max(cell.row, first) - first], ys[min(stop, last) - first]
            self._box(xs[cell.col], top, xs[cell.col + cell.colspan], bottom, cell, first, last)
            here = cell.row >= first if self.style.where == "first" else stop <= last
            if (here or id(cell) in self.left_over) and cell.text:
                self._write(cell, xs, top, bottom)
        self.y = ys[-1]

    def _write(self, cell: GridCell, xs: Sequence[float], top: float, bottom: float) -> None:
        sheet, x0, x1 = self.sheets[-1], xs[cell.col], xs[cell.col + cell.colspan]
        if self.style.upright_group and cell.rowspan > 8:
            for n, ch in enumerate(cell.text):
                sheet.text((x0 + x1 - SIZE) / 2, top + 4 + n * SIZE * 1.05, ch)
            return
        lines = self.left_over.pop(id(cell), None) or self._wrapped(cell, xs)
        room = int((bottom - top) / (SIZE * LEADING))
        if len(lines) > room:  # the rest of a cut cell goes on the next sheet, as word processors do
            lines, self.left_over[id(cell)] = lines[:room], lines[room:]
        y = max(top + 2, (top + bottom - len(lines) * SIZE * LEADING) / 2)
        for line in lines:
            sheet.text((x0 + x1 - text_width(line)) / 2, y + 2, line)
            y += SIZE * LEADING

    def _box(self, x0: float, y0: float, x1: float, y1: float, cell: GridCell, first: int, last: int) -> None:
        sheet, style = self.sheets[-1], self.style
        if style.rules == "none":
            return
        if style.rules in ("frames", "separate"):  # a box a cell, in HTML with room between them
            off = 1.0 if style.rules == "separate" else 0.0
            sheet.frame(x0 + off, y0 + off, x1 - off, y1 - off)
            return
        if style.rules == "shaded":
            sheet.bar(x0 + 0.4, y0 + 0.4, x1 - 0.4, y1 - 0.4)
            return
        sides = [(x0, y0, x0, y1), (x1, y0, x1, y1)]
        if not style.outer:
            sides = [side for side in sides if LEFT + 1 < side[0] < RIGHT - 1]
        if style.closed or cell.row >= first:
            sides.append((x0, y0, x1, y0))
        if style.closed or cell.row + cell.rowspan <= last:
            sides.append((x0, y1, x1, y1))
        for a, b, c, d in sides:
            if style.rules == "bar":
                sheet.bar(a - 0.25, b - 0.25, c + 0.25, d + 0.25)
            elif style.rules == "dashed":
                sheet.line(a, b, c, d, dash="2 2")
            elif style.rules == "pieces":
                for k in range(8):
                    sheet.bar(
                        a + (c - a) * k / 8 - 0.25, b + (d - b) * k / 8 - 0.25,
                        a + (c - a) * (k + 1) / 8 + 0.25, b + (d - b) * (k + 1) / 8 + 0.25,
                    )
            elif style.rules == "double":
                for off in (-0.9, 0.9):
                    across = b == d
                    sheet.line(*((a, b + off, c, d + off) if across else (a + off, b, c + off, d)))
            else:
                sheet.line(a, b, c, d)
