"""What comes after: the review of an emergency that has passed, dates that a new year of holidays moves."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests import factories
from tests.applications.test_calendar_moves import NEXT_YEAR
from tests.publications.makers import Bureau, drafted, fresh, moment, of_edition, published, reviewed

from gongkai.accounts import roles
from gongkai.applications.actions.sheets import adopt_year
from gongkai.core.errors import Refused
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


def test_an_abolished_organ_and_a_closed_section_begin_nothing(of: Bureau):
    from gongkai.agencies import actions as agencies

    agencies.set_section(by=factories.SYSTEM, agency=of.where, name=of.relief.name, active=False, at=moment())
    of.relief.refresh_from_db()
    with pytest.raises(Refused) as closed:
        actions.draft(by=of.clerk, agency=of.where, kind="other", title="标题", section=of.relief, at=moment())
    assert closed.value.code == "section-closed"
    agencies.abolish(by=factories.SYSTEM, agency=of.where, on=date(2026, 3, 1), successors=[of.county], at=moment())
    of.where.refresh_from_db()
    with pytest.raises(Refused) as gone:
        actions.draft(by=of.clerk, agency=of.where, kind="other", title="标题", at=moment())
    assert gone.value.code == "organ-gone"


def test_words_that_no_reader_would_show_are_refused_not_lost(of: Bureau):
    with pytest.raises(Refused) as tangled:
        drafted(of, body="<span>" * 5000 + "全县饮水安全")
    assert tangled.value.code == "body-tangled"
    assert drafted(of, body="<style>p {}</style><p> </p>").body == ""
