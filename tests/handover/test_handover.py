"""Batches for archives and libraries: nothing forgotten, nothing twice, a receipt for each."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import factories
from tests.publications import makers

from gongkai.accounts import roles
from gongkai.accounts.permissions import Denied
from gongkai.core.errors import Refused
from gongkai.handover import actions, packing, queries
from gongkai.handover.models import Batch, Receiver
from gongkai.handover.periods import Frequency, Period, ended, period_of
from gongkai.publications import actions as publications

AT = datetime(2026, 4, 2, 2, 0, tzinfo=UTC)
Q1 = {"first": date(2026, 1, 1), "last": date(2026, 3, 31)}
DAYS = st.dates(date(2019, 1, 1), date(2030, 12, 31))


@given(DAYS, st.sampled_from(list(Frequency)))
def test_every_day_lies_in_one_period_and_the_next_begins_the_day_after(day, frequency):
    period = period_of(day, frequency)
    assert period.first <= day <= period.last
    assert period_of(period.first, frequency) == period == period_of(period.last, frequency)
    assert period_of(period.last + timedelta(days=1), frequency).first == period.last + timedelta(days=1)
    assert period.name


@given(DAYS, DAYS, st.sampled_from(list(Frequency)))
def test_the_periods_that_are_over_follow_each_other(since, today, frequency):
    found = list(ended(frequency, since, today))
    assert all(one.last < today for one in found)
    assert all(a.last + timedelta(days=1) == b.first for a, b in pairwise(found))


def test_periods_have_the_names_of_the_office():
    assert [period_of(date(2026, 2, 16), f).name for f in Frequency] == [
        "2026年2月下半月", "2026年2月", "2026年第1季度",
    ]
    assert Period(date(2026, 3, 1), date(2026, 3, 15)).name == "2026年3月上半月"


@pytest.fixture
def of(db):
    return makers.bureau()


@pytest.fixture
def archive(of):
    return actions.set_receiver(
        by=of.clerk, agency=of.where, kind="archive", name="青澜县档案馆", frequency="quarterly",
        since=date(2026, 1, 5), at=AT,
    )


def batch(of, archive, **values):
    return actions.make_batch(by=of.clerk, receiver=archive, at=AT, **Q1 | values)


def test_what_was_published_goes_once_and_the_next_quarter_is_a_nil_return(of, archive):
    first, second = makers.published(of), makers.published(of, title="供水价格")
    made = batch(of, archive)
    assert [line.title for line in made.items.all()] == [first.title, second.title]
    assert made.items_count == 2
    later = actions.make_batch(
        by=of.clerk, receiver=archive, first=date(2026, 4, 1), last=date(2026, 6, 30),
        at=datetime(2026, 7, 1, 2, 0, tzinfo=UTC),
    )
    assert later.nil
    assert queries.owed(Receiver.objects.all(), date(2026, 7, 2)) == []
    with pytest.raises(Refused) as again:
        batch(of, archive)
    assert again.value.code == "batch-there"


def test_owed_are_the_periods_that_are_over(of, archive):
    assert [one.period.name for one in queries.owed(Receiver.objects.all(), date(2026, 8, 1))] == [
        "2026年第1季度", "2026年第2季度",
    ]
    with pytest.raises(Refused) as early:
        actions.make_batch(by=of.clerk, receiver=archive, first=date(2026, 4, 1), last=date(2026, 6, 30), at=AT)
    assert early.value.code == "period-open"
    with pytest.raises(Refused) as before:
        actions.make_batch(by=of.clerk, receiver=archive, first=date(2025, 10, 1), last=date(2025, 12, 31), at=AT)
    assert before.value.code == "period-early"
    with pytest.raises(Refused) as shape:
        batch(of, archive, last=date(2026, 2, 28))
    assert shape.value.code == "period-shape"


def test_a_revision_is_replaced_by_letter_and_a_withdrawal_is_told(of, archive):
    kept = makers.published(of)
    made = batch(of, archive)
    with pytest.raises(Refused) as nothing:
        actions.supplement(by=of.clerk, batch=made, letter_number="青水函〔2026〕3号", at=AT)
    assert nothing.value.code == "nothing-to-supplement"
    revised = publications.revise(
        by=of.clerk, publication=makers.of_edition(kept), change_note="更正附表", at=makers.moment(),
    )
    makers.published(of, revised)
    with pytest.raises(Refused) as letter:
        actions.supplement(by=of.clerk, batch=made, letter_number=" ", at=AT)
    assert letter.value.code == "letter-missing"
    more = actions.supplement(by=of.clerk, batch=made, letter_number="青水函〔2026〕3号", at=AT)
    assert [(line.change, line.edition_id) for line in more.items.all()] == [("changed", revised.pk)]
    publications.withdraw(
        by=of.head, publication=makers.of_edition(kept), kind="error", note="内容有误", at=makers.moment(),
    )
    told = actions.supplement(by=of.clerk, batch=made, letter_number="青水函〔2026〕4号", at=AT)
    assert [line.change for line in told.items.all()] == ["withdrawn"]
    assert [one.supplement for one in Batch.objects.order_by("pk")] == [0, 1, 2]


def test_sent_then_received_in_this_order(of, archive):
    made = batch(of, archive)
    with pytest.raises(Refused) as unsent:
        actions.receive(by=of.clerk, batch=made, on=date(2026, 4, 2), at=AT)
    assert unsent.value.code == "not-sent"
    actions.send(by=of.clerk, batch=made, on=date(2026, 4, 2), at=AT)
    done = actions.receive(by=of.clerk, batch=made, on=date(2026, 4, 2), receipt_number="档接〔2026〕9号", at=AT)
    assert done.received_on == date(2026, 4, 2)
    with pytest.raises(Refused) as twice:
        actions.receive(by=of.clerk, batch=made, on=date(2026, 4, 2), at=AT)
    assert twice.value.code == "already-received"
    with pytest.raises(Denied):
        actions.send(by=factories.actor(of.where, roles.Reviewer, "other"), batch=made, on=date(2026, 4, 2), at=AT)


def test_the_bag_proves_itself_and_holds_no_original(of, archive):
    edition = makers.drafted(of)
    publications.attach(by=of.clerk, edition=edition, name="附表.txt", data="水厂名单".encode(), at=makers.moment())
    makers.published(of, makers.fresh(edition))
    made = batch(of, archive)
    data = packing.packed(made)
    assert data == packing.packed(made)
    with zipfile.ZipFile(io.BytesIO(data)) as bag:
        lines = dict(reversed(line.split("  ", 1)) for line in bag.read("manifest-sha256.txt").decode().splitlines())
        payload = [name for name in bag.namelist() if name.startswith("data/")]
        assert set(lines) == set(payload)
        assert all(hashlib.sha256(bag.read(name)).hexdigest() == digest for name, digest in lines.items())
        facts = json.loads(bag.read(next(name for name in payload if name.endswith("元数据.json"))))
        assert facts["digest"] == makers.fresh(edition).digest
        assert any(name.endswith("-附表.txt") for name in payload)
    publications.withdraw(
        by=of.head, publication=makers.of_edition(edition), kind="privacy", note="涉及个人隐私", at=makers.moment(),
    )
    with zipfile.ZipFile(io.BytesIO(packing.packed(made))) as bag:
        assert [name for name in bag.namelist() if name.startswith("data/")] == ["data/信息目录表.xlsx"]
    (row,) = packing.catalogue_rows(made)
    assert "（已撤下）" in row
    assert makers.fresh(edition).title not in row


def test_an_edition_of_before_is_not_enclosed_when_the_one_after_it_was_withdrawn(of, archive):
    first = makers.published(of)
    made = batch(of, archive)
    second = publications.revise(
        by=of.clerk, publication=makers.of_edition(first), change_note="更正附表", at=makers.moment(),
    )
    makers.published(of, second)

    def enclosed() -> int:
        with zipfile.ZipFile(io.BytesIO(packing.packed(made))) as bag:
            return sum(name.endswith("正文.html") for name in bag.namelist())

    assert enclosed() == 1, "superseded is not taken down"
    publications.withdraw(
        by=of.head, publication=makers.of_edition(first), kind="secrecy", note="", at=makers.moment(),
    )
    assert enclosed() == 0
    third = publications.revise(
        by=of.clerk, publication=makers.of_edition(first), change_note="删去", at=makers.moment(),
    )
    makers.published(of, third)
    assert enclosed() == 0, "what came afterwards does not bring it back"
