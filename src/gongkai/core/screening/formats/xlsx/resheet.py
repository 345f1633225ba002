"""One sheet made anew: visible cells with values, widths, merges and print settings."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree

from gongkai.core.screening.formats.ooxml.generic import personal_number
from gongkai.core.screening.formats.ooxml.joins import cut_cells
from gongkai.core.screening.formats.ooxml.names import OWN, S, local
from gongkai.core.screening.formats.ooxml.putback import Mask
from gongkai.core.screening.formats.xlsx.axis import Axis
from gongkai.core.screening.formats.xlsx.book import Book, hidden_by
from gongkai.core.screening.formats.xlsx.sheet import Cell, Grid, boxes, column_letters
from gongkai.core.screening.formats.xlsx.strings import Strings

_ROW = ("ht", "customHeight", "s", "customFormat", "thickTop", "thickBot")
_FORMAT = ("baseColWidth", "defaultColWidth", "defaultRowHeight", "customHeight", "thickTop", "thickBottom")
_VIEW = ("showGridLines", "showRowColHeaders", "showZeros", "rightToLeft", "zoomScale", "zoomScaleNormal", "view")
_PRINT = ("printOptions", "pageMargins")
_SETUP = (
    "paperSize", "scale", "fitToWidth", "fitToHeight", "orientation", "horizontalDpi", "verticalDpi", "pageOrder",
    "blackAndWhite", "useFirstPageNumber", "firstPageNumber", "cellComments",
)
_FIELD = re.compile(r'(&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d{1,3}|[LCRPNDTZFAGSXYBIUEOH]))')
_TALL = 1_000  # merged rows counted one by one
_PICTURE_OR_PATH = re.compile(r"&[GZF]")

FORMULA = "公式已换成计算结果"
NO_RESULT = "没有计算结果的公式已清空，请核对"
AS_TEXT = "以数字保存的个人信息已改为打码的文本"


class Resheet:
    """Makes `root`; `rows` and `columns` tell where everything moved."""

    def __init__(self, grid: Grid, book: Book, strings: Strings, mask: Mask) -> None:
        self._grid, self._book, self._strings, self._mask = grid, book, strings, mask
        self.notes: dict[str, None] = {}
        cells = list(grid.cells())  # also finds the hidden rows
        self.rows, self.columns = Axis(grid.hidden_rows), Axis(grid.hidden_columns)
        self._merged: list[tuple[int, int, int, int]] = []
        self._inner: set[tuple[int, int]] = set()
        self._merges(cells)
        self.root = etree.Element(f"{S}worksheet", nsmap=OWN)
        self._head()
        self._data(cells)
        self._tail()

    def _merges(self, cells: list[Cell]) -> None:
        for each in self._grid.root.iter(f"{S}mergeCell"):
            for top, left, bottom, right in boxes(each.get("ref", "")):
                rows, columns = self.rows.span(top, bottom), self.columns.span(left, right)
                if rows and columns and (rows[0] < rows[1] or columns[0] < columns[1]):
                    self._merged.append((rows[0], columns[0], rows[1], columns[1]))
        starts = {(top, left) for top, left, _, _ in self._merged}
        by_row: dict[int, list[tuple[int, int, int, int]]] = {}
        for box in self._merged:
            for row in range(box[0], box[2] + 1) if box[2] - box[0] <= _TALL else (0,):
                by_row.setdefault(row, []).append(box)
        for cell in cells:
            row, column = self.rows.new(cell.row), self.columns.new(cell.column)
            over = [*by_row.get(row, ()), *by_row.get(0, ())]
            if (row, column) not in starts and any(t <= row <= b and le <= column <= r for t, le, b, r in over):
                self._inner.add((cell.row, cell.column))  # under a merged cell: kept by the file, shown by nobody

    def _head(self) -> None:
        old = self._grid.root
        setup = old.find(f"{S}sheetPr")
        fresh = etree.SubElement(self.root, f"{S}sheetPr")
        for name in ("tabColor", "pageSetUpPr"):
            if setup is not None and (each := setup.find(f"{S}{name}")) is not None:
                fresh.append(deepcopy(each))
        self._view()
        form = old.find(f"{S}sheetFormatPr")
        if form is not None:
            self._copy(form, _FORMAT)
        columns = etree.Element(f"{S}cols")
        for each in old.iterfind(f"{S}cols/{S}col"):
            low, high = each.get("min", ""), each.get("max", "")
            span = self.columns.span(int(low), int(high)) if low.isdigit() and high.isdigit() else None
            if span:
                col = etree.SubElement(columns, f"{S}col", min=str(span[0]), max=str(span[1]))
                for name in ("width", "style", "customWidth", "bestFit"):
                    if each.get(name):
                        col.set(name, each.get(name, ""))
        if len(columns):
            self.root.append(columns)

    def _view(self) -> None:
        view = self._grid.root.find(f"{S}sheetViews/{S}sheetView")
        if view is None:
            return
        fresh = self._copy(view, _VIEW, etree.SubElement(self.root, f"{S}sheetViews"))
        fresh.set("workbookViewId", "0")
        pane = view.find(f"{S}pane")
        if pane is None or pane.get("state") not in {"frozen", "frozenSplit"}:
            return
        across, down = _whole(pane.get("xSplit")), _whole(pane.get("ySplit"))
        across, down = self.columns.new(across + 1) - 1, self.rows.new(down + 1) - 1
        if across or down:
            split = etree.SubElement(fresh, f"{S}pane", state="frozen")
            if across:
                split.set("xSplit", str(across))
            if down:
                split.set("ySplit", str(down))
            split.set("topLeftCell", f"{column_letters(across + 1)}{down + 1}")
            split.set("activePane", "bottomRight" if across and down else "bottomLeft" if down else "topRight")

    def _data(self, cells: list[Cell]) -> None:
        data = etree.SubElement(self.root, f"{S}sheetData")
        rows: dict[int, etree._Element] = {}
        number = 0
        for old in self._grid.root.iterfind(f"{S}sheetData/{S}row"):
            given = old.get("r", "")
            number = int(given) if given.isdigit() else number + 1
            if not self.rows.gone(number):
                rows[number] = self._copy(old, _ROW, data)
                rows[number].set("r", str(self.rows.new(number)))
        line: list[tuple[Cell, etree._Element]] = []
        for cell in cells:
            if line and line[0][0].row != cell.row:
                self._boxes(line)
                line = []
            if cell.row in rows and not self.columns.gone(cell.column):
                line.append((cell, self._cell(cell, rows[cell.row])))
        self._boxes(line)

    def _cell(self, cell: Cell, row: etree._Element) -> etree._Element:
        fresh = etree.SubElement(row, f"{S}c")
        fresh.set("r", f"{column_letters(self.columns.new(cell.column))}{self.rows.new(cell.row)}")
        if cell.style and cell.style.isdigit():
            fresh.set("s", cell.style)
        if cell.element.find(f"{S}f") is not None:
            self.notes[FORMULA if cell.text else NO_RESULT] = None
        look = self._book.look(cell.style)
        covered = self._grid.covered(cell.row, cell.column)
        if not cell.text or (cell.row, cell.column) in self._inner or hidden_by(
            look, text=cell.is_text, value=cell.text, covered=covered
        ):
            return fresh
        kind = cell.element.get("t", "n")
        raw = cell.element.findtext(f"{S}v") or ""
        if kind in {"s", "inlineStr"}:
            inline = cell.element.find(f"{S}is")
            source = self._book.strings[int(raw)] if kind == "s" else inline
            if source is not None:
                behind = "?" if covered else look.behind if look else ""
                self._write(fresh, "s", str(self._strings.rich(source, behind)))
        elif kind in {"n", ""} and personal_number(raw, self._mask):
            digits = cell.text
            masked = self._mask(digits)
            self._text(fresh, masked if masked != digits else f"{digits[:2]}{'*' * (len(digits) - 5)}{digits[-3:]}")
            self.notes[AS_TEXT] = None
        elif kind in {"n", "", "b", "e"} and _plain(raw, kind):
            self._write(fresh, kind if kind in {"b", "e"} else "", raw)
        else:
            self._text(fresh, self._mask(raw))
        return fresh

    def _boxes(self, line: list[tuple[Cell, etree._Element]]) -> None:
        """A number written one digit a cell."""
        texts: list[str] = []
        owners: list[int] = []
        for index, (cell, _) in enumerate(line):
            if index and cell.column != line[index - 1][0].column + 1:
                texts.append("")
                owners.append(-1)
            texts.append(cell.text)
            owners.append(index)
        for start, end in cut_cells(texts):
            parts = [text.strip() for text in texts[start:end]]
            masked = self._mask("".join(parts))
            if masked == "".join(parts):
                continue
            at = 0
            for position, part in enumerate(parts):
                last = position == len(parts) - 1
                piece = masked[at:] if last else masked[at:at + len(part)]
                at += len(part)
                if piece != part:
                    element = line[owners[start + position]][1]
                    self._text(element, piece)

    def _text(self, element: etree._Element, text: str) -> None:
        if element.get("t") == "s" and (old := element.findtext(f"{S}v")):
            self._strings.release(int(old))
        for child in list(element):
            element.remove(child)
        self._write(element, "s", str(self._strings.plain(text)))

    @staticmethod
    def _write(element: etree._Element, kind: str, value: str) -> None:
        if kind:
            element.set("t", kind)
        etree.SubElement(element, f"{S}v").text = value

    def _tail(self) -> None:
        old = self._grid.root
        if self._merged:
            merges = etree.SubElement(self.root, f"{S}mergeCells")
            for top, left, bottom, right in self._merged:
                area = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
                etree.SubElement(merges, f"{S}mergeCell", ref=area)
        for name in _PRINT:
            if (each := old.find(f"{S}{name}")) is not None:
                self._copy(each, tuple(str(a) for a in each.attrib if "}" not in str(a)))
        if (setup := old.find(f"{S}pageSetup")) is not None:
            self._copy(setup, _SETUP)
        if (header := old.find(f"{S}headerFooter")) is not None:
            fresh = self._copy(header, ("differentOddEven", "differentFirst", "scaleWithDoc", "alignWithMargins"))
            for each in header:
                etree.SubElement(fresh, each.tag).text = self._marginal(each.text or "")
        for name, axis in (("rowBreaks", self.rows), ("colBreaks", self.columns)):
            breaks = [b for b in old.iterfind(f"{S}{name}/{S}brk") if _whole(b.get("id"))]
            if breaks:
                count = str(len(breaks))
                fresh = etree.SubElement(self.root, f"{S}{name}", count=count, manualBreakCount=count)
                for each in breaks:
                    at = axis.new(_whole(each.get("id")) + 1) - 1
                    end = "16383" if name == "rowBreaks" else "1048575"
                    etree.SubElement(fresh, f"{S}brk", id=str(at), man="1", max=end)

    def _marginal(self, text: str) -> str:
        """Codes stay, the words between them are masked; pictures, paths and file names go."""
        parts = _FIELD.split(_PICTURE_OR_PATH.sub("", text))
        return "".join(part if index % 2 else self._mask(part) for index, part in enumerate(parts))

    def _copy(
        self, element: etree._Element, names: tuple[str, ...], parent: etree._Element | None = None
    ) -> etree._Element:
        fresh = etree.SubElement(self.root if parent is None else parent, f"{S}{local(element.tag)}")
        for name in names:
            value = element.get(name)
            if value is not None and len(value) <= 30:
                fresh.set(name, value)
        return fresh


def _whole(text: str | None) -> int:
    return int(float(text)) if text and re.fullmatch(r"\d{1,7}(?:\.\d+)?", text) else 0


def _plain(raw: str, kind: str) -> bool:
    if kind == "e":
        return raw.startswith("#") and len(raw) <= 20
    if kind == "b":
        return raw in {"0", "1", "true", "false"}
    try:
        float(raw)
    except ValueError:
        return False
    return len(raw) <= 30
