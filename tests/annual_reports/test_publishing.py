"""What the public sees: published versions, exactly as they were signed."""

from __future__ import annotations

import pytest
from tests.factories import AT, SYSTEM, actor, agency, file_of, filed, read_all, uploaded

from gongkai.accounts import roles
from gongkai.accounts.actor import PUBLIC
from gongkai.accounts.permissions import Denied
from gongkai.annual_reports import actions, queries
from gongkai.annual_reports.models import AnnualReport, ReportVersion, Scope, UploadBatch, UploadItem
from gongkai.core.errors import Refused
from gongkai.core.report.samples import sample
from gongkai.ledger.queries import timeline


@pytest.fixture
def report(clerk, bureau):
    return filed(clerk, bureau)


def test_the_public_sees_nothing_before_it_is_published(report):
    assert list(queries.reports(PUBLIC)) == []
    with pytest.raises(AnnualReport.DoesNotExist):
        queries.report(PUBLIC, report.pk)
    assert not UploadBatch.objects.visible_to(PUBLIC).exists()
    assert not UploadItem.objects.visible_to(PUBLIC).exists()


def test_published_is_for_everyone_and_withdrawn_for_nobody(report, signatory):
    actions.publish(by=signatory, report=report, at=AT)
    assert queries.report(PUBLIC, report.pk) == report
    assert list(queries.published_reports(year=2023)) == [report]
    actions.withdraw(by=signatory, report=report, reason="发现错误", at=AT)
    assert list(queries.published_reports()) == []
    assert [e.kind for e in timeline("annual_report", report.pk)] == [
        "annual_reports.filed", "annual_reports.published", "annual_reports.withdrawn",
    ]


def test_a_replacement_is_public_only_after_publishing_again(report, signatory, clerk, bureau):
    report = actions.publish(by=signatory, report=report, at=AT)
    (item,) = read_all(uploaded(clerk, bureau, ("二.json", file_of(sample(9, agency=bureau.name, year=2023)))))
    new = actions.confirm(by=clerk, item=item, agency=bureau, year=2023, scope=Scope.OWN, at=AT, replace=True)
    report = queries.report(PUBLIC, report.pk)
    assert queries.version_for(PUBLIC, report).number == 1
    assert queries.version_for(clerk, report) == new
    assert [v.number for v in queries.versions(PUBLIC, report)] == [1]
    assert [v.number for v in queries.versions(clerk, report)] == [2, 1]
    actions.publish(by=signatory, report=report, at=AT, seen=2)
    assert queries.version_for(PUBLIC, queries.report(PUBLIC, report.pk)) == new


def test_what_was_not_looked_at_is_not_signed(report, signatory):
    with pytest.raises(Refused) as refusal:
        actions.publish(by=signatory, report=report, at=AT, seen=2)
    assert refusal.value.code == "version-changed"


def test_publishing_twice_records_once(report, signatory):
    for _ in range(2):
        actions.publish(by=signatory, report=report, at=AT)
    assert [e.kind for e in timeline("annual_report", report.pk)].count("annual_reports.published") == 1


def test_a_clerk_does_not_publish(report, clerk):
    with pytest.raises(Denied):
        actions.publish(by=clerk, report=report, at=AT)


def test_withdrawing_needs_a_reason_and_something_published(report, signatory):
    with pytest.raises(Refused, match="理由"):
        actions.withdraw(by=signatory, report=report, reason=" ", at=AT)
    with pytest.raises(Refused, match="不能进行"):
        actions.withdraw(by=signatory, report=report, reason="错", at=AT)


def test_another_agencys_report_does_not_exist_for_a_clerk(report, county):
    other = actor(agency("青澜县教育局", county))
    with pytest.raises(AnnualReport.DoesNotExist):
        queries.report(other, report.pk)
    with pytest.raises(UploadBatch.DoesNotExist):
        queries.batch(other, UploadBatch.objects.get().pk)
    with pytest.raises(UploadItem.DoesNotExist):
        queries.item(other, UploadItem.objects.get().pk)
    with pytest.raises(ReportVersion.DoesNotExist):
        queries.version_for(other, report)


def test_a_supervisor_sees_the_subtree_and_no_more(report, supervisor):
    assert list(queries.reports(supervisor)) == [report]
    assert list(queries.reports(actor(agency("邻县人民政府"), roles.Supervisor))) == []


def test_the_program_itself_sees_everything(report):
    assert list(queries.reports(SYSTEM)) == [report]
    assert UploadItem.objects.visible_to(SYSTEM).count() == 1


def test_filters(report, clerk, bureau, county, supervisor):
    other = agency("青澜县教育局", county)
    late = filed(supervisor, other, 2022)
    found = lambda **f: set(queries.reports(supervisor, **f))  # noqa: E731
    assert found(year=2022) == {late}
    assert found(under=bureau) == {report}
    assert found(under=county) == {report, late}
    assert found(text="教育") == {late}
    assert found(state="published") == set()
    assert found(found="clean") | found(found="error") | found(found="inconsistency") == {report, late}
    assert queries.years(supervisor) == [2023, 2022]
