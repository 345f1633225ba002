"""From what somebody suggested to a draft of what will be published (Art. 44)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.core.errors import Refused
from gongkai.ledger.actions import record
from gongkai.participation import rules
from gongkai.participation.actions.parts import nobody_in
from gongkai.participation.events import PublicationBegun
from gongkai.participation.models import Message
from gongkai.participation.permissions import ParticipationPermission as P
from gongkai.participation.states import Kind, State
from gongkai.publications.actions.drafting import draft
from gongkai.publications.models import Edition


@transaction.atomic
def begin_publication(*, by: Actor, message: Message, kind: str, title: str, at: datetime) -> Edition:
    """A draft of a publication made from a suggestion, linked with it. Its title is the office's own, not the sender's.

    Raises Refused: suggestion-only, leads-already, not-now, words-missing, words-too-long, sender-left, personal, what
    publications.draft refuses; Denied.
    """
    authorise(by, P.HANDLE, message)
    now = Message.objects.select_for_update(of=("self",)).select_related("agency", "identity").get(pk=message.pk)
    if now.kind != Kind.SUGGESTION:
        raise Refused("suggestion-only", "只有主动公开建议可以据此起草公开信息")
    if now.state == State.CLOSED:
        raise Refused("not-now", "这件来信已经办结，不再处理；没有起草")
    if now.leads_to_id is not None:
        raise Refused("leads-already", "已经据此起草过公开信息；没有再起草")
    words = rules.title(title)
    nobody_in(now, words)
    made = draft(by=by, agency=now.agency, kind=kind, title=words, at=at, source=f"message:{now.pk}")
    now.leads_to_id = made.publication_id
    now.revision += 1
    now.save(update_fields=["leads_to", "revision"])
    record(
        PublicationBegun(made.publication_id), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id,
    )
    return made
