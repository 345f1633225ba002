"""Relations between publications, and the plan of a document's interpretation (谁起草、谁解读；三同步)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.core.errors import Refused
from gongkai.ledger.actions import record
from gongkai.publications.actions.parts import held, locked, put_publication, with_editions, writing
from gongkai.publications.events.publishing import InterpretationExempt, InterpretationPlanned, Linked, Unlinked
from gongkai.publications.kinds import Kind, Relation
from gongkai.publications.models import Link, Publication
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.rules import drafting
from gongkai.publications.rules import publishing as rules
from gongkai.publications.standing import changed
from gongkai.publications.states import Act, after


@transaction.atomic
def link(*, by: Actor, source: Publication, target: Publication, relation: str, at: datetime) -> Link:
    """Say how one publication stands to another; the pages of both name it. There already, it comes back.

    Raises Refused: relation-unknown, relation-validity, relation-self, relation-kind, target-hidden, not-now; Denied.
    """
    authorise(by, writing(by, source), source)
    kind = rules.relation(relation, same=source.pk == target.pk)
    rows = locked([source.pk, target.pk])
    now, other = with_editions(rows[source.pk]), rows[target.pk]
    _open(now, Act.LINK)
    if kind is Relation.INTERPRETS and (now.kind != Kind.INTERPRETATION or now.agency_id != other.agency_id):
        raise Refused("relation-kind", "只有本机关的政策解读可以关联为解读；没有保存")
    if not other.is_public and not Publication.objects.visible_to(by).filter(pk=other.pk).exists():
        raise Refused("target-hidden", "没有找到要关联的信息；没有保存")
    made, new = Link.objects.get_or_create(
        source=now, target=other, relation=kind, defaults={"by_id": by.user_id, "at": at},
    )
    if not new:
        return made
    _told(now, other)
    record(Linked(kind.value, other.pk), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return made


@transaction.atomic
def unlink(*, by: Actor, source: Publication, target: Publication, relation: str, at: datetime) -> None:
    """Take a relation back. Raises Refused: link-missing, relation-stands; Denied."""
    authorise(by, writing(by, source), source)
    rows = locked([source.pk, target.pk])
    found = Link.objects.filter(source_id=source.pk, target_id=target.pk, relation=relation).first()
    if found is None:
        raise Refused("link-missing", "没有这个关联，可能已被同事取消；请刷新页面看最新情况")
    if relation in {Relation.REPEALS, Relation.AMENDS}:
        authorise(by, P.PUBLISH, rows[target.pk])
    found.delete()
    _told(rows[source.pk], rows[target.pk])
    record(Unlinked(relation, target.pk), by=by, at=at, subject_id=source.pk, agency_id=source.agency_id)


@transaction.atomic
def plan_interpretation(
    *, by: Actor, publication: Publication, form: str, due_on: date | None, at: datetime,
) -> Publication:
    """Plan how a document is interpreted. `due_on` None: it goes out with its document, the rule.

    Raises Refused: form-unknown, plan-past, not-now; Denied.
    """
    authorise(by, writing(by, publication), publication)
    now = held(publication)
    _open(now, Act.PLAN)
    rules.plan(form, due_on, localdate(at))
    now.interpretation, now.interpretation_form, now.interpretation_due_on = "planned", form, due_on
    now.interpretation_reason = ""
    put_publication(now)
    record(InterpretationPlanned(form, due_on), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


@transaction.atomic
def exempt_interpretation(*, by: Actor, publication: Publication, reason: str, at: datetime) -> Publication:
    """Decide that a document needs no interpretation, and say why. Raises Refused: words-missing, not-now; Denied."""
    authorise(by, P.HANDLE, publication)
    now = held(publication)
    _open(now, Act.PLAN)
    now.interpretation, now.interpretation_reason = "exempt", rules.exemption(reason)
    now.interpretation_form, now.interpretation_due_on = "", None
    put_publication(now)
    record(InterpretationExempt(), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


def _open(publication: Publication, act: Act) -> None:
    if publication.latest is None:
        raise drafting.nothing_there()
    after(publication.latest.state, act)


def _told(*publications: Publication) -> None:
    """The pages of both change where they are public."""
    public = [one for one in publications if one.is_public]
    if public:
        changed(*public)
