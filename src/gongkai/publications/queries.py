"""Every read of the desk worth a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from gongkai.accounts.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.catalogue.models import Item
from gongkai.publications.models import Edition, Publication

OFFERED = 20  # publications that a search for a relation offers


@dataclass(frozen=True, slots=True)
class Filters:
    """The list's filters as they stand in the address."""

    q: str = ""
    state: str = ""
    kind: str = ""
    attribute: str = ""
    year: int | None = None
    item_id: int | None = None
    section_id: int | None = None
    agency_id: int | None = None


def publication(actor: Actor, pk: int) -> Publication:
    """One that the actor may see. Raises DoesNotExist, which is a 404."""
    rows = Publication.objects.visible_to(actor).select_related("agency", "section", "item", "latest", "current")
    return rows.get(pk=pk)


def edition(actor: Actor, publication_id: int, number: int) -> Edition:
    """An edition of a publication that the actor may see. Raises DoesNotExist, which is a 404."""
    rows = Edition.objects.visible_to(actor).select_related(
        "publication__agency", "publication__section", "publication__item", "publication__latest",
        "publication__current", "author", "attribute_by", "signed_by", "published_by", "warnings_accepted_by",
    )
    return rows.get(publication_id=publication_id, number=number)


def listing(actor: Actor, filters: Filters) -> QuerySet[Publication]:
    """The list, newest first by when it was begun."""
    rows = Publication.objects.visible_to(actor)
    for field in ("kind", "item_id", "section_id", "agency_id"):
        if value := getattr(filters, field):
            rows = rows.filter(**{field: value})
    if filters.state:
        rows = rows.filter(latest__state=filters.state)
    if filters.attribute:
        rows = rows.filter(latest__attribute=filters.attribute)
    if filters.year:
        year = date(filters.year, 1, 1), date(filters.year, 12, 31)
        rows = rows.filter(
            Q(published_on__range=year) | Q(published_on__isnull=True, created_at__year=filters.year),
        )
    if filters.q:
        rows = rows.filter(with_words(filters.q))
    return rows.order_by("-pk")


def with_words(words: str) -> Q:
    """Publications with these words in title, document number or index number."""
    return Q(title__icontains=words) | Q(document_number__icontains=words) | Q(index_number__icontains=words)


def to_relate(actor: Actor, shown: Publication, words: str) -> list[Publication]:
    """Publications that `shown` could stand in a relation to: what the actor sees and what is public, newest first."""
    if not words.strip():
        return []
    rows = Publication.objects.filter(
        Q(pk__in=Publication.objects.visible_to(actor).values("pk")) | Q(published_on__isnull=False),
        with_words(words.strip()), withdrawn_at__isnull=True,
    ).exclude(pk=shown.pk)
    return list(rows.select_related("agency").order_by("-pk")[:OFFERED])


def items_for(agency: Agency) -> QuerySet[Item]:
    """The catalogue items of an agency that one drafts for."""
    return Item.objects.public().filter(agency=agency).select_related("section")


def history(shown: Publication) -> list[Edition]:
    """Its editions, the newest first, without their words."""
    rows: Any = shown.editions.defer("body", "text", "screening").select_related("author", "signed_by")
    return list(rows.order_by("-number"))
