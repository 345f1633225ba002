"""The information processing fee (Art. 42; 国办函〔2020〕109号): told within the time to reply, paid or lapsed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import cast

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.applications import correspondence, frequency, naming, order
from gongkai.applications.actions.taking import put, taken
from gongkai.applications.clock import deadline_of
from gongkai.applications.events.handling import FeeLapsed, FeeNoticed, Paid
from gongkai.applications.models import Application
from gongkai.applications.permissions import ApplicationPermission as P
from gongkai.applications.rules import handling as rules
from gongkai.applications.states import Act
from gongkai.calendars.queries import calendar_of
from gongkai.core.deadlines import payment_due
from gongkai.core.errors import Refused
from gongkai.core.law import fees
from gongkai.ledger.actions import record
from gongkai.letters.queries import letters_of

_METHODS = {"piece": ("按件计收", "件"), "page": ("按量计收", "页")}
_RECEIPT_MOST = 60
UNPAID = "unpaid"


@transaction.atomic
def notice_fee(
    *, by: Actor, application: Application, basis: str, quantity: int, on: date, at: datetime, seen: int | None = None,
) -> Application:
    """Charge by piece or by page, never both, and tell the applicant how it was reckoned. The clock waits for payment.

    By piece, `quantity` pieces come after what the applicant asked in the same calendar month. Raises Refused:
    fee-basis, fee-noticed, fee-quantity, fee-free, fee-not-in-force, fee-too-late, clock-waits, not-now,
    changed-meanwhile; Denied.
    """
    authorise(by, P.HANDLE, application)
    now, state = taken(application, Act.NOTICE_FEE, seen=seen)
    rules.fee_basis(basis, quantity, now.fee_basis)
    if not fees.in_force(on):
        raise Refused("fee-not-in-force", "收费管理办法在%(on)s还没有施行，不能收费（国办函〔2020〕109号）", on=on)
    rules.in_time("收费通知日期", on, deadline_of(now).due_on, order.today_at(at), "fee-too-late", "第四十二条")
    due_on = payment_due(on, calendar_of(now.agency)).due_on
    order.check(now, at, fee_noticed=on, fee_due=due_on)
    before = frequency.before_in_month(now) if basis == "piece" else 0
    steps = fees.explain(cast(fees.Method, basis), quantity, before)
    sentences = tuple(step.sentence for step in steps)
    amount = sum((step.amount for step in steps), Decimal(0))
    rules.fee_amount(amount, "".join(sentences))
    now.fee_basis, now.fee_quantity, now.fee_amount = basis, quantity, amount
    now.fee_noticed_on, now.fee_due_on = on, due_on
    method, unit = _METHODS[basis]
    came = f"本月内此前已收到您（单位）申请{before}件。" if basis == "piece" else ""
    correspondence.issue(
        now, "fee_notice", by=by, on=on, at=at, key="fee", fee_method=method, fee_count=f"{quantity}{unit}",
        fee_basis=came + "".join(sentences).replace(" ", ""), fee_amount=str(amount), due_on=due_on,
    )
    put(now, state)
    assert due_on is not None
    record(
        FeeNoticed(basis, quantity, before, amount, sentences, on, due_on), by=by, at=at, subject_id=now.pk,
        agency_id=now.agency_id,
    )
    return now


@transaction.atomic
def pay(
    *, by: Actor, application: Application, on: date, receipt: str = "", at: datetime, seen: int | None = None,
) -> Application:
    """Note that it was paid: the time to reply starts anew on the day after. Late money that was taken counts too.

    Raises Refused: future-date, too-early, not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.HANDLE, application)
    now, state = taken(application, Act.PAY, seen=seen)
    rules.paid(on, now.fee_noticed_on, order.today_at(at))
    order.check(now, at, paid=on)
    late = now.fee_due_on is not None and on > now.fee_due_on
    now.paid_on = on
    put(now, state)
    record(
        Paid(on, naming.for_ledger(now, receipt)[:_RECEIPT_MOST], late, now.due_on), by=by, at=at, subject_id=now.pk,
        agency_id=now.agency_id,
    )
    return now


@transaction.atomic
def lapse_fee(
    *, by: Actor, application: Application, on: date, at: datetime, seen: int | None = None,
) -> Application:
    """Close the case because the time to pay has gone by, and tell the applicant. Counts in its row of table 三.

    Raises Refused: not-lapsed, future-date, not-now, changed-meanwhile; Denied.
    """
    authorise(by, P.HANDLE, application)
    now, state = taken(application, Act.LAPSE_FEE, seen=seen)
    rules.unpaid(on, now.fee_due_on, order.today_at(at))
    notice = letters_of(correspondence.SUBJECT_KIND, now.pk).filter(kind="fee_notice").last()
    letter = correspondence.issue(
        now, "reply_unpaid", by=by, on=on, at=at, key="unpaid", payment_due_on=now.fee_due_on,
        fee_notice_number=notice.number if notice else None, fee_amount=str(now.fee_amount),
    )
    now.answer_kind, now.reply_number, now.closed_on = UNPAID, letter.number, on
    put(now, state)
    record(FeeLapsed(on, letter.number), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return now
