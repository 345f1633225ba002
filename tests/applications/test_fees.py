"""The fee: by piece or by page, reckoned step by step, paid or lapsed; the clock starts anew with the payment."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.applications.made_replies import assigned, events, fresh, moment, office
from tests.applications.makers import ON, registered

from gongkai.applications import actions
from gongkai.applications.states import State
from gongkai.core.errors import Refused
from gongkai.core.law.answers import report_row
from gongkai.core.workdays import shipped
from gongkai.letters.models import Letter

pytestmark = pytest.mark.django_db
CALENDAR = shipped()
NEXT = date(2026, 3, 5)
DUE = CALENDAR.add(NEXT, 20)


@pytest.fixture
def of():
    return office()


@pytest.fixture
def case(of):
    return assigned(of)


def notice(of, case, basis="page", quantity=109, *, on=NEXT):
    return actions.notice_fee(
        by=of.clerk, application=case, basis=basis, quantity=quantity, on=on, at=moment(on))


def refused(code, act, *args, **values):
    with pytest.raises(Refused) as refusal:
        act(*args, **values)
    assert refusal.value.code == code


@pytest.mark.parametrize(("pages", "amount"), [(31, 10), (100, 700), (109, 880), (200, 2700), (201, 2740)])
def test_by_page_the_amount_and_its_steps_are_kept(of, case, pages, amount):
    after = notice(of, case, quantity=pages)
    assert (after.fee_amount, after.fee_due_on, after.state) == (Decimal(amount), DUE, State.FEE)
    assert (after.due_on, after.waits_until) == (None, DUE), "the clock waits"
    assert f"{amount} 元" in events(case)[-1].sentence
    assert Letter.objects.get().kind == "fee_notice"


def test_by_piece_what_the_applicant_asked_in_the_month_comes_first(of):
    for day in (date(2026, 2, 27), *[date(2026, 3, 2)] * 11):
        registered(of.where, arrived_on=day, at=moment(day), channel="in_person")
    registered(of.where, kind="business", arrived_on=date(2026, 3, 2), at=moment(date(2026, 3, 2)))
    registered(office("青澜县财政局").where, arrived_on=date(2026, 3, 2), at=moment(date(2026, 3, 2)))
    after = notice(of, assigned(of), "piece", 1)
    assert after.fee_amount == Decimal(100), "the twelfth of March: not February's, not another's, not elsewhere's"
    assert "第 11–30 件：1 件 × 100 元 = 100 元" in events(after)[-1].sentence


def test_within_reason_nothing_is_charged(of, case):
    for basis, quantity in (("piece", 1), ("page", 30)):
        refused("fee-free", notice, of, case, basis, quantity)
    refused("fee-basis", notice, of, case, "both")
    refused("fee-quantity", notice, of, case, quantity=0)
    assert not Letter.objects.exists()


def test_never_both_and_never_twice(of, case):
    notice(of, case)
    actions.pay(by=of.clerk, application=case, on=NEXT, receipt="0012345", at=moment(NEXT))
    refused("fee-noticed", notice, of, case, "piece", 40)


def test_the_notice_comes_within_the_time_to_reply(of, case):
    refused("fee-too-late", notice, of, case, on=case.due_on + timedelta(days=1))
    refused("future-date", lambda: actions.notice_fee(
        by=of.clerk, application=case, basis="page", quantity=109, on=date(2026, 3, 6), at=moment(NEXT)))


def test_payment_starts_the_clock_anew(of, case):
    notice(of, case)
    paid = date(2026, 3, 20)
    refused("too-early", actions.pay, by=of.clerk, application=case, on=ON, at=moment(paid))
    refused("future-date", actions.pay, by=of.clerk, application=case, on=paid, at=moment(NEXT))
    after = actions.pay(by=of.clerk, application=case, on=paid, receipt="0012345", at=moment(paid))
    assert (after.state, after.due_on) == (State.ASSIGNED, CALENDAR.add(paid, 20))
    assert "0012345" in events(case)[-1].sentence


def test_who_does_not_pay_gives_the_application_up_and_not_a_day_before(of, case):
    notice(of, case)
    number = Letter.objects.get().number
    for on in (NEXT, DUE):
        refused("not-lapsed", actions.lapse_fee, by=of.clerk, application=case, on=on, at=moment(on))
    refused("not-lapsed", actions.lapse_fee, by=of.clerk, application=case, on=DUE + timedelta(days=1),
            at=moment(DUE))
    late = DUE + timedelta(days=1)
    after = actions.lapse_fee(by=of.clerk, application=case, on=late, at=moment(late))
    assert (after.state, after.answer_kind, after.closed_on) == (State.LAPSED, "unpaid", late)
    assert report_row(after.answer_kind) == "other_unpaid"
    letter = Letter.objects.get(kind="reply_unpaid")
    assert (after.reply_number, letter.number != number) == (letter.number, True)
    refused("not-now", actions.pay, by=of.clerk, application=fresh(case), on=late, at=moment(late))


def test_late_money_that_was_taken_counts(of, case):
    notice(of, case)
    late = DUE + timedelta(days=3)
    after = actions.pay(by=of.clerk, application=case, on=late, at=moment(late))
    assert after.due_on == CALENDAR.add(late, 20)
    assert "逾期缴费" in events(case)[-1].sentence
