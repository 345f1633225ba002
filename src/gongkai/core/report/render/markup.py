"""A drawn table as HTML, the same for exported reports and for pages of findings."""

from __future__ import annotations

from html import escape

from gongkai.core.report.model import Status
from gongkai.core.report.render.severities import SEVERITY_WORDS, gravest
from gongkai.core.report.render.tables import SlotView, TableView

STYLE = """
:root { color-scheme: light; }
body { margin: 0; color: #1f2328; background: #fff; font: 1rem/1.8 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei",
  "Source Han Sans SC", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.4; text-align: center; margin: 1rem 0 2rem; text-wrap: balance; }
h2 { font-size: 1.25rem; margin: 2rem 0 .75rem; }
main > p, .prose p { margin: 0 0 .5rem; text-indent: 2em; }
.table { overflow-x: auto; margin: .75rem 0 1.5rem; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; line-height: 1.4;
  font-variant-numeric: tabular-nums; }
th, td { border: 1px solid #6b7280; padding: .35rem .4rem; text-align: center; font-weight: 400; }
table.wide { min-width: 48rem; }
thead th, th.head { background: #f3f4f6; font-weight: 600; }
th.reason { text-align: left; }
td { min-width: 2.2em; }
.signature { text-align: right; margin: 2rem 2em 0 0; }
.date { text-align: right; margin: 0 2em 0 0; }
@media print {
  @page { size: A4; margin: 20mm 16mm; }
  main { max-width: none; padding: 0; }
  .table { overflow: visible; }
  table, table.wide { font-size: 8.5pt; min-width: 0; }
  tr, h2 { break-inside: avoid; }
  h2 { break-after: avoid; }
}
"""


def table_markup(table: TableView, labelled_by: str | None = None, prefix: str = "") -> str:
    """A scrollable region with the table in it; named by the heading with id `labelled_by`, else by its own words.

    `prefix` goes before the ids of cells and findings where one page holds several reports.
    """
    name = f'aria-labelledby="{labelled_by}"' if labelled_by else f'aria-label="{escape(table.heading)}"'
    rows = ["".join(_slot(slot, prefix) for slot in row) for row in table.rows]
    wide = ' class="wide"' if table.ncols > 4 else ""
    share = 100 / sum(table.widths)
    columns = "".join(f'<col style="width:{width * share:.2f}%">' for width in table.widths)
    head = "".join(f"<tr>{row}</tr>\n" for row in rows[: table.header_rows])
    body = "".join(f"<tr>{row}</tr>\n" for row in rows[table.header_rows :])
    return (
        f'<div class="table" role="region" tabindex="0" {name}><table{wide} {name}>\n<colgroup>{columns}</colgroup>\n'
        + (f"<thead>\n{head}</thead>\n" if head else "")
        + f"<tbody>\n{body}</tbody>\n</table></div>\n"
    )


def _slot(slot: SlotView, prefix: str) -> str:
    spans = (f' rowspan="{slot.rowspan}"' if slot.rowspan > 1 else "") + (
        f' colspan="{slot.colspan}"' if slot.colspan > 1 else ""
    )
    text = escape(slot.text).replace("\n", "<br>")
    if slot.kind == "corner":
        return f"<td{spans}>{text}</td>"
    if slot.kind == "head":
        scope = "colgroup" if slot.colspan > 1 else "col"
        return f'<th class="head" scope="{scope}"{spans}>{text}</th>'
    if slot.kind == "label":
        scope = "rowgroup" if slot.rowspan > 1 else "row"
        reason = ' class="reason"' if slot.reads_left else ""
        return f'<th{reason} scope="{scope}"{spans}>{text}</th>'
    return _cell(slot, spans, text, prefix)


def _cell(slot: SlotView, spans: str, text: str, prefix: str) -> str:
    assert slot.cell is not None
    identity = f' id="{prefix}cell-{slot.cell.id}"' if prefix else ""
    attributes = f'{identity}{spans} data-cell="{slot.cell.id}"'
    if slot.cell.status is not Status.VALUE:
        attributes += f' data-status="{slot.cell.status.value}"'
    if not slot.marks:
        return f"<td{attributes}>{text}</td>"
    severity = gravest(mark.finding for mark in slot.marks)
    links = "".join(
        f'<a href="#{prefix}finding-{m.number}" aria-label="{SEVERITY_WORDS[m.finding.severity]}{m.number}">'
        f"{m.number}</a>"
        for m in slot.marks
    )
    main = " main" if any(mark.main for mark in slot.marks) else ""
    attributes += f' class="marked {severity.value}{main}" title="{escape(slot.title)}"'
    return f"<td{attributes}>{text}<sup>{links}</sup></td>"
