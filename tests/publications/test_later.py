"""What comes after: the review of an emergency that has passed, dates that a new year of holidays moves."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests import factories
from tests.applications.test_calendar_moves import NEXT_YEAR
from tests.publications.makers import Bureau, drafted, fresh, moment, of_edition, published, reviewed

from gongkai.accounts import roles
from gongkai.applications.actions.sheets import adopt_year
from gongkai.publications import actions
from gongkai.publications.states import State


@pytest.mark.parametrize("ending", [State.WITHDRAWN, State.SUPERSEDED])
def test_an_emergency_that_has_passed_is_reviewed_all_the_same(of: Bureau, ending: State):
    edition = published(of, drafted(of, lane="emergency", lane_reason="堤防出险，须立即告知沿线群众"))
    if ending is State.WITHDRAWN:
        actions.withdraw(by=of.head, publication=of_edition(edition), kind="other", note="险情解除", at=moment())
    else:
        newer = actions.revise(by=of.clerk, publication=of_edition(edition), change_note="险情解除", at=moment())
        actions.edit(by=of.clerk, edition=fresh(newer), values={"lane": "normal"}, body=None, at=moment())
        actions.publish(by=of.publisher, edition=_signed(of, newer), at=moment())
    assert fresh(edition).state == ending
    late = [gate.key for gate in edition.gates.filter(passed_by__isnull=True)]
    assert late
    done = actions.pass_after(by=of.reviewer, edition=fresh(edition), keys=late, at=moment())
    assert (done.state, done.review_due_on) == (ending, None)


def _signed(of: Bureau, edition):
    ready = reviewed(of, fresh(edition))
    return actions.sign(
        by=of.signatory, edition=fresh(ready), decided_attribute="active", on=date(2026, 3, 4), at=moment(),
    )


def test_a_new_year_of_holidays_moves_what_is_in_work(of: Bureau):
    at = datetime(2026, 12, 20, 2, tzinfo=UTC)
    edition = drafted(of, on=date(2026, 12, 18), formed_on=date(2026, 12, 18))
    before = of_edition(edition)
    assert not before.due_settled
    _arranged, moved = adopt_year(by=factories.actor(of.county, roles.Supervisor), text=NEXT_YEAR, at=at)
    after = of_edition(edition)
    assert moved == 1
    assert after.due_settled
    assert after.due_on != before.due_on
