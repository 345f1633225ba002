"""Word documents (.docx, .docm, Strict Open XML, and what WPS saves).

`package` finds the parts, `numbering` and `styles` compute the automatic numbers that are not in the text, `inline`
reads a paragraph, `tables` a table, `body` puts them in order; `scan` does all of it at once for plain documents.
Macros, comments, headers, footers and footnotes are never read.
"""

from __future__ import annotations

from gongkai.core.errors import ReadError
from gongkai.core.report.document import Document
from gongkai.core.report.model import Note
from gongkai.core.report.readers.docx.body import Body
from gongkai.core.report.readers.docx.numbering import Numbering
from gongkai.core.report.readers.docx.package import Package
from gongkai.core.report.readers.docx.scan import scan
from gongkai.core.report.readers.docx.styles import Styles
from gongkai.core.report.readers.limits import check_markup, check_rows
from gongkai.core.report.readers.limits.xml import parse_xml


def read(data: bytes) -> Document:
    """Paragraphs and grids of a .docx in reading order, as the document stands with its changes accepted.

    Notes: `tracked-changes`, `hidden-text`, `embedded-document`, `macros-ignored`. Raises ReadError
    (`damaged`, `truncated`, `encrypted`, `content-too-large`, `table-too-long`, `image-only`, `no-content`, …).
    """
    package = Package(data)
    main = package.main()
    check_rows(main.count(b"</w:tr>"))  # named for what it is before the tree is built
    check_markup(main)
    styles = Styles(package.styles)
    numbering = Numbering(package.numbering, styles)
    notes: list[Note] = []
    blocks = scan(main, numbering, styles)
    if blocks is None:
        walked = Body(Numbering(package.numbering, styles), styles)  # its own count of the numbered paragraphs
        blocks = walked.read(parse_xml(main))
        notes = walked.notes()
    if not blocks:
        if package.has_pictures():
            raise ReadError(
                "image-only", "文档里只有图片，没有文字和表格，本程序不做文字识别；请上传可编辑的报告原件。"
            )
        raise ReadError("no-content", "文档里没有文字也没有表格；请检查是否传错了文件。")
    if package.has_macros():
        notes.append(Note("macros-ignored", "文件带有宏：没有运行，也没有读取，只读了正文和表格。"))
    return Document(kind="docx", blocks=blocks, notes=notes)
