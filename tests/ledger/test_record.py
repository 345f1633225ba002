"""The ledger: appended, chained, refused to change, and honest about tampering."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.accounts.actor import machine
from gongkai.ledger import guard
from gongkai.ledger.actions import record
from gongkai.ledger.events import Event, kind, retell
from gongkai.ledger.models import Entry
from gongkai.ledger.queries import anchors, faults, note_anchor, timeline

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@kind
@dataclass(frozen=True)
class Noted(Event):
    kind: ClassVar[str] = "test.noted"
    subject_kind: ClassVar[str] = "note"
    words: str

    def sentence(self) -> str:
        return f"记下“{self.words}”"


@pytest.fixture
def chain(db: None) -> list[Entry]:
    return [record(Noted(f"第{n}条"), by=machine("测试"), at=AT, subject_id=n % 2) for n in range(1, 6)]


def test_a_timeline_tells_what_happened_in_order(chain: list[Entry]) -> None:
    assert [entry.sentence for entry in timeline("note", 1)] == ["记下“第1条”", "记下“第3条”", "记下“第5条”"]


@pytest.mark.parametrize(("kind_", "payload", "told"), [
    ("test.noted", '{"words":"甲"}', "记下“甲”"),
    ("test.noted", '{"words":"甲","later":1}', "记下“甲”"),
    ("test.noted", "{}", "（另一版本记录的事件 test.noted）"),
    ("test.nothing", '{"words":"甲"}', "（另一版本记录的事件 test.nothing）"),
])
def test_what_another_version_recorded_is_told_and_never_fails(kind_: str, payload: str, told: str) -> None:
    assert retell(kind_, payload) == told


def test_a_clean_chain_has_no_faults(chain: list[Entry]) -> None:
    assert faults() == []
    assert chain[1].previous == chain[0].digest


def test_an_event_needs_a_time_zone(db: None) -> None:
    with pytest.raises(ValueError, match="zone"):
        record(Noted("x"), by=machine("测试"), at=datetime(2026, 3, 2))  # noqa: DTZ001


@pytest.mark.django_db(transaction=True)
def test_an_event_needs_the_transaction_of_its_action() -> None:
    with pytest.raises(RuntimeError):
        record(Noted("x"), by=machine("测试"), at=AT)


@pytest.mark.parametrize("change", [
    lambda: Entry.objects.filter(sequence=2).update(payload="{}"),
    lambda: Entry.objects.filter(sequence=2).delete(),
])
def test_the_database_refuses_change(chain: list[Entry], change: object) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change()  # type: ignore[operator]
    assert faults() == []


@pytest.mark.parametrize(("tamper", "code", "sequence"), [
    ("UPDATE ledger_entry SET payload = '{\"words\":\"别的\"}' WHERE sequence = 3", "altered", 3),
    ("UPDATE ledger_entry SET actor_name = '别人' WHERE sequence = 2", "altered", 2),
    ("UPDATE ledger_entry SET at = '2020-01-01T00:00:00+00:00' WHERE sequence = 1", "altered", 1),
    ("DELETE FROM ledger_entry WHERE sequence = 3", "missing", 3),
    ("UPDATE ledger_entry SET sequence = 99 WHERE sequence = 2;"
     "UPDATE ledger_entry SET sequence = 2 WHERE sequence = 3;"
     "UPDATE ledger_entry SET sequence = 3 WHERE sequence = 99", "altered", 2),
])
def test_planted_tampering_is_found(chain: list[Entry], tamper: str, code: str, sequence: int) -> None:
    guard.lift(connection)
    with connection.cursor() as cursor:
        for statement in tamper.split(";"):
            cursor.execute(statement)
    guard.lay(connection)
    assert (code, sequence) in {(fault.code, fault.sequence) for fault in faults()}


def test_a_cut_tail_is_found_by_an_anchor(chain: list[Entry]) -> None:
    note_anchor()
    guard.lift(connection)
    Entry.objects.filter(sequence__gt=3).delete()
    guard.lay(connection)
    assert faults() == []  # the chain alone cannot show it
    assert [fault.code for fault in faults(anchors())] == ["truncated"]


def test_a_chain_computed_anew_is_found_by_an_anchor(chain: list[Entry]) -> None:
    note_anchor()
    guard.lift(connection)
    Entry.objects.all().delete()
    guard.lay(connection)
    for n in range(5):
        record(Noted(f"伪造{n}"), by=machine("测试"), at=AT)
    assert faults() == []
    assert [fault.sequence for fault in faults(anchors())] == [5]
