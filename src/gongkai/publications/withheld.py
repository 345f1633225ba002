"""Reads of what is not published: the list, what is due to be looked at again, its drafts, and the list as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.core.law.answers import GROUNDS
from gongkai.core.law.articles import cite
from gongkai.core.tables import Cell
from gongkai.publications.kinds import ATTRIBUTE_NAMES, Attribute
from gongkai.publications.models import Publication, Withholding
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.states import State

SOON_DAYS = 30
HEADINGS = (
    "名称", "文号", "机关", "科室", "公开属性", "依据", "理由", "确定日期", "再评估间隔（月）", "下次评估日期",
    "转为公开日期",
)


@dataclass(frozen=True, slots=True)
class WithheldFilters:
    """The list's filters as they stand in the address. `due` is overdue, soon or ended; "" is all that stand."""

    q: str = ""
    attribute: str = ""
    ground: str = ""
    due: str = ""
    section_id: int | None = None
    agency_id: int | None = None


def listing(actor: Actor, given: WithheldFilters, today: date) -> QuerySet[Withholding]:
    """The list, what is to be looked at first on top."""
    rows = Withholding.objects.visible_to(actor).select_related("agency", "section")
    for field in ("attribute", "ground", "section_id", "agency_id"):
        if value := getattr(given, field):
            rows = rows.filter(**{field: value})
    if given.q:
        rows = rows.filter(Q(title__icontains=given.q) | Q(document_number__icontains=given.q))
    if given.due == "overdue":
        return rows.due_by(today)
    if given.due == "soon":
        return rows.due_by(today + timedelta(days=SOON_DAYS)).filter(next_on__gt=today)
    if given.due == "ended":
        return rows.filter(ended_on__isnull=False).order_by("-ended_on", "-pk")
    return rows.standing()


def one(actor: Actor, pk: int) -> Withholding:
    """One that the actor may see. Raises DoesNotExist, which is a 404."""
    rows = Withholding.objects.visible_to(actor).select_related(
        "agency", "section", "publication__latest", "publication__current", "decided_by",
    )
    return rows.get(pk=pk)


def due_for(actor: Actor, today: date, first: int = 4) -> tuple[list[Withholding], int]:
    """What this person has to look at again by today: the first few, and how many there are (Art. 18)."""
    rows = Withholding.objects.filter(within(actor, P.REASSESS, "agency__path")).due_by(today)
    shown = list(rows[:first])
    return shown, rows.count() if len(shown) == first else len(shown)


def to_revise(shown: Withholding) -> bool:
    """Whether the way to the public begins with a revision of what was filed."""
    told = shown.publication
    return told is not None and told.latest is not None and told.latest.state == State.FILED


def draft_of(shown: Withholding) -> Publication | None:
    """The publication that was begun from an ended item, if there is one."""
    if shown.publication is not None:
        return None if to_revise(shown) else shown.publication
    return Publication.objects.filter(agency=shown.agency_id, source=source(shown)).order_by("pk").first()


def source(shown: Withholding) -> str:
    """How a draft names the item that it was begun from."""
    return f"withholding:{shown.pk}"


def rows_of(rows: Iterable[Withholding]) -> Iterator[list[Cell]]:
    """Rows in the order of HEADINGS."""
    for row in rows:
        yield [
            row.title, row.document_number, row.agency.name, row.section.name if row.section else "",
            ATTRIBUTE_NAMES[Attribute(row.attribute)], ground_words(row.ground), row.reason, row.decided_on,
            row.every_months, row.next_on if row.ended_on is None else None, row.ended_on,
        ]


def ground_words(ground: str) -> str:
    """The ground with its article; nothing for 依申请公开, which is its own ground."""
    return f"{GROUNDS[ground].name}（{cite(GROUNDS[ground].article)}）" if ground in GROUNDS else ""
