"""A compiled report as files: to print and seal, to read, to count again.

`write` gives what the office and the public download; `paper` dresses a report that is just being signed. A report that
nobody has signed says so on every page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gongkai.annual_reports.models import Scope
from gongkai.compilations import assemble, freezing, queries
from gongkai.compilations.figures import rule_of
from gongkai.compilations.figures.parts import base_cells
from gongkai.compilations.figures.records import Record
from gongkai.compilations.models import Compilation, Signing, Source
from gongkai.compilations.output.lists import sheets
from gongkai.compilations.output.marks import remarks, typed_in, with_sums
from gongkai.compilations.output.pictures import pictures
from gongkai.compilations.packages.making import Told, package
from gongkai.compilations.states import FROZEN, Origin, State
from gongkai.core.report.model import Report, Status
from gongkai.core.report.writers import MEDIA_TYPES as OF_REPORTS
from gongkai.core.report.writers import write as written
from gongkai.core.report.writers.as_json import dumps, to_dict
from gongkai.core.report.writers.dress import Dress
from gongkai.files.queries import content

# Formats in the order in which people are offered them, with the media type of each.
MEDIA_TYPES = {to: OF_REPORTS[to] for to in ("docx", "pdf", "html", "xlsx", "json")} | {"zip": "application/zip"}
__all__ = ["MEDIA_TYPES", "paper", "write"]


def write(compilation: Compilation, to: str, *, signing: Signing | None = None, inside: bool = False) -> bytes:
    """A report as a file: as it was signed last (or at `signing`), else the draft of now, marked so on every page.

    `inside` adds register numbers and days to the lists of .xlsx; without it everything is fit to be published.
    Raises ValueError for a format that is not in MEDIA_TYPES, WriteError where this machine cannot set a PDF.
    """
    if to not in MEDIA_TYPES:
        raise ValueError(f"unknown format {to!r}; known: {', '.join(MEDIA_TYPES)}")
    if signing is None and State(compilation.state) in FROZEN:
        signing = queries.last_signing(compilation)
    report = assemble.signed_report(signing) if signing is not None else assemble.report_of(compilation)
    typed = typed_in(compilation, signing)
    draft = signing is None and compilation.origin == Origin.RECORDS
    if to == "zip":
        return package(_told(compilation, signing, report), _records(compilation, signing, report))
    if to == "docx" and signing is not None and signing.version.file_kind == "docx":
        return content(signing.version.file)  # what was signed, byte for byte; a corrected file may be of another kind
    if to == "json":
        return (dumps(to_dict(report) | _lineage(compilation, signing, typed), indent=2) + "\n").encode()
    listed = (
        sheets(_records(compilation, signing, report), compilation.year, compilation.form, inside=inside)
        if to == "xlsx" else ()
    )
    return written(report, to, Dress(
        draft=draft, remarks=remarks(typed, compilation.form), pictures=pictures(report) if to == "html" else {},
        sheets=listed,
    ))


def paper(compilation: Compilation, report: Report, to: str = "docx") -> bytes:
    """The file of a report that is being signed: `report` has its signature and date. Numbers typed in are said so."""
    return written(report, to, Dress(remarks=remarks(typed_in(compilation, None), compilation.form)))


def _records(compilation: Compilation, signing: Signing | None, report: Report) -> Iterable[Record]:
    """What the numbers are made of; a report that came as a file gives its own numbers."""
    if signing is not None:
        return freezing.kept(signing)
    if compilation.origin == Origin.FILE:
        values = {c: str(report.value(c)) for c in base_cells(compilation.form) if report.value(c) is not None}
        return [Record(Source.FILE, compilation.pk, compilation.agency.name, tuple(values), {"values": values})]
    return freezing.rows(compilation)


def _told(compilation: Compilation, signing: Signing | None, report: Report) -> Told:
    cells = {c.id: c.value for c in report.cells.values() if c.status is Status.VALUE and c.value is not None}
    return Told(
        compilation.agency.name, compilation.year, compilation.form, compilation.scope, cells,
        {cell: rule_of(cell, compilation.form) for cell in report.cells}, report.signed_on,
        signing.number if signing is not None else None, signing.digest if signing is not None else "",
        {"scope_name": str(Scope(compilation.scope).label), "draft": signing is None},
    )


def _lineage(compilation: Compilation, signing: Signing | None, typed: Mapping[str, str]) -> dict[str, Any]:
    """How many records stand behind each number, which numbers were typed in, and which signing froze them."""
    figures = assemble.frozen(signing) if signing is not None else assemble.standing(compilation)
    by_hand = with_sums(typed, compilation.form, figures)
    said: dict[str, Any] = {
        "scope": compilation.scope,
        "lineage": {
            cell: {"records": figure.records, "source": str(figure.source)}
            | ({"by_hand": True} if cell in by_hand else {})
            for cell, figure in figures.items()
        },
    }
    if signing is not None:
        said["signing"] = {
            "number": signing.number, "kind": signing.kind, "signed_on": signing.signed_on.isoformat(),
            "digest": signing.digest, "reason": signing.reason,
            "changes": {cell: list(change) for cell, change in signing.changes.items()},
        }
    return said
