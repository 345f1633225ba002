"""The course of a report: each act where the table allows it, by whom the posts allow it, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests import factories
from tests.compilations import makers
from tests.compilations.makers import (
    ON,
    YEAR,
    Office,
    approved,
    at_state,
    checked,
    fresh,
    imported,
    late,
    moment,
    office,
    published,
    returned,
    signed,
    started,
    submitted,
    version,
)

from gongkai.accounts import roles
from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import Denied, may
from gongkai.annual_reports.states import ReportState
from gongkai.compilations import actions, assemble, offering, queries
from gongkai.compilations.models import Compilation, Counted, Prose, Signing
from gongkai.compilations.states import ALONE, TABLE, Act, State
from gongkai.core.errors import Refused
from gongkai.ledger.models import Entry

pytestmark = pytest.mark.django_db

DOING: dict[Act, Callable[[Compilation, Actor], Any]] = {
    Act.EDIT: lambda made, by: actions.enter_cell(
        by=by, compilation=made, cell="t2.licences.decisions", value=Decimal(3), source="许可台账", at=moment(),
    ),
    Act.WAIVE: lambda made, by: actions.waive(
        by=by, compilation=made, code="GK0101", cells=["t3.new.total"], message="不平", reason="已核实", at=moment(),
    ),
    Act.CHECK: lambda made, by: actions.check(by=by, compilation=made, at=moment()),
    Act.SIGN: lambda made, by: actions.sign(by=by, compilation=made, on=ON, at=moment()),
    Act.TAKE_BACK: lambda made, by: actions.take_back(by=by, compilation=made, at=moment()),
    Act.SUBMIT: lambda made, by: actions.submit(by=by, compilation=made, at=moment()),
    Act.RETURN: lambda made, by: actions.return_(
        by=by, compilation=made, text="请核对", seen=version(made) if made.report_id else 1, at=moment(),
    ),
    Act.APPROVE: lambda made, by: actions.approve(
        by=by, compilation=made, seen=version(made) if made.report_id else 1, at=moment(),
    ),
    Act.PUBLISH: lambda made, by: actions.publish(by=by, compilation=made, at=moment()),
    Act.CORRECT: lambda made, by: actions.correct(by=by, compilation=made, reason="补登一件申请", at=moment()),
}
ROLES = (roles.Clerk, roles.Contributor, roles.Reviewer, roles.Signatory, roles.HeadOfOffice, roles.Supervisor,
         roles.SystemAdministrator, roles.AuditAdministrator)


def doer(of: Office, act: Act, where: Any = None) -> Actor:
    """Somebody who may."""
    role = next(r for r in ROLES if may(of.person(r), offering.NEEDS[act], where or of.bureau))
    return of.person(role)


def told(made: Compilation) -> list[str]:
    rows = Entry.objects.filter(subject_kind="compilation", subject_id=str(made.pk)).order_by("sequence")
    return [kind.removeprefix("compilations.") for kind in rows.values_list("kind", flat=True)]


@pytest.mark.parametrize("state", list(State))
def test_an_act_is_done_where_the_table_allows_it_and_nowhere_else(of, state):
    made = at_state(of, state)
    late(of)  # so that there is something to correct
    for act, do in DOING.items():
        before = fresh(made)
        by = doer(of, act)
        entries = Entry.objects.count()
        if (state, act) in TABLE:
            continue
        with pytest.raises(Refused) as refused:
            do(before, by)
        assert refused.value.code == "not-now", (state, act)
        now = fresh(made)
        assert (now.state, now.revision, now.report_id) == (before.state, before.revision, before.report_id)
        assert Entry.objects.count() == entries


@pytest.mark.parametrize(("state", "act"), [(s, a) for s, a in TABLE if a in DOING])
def test_each_act_of_the_table_leads_where_it_says_and_is_recorded(of, state, act):
    made = at_state(of, state)
    if act is Act.CORRECT:
        late(of)
    if act is Act.SIGN:
        assert not assemble.open_findings(made, assemble.check_findings(made, ON))
    entries = len(told(made))
    DOING[act](made, doer(of, act))
    now = fresh(made)
    assert now.state == TABLE[State(state), act]
    assert now.revision > made.revision
    assert len(told(made)) == entries + 1


@pytest.mark.parametrize("state", list(State))
def test_only_those_whose_post_it_is_can_do_an_act(of, state):
    made = at_state(of, state)
    before = fresh(made)
    late(of)
    other = factories.agency("青澜县水利局", of.county)
    people = [of.person(r) for r in ROLES] + [of.person(r, other) for r in ROLES if r is not roles.Supervisor]
    for act, do in DOING.items():
        for by in people:
            if not may(by, offering.NEEDS[act], made):
                with pytest.raises(Denied):
                    do(made, by)
    assert (fresh(made).state, fresh(made).revision) == (before.state, before.revision)
    assert not may(of.clerk, offering.NEEDS[Act.SIGN], made)
    assert not may(of.clerk, offering.NEEDS[Act.RETURN], made)
    assert not may(of.person(roles.Clerk, other), offering.NEEDS[Act.EDIT], made)


def test_the_whole_way_with_a_return(of):
    made = returned(of)
    assert queries.remarks(made).get().text == "请说明结转件数"
    actions.enter_cell(
        by=of.clerk, compilation=made, cell="t2.penalties.decisions", value=Decimal(2), source="处罚台账", at=moment(),
    )
    made = approved(of, fresh(made))
    made = actions.publish(by=of.head, compilation=made, at=moment())
    assert made.report.state == ReportState.PUBLISHED
    assert made.report.published.number == 2
    assert [s.number for s in Signing.objects.filter(compilation=made).order_by("number")] == [1, 2]
    assert [kind for kind in told(made) if kind != "waived"] == [
        "started", "checked", "signed", "submitted", "returned", "entered", "checked", "signed", "submitted",
        "approved", "published",
    ]


def test_starting_twice_is_one_report_with_one_prose(of):
    first = started(of)
    again = started(of)
    assert first.pk == again.pk
    assert told(first) == ["started"]
    assert Prose.objects.filter(compilation=first).count() >= 6


@pytest.mark.parametrize(("year", "code"), [(2007, "year-implausible"), (2027, "year-implausible")])
def test_a_year_of_which_there_can_be_no_report(of, year, code):
    with pytest.raises(Refused) as refused:
        started(of, year=year)
    assert refused.value.code == code


def test_an_agency_that_was_abolished_owes_no_report_of_that_year(of):
    from gongkai.agencies import actions as agencies

    heir = factories.agency("青澜县民政和救助局", of.county)
    agencies.abolish(by=factories.SYSTEM, agency=of.bureau, on=date(2025, 7, 1), successors=[heir], at=moment())
    of.bureau.refresh_from_db()
    with pytest.raises(Refused) as refused:
        started(of)
    assert refused.value.code == "agency-not-then"
    assert heir.name in refused.value.message
    assert started(of, year=2024).year == 2024


def test_only_a_government_has_a_consolidated_report(of):
    with pytest.raises(Refused) as refused:
        started(of, scope="consolidated")
    assert refused.value.code == "not-a-government"


def test_a_year_that_is_not_over_is_not_signed(of):
    made = actions.start(by=of.clerk, agency=of.bureau, year=2026, at=moment())
    made = checked(of, made)
    for on, at in ((ON, moment()), (date(2027, 1, 4), moment())):
        with pytest.raises(Refused) as refused:
            actions.sign(by=of.signatory, compilation=made, on=on, at=at)
        assert refused.value.code == "year-not-over"


@pytest.mark.parametrize(("on", "code"), [(date(2025, 12, 31), "year-not-over"), (ON + timedelta(1), "day-in-future")])
def test_the_day_of_a_signature(of, on, code):
    made = checked(of)
    with pytest.raises(Refused) as refused:
        actions.sign(by=of.signatory, compilation=made, on=on, at=moment())
    assert refused.value.code == code


def test_open_findings_refuse_the_signature_until_somebody_answers_for_each(of):
    # Last year's report says that two cases were carried out; one is carried in.
    before = signed(of, year=2024)
    assert before.state == State.SIGNED
    imported(of.bureau, [("2024-90", "2024-12-28", "自然人", "", "")], on=ON)
    made = actions.check(by=of.clerk, compilation=started(of), at=moment())
    open_ = assemble.open_findings(made, assemble.check_findings(made, ON))
    assert "GK0501" in {f.code for f in open_}
    with pytest.raises(Refused) as refused:
        actions.sign(by=of.signatory, compilation=made, on=ON, at=moment())
    assert refused.value.code == "open-findings"
    assert refused.value.values["count"] == len(open_)
    made = signed(of, made)
    assert made.state == State.SIGNED


def test_a_waiver_speaks_of_the_very_numbers(of):
    signed(of, year=2024)
    imported(of.bureau, [("2024-90", "2024-12-28", "自然人", "", "")], on=ON)
    made = checked(of)
    assert not assemble.open_findings(made, assemble.check_findings(made, ON))
    imported(of.bureau, [("2024-91", "2024-12-29", "自然人", "", "")], on=ON)
    assert assemble.open_findings(made, assemble.check_findings(made, ON))
    with pytest.raises(Refused) as refused:
        actions.sign(by=of.signatory, compilation=made, on=ON, at=moment())
    assert refused.value.code == "open-findings"


def test_a_waiver_is_taken_back_once(of):
    made = started(of)
    waiver = DOING[Act.WAIVE](made, of.head)
    assert DOING[Act.WAIVE](fresh(made), of.head).pk == waiver.pk
    actions.withdraw_waiver(by=of.head, waiver=waiver, at=moment())
    with pytest.raises(Refused) as refused:
        actions.withdraw_waiver(by=of.head, waiver=waiver, at=moment())
    assert refused.value.code == "already-withdrawn"


def test_what_was_looked_at_is_what_is_signed(of):
    made = checked(of)
    mark = assemble.mark(assemble.report_of(made))
    late(of)
    with pytest.raises(Refused) as refused:
        actions.sign(by=of.signatory, compilation=made, on=ON, at=moment(), shown=mark)
    assert refused.value.code == "figures-changed"
    assert not Counted.objects.exists()
    mark = assemble.mark(assemble.report_of(made))
    assert actions.sign(by=of.signatory, compilation=made, on=ON, at=moment(), shown=mark).state == State.SIGNED


@pytest.mark.parametrize("act", [Act.EDIT, Act.CHECK, Act.SIGN])
def test_who_looked_before_somebody_else_acted_is_told(of, act):
    made = checked(of)
    seen = made.revision
    actions.enter_cell(
        by=of.head, compilation=made, cell="t2.coercion.decisions", value=Decimal(1), source="台账", at=moment(),
    )
    do = {
        Act.EDIT: lambda: actions.withdraw_entry(
            by=of.clerk, compilation=made, cell="t2.coercion.decisions", at=moment(), seen=seen),
        Act.CHECK: lambda: actions.check(by=of.clerk, compilation=made, at=moment(), seen=seen),
        Act.SIGN: lambda: actions.sign(by=of.signatory, compilation=made, on=ON, at=moment(), seen=seen),
    }[act]
    with pytest.raises(Refused) as refused:
        do()
    assert refused.value.code == "changed-meanwhile"


@pytest.mark.parametrize("do", [actions.approve, actions.return_])
def test_the_supervisor_decides_on_the_version_that_was_looked_at(of, do):
    made = submitted(of)
    words = {"text": "请核对"} if do is actions.return_ else {}
    with pytest.raises(Refused) as refused:
        do(by=of.supervisor, compilation=made, seen=version(made) + 1, at=moment(), **words)
    assert refused.value.code == "version-changed"
    assert fresh(made).state == State.SUBMITTED


def test_a_return_needs_words(of):
    made = submitted(of)
    with pytest.raises(Refused) as refused:
        actions.return_(by=of.supervisor, compilation=made, text="  ", seen=version(made), at=moment())
    assert refused.value.code == "words-missing"


@pytest.mark.parametrize(("on", "days"), [(date(2026, 1, 31), 0), (date(2026, 2, 1), 1), (date(2026, 3, 3), 31)])
def test_submitting_late_is_possible_and_marked(of, on, days):
    made = signed(of)
    made = actions.submit(by=of.clerk, compilation=made, at=moment(on))
    assert (made.state, made.late_days, made.due_on) == (State.SUBMITTED, days, date(2026, 1, 31))


def test_what_came_in_time_stays_in_time_when_it_is_submitted_again(of):
    made = returned(of)
    made = signed(of, made)
    made = actions.submit(by=of.clerk, compilation=made, at=moment(date(2026, 2, 20)))
    assert made.late_days == 0
    assert made.submitted_at == moment(date(2026, 2, 20))


def test_an_earlier_day_of_the_supervisor_counts(of, monkeypatch):
    from gongkai.compilations import due

    monkeypatch.setattr(due, "DATES", [lambda agency, year, scope: date(2026, 1, 20), lambda *_: None])
    made = signed(of)
    made = actions.submit(by=of.clerk, compilation=made, at=moment(date(2026, 1, 22)))
    assert (made.late_days, made.due_on) == (2, date(2026, 1, 20))


def test_where_nobody_is_above_the_signed_report_is_published(db):
    of = office(supervised=False)
    made = signed(of)
    with pytest.raises(Refused) as refused:
        actions.submit(by=of.clerk, compilation=made, at=moment())
    assert refused.value.code == "nobody-above"
    made = actions.publish(by=of.head, compilation=made, at=moment())
    assert made.state == ALONE[State.SIGNED, Act.PUBLISH]
    assert made.report.state == ReportState.PUBLISHED


def test_a_post_that_ended_or_is_elsewhere_receives_nothing(db):
    from gongkai.accounts.models import Post

    of = office()
    assert not queries.alone(of.bureau, YEAR, on=ON)
    assert queries.alone(of.county, YEAR, on=ON)
    Post.objects.filter(role=roles.Supervisor.key).update(valid_to=date(2025, 12, 31))
    assert queries.alone(of.bureau, YEAR, on=ON)
    assert not queries.alone(of.bureau, YEAR, on=date(2025, 12, 31))


def test_the_clerk_publishes_what_was_approved(of):
    made = approved(of)
    made = actions.publish(by=of.clerk, compilation=made, at=moment(), version=version(made))
    assert made.state == State.PUBLISHED
    with pytest.raises(Refused):
        actions.publish(by=of.clerk, compilation=made, at=moment())


def test_hand_numbers_stand_until_they_are_taken_back(of):
    made = started(of)
    makers.entry(of.bureau, "licence", date(2025, 5, 6))
    assert assemble.figures_of(made)["t2.licences.decisions"].value == 1
    DOING[Act.EDIT](made, of.clerk)
    figure = assemble.figures_of(made)["t2.licences.decisions"]
    assert (figure.value, figure.records, figure.source) == (3, 0, "hand")
    DOING[Act.EDIT](made, of.clerk)
    assert made.entered.count() == 2
    assert made.entered.filter(withdrawn_at__isnull=True).count() == 1
    actions.withdraw_entry(by=of.clerk, compilation=made, cell="t2.licences.decisions", at=moment())
    assert assemble.figures_of(made)["t2.licences.decisions"].value == 1
    with pytest.raises(Refused) as refused:
        actions.withdraw_entry(by=of.clerk, compilation=made, cell="t2.licences.decisions", at=moment())
    assert refused.value.code == "nothing-entered"


def test_a_table_is_typed_in_whole_and_its_sums_are_made(of):
    made = started(of)
    with pytest.raises(Refused) as refused:
        actions.enter_cell(
            by=of.clerk, compilation=made, cell="t3.new.natural", value=Decimal(1), source="台账", at=moment(),
        )
    assert refused.value.code == "whole-table"
    actions.enter_table(
        by=of.clerk, compilation=made, table="t3",
        values={"t3.new.natural": Decimal(4), "t3.granted.natural": Decimal(3), "t3.carried_out.natural": Decimal(1),
                "t3.new.total": Decimal(99)}, source="纸质登记簿", at=moment(),
    )
    figures = assemble.figures_of(made)
    assert figures["t3.new.total"].value == 4
    assert figures["t3.closed.total"].value == 3
    assert figures["t3.carried_in.total"].value == 0
    made = signed(of, made)
    assert set(made.signings.get().counted.filter(source="hand").values_list("label", flat=True)) == {"纸质登记簿"}
    assert assemble.standing(made)["t3.new.total"].source == "hand"
    assert not made.signings.get().counted.filter(source="application").exists()


@pytest.mark.parametrize(("cell", "value", "code"), [
    ("t2.licences.decisions", "-1", "not-a-count"), ("t2.licences.decisions", "1.5", "not-a-count"),
    ("t2.fees.amount", "-0.1", "not-an-amount"), ("t2.fees.amount", "0.0000001", "too-fine"),
    ("t2.fees.amount", "1e15", "too-large"), ("t2.licences.nonsense", "1", "unknown-cell"),
])
def test_numbers_that_a_cell_cannot_hold(of, cell, value, code):
    made = started(of)
    with pytest.raises(Refused) as refused:
        actions.enter_cell(
            by=of.clerk, compilation=made, cell=cell, value=Decimal(value), source="台账", at=moment(),
        )
    assert refused.value.code == code
    with pytest.raises(Refused) as refused:
        actions.enter_cell(
            by=of.clerk, compilation=made, cell="t2.fees.amount", value=Decimal(1), source=" ", at=moment(),
        )
    assert refused.value.code == "source-needed"


def test_offers_say_the_first_act_and_why_another_waits(of):
    def offered(state: State, role: type[roles.Role]) -> dict[Act, tuple[bool, str]]:
        made = at_state(of, state)
        return {o.act: (o.primary, o.reason) for o in offering.offered(of.person(role), made, ON)}

    assert offered(State.DRAFT, roles.Clerk)[Act.CHECK] == (True, "")
    assert offered(State.DRAFT, roles.Signatory)[Act.SIGN] == (False, "还没有核对")


def test_offers_to_each_at_the_end_of_the_way(of):
    made = published(of)
    acts = {o.act for o in offering.offered(of.signatory, made, ON)}
    assert acts == {Act.CORRECT}
    assert offering.offered(of.supervisor, made, ON) == []
