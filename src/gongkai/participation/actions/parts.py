"""What acts on a message begin and end with, and who drafts."""

from __future__ import annotations

from datetime import date

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import may
from gongkai.agencies.models import Agency
from gongkai.applications.naming import tokens_in
from gongkai.core.errors import Refused
from gongkai.core.screening.short import holds_personal
from gongkai.core.text.redact import leaks
from gongkai.infra import locks, stamp
from gongkai.participation.models import Message, MessageSeries
from gongkai.participation.permissions import ParticipationPermission as P
from gongkai.participation.states import MARKS, Act, Kind, State, after


def taken(message: Message, act: Act, seen: int | None) -> tuple[Message, State]:
    """The row as it is now, locked, and the state after the act. Raises Refused: changed-meanwhile, not-now."""
    now = Message.objects.select_for_update(of=("self",)).select_related("agency", "identity").get(pk=message.pk)
    if seen is not None and seen != now.revision:
        raise Refused("changed-meanwhile", "您打开页面后已有同事办理了这件来信；所填内容没有保存，请看最新情况后再办")
    return now, after(now.state, act)


def put(message: Message, state: State) -> None:
    """Save the row in its new state, one revision on."""
    message.state = state
    message.revision += 1
    message.save()


def counted(message: Message) -> None:
    """A comment was decided: the page of its consultation counts it."""
    if message.consultation_id is not None:
        stamp.bump()


def drafting(by: Actor, message: Message) -> P:
    """The permission by which this person would draft the reply: a contributor for the own section's."""
    own = any(h.role == "contributor" and h.section_id == message.section_id for h in by.holdings
              if message.section_id is not None)
    return P.ANSWER if own and not may(by, P.HANDLE, message) else P.HANDLE


def nobody_in(message: Message, text: str) -> None:
    """Neither the sender nor anybody's numbers may stand in what everybody reads."""
    if any(leak.certain for leak in leaks(text, tokens_in([message.identity]))):
        raise Refused("sender-left", "文字里还有来信人的信息，没有公开；请改写后再公开")
    if holds_personal(text):
        raise Refused("personal", "文字里有身份证号、电话、银行卡号等个人信息，没有公开；请删去后再公开")


def next_number(agency: Agency, kind: str, on: date) -> str:
    """The next number of a kind in an agency and year: 咨2026-0001. One at a time until the transaction ends."""
    locks.serialise(f"message-{agency.pk}-{kind}")
    series, _new = MessageSeries.objects.get_or_create(agency=agency, kind=kind, year=on.year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{MARKS[Kind(kind)]}{on.year}-{series.last:04d}"
