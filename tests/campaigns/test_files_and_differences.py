"""Members without the system, and differences between what was reported and what the records say."""

from __future__ import annotations

import pytest
from tests.campaigns.makers import DUE, YEAR, member, opened, report_file, sent, submitted
from tests.compilations import makers

from gongkai.accounts.permissions import Denied
from gongkai.annual_reports.models import Scope
from gongkai.annual_reports.states import ItemState
from gongkai.campaigns import actions, board, queries, tasks
from gongkai.campaigns.board import Standing
from gongkai.campaigns.models import Difference
from gongkai.compilations import members
from gongkai.compilations.members import How
from gongkai.compilations.states import Origin, State
from gongkai.core.errors import Refused
from gongkai.ledger.models import Entry

pytestmark = pytest.mark.django_db
SPOILED = ("传输中断.docx", b"PK\x03\x04" + bytes(200))


def row(campaign, agency):
    return next(r for r in board.rows_of(campaign, DUE) if r.agency == agency.name)


def test_a_file_is_read_confirmed_and_handed_in_and_a_spoiled_one_is_kept(office, water):
    campaign = opened(office)
    good, bad = sent(campaign, office.supervisor, office.county, report_file(water), SPOILED)
    assert (good.state, bad.state) == (ItemState.READ, ItemState.REFUSED)
    assert bad.refused_message
    assert bad.file is not None, "what cannot be read is kept"
    made = actions.accept_file(
        by=office.supervisor, campaign=campaign, item=good, agency=water, scope=Scope.OWN, at=makers.moment(),
    )
    assert (made.state, made.origin, made.due_on) == (State.SUBMITTED, Origin.FILE, DUE)
    shown = row(campaign, water)
    assert shown.standing is Standing.SUBMITTED
    assert shown.by_file
    assert board.totals(board.rows_of(campaign, DUE), campaign).unreadable == 1
    assert {m.agency.name: m.how for m in members.members(office.county, YEAR)}[water.name] is How.FILE


def test_whoever_is_no_member_is_not_handed_in(office, water, audit):
    campaign = opened(office)
    actions.drop(by=office.supervisor, member=member(campaign, audit), reason="并入他局", at=makers.moment())
    (item,) = sent(campaign, office.supervisor, office.county, report_file(audit))
    with pytest.raises(Refused) as refused:
        actions.accept_file(
            by=office.supervisor, campaign=campaign, item=item, agency=audit, scope=Scope.OWN, at=makers.moment(),
        )
    assert refused.value.code == "not-a-member"
    item.refresh_from_db()
    assert item.state == ItemState.READ, "nothing was filed"
    with pytest.raises(Denied):
        actions.accept_file(
            by=office.clerk, campaign=campaign, item=item, agency=water, scope=Scope.OWN, at=makers.moment(),
        )


def test_a_late_registration_shows_until_it_is_explained_and_accepted(office):
    campaign = opened(office)
    submitted(office, office.bureau)
    assert tasks.compared(campaign, makers.moment(DUE)) == 0
    makers.late(office)
    found = tasks.compared(campaign, makers.moment(DUE))
    assert found == row(campaign, office.bureau).unexplained > 0
    events = Entry.objects.filter(kind="campaigns.compared").count()
    tasks.compared(campaign, makers.moment(DUE))
    assert Entry.objects.filter(kind="campaigns.compared").count() == events, "nothing changed records nothing"
    one = queries.differences(campaign).get(cell="t3.new.total")
    assert int(one.computed) == int(one.reported) + 1
    said = actions.explain(by=office.clerk, difference=one, text="2月补登", at=makers.moment(DUE))
    assert queries.differences(campaign).filter(explained=True).count() == 0
    actions.accept(by=office.supervisor, explanation=said, at=makers.moment(DUE))
    assert row(campaign, office.bureau).unexplained == found - 1
    makers.late(office, "2025-98")
    tasks.compared(campaign, makers.moment(DUE))
    assert not queries.differences(campaign).get(cell="t3.new.total").explained, "other numbers want other words"


def test_an_explanation_that_is_not_accepted_goes_back(office):
    campaign = opened(office)
    submitted(office, office.bureau)
    makers.late(office)
    tasks.compared(campaign, makers.moment(DUE))
    one = Difference.objects.filter(campaign=campaign).first()
    said = actions.explain(by=office.clerk, difference=one, text="笔误", at=makers.moment(DUE))
    with pytest.raises(Denied):
        actions.accept(by=office.clerk, explanation=said, at=makers.moment(DUE))
    actions.send_back(by=office.supervisor, explanation=said, reason="请写明是哪几件", at=makers.moment(DUE))
    assert queries.explanation_of(one) is None
    with pytest.raises(Refused) as gone:
        actions.accept(by=office.supervisor, explanation=said, at=makers.moment(DUE))
    assert gone.value.code == "explanation-replaced"


def test_the_chores_remind_and_compare(office, audit, monkeypatch):
    campaign = opened(office)
    monkeypatch.setattr(tasks.timezone, "now", lambda: makers.moment(DUE))
    monkeypatch.setattr(tasks, "_next_look", [0.0])
    tasks.tick()
    assert member(campaign, audit).reminders.count() == 1
    tasks.keep_compared()
    campaign.refresh_from_db()
    assert campaign.compared_at == makers.moment(DUE)
