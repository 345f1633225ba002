"""C13, C14, C20: the report follows the form of its year, in its six sections."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.core.report.checks.registry import Case, Hit, rule
from gongkai.core.report.forms import form, form_for_year
from gongkai.core.report.model import Report, Severity, Status
from gongkai.core.report.operands import status, table_ids
from gongkai.core.report.words import TABLE_NAMES
from gongkai.core.text.fold import fold
from gongkai.core.text.patterns import lazy

NUMERALS = "一二三四五六"
_NUMBERED = lazy(r"^[(（]?([一二三四五六七八九十]+|[0-9０-９]+|[IVX]+)[)）]?\s*[、.．，,:：]?\s*(.*)$")
_OLD_NOTICE = lazy(r"国办公开办函\[?2019\]?60号")
_NEW_FORM_FROM = 2021


@rule("C13", code="GK1301", severity=Severity.ERROR, title="表样与报告年度不符")
def tables_follow_the_form_of_the_year(case: Case) -> Iterator[Hit]:
    """Reports for 2020 and before use the 2019 form, those for 2021 and after the 2021 form, table by table."""
    report = case.report
    if report.year is None:
        return
    wanted = form_for_year(report.year)
    wrong = {
        table: cells for table in ("t2", "t3")
        if report.forms.get(table, wanted.id) != wanted.id and (cells := _cells_that_differ(report, table, wanted.id))
    }
    if wrong:
        details = "，".join(_difference(table, report.forms[table]) for table in wrong)
        yield Hit(
            f"{report.year} 年度报告应使用{wanted.notice}的表样，而{details}",
            tuple(cell for cells in wrong.values() for cell in cells),
            "、".join(f"{TABLE_NAMES[t]}{report.forms[t]}年表样" for t in wrong), f"{wanted.id}年表样",
        )


def _cells_that_differ(report: Report, table: str, wanted: str) -> list[str]:
    """The cells, seen in the file, that only the other form has: a table cut off before them shows nothing."""
    right = form(wanted).cells
    return [c for c in table_ids(report, table) if c not in right and status(report, c) is not Status.MISSING]


def _difference(table: str, used: str) -> str:
    if table == "t3":
        return "表三“（六）其他处理”只有一行" if used == "2019" else "表三“（六）其他处理”已分三行"
    return f"表二仍为{form(used).notice}的表样" if used == "2019" else f"表二为{form(used).notice}的表样"


@rule("C14", code="GK1401", severity=Severity.ERROR, title="六个部分缺少")
def six_sections_are_there(case: Case) -> Iterator[Hit]:
    """All six statutory sections, by number; one hit for all that are absent."""
    absent = [n for n in range(1, 7) if n not in case.report.sections]
    if absent:
        titles = form("2021").sections
        names = "、".join(f"“{NUMERALS[n - 1]}、{titles[n - 1]}”" for n in absent)
        yield Hit(f"缺少{names}部分", (), f"{6 - len(absent)}个部分", "6个部分")


@rule("C14", code="GK1402", severity=Severity.ERROR, title="六个部分次序不对")
def sections_are_in_order(case: Case) -> Iterator[Hit]:
    """The sections stand in the order of the form."""
    places = [(s.where.line, s.number) for s in case.report.sections.values() if s.where and s.where.line is not None]
    order = [n for _, n in sorted(places)] if len(places) == len(case.report.sections) else list(case.report.sections)
    if order != sorted(order):
        found, wanted = ("".join(NUMERALS[n - 1] for n in numbers) for numbers in (order, sorted(order)))
        yield Hit(f"各部分次序为{'、'.join(found)}，应为一至六依次排列", (), found, wanted)


@rule("C14", code="GK1403", severity=Severity.WARNING, title="部分标题与格式不一致")
def headings_are_the_forms_own(case: Case) -> Iterator[Hit]:
    """Headings in the words of the form; a section whose tables follow without any heading is told as well.

    A heading in whose middle the file ends is not a wrong one.
    """
    titles = form("2021").sections
    for n, section in sorted(case.report.sections.items()):
        wanted = f"{NUMERALS[n - 1]}、{titles[n - 1]}"
        if section.heading is None:
            yield Hit(f"第{NUMERALS[n - 1]}部分没有标题，应为“{wanted}”", (), "", wanted)
            continue
        words = _bare(_heading_parts(section.heading)[1])
        cut_off = n == max(case.report.sections) < 6 and _bare(titles[n - 1]).startswith(words)
        if words != _bare(titles[n - 1]) and not cut_off:
            yield Hit(f"第{NUMERALS[n - 1]}部分标题为“{section.heading.strip()}”，应为“{wanted}”", (),
                      section.heading.strip(), wanted)


@rule("C14", code="GK1404", severity=Severity.WARNING, title="部分编号应为一至六")
def headings_are_numbered_in_chinese(case: Case) -> Iterator[Hit]:
    """Sections are numbered 一、 to 六、; one hit for all that are not."""
    wrong = []
    for n, section in sorted(case.report.sections.items()):
        if section.heading is not None and _heading_parts(section.heading)[0] != NUMERALS[n - 1]:
            wrong.append((n, section.heading.strip()))
    if wrong:
        named = "，".join(f"“{heading}”应编为“{NUMERALS[n - 1]}、”" for n, heading in wrong)
        yield Hit(f"标题编号应依次为一至六：{named}", (), "、".join(heading for _, heading in wrong),
                  "、".join(NUMERALS[n - 1] for n, _ in wrong))


@rule("C20", code="GK2001", severity=Severity.INFO, title="引用的格式通知已被取代")
def cited_notice_is_current(case: Case) -> Iterator[Hit]:
    """From the 2021 report on, the form rests on 〔2021〕30号; 〔2019〕60号 was replaced by it."""
    report = case.report
    if report.year is None or report.year < _NEW_FORM_FROM:
        return
    prose = fold(report.preamble + "".join(s.text for s in report.sections.values()))
    if _OLD_NOTICE.search(prose):
        current = form("2021").notice
        yield Hit(f"正文引用的{form('2019').notice}已被{current}取代，{report.year} 年度报告应引用后者", (),
                  form("2019").notice, current)


def _heading_parts(heading: str) -> tuple[str, str]:
    """The number and the words of a heading: 「3、 收到和…」 → ("3", "收到和…")."""
    match = _NUMBERED.match(heading.strip())
    return (match[1], match[2]) if match else ("", heading.strip())


def _bare(words: str) -> str:
    return re.sub(r"[\s、,，。.：:;；]", "", fold(words)).replace("其它", "其他")
