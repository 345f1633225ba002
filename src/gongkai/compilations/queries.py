"""Reads of compilations worth a name: which there are, what was frozen, what is open, whether anybody is above."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.accounts import roles
from gongkai.accounts.actor import Actor
from gongkai.accounts.models import Post
from gongkai.agencies.models import Agency
from gongkai.annual_reports.models import AnnualReport, ReportVersion, Scope
from gongkai.compilations import due
from gongkai.compilations.models import Compilation, Remark, Signing, Waiver
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.permissions import within
from gongkai.compilations.states import State
from gongkai.core.report.model import Finding

JOINS = ("agency", "report__current", "report__published")


def compilations(actor: Actor, *, year: int | None = None) -> QuerySet[Compilation]:
    """Those that the actor may see, newest year first."""
    rows = Compilation.objects.visible_to(actor).select_related(*JOINS).defer(
        "findings", "report__current__reading", "report__published__reading",
        "report__current__findings", "report__published__findings",
    )
    return rows if year is None else rows.filter(year=year)


def compilation(actor: Actor, pk: int) -> Compilation:
    """One of them. Raises Compilation.DoesNotExist for another agency's."""
    return Compilation.objects.visible_to(actor).select_related(*JOINS).get(pk=pk)


def of_agency(agency: Agency, year: int, scope: str = Scope.OWN) -> Compilation | None:
    """The compilation of an agency's report, where one was started."""
    return Compilation.objects.select_related(*JOINS).filter(agency=agency, year=year, scope=scope).first()


def of_report(report: AnnualReport) -> Compilation | None:
    """The compilation behind a report; None for one that only came as a file and was handed in to nobody."""
    return Compilation.objects.select_related("agency").filter(report=report).first()


def signings(compilation: Compilation) -> QuerySet[Signing]:
    """What was frozen, newest first."""
    return compilation.signings.select_related("version__file", "signed_by").order_by("-number")


def last_signing(compilation: Compilation) -> Signing | None:
    """What was frozen last; it stands only while the state is one of FROZEN."""
    return signings(compilation).first()


def errata(report: AnnualReport) -> QuerySet[Signing]:
    """The corrections of a report that the public reads, newest first: those up to the published version."""
    return Signing.objects.filter(
        version__report=report, kind="erratum", version__number__lte=_published_number(report),
    ).select_related("version", "compilation__agency").order_by("-number")


def prose_changes(signing: Signing) -> dict[str, tuple[str, str]]:
    """The texts that an erratum changed beside its numbers: {"1.2": (before, after)}."""
    before = Signing.objects.filter(compilation=signing.compilation_id, number__lt=signing.number).order_by("-number")
    last = before.first()
    old = last.prose if last is not None else {}
    keys = sorted({*old, *signing.prose})
    return {
        key: (old.get(key, ""), signing.prose.get(key, ""))
        for key in keys if old.get(key, "") != signing.prose.get(key, "")
    }


def alone(agency: Agency, year: int, scope: str = Scope.OWN, *, on: date) -> bool:
    """Nobody receives this report here: no supervisor holds a post at an agency above, and none asked for it."""
    if due.asked_for(agency, year, scope) is not None:
        return False
    above = Post.objects.held_on(on).filter(
        Q(agency__valid_to__isnull=True) | Q(agency__valid_to__gt=on),
        role=roles.Supervisor.key, agency__path__in=agency.ancestor_paths,
    )
    return not above.exists()


def waivers(compilation: Compilation) -> QuerySet[Waiver]:
    """Those in force."""
    return compilation.waivers.filter(withdrawn_at__isnull=True).select_related("made_by")


def remarks(compilation: Compilation) -> QuerySet[Remark]:
    """What the supervisor said, newest first."""
    return compilation.remarks.select_related("version", "made_by").defer("version__reading", "version__findings")


def name_of(finding: Finding) -> tuple[str, tuple[str, ...], str]:
    """What makes a finding the same finding: its code, its cells and its words, numbers included. With other numbers it
    is another one, and nobody has answered for it yet."""
    return finding.code, tuple(finding.cells), finding.message[:1000]


def waived(compilation: Compilation) -> set[tuple[str, tuple[str, ...], str]]:
    """The names of the findings that somebody answers for."""
    return {(w.code, tuple(w.cells), w.message) for w in waivers(compilation)}


def waiting(actor: Actor, state: State, permission: P) -> Q:
    """Those in a state in which somebody with a permission of this actor must act: today's page counts them. A
    government's consolidated report waits for its supervisor too, and is received by the level above alone."""
    return Q(within(actor, permission), state=state)


def _published_number(report: AnnualReport) -> int:
    number = ReportVersion.objects.filter(pk=report.published_id).values_list("number", flat=True).first()
    return number or 0
