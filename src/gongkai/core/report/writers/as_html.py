"""A report as one standalone page: headings, prose and true tables; no script, nothing from another host."""

from __future__ import annotations

from html import escape

from gongkai.core.report.model import Report
from gongkai.core.report.render.markup import STYLE, table_markup
from gongkai.core.report.writers.outline import Block, outline, printable, title_of


def write(report: Report) -> bytes:
    """The report as the bytes of an HTML page in UTF-8."""
    pieces: list[str] = []
    heading = 0
    for block in outline(report):
        if block.kind == "heading":
            heading += 1
            pieces.append(f'<h2 id="h{heading}">{escape(block.text)}</h2>\n')
        elif block.table is not None:
            follows = heading and pieces[-1].startswith("<h2")
            pieces.append(table_markup(block.table, f"h{heading}" if follows else None))
        else:
            pieces.append(_paragraph(block))
    title = escape(title_of(report) or "政府信息公开工作年度报告")
    page = (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{''.join(pieces)}</main>\n"
        "</body>\n</html>\n"
    )
    return printable(page).encode()


def _paragraph(block: Block) -> str:
    text = escape(block.text)
    if block.kind == "title":
        return f"<h1>{text}</h1>\n"
    css = f' class="{block.kind}"' if block.kind in {"signature", "date"} else ""
    return f"<p{css}>{text}</p>\n"
