"""Whether a policy document is in force: repealed, amended, lapsed; by a person, or by its own last day."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.core.errors import Refused
from gongkai.ledger.actions import record
from gongkai.publications import indexing
from gongkai.publications.actions.parts import locked, put_publication, with_editions
from gongkai.publications.events.publishing import ValidityMarked
from gongkai.publications.kinds import Relation, Validity
from gongkai.publications.models import Link, Publication
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.rules import publishing as rules
from gongkai.publications.standing import changed

_RELATIONS = {Validity.REPEALED: Relation.REPEALS, Validity.AMENDED: Relation.AMENDS}


@transaction.atomic
def mark_validity(
    *, by: Actor, publication: Publication, validity: str, ended_on: date | None = None,
    by_publication: Publication | None = None, at: datetime,
) -> Publication:
    """Say that a published policy is in force, amended, lapsed or repealed; the one that does it is linked both ways.

    Raises Refused: not-public, validity-kind, validity-none, ended-missing, ended-early, relation-self; Denied.
    """
    authorise(by, P.PUBLISH, publication)
    rows = locked([publication.pk, *([by_publication.pk] if by_publication else [])])
    now = with_editions(rows[publication.pk])
    _public(now)
    rules.validity(
        validity, policy=now.is_policy, ended_on=ended_on, begun_on=now.effective_on or now.formed_on,
    )
    relation = _RELATIONS.get(Validity(validity))
    if by_publication is not None and relation is not None:
        other = rows[by_publication.pk]
        if other.pk == now.pk:
            raise Refused("relation-self", "不能关联到自己；没有保存")
        _public(other)
        Link.objects.get_or_create(
            source=other, target=now, relation=relation, defaults={"by_id": by.user_id, "at": at},
        )
    before = _mark(now, validity, ended_on if validity in {Validity.LAPSED, Validity.REPEALED} else None)
    if by_publication is not None and relation is not None:
        changed(rows[by_publication.pk])  # after search, as every act does: two acts take their locks in one order
    record(
        ValidityMarked(before, validity, now.ended_on, by_publication.pk if by_publication and relation else None),
        by=by, at=at, subject_id=now.pk, agency_id=now.agency_id,
    )
    return now


@transaction.atomic
def lapse(*, by: Actor, publication: Publication, at: datetime) -> bool:
    """A policy whose last day has come is no longer in force; says whether it was so. The program's own act.

    Raises Denied.
    """
    authorise(by, P.PUBLISH, publication)
    now = with_editions(locked([publication.pk])[publication.pk])
    due = now.expires_on is not None and now.expires_on <= localdate(at)
    if not due or not now.is_public or now.validity not in {Validity.IN_FORCE, Validity.AMENDED}:
        return False
    before = _mark(now, Validity.LAPSED.value, now.expires_on)
    record(
        ValidityMarked(before, now.validity, now.ended_on, None), by=by, at=at, subject_id=now.pk,
        agency_id=now.agency_id,
    )
    return True


def _mark(now: Publication, validity: str, ended_on: date | None) -> str:
    before, now.validity, now.ended_on = now.validity, validity, ended_on
    put_publication(now)
    indexing.put(now)
    changed(now)
    return before


def _public(publication: Publication) -> None:
    if not publication.is_public:
        raise Refused("not-public", "这份文件没有公开，或者已经撤下；没有保存")
