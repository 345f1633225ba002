"""Workbooks (.xlsx, .xlsm, what WPS writes): every cell, hidden or not, and every other text; rebuilt by allow-list."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from gongkai.core.screening.formats.ooxml.joins import cut_cells
from gongkai.core.screening.formats.ooxml.names import S, local
from gongkai.core.screening.formats.ooxml.package import Package, parse
from gongkai.core.screening.formats.ooxml.props import (
    COMMENT,
    FOLDED,
    NARROW,
    PALE,
    UNSEEN_SHEET,
    properties,
    said,
)
from gongkai.core.screening.formats.ooxml.rest import rest
from gongkai.core.screening.formats.ooxml.sweep import telling
from gongkai.core.screening.formats.spelt import put_together
from gongkai.core.screening.formats.xlsx.book import Book, Sheet, hidden_by, open_book, run_colour, same, string_text
from gongkai.core.screening.formats.xlsx.sheet import HEADER_CODES, Cell, Grid, column_letters
from gongkai.core.screening.model import Piece, Rebuilt, Unpacked

_RULES = (  # what may be filled in, and what changes the look: their lists and conditions are texts, too
    ("dataValidation", frozenset({"formula1", "formula2", "f"}), "数据有效性"),
    ("cfRule", frozenset({"formula"}), "条件格式"),
)
_PROMPTS = ("promptTitle", "prompt", "errorTitle", "error")
_COMMENTS = ("/comments", "/threadedComment")


def unpack(data: bytes, name: str, depth: int) -> Unpacked:  # noqa: ARG001 - the seam of all formats
    """All text with its places. Raises ReadError when the package is damaged, encrypted or out of proportion."""
    package = Package.open(data)
    book = open_book(package)
    pieces, findings, skipped = properties(package)
    taken: dict[str, set[etree._Element]] = {}
    used: set[int] = set()
    for sheet in book.sheets:
        state = {"hidden": "（隐藏）", "veryHidden": "（深度隐藏）"}.get(sheet.state, "")
        where = f"工作表“{sheet.name}”{state}"
        pieces.append(Piece(sheet.name, where, bool(state), UNSEEN_SHEET if state else ""))
        if sheet.part and sheet.kind == "worksheet":
            grid = Grid(parse(package.parts[sheet.part]), book)
            pieces += _sheet(package, book, sheet, grid, where, taken)
            used |= grid.used
    if book.strings:
        pieces += _unused(book, used)
        skipped.add(book.strings_part)
    pieces += _names(book)
    others = rest(package, taken, skipped, depth)
    pieces += others.pieces
    return Unpacked("xlsx", tuple(pieces), (*findings, *others.findings, *said(pieces)))


def _sheet(
    package: Package, book: Book, sheet: Sheet, grid: Grid, where: str, taken: dict[str, set[etree._Element]]
) -> Iterator[Piece]:
    unseen = UNSEEN_SHEET if sheet.state != "visible" else ""
    done = taken.setdefault(sheet.part, set())
    for relation in package.relations(sheet.part):
        if not relation.external and relation.type.endswith("/table"):
            grid.cover(parse(package.parts[relation.target]).get("ref", ""))
    line: list[tuple[int, str]] = []
    at = 0
    for cell in grid.cells():
        if cell.row != at:
            yield from _cut(line, at, where, unseen)
            line, at = [], cell.row
        done.update(cell.element.iter(f"{S}v", f"{S}t", f"{S}f"))
        place = f"{where} {column_letters(cell.column)}{cell.row}"
        if cell.formula and telling(cell.formula):
            yield Piece(cell.formula, f"{place} 的公式", hidden=True, why="公式")
        if cell.formula and (spelt := put_together(cell.formula)):
            yield Piece(spelt, f"{place} 的公式拼接的文字", hidden=True, why="公式")
        if not cell.text.strip():
            continue
        why = unseen or _why(book, grid, cell)
        yield Piece(cell.text, place, bool(why), why, cell.row, where)
        if not why and (part := _hidden_runs(book, cell)):
            yield Piece(part, place, hidden=True, why=PALE)
        line.append((cell.column, cell.text))
    yield from _cut(line, at, where, unseen)
    for name, text in grid.marginal():
        yield Piece(HEADER_CODES.sub("", text), f"{where}的打印{name}", bool(unseen), unseen)
    done.update(grid.root.iterfind(f"{S}headerFooter/*"))
    for rule, words, called in _RULES:
        for each in grid.root.iter(f"{S}{rule}"):
            above = each.getparent()
            area = str(each.get("sqref") or (above.get("sqref", "") if above is not None else ""))
            place = f"{where} {area[:40]} 的{called}".replace("  ", " ")
            texts = [element for element in each.iter() if local(element.tag) in words and element.text]
            done.update(texts)
            for text in (*(str(element.text) for element in texts), *(each.get(name, "") for name in _PROMPTS)):
                if telling(text):
                    yield Piece(text, place, hidden=True, why=called)
    for relation in package.relations(sheet.part):
        if not relation.external and relation.type.endswith(_COMMENTS):
            yield from _comments(parse(package.parts[relation.target]), where)
    done.add(grid.root)


def _why(book: Book, grid: Grid, cell: Cell) -> str:
    if cell.row in grid.hidden_rows:
        return FOLDED
    if cell.column in grid.hidden_columns:
        return NARROW
    covered = grid.covered(cell.row, cell.column)
    return hidden_by(book.look(cell.style), text=cell.is_text, value=cell.text, covered=covered)


def _hidden_runs(book: Book, cell: Cell) -> str:
    """Runs of a rich string that cannot be seen beside others that can."""
    value = cell.element.find(f"{S}v")
    item = cell.element.find(f"{S}is")
    if cell.element.get("t") == "s" and value is not None and (value.text or "").strip().isdigit():
        number = int(value.text or "0")
        item = book.strings[number] if number < len(book.strings) else None
    if item is None or item.find(f"{S}r") is None:
        return ""
    look = book.look(cell.style)
    behind = look.behind if look else ""
    return "".join(string_text(run) for run in item.iterfind(f"{S}r") if run_is_hidden(run, behind))


def run_is_hidden(run: etree._Element, behind: str) -> bool:
    """A run in the colour of its cell, or too small to read."""
    colour, size = run_colour(run)
    return size <= 2.0 or (behind != "?" and same(colour, behind or "FFFFFF"))


def _cut(line: list[tuple[int, str]], row: int, where: str, why: str) -> Iterator[Piece]:
    """Numbers written one digit a cell."""
    if len(line) < 2:
        return
    texts: list[str] = []
    for index, (column, text) in enumerate(line):
        if index and column != line[index - 1][0] + 1:
            texts.append("")  # a gap ends a number
        texts.append(text)
    for start, end in cut_cells(texts):
        yield Piece("".join(t.strip() for t in texts[start:end]), f"{where} 第{row}行相邻单元格", bool(why), why)


def _comments(root: etree._Element, where: str) -> Iterator[Piece]:
    threaded = local(root.tag) == "ThreadedComments"
    for element in root.iter():
        if local(element.tag) in {"comment", "threadedComment"}:
            text = "".join(map(str, element.itertext())) if threaded else string_text(element)
            yield Piece(text, f"{where} {element.get('ref', '')} 的批注", hidden=True, why=COMMENT)
        elif local(element.tag) == "author" and element.text:
            yield Piece(element.text, f"{where}批注的作者", hidden=True, why="作者")


def _unused(book: Book, used: set[int]) -> Iterator[Piece]:
    for number, item in enumerate(book.strings):
        if number not in used and (text := "".join(map(str, item.itertext()))).strip():
            yield Piece(text, f"共享字符串第{number + 1}条", hidden=True, why="没有单元格使用的文字")
        for guide in item.iter(f"{S}rPh"):
            spoken = "".join(map(str, guide.itertext()))
            yield Piece(spoken, f"共享字符串第{number + 1}条的注音", hidden=True, why="注音")


def _names(book: Book) -> Iterator[Piece]:
    for each in book.root.iter(f"{S}definedName"):
        named = each.get("name", "")
        text = f"{named} {each.get('comment', '')} {each.text or ''}"
        if telling(text):
            yield Piece(text, f"定义的名称“{named[:30]}”", hidden=True, why="定义的名称")


def clean(data: bytes, name: str, mask: Callable[[str], str]) -> Rebuilt:  # noqa: ARG001 - the seam of all formats
    """The workbook rebuilt: values instead of formulas, what can be seen, masked, and nothing else."""
    from gongkai.core.screening.formats.xlsx.rebuild import rebuild

    return rebuild(data, mask)


