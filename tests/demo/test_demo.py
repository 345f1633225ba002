"""The demonstration: built through the real actions, asked again it loses nothing."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from tests.factories import agency

from gongkai.accounts.models import User
from gongkai.accounts.queries import actor_for
from gongkai.agencies.models import Agency
from gongkai.annual_reports import totals
from gongkai.annual_reports.models import AnnualReport, ReportVersion, UploadBatch, UploadItem
from gongkai.applications.models import Application
from gongkai.applications.probes import drifted
from gongkai.applications.states import OPEN, State
from gongkai.core.errors import Refused
from gongkai.core.report.samples import sample
from gongkai.core.report.writers import write
from gongkai.demo import build, county, office
from gongkai.demo.cases import CASES
from gongkai.ledger.models import Entry
from gongkai.ledger.queries import faults

AT = datetime(2025, 4, 1, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.GONGKAI_DATA = tmp_path


def test_the_county_stands_and_stays(tmp_path):
    build.build(at=AT, say=lambda _: None)
    states = Counter(UploadItem.objects.values_list("state", flat=True))
    assert Agency.objects.count() == 30
    assert states["read"] == len(county.WAITING)
    assert states["refused"] == len(county.spoiled())
    assert states["duplicate"] == 1
    assert AnnualReport.objects.count() == states["confirmed"] == 90 - len(county.MISSING) - len(county.WAITING)
    assert {f["rule"] for v in ReportVersion.objects.all() for f in v.findings} >= {"C1", "C2", "C3", "C5", "C11"}
    assert faults() == []

    supervisor = actor_for(User.objects.get(username="supervisor"), on=AT.date())
    root = Agency.objects.get(name=county.GOVERNMENT.name)
    rolled = totals.roll_up(supervisor, root, county.YEARS[-1])
    assert {m.agency.name for m in rolled.missing} == county.MISSING | county.WAITING
    assert rolled.reported is not None

    before = (AnnualReport.objects.count(), UploadBatch.objects.count(), UploadItem.objects.count())
    (tmp_path / "demo-is-built").unlink()  # as if the first start had been interrupted at the very end
    build.build(at=AT, say=lambda _: None)
    assert (AnnualReport.objects.count(), UploadBatch.objects.count(), UploadItem.objects.count()) == before


def test_a_folder_is_handed_in_once_and_waits_for_a_person(tmp_path):
    build.appoint_people(build.plant_agencies(at=AT), at=AT)
    reports = tmp_path / "年报"
    reports.mkdir()
    (reports / "外县.docx").write_bytes(write(sample(1, agency="外县民政局", year=2023), "docx"))
    (reports / "说明.exe").write_bytes(b"MZ")
    batches = [build.import_folder(reports, at=AT, say=lambda _: None) for _ in range(2)]
    assert batches[0] == batches[1]
    build.read_waiting(batches[0], at=AT)
    item = batches[0].items.get()
    assert (item.state, item.recognised_agency, item.recognised_year) == ("read", None, 2023)


def test_an_empty_folder_says_so(tmp_path):
    said = []
    assert build.import_folder(tmp_path, at=AT, say=said.append) is None
    assert "没有年报文件" in said[0]


def test_an_offices_own_data_is_left_alone():
    agency("真实县人民政府")
    with pytest.raises(Refused) as refusal:
        build.build(at=AT, say=lambda _: None)
    assert refusal.value.code == "not-a-demo"
    assert Agency.objects.count() == 1


def test_the_clerks_office_has_an_application_in_every_state():
    at = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
    tree = build.plant_agencies(at=at)
    build.appoint_people(tree, at=at)
    clerk = User.objects.get(username="clerk")
    for _start in range(2):  # the second finds everything there
        office.build(agency=tree[county.CLERKS_AGENCY], clerk=clerk, password=build.PASSWORD, at=at)
    states = Counter(Application.objects.values_list("state", flat=True))
    assert set(states) >= set(State) - {State.DRAFTED, State.REASONS}
    assert sum(states.values()) == len(CASES) + 2, "one was split in two"
    assert drifted() == []
    assert faults() == []
    assert Application.objects.filter(due_on__lt=at.date(), state__in=OPEN).exists(), "one is late"
    said = " ".join(Entry.objects.values_list("payload", flat=True))
    assert [case.name for case in CASES if case.kind == "natural" and case.name in said] == []
