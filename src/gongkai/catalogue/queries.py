"""Reading catalogues: the tree of one agency, what is missing in many, the editions of an item."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import within
from gongkai.agencies.models import Agency
from gongkai.catalogue.facts import Difference, differences
from gongkai.catalogue.models import Item, ItemEdition
from gongkai.catalogue.permissions import CataloguePermission
from gongkai.core.catalogue.skeleton import everything

BASIC_SET: tuple[str, ...] = tuple(item.code for item in everything() if item.source in {"basic", "block"})


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty values narrow nothing. `section` is a key, or "none" for items that no section
    answers for. `retired` shows what is out of use instead."""

    text: str = ""
    section: str = ""
    source: str = ""
    mode: str = ""
    aspect: str = ""
    domain: str = ""
    retired: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether anything is filtered: then the tree is flat."""
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Told:
    """An edition with what it changed against the one before."""

    edition: ItemEdition
    changed: list[Difference]


def items_of(agency: Agency, filters: Filters | None = None) -> QuerySet[Item]:
    """The items of an agency in their order, headings before what stands under them; annotates `is_heading`."""
    wanted = filters or Filters()
    rows = Item.objects.filter(agency=agency, active=not wanted.retired)
    if wanted.text:
        rows = rows.filter(
            Q(name__icontains=wanted.text) | Q(code__iexact=wanted.text) | Q(contents__icontains=wanted.text)
        )
    if wanted.section:
        rows = rows.filter(section__isnull=True) if wanted.section == "none" else rows.filter(section_id=wanted.section)
    if wanted.source:
        rows = rows.filter(source=wanted.source)
    if wanted.mode:
        rows = rows.filter(mode=wanted.mode)
    if wanted.domain:
        rows = rows.filter(domain=wanted.domain)
    if wanted.aspect:
        # A list in JSON: its text holds the key between quotation marks on both databases.
        rows = rows.annotate(aspects_text=Cast("aspects", TextField())).filter(
            aspects_text__contains=f'"{wanted.aspect}"',
        )
    under = Item.objects.filter(parent=OuterRef("pk"), active=True)
    return rows.annotate(is_heading=Exists(under)).order_by("order", "pk")


def domains_of(agency: Agency) -> list[str]:
    """The domains that the catalogue names."""
    named = Item.objects.filter(agency=agency, active=True).exclude(domain="").order_by("domain")
    return list(named.values_list("domain", flat=True).distinct()[:200])


def in_reach(actor: Actor, on: date) -> QuerySet[Agency]:
    """The agencies whose catalogue an actor may see, with what is there and what is missing: `entries` in use, `basic`
    of the basic set, `loose` without a section (R3-8)."""
    active = Q(catalogue_items__active=True)
    return Agency.objects.filter(within(actor, CataloguePermission.SEE, "path")).in_force(on).annotate(
        entries=Count("catalogue_items", filter=active),
        basic=Count("catalogue_items", filter=active & Q(catalogue_items__code__in=BASIC_SET)),
        loose=Count("catalogue_items", filter=active & Q(catalogue_items__section__isnull=True)),
    ).order_by("path")


def history(item: Item, most: int = 50) -> list[Told]:
    """The newest editions, newest first, each with what it changed."""
    rows = list(item.editions.select_related("by").order_by("-number")[:most + 1])
    told = [
        Told(edition, differences(before.facts, edition.facts))
        for edition, before in pairwise(rows)
    ]
    if rows and len(rows) <= most:
        told.append(Told(rows[-1], []))
    return told


def by_aspect(agency: Agency) -> dict[str, int]:
    """How many items in use bear each aspect of openness (R0-10)."""
    counted: Counter[str] = Counter()
    for aspects in Item.objects.filter(agency=agency, active=True).values_list("aspects", flat=True):
        counted.update(aspects)
    return dict(counted)


def on_day(item: Item, on: date) -> ItemEdition | None:
    """The edition that was in force on a day; None before the first."""
    return item.editions.filter(from_on__lte=on).order_by("-number").first()
