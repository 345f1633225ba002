"""What is unclear is asked once, comes back or lapses (Art. 30); the applicant may also take it all back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from gongkai.accounts.actor import PUBLIC, Actor
from gongkai.accounts.permissions import authorise
from gongkai.applications import order
from gongkai.applications.actions import parts
from gongkai.applications.actions.taking import put, taken
from gongkai.applications.clock import facts_of
from gongkai.applications.correspondence import issue
from gongkai.applications.events.intake import Corrected, CorrectionAsked, CorrectionLapsed, Withdrawn
from gongkai.applications.models import Application, Contact, Use
from gongkai.applications.permissions import ApplicationPermission as P
from gongkai.applications.rules import intake as rules
from gongkai.applications.states import Act, State
from gongkai.applications.submission import Incoming
from gongkai.applications.uploads import accepted
from gongkai.calendars.queries import calendar_of
from gongkai.core.deadlines import check_new_correction, correction_notice_due
from gongkai.core.errors import Refused
from gongkai.ledger.actions import record

_WHY = "所提交的申请内容尚不明确，或者缺少《中华人民共和国政府信息公开条例》第二十九条规定的材料，无法办理"


@transaction.atomic
def ask_correction(
    *, by: Actor, application: Application, what: str, on: date, at: datetime, due_on: date | None = None,
    reasons: str = "", seen: int | None = None,
) -> Application:
    """Tell the applicant, once, everything that is to be corrected and by when; the clock stands until it comes.

    Without `due_on` the period is GONGKAI_CORRECTION_DAYS working days. A notice after the seventh working day is
    lawful work done late: it goes out and is recorded as late. Raises Refused: not-now, changed-meanwhile,
    second-correction, correction-what, limit-before-notice, a day that cannot be; Denied.
    """
    authorise(by, P.HANDLE, application)
    now, state = taken(application, Act.ASK_CORRECTION, seen=seen)
    told = rules.cleaned(what)
    if not told:
        raise Refused("correction-what", "请写明需要补正的内容；补正只能一次性告知（第三十条）")
    check_new_correction(facts_of(now), on)
    calendar = calendar_of(now.agency)
    due = due_on or calendar.add(on, settings.GONGKAI_CORRECTION_DAYS)
    rules.check_limit(on, due)
    order.check(now, at, correction_asked=on, correction_due=due)
    owed = correction_notice_due(facts_of(now), calendar).due_on
    now.correction_asked_on, now.correction_due_on, now.correction_asked_for = on, due, told
    put(now, state)
    issue(
        now, "correction_notice", by=by, on=on, at=at, key="correction", reasons=rules.cleaned(reasons) or _WHY,
        correction=told, due_on=due,
    )
    late = owed is not None and on > owed
    record(CorrectionAsked(on, due, late), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


@transaction.atomic
def correct(
    *, by: Actor, application: Application, on: date, content: str, at: datetime, files: Iterable[Incoming] = (),
    seen: int | None = None,
) -> Application:
    """Register the corrected application: the clock starts anew on `on` (Art. 30), the work goes back to whoever had
    it. What was first written stays. Raises Refused: not-now, changed-meanwhile, nothing-corrected, text-too-long, a
    file that is not taken, a day that cannot be; Denied.
    """
    authorise(by, P.REGISTER, application)
    now, state = taken(application, Act.CORRECT, seen=seen)
    event = _corrected(now, state, by, on, content, files, at)
    record(event, by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


@transaction.atomic
def correct_by_applicant(
    *, application: Application, content: str, files: Iterable[Incoming] = (), token: UUID, at: datetime,
) -> Application:
    """The same from the tracking page, which has proved the secret code. The same `token` again changes nothing.

    Raises Refused as `correct` does.
    """
    held = _held(application)
    if held.correction_token == token:
        return held
    now, state = taken(held, Act.CORRECT)
    now.correction_token = token
    event = _corrected(now, state, PUBLIC, order.today_at(at), content, files, at)
    record(event, by=PUBLIC, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


@transaction.atomic
def lapse_correction(
    *, by: Actor, application: Application, on: date, at: datetime, seen: int | None = None,
) -> Application:
    """The period for correction is over and nothing came: no further handling (Art. 30), told in a letter.

    Raises Refused: not-now, changed-meanwhile, not-lapsed, a day that cannot be; Denied.
    """
    authorise(by, P.HANDLE, application)
    now, state = taken(application, Act.LAPSE_CORRECTION, seen=seen)
    rules.check_lapse(on, now.correction_due_on, order.today_at(at))
    now.answer_kind, now.closed_on = "uncorrected", on
    letter = issue(
        now, "reply_uncorrected", by=by, on=on, at=at, key="lapse", correction_asked_on=now.correction_asked_on,
        correction_due_on=now.correction_due_on,
    )
    now.reply_number = letter.number[:80]
    put(now, state)
    event = CorrectionLapsed(on, now.correction_due_on or "", letter.number)
    record(event, by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


@transaction.atomic
def withdraw(
    *, by: Actor, application: Application, on: date, reason: str, at: datetime, seen: int | None = None,
) -> Application:
    """Note that the applicant takes it back: closed, counted as 其他处理, confirmed in a letter.

    Raises Refused: not-now, changed-meanwhile, reason-needed, a day that cannot be; Denied.
    """
    authorise(by, P.REGISTER, application)
    now, state = taken(application, Act.WITHDRAW, seen=seen)
    event = _withdrawn(now, state, by, on, reason, at)
    record(event, by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


@transaction.atomic
def withdraw_by_applicant(*, application: Application, reason: str, at: datetime) -> Application:
    """The same from the tracking page, which has proved the secret code. Said twice it is withdrawn once.

    Raises Refused: not-now.
    """
    held = _held(application)
    if held.state == State.WITHDRAWN:
        return held
    now, state = taken(held, Act.WITHDRAW)
    event = _withdrawn(now, state, PUBLIC, order.today_at(at), reason or "申请人在网上撤回", at)
    record(event, by=PUBLIC, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now


def _held(application: Application) -> Application:
    """The row, locked: of two clicks at once the second sees what the first has done."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("agency", "identity")
    return rows.get(pk=application.pk)


def _corrected(
    now: Application, state: State, by: Actor, on: date, content: str, files: Iterable[Incoming], at: datetime,
) -> Corrected:
    said = rules.cleaned(content)
    if said == now.content:  # the form of the office begins with the text as it is
        said = ""
    order.check(now, at, corrected=on)
    looked_at = accepted(files)
    rules.check_correction(said, len(looked_at))
    sealed = parts.seal_files(looked_at, at)
    now.content = rules.corrected(now.content, said, on)
    now.corrected_on = on
    handed = now.section_id is not None or now.handler_id is not None
    put(now, State.ASSIGNED if handed else state)
    parts.attach_sealed(now, Use.CORRECTION, sealed, by, at)
    parts.index(now)
    late = now.correction_due_on is not None and on > now.correction_due_on
    return Corrected(on, late, len(sealed))


def _withdrawn(now: Application, state: State, by: Actor, on: date, reason: str, at: datetime) -> Withdrawn:
    said = rules.cleaned(reason)[:rules.REASON_MOST]
    if not said:
        raise Refused("reason-needed", "请写明申请人怎样撤回的；没有登记撤回")
    rules.not_to_come("撤回日期", on, order.today_at(at), "第四十五条")
    rules.not_before("撤回日期", on, "收到日期", now.arrived_on, "第四十五条")
    now.answer_kind, now.closed_on = "withdrawn", on
    put(now, state)
    letter = issue(now, "withdrawal_confirmation", by=by, on=on, at=at, key="withdrawal", withdrawn_on=on, reasons=said)
    # What was said stays in the case, not in the ledger: it is the applicant's own word.
    Contact.objects.create(
        application=now, at=at, way="online" if by.is_public else "other", summary=said, by_id=by.user_id,
    )
    return Withdrawn(on, by.is_public, letter.number)
