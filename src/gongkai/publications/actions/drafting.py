"""From the first words to the review: draft, edit, hand in, take in, discard, revise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import Denied, authorise, may
from gongkai.agencies.models import Agency, Section
from gongkai.catalogue.models import Item
from gongkai.core.errors import Refused
from gongkai.ledger.actions import record
from gongkai.publications.actions.parts import put, put_publication, screened, show, taken, writing, wrote
from gongkai.publications.actions.writing import write
from gongkai.publications.events.drafting import Accepted, Discarded, Drafted, Edited, Revised, Submitted
from gongkai.publications.models import Attachment, Edition, Publication
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.rules import drafting as rules
from gongkai.publications.states import Act, State, after

# What a revision takes over of the edition that stands.
_KEPT = (
    "title", "document_number", "issuing_organ", "lead_organ", "joint_organs", "formed_on", "effective_on",
    "expires_on", "topic", "served", "keywords", "summary", "body", "text", "attribute", "attribute_ground",
    "attribute_reason",
)
_KEPT_OF_FILES = (
    "order", "name", "original_id", "original_name", "original_sha256", "original_findings", "cleaned_id", "sha256",
    "size", "format", "text", "verdict", "findings", "removed", "needs_look",
)


@transaction.atomic
def draft(
    *, by: Actor, agency: Agency, kind: str, title: str, at: datetime, item: Item | None = None,
    section: Section | None = None, origin: str = "made", source: str = "", values: Mapping[str, Any] | None = None,
    body: str = "",
) -> Edition:
    """Begin a publication with its first edition. `source` names what it was made from, e.g. "application:17".

    A contributor drafts in the own section; without one given it is that. Raises Refused: what `edit` refuses; Denied.
    """
    section = section or _own_section(by, agency)
    rules.organ_stands(agency.name, agency.valid_to, localdate(at))
    rules.section_works(section.name if section else "", section is None or section.active)
    publication = Publication(
        agency=agency, section=section, item=item, kind=kind, origin=rules.origin(origin), source=source[:60],
        created_at=at, title=title,
    )
    if not may(by, P.HANDLE, agency):
        authorise(by, writing(by, publication), publication)
    edition = Edition(
        publication=publication, number=1, state=State.DRAFT, author_id=by.user_id, created_at=at,
        issuing_organ=agency.name[:200],
    )
    given = {"kind": kind, "item": item, "section": section, **(values or {}), "title": title}
    write(edition, given, body, by=by, today=localdate(at))
    publication.title = edition.title
    publication.save()
    edition.publication = publication
    edition.save()
    wrote(edition, by, at)
    publication.latest = edition
    put_publication(publication)
    record(Drafted(1, publication.kind, publication.source), by=by, at=at, subject_id=publication.pk,
           agency_id=agency.pk)
    return edition


@transaction.atomic
def edit(
    *, by: Actor, edition: Edition, values: Mapping[str, Any], body: str | None, at: datetime, seen: int | None = None,
) -> Edition:
    """Change words and metadata; what came back is a draft again. `body` is pasted HTML, None leaves it.

    Nothing different records nothing. The words are screened at once. Raises Refused: words-missing, words-too-long,
    attribute-unknown, ground-unknown, kind-unknown, lane-unknown, lane-reason, future-date, too-early, place-stands,
    item-elsewhere, section-elsewhere, handed-in, not-now, changed-meanwhile; Denied; KeyError for an unknown field.
    """
    now, state = taken(edition, Act.EDIT, seen=seen)
    authorise(by, writing(by, now.publication, now), now.publication)
    changed = write(now, values, body, by=by, today=localdate(at))
    if not changed:
        return now
    wrote(now, by, at)
    put(now, state)
    record(
        Edited(now.number, tuple(sorted(changed)), now.attribute, now.screened), by=by, at=at,
        subject_id=now.publication_id, agency_id=now.publication.agency_id,
    )
    return now


@transaction.atomic
def submit(*, by: Actor, edition: Edition, at: datetime, seen: int | None = None) -> Edition:
    """A section hands a draft in to the disclosure office, its attribute fixed (R4-6).

    Raises Refused: attribute-missing, ground-missing, reason-missing, empty, change-note, handed-in, not-now,
    changed-meanwhile; Denied.
    """
    now, state = taken(edition, Act.SUBMIT, seen=seen)
    authorise(by, writing(by, now.publication, now), now.publication)
    rules.attribute(now.attribute, now.attribute_ground, now.attribute_reason)
    rules.complete(now.text, now.attachments.count(), now.number, now.change_note)
    now.submitted_at = at
    now.return_remark = ""
    put(now, state)
    record(
        Submitted(now.number, now.attribute), by=by, at=at, subject_id=now.publication_id,
        agency_id=now.publication.agency_id,
    )
    return now


@transaction.atomic
def accept(*, by: Actor, edition: Edition, at: datetime, seen: int | None = None) -> Edition:
    """The disclosure office takes a draft in; from here on it is the office that changes and sends it.

    Raises Refused: not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.HANDLE, edition.publication)
    now, state = taken(edition, Act.ACCEPT, seen=seen)
    put(now, state)
    record(
        Accepted(now.number), by=by, at=at, subject_id=now.publication_id, agency_id=now.publication.agency_id,
    )
    return now


@transaction.atomic
def discard(*, by: Actor, edition: Edition, reason: str, at: datetime, seen: int | None = None) -> Edition:
    """Give a draft up. It stays in the history; what stands in public is not touched.

    Raises Refused: words-missing, words-too-long, handed-in, not-now, changed-meanwhile; Denied.
    """
    now, state = taken(edition, Act.DISCARD, seen=seen)
    authorise(by, writing(by, now.publication, now), now.publication)
    now.return_remark = rules.words("作废理由", reason)
    now.ended_at = at
    publication = now.publication
    if publication.latest_id == now.pk:
        publication.latest = publication.current or _filed(publication) or publication.latest
    put(now, state)
    record(
        Discarded(now.number), by=by, at=at, subject_id=now.publication_id, agency_id=now.publication.agency_id,
    )
    return now


@transaction.atomic
def revise(
    *, by: Actor, publication: Publication, change_note: str, at: datetime, changed_on: date | None = None,
) -> Edition:
    """A new draft beside what stands, with its words and files; the time of Art. 26 runs anew from the change.

    Raises Refused: revise-what, in-work, words-missing, words-too-long, future-date, too-early; Denied.
    """
    standing = publication.latest
    if standing is None:
        raise Refused("revise-what", "这条信息还没有可以修订的版本")
    if standing.state not in {State.PUBLISHED, State.WITHDRAWN, State.FILED} and publication.current is not None:
        standing = publication.current
    now, _state = taken(standing, Act.REVISE)
    held = now.publication
    authorise(by, writing(by, held), held)
    if held.latest is not None and held.latest.pk != now.pk:
        after(held.latest.state, Act.REVISE)  # a newer one in work: say where it stands
    today = localdate(at)
    changed_on = changed_on or today
    rules.changed(changed_on, now.formed_on, today)
    number = held.editions.aggregate(most=Max("number"))["most"] + 1
    made = Edition(
        publication=held, number=number, state=State.DRAFT, author_id=by.user_id, created_at=at,
        change_note=rules.words(*_note(change_note)), attribute_by_id=now.attribute_by_id,
        **{field: getattr(now, field) for field in _KEPT},
    )
    screened(made)
    made.save()
    wrote(made, by, at)
    Attachment.objects.bulk_create(
        Attachment(
            edition=made, added_by_id=by.user_id, added_at=at,
            **{field: getattr(file, field) for field in _KEPT_OF_FILES},
        ) for file in now.attachments.order_by("order", "pk")
    )
    held.latest, held.changed_on = made, changed_on
    if held.first_published_at is None:
        show(held, made)
    put_publication(held)
    record(Revised(number, now.number), by=by, at=at, subject_id=held.pk, agency_id=held.agency_id)
    return made


def _filed(publication: Publication) -> Edition | None:
    """The edition that was decided not to be published: what is given up beside it leaves it as the latest."""
    filed = publication.editions.filter(state=State.FILED).order_by("-number").first()
    if filed is not None:
        filed.publication = publication
    return filed


def _note(text: str) -> tuple[str, str, int]:
    name, most = rules.LENGTHS["change_note"]
    return name, text, most


def _own_section(by: Actor, agency: Agency) -> Section | None:
    """The section of a contributor, for who has one there and is not of the office."""
    if may(by, P.HANDLE, agency):
        return None
    for holding in by.holdings:
        if holding.role == "contributor" and holding.agency_id == agency.pk and holding.section_id is not None:
            return Section.objects.get(pk=holding.section_id)
    raise Denied(P.CONTRIBUTE)


