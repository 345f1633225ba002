"""What is frozen at a signing: every record once, the lists of the numbers, a digest that shows every change."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.compilations.makers import (
    Office,
    at_state,
    checked,
    entry,
    fresh,
    imported,
    kept,
    late,
    moment,
    published,
    signed,
    started,
)

from gongkai.compilations import actions, assemble, freezing, guard, probes
from gongkai.compilations.figures import listed
from gongkai.compilations.figures.parts import base_cells
from gongkai.compilations.models import Compilation, Counted, Signing
from gongkai.compilations.reach import reach
from gongkai.compilations.states import FROZEN, State
from gongkai.core.errors import Refused
from gongkai.files.queries import content
from gongkai.ledger.models import Entry
from gongkai.statutory_registers import actions as registers

pytestmark = pytest.mark.django_db


def full(of: Office) -> Compilation:
    """With something in every table."""
    return kept(of, "full", lambda: _full(of))


def _full(of: Office) -> Compilation:
    for day, register in ((6, "licence"), (7, "penalty"), (8, "coercion")):
        entry(of.bureau, register, date(2025, 5, day))
    entry(of.bureau, "fee", date(2025, 6, 3), amount=Decimal("311.97"), subject="证照工本费")
    entry(of.bureau, "fee", date(2025, 7, 3), amount=Decimal("88.03"), subject="证照工本费")
    for number, made in (("青民发〔2024〕1号", date(2024, 3, 1)), ("青民发〔2025〕2号", date(2025, 3, 1))):
        registers.enter_document(
            by=of.head, agency=of.bureau, kind="normative", title="关于救助工作的通知", number=number, made_on=made,
            unpublished_reason="内部管理", at=moment(),
        )
    return started(of)


@pytest.fixture
def made(of) -> Compilation:
    return kept(of, "full and signed", lambda: signed(of, full(of)))


def test_each_list_is_frozen_with_its_number(of, made):
    signing = made.signings.get()
    within = reach(of.bureau, made.year, made.scope)
    frozen: Counter[str] = Counter()
    for row in signing.counted.all():
        frozen.update(row.cells)
        assert "total" not in {cell.split(".")[2] for cell in row.cells}
    for cell in base_cells(made.form):
        lists = listed(within, made.form, cell)
        assert frozen[cell] == lists.length == signing.cells[cell][1], cell
        assert assemble.frozen(signing)[cell].value == lists.value, cell
    assert set(signing.cells) == set(assemble.figures_of(made))
    assert signing.cells["t2.fees.amount"] == ["0.04", 2]
    assert signing.cells["t3.new.total"] == [5, 5]


def test_each_record_is_frozen_once_without_a_person(made):
    rows = made.signings.get().counted.all()
    assert rows.count() == len({(row.source, row.record) for row in rows})
    facts = {key for row in rows if row.source == "application" for key in row.facts}
    assert facts == {"agency", "received_on", "closed_on", "applicant_kind", "answer_kind", "state"}


def test_the_paper_is_kept_as_it_was_signed(made):
    signing = made.signings.get()
    version = signing.version
    assert made.report.current == version
    assert version.file_name.endswith(".docx")
    assert content(version.file)[:2] == b"PK"
    said = assemble.signed_report(signing)
    assert said.title == "青澜县民政局2025年政府信息公开工作年度报告"
    assert (said.signature, said.signed_on) == ("青澜县民政局", date(2026, 1, 6))
    frozen = assemble.frozen(signing)
    assert {cell: c.value for cell, c in said.cells.items()} == {cell: f.value for cell, f in frozen.items()}
    assert version.cells.get(cell="t3.new.total").value == 5
    assert set(signing.prose) >= {"1.1", "5.0"}


def test_the_numbers_of_a_signed_report_do_not_move(of, made):
    before = assemble.standing(made)
    bytes_ = content(made.report.current.file)
    late(of)
    assert assemble.standing(fresh(made)) == before
    assert assemble.report_of(fresh(made)).value("t3.new.total") == 5
    assert assemble.figures_of(made)["t3.new.total"].value == 6
    assert content(fresh(made).report.current.file) == bytes_


@pytest.mark.parametrize("state", sorted(FROZEN))
def test_the_words_and_numbers_of_the_page_are_those_of_the_paper(of, state):
    made = at_state(of, state)
    said = assemble.report_of(made)
    late(of)
    made = fresh(made)
    again = assemble.report_of(made, figures=assemble.standing(made))
    assert again.sections == said.sections
    assert {c: v.value for c, v in again.cells.items()} == {c: v.value for c, v in said.cells.items()}


def test_a_signature_that_is_taken_back_leaves_its_lists(of, made):
    first = made.signings.get()
    made = actions.take_back(by=of.signatory, compilation=made, at=moment())
    late(of)
    assert assemble.standing(made)["t3.new.total"].value == 6
    made = signed(of, made)
    assert made.signings.count() == 2
    assert first.counted.count() == first.cells["t3.new.total"][0] + 1 + 7
    assert made.report.current.number == 2
    assert assemble.standing(made)["t3.new.total"].value == 6


def test_records_that_move_while_a_report_is_signed_refuse_it(of, monkeypatch):
    """What another session commits between the reading of the numbers and of the lists."""
    made = full(of)
    real = freezing.rows

    def moving(compilation):
        late(of)
        return real(compilation)

    monkeypatch.setattr(freezing, "rows", moving)
    with pytest.raises(Refused) as refused, transaction.atomic():
        signed(of, made)
    assert refused.value.code == "records-moving"
    assert refused.value.values["count"] == 2  # 本年新收, 予以公开
    assert not Signing.objects.exists()
    assert not Counted.objects.exists()
    assert fresh(made).report is None


def test_the_ledger_holds_the_digest(made):
    signing = made.signings.get()
    assert len(signing.digest) == 64
    said = Entry.objects.get(kind="compilations.signed", subject_id=str(made.pk))
    assert signing.digest in said.payload
    assert freezing.digest_of(signing) == signing.digest
    assert "校验值" in said.sentence


def test_doctor_is_content_with_what_was_signed(of):
    published(of, full(of))
    assert probes.signings().well
    assert probes.triggers().well


def _within(table: str, column: str, old: str, new: str) -> str:
    """A statement that alters the text inside a JSON column."""
    cast, back = ("::text", "::jsonb") if connection.vendor == "postgresql" else ("", "")
    return (
        f"UPDATE {table} SET {column} = replace({column}{cast}, '{old}', '{new}'){back}"
        f" WHERE {column}{cast} LIKE '%{old}%'"
    )


SIGNING, COUNTED = "compilations_signing", "compilations_counted"
PLANTED = {
    "a number": lambda: _within(SIGNING, "cells", "[5, 5]", "[4, 5]"),
    "a text": lambda: _within(SIGNING, "prose", "1.1", "1.9"),
    "a reason": lambda: f"UPDATE {SIGNING} SET reason = 'x'",
    "a day": lambda: f"UPDATE {SIGNING} SET signed_on = '2026-01-05'",
    "a label": lambda: f"UPDATE {COUNTED} SET label = '2025-77' WHERE label = '2025-02'",
    "a fact": lambda: _within(COUNTED, "facts", "2025-03-04", "2025-03-05"),
    "a cell": lambda: _within(COUNTED, "cells", "carried_out", "granted"),
    "a row less": lambda: f"DELETE FROM {COUNTED} WHERE label = '2025-02'",
    "the digest": lambda: f"UPDATE {SIGNING} SET digest = '{'0' * 64}'",
}


@pytest.mark.parametrize("what", PLANTED)
def test_doctor_names_the_report_that_was_tampered_with(of, what):
    made = signed(of, full(of))
    guard.lift(connection)
    with connection.cursor() as cursor:
        cursor.execute(PLANTED[what]().replace("%", "%%"), [])
        assert cursor.rowcount > 0
    guard.lay(connection)
    probe = probes.signings()
    assert not probe.well
    assert str(made) in probe.sentence
    assert "第 1 次签发" in probe.sentence


def test_doctor_misses_a_signing_that_was_removed(of):
    made = signed(of)
    guard.lift(connection)
    Counted.objects.all().delete()
    Signing.objects.all().delete()
    guard.lay(connection)
    probe = probes.signings()
    assert not probe.well
    assert f"第 {made.pk} 号编制" in probe.sentence


def test_doctor_sees_a_digest_that_was_computed_anew(of):
    """Somebody who knows how altered the rows and the digest: the ledger still has the old one."""
    made = signed(of)
    guard.lift(connection)
    Counted.objects.filter(label="2025-02").delete()
    signing = made.signings.get()
    Signing.objects.filter(pk=signing.pk).update(digest=freezing.digest_of(signing))
    guard.lay(connection)
    probe = probes.signings()
    assert not probe.well
    assert "台账" in probe.sentence


def test_doctor_sees_a_trigger_that_was_lifted(of):
    with connection.cursor() as cursor:
        on = " ON compilations_counted" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER compilations_guard_list_stays{on}")
    assert not probes.triggers().well
    guard.lay(connection)
    assert probes.triggers().well


def _raw(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


PAST = {
    "signing_stands": "UPDATE compilations_signing SET reason = 'x'",
    "signing_stays": "DELETE FROM compilations_signing",
    "list_stands": "UPDATE compilations_counted SET label = 'x'",
    "list_stays": "DELETE FROM compilations_counted",
    "list_is_whole": "INSERT INTO compilations_counted (signing_id, source, record, label, cells, facts)"
                     " SELECT id, 'application', 999999, 'x', '[]', '{}' FROM compilations_signing",
}


@pytest.mark.parametrize("rule", PAST)
def test_the_database_refuses_each_by_itself(of, rule):
    signed(of)
    guard.lift(connection)
    with connection.cursor() as cursor:
        for one in guard.RULES:
            if one.name == rule:
                for statement in guard.GUARD.statements(one, connection.vendor):
                    cursor.execute(statement)
    with pytest.raises(IntegrityError, match=r"signed|counted"):
        _raw(PAST[rule])
    guard.lay(connection)


@pytest.mark.parametrize("table", ["compilations_signing", "compilations_counted"])
def test_a_row_is_not_replaced(of, table):
    signed(of)
    if connection.vendor == "postgresql":
        verb = f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT (id) DO UPDATE SET id = excluded.id"
    else:
        verb = f"REPLACE INTO {table} SELECT * FROM {table}"
    with pytest.raises(IntegrityError, match=r"not replaced|nothing is added"):
        _raw(verb)
    assert probes.signings().well


def test_the_orm_is_refused_as_well(of):
    signing = signed(of).signings.get()
    row = signing.counted.first()
    for act in (
        lambda: Signing.objects.update(reason="x"), lambda: Counted.objects.update(label="x"), row.delete,
        lambda: Counted.objects.bulk_create([Counted(signing=signing, source="hand", record=1, label="x")]),
        lambda: Counted.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    assert probes.signings().well


def test_a_signing_freezes_in_a_bounded_number_of_queries(of):
    """Ten times the records take one batch more, not ten times the queries."""
    few = checked_with(of, 40, "甲")
    with CaptureQueriesContext(connection) as small:
        actions.sign(by=of.signatory, compilation=few, on=date(2026, 1, 6), at=moment())
    actions.take_back(by=of.signatory, compilation=few, at=moment())
    many = checked_with(of, 400, "乙")
    with CaptureQueriesContext(connection) as large:
        actions.sign(by=of.signatory, compilation=many, on=date(2026, 1, 6), at=moment())
    assert Counted.objects.filter(signing__number=2).count() >= 446
    # SQLite takes fewer rows in one statement than a batch has.
    assert len(large) <= len(small) + 6


def checked_with(of: Office, count: int, mark: str) -> Compilation:
    imported(of.bureau, [
        (f"{mark}-{n}", f"2025-{n % 12 + 1:02d}-0{n % 9 + 1}", "自然人", "2025-12-30", "予以公开") for n in range(count)
    ])
    return checked(of, fresh(started(of)))


def test_state_and_lists_agree(of):
    assert fresh(at_state(of, State.RETURNED)).signings.count() == 1
