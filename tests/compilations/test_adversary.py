"""What was signed, submitted or published is not changed in place, by whatever act or statement."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from tests.compilations import makers
from tests.compilations.makers import YEAR, Office, fresh, moment, published

from gongkai.annual_reports import actions as annual
from gongkai.annual_reports import queries as filed
from gongkai.annual_reports.models import AnnualReport, Correction, ReportVersion
from gongkai.compilations import actions, assemble, errata, guard, probes
from gongkai.compilations.models import Compilation, Prose, Signing
from gongkai.core.errors import Refused
from gongkai.core.report.samples import sample

pytestmark = pytest.mark.django_db
CELL = "t2.licences.decisions"


def handed_in(of: Office) -> Compilation:
    """A file that was read, confirmed and handed in."""
    report = makers.filed(of.clerk, of.bureau, sample(1, agency=of.bureau.name, year=YEAR))
    return actions.hand_in(by=of.clerk, report=report, at=moment())


def corrected(of: Office, report: AnnualReport, value: int) -> AnnualReport:
    """A cell mended in the paper."""
    annual.correct(by=of.clerk, report=report, cell=CELL, value=Decimal(value), reason="录入有误", at=moment())
    return AnnualReport.objects.select_related("current", "published").get(pk=report.pk)


def number(version: ReportVersion) -> object:
    return filed.effective(ReportVersion.objects.get(pk=version.pk)).value(CELL)


def test_what_was_handed_in_is_not_approved_with_other_numbers_than_were_looked_at(of):
    made = handed_in(of)
    before = number(made.report.current)
    report = corrected(of, made.report, 987)
    assert number(made.submitted) == before
    with pytest.raises(Refused) as refused:
        actions.approve(by=of.supervisor, compilation=fresh(made), seen=1, at=moment())
    assert refused.value.code == "version-changed"
    assert report.current.number == 2
    again = corrected(of, report, 988)  # the page of the supervisor may show the second by now
    assert (number(report.current), again.current.number) == (987, 3)
    made = actions.hand_in(by=of.clerk, report=again, at=moment())
    assert made.submitted.number == 3
    made = actions.approve(by=of.supervisor, compilation=made, seen=3, at=moment())
    made = actions.publish(by=of.supervisor, compilation=made, at=moment())
    assert number(made.report.published) == 988


def test_what_was_returned_keeps_the_numbers_of_which_the_remark_speaks(of):
    made = handed_in(of)
    made = actions.return_(by=of.supervisor, compilation=made, text="许可数不对", seen=1, at=moment())
    about = made.remarks.get().version
    before = number(about)
    report = corrected(of, made.report, 987)
    assert (number(about), report.current.number) == (before, 2)


def test_an_erratum_of_a_report_that_was_taken_down_is_not_changed_in_place(of):
    made = handed_in(of)
    made = actions.approve(by=of.supervisor, compilation=made, seen=1, at=moment())
    made = actions.publish(by=of.supervisor, compilation=made, at=moment())
    report = corrected(of, made.report, 987)
    annual.withdraw(by=of.supervisor, report=report, reason="有误", at=moment())
    signing = actions.correct(by=of.signatory, compilation=fresh(made), reason="更正许可数", at=moment())
    assert number(signing.version) == 987
    later = corrected(of, report, 111)
    assert number(signing.version) == 987
    assert later.current.number == signing.version.number + 1
    with pytest.raises(Refused) as refused:
        annual.publish(by=of.supervisor, report=later, at=moment())
    assert refused.value.code == "in-course"


STATEMENTS = {
    "reading": "UPDATE annual_reports_reportversion SET reading = '{}' WHERE id = %s",
    "file": "UPDATE annual_reports_reportversion SET file_id = NULL WHERE id = %s",
    "number": "UPDATE annual_reports_reportversion SET number = 9 WHERE id = %s",
}


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_no_statement_changes_the_paper_that_was_signed(of, statement):
    made = published(of)
    signing = Signing.objects.get(compilation=made)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [signing.version_id])
    annual.recheck(by=of.clerk, report=made.report, at=moment())  # findings are no part of the paper


def test_no_correction_is_laid_over_the_paper_that_was_signed(of):
    made = published(of)
    signing = Signing.objects.get(compilation=made)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.create(version=signing.version, cell=CELL, value=Decimal(1), reason="x", made_at=moment())


def test_the_doctor_sees_a_paper_that_says_other_numbers_than_were_signed(of):
    made = published(of)
    signing = Signing.objects.get(compilation=made)
    assert probes.signings().well
    guard.lift(connection)
    reading = signing.version.reading
    cell = reading["cells"]["t3.new.total"]
    cell["value"] = 999
    ReportVersion.objects.filter(pk=signing.version_id).update(reading=reading)
    guard.lay(connection)
    assert not probes.signings().well


def test_an_erratum_publishes_what_was_looked_at_and_nothing_else(of):
    made = published(of)
    makers.late(of)
    looked = assemble.mark(errata.proposed(fresh(made), makers.ON).report)
    makers.late(of, "2025-98")
    with pytest.raises(Refused) as refused:
        actions.correct(by=of.signatory, compilation=made, reason="补登记一件", shown=looked, at=moment())
    assert refused.value.code == "figures-changed"
    seen = assemble.mark(errata.proposed(fresh(made), makers.ON).report)
    assert actions.correct(by=of.signatory, compilation=made, reason="补登记两件", shown=seen, at=moment()).number == 2


def test_no_mark_that_nobody_sees_turns_the_words_of_a_report_round(of):
    made = makers.started(of)
    actions.write(
        by=of.clerk, compilation=made, section=1, aspect=1, body="主动\u200b公开\u202e信息\ufeff三条", at=moment(),
    )
    assert Prose.objects.get(compilation=made, section=1, aspect=1).body == "主动公开信息三条"
    actions.enter_cell(
        by=of.clerk, compilation=fresh(made), cell=CELL, value=Decimal(3), source="许可\u2066台账", at=moment(),
    )
    assert made.entered.get(withdrawn_at__isnull=True).source == "许可台账"
