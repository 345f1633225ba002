"""What the public reads of publications. Every query here asks for what is published now, whoever looks.

Lists are plain rows of one query. Nothing is counted row by row: totals stop at CAP, and the library counts its
documents once in cells (`cells`), from which `gongkai.portal.facets` adds up whatever a reader filters by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, Func, IntegerField, Q, QuerySet

from gongkai.accounts.permissions import beneath
from gongkai.agencies.models import Agency
from gongkai.catalogue.models import Item, Source
from gongkai.publications.kinds import POLICIES, Kind, Validity
from gongkai.publications.models import Attachment, Edition, Link, Publication
from gongkai.publications.states import State

CAP = 10_000
LIBRARY = tuple(sorted(POLICIES))
_ROW = (
    "pk", "index_number", "title", "document_number", "formed_on", "published_on", "validity", "kind", "agency_id",
    "agency__name",
)
# What is counted as 法定主动公开内容: everything of the catalogue but the platform's own columns.
STATUTORY = tuple(source for source in Source.values if source != Source.BLOCK)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is asked for. `under` is the path of an agency and reaches everything below it; `items` are keys of
    catalogue items, `code` the code of one in whichever agency. Empty means everything."""

    agency: int | None = None
    under: str = ""
    items: tuple[int, ...] = ()
    code: str = ""
    kinds: tuple[str, ...] = ()
    topic: str | None = None
    year: int | None = None
    validity: str | None = None
    order: str = "newest"


class Row(NamedTuple):
    """A line of a list."""

    pk: int
    index_number: str
    title: str
    document_number: str
    formed_on: date | None
    published_on: date
    validity: str
    kind: str
    agency_id: int
    agency: str


class Year(Func):
    """The year of a date, on both engines without calling back into Python."""

    output_field = IntegerField()
    template = "CAST(EXTRACT(YEAR FROM %(expressions)s) AS integer)"

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """SQLite keeps dates as text."""
        return super().as_sql(
            compiler, connection, template="CAST(substr(%(expressions)s, 1, 4) AS integer)", **extra,
        )


def listing(filters: Filters) -> QuerySet[Publication]:
    """Published documents of a filter, newest first (or by the day they were formed)."""
    rows = Publication.objects.published()
    if filters.agency is not None:
        rows = rows.filter(agency_id=filters.agency)
    if filters.under:
        rows = rows.filter(beneath(filters.under, "agency__path"))
    if filters.items:
        rows = rows.filter(item_id__in=filters.items)
    if filters.code:
        rows = rows.filter(item__code=filters.code)
    if filters.kinds:
        rows = rows.filter(kind__in=filters.kinds)
    if filters.topic is not None:
        rows = rows.filter(topic=filters.topic)
    if filters.year is not None:
        rows = rows.filter(published_on__gte=date(filters.year, 1, 1), published_on__lte=date(filters.year, 12, 31))
    if filters.validity is not None:
        rows = rows.filter(validity=filters.validity)
    order = ("-formed_on", "-pk") if filters.order == "formed" else ("-published_on", "-pk")
    return rows.order_by(*order)


def rows_of(found: QuerySet[Publication], first: int, count: int) -> list[Row]:
    """A stretch of a list: one query."""
    return [Row(*values) for values in found.values_list(*_ROW)[first:first + count]]


def counted(found: QuerySet[Publication]) -> int:
    """How many there are, counted no further than CAP + 1."""
    return found.order_by().values("pk")[:CAP + 1].count()


def stream(found: QuerySet[Publication], size: int = 2000) -> Iterator[Publication]:
    """All rows of a list in bounded memory, with what the open data say of each."""
    return found.select_related("agency", "item").order_by("pk").iterator(chunk_size=size)


def cells(agency: int | None = None) -> list[tuple[int, str, str, int, str, int]]:
    """The policy library in cells: agency, kind, topic, year, validity, how many. One query over one index."""
    rows = Publication.objects.policies()
    if agency is not None:
        rows = rows.filter(agency_id=agency)
    return list(
        rows.order_by().annotate(year=Year("published_on"))
        .values_list("agency_id", "kind", "topic", "year", "validity").annotate(n=Count("pk"))
        .values_list("agency_id", "kind", "topic", "year", "validity", "n"),
    )


def by_item(agency: int) -> dict[int, int]:
    """How many documents each catalogue item of an agency has."""
    rows = Publication.objects.published().filter(agency_id=agency, item__isnull=False).order_by()
    return dict(rows.values_list("item_id").annotate(n=Count("pk")))


def by_code(path: str) -> dict[str, int]:
    """How many documents each code of the catalogue has in an agency and everything below it."""
    items = Item.objects.filter(beneath(path, "agency__path"), source__in=STATUTORY)
    codes = dict(items.values_list("pk", "code"))
    rows = Publication.objects.published().filter(beneath(path, "agency__path"), item__isnull=False).order_by()
    found: dict[str, int] = {}
    for item, n in rows.values_list("item_id").annotate(n=Count("pk")):
        if item in codes:
            found[codes[item]] = found.get(codes[item], 0) + n
    return found


def items_of(agency: int) -> list[Item]:
    """The catalogue of an agency as it stands, in its order."""
    return list(
        Item.objects.public().filter(agency_id=agency, source__in=STATUTORY)
        .only("pk", "code", "name", "parent_id", "order", "limit_text", "source", "agency_id").order_by("order", "pk"),
    )


def of_path(path: str) -> Filters:
    """Everything of an agency and below."""
    return Filters(under=path)


def in_force() -> Filters:
    """行政规范性文件 and rules that are in force, all in one place."""
    return Filters(kinds=(Kind.REGULATION, Kind.NORMATIVE), validity=Validity.IN_FORCE)


# One document ---------------------------------------------------------------------------------------------------------

def document(pk: int) -> Publication:
    """What has an address: published or withdrawn. Raises DoesNotExist for what never was published."""
    return (
        Publication.objects.with_address().select_related("agency", "item", "current").defer("current__text")
        .get(pk=pk)
    )


def editions(publication: Publication) -> list[Edition]:
    """The editions that were published, newest first, without their words."""
    return list(
        Edition.objects.filter(publication=publication, state__in=(State.PUBLISHED, State.SUPERSEDED))
        .only("pk", "number", "state", "title", "change_note", "published_at", "publication_id", "formed_on")
        .order_by("-number"),
    )


def edition(publication: Publication, number: int) -> Edition:
    """An edition that was published, with its words. Raises DoesNotExist."""
    return Edition.objects.get(
        publication=publication, number=number, state__in=(State.PUBLISHED, State.SUPERSEDED),
    )


def attachments(of: int) -> list[Attachment]:
    """The files of an edition that the public gets: the cleaned ones."""
    return list(
        Attachment.objects.filter(edition_id=of, cleaned__isnull=False)
        .only("pk", "name", "sha256", "size", "format", "edition_id", "order").order_by("order", "pk"),
    )


def attachment(publication: Publication, pk: int) -> Attachment:
    """A file of an edition that was published. Raises DoesNotExist for drafts' files."""
    return Attachment.objects.select_related("cleaned").get(
        pk=pk, cleaned__isnull=False, edition__publication=publication,
        edition__state__in=(State.PUBLISHED, State.SUPERSEDED),
    )


class Related(NamedTuple):
    """The other end of a link. `outward`: the document shown is its source."""

    relation: str
    outward: bool
    pk: int
    title: str
    document_number: str
    published_on: date


def related(publication: Publication) -> list[Related]:
    """What the document is linked with, both ways; only what is itself published. One query."""
    mine = Q(source_id=publication.pk) | Q(target_id=publication.pk)
    found = Link.objects.filter(mine).select_related("source", "target").order_by("relation", "pk")
    rows = []
    for link in found:
        outward = link.source_id == publication.pk
        other = link.target if outward else link.source
        if other.is_public and other.published_on is not None:
            rows.append(Related(
                link.relation, outward, other.pk, other.title, other.document_number, other.published_on,
            ))
    return rows


def last_change(filters: Filters) -> datetime | None:
    """When the newest of a list was last changed."""
    return listing(filters).order_by("-updated_at").values_list("updated_at", flat=True).first()


def agencies_with_documents(of: Iterable[int]) -> dict[int, str]:
    """Names of agencies by key."""
    return dict(Agency.objects.filter(pk__in=list(of)).values_list("pk", "name"))
