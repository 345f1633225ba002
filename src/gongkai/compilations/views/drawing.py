"""A report as it is drawn now: its numbers, its findings, and which of these somebody answers for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.compilations import assemble, differences, queries
from gongkai.compilations.figures import Figure
from gongkai.compilations.models import Compilation, Source, Waiver
from gongkai.compilations.rules import GRAVE
from gongkai.compilations.states import FROZEN, Origin
from gongkai.core.report.model import Finding, Number, Report, Severity
from gongkai.core.report.render.tables import TableView, statutory_tables

WHOLE = ("t3", "t4")  # tables that are typed in whole or not at all
MOST_COMPARED = 20_000  # records that are held against each other one by one while a page is drawn


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with its place in the list (1-based, as the marks of the tables have it), and who answers for it."""

    number: int
    finding: Finding
    waiver: Waiver | None

    @property
    def open(self) -> bool:
        """Whether it stands in the way of signing."""
        return self.waiver is None and self.finding.severity in GRAVE

    @property
    def address(self) -> str:
        """Its cells as they stand in the address of its form."""
        return ",".join(self.finding.cells)


@dataclass(frozen=True, slots=True)
class ByHand:
    """A whole table that was typed in."""

    table: str
    source: str
    who: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """Everything that the page of a report draws."""

    figures: Mapping[str, Figure]
    report: Report
    found: Sequence[Found]
    tables: Sequence[TableView]
    by_hand_tables: Sequence[ByHand]

    @property
    def open(self) -> int:
        """How many findings stand in the way of signing."""
        return sum(one.open for one in self.found)

    @property
    def groups(self) -> list[tuple[str, list[Found]]]:
        """(severity, findings), gravest first; what somebody answers for comes last, as "waived"."""
        groups = [
            (severity.value, [one for one in self.found if one.waiver is None and one.finding.severity is severity])
            for severity in Severity
        ]
        groups.append(("waived", [one for one in self.found if one.waiver is not None]))
        return [(name, group) for name, group in groups if group]


def drawn(shown: Compilation, today: date, *, typed: Mapping[str, Number] | None = None) -> Drawn:
    """The numbers that stand now (live until signing, frozen after), with findings. `typed` tries numbers in the place
    of the records, as if they had been entered."""
    numbers = assemble.standing(shown) if typed is None else assemble.figures_of(shown, typed)
    moving = shown.origin == Origin.RECORDS and shown.state not in FROZEN
    report = assemble.report_of(shown, figures=numbers) if moving else assemble.report_of(shown)
    findings = assemble.check_findings(shown, today, report=report)
    answered = {(w.code, tuple(w.cells), w.message): w for w in queries.waivers(shown)}
    return Drawn(
        figures=numbers, report=report, tables=statutory_tables(report, findings),
        found=[Found(n, f, answered.get(queries.name_of(f))) for n, f in enumerate(findings, 1)],
        by_hand_tables=_by_hand(shown, numbers),
    )


def apart(shown: Compilation, said: Mapping[str, Figure]) -> set[str]:
    """The cells in which the records say something else by now than the report that was signed. Of many records only
    the numbers are held against each other; which cases came and went is a page of its own."""
    if shown.origin == Origin.FILE:
        return set()
    if sum(said[cell].records for cell in said if not cell.endswith(".total")) <= MOST_COMPARED:
        return {one.cell for one in differences.differences(shown)}
    now = assemble.figures_of(shown)
    return {cell for cell, figure in said.items() if cell not in now or now[cell].value != figure.value}


def _by_hand(shown: Compilation, figures: Mapping[str, Figure]) -> list[ByHand]:
    typed = [t for t in WHOLE if any(f.source == Source.HAND for c, f in figures.items() if c.startswith(f"{t}."))]
    if not typed:
        return []
    told = []
    for table in typed:
        its = shown.entered.filter(withdrawn_at__isnull=True, cell__startswith=f"{table}.")
        row = its.select_related("entered_by").first()
        if row is not None:
            told.append(ByHand(table, row.source, row.entered_by.name if row.entered_by else ""))
    return told
