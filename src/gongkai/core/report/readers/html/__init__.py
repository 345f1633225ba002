"""Web pages: what a site published, what Word or a browser saved, and tables that call themselves .xls.

`encoding` finds the characters, `mhtml` unpacks single-file pages, `page` takes the page apart, `grid` walks the
spans of one table. Nothing is fetched and no script is run.
"""

from __future__ import annotations

from gongkai.core.errors import ReadError
from gongkai.core.report.document import Document, Grid
from gongkai.core.report.model import Note
from gongkai.core.report.readers import text as text_reader
from gongkai.core.report.readers.html.depth import check_depth
from gongkai.core.report.readers.html.encoding import decode
from gongkai.core.report.readers.html.mhtml import is_mhtml, unpack
from gongkai.core.report.readers.html.page import Page
from gongkai.core.report.readers.limits import check_markup, check_text

# Words that stand in every statutory table and hardly in the tables that a site is built of.
_STATUTORY = ("信息内容", "总计", "結果維持", "结果维持", "自然人", "规章", "行政许可")


def read(data: bytes) -> Document:
    """Paragraphs and grids of a page in reading order. Site furniture comes as paragraphs of its own.

    A page whose tables are only lines of text goes through the reader of plain text. Notes: `encoding-damaged`.
    Raises ReadError (`content-too-large`, `too-many-tables`, `table-too-long`, `image-only`, `no-content`, …).
    """
    pages = unpack(data) if is_mhtml(data) else [data]
    document = Document(kind="html")
    for source in pages:
        check_markup(source)
        markup, damaged = decode(source)
        check_depth(markup)
        page = Page(markup, tables_before=sum(isinstance(b, Grid) for b in document.blocks))
        document.blocks += page.blocks
        document.title = document.title or page.title
        if damaged:
            document.notes.append(
                Note("encoding-damaged", f"网页有 {damaged} 处字符编码已损坏，损坏处以 � 代替，请核对原网页。")
            )
        has_pictures = page.has_pictures
    if not document.blocks:
        if has_pictures:
            raise ReadError("image-only", "网页里只有图片，没有文字，本程序不做文字识别；请上传可编辑的报告原件。")
        raise ReadError("no-content", "网页里没有文字也没有表格；请保存报告的正文页面后再上传。")
    if not any(_is_statutory(block) for block in document.blocks if isinstance(block, Grid)):
        return _as_text(document)
    return document


def _is_statutory(grid: Grid) -> bool:
    if grid.nrows < 2 or grid.ncols < 2:
        return False
    joined = "".join("".join(cell.text.split()) for cell in grid.cells)
    return any(word in joined for word in _STATUTORY)


def _as_text(document: Document) -> Document:
    """The lines of the page as the reader of plain text understands them."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            rows: dict[int, list[str]] = {}
            for cell in block.cells:
                rows.setdefault(cell.row, []).append(" ".join(cell.text.split()))
            lines += ["\t".join(cells) for cells in rows.values()]
        else:
            lines.append(block.text)
    check_text(sum(map(len, lines)))
    taken = text_reader.read("\n".join(lines).encode())
    return Document("html", taken.blocks, document.title, document.notes + taken.notes)
