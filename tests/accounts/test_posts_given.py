"""Who gives which posts, sections, and what is done to accounts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db.models import ProtectedError
from tests.factories import AT, ON, SYSTEM, actor, agency, user

from gongkai.accounts import actions, queries, roles, rules
from gongkai.accounts.models import Post, User
from gongkai.accounts.one_time import one_time_password
from gongkai.accounts.permissions import Denied
from gongkai.accounts.queries import actor_for
from gongkai.core.errors import Refused
from gongkai.ledger.models import Entry

pytestmark = pytest.mark.django_db
Section = Post._meta.get_field("section").related_model


@pytest.fixture
def county():
    return agency()


def give(by, person, where, role, section=None):
    return actions.appoint(by=by, user=person, agency=where, role=role.key, on=ON, at=AT, section=section)


def code(act) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.code


@pytest.mark.parametrize("role", roles.ALL, ids=lambda r: r.key)
def test_a_head_gives_and_takes_the_working_posts_of_the_own_agency_alone(county, role):
    head, bureau = actor(county, roles.HeadOfOffice), agency("青澜县民政局", county)
    if role.key in rules.GIVEN_BY_HEADS:
        post = give(head, user("a"), county, role)
        assert actions.relieve(by=head, post=post, on=ON, at=AT).valid_to == ON
        with pytest.raises(Denied):
            give(head, user("b"), bureau, role)
    else:
        assert code(lambda: give(head, user("a"), county, role)) == "role-not-yours"
        post = give(actor(county, roles.SecurityAdministrator), user("c"), county, role)
        assert code(lambda: actions.relieve(by=head, post=post, on=ON, at=AT)) == "role-not-yours"


def test_a_head_of_one_agency_and_security_administrator_of_none_gives_nothing_elsewhere(county):
    """The right to give any role comes from the post that reaches the agency, not from another post."""
    bureau, other = agency("青澜县民政局", county), agency("邻县人民政府")
    head = actor(bureau, roles.HeadOfOffice)
    assert rules.given_by(queries.roles_over(head, bureau)) == rules.GIVEN_BY_HEADS
    assert rules.given_by(queries.roles_over(head, other)) == frozenset()
    assert rules.given_by({"clerk", "system_admin", "audit_admin"}) == frozenset()


def test_a_post_in_a_section_reaches_the_actor(county):
    office = Section.objects.create(agency=county, name="法规科")
    person = user()
    post = give(SYSTEM, person, county, roles.Contributor, office)
    assert actor_for(person, on=ON).holdings[0].section_id == office.pk
    assert give(SYSTEM, person, county, roles.Contributor, office) == post
    assert code(lambda: give(SYSTEM, person, county, roles.Contributor)) == "post-other-section"
    assert "科室" in Entry.objects.latest("sequence").sentence
    with pytest.raises(ProtectedError):
        office.delete()


def test_a_section_of_another_agency_or_a_closed_one_is_refused(county):
    elsewhere = Section.objects.create(agency=agency("青澜县民政局", county), name="办公室")
    closed = Section.objects.create(agency=county, name="旧科", active=False)
    assert code(lambda: give(SYSTEM, user("a"), county, roles.Contributor, elsewhere)) == "section-elsewhere"
    assert code(lambda: give(SYSTEM, user("b"), county, roles.Contributor, closed)) == "section-closed"


def test_the_three_administrators_are_kept_apart_also_in_the_future(county):
    person = user()
    actions.appoint(by=SYSTEM, user=person, agency=county, role="audit_admin", on=ON + timedelta(days=30), at=AT)
    assert code(lambda: give(SYSTEM, person, county, roles.Clerk)) == "three-administrators"


def test_a_one_time_password_is_strong_and_must_be_changed(county):
    system, person = actor(county, roles.SystemAdministrator), user()
    give(SYSTEM, person, county, roles.Clerk)
    password = actions.reset_password(by=system, user=person, at=AT)
    person.refresh_from_db()
    assert person.check_password(password)
    assert person.must_change_password
    assert len({one_time_password() for _ in range(50)}) == 50
    assert password not in Entry.objects.latest("sequence").payload
    actions.set_own_password(user=person, password="my-own-long-word", at=AT)
    assert not User.objects.get(pk=person.pk).must_change_password


def test_accounts_are_managed_only_over_people_in_ones_reach(county):
    system = actor(county, roles.SystemAdministrator)
    other = agency("邻县人民政府")
    stranger, both, former, new = user("s"), user("b"), user("f"), user("n")
    give(SYSTEM, stranger, other, roles.Clerk)
    give(SYSTEM, both, other, roles.Clerk)
    give(SYSTEM, both, county, roles.Clerk)
    actions.relieve(by=SYSTEM, post=give(SYSTEM, former, other, roles.Clerk), on=ON - timedelta(0), at=AT)
    for person in (stranger, both, former):
        for act in (actions.reset_password, actions.close_account, actions.reopen_account):
            with pytest.raises(Denied):
                act(by=system, user=person, at=AT + timedelta(days=9))
    assert actions.reset_password(by=system, user=new, at=AT)


def test_the_security_administrator_does_not_touch_accounts_nor_the_system_administrator_second_factors(county):
    system, security = actor(county, roles.SystemAdministrator), actor(county, roles.SecurityAdministrator)
    person = user()
    give(SYSTEM, person, county, roles.Signatory)
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    for act in (actions.reset_password, actions.close_account):
        with pytest.raises(Denied):
            act(by=security, user=person, at=AT)
    with pytest.raises(Denied):
        actions.clear_second_factor(by=system, user=person, at=AT)
    head = actor(county, roles.HeadOfOffice)
    assert code(lambda: actions.clear_second_factor(by=head, user=person, at=AT)) == "role-not-yours"
    actions.clear_second_factor(by=security, user=person, at=AT)
    assert code(lambda: actions.clear_second_factor(by=security, user=person, at=AT)) == "no-second-factor"


def test_an_account_is_closed_and_opened_again(county):
    system, person = actor(county, roles.SystemAdministrator), user()
    give(SYSTEM, person, county, roles.Clerk)
    closed = actions.close_account(by=system, user=person, at=AT)
    assert actor_for(closed, on=ON).is_public
    assert code(lambda: actions.close_account(by=system, user=person, at=AT)) == "account-closed"
    assert actor_for(actions.reopen_account(by=system, user=person, at=AT), on=ON).holdings
    assert code(lambda: actions.reopen_account(by=system, user=person, at=AT)) == "account-open"
    me = User.objects.get(pk=system.user_id)
    assert code(lambda: actions.close_account(by=system, user=me, at=AT)) == "own-account"


def test_what_is_done_to_an_account_is_found_with_an_agency(county):
    """The audit administrator reads by agency: an act without one would be seen by nobody."""
    bureau = agency("青澜县民政局", county)
    system = actor(county, roles.SystemAdministrator)
    person = actions.create_user(by=system, username="n", name="新", password=None, at=AT)
    give(SYSTEM, person, bureau, roles.Clerk)
    actions.reset_password(by=system, user=person, at=AT)
    actions.close_account(by=system, user=person, at=AT)
    told = dict(Entry.objects.filter(subject_kind="user", subject_id=str(person.pk)).values_list("kind", "agency_id"))
    assert told == {"accounts.user_created": county.pk, "accounts.appointed": bureau.pk,
                    "accounts.password_reset": bureau.pk, "accounts.closed": bureau.pk}


def test_who_is_known_to_whom(county):
    bureau = agency("青澜县民政局", county)
    clerk, head = actor(bureau), actor(bureau, roles.HeadOfOffice)
    system, audit = actor(county, roles.SystemAdministrator), actor(county, roles.AuditAdministrator)
    user("fresh")
    known = lambda someone: {p.username.split("-")[0] for p in queries.people(someone, on=ON)}  # noqa: E731
    assert known(clerk) == {"clerk"}
    assert known(head) == {"clerk", "head", "fresh"}
    assert known(system) == {"clerk", "head", "system_admin", "audit_admin", "fresh"}
    assert known(audit) == {"clerk", "head", "system_admin", "audit_admin"}
    assert [p.username for p in queries.people(system, on=ON, text="FRESH")] == ["fresh"]
