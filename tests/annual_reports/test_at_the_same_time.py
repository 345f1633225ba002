"""Two people, one item: exactly one decision. Each test also runs with a fault planted, which it must catch."""

from __future__ import annotations

import threading
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from tests.factories import AT, SYSTEM, actor, agency, file_of, uploaded

from gongkai.annual_reports import actions
from gongkai.annual_reports.actions import filing, intake
from gongkai.annual_reports.models import AnnualReport, ReportVersion, Scope, UploadBatch, UploadItem
from gongkai.annual_reports.states import ItemState
from gongkai.core.errors import Refused
from gongkai.core.report.samples import sample
from gongkai.files.models import StoredFile
from gongkai.ledger.queries import faults

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Run the calls in threads that start together; what each returned or raised."""
    barrier, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(n: int, call: Callable[[], object]) -> None:
        barrier.wait()
        try:
            answers[n] = call()
        except Exception as error:
            answers[n] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n, call)) for n, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.fixture
def office():
    where = agency("青澜县民政局")
    return where, actor(where, username="甲"), actor(where, username="乙")


@pytest.fixture
def read_item(office):
    where, one, _ = office
    batch = uploaded(one, where, ("年报.json", file_of(sample(1, agency=where.name, year=2023))))
    return UploadItem.objects.select_related("batch__agency").get(batch=batch, state=ItemState.READ)


def decide(office, item):
    where, *people = office
    return at_once(*(
        lambda by=by, year=year: actions.confirm(
            by=by, item=item, agency=where, year=year, scope=Scope.OWN, at=AT)
        for by, year in zip(people, (2022, 2023), strict=True)
    ))


def test_two_people_confirm_differently_and_one_is_refused(office, read_item):
    answers = decide(office, read_item)
    assert sum(isinstance(a, ReportVersion) for a in answers) == 1
    assert sum(isinstance(a, Refused) for a in answers) == 1
    assert ReportVersion.objects.count() == AnnualReport.objects.count() == 1
    assert faults() == []


def test_the_test_above_catches_a_table_that_is_not_asked(office, read_item, monkeypatch):
    monkeypatch.setattr(filing, "next_item", lambda state, act: ItemState.CONFIRMED)
    monkeypatch.setattr(filing, "_same_decision", lambda *_: None)
    decide(office, read_item)
    assert ReportVersion.objects.count() == 2


def test_two_people_confirm_alike_and_it_is_one_version(office, read_item):
    where, *people = office
    answers = at_once(*(
        lambda by=by: actions.confirm(by=by, item=read_item, agency=where, year=2023, scope=Scope.OWN, at=AT)
        for by in people
    ))
    assert [type(a) for a in answers] == [ReportVersion, ReportVersion]
    assert ReportVersion.objects.count() == 1


def test_a_form_sent_twice_at_once_is_one_batch(office):
    where, one, _ = office
    token, data = uuid4(), file_of(sample(1, agency=where.name, year=2023))
    send = lambda: actions.upload(  # noqa: E731
        by=one, agency=where, files=[actions.Incoming("年报.json", [data])], at=AT, token=token)
    answers = at_once(send, send)
    assert [type(a) for a in answers] == [UploadBatch, UploadBatch]
    assert UploadItem.objects.count() == 1


def test_the_test_above_catches_a_token_that_is_not_asked_again(office, monkeypatch):
    """Without the second look under the lock, one of the two senders gets a database error instead of the batch."""
    where, one, _ = office
    token, data = uuid4(), file_of(sample(1, agency=where.name, year=2023))
    barrier = threading.Barrier(2)

    def blind(token):
        barrier.wait(5)

    monkeypatch.setattr(intake, "_sent", blind)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "_sent_meanwhile", lambda token: None)
        send = lambda: actions.upload(  # noqa: E731
            by=one, agency=where, files=[actions.Incoming("年报.json", [data])], at=AT, token=token)
        answers = at_once(send, send)
    assert sum(isinstance(a, Exception) for a in answers) == 1


def send_the_same_file(where, *people):
    data = file_of(sample(1, agency=where.name, year=2023))
    answers = at_once(*(
        lambda by=by: actions.upload(by=by, agency=where, files=[actions.Incoming("年报.json", [data])], at=AT)
        for by in people
    ))
    return answers, sorted(UploadItem.objects.values_list("state", flat=True))


def test_two_people_send_the_same_file_and_it_is_recognised(office):
    answers, states = send_the_same_file(*office)
    assert [type(a) for a in answers] == [UploadBatch, UploadBatch]
    assert states == [ItemState.DUPLICATE, ItemState.READ]
    assert StoredFile.objects.count() == 1
    assert faults() == []


def test_the_test_above_catches_a_house_that_does_not_look(office, monkeypatch):
    monkeypatch.setattr(intake, "_same_content", lambda *_: None)
    assert send_the_same_file(*office)[1] == [ItemState.READ, ItemState.READ]


def test_two_workers_read_one_item_once(office, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    where, one, _ = office
    batch = uploaded(one, where, ("年报.json", file_of(sample(1, agency=where.name, year=2023))))
    item = batch.items.get()
    at_once(*[lambda: actions.read(item_id=item.pk, at=AT)] * 3)
    item.refresh_from_db()
    assert (item.state, item.attempts) == (ItemState.READ, 1)


def test_many_writers_leave_one_chain(office):
    from gongkai.agencies import actions as tree

    answers = at_once(*(
        lambda n=n: tree.add(by=SYSTEM, name=f"青澜县第{n}局", at=AT) for n in range(8)
    ))
    assert not [a for a in answers if isinstance(a, Exception)]
    assert faults() == []
