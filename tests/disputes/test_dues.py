"""The dates of disputes come in the same mail and calendar as those of applications, to those who handle them."""

from __future__ import annotations

from datetime import date

import pytest
from icalendar import Calendar
from tests.disputes import makers
from tests.factories import SYSTEM, actor, agency

from gongkai.accounts import roles
from gongkai.applications import digest, feeds
from gongkai.disputes import actions
from gongkai.disputes.dues import dues
from gongkai.disputes.states import Track

pytestmark = pytest.mark.django_db
DUE = date(2026, 4, 16)  # ten working days after makers.ON


def told(who, until=None, most=40):
    rows, count = dues(who, until, most)
    return [(one.number, one.what, one.due_on) for one in rows], count


def test_an_answer_is_reminded_of_until_it_is_given(bureau, clerk):
    case = makers.received(bureau, by=clerk)
    assert told(clerk, DUE) == ([(case.number, "复议答复期限", DUE)], 1)
    assert told(clerk, date(2026, 4, 15)) == ([], 0)
    assert digest.lines_for(clerk, date(2026, 4, 14)) == [f"{case.number}  2026-04-16 到期  复议答复期限"]
    assert digest.mail_for(clerk, DUE).about == "复议诉讼"
    assert digest.lines_for(clerk, date(2026, 4, 17)) == [f"{case.number}  已逾期  复议答复期限"]
    actions.answer(by=clerk, dispute=case, on=makers.ANSWERED, at=makers.moment())
    assert told(clerk) == ([], 0)
    assert digest.lines_for(clerk, DUE) == []


def test_a_duty_to_reply_anew_is_reminded_of_until_it_is_done(bureau, clerk):
    case = makers.corrected(bureau, Track.DIRECT, by=clerk)
    duty = case.rehandlings.get()
    assert told(clerk) == ([(case.number, "重新答复期限", duty.due_on)], 1)
    makers.fulfilled(duty)
    assert told(clerk) == ([], 0)


def test_the_earliest_stand_first_and_the_rest_is_counted(bureau, clerk):
    late = makers.received(bureau, Track.DIRECT, on=date(2026, 4, 1))
    first = makers.received(bureau, on=date(2026, 3, 20))
    makers.corrected(bureau, Track.DIRECT, on=date(2026, 5, 20), case_number="甲")
    rows, count = told(clerk, most=2)
    assert ([number for number, _what, _on in rows], count) == ([first.number, late.number], 3)


def test_nobody_else_is_told(bureau, county, clerk):
    makers.received(bureau)
    makers.cancelled(bureau, case_number="乙")
    makers.appealed(bureau, ours=True, case_number="丙")
    assert told(clerk)[1] == 1, "what is ours to answer: no mistaken entry, no appeal of our own"
    for who in (actor(bureau, roles.Signatory), actor(county, roles.Supervisor), actor(agency("水利局", county))):
        assert told(who) == ([], 0)


def test_the_calendar_has_the_dates_and_no_names(bureau, clerk):
    case = makers.received(bureau, party=makers.THIRD, third_party=True, by=SYSTEM)
    written = feeds.due_dates(clerk, makers.moment())
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert str(event["SUMMARY"]) == f"{case.number} 复议答复期限"
    assert event.decoded("DTSTART") == DUE
    assert "远山" not in written.decode()
