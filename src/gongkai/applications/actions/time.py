"""More time: extension by the head (Art. 33), reasons for frequency and a later date (Art. 35)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from gongkai.accounts.actor import PUBLIC, Actor
from gongkai.accounts.permissions import authorise
from gongkai.applications import correspondence, frequency, naming, order
from gongkai.applications.actions import parts
from gongkai.applications.actions.taking import put, taken
from gongkai.applications.clock import deadline_of
from gongkai.applications.events.handling import (
    Delayed,
    ExtensionDecided,
    ExtensionProposed,
    ReasonsAsked,
    ReasonsSent,
    ReasonsTaken,
)
from gongkai.applications.models import Application, Contact, Extension, Use
from gongkai.applications.permissions import ApplicationPermission as P
from gongkai.applications.rules import handling as rules
from gongkai.applications.rules.intake import cleaned, not_before
from gongkai.applications.states import Act, State
from gongkai.applications.submission import Incoming
from gongkai.applications.uploads import accepted
from gongkai.calendars.queries import calendar_of
from gongkai.core.errors import Refused
from gongkai.ledger.actions import record


@transaction.atomic
def propose_extension(
    *, by: Actor, application: Application, days: int, reason: str, on: date, at: datetime, seen: int | None = None,
) -> Extension:
    """Ask the head of the disclosure office for more working days to reply (Art. 33).

    Raises Refused: already-extended, already-proposed, extended-too-long, extended-too-late, clock-waits,
    words-missing, future-date, too-early, not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.HANDLE, application)
    now, state = taken(application, Act.PROPOSE_EXTENSION, seen=seen)
    rules.extension(
        days, extended=now.extended_days, proposed=now.extensions.filter(approved__isnull=True).exists(), on=on,
        due_on=deadline_of(now).due_on, today=order.today_at(at),
    )
    if now.delayed_to is not None:
        raise Refused("already-delayed", "已确定延迟答复的期限为%(to)s，不再延长（第三十五条）", to=now.delayed_to)
    not_before("提请延期日期", on, "收到申请的日期", order.started_on(now), "第三十三条")
    proposal = Extension.objects.create(
        application=now, days=days, reason=rules.words("延期理由", reason), proposed_by_id=by.user_id, proposed_on=on,
    )
    put(now, state)
    record(ExtensionProposed(days, on), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return proposal


@transaction.atomic
def decide_extension(
    *, by: Actor, extension: Extension, approved: bool, on: date, remark: str = "", at: datetime,
    seen: int | None = None,
) -> Extension:
    """The head agrees, and the applicant is told by letter; or refuses, and says why. Nothing else moves then.

    Raises Refused: already-decided, extended-too-late, remark-missing, future-date, too-early, not-now,
    changed-meanwhile; Denied.
    """
    authorise(by, P.APPROVE_EXTENSION, extension.application)
    now, state = taken(extension.application, Act.EXTEND, seen=seen)
    proposal = Extension.objects.get(pk=extension.pk, application=now)
    if proposal.approved is not None:
        raise Refused("already-decided", "这次延期已经决定；请看最新情况")
    before, said = deadline_of(now).due_on, rules.decision(approved, remark)
    rules.in_time("决定延期日期", on, before, order.today_at(at), "extended-too-late", "第三十三条")
    not_before("决定延期日期", on, "提请延期日期", proposal.proposed_on, "第三十三条")
    if approved:
        order.check(now, at, extended=proposal.days, extended_on=on)
        now.extended_days = proposal.days
        letter = correspondence.issue(
            now, "extension_notice", by=by, on=on, at=at, key=f"extension-{proposal.pk}", reasons=proposal.reason,
            due_before=before, due_on=deadline_of(now).due_on,
        )
        proposal.letter_id = letter.pk
    proposal.application = now
    proposal.approved, proposal.decided_by_id, proposal.decided_on, proposal.remark = approved, by.user_id, on, said
    proposal.save()
    put(now, state)
    record(
        ExtensionDecided(proposal.days, approved, on, now.due_on, naming.for_ledger(now, said)), by=by, at=at,
        subject_id=now.pk, agency_id=now.agency_id,
    )
    return proposal


@transaction.atomic
def ask_reasons(
    *, by: Actor, application: Application, on: date, due_on: date | None = None, at: datetime,
    seen: int | None = None,
) -> Application:
    """Ask the applicant why so many or so often (Art. 35); the letter gives the numbers. The clock goes on.

    Whether they exceed reason is the organ's judgement: no number in the law decides it. Raises Refused:
    already-asked, limit-before-notice, clock-waits, reasons-too-late, not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.HANDLE, application)
    now, state = taken(application, Act.ASK_REASONS, seen=seen)
    if now.reasons_asked_on is not None:
        raise Refused("already-asked", "已于%(on)s要求说明理由（第三十五条）", on=now.reasons_asked_on)
    rules.in_time("告知日期", on, deadline_of(now).due_on, order.today_at(at), "reasons-too-late", "第三十五条")
    not_before("告知日期", on, "收到申请的日期", order.started_on(now), "第三十五条")
    limit = due_on or calendar_of(now.agency).add(on, settings.GONGKAI_REASONS_DAYS)
    now.reasons_asked_on, now.reasons_due_on = on, limit
    rules.reasons_limit(on, limit)
    correspondence.issue(
        now, "reasons_notice", by=by, on=on, at=at, key="reasons", history=frequency.history(now, on),
        due_on=limit,
    )
    put(now, state)
    counted = frequency.counts(now, on)
    record(
        ReasonsAsked(on, limit, counted.month, counted.year), by=by, at=at, subject_id=now.pk,
        agency_id=now.agency_id,
    )
    return now


@transaction.atomic
def give_reasons_by_applicant(
    *, application: Application, content: str, files: Iterable[Incoming] = (), token: UUID, at: datetime,
) -> Application:
    """The applicant's reasons from the tracking page, which has proved the secret code; kept as a talk with files.

    The case goes on waiting: whether they hold is for the office to say (`take_reasons`). The same `token` again
    changes nothing; more reasons under another one are added. Raises Refused: reasons-over, reasons-said,
    text-too-long, a file that is not taken.
    """
    rows = Application.objects.select_for_update(of=("self",)).select_related("agency", "identity")
    now = rows.get(pk=application.pk)
    if now.reasons_token == token:
        return now
    said, today = cleaned(content), order.today_at(at)
    rules.given_reasons(now.state, said)
    sealed = parts.seal_files(accepted(files), at)
    kept = parts.attach_sealed(now, Use.APPLICATION, sealed, PUBLIC, at)
    names = f"\n附件：{'；'.join(one.name for one in kept)}" if kept else ""
    Contact.objects.create(application=now, at=at, way="online", summary=said + names, by_id=None)
    now.reasons_token, now.reasons_sent_on = token, now.reasons_sent_on or today
    put(now, State(now.state))  # whoever has the form of 登记理由 open is told that something has come
    late = now.reasons_due_on is not None and today > now.reasons_due_on
    record(ReasonsSent(today, late, len(kept)), by=PUBLIC, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


@transaction.atomic
def take_reasons(
    *, by: Actor, application: Application, on: date, reasonable: bool, summary: str, at: datetime,
    seen: int | None = None,
) -> Application:
    """Note the reasons, kept as a talk with the applicant, and whether they hold (Art. 35).

    If not, the answer may be `excessive`; if so, the reply may be delayed. Raises Refused: words-missing,
    future-date, too-early, not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.HANDLE, application)
    now, state = taken(application, Act.TAKE_REASONS, seen=seen)
    rules.reasons(on, now.reasons_asked_on, order.today_at(at))
    Contact.objects.create(
        application=now, at=at, way="letter", summary=rules.words("理由摘要", summary), by_id=by.user_id,
    )
    now.reasons_given_on, now.reasons_accepted = on, reasonable
    put(now, state)
    record(ReasonsTaken(on, reasonable), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


@transaction.atomic
def delay(
    *, by: Actor, application: Application, to: date, reason: str, on: date, at: datetime, seen: int | None = None,
) -> Application:
    """Set a reasonable later date where the reasons hold but the time of Art. 33 cannot be kept, and tell (Art. 35).

    Raises Refused: reasons-first, already-delayed, delayed-too-early, delayed-too-late, words-missing, not-now,
    changed-meanwhile; Denied.
    """
    authorise(by, P.HANDLE, application)
    now, state = taken(application, Act.DELAY, seen=seen)
    rules.delay(
        to, accepted=now.reasons_accepted, delayed_to=now.delayed_to, due_on=deadline_of(now).due_on, on=on,
        today=order.today_at(at),
    )
    if now.reasons_given_on is not None:
        not_before("告知日期", on, "登记理由日期", now.reasons_given_on, "第三十五条")
    order.check(now, at, delayed_to=to)
    said = rules.words("延迟答复的理由", reason)
    now.delayed_to = to
    correspondence.issue(
        now, "delay_notice", by=by, on=on, at=at, key="delay", reasons=said, due_on=to,
        history=frequency.history(now, on),
    )
    put(now, State(state))
    record(Delayed(to, on), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now
