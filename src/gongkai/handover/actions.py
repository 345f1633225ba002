"""The only writes about hand-over: receivers, batches, what was sent and what came back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.agencies.models import Agency
from gongkai.core.errors import Refused
from gongkai.handover import rules
from gongkai.handover.events import BatchMade, BatchPacked, BatchReceived, BatchSent, ReceiverSet
from gongkai.handover.models import Batch, BatchItem, Receiver
from gongkai.handover.permissions import HandoverPermission as P
from gongkai.handover.queries import Line, lines
from gongkai.infra import locks
from gongkai.ledger.actions import record

_NAME_MOST = 120


@transaction.atomic
def set_receiver(
    *, by: Actor, agency: Agency, kind: str, name: str, frequency: str, since: date, at: datetime, active: bool = True,
) -> Receiver:
    """Say to whom an agency hands over and how often; one that is there by this name is changed.

    Raises Refused: receiver-kind, receiver-name, frequency; Denied.
    """
    authorise(by, P.HAND_OVER, agency)
    called = " ".join(name.split())
    if kind not in dict(Receiver.KINDS):
        raise Refused("receiver-kind", "请选择接收单位的类别")
    if not called or len(called) > _NAME_MOST:
        raise Refused("receiver-name", "请填写接收单位的名称，不超过 %(most)s 个字", most=_NAME_MOST)
    receiver, _new = Receiver.objects.update_or_create(agency=agency, name=called, defaults={
        "kind": kind, "frequency": rules.frequency(frequency), "since": since, "active": active,
    })
    record(ReceiverSet(called, frequency, active), by=by, at=at, subject_id=receiver.pk, agency_id=agency.pk)
    return receiver


@transaction.atomic
def make_batch(*, by: Actor, receiver: Receiver, first: date, last: date, at: datetime) -> Batch:
    """Make the batch of a period that is over; nothing to hand over makes the nil return.

    Raises Refused: period-shape, period-early, period-open, batch-there; Denied.
    """
    authorise(by, P.HAND_OVER, receiver)
    locks.serialise(f"handover-{receiver.pk}")
    today = timezone.localdate(at)
    period = rules.period(first, last, receiver.frequency, receiver.since, today)
    if Batch.objects.filter(receiver=receiver, first_on=first, last_on=last, supplement=0).exists():
        raise Refused("batch-there", "%(name)s的移交清单已经编制；请看清单", name=period.name)
    made = _made(receiver, period.first, period.last, lines(receiver, period.last), by=by, at=at)
    record(
        BatchMade(period.first, period.last, made.items_count, made.manifest, ""), by=by, at=at, subject_id=made.pk,
        agency_id=receiver.agency_id,
    )
    return made


@transaction.atomic
def supplement(*, by: Actor, batch: Batch, letter_number: str, at: datetime) -> Batch:
    """A supplement to a batch, by formal letter: what is missing or was replaced until today.

    Raises Refused: letter-missing, nothing-to-supplement; Denied.
    """
    authorise(by, P.HAND_OVER, batch)
    said = " ".join(letter_number.split())[:100]
    if not said:
        raise Refused("letter-missing", "补充或者替换须附公函，请填写公函文号")
    locks.serialise(f"handover-{batch.receiver_id}")
    found = lines(batch.receiver, timezone.localdate(at))
    if not found:
        raise Refused("nothing-to-supplement", "没有需要补充或者替换的信息")
    number = Batch.objects.filter(
        receiver=batch.receiver, first_on=batch.first_on, last_on=batch.last_on,
    ).count()
    made = _made(
        batch.receiver, batch.first_on, batch.last_on, found, by=by, at=at, number=number, letter_number=said,
    )
    record(
        BatchMade(batch.first_on, batch.last_on, made.items_count, made.manifest, said), by=by, at=at,
        subject_id=made.pk, agency_id=batch.receiver.agency_id,
    )
    return made


@transaction.atomic
def note_packed(*, by: Actor, batch: Batch, at: datetime) -> None:
    """Note that the files of a batch left the system. Raises Denied."""
    authorise(by, P.HAND_OVER, batch)
    record(BatchPacked(batch.items_count), by=by, at=at, subject_id=batch.pk, agency_id=batch.receiver.agency_id)


@transaction.atomic
def send(*, by: Actor, batch: Batch, on: date, at: datetime) -> Batch:
    """Record the day of handing over. Raises Refused: already-sent, wrong-order, future-date; Denied."""
    authorise(by, P.HAND_OVER, batch)
    now = Batch.objects.select_for_update(of=("self",), no_key=True).select_related("receiver__agency").get(pk=batch.pk)
    if now.sent_on is not None:
        raise Refused("already-sent", "这一批已于%(day)s移交", day=now.sent_on)
    now.sent_on = rules.sent(on, timezone.localdate(now.made_at), timezone.localdate(at))
    now.save(update_fields=["sent_on"])
    record(BatchSent(on), by=by, at=at, subject_id=now.pk, agency_id=now.receiver.agency_id)
    return now


@transaction.atomic
def receive(
    *, by: Actor, batch: Batch, on: date, at: datetime, receipt_number: str = "", received_by: str = "",
) -> Batch:
    """Record the receipt. Raises Refused: already-received, not-sent, wrong-order, future-date; Denied."""
    authorise(by, P.HAND_OVER, batch)
    now = Batch.objects.select_for_update(of=("self",), no_key=True).select_related("receiver__agency").get(pk=batch.pk)
    if now.received_on is not None:
        raise Refused("already-received", "这一批的回执已于%(day)s登记", day=now.received_on)
    now.received_on = rules.received(on, now.sent_on, timezone.localdate(at))
    now.receipt_number = " ".join(receipt_number.split())[:100]
    now.received_by = " ".join(received_by.split())[:60]
    now.save(update_fields=["received_on", "receipt_number", "received_by"])
    record(
        BatchReceived(on, now.receipt_number), by=by, at=at, subject_id=now.pk, agency_id=now.receiver.agency_id,
    )
    return now


def _made(
    receiver: Receiver, first: date, last: date, found: Iterable[Line], *, by: Actor, at: datetime, number: int = 0,
    letter_number: str = "",
) -> Batch:
    rows = [_item(order, line) for order, line in enumerate(found, 1)]
    manifest = hashlib.sha256("\n".join(f"{row.digest}  {row.index_number}" for row in rows).encode()).hexdigest()
    batch = Batch.objects.create(
        receiver=receiver, first_on=first, last_on=last, supplement=number, letter_number=letter_number,
        items_count=len(rows), manifest=manifest, made_by_id=by.user_id, made_at=at,
    )
    for row in rows:
        row.batch = batch
    BatchItem.objects.bulk_create(rows, batch_size=500)
    return batch


def _item(order: int, line: Line) -> BatchItem:
    one = line.publication
    edition, published_on = one.current, one.published_on
    assert edition is not None
    assert published_on is not None
    assert one.index_number
    return BatchItem(
        order=order, change=line.change, publication=one, edition=edition, index_number=one.index_number,
        title=one.title, document_number=one.document_number, formed_on=one.formed_on, published_on=published_on,
        digest=edition.digest,
    )
