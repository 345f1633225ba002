"""What the applicant sees who holds the number and the secret code: where it stands, the clock with its reasons, what
can be done. No names of staff, no internal notes, of the applicant nothing but the mask.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.applications import codes, numbers
from gongkai.applications.clock import deadline_of
from gongkai.applications.models import Application, Attachment, Use
from gongkai.applications.states import OPEN, State
from gongkai.core.deadlines import CHANNEL_NAMES, Channel, Step
from gongkai.core.law.answers import ANSWERS
from gongkai.letters.models import Letter
from gongkai.letters.queries import letters_of

Words = str | Promise

STATE_WORDS: dict[State, Words] = {
    State.RECEIVED: _("已收到，机关将与您确认收到日期"), State.REGISTERED: _("已登记，正在分办"),
    State.CORRECTION: _("请您补正"), State.ASSIGNED: _("正在办理"), State.CONSULTING: _("正在征求有关方面的意见"),
    State.REASONS: _("请您说明理由"), State.FEE: _("请您缴费"), State.DRAFTED: _("正在办理"),
    State.REVIEW: _("正在办理"), State.REVIEWED: _("正在办理"), State.SIGNED: _("答复已经作出，正在送达"),
    State.SERVED: _("已答复"), State.LAPSED: _("不再处理"), State.WITHDRAWN: _("已按您的意思撤回"),
    State.SPLIT: _("已拆分为几件，分别办理"), State.ARCHIVED: _("已办结"),
}
# Letters to the applicant on the way; those to third parties and inside the office are nobody else's.
_ON_THE_WAY = frozenset({
    "receipt", "correction_notice", "reasons_notice", "extension_notice", "third_party_notice", "fee_notice",
    "delay_notice", "split_notice", "withdrawal_confirmation",
})
_REPLIED = frozenset({State.SERVED, State.LAPSED, State.ARCHIVED})
_CORRECT, _REASONS, _WITHDRAW = "correct", "reasons", "withdraw"


@dataclass(frozen=True, slots=True)
class PublicLetter:
    """A letter that the applicant may download; `key` names it on the tracking page."""

    key: int
    title: str
    number: str
    on: date


@dataclass(frozen=True, slots=True)
class PublicFile:
    """Information that was provided; `key` names it on the tracking page."""

    key: int
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class PublicView:
    """An application as its applicant sees it. `may` holds what can be done now: "correct", "reasons", "withdraw"."""

    number: str
    agency: str
    state: str
    words: Words
    applicant: str
    subject: str
    channel: Words
    arrived_on: date
    received_on: date | None
    due_on: date | None
    provisional: bool
    steps: tuple[Step, ...]
    extended_days: int
    delayed_to: date | None
    correction_asked_on: date | None
    correction_due_on: date | None
    correction_asked_for: str
    corrected_on: date | None
    reasons_due_on: date | None
    reasons_sent_on: date | None
    fee_amount: Decimal | None
    fee_due_on: date | None
    fee_paid_on: date | None
    outcome: str
    reply_number: str
    closed_on: date | None
    pieces: tuple[str, ...] = ()
    letters: tuple[PublicLetter, ...] = ()
    files: tuple[PublicFile, ...] = ()
    may: frozenset[str] = field(default_factory=frozenset)

    @property
    def may_correct(self) -> bool:
        """Whether a correction is waited for."""
        return _CORRECT in self.may

    @property
    def may_give_reasons(self) -> bool:
        """Whether reasons are waited for (Art. 35)."""
        return _REASONS in self.may

    @property
    def may_withdraw(self) -> bool:
        """Whether it can still be taken back."""
        return _WITHDRAW in self.may


def tracked(number: str, code: str) -> Application | None:
    """The application of a number and its secret code, None when the two do not belong together.

    A wrong number, a wrong code and both cost the same: the digests are made and looked up in any case, and what is
    looked up is a keyed digest, so the time tells nothing of the code.
    """
    typed = numbers.typed(number).encode()
    found = None
    for row in Application.objects.filter(code_digest__in=codes.digests(code)).select_related("agency", "identity"):
        if hmac.compare_digest(row.number.encode(), typed):
            found = row
    return found


def view_of(application: Application) -> PublicView:
    """What the tracking page shows."""
    deadline = deadline_of(application) if application.state in OPEN else None
    answer = ANSWERS.get(application.answer_kind)
    told = application.state in _REPLIED or application.state == State.WITHDRAWN
    asked = application.state == State.CORRECTION
    may = {_CORRECT} if asked else set()
    if application.state == State.REASONS:
        may.add(_REASONS)
    if application.state in OPEN and application.state != State.SIGNED:
        may.add(_WITHDRAW)
    return PublicView(
        number=application.number, agency=application.agency.name, state=application.state,
        words=STATE_WORDS[State(application.state)], applicant=application.applicant_mask, subject=application.subject,
        channel=CHANNEL_NAMES[Channel(application.channel)] if application.channel else "",
        arrived_on=application.arrived_on, received_on=application.received_on,
        due_on=deadline.due_on if deadline else None,
        provisional=deadline is not None and deadline.status == "provisional",
        steps=deadline.steps if deadline else (), extended_days=application.extended_days,
        delayed_to=application.delayed_to, correction_asked_on=application.correction_asked_on,
        correction_due_on=application.correction_due_on, correction_asked_for=application.correction_asked_for,
        corrected_on=application.corrected_on, reasons_due_on=application.reasons_due_on,
        reasons_sent_on=application.reasons_sent_on, fee_amount=application.fee_amount,
        fee_due_on=application.fee_due_on, fee_paid_on=application.paid_on,
        outcome=answer.name if answer is not None and told else "",
        reply_number=application.reply_number if told else "", closed_on=application.closed_on,
        pieces=tuple(application.pieces.order_by("pk").values_list("number", flat=True)),
        letters=tuple(
            PublicLetter(one.pk, one.title, one.number, one.on) for one in letters_for_applicant(application)
        ),
        files=tuple(
            PublicFile(one.pk, one.name, one.sealed_file.size) for one in files_for_applicant(application)
        ),
        may=frozenset(may),
    )


def letters_for_applicant(application: Application) -> list[Letter]:
    """Those that went to the applicant; the reply only after it was served, nothing that was voided."""
    issued = letters_of("application", application.pk)
    return [one for one in issued if not one.voided and _for_applicant(application, one)]


def letter_for_applicant(application: Application, key: int) -> Letter | None:
    """One of them, None for any other."""
    return _named(letters_for_applicant(application), key)


def files_for_applicant(application: Application) -> list[Attachment]:
    """The information that was provided, once the reply is served."""
    if application.state not in _REPLIED:
        return []
    provided = application.attachments.filter(use=Use.REPLY).exclude(sealed_file__key="")
    return list(provided.select_related("sealed_file"))


def file_for_applicant(application: Application, key: int) -> Attachment | None:
    """One of them, None for any other: proofs of identity and working papers never leave by this door."""
    return next((one for one in files_for_applicant(application) if one.pk == key), None)


def _for_applicant(application: Application, letter: Letter) -> bool:
    if letter.kind in _ON_THE_WAY:
        return True
    return letter.kind.startswith("reply_") and application.state in _REPLIED


def _named(letters: Iterable[Letter], key: int) -> Letter | None:
    return next((one for one in letters if one.pk == key), None)
