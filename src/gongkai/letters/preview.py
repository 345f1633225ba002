"""A letter before it goes out, without number and code: for the page that drafts it, and for templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal

from django.utils.html import escape

from gongkai.agencies.models import Agency
from gongkai.letters import filling, pdf, rendering
from gongkai.letters.kinds import KINDS
from gongkai.letters.office import Office
from gongkai.letters.reading import Block, Paragraph, Run, Table, read
from gongkai.letters.templates import template_for

UNNUMBERED = "〔文号在制发时编〕"


def preview(
    agency: Agency, kind: str, context: Mapping[str, Any], on: date, to: Literal["html", "docx", "pdf"] = "html",
) -> bytes:
    """The letter as it would be; what is still missing stands in it as 〔未填：…〕.

    The HTML is a fragment (one <article class="letter">), every word of it escaped. Raises Refused for a context of
    the wrong shape.
    """
    about = KINDS[kind]
    own = Office.of(agency).shown() | {"number": UNNUMBERED if about.numbered else "", "code": ""}
    made = rendering.render(template_for(agency, kind).data, filling.draft(about, context, own, on), None)
    if to == "docx":
        return made
    if to == "pdf":
        return pdf.write(made, title=about.title, author=agency.name, tolerated=None)
    return "".join(['<article class="letter">', *_blocks(read(made).blocks), "</article>"]).encode()


def _blocks(blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        yield _table(block) if isinstance(block, Table) else _paragraph(block)


def _paragraph(block: Paragraph) -> str:
    classes = [f"align-{block.align}"]
    if block.first > 0:
        classes.append("first")
    if block.left > 100:
        classes.append("signed")
    if max((run.size for run in block.runs), default=0) >= 20:
        classes.append("large")
    return f'<p class="{" ".join(classes)}">{"".join(map(_run, block.runs))}</p>'


def _run(run: Run) -> str:
    if run.kind == "break":
        return "<br>"
    if run.kind != "text":
        return ""
    words = escape(run.text)
    return f"<b>{words}</b>" if run.bold else str(words)


def _table(table: Table) -> str:
    rows: list[list[str]] = [[] for _ in table.heights]
    for cell in table.cells:
        spans = "".join(
            f' {name}="{count}"' for name, count in (("colspan", cell.across), ("rowspan", cell.down)) if count > 1
        )
        rows[cell.row].append(f"<td{spans}>{''.join(_blocks(cell.blocks))}</td>")
    return f"<table>{''.join('<tr>' + ''.join(row) + '</tr>' for row in rows)}</table>"
