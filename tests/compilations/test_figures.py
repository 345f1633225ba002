"""An unseen register, compiled: every cell equals a count by hand, and its list is what it counts."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import factories
from tests.compilations.recount import HOW, WHO, as_csv, recount, register, sums

from gongkai.applications import registering
from gongkai.applications.actions.sheets import take_over
from gongkai.applications.models import Application
from gongkai.compilations.figures import compute, listed
from gongkai.compilations.figures.parts import base_cells, parts
from gongkai.compilations.figures.records import counted
from gongkai.compilations.models import Source
from gongkai.compilations.reach import own
from gongkai.core.law.answers import ANSWERS
from gongkai.core.report.checks import check
from gongkai.core.report.forms import FORM_IDS, form
from gongkai.core.report.model import Cell, Report, Severity, Status
from gongkai.disputes.models import Proceeding
from gongkai.statutory_registers.models import Document, Entry, PowerItem
from gongkai.statutory_registers.registers import DocumentKind, Register

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
TODAY = date(2026, 7, 1)
YEARS = (2018, 2019, 2021, 2022, 2024, 2025, 2026)
PRACTICE = settings(
    max_examples=5, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck),
)


def imported(rows, name="青澜县民政局"):
    agency = factories.agency(f"{name}{factories.Agency.objects.count()}")
    looked = registering.look(agency, as_csv(rows), "台账.csv", today=TODAY)
    assert looked.refused == ()
    take_over(by=factories.SYSTEM, looked=looked, at=AT)
    return agency


def numbers(listing):
    if listing.source == Source.DISPUTE:
        return sorted(listing.records.values_list("dispute__application__number", flat=True))
    return sorted(listing.records.values_list("number", flat=True))


def test_the_recount_knows_every_answer_and_every_row():
    assert {ANSWERS[key].row for key in ANSWERS} == set(HOW.values())
    assert set(HOW.values()) | {"new", "carried_in", "closed", "carried_out"} == {
        row.key for row in form("2021").t3_rows}
    assert [*WHO.values(), "total"] == [column.key for column in form("2021").t3_columns]


@PRACTICE
@given(seed=st.integers(0, 2**32), count=st.integers(1, 90))
def test_every_cell_of_an_unseen_register_is_what_a_person_counts(seed, count):
    rows = register(seed, count)
    agency = imported(rows)
    for year in YEARS:
        for form_id in FORM_IDS:
            expected = sums(recount(rows, year, form_id), form_id)
            cells = compute(own(agency, year), form_id)
            assert list(cells) == list(form(form_id).cells)
            for cell, figure in cells.items():
                by_hand = expected.get(cell, [])
                assert figure.value == figure.records == len(by_hand), (seed, year, cell)


@PRACTICE
@given(seed=st.integers(0, 2**32))
def test_every_list_holds_exactly_the_records_that_a_person_finds(seed):
    rows = register(seed, 40, first_year=2022)
    agency = imported(rows)
    for year, form_id in ((2022, "2019"), (2023, "2021"), (2025, "2021")):
        expected = sums(recount(rows, year, form_id), form_id)
        within = own(agency, year)
        for cell, figure in compute(within, form_id).items():
            found = listed(within, form_id, cell)
            assert found.length == found.value == figure.value, cell
            if not cell.startswith("t2."):
                assert numbers(found) == sorted(expected.get(cell, [])), (seed, year, cell)


@PRACTICE
@given(seed=st.integers(0, 2**32))
def test_one_record_stands_in_one_row_and_column_and_the_sums_hold(seed):
    agency = imported(register(seed, 60))
    for year in (2019, 2021, 2024, 2026):
        for form_id in FORM_IDS:
            within = own(agency, year)
            cells = compute(within, form_id)
            identities = [i for i in form(form_id).identities if i.rule in {"C1", "C2", "C3", "C4"}]
            assert len(identities) > 30
            for identity in identities:
                left, right = (sum(cells[c].value for c in side) for side in (identity.left, identity.right))
                assert left == right, (seed, year, identity.rule, identity.subject)
            stands = {(r.source, r.key): r for r in counted(within, form_id)}
            for cell in base_cells(form_id):
                assert sum(cell in r.cells for r in stands.values()) == cells[cell].records, (seed, cell)
            for record in stands.values():
                rows = [cell.split(".")[1] for cell in record.cells]
                if record.source == Source.APPLICATION:
                    came = [row for row in rows if row in {"new", "carried_in"}]
                    went = [row for row in rows if row not in {"new", "carried_in"}]
                    assert len(came) == len(went) == 1
                    assert len({cell.split(".")[2] for cell in record.cells}) == 1
                else:
                    assert len(record.cells) == 1


@PRACTICE
@given(seed=st.integers(0, 2**32))
def test_what_a_year_carries_out_the_next_carries_in_case_by_case(seed):
    agency = imported(register(seed, 60, first_year=2021))
    columns = [column.key for column in form("2021").t3_columns]
    for year in range(2020, 2027):
        for column in columns:
            out = listed(own(agency, year), "2021", f"t3.carried_out.{column}").records
            came = listed(own(agency, year + 1), "2021", f"t3.carried_in.{column}").records
            assert set(out.values_list("pk", flat=True)) == set(came.values_list("pk", flat=True)), (seed, year)


@PRACTICE
@given(seed=st.integers(0, 2**32), year=st.integers(2019, 2026))
def test_what_is_compiled_breaks_no_rule_of_the_tables(seed, year):
    agency = imported(register(seed, 50))
    form_id = "2019" if year <= 2020 else "2021"
    cells = compute(own(agency, year), form_id)
    report = Report(form=form_id, forms={"t2": form_id, "t3": form_id}, year=year, cells={
        cell: Cell(cell, Status.VALUE, figure.value, None, form(form_id).cells[cell].unit)
        for cell, figure in cells.items()
    })
    tables = {"C1", "C2", "C3", "C4", "C9", "C10", "C13"}
    broken = [f for f in check(report) if f.rule in tables and f.severity is Severity.ERROR]
    assert broken == []


def test_the_test_above_catches_a_count_that_is_wrong(monkeypatch):
    from gongkai.applications import figures

    rows = register(7, 60)
    agency = imported(rows)
    # The first of January belongs to the year: rows on that day are what the register is made to hold.
    monkeypatch.setattr(figures, "_span", lambda year: (date(year, 1, 2), date(year, 12, 31)))
    assert any(
        compute(own(agency, year), "2021")["t3.new.total"].value
        != len(sums(recount(rows, year, "2021"), "2021")["t3.new.total"]) for year in YEARS
    )


def test_a_case_without_a_kind_of_applicant_is_counted_nowhere():
    agency = imported([row | {"申请人类型": ""} for row in register(3, 10)])
    assert Application.objects.filter(agency=agency).count() == 10
    for year in YEARS:
        assert not any(f.value for cell, f in compute(own(agency, year), "2021").items() if cell.startswith("t3."))


def test_an_answer_that_the_forms_do_not_know_breaks_no_sum():
    agency = imported(register(5, 40))
    row = Application.objects.filter(agency=agency, closed_on__isnull=False).exclude(applicant_kind="").first()
    assert row is not None
    assert row.closed_on is not None
    within = own(agency, row.closed_on.year)
    before = compute(within, "2021")
    Application.objects.filter(pk=row.pk).update(answer_kind="of-an-older-version")
    after = compute(within, "2021")
    assert after["t3.closed.total"].value == before["t3.closed.total"].value - 1
    for identity in form("2021").identities:
        if identity.table == "t3":
            assert sum(after[c].value for c in identity.left) == sum(after[c].value for c in identity.right)
    for cell in ("t3.closed.total", f"t3.closed.{row.applicant_kind}", "t3.new.total", "t3.carried_in.total"):
        assert listed(within, "2021", cell).length == after[cell].value


def test_a_sum_is_made_of_cells_that_are_none():
    for form_id in FORM_IDS:
        cells = form(form_id).cells
        for cell in cells:
            assert set(parts(form_id, cell)) <= set(base_cells(form_id))
        assert len(parts(form_id, "t3.closed.total")) == 6 * (len(form(form_id).t3_rows) - 4)
        assert parts(form_id, "t4.direct.pending") == ("t4.direct.pending",)
    with pytest.raises(KeyError):
        parts("2021", "t3.other.natural")


def test_numbers_typed_in_stand_in_the_place_of_records():
    agency = imported(register(11, 40))
    within = own(agency, 2023)
    records = compute(within, "2021")
    typed = compute(within, "2021", {
        "t2.fees.amount": 12, "t3.new.natural": 5, "t3.granted.natural": 3, "t3.carried_out.natural": 2,
        "t3.other.natural": 9, "t3.closed.total": 77,
    })
    assert typed["t2.fees.amount"].value == 12
    assert (typed["t3.new.total"].value, typed["t3.closed.total"].value) == (5, 3), "sums are made of their parts"
    assert typed["t3.new.business"].value == 0
    assert {f.source for c, f in typed.items() if c.startswith("t3.")} == {Source.HAND}
    assert {c: f for c, f in typed.items() if c.startswith("t4.")} == {
        c: f for c, f in records.items() if c.startswith("t4.")}
    alien = compute(within, "2021", {"t3.other.natural": 9})
    assert alien == records, "a number of another form replaces nothing"


@pytest.mark.parametrize("form_id", ["mixed", "", "2008"])
def test_a_form_that_there_is_not_is_an_error(form_id):
    with pytest.raises(KeyError):
        compute(own(factories.agency(), 2024), form_id)


def test_an_empty_office_has_every_cell_and_all_are_zero():
    agency = factories.agency()
    for year in (2008, 2019, 2021, 2100):
        for form_id in FORM_IDS:
            cells = compute(own(agency, year), form_id)
            assert {f.value for f in cells.values()} == {0}
            assert list(cells) == list(form(form_id).cells)


def test_the_number_of_queries_does_not_grow_with_the_register(django_assert_max_num_queries):
    small, large = imported(register(1, 3)), imported(register(2, 90))
    for agency in (small, large):
        with django_assert_max_num_queries(11):
            compute(own(agency, 2024), "2021")
        with django_assert_max_num_queries(14):
            compute(own(agency, 2024), "2019")
    assert Proceeding.objects.filter(dispute__agency=large).exists()


def enter_registers(agency, dice, count):
    """Documents, decisions, charges and items of several years, as bulk rows that the constraints allow."""
    for n in range(count):
        made = dice.choice([date(dice.randrange(2018, 2026), 1, 1), date(dice.randrange(2018, 2026), 12, 31)])
        ended = dice.choice([None, made, date(2025, 12, 31)])
        Document.objects.create(
            agency=agency, kind=dice.choice(list(DocumentKind)), title=f"办法{n}", made_on=made,
            number=dice.choice(["", f"青规{agency.pk}-{n}", f"联合{n % 5}-{n}"]),
            ending=dice.choice(["repealed", "lapsed"]) if ended else "", ended_on=ended,
            expires_on=dice.choice([None, date(2024, 12, 31), date(2026, 1, 1)]),
            disclosed_on=dice.choice([None, made, date(2024, 1, 1)]), added_at=AT,
        )
        register = dice.choice(list(Register))
        Entry.objects.create(
            agency=agency, register=register, on=made, subject=f"事项{n}",
            amount=Decimal(dice.randrange(10**7)) / 100 if register in {"fee", "procurement"} else None,
            cancelled_on=dice.choice([None, None, made]), cancelled_reason="误登", added_at=AT,
        )
        gone = dice.choice([None, made, date(2024, 12, 31), date(2025, 1, 1)])
        PowerItem.objects.create(
            agency=agency, register=dice.choice([r for r in Register if r != "procurement"]), name=f"权力{n}",
            from_on=made, to_on=None if gone is None else max(gone, made),
        )


@PRACTICE
@given(seed=st.integers(0, 2**32))
def test_the_registers_are_counted_as_a_person_counts_them(seed):
    agency = factories.agency(f"青澜县水利局{factories.Agency.objects.count()}")
    enter_registers(agency, random.Random(seed), 25)
    documents, entries = list(Document.objects.filter(agency=agency)), list(Entry.objects.filter(agency=agency))
    items = list(PowerItem.objects.filter(agency=agency))
    for year in (2018, 2020, 2024, 2025):
        cells_19, cells_21 = compute(own(agency, year), "2019"), compute(own(agency, year), "2021")
        for row, kind in (("regulations", "regulation"), ("normative", "normative")):
            of = [d for d in documents if d.kind == kind]
            last = f"{year}-12-31"
            made = sum(d.made_on.year == year for d in of)
            assert cells_19[f"t2.{row}.made"].value == cells_21[f"t2.{row}.made"].value == made
            assert cells_21[f"t2.{row}.repealed"].value == sum(
                d.ending == "repealed" and d.ended_on.year == year for d in of)
            assert cells_21[f"t2.{row}.in_force"].value == sum(
                str(d.made_on) <= last and (d.ended_on is None or str(d.ended_on) > last)
                and (d.expires_on is None or str(d.expires_on) > last) for d in of)
            assert cells_19[f"t2.{row}.disclosed"].value == sum(
                d.disclosed_on is not None and d.disclosed_on.year == year for d in of)
            assert cells_19[f"t2.{row}.total"].value == sum(
                d.disclosed_on is not None and d.disclosed_on.year <= year for d in of)
        live = [e for e in entries if e.cancelled_on is None and e.on.year == year]
        for row, key in (("licences", "licence"), ("penalties", "penalty"), ("coercion", "coercion")):
            n = sum(e.register == key for e in live)
            assert cells_19[f"t2.{row}.decisions"].value == cells_21[f"t2.{row}.decisions"].value == n
        assert cells_19["t2.services.decisions"].value == sum(e.register == "service" for e in live)
        assert cells_19["t2.procurement.items"].value == sum(e.register == "procurement" for e in live)
        assert cells_19["t2.procurement.amount"].value == sum(
            (e.amount for e in live if e.register == "procurement"), Decimal(0))
        assert cells_21["t2.fees.amount"].value * 10_000 == sum(
            (e.amount for e in live if e.register == "fee"), Decimal(0))
        for row, key in (("licences", "licence"), ("services", "service"), ("penalties", "penalty"),
                              ("coercion", "coercion"), ("fees", "fee")):
            of = [i for i in items if i.register == key]
            there = sum(i.from_on.year < year and (i.to_on is None or i.to_on.year >= year) for i in of)
            change = sum(i.from_on.year == year for i in of) - sum(
                i.to_on is not None and i.to_on.year == year for i in of)
            assert (cells_19[f"t2.{row}.items"].value, cells_19[f"t2.{row}.change"].value) == (there, change)
            following = compute(own(agency, year + 1), "2019")[f"t2.{row}.items"].value
            assert following == there + change, "C7 holds by construction"
        for form_id, cells in (("2019", cells_19), ("2021", cells_21)):
            within = own(agency, year)
            stands = list(counted(within, form_id))
            for cell, figure in cells.items():
                if not cell.startswith("t2.") and year != 2024:  # nobody applied here: once is enough to see no list
                    assert figure.value == figure.records == 0
                    continue
                found = listed(within, form_id, cell)
                assert (found.value, found.length) == (figure.value, figure.records), cell
                if cell.startswith("t2."):
                    of = [r for r in stands if cell in r.cells]
                    assert {r.key for r in of} == {
                        key for rows in (found.records, found.minus) if rows is not None
                        for key in rows.values_list("pk", flat=True)}, cell
