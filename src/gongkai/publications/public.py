"""What the public reads of publications. Every query here asks for what is published now, whoever looks.

Lists are plain rows of one query. Nothing is counted row by row: totals stop at CAP, and the library counts its
documents once in cells (`cells`), from which `gongkai.portal.facets` adds up whatever a reader filters by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Func, IntegerField, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from gongkai.accounts.permissions import beneath
from gongkai.agencies.models import Agency
from gongkai.catalogue.models import Item, Source
from gongkai.infra.prepared import Prepared
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
    for name, values in _asked(filters).items():
        rows = rows.filter(_CONDITIONS[name](list(values)))
    return rows.order_by(*_ORDERS[filters.order])


def rows_of(filters: Filters, first: int, count: int) -> list[Row]:
    """A stretch of a list: one query, prepared once for every way of filtering."""
    asked = _asked(filters)
    shape = (tuple(asked), len(filters.items), len(filters.kinds), filters.order)
    prepared = _LISTS.get(shape)
    if prepared is None:
        if len(filters.items) > 12:
            return [Row(*row) for row in listing(filters).values_list(*_ROW)[first:first + count]]
        kinds = [type(value) for values in asked.values() for value in values]
        prepared = _LISTS[shape] = Prepared(partial(_list, filters.order, list(asked.items())), *kinds, sliced=True)
    return [Row(*row) for row in prepared(*(value for values in asked.values() for value in values), first, count)]


_LISTS: dict[Any, Prepared] = {}  # a few hundred ways of filtering at most


def _asked(filters: Filters) -> dict[str, tuple[Any, ...]]:
    """The values of a filter by name, those that are not asked left out."""
    found: dict[str, tuple[Any, ...]] = {}
    if filters.agency is not None:
        found["agency"] = (filters.agency,)
    if filters.under:
        found["under"] = (filters.under, f"{int(filters.under) + 1:0{len(filters.under)}d}")
    if filters.items:
        found["items"] = filters.items
    if filters.code:
        found["code"] = (filters.code,)
    if filters.kinds:
        found["kinds"] = tuple(str(kind) for kind in filters.kinds)
    if filters.topic is not None:
        found["topic"] = (filters.topic,)
    if filters.year is not None:
        found["year"] = (date(filters.year, 1, 1), date(filters.year, 12, 31))
    if filters.validity is not None:
        found["validity"] = (str(filters.validity),)
    return found


def _list(order: str, asked: list[tuple[str, tuple[Any, ...]]], *values: Any) -> QuerySet[Any, Any]:
    """The list of a shape, its values being stand-ins."""
    left, rows = list(values), Publication.objects.published()
    for name, known in asked:
        these, left = left[:len(known)], left[len(known):]
        rows = rows.filter(_CONDITIONS[name](these))
    return rows.order_by(*_ORDERS[order]).values_list(*_ROW)


_ORDERS = {"newest": ("-published_on", "-pk"), "formed": ("-formed_on", "-pk")}
_CONDITIONS: dict[str, Callable[[list[Any]], Q]] = {
    "agency": lambda v: Q(agency_id=v[0]), "under": lambda v: Q(agency__path__gte=v[0], agency__path__lt=v[1]),
    "items": lambda v: Q(item_id__in=v), "code": lambda v: Q(item__code=v[0]), "kinds": lambda v: Q(kind__in=v),
    "topic": lambda v: Q(topic=v[0]), "year": lambda v: Q(published_on__gte=v[0], published_on__lte=v[1]),
    "validity": lambda v: Q(validity=v[0]),
}


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
    """What has an address: published or withdrawn, with its edition (without its plain text) and item; its agency is
    not fetched. Raises DoesNotExist for what never was published."""
    found = _DOCUMENT(pk)
    if not found:
        raise Publication.DoesNotExist
    values, database = found[0], connection.alias
    edge, end = len(_SHOWN), len(_SHOWN) + len(_SAID)
    shown = Publication.from_db(database, _SHOWN, values[:edge])
    shown.current = Edition.from_db(database, _SAID, values[edge:end]) if shown.current_id is not None else None
    shown.item = Item.from_db(database, _NAMED, values[end:]) if shown.item_id is not None else None
    return shown


_SHOWN = [field.attname for field in Publication._meta.concrete_fields]
_SAID = [
    field.attname for field in Edition._meta.concrete_fields
    if field.attname not in {"text", "screening", "attribute_reason", "return_remark"}
]
_NAMED = ["id", "agency_id", "code", "name"]
_DOCUMENT = Prepared(lambda pk: Publication.objects.with_address().filter(pk=pk).order_by().values_list(
    *_SHOWN, *(f"current__{name}" for name in _SAID), *(f"item__{name}" for name in _NAMED)), int)


def readable(edition: Edition) -> bool:
    """Whether the public may read an edition now. One query."""
    shown = edition.publication
    return shown.is_public and readings(shown).filter(pk=edition.pk).exists()


def readings(publication: Publication | int) -> QuerySet[Edition]:
    """The editions that the public may read. What was withdrawn took all before it along: a later edition that is
    published does not bring back what the earlier ones said."""
    rows = Edition.objects.filter(publication=publication)
    withdrawn = rows.filter(state=State.WITHDRAWN).order_by("-number").values("number")[:1]
    return rows.filter(
        state__in=(State.PUBLISHED, State.SUPERSEDED), number__gt=Coalesce(Subquery(withdrawn), 0),
    )


def editions(publication: Publication | int) -> list[Edition]:
    """The editions that the public may read, newest first, without their words."""
    return list(
        readings(publication)
        .only("pk", "number", "state", "title", "change_note", "published_at", "publication_id", "formed_on")
        .order_by("-number"),
    )


def edition(publication: Publication, number: int) -> Edition:
    """An edition that the public may read, with its words. Raises DoesNotExist."""
    return readings(publication).get(number=number)


class File(NamedTuple):
    """A file that the public gets: the cleaned one."""

    pk: int
    name: str
    sha256: str
    size: int
    format: str


def attachments(of: int) -> list[File]:
    """The files of an edition that the public gets."""
    return [File(*row) for row in _FILES(of)]


_FILES = Prepared(lambda of: Attachment.objects.filter(edition_id=of, cleaned__isnull=False).order_by("order", "pk")
                  .values_list(*File._fields), int)


def attachment(publication: Publication, pk: int) -> Attachment:
    """A file of an edition that the public may read. Raises DoesNotExist for drafts' files."""
    return Attachment.objects.select_related("cleaned").get(
        pk=pk, cleaned__isnull=False, edition__in=readings(publication),
    )


class Related(NamedTuple):
    """The other end of a link. `outward`: the document shown is its source."""

    relation: str
    outward: bool
    pk: int
    title: str
    document_number: str
    published_on: date


def related(document: int) -> list[Related]:
    """What a document is linked with, both ways; only what is itself published. One query."""
    found = []
    for relation, source, *ends in _LINKS(document):
        outward = source == document
        pk, title, number, on, withdrawn = ends[5:] if outward else ends[:5]
        if on is not None and withdrawn is None:
            found.append(Related(relation, outward, pk, title, number, on))
    return found


_END = ("id", "title", "document_number", "published_on", "withdrawn_at")
_LINKS = Prepared(
    lambda pk: Link.objects.filter(Q(source_id=pk) | Q(target_id=pk)).order_by("relation", "pk").values_list(
        "relation", "source_id", *(f"{end}__{name}" for end in ("source", "target") for name in _END)), int,
)


def last_change(filters: Filters) -> datetime | None:
    """When the newest of a list was last changed."""
    return listing(filters).order_by("-updated_at").values_list("updated_at", flat=True).first()


def agencies_with_documents(of: Iterable[int]) -> dict[int, str]:
    """Names of agencies by key."""
    return dict(Agency.objects.filter(pk__in=list(of)).values_list("pk", "name"))
