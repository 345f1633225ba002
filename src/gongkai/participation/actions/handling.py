"""The office's side: assign, draft, release, show to everybody, or say why nothing is done."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise, may
from gongkai.agencies.models import Section
from gongkai.core.errors import Refused
from gongkai.infra import stamp
from gongkai.ledger.actions import record
from gongkai.participation import rules
from gongkai.participation.actions.parts import counted, drafting, nobody_in, put, taken
from gongkai.participation.events import (
    MessageAssigned,
    MessageClosed,
    MessageReplied,
    MessageShown,
    ReplyDrafted,
    ReplyReturned,
)
from gongkai.participation.models import Message
from gongkai.participation.permissions import ParticipationPermission as P
from gongkai.participation.states import Act, Kind
from gongkai.publications.models import Publication


@transaction.atomic
def assign(
    *, by: Actor, message: Message, section: Section | None, at: datetime, seen: int | None = None,
) -> Message:
    """Give it to a section, or keep it in the office. Raises Refused: not-now, changed-meanwhile, section-elsewhere;
    Denied."""
    authorise(by, P.HANDLE, message)
    now, state = taken(message, Act.ASSIGN, seen)
    if section is not None and (section.agency_id != now.agency_id or not section.active):
        raise Refused("section-elsewhere", "所选科室不属于本机关或者已经停用；没有保存")
    now.section = section
    put(now, state)
    record(
        MessageAssigned(section.name if section else ""), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id,
    )
    return now


@transaction.atomic
def draft(
    *, by: Actor, message: Message, outcome: str, reply: str, at: datetime, organ: str = "",
    leads_to: Publication | None = None, seen: int | None = None,
) -> Message:
    """Write the reply. A contributor may for what is assigned to the own section.

    Raises Refused: outcome, words-missing, words-too-long, organ-missing, publication-elsewhere, not-now,
    changed-meanwhile; Denied.
    """
    authorise(by, drafting(by, message), message)
    now, state = taken(message, Act.DRAFT, seen)
    authorise(by, drafting(by, now), now)
    said, where = rules.reply(now.kind, outcome, reply, organ)
    if leads_to is not None and leads_to.agency_id != now.agency_id:
        raise Refused("publication-elsewhere", "所选信息不是本机关的；没有保存")
    now.outcome, now.reply, now.organ, now.returned_for = outcome, said, where, ""
    if leads_to is not None:
        now.leads_to = leads_to
    now.drafted_by_id = by.user_id
    put(now, state)
    record(ReplyDrafted(now.kind, outcome), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


@transaction.atomic
def return_draft(*, by: Actor, message: Message, remark: str, at: datetime, seen: int | None = None) -> Message:
    """Send the reply back to be written anew, and say why. Raises Refused: words-missing, words-too-long, not-now,
    changed-meanwhile; Denied."""
    authorise(by, P.REPLY, message)
    now, state = taken(message, Act.RETURN, seen)
    now.returned_for = rules.remark(remark)
    put(now, state)
    record(ReplyReturned(), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


@transaction.atomic
def release(*, by: Actor, message: Message, at: datetime, seen: int | None = None) -> Message:
    """Release the reply to the sender, who reads it on the tracking page. By another than its author.

    Raises Refused: own-draft, not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.REPLY, message)
    now, state = taken(message, Act.REPLY, seen)
    rules.by_another(now.drafted_by_id, by.user_id)
    now.replied_by_id, now.replied_at = by.user_id, at
    put(now, state)
    counted(now)
    late = timezone.localdate(at) > now.due_on
    record(MessageReplied(now.kind, now.outcome, late), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


@transaction.atomic
def show(
    *, by: Actor, message: Message, public_question: str, public_reply: str, at: datetime, seen: int | None = None,
) -> Message:
    """Let everybody read question and answer, in words of their own without the sender (Art. 44).

    By another than who drafted the reply. Raises Refused: question-only, own-draft, words-missing, words-too-long,
    sender-left, personal, not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.REPLY, message)
    now, state = taken(message, Act.SHOW, seen)
    if now.kind not in {Kind.QUESTION, Kind.COMMENT}:
        raise Refused("question-only", "只有政策咨询和征求意见反馈可以公开")
    rules.by_another(now.drafted_by_id, by.user_id)
    question, _organ = rules.reply(now.kind, now.outcome, public_question, now.organ)
    answer, _organ = rules.reply(now.kind, now.outcome, public_reply, now.organ)
    nobody_in(now, question + "\n" + answer)
    now.public_question, now.public_reply = question, answer
    now.shown_at, now.shown_by_id = at, by.user_id
    put(now, state)
    stamp.bump()
    record(MessageShown(shown=True), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


@transaction.atomic
def hide(*, by: Actor, message: Message, at: datetime) -> Message:
    """Take a public question and answer down at once. Raises Refused: not-shown, not-now; Denied."""
    authorise(by, P.HANDLE if may(by, P.HANDLE, message) else P.REPLY, message)
    now, state = taken(message, Act.HIDE, None)
    if now.shown_at is None:
        raise Refused("not-shown", "这件问答没有公开")
    now.shown_at = now.shown_by_id = None
    put(now, state)
    stamp.bump()
    record(MessageShown(shown=False), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


@transaction.atomic
def close(*, by: Actor, message: Message, reason: str, at: datetime, seen: int | None = None) -> Message:
    """Not dealt with, and why: the sender reads the reason. Raises Refused: words-missing, not-now,
    changed-meanwhile; Denied."""
    authorise(by, P.HANDLE, message)
    now, state = taken(message, Act.CLOSE, seen)
    now.closed_reason, now.closed_at = rules.reason(reason), at
    put(now, state)
    counted(now)
    record(MessageClosed(withdrawn=False), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now
