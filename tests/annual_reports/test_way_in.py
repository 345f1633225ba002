"""From an uploaded file to a filed report: stored first, read apart, confirmed by a person."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError
from tests.factories import AT, actor, agency, file_of, filed, read_all, uploaded

from gongkai.accounts import roles
from gongkai.accounts.permissions import Denied
from gongkai.annual_reports import actions, queries
from gongkai.annual_reports.models import AnnualReport, Scope, UploadItem
from gongkai.annual_reports.states import ItemState
from gongkai.core.errors import Refused
from gongkai.core.report.samples import sample
from gongkai.files import store
from gongkai.files.models import StoredFile
from gongkai.ledger.queries import faults, timeline

pytestmark = pytest.mark.django_db


class FromWindows(zipfile.ZipInfo):
    """A member whose name is written in GB18030 without saying so."""

    def _encodeFilenameFlags(self):  # noqa: N802 - zipfile's own hook
        return self.filename.encode("gb18030"), self.flag_bits & ~0x800


def test_a_file_becomes_a_report_by_a_person(clerk, bureau):
    report = sample(7, agency="青澜县民政局", year=2023)
    batch = uploaded(clerk, bureau, ("年报.json", file_of(report)))
    (item,) = read_all(batch)
    assert (item.state, item.recognised_agency, item.recognised_year) == (ItemState.READ, bureau, 2023)
    assert AnnualReport.objects.count() == 0, "nothing is filed before a person says so"

    version = actions.confirm(by=clerk, item=item, agency=bureau, year=2023, scope=Scope.OWN, at=AT)
    assert {c.id: c.value for c in queries.reading(version).cells.values()} == {
        c.id: c.value for c in report.cells.values()
    }
    assert version.cells.count() == len(report.cells)
    assert [e.kind for e in timeline("annual_report", version.report_id)] == ["annual_reports.filed"]
    assert faults() == []


def test_the_bytes_are_kept_even_when_the_file_is_refused(clerk, bureau):
    batch = uploaded(clerk, bureau, ("坏.docx", b"PK\x03\x04 broken"), ("空.txt", b""))
    first, second = read_all(batch)
    assert first.state == second.state == ItemState.REFUSED
    assert first.refused_message
    assert store.read(first.file.sha256) == b"PK\x03\x04 broken"


def test_one_bad_file_never_stops_the_others(clerk, bureau):
    good = file_of(sample(1, agency=bureau.name, year=2022))
    batch = uploaded(clerk, bureau, ("1.docx", b"\x00noise"), ("2.json", good), ("3.pdf", b"%PDF-1.7 cut"))
    assert [item.state for item in read_all(batch)] == [ItemState.REFUSED, ItemState.READ, ItemState.REFUSED]
    assert queries.progress(batch) == queries.Progress(3, 0, 1, 0, 2, 0)


def test_a_zip_gives_its_members_and_names_from_windows(clerk, bureau):
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("年报/民政局.json", file_of(sample(1, agency=bureau.name, year=2022)))
        archive.writestr("__MACOSX/._民政局.json", b"litter")
        archive.writestr(FromWindows("教育局.txt"), "无".encode())
    raw = box.getvalue()
    batch = uploaded(clerk, bureau, ("全部.zip", raw))
    assert [item.name for item in read_all(batch)] == ["民政局.json", "教育局.txt"]
    assert StoredFile.objects.count() == 3, "the archive itself is kept too"


def test_a_zip_with_one_bad_member_gives_the_others(clerk, bureau):
    """A member whose bytes no longer fit their check sum is refused by name; both neighbours are read."""
    box = io.BytesIO()
    broken = b"the member that is broken on the way"
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("1.json", file_of(sample(1, agency=bureau.name, year=2021)))
        archive.writestr("2.json", broken)
        archive.writestr("3.json", file_of(sample(2, agency=bureau.name, year=2022)))
    raw = box.getvalue().replace(broken, broken.replace(b"broken", b"BROKEN"))
    items = read_all(uploaded(clerk, bureau, ("全部.zip", raw)))
    assert [(i.name, i.state) for i in items] == [
        ("1.json", ItemState.READ), ("2.json", ItemState.REFUSED), ("3.json", ItemState.READ)]
    assert items[1].refused_message


@pytest.mark.parametrize("fails", [
    lambda *_args, **_named: (_ for _ in ()).throw(Refused("disk-full", "服务器磁盘已满")),
    lambda *_args, **_named: (_ for _ in ()).throw(OperationalError("database or disk is full")),
])
def test_a_full_disk_takes_nothing_in_and_the_same_form_works_later(clerk, bureau, monkeypatch, fails):
    token, files = uuid4(), [actions.Incoming("a.json", [file_of(sample(1, agency=bureau.name, year=2022))])]
    with monkeypatch.context() as patch:
        patch.setattr("gongkai.annual_reports.actions.intake.keep", fails)
        with pytest.raises(Refused, match="磁盘已满"):
            actions.upload(by=clerk, agency=bureau, files=files, at=AT, token=token)
    assert (UploadItem.objects.count(), StoredFile.objects.count()) == (0, 0)
    batch = actions.upload(by=clerk, agency=bureau, files=files, at=AT, token=token)
    assert read_all(batch)[0].state == ItemState.READ


def test_the_same_file_twice_is_recognised(clerk, bureau):
    data = file_of(sample(1, agency=bureau.name, year=2022))
    first = uploaded(clerk, bureau, ("一.json", data), ("二.json", data))
    one, two = read_all(first)
    assert (one.state, two.state, two.duplicate_of) == (ItemState.READ, ItemState.DUPLICATE, one)
    (again,) = read_all(uploaded(clerk, bureau, ("三.json", data)))
    assert again.duplicate_of == one
    assert StoredFile.objects.count() == 1


def test_another_agencys_file_is_not_betrayed_by_recognising_it(clerk, bureau, county):
    other = agency("青澜县教育局", county)
    data = file_of(sample(1, agency=bureau.name, year=2022))
    uploaded(clerk, bureau, ("一.json", data))
    (item,) = read_all(uploaded(actor(other), other, ("一.json", data)))
    assert item.state == ItemState.READ


def test_a_form_sent_twice_is_one_batch(clerk, bureau):
    token, data = uuid4(), file_of(sample(1, agency=bureau.name, year=2022))
    batches = [
        actions.upload(by=clerk, agency=bureau, files=[actions.Incoming("a.json", [data])], at=AT, token=token)
        for _ in range(2)
    ]
    assert batches[0] == batches[1]
    assert UploadItem.objects.count() == 1


def test_an_empty_upload_says_what_to_do(clerk, bureau):
    with pytest.raises(Refused, match="没有选择文件"):
        uploaded(clerk, bureau)


def test_a_file_over_the_limit_leaves_nothing_behind(clerk, bureau, settings):
    settings.GONGKAI_UPLOAD_MAX_BYTES = 10
    (item,) = read_all(uploaded(clerk, bureau, ("大.txt", b"x" * 11)))
    assert (item.state, item.refused_code, item.file) == (ItemState.REFUSED, "too-large", None)
    assert not list(store.path("0" * 64).parents[2].glob(".incoming-*"))


def test_an_item_whose_worker_died_is_picked_up_again(clerk, bureau, django_capture_on_commit_callbacks):
    batch = uploaded(clerk, bureau, ("a.json", file_of(sample(1, agency=bureau.name, year=2022))))
    UploadItem.objects.update(state=ItemState.READING, started_at=AT, attempts=1)
    assert actions.pick_up_stale(at=AT + timedelta(seconds=5)) == 0, "it may still be at work"
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.pick_up_stale(at=AT + timedelta(minutes=10)) == 1
    assert batch.items.get().state == ItemState.READ


def test_an_item_that_kills_every_worker_is_refused_in_the_end(clerk, bureau):
    uploaded(clerk, bureau, ("a.json", file_of(sample(1, agency=bureau.name, year=2022))))
    UploadItem.objects.update(state=ItemState.READING, started_at=AT, attempts=3)
    actions.pick_up_stale(at=AT + timedelta(minutes=10))
    item = UploadItem.objects.get()
    assert (item.state, item.refused_code) == (ItemState.REFUSED, "reader-crashed")


def test_reading_twice_changes_nothing(clerk, bureau):
    batch = uploaded(clerk, bureau, ("a.json", file_of(sample(1, agency=bureau.name, year=2022))))
    (item,) = read_all(batch)
    (again,) = read_all(batch)
    assert (again.reading, again.attempts) == (item.reading, item.attempts)
    assert len(timeline("upload_item", item.pk)) == 1


def test_a_late_worker_cannot_overwrite(clerk, bureau, monkeypatch):
    """An attempt given up for dead comes back after a second one has finished and a person has confirmed."""
    from gongkai.annual_reports.actions import reading

    batch = uploaded(clerk, bureau, ("a.json", file_of(sample(1, agency=bureau.name, year=2022))))
    item = batch.items.get()
    slow = reading._begin(item.pk, AT)
    actions.pick_up_stale(at=AT + timedelta(minutes=10))
    read_all(batch)
    late = UploadItem.objects.select_related("file", "batch__agency").get(pk=item.pk)
    late.state = ItemState.READING  # as that worker believes
    reading._refuse(late, slow, Refused("too-slow", "太慢"), AT)
    assert batch.items.get().state == ItemState.READ


def test_confirming_twice_gives_the_same_version(clerk, bureau):
    (item,) = read_all(uploaded(clerk, bureau, ("a.json", file_of(sample(1, agency=bureau.name, year=2022)))))
    said = {"by": clerk, "item": item, "agency": bureau, "year": 2022, "scope": Scope.OWN, "at": AT}
    assert actions.confirm(**said) == actions.confirm(**said)
    with pytest.raises(Refused):
        actions.confirm(**(said | {"year": 2021}))


def test_a_second_file_replaces_only_when_told(clerk, bureau):
    report = filed(clerk, bureau, 2022)
    (item,) = read_all(uploaded(clerk, bureau, ("b.json", file_of(sample(2, agency=bureau.name, year=2022)))))
    said = {"by": clerk, "item": item, "agency": bureau, "year": 2022, "scope": Scope.OWN, "at": AT}
    with pytest.raises(Refused) as refusal:
        actions.confirm(**said)
    assert refusal.value.code == "already-filed"
    version = actions.confirm(**said, replace=True)
    report.refresh_from_db()
    assert (version.number, report.current) == (2, version)
    assert report.versions.count() == 2


@pytest.mark.parametrize("year", [2007, 2025])
def test_an_implausible_year_is_refused(clerk, bureau, year):
    (item,) = read_all(uploaded(clerk, bureau, ("a.json", file_of(sample(1, agency=bureau.name, year=2022)))))
    with pytest.raises(Refused) as refusal:
        actions.confirm(by=clerk, item=item, agency=bureau, year=year, scope=Scope.OWN, at=AT)
    assert refusal.value.code == "year-implausible"


def test_a_clerk_cannot_file_for_another_agency(clerk, bureau, county):
    other = agency("青澜县教育局", county)
    (item,) = read_all(uploaded(clerk, bureau, ("a.json", file_of(sample(1, agency=other.name, year=2022)))))
    with pytest.raises(Denied):
        actions.confirm(by=clerk, item=item, agency=other, year=2022, scope=Scope.OWN, at=AT)
    with pytest.raises(Denied):
        uploaded(clerk, other, ("a.json", b"{}"))


def test_a_supervisor_imports_for_the_whole_county(county, bureau):
    supervisor = actor(county, roles.Supervisor)
    (item,) = read_all(uploaded(supervisor, county, ("a.json", file_of(sample(1, agency=bureau.name, year=2022)))))
    assert item.recognised_agency == bureau
    actions.confirm(by=supervisor, item=item, agency=bureau, year=2022, scope=Scope.OWN, at=AT)


def test_a_discarded_item_keeps_its_bytes_and_says_why(clerk, bureau):
    (item,) = read_all(uploaded(clerk, bureau, ("a.json", file_of(sample(1, agency=bureau.name, year=2022)))))
    actions.discard(by=clerk, item=item, reason="传错了", at=AT)
    item.refresh_from_db()
    assert (item.state, item.refused_message) == (ItemState.REFUSED, "传错了")
    assert store.read(item.file.sha256)


def test_last_years_report_is_held_against_this_years(clerk, bureau):
    """Filing 2022 after 2023 makes the cross-year rules speak about 2023 (C5)."""
    report = filed(clerk, bureau, 2023, seed=3)
    assert "C5" not in {f["rule"] for f in report.current.findings}
    other = sample(4, agency=bureau.name, year=2022, size="large")
    filed(clerk, bureau, 2022, report=other)
    report.refresh_from_db()
    assert "C5" in {f["rule"] for f in report.current.findings}
