"""Consultations on drafts: opened on a published draft, prolonged, cancelled, and told how they ended (Art. 19)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.core.errors import Refused
from gongkai.infra import stamp
from gongkai.ledger.actions import record
from gongkai.participation import rules
from gongkai.participation.events import ConsultationChanged, ConsultationOpened
from gongkai.participation.models import Consultation
from gongkai.participation.permissions import ParticipationPermission as P
from gongkai.publications.kinds import Kind as PublicationKind
from gongkai.publications.models import Publication


@transaction.atomic
def open_consultation(
    *, by: Actor, publication: Publication, question: str, opens_on: date, closes_on: date, at: datetime,
) -> Consultation:
    """Ask the public about a draft (kind 征求意见), published or still on its way; comments come in once it is public.

    Raises Refused: consultation-kind, consultation-there, words-missing, period-short, period-past; Denied.
    """
    authorise(by, P.CONSULT, publication)
    if publication.kind != PublicationKind.CONSULTATION:
        raise Refused("consultation-kind", "只有体裁为“征求意见”的信息可以征求意见")
    if Consultation.objects.filter(publication=publication).exists():
        raise Refused("consultation-there", "这份稿子已经发起过征求意见")
    said = rules.consultation(question, opens_on, closes_on)
    if closes_on < timezone.localdate(at):
        raise Refused("period-past", "截止日期已经过去；没有保存，请核对")
    made = Consultation.objects.create(
        agency_id=publication.agency_id, publication=publication, question=said, opens_on=opens_on,
        closes_on=closes_on, made_at=at,
    )
    stamp.bump()
    record(
        ConsultationOpened(opens_on, closes_on), by=by, at=at, subject_id=made.pk, agency_id=publication.agency_id,
    )
    return made


@transaction.atomic
def prolong(*, by: Actor, consultation: Consultation, closes_on: date, at: datetime) -> Consultation:
    """Give more time; a period is never cut short. Raises Refused: period-shorter, consultation-over; Denied."""
    authorise(by, P.CONSULT, consultation)
    now = _taken(consultation)
    if closes_on <= now.closes_on:
        raise Refused("period-shorter", "征求意见的期限只能延长，不能缩短；没有保存")
    now.closes_on = closes_on
    now.save(update_fields=["closes_on"])
    stamp.bump()
    record(ConsultationChanged("prolonged", closes_on), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


@transaction.atomic
def cancel(*, by: Actor, consultation: Consultation, at: datetime) -> Consultation:
    """No more comments are taken; those that came stay and are answered. Raises Refused "consultation-over"; Denied."""
    authorise(by, P.CONSULT, consultation)
    now = _taken(consultation)
    now.cancelled_on = timezone.localdate(at)
    now.save(update_fields=["cancelled_on"])
    stamp.bump()
    record(
        ConsultationChanged("cancelled", now.cancelled_on), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id,
    )
    return now


@transaction.atomic
def summarise(*, by: Actor, consultation: Consultation, summary: Publication, at: datetime) -> Consultation:
    """Name the published information that tells what was adopted.

    Raises Refused: consultation-running, summary-elsewhere, consultation-over; Denied.
    """
    authorise(by, P.CONSULT, consultation)
    now = _taken(consultation)
    today = timezone.localdate(at)
    if now.closes_on >= today:
        raise Refused("consultation-running", "征求意见还没有截止，期满后再公布采纳情况")
    if summary.agency_id != now.agency_id or not summary.is_public or summary.pk == now.publication_id:
        raise Refused("summary-elsewhere", "所选信息不是本机关已公开的信息；没有保存")
    now.summary = summary
    now.save(update_fields=["summary"])
    stamp.bump()
    record(ConsultationChanged("summarised", today), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


def _taken(consultation: Consultation) -> Consultation:
    now = Consultation.objects.select_for_update(of=("self",)).select_related("agency").get(pk=consultation.pk)
    if now.cancelled_on is not None:
        raise Refused("consultation-over", "这次征求意见已经取消")
    return now
