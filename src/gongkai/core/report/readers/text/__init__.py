"""Plain text in every layout in which reports are passed on: cells by lines, tabs, bars, commas or aligned spaces."""

from __future__ import annotations

from gongkai.core.errors import ReadError
from gongkai.core.report.document import Document
from gongkai.core.report.model import Note, Place
from gongkai.core.report.readers.limits import check_text
from gongkai.core.report.readers.text.build import build
from gongkai.core.report.readers.text.columns import read_columns
from gongkai.core.report.readers.text.commas import tabbed
from gongkai.core.report.readers.text.decode import decode
from gongkai.core.report.readers.text.detached import is_detached
from gongkai.core.report.readers.text.draft import Draft, End
from gongkai.core.report.readers.text.lines import Line, lines_of
from gongkai.core.report.readers.text.prose import paragraphs, width_of_page
from gongkai.core.report.readers.text.regions import Region, regions
from gongkai.core.report.readers.text.tokens import layout_of, pieces_of
from gongkai.core.report.readers.text.walk import walk

_DETACHED = (
    "表格中的数字与行标题脱开（多半是从 PDF 按阅读顺序导出的文本），无法确定各数字属于哪一行，"
    "表中数字一概未取用；请改传原 PDF、.docx 或 .xlsx，或用保留版面的方式重新导出文本。"
)


def read(data: bytes) -> Document:
    """Take a text file apart. Raises ReadError `unknown-encoding`, `empty-file`, `text-too-long`."""
    check_text(len(data) // 4)  # no encoding takes more than four bytes for a character
    text = tabbed(decode(data))
    lines = lines_of(text)
    end = End(max((line.number for line in lines if line.bare), default=0), open=text[-1:].isalnum())
    if not end.line:
        raise ReadError("empty-file", "文件里只有空白，没有可读的内容；请检查上传是否完整后重新上传。")
    found = [(region, *_draft(lines, region)) for region in regions(lines)]
    document = Document("text")
    if is_detached([draft for _, layout, draft in found if layout in ("cells", "columns")]):
        for _, _, draft in found:
            draft.detached = True
        start = found[0][0].start
        document.notes.append(Note("labels-detached", _DETACHED, Place(line=lines[start].number)))
    _assemble(document, lines, [(region, draft) for region, _, draft in found], end)
    return document


def _draft(lines: list[Line], region: Region) -> tuple[str, Draft]:
    part = lines[region.start:region.end]
    layout = layout_of(part)
    if layout == "columns":
        return layout, read_columns(region.table, part)
    return layout, walk(region.table, pieces_of(part, layout))


def _assemble(document: Document, lines: list[Line], found: list[tuple[Region, Draft]], end: End) -> None:
    """Blocks in reading order; what a region did not use of its last lines is running text again."""
    prose: list[tuple[int, int]] = []
    at = 0
    for region, draft in found:
        prose.append((at, region.start))
        at = max(region.start, min(region.end, draft.last_line))  # line numbers are indexes plus one
    prose.append((at, len(lines)))
    width = width_of_page(line for start, stop in prose for line in lines[start:stop])
    for number, ((start, stop), entry) in enumerate(zip(prose, [*found, None], strict=True), 1):
        document.blocks.extend(paragraphs(lines[start:stop], width))
        if entry is not None:
            grid = build(entry[1], number, end)
            if grid is not None:
                document.blocks.append(grid)
