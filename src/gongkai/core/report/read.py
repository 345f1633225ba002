"""A file → a Report: the facade over readers, `locate`, `sections` and `identity`."""

from __future__ import annotations

from pathlib import Path

from gongkai.core.errors import ReadError
from gongkai.core.report.document import Document
from gongkai.core.report.forms import cell_specs, form_for_year
from gongkai.core.report.identity import identify
from gongkai.core.report.locate import Located, locate
from gongkai.core.report.model import Cell, Note, Report, Status
from gongkai.core.report.readers import parse
from gongkai.core.report.readers.sniff import name_note, sniff
from gongkai.core.report.sections import lines, split
from gongkai.core.report.writers import csv_columns

_ENOUGH_HEADINGS = 3   # of the six sections; fewer may stand in any report of an office


def read_file(path: str | Path) -> Report:
    """Read a report from a file. Raises ReadError for what is not one, OSError for what cannot be opened."""
    return read_report(Path(path).read_bytes(), name=Path(path).name)


def read_report(data: bytes, *, name: str | None = None) -> Report:
    """Read a report from bytes; the kind of file is decided by the content, `name` is kept as the source.

    Raises ReadError for a file that cannot be read and for one that is no annual report; every refusal carries one
    Chinese sentence. A cell that is doubtful is `unreadable`, never a guess.
    """
    kind = sniff(data, name)
    try:
        report = _own(data, kind) or assemble(parse(data, kind))
    except ReadError:
        raise
    except Exception as error:
        # The last net: a fault of ours in one file must not stop a batch nor show a clerk a traceback.
        raise ReadError(
            "reader-failed",
            "读取这份文件时程序出错，没有采用其中任何内容；请另存为 .docx 后再试，并把原文件发给维护者。",
        ) from error
    report.source = name
    note = name_note(kind, name)
    if note is not None:
        report.notes.insert(0, note)
    return report


def _own(data: bytes, kind: str) -> Report | None:
    """A report that this project wrote as JSON or CSV; its cells come with their ids."""
    if kind == "json":
        from gongkai.core.report.readers import own_json

        return own_json.read(data)
    if kind == "text" and csv_columns.are_in(data):
        from gongkai.core.report.readers import own_csv

        return own_csv.read(data)
    return None


def assemble(document: Document) -> Report:
    """Meaning out of a document. Raises ReadError `not-a-report` or `no-text`."""
    located = locate(document)
    text = lines(document, located.grids)
    identity = identify([line.text for line in text], hint=document.title if document.kind == "html" else None)
    parts = split([line for n, line in enumerate(text) if n not in identity.used], located.begins)
    notes = document.notes + located.notes + identity.notes
    report = Report(
        forms=located.forms, agency=identity.agency, year=identity.year, title=identity.title,
        signature=identity.signature, signed_on=identity.signed_on, cells=located.cells, sections=parts.found,
        preamble=parts.preamble, notes=notes, kind=document.kind,
    )
    report.form = _form(located)
    if not located.forms:
        _must_be_a_report(report, located, bool(text))
        _add_missing(report)
    return report


def _form(located: Located) -> str | None:
    forms = set(located.forms.values())
    if len(forms) > 1:
        return "mixed"
    return forms.pop() if forms else None


def _must_be_a_report(report: Report, located: Located, has_text: bool) -> None:
    """Without a table of a known form, only a title or the sections make a file an annual report."""
    headed = [section for section in report.sections.values() if section.heading]
    if not has_text and not located.begins:
        raise ReadError("no-text", "文件能打开，但里面没有文字也没有表格，未读取任何内容；请上传带文字的报告。")
    if report.title is None and len(headed) < _ENOUGH_HEADINGS and 3 not in located.begins:
        raise ReadError(
            "not-a-report",
            "文件里没有法定表格，也没有年度报告的标题和章节，未读取任何内容；请确认上传的是政府信息公开工作年度报告。",
        )
    if not located.begins:
        report.notes.append(Note(
            "no-tables",
            "只找到文字，没有找到法定的三张表，所有数据按缺失处理；请确认原文件含有表格，必要时改传 .docx。",
        ))


def _add_missing(report: Report) -> None:
    """No table tells its form: the cells of the year's form are listed as missing."""
    if report.year is None:
        return
    form_id = form_for_year(report.year).id
    for cell_id in cell_specs((("t2", form_id), ("t3", form_id))):
        report.cells.setdefault(cell_id, Cell(cell_id, Status.MISSING))
