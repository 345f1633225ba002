"""What of the catalogue is filled: sections or agencies against items, the five aspects of openness against both.

Counts of what the public reads now, and how each item stands (fresh, due soon, stale, empty). Every matrix is bounded
and costs the same number of questions whatever it counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import may, within
from gongkai.agencies.models import Agency
from gongkai.catalogue.clocks import freshness_rule
from gongkai.catalogue.models import Item
from gongkai.core.catalogue.freshness import Freshness, State, freshness
from gongkai.core.catalogue.vocabulary import ASPECTS
from gongkai.publications.models import Publication
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.work import own_sections

ITEMS = 40      # columns of one page of the matrix
ROWS = 50       # agencies or items of one page
MINE = 400      # items of my catalogue that are judged


@dataclass(frozen=True, slots=True)
class Standing:
    """An item with how many publications stand in it, the day of the last update, and how it stands."""

    item: Item
    count: int
    last: date | None
    freshness: Freshness

    @property
    def state(self) -> State:
        """fresh, soon, stale, empty."""
        return self.freshness.state


@dataclass(slots=True)
class Row:
    """A line of a matrix: its name, the link's values, a cell for each column (None: not its business)."""

    key: int | None
    name: str
    cells: list[Standing | None] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Publications of the line."""
        return sum(cell.count for cell in self.cells if cell is not None)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Columns told by code and name; lines."""

    columns: list[tuple[str, str]]
    rows: list[Row]


def standings(items: Iterable[Item], on: date) -> list[Standing]:
    """How each item stands on a day: two questions for any number of items."""
    found = list(items)
    rows = Publication.objects.published().filter(item_id__in=[item.pk for item in found])
    counted = {
        key: (count, last) for key, count, last in
        rows.order_by().values_list("item_id").annotate(Count("pk"), Max("updated_at"))
    }
    made = []
    for item in found:
        count, at = counted.get(item.pk, (0, None))
        last = timezone.localdate(at) if at is not None else None
        made.append(Standing(item, count, last, freshness(freshness_rule(item), last, on)))
    return made


def mine(actor: Actor, on: date) -> list[Standing]:
    """Items that this person answers for and that are stale, empty or due soon, the worst first."""
    items = Item.objects.public().filter(method="proactive", children__isnull=True).select_related("section")
    office = within(actor, P.HANDLE, "agency__path")
    reach = items.filter(office) if may(actor, P.HANDLE) else items.filter(own_sections(actor))
    found = [one for one in standings(reach.order_by("agency_id", "order", "pk")[:MINE], on)
             if one.state is not State.FRESH]
    worst = {State.STALE: 0, State.EMPTY: 1, State.SOON: 2}
    return sorted(found, key=lambda one: (worst[one.state], not one.item.required, one.item.order, one.item.pk))


def by_section(agency: Agency, on: date, page: int = 1) -> tuple[Matrix, bool]:
    """Sections of an agency against a page of its items: (matrix, whether there are more items)."""
    leaves = Item.objects.public().filter(agency=agency, children__isnull=True)
    items, more = _page(leaves.select_related("section"), page)
    cells = standings(items, on)
    rows: dict[int | None, Row] = {}
    for section in agency.sections.filter(active=True):
        rows[section.pk] = Row(section.pk, section.name)
    for at, one in enumerate(cells):
        section = one.item.section
        row = rows.setdefault(one.item.section_id, Row(one.item.section_id, section.name if section else ""))
        row.cells += [None] * (at - len(row.cells)) + [one]
    for row in rows.values():
        row.cells += [None] * (len(cells) - len(row.cells))
    return Matrix([(c.item.code, c.item.name) for c in cells], list(rows.values())), more


def by_agency(actor: Actor, on: date, page: int = 1) -> tuple[Matrix, bool]:
    """The agencies that one watches, a page of them, against the basic items: (matrix, whether there are more)."""
    agencies = Agency.objects.filter(within(actor, P.SEE, "path")).order_by("path")
    chosen = list(agencies[(page - 1) * ROWS:page * ROWS + 1])
    more, chosen = len(chosen) > ROWS, chosen[:ROWS]
    items = list(Item.objects.public().filter(agency__in=chosen, required=True).order_by("code", "pk")[:ROWS * ITEMS])
    columns = dict(sorted({item.code: item.name for item in items}.items(), key=lambda one: _code(one[0]))[:ITEMS])
    cells = {(one.item.agency_id, one.item.code): one for one in standings(items, on)}
    rows = [Row(a.pk, a.name, [cells.get((a.pk, code)) for code in columns]) for a in chosen]
    return Matrix(list(columns.items()), rows), more


def by_aspect(agency: Agency, on: date, page: int = 1) -> tuple[Matrix, bool]:
    """The five aspects (决策、执行、管理、服务、结果) of an agency against a page of its items."""
    items, more = _page(Item.objects.public().filter(agency=agency, children__isnull=True), page)
    cells = standings(items, on)
    rows = [
        Row(None, gettext(name), [c if key in c.item.aspects else None for c in cells]) for key, name in ASPECTS.items()
    ]
    rows.append(Row(None, "", [c if not set(ASPECTS) & set(c.item.aspects) else None for c in cells]))
    return Matrix([(c.item.code, c.item.name) for c in cells], rows), more


def _page(items, page: int) -> tuple[list[Item], bool]:  # type: ignore[no-untyped-def]
    found = list(items.order_by("order", "pk")[(page - 1) * ITEMS:page * ITEMS + 1])
    return found[:ITEMS], len(found) > ITEMS


def _code(code: str) -> tuple[str, int, str]:
    """20.2 before 20.10."""
    head, _dot, tail = code.partition(".")
    return head, int(tail) if tail.isdecimal() else 0, tail
