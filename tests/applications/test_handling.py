"""Whose it is: section, person, and what happens to the cases of somebody who is away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.applications.made_replies import (
    assigned,
    contributor,
    drafted,
    events,
    fresh,
    moment,
    office,
    person,
    served,
)
from tests.applications.makers import ON, PERSONAL, registered, submitted

from gongkai.accounts.models import Post, User
from gongkai.accounts.permissions import Denied
from gongkai.agencies.models import Section
from gongkai.applications import actions
from gongkai.applications.models import Application
from gongkai.applications.states import State
from gongkai.core.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return office()


def refused(code, act, **values):
    with pytest.raises(Refused) as refusal:
        act(**values)
    assert refusal.value.code == code


def test_an_application_goes_to_a_section_and_a_person(of):
    case = actions.assign(by=of.clerk, application=registered(of.where), section=of.section, at=moment(ON))
    assert (case.state, case.section_id, case.handler_id) == (State.ASSIGNED, of.section.pk, None)
    case = actions.assign(by=of.clerk, application=case, handler=person(of.colleague), at=moment(ON))
    assert (case.section_id, case.handler_id) == (of.section.pk, of.colleague.user_id), "what is not named stays"
    assert events(case)[-1].sentence == f"分办给社会救助科、{of.colleague.name}"


def test_an_assignment_names_somebody_who_works_there(of):
    there = office("青澜县财政局")
    closed = Section.objects.create(agency=of.where, name="原救灾科", active=False)
    case = registered(of.where)
    for code, values in (
        ("assign-to-whom", {}), ("section-elsewhere", {"section": there.section}),
        ("section-closed", {"section": closed}), ("no-post", {"handler": person(there.clerk)}),
        ("no-post", {"handler": person(of.reviewer)}),
    ):
        refused(code, actions.assign, by=of.clerk, application=case, at=moment(ON), **values)
    assert fresh(case).state == State.REGISTERED


def test_a_contributor_handles_what_is_in_the_own_section(of):
    case, person_ = registered(of.where), User.objects.get(pk=of.contributor.user_id)
    refused("no-post", actions.assign, by=of.clerk, application=case, handler=person_, at=moment(ON))
    case = actions.assign(by=of.clerk, application=case, section=of.section, handler=person_, at=moment(ON))
    assert case.handler_id == person_.pk


def test_a_contributor_sees_the_own_section_alone(of):
    mine, other = assigned(of), registered(of.where)
    elsewhere = Section.objects.create(agency=of.where, name="养老服务科")
    actions.assign(by=of.clerk, application=other, section=elsewhere, at=moment(ON))
    for actor, pks in ((of.contributor, {mine.pk}), (contributor(of.where, elsewhere), {other.pk})):
        assert set(Application.objects.visible_to(actor).values_list("pk", flat=True)) == pks


def test_what_is_unconfirmed_is_not_assigned(of):
    case = submitted(of.where)
    refused("not-now", actions.assign, by=of.clerk, application=case, section=of.section, at=moment(ON))


def test_handing_over_moves_no_date(of):
    case = assigned(of)
    after = actions.hand_over(
        by=of.head, application=case, to=person(of.colleague), reason="欧阳问渠的案子由同事接办", at=moment(ON))
    assert (after.handler_id, after.due_on, after.state) == (of.colleague.user_id, case.due_on, case.state)
    told = events(case)[-1].sentence
    assert not [word for word in PERSONAL if word in told]
    refused("same-person", actions.hand_over, by=of.head, application=case, to=person(of.colleague), reason="重复",
            at=moment(ON))
    refused("words-missing", actions.hand_over, by=of.head, application=case, to=person(of.clerk), reason=" ",
            at=moment(ON))
    refused("no-post", actions.hand_over, by=of.head, application=case, to=person(of.signatory), reason="出差",
            at=moment(ON))


def test_all_open_cases_of_somebody_away_go_to_another(of):
    first, second = assigned(of), drafted(of, assigned(of))
    done, _service = served(of, assigned(of))
    count = actions.hand_over_all(
        by=of.head, agency=of.where, person=person(of.clerk), to=person(of.colleague), reason="休假", at=moment(ON))
    assert count == 2
    assert {fresh(c).handler_id for c in (first, second)} == {of.colleague.user_id}
    assert fresh(second).state == State.DRAFTED
    assert fresh(done).handler_id == of.clerk.user_id, "what is closed keeps the name of whoever did it"
    assert [events(c)[-1].kind for c in (first, second)] == ["applications.handed_over"] * 2


def test_nobody_without_a_post_there_takes_over(of):
    there, case = office("青澜县财政局"), assigned(of)
    left = person(of.colleague)
    Post.objects.filter(user=left).update(valid_to=date(2026, 3, 1))
    for to in (person(there.clerk), left):
        refused("no-post", actions.hand_over_all, by=of.head, agency=of.where, person=person(of.clerk), to=to,
                reason="休假", at=moment(ON))
    assert fresh(case).handler_id == of.clerk.user_id
    with pytest.raises(Denied):
        actions.hand_over_all(by=there.head, agency=of.where, person=person(of.clerk), to=person(there.clerk),
                              reason="休假", at=moment(ON))


def test_a_section_colleague_takes_over_what_is_in_the_section_only(of):
    section_person = User.objects.get(pk=of.contributor.user_id)
    case = assigned(of)
    other = actions.assign(
        by=of.clerk, application=registered(of.where), handler=person(of.clerk), at=moment(ON))
    refused("no-post", actions.hand_over_all, by=of.head, agency=of.where, person=person(of.clerk), to=section_person,
            reason="休假", at=moment(ON))
    assert {fresh(c).handler_id for c in (case, other)} == {of.clerk.user_id}, "all or none"


def test_an_old_picture_is_told_so(of):
    case = assigned(of)
    actions.hand_over(by=of.head, application=case, to=person(of.colleague), reason="休假", at=moment(ON))
    refused("changed-meanwhile", actions.hand_over, by=of.head, application=case, to=person(of.head), reason="休假",
            at=moment(ON + timedelta(days=1)), seen=case.revision)
