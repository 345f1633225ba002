"""What the page of a document says of it: a publication and one of its editions, flat, in one query.

Models are not made of it: half of their columns are nothing to the public, and making three of them for a page took as
long as asking the database.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q

from gongkai.infra.prepared import Prepared
from gongkai.publications.models import Attachment, Edition, Link, Publication


class Sheet(NamedTuple):
    """An edition on paper. `files` and `links`: whether there may be any, so that nobody asks in vain."""

    pk: int
    agency_id: int
    kind: str
    index_number: str | None
    validity: str
    ended_on: date | None
    published_on: date
    current_id: int
    item_id: int | None
    item_name: str | None
    item_agency_id: int | None
    edition_id: int
    number: int
    title: str
    document_number: str
    issuing_organ: str
    lead_organ: str
    joint_organs: list[Any]
    formed_on: date | None
    effective_on: date | None
    expires_on: date | None
    topic: str
    served: str
    keywords: str
    summary: str
    body: str
    published_at: datetime
    files: bool = True
    links: bool = True

    @property
    def earlier(self) -> bool:
        """Whether a later edition took its place."""
        return self.edition_id != self.current_id


_OF_PUBLICATION = (
    "pk", "agency_id", "kind", "index_number", "validity", "ended_on", "published_on", "current_id", "item_id",
)
_OF_ITEM = ("name", "agency_id")
_OF_EDITION = (
    "pk", "number", "title", "document_number", "issuing_organ", "lead_organ", "joint_organs", "formed_on",
    "effective_on", "expires_on", "topic", "served", "keywords", "summary", "body", "published_at",
)


def standing(pk: int) -> Sheet | None:
    """The edition of a publication that the public reads now; None for what was taken down and what never was out."""
    for row in _STANDING(pk):
        return Sheet(*row)
    return None


def of(publication: Publication, edition: Edition) -> Sheet:
    """The same of what was fetched already: an earlier edition."""
    item = publication.item
    return Sheet(
        *(getattr(publication, name) for name in _OF_PUBLICATION),
        *(getattr(item, name, None) for name in _OF_ITEM), *(getattr(edition, name) for name in _OF_EDITION),
    )


_STANDING = Prepared(lambda pk: Publication.objects.with_address().published().filter(pk=pk).order_by().values_list(
    *_OF_PUBLICATION, *(f"item__{name}" for name in _OF_ITEM), *(f"current__{name}" for name in _OF_EDITION),
    Exists(Attachment.objects.filter(edition_id=OuterRef("current_id"), cleaned__isnull=False)),
    Exists(Link.objects.filter(Q(source_id=OuterRef("pk")) | Q(target_id=OuterRef("pk")))),
), int)
