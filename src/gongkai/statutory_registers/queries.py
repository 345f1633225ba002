"""Reads of the registers: lists with filters, what waits for publication, what the public text lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import may, within
from gongkai.agencies.models import Agency
from gongkai.calendars.queries import calendar_of
from gongkai.publications.kinds import Kind, Validity
from gongkai.publications.models import Publication
from gongkai.statutory_registers.models import Document, Entry, PowerItem
from gongkai.statutory_registers.permissions import RegisterPermission as P
from gongkai.statutory_registers.registers import REGISTER_NAMES, SHOWN_WITHIN
from gongkai.statutory_registers.showing import Regions, late

# Neither before the public nor with a ground why not.
SILENT = Q(publication__isnull=True, unpublished_reason="", disclosed_on__isnull=True)


@dataclass(frozen=True, slots=True)
class Standing:
    """One register at a glance: rows of the year, rows not shown in time."""

    register: str
    name: str
    rows: int
    late: int = 0


def overview(agency: Agency, year: int, today: date) -> list[Standing]:
    """Each register of an agency in a year, with what is overdue for 双公示."""
    counted = dict(
        Entry.objects.filter(agency=agency, cancelled_on__isnull=True).of_year(year).order_by()
        .values_list("register").annotate(n=Count("pk"))
    )
    return [
        Standing(register, name, counted.get(register, 0), unshown(agency, register, today).count())
        for register, name in REGISTER_NAMES.items()
    ]


def unshown(agency: Agency, register: str, today: date) -> QuerySet[Entry]:
    """Decisions that should have been shown by now: the limit of 双公示 in working days has passed."""
    return Entry.objects.filter(late([register], today, calendar_of(agency)), agency=agency)


def waiting(actor: Actor, today: date, where: Regions | None = None) -> tuple[dict[str, int], int]:
    """What waits for who keeps the registers: decisions late for 双公示 by register, published documents to enter."""
    if not may(actor, P.KEEP):
        return {}, 0
    reach = within(actor, P.KEEP, "agency__path")
    rows = Entry.objects.filter(reach, late(SHOWN_WITHIN, today, where=where)).order_by().values_list("register")
    counted = dict(rows.annotate(n=Count("pk")))
    lacking = Publication.objects.published().filter(
        reach, kind__in=[Kind.REGULATION, Kind.NORMATIVE], register_document__isnull=True,
    )
    return {register: counted[register] for register in SHOWN_WITHIN if register in counted}, lacking.count()


def documents(actor: Actor, *, agency: Agency | None = None, kind: str = "", year: int | None = None,
              standing: str = "", text: str = "", on: date) -> QuerySet[Document]:
    """The documents that one may see; `standing` is in_force, ended or unpublished."""
    found = Document.objects.visible_to(actor).select_related("agency", "publication")
    if agency is not None:
        found = found.filter(agency=agency)
    if kind:
        found = found.filter(kind=kind)
    if year is not None:
        found = found.filter(made_on__year=year)
    if standing == "in_force":
        found = found.in_force_on(on)
    elif standing == "ended":
        found = found.exclude(ending="")
    elif standing == "unpublished":
        found = found.in_force_on(on).filter(SILENT)
    if text:
        found = found.filter(Q(title__icontains=text) | Q(number__icontains=text))
    return found


def entries(actor: Actor, register: str, *, agency: Agency | None = None, year: int | None = None, shown: str = "",
            text: str = "") -> QuerySet[Entry]:
    """The rows of a register that one may see."""
    found = Entry.objects.visible_to(actor).filter(register=register).select_related("agency", "item")
    if agency is not None:
        found = found.filter(agency=agency)
    if year is not None:
        found = found.of_year(year)
    if shown:
        found = found.filter(shown=shown, cancelled_on__isnull=True)
    if text:
        found = found.filter(Q(subject__icontains=text) | Q(number__icontains=text))
    return found


def items(actor: Actor, register: str, agency: Agency | None = None) -> QuerySet[PowerItem]:
    """Items in stock that one may see, those that stand first."""
    found = PowerItem.objects.visible_to(actor).filter(register=register).select_related("agency")
    return found.filter(agency=agency) if agency is not None else found


def ended_elsewhere(agency: Agency) -> QuerySet[Document]:
    """Documents in force by the register whose published text is marked as repealed or lapsed."""
    return Document.objects.filter(
        agency=agency, ending="", publication__validity__in=[Validity.REPEALED, Validity.LAPSED],
    ).select_related("publication")


def unregistered(agency: Agency) -> QuerySet[Publication]:
    """Published regulations and normative documents that the register lacks (C6 rests on the register)."""
    return Publication.objects.published().filter(
        agency=agency, kind__in=[Kind.REGULATION, Kind.NORMATIVE], register_document__isnull=True,
    )
