"""What signing and correcting share: a version of the report with its file; numbers and lists frozen, and sealed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice

from gongkai.accounts.actor import Actor
from gongkai.annual_reports import readings
from gongkai.annual_reports.actions.filing import add_version
from gongkai.annual_reports.models import AnnualReport, ReportVersion
from gongkai.annual_reports.states import ReportAct, next_report
from gongkai.compilations import assemble, output
from gongkai.compilations.figures import Figure
from gongkai.compilations.figures.records import Record
from gongkai.compilations.freezing import Digest, Tally
from gongkai.compilations.models import Compilation, Counted, Signing, SigningKind
from gongkai.compilations.states import Origin
from gongkai.core.errors import Refused
from gongkai.core.report.model import Report
from gongkai.files import actions as files

_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Paper:
    """What is to be frozen: the numbers, the texts with the numbers in place, the report made of both, and the rows."""

    figures: Mapping[str, Figure]
    texts: Mapping[str, str]
    report: Report
    rows: Iterable[Record]


def sealed(
    compilation: Compilation, paper: Paper, *, kind: SigningKind, on: date, by: Actor, at: datetime,
    changes: Mapping[str, list[object]] | None = None, reason: str = "", version: ReportVersion | None = None,
) -> tuple[Signing, int]:
    """The signing with all its rows, sealed, and how many rows it holds. The caller holds the compilation and saves it.
    `version` is one that came as a file; without one the report is written as .docx and becomes the next version.

    Raises Refused (records-moving) when the lists are not the numbers, because records changed between the reading
    of the one and of the other; nothing is left then.
    """
    last = compilation.signings.order_by("-number").values_list("number", flat=True).first() or 0
    if version is None:
        version = _written(compilation, paper.report, by, at)
    signing = Signing.objects.create(
        compilation=compilation, number=last + 1, kind=kind, version=version,
        cells=assemble.plain_cells(paper.figures), prose=dict(paper.texts), changes=dict(changes or {}), reason=reason,
        signed_by_id=by.user_id, signed_on=on, signed_at=at,
    )
    count, digest = _frozen(signing, paper)
    Signing.objects.filter(pk=signing.pk).update(digest=digest)
    signing.digest, compilation.report = digest, version.report
    return signing, count


def _written(compilation: Compilation, made: Report, by: Actor, at: datetime) -> ReportVersion:
    """The next version of the office's report, with its file as it will be printed and sealed."""
    file, _new = files.keep([output.paper(compilation, made)], at=at)
    return add_version(
        report=compilation.report or _filed(compilation, at), reading=readings.dump(replace(made, kind="docx")),
        item_name=f"{made.title}.docx", file_id=file.pk, by=by, at=at,
    )


def _filed(compilation: Compilation, at: datetime) -> AnnualReport:
    """The report of this agency and year, the one that came as a file before where there is one."""
    report, new = AnnualReport.objects.get_or_create(
        agency_id=compilation.agency_id, year=compilation.year, scope=compilation.scope, defaults={"filed_at": at},
    )
    if not new:
        report.state = next_report(report.state, ReportAct.REPLACE)
    return report


def _frozen(signing: Signing, paper: Paper) -> tuple[int, str]:
    of = signing.compilation
    digest, tally = Digest(signing, signing.version.file.sha256), Tally(of.form, of.year)

    def passing() -> Iterable[Counted]:
        for row in paper.rows:
            digest.add(row)
            tally.add(row)
            yield Counted(
                signing=signing, source=row.source, record=row.key, label=row.label, cells=list(row.cells),
                facts=dict(row.facts),
            )

    rows = iter(passing())
    while batch := list(islice(rows, _BATCH)):
        Counted.objects.bulk_create(batch)
    counted = {c: f.value for c, f in paper.figures.items() if of.origin == Origin.RECORDS}
    if apart := tally.differing(counted):
        raise Refused(
            "records-moving", "签发的同时有记录在变动，%(count)s 个数和它的清单对不上，没有签发；请再签发一次",
            count=len(apart),
        )
    return tally.rows, digest.value()
