"""What became of a published report: its versions that the public has read, and what each changed.

Nothing that was published changes silently. Which versions were public, and when, the ledger says. What an erratum
mends stands in it with its reason (`compilations.Signing`); a report that came as a file and was replaced is held
against the version before it, cell by cell.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from gongkai.analysis.measures import name_of
from gongkai.annual_reports import queries as reports
from gongkai.annual_reports.models import AnnualReport, FiledCell, ReportVersion
from gongkai.annual_reports.readings import exact
from gongkai.compilations import queries as compiled
from gongkai.compilations.models import Signing
from gongkai.core.report.forms import form_for_year
from gongkai.core.report.model import Number
from gongkai.core.report.words import TABLE_NAMES
from gongkai.ledger.queries import timeline

PUBLISHED = "annual_reports.published"


@dataclass(frozen=True, slots=True)
class Change:
    """A number that was changed; None where there was, or is, none."""

    cell: str
    title: str
    before: Number | str | None
    after: Number | str | None


@dataclass(frozen=True, slots=True)
class Edition:
    """A version that the public has read from `at` on. `reasons`, `changes` and `prose` say what it changed of the one
    before; `prose` are (heading, before, after). `number` counts versions of the report, public ones or not."""

    number: int
    at: datetime
    current: bool
    reasons: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    prose: list[tuple[str, str, str]] = field(default_factory=list)


def editions(report: AnnualReport) -> list[Edition]:
    """The versions of a published report that were public, newest first; the first of all changed nothing."""
    public = _public(report)
    errata = {signing.version.number: signing for signing in compiled.errata(report)}
    found = []
    for place, (number, at) in enumerate(public):
        current = number == public[-1][0]
        if place == 0:
            found.append(Edition(number, at, current))
            continue
        before = public[place - 1][0]
        signings = [errata[n] for n in sorted(errata) if before < n <= number]
        found.append(
            _corrected(report, number, at, current, signings) if signings
            else _replaced(report, number, at, current, before)
        )
    return found[::-1]


def _public(report: AnnualReport) -> list[tuple[int, datetime]]:
    """(version, since when), oldest first; one that was taken down and shown again counts once."""
    rows = timeline("annual_report", report.pk).filter(kind=PUBLISHED).values_list("payload", "at")
    found: list[tuple[int, datetime]] = []
    for payload, at in rows:
        number = json.loads(payload)["version"]
        if not found or found[-1][0] != number:
            found.append((number, datetime.fromisoformat(at)))
    return found


def _corrected(
    report: AnnualReport, number: int, at: datetime, current: bool, signings: list[Signing],
) -> Edition:
    changes: dict[str, Change] = {}
    prose: list[tuple[str, str, str]] = []
    for signing in signings:
        for cell, (before, after) in signing.changes.items():
            first = changes[cell].before if cell in changes else before
            changes[cell] = Change(cell, _title(cell), first, after)
        prose += _prose(report, compiled.prose_changes(signing).items())
    return Edition(number, at, current, [s.reason for s in signings if s.reason], _in_order(changes.values()), prose)


def _replaced(report: AnnualReport, number: int, at: datetime, current: bool, before: int) -> Edition:
    """Of a report that came as a file: what differs between the two files, and the reasons of corrections."""
    versions = {v.number: v for v in report.versions.filter(number__in=[before, number]).select_related(
        "report__agency",
    )}
    cells: dict[str, dict[int, Number | None]] = {}
    rows = FiledCell.objects.filter(version__in=list(versions.values())).values_list("version__number", "cell", "value")
    for of, cell, value in rows:
        cells.setdefault(cell, {})[of] = exact(value) if isinstance(value, Decimal) else None
    changes = [
        Change(cell, _title(cell), held.get(before), held.get(number))
        for cell, held in cells.items() if held.get(before) != held.get(number)
    ]
    old, new = (_texts(versions[n]) if n in versions else {} for n in (before, number))
    pairs = [(str(n), (old.get(n, ""), new.get(n, ""))) for n in sorted({*old, *new}) if old.get(n) != new.get(n)]
    reasons = report.versions.filter(number__gt=before, number__lte=number).values_list(
        "corrections__reason", flat=True,
    ).filter(corrections__withdrawn_at__isnull=True, corrections__reason__isnull=False)
    return Edition(
        number, at, current, list(dict.fromkeys(reasons)), _in_order(changes), _prose(report, pairs),
    )


def _texts(version: ReportVersion) -> dict[int, str]:
    return {n: section.text for n, section in reports.reading(version).sections.items()}


def _prose(
    report: AnnualReport, pairs: Iterable[tuple[str, tuple[str, str]]],
) -> list[tuple[str, str, str]]:
    """Changed texts by the heading of their section: "1.2" is the second aspect of the first."""
    names = form_for_year(report.year).sections
    return [(names[int(key.split(".")[0]) - 1], before, after) for key, (before, after) in pairs]


def _title(cell: str) -> str:
    return f"{TABLE_NAMES[cell.split('.')[0]]}　{name_of(cell)}"


def _in_order(changes: Iterable[Change]) -> list[Change]:
    """As the form prints them, the cells of table 二 first."""
    return sorted(changes, key=lambda change: change.cell.split(".")[0])
