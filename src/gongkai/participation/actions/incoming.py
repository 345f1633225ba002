"""The way in: kept before it is acknowledged, the same form twice is one message."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.actor import PUBLIC
from gongkai.agencies.models import Agency
from gongkai.applications import codes as tracking
from gongkai.applications.actions.parts import seal_files
from gongkai.applications.submission import Incoming
from gongkai.applications.uploads import accepted
from gongkai.core.errors import Refused
from gongkai.infra import locks
from gongkai.ledger.actions import record
from gongkai.participation import codes, rules
from gongkai.participation.actions.parts import counted, next_number
from gongkai.participation.clock import due_on
from gongkai.participation.events import MessageClosed, MessageReceived
from gongkai.participation.models import Consultation, Message, MessageFile
from gongkai.participation.rules import Given
from gongkai.participation.states import Act, Kind, State, after
from gongkai.publications.models import Publication
from gongkai.vault.actions import seal
from gongkai.vault.masks import mask

_NOBODY = {"id_type": "未提供身份"}  # a row of its own all the same: its code travels with the installation's key


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What the sender is told after the commit."""

    message: Message
    code: str = field(repr=False)
    again: bool = False


def send(
    *, agency: Agency, given: Given, token: UUID, at: datetime, files: Iterable[Incoming] = (),
    publication: Publication | None = None, consultation: Consultation | None = None,
) -> Acknowledged:
    """Take a message from the public page; encrypted files are on the disk before its one transaction.

    The same `token` again gives the same number and code. Raises Refused with nothing kept: what rules.check and
    uploads refuse, consultation-closed, publication-elsewhere, organ-gone, disk-full.
    """
    said, today = rules.tidy(given), timezone.localdate(at)
    first = Message.objects.select_related("agency").filter(token=token).first()
    if first is not None:
        return Acknowledged(first, codes.code_for(first), again=True)
    if agency.valid_to is not None and agency.valid_to <= today:
        raise Refused("organ-gone", "%(name)s已经撤销，请向承接其职能的机关提出", name=agency.name)
    if said.kind == Kind.COMMENT and not _takes_comments(consultation, agency, today):
        raise Refused("consultation-closed", "这次征求意见没有开始或者已经结束，意见没有收下")
    if publication is not None and (publication.agency_id != agency.pk or not publication.is_public):
        raise Refused("publication-elsewhere", "所问的信息已不在本机关的公开目录里；内容没有保存，请重新选择")
    looked_at = accepted(files)
    rules.check(said, proven=bool(looked_at))
    sealed = seal_files(looked_at, at)
    with transaction.atomic(durable=True):
        locks.serialise(f"message-{token}")
        first = Message.objects.select_related("agency").filter(token=token).first()
        if first is None:
            number = next_number(agency, said.kind, today)
            identity = seal(by=PUBLIC, agency=agency, values=said.identity or _NOBODY, at=at)
            message = Message.objects.create(
                agency=agency, kind=said.kind, number=number, state=State.RECEIVED, token=token,
                code_digest=tracking.digest(tracking.made(token)), identity=identity, sender_mask=_mask(said),
                publication=publication, consultation=consultation if said.kind == Kind.COMMENT else None,
                subject=said.subject, content=said.content, record=said.record, received_at=at,
                due_on=due_on(agency, said.kind, today, consultation.closes_on if consultation else None),
            )
            for name, file in sealed:
                MessageFile.objects.create(message=message, name=name, sealed_file=file)
            record(
                MessageReceived(number, said.kind, len(sealed)), by=PUBLIC, at=at, subject_id=message.pk,
                agency_id=agency.pk,
            )
    if first is not None:
        return Acknowledged(first, codes.code_for(first), again=True)
    return Acknowledged(message, codes.code_for(message))


@transaction.atomic
def withdraw(*, message: Message, at: datetime) -> Message:
    """The sender takes the message back, on the tracking page opened with its code. Raises Refused "not-now"."""
    now = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    now.state = after(now.state, Act.WITHDRAW)
    now.closed_reason, now.closed_at, now.revision = "来信人撤回", at, now.revision + 1
    now.save(update_fields=["state", "closed_reason", "closed_at", "revision"])
    counted(now)
    record(MessageClosed(withdrawn=True), by=PUBLIC, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


def _takes_comments(consultation: Consultation | None, agency: Agency, today: object) -> bool:
    return consultation is not None and consultation.agency_id == agency.pk and Consultation.objects.running(
        today,  # type: ignore[arg-type]
    ).filter(pk=consultation.pk).exists()


def _mask(said: Given) -> str:
    for name in ("organisation", "name"):
        if said.identity.get(name):
            return mask(name, said.identity[name])[:60]
    return ""
