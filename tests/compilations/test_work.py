"""Today's page counts the reports that wait for this person, and the number is the length of the list that it opens."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests import factories
from tests.compilations import makers

from gongkai.accounts import roles
from gongkai.accounts.models import User
from gongkai.annual_reports.models import Scope
from gongkai.compilations import queries, work
from gongkai.compilations.models import Compilation
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.states import State

pytestmark = pytest.mark.django_db
# Whose turn it is in each state.
TURN = {
    State.DRAFT: None, State.CHECKED: roles.Signatory, State.SIGNED: roles.Clerk, State.SUBMITTED: roles.Supervisor,
    State.RETURNED: roles.Clerk, State.APPROVED: roles.Clerk, State.PUBLISHED: None,
}


@pytest.mark.parametrize("state", list(State))
def test_a_report_waits_for_whoever_acts_next_and_for_nobody_else(state):
    of = makers.office()
    makers.at_state(of, state)
    for role in (roles.Clerk, roles.Signatory, roles.Reviewer, roles.Supervisor):
        waits = {one.state: one.count for one in work.work_for(of.person(role))}
        expected = role is TURN[state] or (state is State.APPROVED and role is roles.Supervisor)
        assert waits == ({state: 1} if expected else {}), role


def test_the_card_on_the_first_page_opens_the_list_of_the_same_length():
    of = makers.office()
    makers.submitted(of)
    client = Client()
    client.force_login(User.objects.get(pk=of.supervisor.user_id))
    page = client.get("/desk/").content.decode()
    card = re.search(r'<a class="card card-ask" href="([^"]+)"><span class="of">等我核准的年报</span>'
                     r'<span class="figure">(\d+)</span>', page)
    assert card is not None
    listed = client.get(card[1])
    assert listed.status_code == 200
    assert len(listed.context["page"].object_list) == int(card[2]) == 1


def test_nobody_receives_the_consolidated_report_of_the_own_government_below_another():
    """The same row: the county's supervisor receives it only while nobody is above."""
    of = makers.office()
    row = makers.submitted(of)
    boss = of.supervisor
    rows = Compilation.objects.filter(pk=row.pk)
    rows.update(scope=Scope.CONSOLIDATED)
    assert rows.filter(queries.waiting(boss, State.SUBMITTED, P.RECEIVE)).exists(), "a report of a bureau below"
    rows.update(agency=of.county)
    assert rows.filter(queries.waiting(boss, State.SUBMITTED, P.RECEIVE)).exists(), "nobody is above"
    below = makers.Office(factories.agency("清溪县人民政府", of.county), of.bureau)
    rows.update(agency=below.county)
    assert not rows.filter(queries.waiting(below.supervisor, State.SUBMITTED, P.RECEIVE)).exists()
    assert rows.filter(queries.waiting(boss, State.SUBMITTED, P.RECEIVE)).exists(), "the level above"


def test_one_question_for_all_and_none_without_a_part_in_it(django_assert_num_queries):
    of = makers.office()
    makers.started(of)
    head, nobody = of.head, of.person(roles.SecurityAdministrator)
    with django_assert_num_queries(1):
        assert work.work_for(head) == []
    with django_assert_num_queries(0):
        assert work.work_for(nobody) == []
