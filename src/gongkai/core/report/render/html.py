"""Findings as one standalone page: what was found, then the statutory tables with each finding at its cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from gongkai.core.report.model import Finding, Report
from gongkai.core.report.render.checked import Checked
from gongkai.core.report.render.labels import cell_title
from gongkai.core.report.render.markup import STYLE, table_markup
from gongkai.core.report.render.severities import SEVERITY_WORDS
from gongkai.core.report.render.tables import statutory_tables

_MOST_LINKS = 8  # of the cells that a finding is about, named below it

_FINDINGS_STYLE = """
.file { color: #57606a; font-size: .875rem; overflow-wrap: anywhere; text-align: center; margin: -1.25rem 0 1.5rem; }
ol.findings { list-style: none; margin: 0; padding: 0; }
ol.findings li { border: 1px solid #d0d7de; border-left: .3rem solid #57606a; border-radius: 4px; margin: 0 0 .75rem;
  padding: .6rem .9rem; }
ol.findings li.error, ol.findings li.inconsistency { border-left-color: #b42318; }
ol.findings li.warning { border-left-color: #9a6700; }
ol.findings p { margin: 0; text-indent: 0; }
.what { font-size: .875rem; color: #57606a; }
.error .what strong, .inconsistency .what strong { color: #b42318; }
.warning .what strong { color: #8a5a00; }
.fix { color: #14532d; }
.cells { font-size: .875rem; }
td.marked { background: #fff8e6; outline: 2px solid #9a6700; outline-offset: -2px; }
td.marked.error, td.marked.inconsistency { background: #fff1f0; outline-color: #b42318; }
td.marked.info, td.marked.not_checked { background: #f3f4f6; outline-color: #57606a; }
td.marked:not(.main) { outline-style: dashed; outline-width: 1px; outline-offset: -1px; }
td.marked sup a { display: inline-block; min-width: 1.2em; margin-left: .25em; font-weight: 600; color: #1f4b99; }
a { color: #1f4b99; }
:target { scroll-margin-top: 2rem; box-shadow: 0 0 0 3px #1f4b99; }
@media print { ol.findings li { break-inside: avoid; } }
"""


def html(checked: Iterable[Checked]) -> str:
    """The page. A file that could not be read has its reason in place of tables."""
    parts = [_part(i, one) for i, one in enumerate(checked, start=1)]
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>年度报告核对结果</title>\n<style>{STYLE}{_FINDINGS_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"{''.join(parts)}</main>\n</body>\n</html>\n"
    )


def _part(number: int, one: Checked) -> str:
    prefix = f"r{number}-"
    if one.report is None:
        message = one.error.message if one.error is not None else ""
        return f'<h1>{escape(one.file)}</h1>\n<p>无法读取：{escape(message)}</p>\n'
    report = one.report
    trouble = f"<p>需要人工处理：{escape(one.error.message)}</p>\n" if one.error is not None else ""
    tables = "".join(
        f'<h2 id="{prefix}{table.key}">{escape(table.heading)}</h2>\n{table_markup(table, prefix + table.key, prefix)}'
        for table in statutory_tables(report, one.findings)
    )
    return (
        f'<h1>{escape(report.title or report.agency or one.file)}</h1>\n<p class="file">{escape(one.file)}</p>\n'
        f"{trouble}<h2>{_counted(one.findings)}</h2>\n{_findings(report, one.findings, prefix)}{tables}"
    )


def _counted(findings: Sequence[Finding]) -> str:
    counts = [
        f"{word} {n}" for severity, word in SEVERITY_WORDS.items()
        if (n := sum(finding.severity is severity for finding in findings))
    ]
    return "核对结果：" + ("，".join(counts) or "未发现问题")


def _findings(report: Report, findings: Sequence[Finding], prefix: str) -> str:
    items = "".join(_finding(i, report, finding, prefix) for i, finding in enumerate(findings, start=1))
    return f'<ol class="findings">\n{items}</ol>\n' if items else ""


def _finding(number: int, report: Report, finding: Finding, prefix: str) -> str:
    fix = f'<p class="fix">建议：{escape(finding.fix.sentence)}</p>' if finding.fix is not None else ""
    links = "、".join(
        f'<a href="#{prefix}cell-{cell_id}">{escape(cell_title(cell_id, report.forms.get(cell_id[:2])))}</a>'
        for cell_id in finding.cells[:_MOST_LINKS]
    )
    more = " 等" if len(finding.cells) > _MOST_LINKS else ""
    cells = f'<p class="cells">{links}{more}</p>' if links else ""
    return (
        f'<li id="{prefix}finding-{number}" class="{finding.severity.value}"><p class="what">{number}. '
        f"<strong>{SEVERITY_WORDS[finding.severity]}</strong> {finding.code}（{finding.rule}）</p>"
        f"<p>{escape(finding.message)}</p>{fix}{cells}</li>\n"
    )
