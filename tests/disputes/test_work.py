"""What waits for whom: groups, first page, offers, lists; another agency's cases are nobody's business."""

from __future__ import annotations

from datetime import date

import pytest
from tests.disputes import makers
from tests.factories import actor

from gongkai.accounts import roles
from gongkai.disputes import offering, queries, work
from gongkai.disputes.models import Dispute
from gongkai.disputes.queries import Filters
from gongkai.disputes.states import Act, State, Track

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 16)  # the day on which an answer to the notice of makers.ON is due


def keys(who, group, today=TODAY):
    rows = Dispute.objects.visible_to(who)
    return [row.number for row in work.narrowed(rows, group, work.scope_of(who, today))]


def test_groups_follow_the_clock(bureau, clerk):
    case = makers.received(bureau, by=clerk)
    assert keys(clerk, "today") == [case.number]
    assert keys(clerk, "soon", date(2026, 4, 13)) == [case.number]
    assert keys(clerk, "overdue") == []
    assert keys(clerk, "overdue", date(2026, 4, 17)) == [case.number]
    assert keys(clerk, "answer") == [case.number]
    makers.answered(bureau, by=clerk, accepted_on=date(2026, 3, 30))
    assert keys(clerk, "undecided", date(2026, 5, 29)) == [], "the sixtieth day is the 29th of May"
    assert keys(clerk, "undecided", date(2026, 5, 30)) != []


def test_what_is_to_be_done_anew_waits_until_it_is_done(bureau, clerk):
    case = makers.corrected(bureau, by=clerk, redo_days=10)
    duty = case.rehandlings.get()
    assert duty.due_on == date(2026, 6, 8), "ten working days from the 25th of May"
    assert keys(clerk, "rehandle") == [case.number] == keys(clerk, "overdue", date(2026, 6, 9))
    assert [one.pk for one in queries.open_rehandlings(clerk, overdue_on=date(2026, 6, 9))] == [duty.pk]
    assert list(queries.open_rehandlings(clerk, overdue_on=date(2026, 6, 8))) == []
    assert keys(clerk, "close") == []
    makers.fulfilled(duty, by=clerk)
    assert (keys(clerk, "rehandle"), keys(clerk, "close")) == ([], [case.number])


def test_the_earliest_due_stands_first_whatever_it_is(bureau, clerk):
    duty = makers.corrected(bureau, by=clerk, redo_days=3)  # 28 May
    late = makers.received(bureau, by=clerk, on=date(2026, 5, 20))  # 3 June
    soon = makers.received(bureau, by=clerk, on=date(2026, 4, 1))
    assert keys(clerk, "open") == [soon.number, duty.number, late.number]


def test_the_first_page_shows_the_same_numbers(bureau, clerk, supervisor, stranger):
    for _ in range(6):
        makers.received(bureau, by=clerk)
    day = work.my_work(clerk, date(2026, 4, 20))
    assert {queue.group.key: queue.count for queue in day.queues} == {"overdue": 6, "answer": 6}
    assert day.works
    assert day.open == 6
    assert all(row.chip.tone == "late" and row.chip.left == 2 for queue in day.queues for row in queue.rows)
    seen = work.my_work(supervisor, date(2026, 4, 20))
    assert [(one.name, one.count, one.earliest) for one in seen.below] == [(bureau.name, 6, TODAY)]
    assert seen.queues == []
    assert work.my_work(stranger, date(2026, 4, 20)).queues == []


def test_a_page_of_cases_asks_as_much_as_one_case(bureau, clerk, django_assert_num_queries):
    for number in range(4):
        (makers.received if number % 2 else makers.corrected)(bureau, by=clerk)
    rows = list(queries.disputes(clerk).order_by("pk"))
    with django_assert_num_queries(4):
        work.with_chips(rows[:1], TODAY)
    with django_assert_num_queries(4):
        work.with_chips(rows, TODAY)


def test_others_see_nothing(bureau, clerk, stranger):
    case = makers.received(bureau, by=clerk)
    contributor = actor(bureau, roles.Contributor)
    for who in (stranger, contributor):
        assert not queries.disputes(who).exists()
        with pytest.raises(Dispute.DoesNotExist):
            queries.dispute(who, case.pk)
        assert offering.offered(who, case) == []
    assert offering.offered(actor(bureau, roles.Reviewer), case) == []


@pytest.mark.parametrize(("make", "first", "closed"), [
    (makers.received, Act.ANSWER, {Act.CLOSE}), (makers.answered, Act.DECIDE, {Act.CLOSE, Act.ANSWER}),
    (makers.decided, Act.CLOSE, set()), (makers.corrected, Act.REHANDLE, {Act.CLOSE}), (makers.closed, None, set()),
    (makers.cancelled, None, set()),
])
def test_offers_have_one_primary_act_and_reasons(bureau, clerk, make, first, closed):
    offers = offering.offered(clerk, make(bureau, by=clerk))
    assert next((one.act for one in offers if one.primary), None) == first
    assert {one.act for one in offers if not one.open} == closed
    assert all(one.reason for one in offers if not one.open)


def test_a_reconsideration_cannot_be_appealed_but_a_suit_can(bureau, clerk):
    acts = {one.act for one in offering.offered(clerk, makers.decided(bureau, by=clerk))}
    assert Act.APPEAL not in acts
    suit = makers.decided(bureau, Track.DIRECT, by=clerk)
    assert Act.APPEAL in {one.act for one in offering.offered(clerk, suit)}


def test_the_list_is_narrowed_by_what_the_address_says(bureau, clerk):
    asked = makers.application(bureau)
    first = makers.decided(bureau, by=clerk, application=asked, case_number="青政复〔2026〕9号")
    suit = makers.received(bureau, Track.AFTER, by=clerk, follows=first, on=date(2026, 6, 8))
    lost = makers.cancelled(bureau, by=clerk)

    def found(**said):
        return {row.number for row in queries.disputes(clerk, Filters(**said))}

    assert found() == {first.number, suit.number, lost.number}
    assert found(track="after") == {suit.number}
    assert found(state=State.CANCELLED) == {lost.number}
    assert found(text="青政复〔2026〕9号") == found(text=first.number) == {first.number}
    assert found(text=asked.number) == {first.number, suit.number}
    assert found(text="没有这个") == set()
    assert found(result="upheld") == found(year=2026, result="upheld") == {first.number}
    assert found(result="pending") == found(year=2026, result="pending") == {suit.number}
    assert found(year=2026) == {first.number, suit.number}
    assert found(year=2027) == {suit.number}, "what was decided in 2026 counts no more, what is pending does"
    assert found(year=2025) == set()
    assert [row.number for row in queries.of_application(clerk, asked)] == [first.number, suit.number]
    assert suit.application == asked, "a suit is about what the reconsideration was about"
    assert list(queries.reconsiderations(clerk, bureau.pk, asked)) == [first]
