"""Two clerks, one row of numbers. Each test also runs with a fault planted, which it must catch."""

from __future__ import annotations

import pytest
from tests.annual_reports.test_at_the_same_time import at_once
from tests.factories import actor, agency
from tests.letters.conftest import AT, ON

from gongkai.accounts import roles
from gongkai.core.errors import Refused
from gongkai.ledger.queries import faults
from gongkai.letters import actions, filling
from gongkai.letters.kinds import KINDS
from gongkai.letters.models import Letter

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office():
    where = agency("青澜县民政局", short_name="青民")
    return where, actor(where, roles.Clerk, username="甲"), actor(where, roles.Clerk, username="乙")


def send(where, by, subject, key="", **context):
    kind = "reply_not_held"
    return actions.issue(
        by=by, agency=where, kind=kind, subject_kind="application", subject_id=subject, on=ON, at=AT, idempotency=key,
        context=filling.sample(KINDS[kind]) | context,
    )


def test_numbers_stay_consecutive_under_two_threads(office):
    where, *people = office
    for round_ in range(4):
        answers = at_once(*(
            lambda by=by, n=round_ * 2 + n: send(where, by, n) for n, by in enumerate(people)
        ))
        assert [type(answer) for answer in answers] == [Letter, Letter]
    assert sorted(Letter.objects.values_list("serial", flat=True)) == list(range(1, 9))
    assert faults() == []


def test_a_refusal_beside_a_letter_leaves_no_gap(office):
    where, one, other = office
    answers = at_once(lambda: send(where, one, 1), lambda: send(where, other, 2, search_terms=""))
    assert sorted(type(answer) for answer in answers if isinstance(answer, Refused)) == [Refused]
    assert send(where, one, 3).serial == 2


def test_one_request_sent_twice_at_once_is_one_letter(office):
    where, *people = office
    answers = at_once(*(lambda by=by: send(where, by, 1, key="application-1-reply") for by in people))
    assert answers[0] == answers[1]
    assert Letter.objects.count() == 1


def test_the_tests_above_catch_a_number_that_is_looked_up_too_early(office, monkeypatch):
    """The number read before its turn: the database refuses the second letter of that number."""
    where, *people = office
    monkeypatch.setattr(actions, "_next_serial", lambda *_: 1)
    answers = at_once(*(lambda by=by, n=n: send(where, by, n) for n, by in enumerate(people)))
    assert sum(isinstance(answer, Exception) for answer in answers) == 1
    assert Letter.objects.count() == 1
