"""What the records say now beside what the report said; the report itself does not move by a byte."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests import factories
from tests.compilations.makers import (
    YEAR,
    entry,
    fresh,
    imported,
    late,
    moment,
    published,
    signed,
    started,
    submitted,
    version,
)

from gongkai.agencies import actions as agencies
from gongkai.applications.models import Application
from gongkai.compilations import actions, assemble, freezing
from gongkai.compilations.differences import SHOWN, carry, differences
from gongkai.compilations.models import Compilation
from gongkai.files.queries import content
from gongkai.statutory_registers import actions as registers

pytestmark = pytest.mark.django_db


def paper(made: Compilation) -> tuple[bytes, object, str, list[object]]:
    """Everything that the public has and the office signed."""
    made = fresh(made)
    signing = made.signings.order_by("number").last()
    return (
        content(made.report.published.file), made.report.published.reading, freezing.digest_of(signing),
        list(made.report.published.cells.order_by("cell").values_list("cell", "value")),
    )


def seen(made: Compilation) -> dict[str, tuple[object, object, list[str], list[str]]]:
    return {d.cell: (d.reported, d.now, d.added, d.removed) for d in differences(fresh(made))}


@pytest.fixture
def made(of) -> Compilation:
    return published(of)


def test_nothing_differs_at_first(made):
    assert differences(made) == []


def test_a_late_registration_shows_in_its_cells_and_their_sums(of, made):
    before = paper(made)
    late(of, "2025-99")
    found = seen(made)
    assert found["t3.new.natural"] == (4 - 1, 4, ["2025-99"], [])
    assert found["t3.granted.natural"][2:] == (["2025-99"], [])
    assert found["t3.new.total"] == (5, 6, ["2025-99"], [])
    assert set(found) == {
        f"t3.{row}.{column}" for row in ("new", "granted", "closed") for column in ("natural", "total")
    }
    assert paper(made) == before


def test_a_case_that_was_reopened_is_carried_out_instead(of, made):
    before = paper(made)
    Application.objects.filter(number="2025-01").update(closed_on=None, answer_kind="", state="assigned")
    found = seen(made)
    assert found["t3.granted.natural"][2:] == ([], ["2025-01"])
    assert found["t3.carried_out.natural"][2:] == (["2025-01"], [])
    assert "t3.new.natural" not in found
    assert paper(made) == before


def test_an_outcome_that_was_corrected_moves_from_row_to_row_with_the_same_total(of, made):
    before = paper(made)
    Application.objects.filter(number="2025-01").update(answer_kind="partial")
    found = seen(made)
    assert found["t3.granted.natural"][2:] == ([], ["2025-01"])
    assert found["t3.partial.natural"][2:] == (["2025-01"], [])
    # The sum is what it was, and so is its list.
    assert "t3.closed.natural" not in found
    assert paper(made) == before


def test_an_applicant_of_another_kind_moves_from_column_to_column(of, made):
    before = paper(made)
    Application.objects.filter(number="2025-02").update(applicant_kind="research")
    found = seen(made)
    assert found["t3.new.business"][2:] == ([], ["2025-02"])
    assert found["t3.new.research"][2:] == (["2025-02"], [])
    assert "t3.new.total" not in found
    assert paper(made) == before


def test_a_record_that_is_gone_is_named(of, made):
    before = paper(made)
    row = Application.objects.get(number="2025-04")
    row.number = "2025-04x"
    Application.objects.filter(pk=row.pk).update(received_on=date(2026, 1, 2), arrived_on=date(2026, 1, 2),
                                                 closed_on=date(2026, 1, 5))
    found = seen(made)
    assert found["t3.new.legal"] == (1, 0, [], ["2025-04"])
    assert paper(made) == before


def test_agencies_that_were_merged_bring_their_records(of, made):
    before = paper(made)
    water = factories.agency("青澜县水利局", of.county)
    imported(water, [("水-1", "2025-05-06", "自然人", "2025-05-20", "予以公开")])
    agencies.abolish(
        by=factories.SYSTEM, agency=water, on=date(2025, 10, 1), successors=[of.bureau], at=moment(),
    )
    assert seen(made)["t3.new.natural"][2:] == (["水-1"], [])
    assert paper(made) == before


def test_an_agency_that_moved_away_takes_its_records_from_the_consolidated_report(db):
    from tests.compilations.makers import office

    of = office(supervised=False)
    made = published(of, agency=of.county, scope="consolidated")
    before = paper(made)
    assert assemble.standing(made)["t3.new.total"].value == 5
    elsewhere = factories.agency("白沙市人民政府", kind="government")
    agencies.move(by=factories.SYSTEM, agency=of.bureau, parent=elsewhere, on=date(2025, 11, 1), at=moment())
    found = seen(made)
    assert found["t3.new.total"][:2] == (5, 0)
    assert found["t3.new.natural"][3] == ["2025-01", "2025-03", "2025-05"]
    assert paper(made) == before


def test_a_move_after_the_year_is_no_difference(db):
    from tests.compilations.makers import office

    of = office(supervised=False)
    made = published(of, agency=of.county, scope="consolidated")
    elsewhere = factories.agency("白沙市人民政府", kind="government")
    agencies.move(by=factories.SYSTEM, agency=of.bureau, parent=elsewhere, on=date(2026, 1, 1), at=moment())
    assert differences(made) == []


def test_an_amount_that_was_mended_shows_without_a_case_that_came_or_went(of):
    row = entry(of.bureau, "fee", date(2025, 6, 3), amount=Decimal("1200"), subject="证照工本费")
    made = published(of)
    before = paper(made)
    type(row).objects.filter(pk=row.pk).update(amount=Decimal("3400"))
    (found,) = differences(made)
    assert (found.cell, found.reported, found.now) == ("t2.fees.amount", Decimal("0.12"), Decimal("0.34"))
    assert (found.added, found.removed, len(found.altered)) == ([], [], 1)
    assert paper(made) == before


def test_an_entry_that_was_cancelled_is_removed(of):
    row = entry(of.bureau, "licence", date(2025, 6, 3))
    made = published(of)
    registers.cancel_entry(by=of.head, entry=row, reason="重复登记", at=moment())
    assert seen(made) == {"t2.licences.decisions": (1, 0, [], [row.number])}


def test_two_cases_that_changed_places_show_though_the_number_is_the_same(of, made):
    Application.objects.filter(number="2025-01").update(answer_kind="not_held")
    Application.objects.filter(number="2025-03").update(answer_kind="granted")
    found = seen(made)
    assert found["t3.granted.natural"][:2] == (2, 2)
    assert found["t3.granted.natural"][2:] == (["2025-03"], ["2025-01"])


def test_many_cases_are_counted_and_some_are_named(of, made):
    imported(of.bureau, [
        (f"晚-{n}", "2025-05-12", "自然人", "2025-05-28", "予以公开") for n in range(SHOWN + 30)
    ], on=date(2026, 2, 3))
    one = next(d for d in differences(made) if d.cell == "t3.new.natural")
    assert (len(one.added), one.more_added) == (SHOWN, 30)
    total = next(d for d in differences(made) if d.cell == "t3.closed.total")
    assert (len(total.added), total.more_added) == (SHOWN, 30)


def test_what_is_being_worked_on_differs_from_nothing(of):
    made = started(of)
    late(of)
    assert differences(made) == []
    made = actions.return_(
        by=of.supervisor, compilation=submitted(of, made), text="请核对", seen=1, at=moment(),
    )
    assert version(made) == 1
    late(of, "2025-98")
    assert differences(fresh(made)) == []


class TestCarry:
    def test_nothing_of_last_year_was_signed(self, of):
        assert carry(started(of)) is None

    def test_every_case_is_in_both(self, of):
        signed(of, year=YEAR - 1)
        found = carry(started(of))
        assert found.agrees
        assert (found.carried_out, found.carried_in) == (1, 1)

    def test_a_case_that_was_registered_late(self, of):
        signed(of, year=YEAR - 1)
        imported(of.bureau, [("2024-55", "2024-12-23", "自然人", "2025-01-15", "予以公开")])
        found = carry(started(of))
        assert (found.found, found.lost, found.moved) == (["2024-55"], [], [])

    def test_a_case_that_was_closed_on_an_earlier_day_after_all(self, of):
        signed(of, year=YEAR - 1)
        Application.objects.filter(number="2024-07").update(closed_on=date(2024, 12, 30))
        found = carry(started(of))
        assert (found.found, found.lost) == ([], ["2024-07"])
        assert (found.carried_out, found.carried_in) == (1, 0)

    def test_a_case_in_another_column(self, of):
        signed(of, year=YEAR - 1)
        Application.objects.filter(number="2024-07").update(applicant_kind="legal")
        assert carry(started(of)).moved == ["2024-07"]

    def test_what_is_signed_is_held_against_what_was_signed(self, of):
        signed(of, year=YEAR - 1)
        made = signed(of)
        imported(of.bureau, [("2024-55", "2024-12-23", "自然人", "2025-01-15", "予以公开")])
        assert carry(fresh(made)).agrees

    def test_cases_of_an_agency_that_was_taken_over(self, of):
        water = factories.agency("青澜县水利局", of.county)
        imported(water, [("水-1", "2024-12-23", "自然人", "2025-01-15", "予以公开")])
        signed(of, year=YEAR - 1)
        signed(of, agency=water, year=YEAR - 1)
        agencies.abolish(
            by=factories.SYSTEM, agency=water, on=date(2025, 10, 1), successors=[of.bureau], at=moment(),
        )
        found = carry(started(of))
        assert found.agrees
        assert found.carried_in == 2

    def test_an_agency_that_went_to_another_government_took_its_open_cases_along(self, db):
        from tests.compilations.makers import office

        of = office(supervised=False)
        elsewhere = factories.agency("白沙市人民政府", kind="government")
        for government in (of.county, elsewhere):
            signed(of, agency=government, scope="consolidated", year=YEAR - 1)
        agencies.move(by=factories.SYSTEM, agency=of.bureau, parent=elsewhere, on=date(2025, 5, 1), at=moment())
        left = carry(started(of, agency=of.county, scope="consolidated"))
        assert (left.lost, left.found, left.came, left.went) == (["2024-07"], [], [], [of.bureau.name])
        took = carry(started(of, agency=elsewhere, scope="consolidated"))
        assert (took.lost, took.found, took.came, took.went) == ([], ["2024-07"], [of.bureau.name], [])
        assert (took.carried_out, took.carried_in) == (0, 1)
