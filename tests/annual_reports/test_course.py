"""A room above may say that a report is not yet to be published, corrected or replaced; the page then offers it not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.factories import AT, file_of, filed, read_all, uploaded

from gongkai.annual_reports import actions, course
from gongkai.annual_reports.states import ReportState
from gongkai.core.errors import Refused
from gongkai.core.report.samples import sample

pytestmark = pytest.mark.django_db


def no(report):
    raise Refused("in-course", "还没有办完")


@pytest.fixture
def report(clerk, bureau):
    return filed(clerk, bureau)


def test_without_a_course_everything_is_allowed(report, signatory):
    assert course.allows(course.MAY_PUBLISH, report)
    assert course.allows(course.MAY_CORRECT, report)
    assert actions.publish(by=signatory, report=report, at=AT).state == ReportState.PUBLISHED


def test_publishing_waits_for_the_course(report, signatory, monkeypatch):
    monkeypatch.setattr(course, "MAY_PUBLISH", [no])
    assert not course.allows(course.MAY_PUBLISH, report)
    with pytest.raises(Refused) as refused:
        actions.publish(by=signatory, report=report, at=AT)
    assert refused.value.code == "in-course"
    report.refresh_from_db()
    assert report.state == ReportState.FILED


def test_correcting_and_taking_a_correction_back_wait_for_the_course(report, clerk, monkeypatch):
    done = actions.correct(by=clerk, report=report, cell="t3.new.total", value=Decimal(3), reason="读错", at=AT)
    monkeypatch.setattr(course, "MAY_CORRECT", [no])
    with pytest.raises(Refused):
        actions.correct(by=clerk, report=report, cell="t3.new.total", value=Decimal(4), reason="读错", at=AT)
    with pytest.raises(Refused):
        actions.withdraw_correction(by=clerk, correction=done, reason="没有读错", at=AT)
    done.refresh_from_db()
    assert (done.value, done.withdrawn_at) == (3, None)


def test_a_file_that_would_replace_waits_for_the_course(report, clerk, bureau, monkeypatch):
    monkeypatch.setattr(course, "MAY_REPLACE", [no])
    again = file_of(sample(2, agency=bureau.name, year=report.year))
    (item,) = read_all(uploaded(clerk, bureau, ("替换.json", again)))
    with pytest.raises(Refused) as refused:
        actions.confirm(
            by=clerk, item=item, agency=bureau, year=report.year, scope=report.scope, at=AT, replace=True,
        )
    assert refused.value.code == "in-course"
    assert report.versions.count() == 1
