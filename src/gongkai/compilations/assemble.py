"""A report put together: the numbers that count now, the prose with them in place, and what the rules say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from cryptography.hazmat.primitives import hashes

from gongkai.agencies.models import Agency
from gongkai.annual_reports import queries as filed
from gongkai.annual_reports import readings
from gongkai.annual_reports.models import AnnualReport, ReportVersion, Scope
from gongkai.compilations import facts, figures, members, narrative, queries
from gongkai.compilations.figures import Figure
from gongkai.compilations.models import Compilation, Signing, Source
from gongkai.compilations.reach import reach
from gongkai.compilations.rules import GRAVE
from gongkai.compilations.states import FROZEN, Origin, State
from gongkai.core.report.checks import check
from gongkai.core.report.forms import CellSpec, form
from gongkai.core.report.model import Cell, Finding, Number, Report, Status


def entered(compilation: Compilation) -> dict[str, Number]:
    """The numbers typed in that count: {cell: value}."""
    rows = compilation.entered.filter(withdrawn_at__isnull=True).values_list("cell", "value")
    return {cell: readings.exact(value) for cell, value in rows}


def figures_of(compilation: Compilation, instead: Mapping[str, Number] | None = None) -> dict[str, Figure]:
    """The numbers of now, live: from the records, from the members, or from the file that was handed in. What a file
    leaves blank is not there. `instead` {cell: number} tries numbers typed in beside those that were."""
    if compilation.origin == Origin.FILE:
        version = compilation.report.current if compilation.report else None
        return {} if version is None else from_file(version)
    given = entered(compilation) | dict(instead or {})
    return live(compilation.agency, compilation.year, compilation.scope, compilation.form, given)


def live(agency: Agency, year: int, scope: str, form_id: str, given: Mapping[str, Number]) -> dict[str, Figure]:
    """The numbers of a report from the records of now; nobody needs to have begun it."""
    if Scope(scope) == Scope.CONSOLIDATED:
        return members.compute(agency, year, form_id, given)
    return figures.compute(reach(agency, year, scope), form_id, given)


def standing(compilation: Compilation) -> dict[str, Figure]:
    """The numbers that count: frozen from the signing on, live before."""
    if State(compilation.state) not in FROZEN:
        return figures_of(compilation)
    signing = queries.last_signing(compilation)
    if signing is not None:
        return frozen(signing)
    report = compilation.report
    if report is not None and report.published is not None and compilation.state == State.PUBLISHED:
        return from_file(report.published)
    return figures_of(compilation)


def frozen(signing: Signing) -> dict[str, Figure]:
    """The numbers of a signing. Where a cell was typed in, or came from members, its source says so."""
    sources = _sources(signing)
    return {
        cell: Figure(cell, _number(value), records, sources.get(cell, _usual(cell)))
        for cell, (value, records) in signing.cells.items()
    }


def report_of(compilation: Compilation, *, figures: Mapping[str, Figure] | None = None) -> Report:
    """The report as it stands, for checks and writers: cells, six sections, title, signature. What was signed or handed
    in is given back as it was. `figures` are put in the place of the numbers; the words follow while the report is
    being worked on, and stay what they are from the signing on."""
    kept = _kept(compilation)
    if kept is None:
        numbers = figures if figures is not None else figures_of(compilation)
        return made(compilation, numbers, texts_of(compilation, numbers))
    if figures is not None:
        kept.cells |= _cells(compilation.form, figures)
    return kept


def texts_of(compilation: Compilation, numbers: Mapping[str, Figure]) -> dict[str, str]:
    """The prose with these numbers in place: {"1.2": text}."""
    known = facts.facts_of(compilation.agency, compilation.year, compilation.scope, numbers)
    return narrative.texts(compilation, known)


def made(
    compilation: Compilation, numbers: Mapping[str, Figure], texts: Mapping[str, str], signed_on: date | None = None,
) -> Report:
    """A report of these numbers and texts, signed on a day or not yet."""
    agency, form_id = compilation.agency, compilation.form
    return Report(
        form=form_id, forms={"t2": form_id, "t3": form_id}, agency=agency.name, year=compilation.year,
        title=title_of(compilation), preamble=narrative.preamble_of(compilation),
        signature=agency.name if signed_on is not None else None, signed_on=signed_on,
        cells=_cells(form_id, numbers), sections=narrative.sections_of(texts, form_id),
    )


def signed_report(signing: Signing) -> Report:
    """The report exactly as a signing froze it."""
    return filed.effective(signing.version)


def title_of(compilation: Compilation) -> str:
    """The statutory title."""
    return f"{compilation.agency.name}{compilation.year}年政府信息公开工作年度报告"


def drafted(compilation: Compilation) -> dict[tuple[int, int], str]:
    """The prose as the records suggest it, {(section, aspect): text with names of facts in braces}."""
    numbers = live(compilation.agency, compilation.year, compilation.scope, compilation.form, entered(compilation))
    known = facts.facts_of(compilation.agency, compilation.year, compilation.scope, numbers)
    return narrative.draft(compilation, known)


def previous_report(compilation: Compilation) -> Report | None:
    """Last year's report of the agency in the same scope, as the public or the office has it."""
    row = AnnualReport.objects.filter(
        agency_id=compilation.agency_id, scope=compilation.scope, year=compilation.year - 1, current__isnull=False,
    ).select_related("published__report__agency", "current__report__agency").first()
    if row is None:
        return None
    version = row.published or row.current
    return filed.effective(version) if version is not None else None


def check_findings(compilation: Compilation, today: date, *, report: Report | None = None) -> list[Finding]:
    """What the rules say of the report as it stands, with last year's beside it; waived findings are among them.

    The day under a report that is compiled here is the day of the act and no slip of the pen: a late one is marked when
    it is submitted, so that the rules about that day (C15) are asked of files alone."""
    made = report if report is not None else report_of(compilation)
    if compilation.origin == Origin.RECORDS:
        made = replace(made, signed_on=None)
    return check(made, previous=previous_report(compilation), kind=compilation.agency.kind, today=today)


def open_findings(compilation: Compilation, findings: list[Finding]) -> list[Finding]:
    """The errors and inconsistencies that nobody has answered for."""
    answered = queries.waived(compilation)
    return [f for f in findings if f.severity in GRAVE and queries.name_of(f) not in answered]


def mark(report: Report) -> str:
    """A short word that changes with every number and every text: what was looked at is what is signed."""
    digest = hashes.Hash(hashes.SM3())
    for cell in report.cells.values():
        digest.update(f"{cell.id}={cell.value}\n".encode())
    for number, section in sorted(report.sections.items()):
        digest.update(f"{number}:{section.text}\n".encode())
    return digest.finalize().hex()[:16]


def plain_cells(numbers: Mapping[str, Figure]) -> dict[str, list[Any]]:
    """Numbers as a signing keeps them: {cell: [value, records]}, a decimal as text."""
    return {cell: [plain_number(f.value), f.records] for cell, f in numbers.items()}


def plain_number(value: Number) -> int | str:
    """A number as JSON keeps it without loss."""
    return f"{value:f}" if isinstance(value, Decimal) else value


def _kept(compilation: Compilation) -> Report | None:
    """What is not to be put together anew: a file, or what was signed."""
    if State(compilation.state) in FROZEN and (signing := queries.last_signing(compilation)) is not None:
        return signed_report(signing)
    if compilation.origin == Origin.FILE and compilation.report and compilation.report.current:
        version = compilation.report.current
        if compilation.state == State.PUBLISHED and compilation.report.published is not None:
            version = compilation.report.published
        return filed.effective(version)
    return None


def _cells(form_id: str, numbers: Mapping[str, Figure]) -> dict[str, Cell]:
    cells = form(form_id).cells
    return {cell: _cell(spec, numbers[cell].value) for cell, spec in cells.items() if cell in numbers}


def _cell(spec: CellSpec, value: Number) -> Cell:
    number = f"{value:f}" if isinstance(value, Decimal) else str(value)
    if spec.kind != "amount":
        return Cell(spec.id, Status.VALUE, value, number)
    unit = spec.unit or "元"  # the form of 2019 prints no unit beside 采购总金额, so that the cell says it
    return Cell(spec.id, Status.VALUE, value, number if spec.unit else f"{number}{unit}", unit)


def from_file(version: ReportVersion) -> dict[str, Figure]:
    """The numbers of a file, corrections laid over them; what it leaves blank is not there."""
    report = filed.effective(version)
    return {
        cell.id: Figure(cell.id, cell.value, 0, Source.FILE)
        for cell in report.cells.values() if cell.status is Status.VALUE and cell.value is not None
    }


_BESIDE = (Source.HAND, Source.MEMBER, Source.FILE)


def _sources(signing: Signing) -> dict[str, Source]:
    """Where the cells come from that do not come from records alone; sums of them too."""
    found: dict[str, Source] = {}
    for cells, source in signing.counted.filter(source__in=_BESIDE).values_list("cells", "source"):
        for cell in cells:
            found[cell] = Source(source)
    if not found:
        return found
    for identity in form(signing.compilation.form).identities:
        if identity.rule in {"C2", "C3", "C4"}:
            told = {found[cell] for cell in identity.right if cell in found}
            if told:
                found[identity.left[0]] = next(iter(told))
    return found


def _usual(cell: str) -> Source:
    table = cell.split(".")[0]
    return {"t3": Source.APPLICATION, "t4": Source.DISPUTE}.get(table, Source.DOCUMENT)


def _number(value: int | str) -> Number:
    return value if isinstance(value, int) else Decimal(value)


__all__ = [
    "check_findings", "drafted", "entered", "figures_of", "from_file", "frozen", "live", "made", "mark",
    "open_findings", "plain_cells", "plain_number", "previous_report", "report_of", "signed_report", "standing",
    "texts_of", "title_of",
]
