"""A report as one standalone page: headings, prose and true tables; no script, nothing from another host."""

from __future__ import annotations

from base64 import b64encode
from html import escape

from gongkai.core.report.model import Report
from gongkai.core.report.render.markup import STYLE, table_markup
from gongkai.core.report.writers.dress import DRAFT, PLAIN, Dress, Picture
from gongkai.core.report.writers.outline import Block, outline, printable, title_of

_DRESSED = """
.draft { text-align: right; font-weight: 700; color: #b42318; margin: 0 0 1rem; text-indent: 0; }
p.remark { font-size: .875rem; text-indent: 0; margin: .25rem 0 1rem; }
figure { margin: 1rem 0; break-inside: avoid; }
figure img { max-width: 100%; height: auto; }
figcaption { font-size: .875rem; color: #57606a; }
@media print { .draft { position: fixed; top: 0; right: 0; } }
"""


def write(report: Report, dress: Dress = PLAIN) -> bytes:
    """The report as the bytes of an HTML page in UTF-8."""
    pieces: list[str] = []
    heading = 0
    for block in outline(report, dress):
        if block.kind == "heading":
            heading += 1
            pieces.append(f'<h2 id="h{heading}">{escape(block.text)}</h2>\n')
        elif block.table is not None:
            follows = heading and pieces[-1].startswith("<h2")
            pieces.append(table_markup(block.table, f"h{heading}" if follows else None))
            if remark := dress.remarks.get(block.table.key):
                pieces.append(f'<p class="remark">{escape(remark)}</p>\n')
            pieces += [_figure(picture) for picture in dress.pictures.get(block.table.key, ())]
        elif block.kind != "remark":  # it stands with its table, above the pictures
            pieces.append(_paragraph(block))
    title = escape(title_of(report) or "政府信息公开工作年度报告")
    style = STYLE if dress == PLAIN else STYLE + _DRESSED
    draft = f'<p class="draft">{DRAFT}</p>\n' if dress.draft else ""
    page = (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n{draft}<main>\n{''.join(pieces)}</main>\n"
        "</body>\n</html>\n"
    )
    return printable(page).encode()


def _paragraph(block: Block) -> str:
    text = escape(block.text)
    if block.kind == "title":
        return f"<h1>{text}</h1>\n"
    css = f' class="{block.kind}"' if block.kind in {"signature", "date"} else ""
    return f"<p{css}>{text}</p>\n"


def _figure(picture: Picture) -> str:
    """A picture in the page itself, so that the file needs nothing beside it; its words are told to all."""
    data = b64encode(picture.svg.encode()).decode("ascii")
    told = escape(picture.told)
    return f'<figure><img src="data:image/svg+xml;base64,{data}" alt=""><figcaption>{told}</figcaption></figure>\n'
