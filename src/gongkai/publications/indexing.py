"""What search knows of a publication: its words and those of its files, from publication to withdrawal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import transaction

from gongkai.accounts.permissions import beneath
from gongkai.publications.models import Publication
from gongkai.search import index
from gongkai.search.entry import BREAK, Entry
from gongkai.search.sources import register

_CHUNK = 200  # publications whose words are in memory at once


def entry_of(publication: Publication) -> Entry:
    """The entry of a published publication: `current`, `agency` and `item` are at hand."""
    edition, on = publication.current, publication.published_on
    if edition is None or on is None:
        raise ValueError("only what is published is found")
    files = [part for file in edition.attachments.all() for part in (file.name, file.text) if part]
    return Entry(
        key=publication.pk, title=publication.title, body=BREAK.join([edition.text, *files]),
        agency=publication.agency_id, path=publication.agency.path, published_on=on, year=on.year,
        item=publication.item.code if publication.item else "", topic=publication.topic, kind=publication.kind,
        validity=publication.validity, number=publication.document_number,
        index_number=publication.index_number or "",
    )


def put(publication: Publication) -> None:
    """Take it in as it stands, with the transaction of the act; nothing where it is not public."""
    if publication.is_public:
        index.put([entry_of(publication)])


def take_out(publication: Publication) -> None:
    """Take it out: gone before the act returns."""
    index.withdraw([publication.pk])


def put_again(path: str) -> int:
    """Take everything of an agency and below in anew, in short transactions: its place in the tree stands in each
    entry. How many."""
    rows = Publication.objects.published().filter(beneath(path, "agency__path"))
    pks = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), _CHUNK):
        with transaction.atomic():
            index.put(SOURCE.entries(pks[start:start + _CHUNK]))
    return len(pks)


class Published:
    """The source of search: what the public reads now."""

    def entries(self, keys: Sequence[int] | None = None) -> Iterator[Entry]:
        """In the order of their keys, in bounded memory."""
        rows = Publication.objects.published().order_by("pk")
        if keys is not None:
            rows = rows.filter(pk__in=keys)
        rows = rows.select_related("agency", "item", "current").prefetch_related("current__attachments")
        for publication in rows.iterator(chunk_size=_CHUNK):
            yield entry_of(publication)

    def keys(self) -> Iterator[int]:
        """Keys of all that is public."""
        return Publication.objects.published().order_by().values_list("pk", flat=True).iterator(chunk_size=10_000)

    def count(self) -> int:
        """How many there are."""
        return Publication.objects.published().count()


SOURCE = Published()
register(SOURCE)
