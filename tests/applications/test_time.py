"""More time: once, in time, by the head; and for who asks beyond reason, reasons and a later date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.applications.made_replies import assigned, drafted, events, fresh, moment, office
from tests.applications.makers import ON, registered

from gongkai.accounts.permissions import Denied
from gongkai.applications import actions
from gongkai.applications.models import Extension
from gongkai.applications.rules import handling as rules
from gongkai.applications.states import State
from gongkai.core.errors import Refused
from gongkai.core.workdays import shipped
from gongkai.letters.models import Letter

pytestmark = pytest.mark.django_db
CALENDAR = shipped()
NEXT = date(2026, 3, 5)


@pytest.fixture
def of():
    return office()


@pytest.fixture
def case(of):
    return assigned(of)


def refused(code, act, **values):
    with pytest.raises(Refused) as refusal:
        act(**values)
    assert refusal.value.code == code


def propose(of, case, days=20, *, on=NEXT, reason="须汇总各乡镇材料"):
    return actions.propose_extension(
        by=of.clerk, application=case, days=days, reason=reason, on=on, at=moment(on))


def decide(of, proposal, approved=True, *, on=NEXT, **values):
    return actions.decide_extension(
        by=of.head, extension=proposal, approved=approved, on=on, at=moment(on), **values)


def test_the_head_extends_and_the_applicant_is_told(of, case):
    done = decide(of, propose(of, case, 10))
    after = fresh(case)
    assert (after.extended_days, after.due_on) == (10, CALENDAR.add(case.due_on, 10))
    assert after.state == State.ASSIGNED, "the work goes on"
    letter = Letter.objects.get(pk=done.letter_id)
    assert (letter.kind, letter.addressee_id) == ("extension_notice", case.identity_id)
    assert done.decided_by_id == of.head.user_id


def test_nobody_but_the_head_extends(of, case):
    proposal = propose(of, case)
    for other in (of.clerk, of.reviewer, of.signatory, of.contributor, office("青澜县财政局").head):
        with pytest.raises(Denied):
            actions.decide_extension(by=other, extension=proposal, approved=True, on=NEXT, at=moment(NEXT))


def test_a_refusal_keeps_the_remark_and_moves_nothing(of, case):
    proposal = propose(of, case)
    refused("remark-missing", decide, of=of, proposal=proposal, approved=False)
    done = decide(of, proposal, approved=False, remark="材料不多，按期答复")
    assert (done.approved, done.remark, fresh(case).due_on) == (False, "材料不多，按期答复", case.due_on)
    assert not Letter.objects.exists()
    assert decide(of, propose(of, case, 5)).approved, "what was refused may be proposed again"


def test_once_and_twenty_days_at_most(of, case):
    for days in (0, 21):
        refused("extended-too-long", propose, of=of, case=case, days=days)
    refused("words-missing", propose, of=of, case=case, reason=" ")
    proposal = propose(of, case)
    refused("already-proposed", propose, of=of, case=case)
    decide(of, proposal)
    refused("already-decided", decide, of=of, proposal=proposal)
    refused("already-extended", propose, of=of, case=case)
    assert Extension.objects.count() == 1


def test_not_after_the_due_date_and_not_while_no_clock_runs(of, case):
    late = case.due_on + timedelta(days=1)
    refused("extended-too-late", propose, of=of, case=case, on=late)
    proposal = propose(of, case, on=case.due_on)
    refused("extended-too-late", decide, of=of, proposal=proposal, on=late)
    refused("too-early", decide, of=of, proposal=proposal, on=NEXT)
    assert decide(of, proposal, on=case.due_on).approved, "the last day is in time"
    actions.ask_correction(by=of.clerk, application=assigned(of), what="请写明年份", on=NEXT, at=moment(NEXT))
    waiting = type(case).objects.get(state=State.CORRECTION)
    refused("not-now", propose, of=of, case=waiting)


@given(days=st.integers(1, 20), received=st.dates(date(2024, 1, 1), date(2026, 6, 30)))
def test_an_extension_adds_exactly_its_working_days(days, received):
    plain = CALENDAR.add(received, 20)
    rules.extension(days, extended=0, proposed=False, on=plain, due_on=plain, today=plain)
    assert CALENDAR.count(plain, CALENDAR.add(received, 20 + days)) == days


def ask_reasons(of, case, *, on=NEXT, **values):
    return actions.ask_reasons(by=of.clerk, application=case, on=on, at=moment(on), **values)


def take_reasons(of, case, reasonable, *, on=date(2026, 3, 9)):
    return actions.take_reasons(
        by=of.clerk, application=case, on=on, reasonable=reasonable, summary="课题研究需要历年数据", at=moment(on))


def test_reasons_are_asked_with_the_numbers_and_the_clock_goes_on(of, case):
    for _ in range(3):
        registered(of.where, arrived_on=NEXT, at=moment(NEXT), channel="in_person")
    asked = ask_reasons(of, case)
    assert (asked.state, asked.due_on) == (State.REASONS, case.due_on)
    assert asked.reasons_due_on == asked.waits_until == CALENDAR.add(NEXT, 7)
    assert "本月 4 件，本年 4 件" in events(case)[-1].sentence
    assert Letter.objects.get().kind == "reasons_notice"
    refused("limit-before-notice", ask_reasons, of=of, case=assigned(of), due_on=NEXT)


def test_reasons_that_do_not_hold_allow_the_refusal(of, case):
    ask_reasons(of, case)
    refused("reasons-pending", drafted, of=of, application=case, kind="excessive", day=NEXT,
            values={"reasons": "数量明显超过合理范围"})
    take_reasons(of, case, False)
    assert case.contacts.get().summary == "课题研究需要历年数据"
    refused("reasons-first", actions.delay, by=of.clerk, application=case, to=date(2026, 6, 1), reason="材料多",
            on=date(2026, 3, 9), at=moment(date(2026, 3, 9)))
    after = drafted(of, case, "excessive", day=date(2026, 3, 9), values={"reasons": "理由不合理"})
    assert after.drafts.get().values["reasons_asked_on"] == "2026-03-05", "taken from the case, not typed"


def test_who_gives_no_reasons_in_time_may_be_refused(of, case):
    ask_reasons(of, case)
    late = date(2026, 3, 17)
    assert drafted(of, case, "excessive", day=late, values={"reasons": "没有说明理由"}).state == State.DRAFTED


def test_good_reasons_allow_a_later_date_and_no_refusal(of, case):
    ask_reasons(of, case)
    refused("too-early", take_reasons, of=of, case=case, reasonable=True, on=ON)
    on, to = date(2026, 3, 10), date(2026, 6, 1)
    take_reasons(of, case, True)
    refused("reasons-accepted", drafted, of=of, application=case, kind="excessive", day=on, values={"reasons": "多"})
    refused("delayed-too-early", actions.delay, by=of.clerk, application=case, to=case.due_on, reason="材料多", on=on,
            at=moment(on))
    refused("delayed-too-late", actions.delay, by=of.clerk, application=case, to=date(2026, 8, 1), reason="材料多",
            on=case.due_on + timedelta(days=1), at=moment(case.due_on + timedelta(days=1)))
    after = actions.delay(by=of.clerk, application=case, to=to, reason="材料多", on=on, at=moment(on))
    assert (after.due_on, after.delayed_to, after.state) == (to, to, State.ASSIGNED)
    assert Letter.objects.filter(kind="delay_notice").count() == 1
    refused("already-delayed", actions.delay, by=of.clerk, application=case, to=date(2026, 7, 1), reason="还要时间",
            on=on, at=moment(on))
    refused("already-delayed", propose, of=of, case=case, on=on)
