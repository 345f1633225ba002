"""A report that comes as a file takes the same course; and nothing is published, corrected or replaced past it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests import factories
from tests.compilations import makers
from tests.compilations.makers import (
    ON,
    YEAR,
    Office,
    at_state,
    fresh,
    moment,
    published,
    returned,
    signed,
    started,
    submitted,
    version,
)

from gongkai.accounts import roles
from gongkai.accounts.permissions import Denied
from gongkai.annual_reports import actions as annual
from gongkai.annual_reports.models import AnnualReport
from gongkai.annual_reports.states import ReportState
from gongkai.compilations import actions, assemble, offering, probes, queries
from gongkai.compilations.differences import carry, differences
from gongkai.compilations.models import Compilation
from gongkai.compilations.states import Act, Origin, State
from gongkai.core.errors import Refused
from gongkai.core.report.model import Report
from gongkai.core.report.samples import sample

pytestmark = pytest.mark.django_db


def file(of: Office, seed: int = 1) -> Report:
    return sample(seed, agency=of.bureau.name, year=YEAR)


def filed(of: Office, seed: int = 1, *, by=None, replaces: bool = False) -> AnnualReport:
    """A file that was read and confirmed."""
    return makers.filed(by or of.clerk, of.bureau, file(of, seed), replaces=replaces)


def handed_in(of: Office, **values) -> Compilation:
    return actions.hand_in(by=of.clerk, report=filed(of, **values), at=moment())


def test_a_file_takes_the_course_from_submitting_on(of):
    made = handed_in(of)
    assert (made.state, made.origin, made.form, made.late_days) == (State.SUBMITTED, Origin.FILE, "2021", 0)
    figures = assemble.standing(made)
    assert figures["t3.new.total"].value == file(of).value("t3.new.total")
    assert {f.source for f in figures.values()} == {"file"}
    assert assemble.report_of(made).sections[5].text == file(of).sections[5].text
    made = actions.return_(by=of.supervisor, compilation=made, text="缺页", seen=1, at=moment())
    filed(of, 2, replaces=True)
    made = actions.hand_in(by=of.clerk, report=made.report, at=moment())
    made = actions.approve(by=of.supervisor, compilation=made, seen=2, at=moment())
    made = actions.publish(by=of.supervisor, compilation=made, at=moment())
    assert made.report.published.number == 2
    assert made.report.state == ReportState.PUBLISHED
    assert not made.signings.exists()
    assert differences(made) == []
    assert carry(made) is None


def test_handing_in_twice_is_one_act_and_a_better_file_another(of):
    first = handed_in(of)
    again = actions.hand_in(by=of.clerk, report=first.report, at=moment())
    assert (again.pk, again.revision) == (first.pk, first.revision)
    filed(of, 2, replaces=True)
    better = actions.hand_in(by=of.clerk, report=first.report, at=moment())
    assert better.revision == first.revision + 1
    assert better.submitted.number == 2
    assert assemble.standing(better)["t3.new.total"].value == file(of, 2).value("t3.new.total")


def test_the_supervisor_hands_in_for_the_office_and_others_do_not(of):
    report = filed(of, by=of.supervisor)
    for who in (of.person(roles.Contributor), of.person(roles.Clerk, factories.agency("青澜县水利局", of.county))):
        with pytest.raises(Denied):
            actions.hand_in(by=who, report=report, at=moment())
    assert actions.hand_in(by=of.supervisor, report=report, at=moment()).state == State.SUBMITTED


def test_a_file_is_handed_in_late_and_marked(of):
    made = actions.hand_in(by=of.clerk, report=filed(of), at=moment(date(2026, 2, 5)))
    assert made.late_days == 5


def test_a_file_in_the_place_of_what_was_being_compiled_and_back(of):
    made = started(of)
    made = actions.hand_in(by=of.clerk, report=filed(of), at=moment())
    assert (made.origin, made.state) == (Origin.FILE, State.SUBMITTED)
    for act in (
        lambda: actions.check(by=of.clerk, compilation=made, at=moment()),
        lambda: actions.enter_cell(
            by=of.clerk, compilation=made, cell="t2.licences.decisions", value=Decimal(1), source="x", at=moment()),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code in {"not-now", "from-a-file"}
    made = actions.return_(by=of.supervisor, compilation=made, text="请用系统编制", seen=1, at=moment())
    with pytest.raises(Refused) as refused:
        actions.check(by=of.clerk, compilation=made, at=moment())
    assert refused.value.code == "from-a-file"
    again = started(of)
    assert (again.pk, again.origin, again.state) == (made.pk, Origin.RECORDS, State.DRAFT)
    assert assemble.standing(again)["t3.new.total"].value == 5
    made = submitted(of, again)
    assert made.report.current.number == 2
    assert probes.signings().well


def test_what_was_signed_here_is_not_a_file(of):
    made = signed(of)
    with pytest.raises(Refused) as refused:
        actions.hand_in(by=of.clerk, report=made.report, at=moment())
    assert refused.value.code == "compiled-here"
    made = returned(of, actions.take_back(by=of.signatory, compilation=made, at=moment()))
    with pytest.raises(Refused) as refused:
        actions.hand_in(by=of.clerk, report=made.report, at=moment())
    assert refused.value.code == "compiled-here"
    filed(of, replaces=True)
    made = actions.hand_in(by=of.clerk, report=made.report, at=moment())
    assert (made.origin, made.state) == (Origin.FILE, State.SUBMITTED)


FROZEN_HERE = [State.SIGNED, State.SUBMITTED, State.APPROVED, State.PUBLISHED]


@pytest.mark.parametrize("state", [s for s in State if s not in {State.DRAFT, State.CHECKED, State.PUBLISHED}])
def test_a_report_in_its_course_is_not_published_past_it(of, state):
    made = at_state(of, state)
    with pytest.raises(Refused) as refused:
        annual.publish(by=of.head, report=made.report, at=moment())
    assert refused.value.code == "in-course"
    assert fresh(made).report.state == ReportState.FILED


@pytest.mark.parametrize("state", FROZEN_HERE)
def test_numbers_that_were_signed_are_not_corrected_in_the_paper(of, state):
    made = at_state(of, state)
    before = made.report.current.cells.get(cell="t3.new.total").value
    with pytest.raises(Refused) as refused:
        annual.correct(
            by=of.head, report=made.report, cell="t3.new.total", value=Decimal(77), reason="改数", at=moment(),
        )
    assert refused.value.code == "compiled-here"
    assert "更正" in refused.value.message
    assert "撤回签发" in refused.value.message
    with pytest.raises(Refused) as refused:
        filed(of, replaces=True)
    assert refused.value.code == "compiled-here"
    now = fresh(made).report
    assert now.current.cells.get(cell="t3.new.total").value == before
    assert now.versions.count() == 1


def test_what_was_taken_down_can_be_published_again(of):
    made = published(of)
    annual.withdraw(by=of.head, report=made.report, reason="核对中", at=moment())
    assert fresh(made).report.state == ReportState.WITHDRAWN
    annual.publish(by=of.head, report=made.report, at=moment(), seen=1)
    assert fresh(made).report.state == ReportState.PUBLISHED


def test_a_file_is_corrected_while_it_is_looked_at_and_not_once_it_is_approved(of):
    made = handed_in(of)

    def correct(value: int) -> None:
        annual.correct(
            by=of.supervisor, report=made.report, cell="t2.licences.decisions", value=Decimal(value), reason="读错",
            at=moment(),
        )

    correct(41)
    assert assemble.standing(fresh(made))["t2.licences.decisions"].value == 41
    actions.approve(by=of.supervisor, compilation=made, seen=version(made), at=moment())
    with pytest.raises(Refused) as refused:
        correct(42)
    assert refused.value.code == "approved"
    with pytest.raises(Refused) as refused:
        filed(of, 2, replaces=True)
    assert refused.value.code == "approved"


def test_a_file_that_was_published_is_mended_by_an_erratum(of):
    made = handed_in(of)
    actions.approve(by=of.supervisor, compilation=made, seen=1, at=moment())
    made = actions.publish(by=of.head, compilation=fresh(made), at=moment())
    before = file(of).value("t2.licences.decisions")
    with pytest.raises(Refused) as refused:
        actions.correct(by=of.signatory, compilation=made, reason="读错", at=moment())
    assert refused.value.code == "nothing-changed"
    assert Act.CORRECT not in {o.act for o in offering.offered(of.signatory, fresh(made), ON)}
    annual.correct(
        by=of.head, report=made.report, cell="t2.licences.decisions", value=Decimal(41), reason="读错", at=moment(),
    )
    assert assemble.standing(fresh(made))["t2.licences.decisions"].value == before
    with pytest.raises(Refused) as refused:
        annual.publish(by=of.head, report=made.report, at=moment())
    assert refused.value.code == "in-course"
    assert Act.CORRECT in {o.act for o in offering.offered(of.signatory, fresh(made), ON)}
    signing = actions.correct(by=of.signatory, compilation=made, reason="读错", at=moment())
    assert signing.changes == {"t2.licences.decisions": [before, 41]}
    now = fresh(made)
    assert now.report.published == signing.version
    assert assemble.standing(now)["t2.licences.decisions"].value == 41
    assert list(queries.errata(now.report)) == [signing]
    assert probes.signings().well


def test_a_report_that_nobody_compiles_is_published_as_before(of):
    report = filed(of)
    annual.publish(by=of.head, report=report, at=moment())
    report.refresh_from_db()
    assert report.state == ReportState.PUBLISHED


def test_a_file_with_other_findings_is_checked_by_the_same_rules(of):
    wrong = file(of)
    wrong.cells["t3.new.total"] = wrong.cells["t3.new.total"]._replace(value=999, raw="999")
    made = actions.hand_in(by=of.clerk, report=makers.filed(of.clerk, of.bureau, wrong), at=moment())
    codes = {f.code for f in assemble.open_findings(made, assemble.check_findings(made, ON))}
    assert any(code.startswith(("GK01", "GK02")) for code in codes)


def test_a_compiled_report_takes_the_place_of_a_file_that_was_only_filed(of):
    report = filed(of)
    made = signed(of)
    assert made.report == report
    assert version(made) == 2
