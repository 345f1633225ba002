"""The clock of a case: its extension's day, and the readings of the law that the installation takes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import override_settings
from tests.applications.made_replies import assigned, fresh, moment, office
from tests.applications.makers import ON, submitted

from gongkai.applications import actions, clock
from gongkai.applications.forms import BY_ACT
from gongkai.applications.models import Application
from gongkai.applications.submission import Piece
from gongkai.core.deadlines import PauseKind
from gongkai.core.workdays import shipped
from gongkai.portal import receipts

pytestmark = pytest.mark.django_db
CALENDAR = shipped()
NEXT = date(2026, 3, 5)


def extended(of, case, on=NEXT, days=10):
    proposal = actions.propose_extension(
        by=of.clerk, application=case, days=days, reason="须汇总各乡镇材料", on=NEXT, at=moment(NEXT),
    )
    actions.decide_extension(by=of.head, extension=proposal, approved=True, on=on, at=moment(on))
    return fresh(case)


def test_the_extension_has_its_day_in_the_steps():
    of = office()
    plain = assigned(of)
    assert clock.facts_of(plain).extended_on is None
    case = extended(of, plain, on=date(2026, 3, 10))
    (step,) = [s for s in clock.deadline_of(case).steps if "同意延长" in s.what]
    assert step.on == date(2026, 3, 10)


def test_a_refused_extension_gives_no_day_and_costs_no_query(django_assert_num_queries):
    of = office()
    case = assigned(of)
    proposal = actions.propose_extension(
        by=of.clerk, application=case, days=5, reason="须汇总", on=NEXT, at=moment(NEXT))
    actions.decide_extension(
        by=of.head, extension=proposal, approved=False, remark="材料不多", on=NEXT, at=moment(NEXT))
    case = fresh(case)
    with django_assert_num_queries(0):
        assert clock.facts_of(case, []).extended_on is None
    extended(of, case)
    (listed,) = Application.objects.filter(pk=case.pk).prefetch_related("consultations", "extensions")
    with django_assert_num_queries(0):
        assert clock.facts_of(listed).extended_on == NEXT


def test_a_piece_knows_the_day_of_its_whole():
    of = office()
    case = extended(of, assigned(of))
    made = actions.split(
        by=of.clerk, application=case, pieces=[Piece("名额", "各乡镇的名额"), Piece("标准", "各乡镇的标准")],
        reason="两件事", on=NEXT, at=moment(NEXT),
    )
    assert [clock.facts_of(fresh(piece)).extended_on for piece in made] == [NEXT, NEXT]


def test_an_opinion_that_came_before_a_late_extension_can_still_be_noted():
    """The extension was in time when it was agreed to; that the opinion had come earlier does not undo it."""
    of = office()
    case = assigned(of)
    asking = actions.consult(
        by=of.clerk, application=case, kind=PauseKind.OTHER_ORGAN, party="青澜县财政局", about="核对资金表",
        sent_on=NEXT, at=moment(NEXT),
    )
    case = fresh(case)
    on = case.due_on
    proposal = actions.propose_extension(
        by=of.clerk, application=case, days=10, reason="须汇总", on=on, at=moment(on))
    actions.decide_extension(by=of.head, extension=proposal, approved=True, on=on, at=moment(on))
    actions.take_opinion(by=of.clerk, consultation=asking, opinion="advice", on=NEXT, at=moment(on))
    after = fresh(case)
    assert after.extended_days == 10
    assert after.due_on == CALENDAR.add(ON, 30)


@override_settings(GONGKAI_CLOCK={"receipt_day_counts": True, "confirmation_days": 5, "consultation_days": 3})
def test_every_date_takes_the_readings_of_the_installation():
    of = office()
    case = assigned(of)
    day_before = CALENDAR.add(ON - timedelta(days=1), 20)
    assert case.due_on == day_before, "the day of receipt counts here"
    form = BY_ACT["consult"](application=case, actor=of.clerk, today=NEXT)
    assert form.what_if().due_on == day_before
    asking = actions.consult(
        by=of.clerk, application=case, kind=PauseKind.OTHER_ORGAN, party="青澜县财政局", about="核对资金表",
        sent_on=NEXT, at=moment(NEXT),
    )
    assert asking.due_on == CALENDAR.add(NEXT, 3)
    later = date(2026, 3, 6)
    again = actions.consultation_delivered(by=of.clerk, consultation=asking, on=later, at=moment(later))
    assert again.due_on == CALENDAR.add(later, 3)
    online = submitted(of.where)
    told = receipts.receipt(of.where, online.pk, ON)
    assert told.confirm_by.due_on == CALENDAR.add(ON, 5)
    assert told.reply.due_on == day_before
