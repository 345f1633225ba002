"""What table 四 counts, held against a recount by hand over random histories of cases."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain as joined

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import factories
from tests.disputes import makers

from gongkai.disputes import actions, figures
from gongkai.disputes.models import Dispute, Proceeding
from gongkai.disputes.states import Result, State, Track

YEARS = range(2021, 2026)
FIRST, LAST = date(2021, 1, 1), date(2025, 12, 31)
PATIENT = settings(
    deadline=None, max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@st.composite
def histories(draw):
    """Cases as tuples: track, cancelled, and a chain of proceedings (received, decided, result), the last of which
    may be undecided."""
    cases = []
    for _ in range(draw(st.integers(0, 6))):
        track = draw(st.sampled_from(list(Track)))
        on, chain = FIRST + timedelta(days=draw(st.integers(0, 1700))), []
        for _step in range(1 if track is Track.RECONSIDERATION else draw(st.integers(1, 3))):
            decided = on + timedelta(days=draw(st.integers(0, 500)))
            pending = draw(st.booleans()) and draw(st.booleans())
            chain.append((on, None if pending else decided, None if pending else draw(st.sampled_from(list(Result)))))
            if pending:
                break
            on = decided + timedelta(days=draw(st.integers(0, 400)))
        cases.append((track, draw(st.integers(0, 9)) == 0, chain))
    return cases


def put(agency, cases):
    """The histories as rows: what the actions' own rules allow, without their events."""
    numbered = []
    for number, (track, cancelled, chain) in enumerate(cases, 1):
        case = Dispute.objects.create(
            agency=agency, number=f"{number}", track=track, subject="某事", registered_at=factories.AT,
            state=State.CANCELLED if cancelled else State.RECEIVED if chain[-1][1] is None else State.DECIDED,
        )
        for position, (received, decided, result) in enumerate(chain, 1):
            Proceeding.objects.create(
                dispute=case, position=position, received_on=received, decided_on=decided, result=result or "",
                stage="reconsideration" if track is Track.RECONSIDERATION else "first",
            )
        numbered.append((case.pk, track, cancelled, chain))
    return numbered


def recount(numbered, year, per_instance):
    """(track, column) → cases, walked through one by one."""
    last, found = date(year, 12, 31), {}
    for key, track, cancelled, chain in numbered:
        reached = [] if cancelled else [one for one in chain if one[0] <= last]
        for _received, decided, result in reached if per_instance else reached[-1:]:
            if decided is None or decided > last:
                column = "pending"
            elif decided.year == year:
                column = result.value
            else:
                continue
            found.setdefault((track.value, column), []).append(key)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("per_instance", [False, True])
@PATIENT
@given(cases=histories())
def test_every_year_is_what_a_recount_gives(per_instance, cases, settings):
    settings.GONGKAI_DISPUTES_PER_INSTANCE = per_instance
    Proceeding.objects.all().delete()
    Dispute.objects.all().delete()
    agency = _agency()
    numbered, scope = put(agency, cases), Proceeding.objects.filter(dispute__agency=agency)
    for year in YEARS:
        expected = recount(numbered, year, per_instance)
        counted = figures.table_four(scope, year)
        assert {key: value for key, value in counted.items() if value} == {
            key: len(value) for key, value in expected.items()
        }
        for track in Track:
            lists = {
                column: list(figures.cell(scope, year, track, column).values_list("dispute", flat=True))
                for column in figures.RESULTS
            }
            for column, keys in lists.items():
                assert sorted(keys) == sorted(expected.get((track.value, column), []))
            whole = figures.proceedings(scope, year, track).filter(figures.counts_in(year))
            union = sorted(joined.from_iterable(lists.values()))
            assert sorted(whole.values_list("dispute", flat=True)) == union
            if not per_instance:
                assert len(set(union)) == len(union), "a case once a year"


@pytest.mark.django_db
@PATIENT
@given(cases=histories())
def test_what_is_pending_at_the_end_of_a_year_is_in_the_next_case_by_case(cases):
    Proceeding.objects.all().delete()
    Dispute.objects.all().delete()
    agency = _agency()
    numbered, scope = put(agency, cases), Proceeding.objects.filter(dispute__agency=agency)
    for year in YEARS:
        for track in Track:
            before = set(figures.pending(scope, year - 1, track).values_list("dispute", flat=True))
            rows = figures.proceedings(scope, year, track).filter(figures.counts_in(year))
            counted = set(rows.values_list("dispute", flat=True))
            new = {
                key for key, _track, _cancelled, chain in numbered
                if any(received.year == year for received, _decided, _result in chain)
            }
            assert before <= counted
            assert counted - before == (counted & new) - before, "nothing comes in but by a notice of the year"
            old = rows.filter(received_on__lt=date(year, 1, 1))
            assert set(old.values_list("dispute", flat=True)) <= before


def _agency():
    from gongkai.agencies.models import Agency

    return Agency.objects.first() or factories.agency()


@pytest.mark.django_db
class TestThroughTheActions:
    """The same by the acts of a clerk."""

    def count(self, year):
        return {key: value for key, value in figures.table_four(Proceeding.objects.all(), year).items() if value}

    def test_a_case_decided_in_one_year_and_appealed_in_the_next_counts_in_both(self, bureau, settings):
        case = makers.received(bureau, Track.DIRECT, on=date(2025, 11, 3))
        actions.decide(by=factories.SYSTEM, dispute=case, result="upheld", on=date(2025, 12, 10), at=makers.moment())
        assert self.count(2025) == {("direct", "upheld"): 1}
        assert self.count(2026) == {}
        actions.appeal(
            by=factories.SYSTEM, dispute=case, stage="second", received_on=date(2026, 1, 8), at=makers.moment())
        assert (self.count(2025), self.count(2026)) == ({("direct", "upheld"): 1}, {("direct", "pending"): 1})
        actions.decide(
            by=factories.SYSTEM, dispute=case, result="corrected", ending="revoked", on=date(2026, 5, 6),
            at=makers.moment(),
        )
        assert (self.count(2025), self.count(2026)) == ({("direct", "upheld"): 1}, {("direct", "corrected"): 1})
        settings.GONGKAI_DISPUTES_PER_INSTANCE = True
        assert self.count(2026) == {("direct", "corrected"): 1}

    def test_two_instances_in_one_year_are_one_case_unless_the_office_counts_instances(self, bureau, settings):
        makers.appealed(bureau)
        assert self.count(2026) == {("direct", "pending"): 1}
        settings.GONGKAI_DISPUTES_PER_INSTANCE = True
        assert self.count(2026) == {("direct", "pending"): 1, ("direct", "upheld"): 1}

    def test_an_appeal_that_became_known_later_changes_the_year_in_which_it_came(self, bureau):
        case = makers.received(bureau, Track.DIRECT, on=date(2025, 3, 3))
        actions.decide(by=factories.SYSTEM, dispute=case, result="upheld", on=date(2025, 6, 10), at=makers.moment())
        assert self.count(2025) == {("direct", "upheld"): 1}
        actions.appeal(
            by=factories.SYSTEM, dispute=case, stage="second", received_on=date(2025, 12, 29), at=makers.moment())
        assert self.count(2025) == {("direct", "pending"): 1}

    def test_a_mistaken_entry_counts_nowhere_and_a_closed_case_as_it_ended(self, bureau):
        makers.cancelled(bureau)
        assert self.count(2026) == {}
        makers.closed(bureau, Track.AFTER)
        assert self.count(2026) == {("after", "upheld"): 1}

    def test_unknown_columns_and_tracks_are_errors(self):
        with pytest.raises(ValueError, match="maybe"):
            figures.cell(Proceeding.objects.all(), 2026, Track.DIRECT, "maybe")
        with pytest.raises(ValueError, match="elsewhere"):
            figures.pending(Proceeding.objects.all(), 2026, "elsewhere")
