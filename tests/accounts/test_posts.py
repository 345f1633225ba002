"""Posts: who holds what, from when to when, and which posts never go together."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from tests.factories import AT, ON, SYSTEM, actor, agency, user

from gongkai.accounts import actions, roles
from gongkai.accounts.actor import PUBLIC
from gongkai.accounts.models import Post, User
from gongkai.accounts.permissions import Denied
from gongkai.accounts.queries import actor_for
from gongkai.core.errors import Refused
from gongkai.ledger.models import Entry
from gongkai.ledger.queries import timeline

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return agency()


def appoint(person, where, role, on=ON):
    return actions.appoint(by=SYSTEM, user=person, agency=where, role=role.key, on=on, at=AT)


def test_a_post_counts_from_its_first_to_its_last_day(county):
    person = user()
    post = appoint(person, county, roles.Clerk)
    actions.relieve(by=SYSTEM, post=post, on=ON + timedelta(days=10), at=AT)
    held = lambda days: len(actor_for(person, on=ON + timedelta(days=days)).holdings)  # noqa: E731
    assert [held(d) for d in (-1, 0, 10, 11)] == [0, 1, 1, 0]
    assert [e.kind for e in timeline("user", person.pk)] == ["accounts.appointed", "accounts.relieved"]


def test_appointing_twice_is_one_post(county):
    person = user()
    assert appoint(person, county, roles.Clerk) == appoint(person, county, roles.Clerk)
    assert Post.objects.count() == 1


@pytest.mark.parametrize(("first", "second"), [
    (roles.SystemAdministrator, roles.SecurityAdministrator), (roles.SecurityAdministrator, roles.AuditAdministrator),
    (roles.AuditAdministrator, roles.Clerk), (roles.Clerk, roles.SystemAdministrator),
])
def test_the_three_administrators_are_three_people_with_no_other_post(county, first, second):
    person = user()
    appoint(person, county, first)
    with pytest.raises(Refused) as refusal:
        appoint(person, county, second)
    assert refusal.value.code == "three-administrators"


def test_the_database_holds_the_rule_against_two_sessions(county):
    person = user()
    appoint(person, county, roles.SystemAdministrator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(user=person, agency=county, role=roles.AuditAdministrator.key, valid_from=ON)


def test_ordinary_roles_go_together(county):
    person = user()
    appoint(person, county, roles.Clerk)
    appoint(person, county, roles.HeadOfOffice)
    assert len(actor_for(person, on=ON).holdings) == 2


def test_a_post_ends_once_and_not_before_it_begins(county):
    post = appoint(user(), county, roles.Clerk)
    with pytest.raises(Refused) as refusal:
        actions.relieve(by=SYSTEM, post=post, on=ON - timedelta(days=1), at=AT)
    assert refusal.value.code == "post-not-begun"
    actions.relieve(by=SYSTEM, post=post, on=ON, at=AT)
    with pytest.raises(Refused) as refusal:
        actions.relieve(by=SYSTEM, post=post, on=ON, at=AT)
    assert refusal.value.code == "post-ended"


def test_who_opens_accounts_does_not_appoint_and_the_other_way_round(county):
    system, security = actor(county, roles.SystemAdministrator), actor(county, roles.SecurityAdministrator)
    person = actions.create_user(by=system, username="new", name="新人", password=None, at=AT)
    with pytest.raises(Denied):
        actions.appoint(by=system, user=person, agency=county, role="clerk", on=ON, at=AT)
    with pytest.raises(Denied):
        actions.create_user(by=security, username="other", name="他", password=None, at=AT)
    actions.appoint(by=security, user=person, agency=county, role="clerk", on=ON, at=AT)


@pytest.mark.parametrize("password", ["short", "1234567890123", "password123456"[:8]])
def test_weak_passwords_are_refused(county, password):
    with pytest.raises(Refused) as refusal:
        actions.create_user(by=SYSTEM, username="weak", name="弱", password=password, at=AT)
    assert refusal.value.code == "weak-password"
    assert not User.objects.exists()


def test_usernames_are_unique():
    user("once")
    with pytest.raises(Refused) as refusal:
        actions.create_user(by=SYSTEM, username="once", name="又", password=None, at=AT)
    assert refusal.value.code == "username-taken"


def test_nobody_signed_in_and_a_closed_account_are_the_public(county):
    person = user()
    appoint(person, county, roles.Clerk)
    person.is_active = False
    assert actor_for(AnonymousUser(), on=ON) == actor_for(person, on=ON) == PUBLIC


def test_no_name_reaches_the_ledger(county):
    actions.create_user(by=SYSTEM, username="someone", name="独特姓名", password=None, at=AT, email="a@example.org")
    assert not [e for e in Entry.objects.all() if "独特姓名" in e.payload or "example.org" in e.payload]


def test_who_sees_posts(county):
    bureau = agency("青澜县民政局", county)
    clerk = actor(bureau)
    head = actor(bureau, roles.HeadOfOffice)
    assert {p.user_id for p in Post.objects.visible_to(clerk)} == {clerk.user_id}
    assert {p.user_id for p in Post.objects.visible_to(head)} == {clerk.user_id, head.user_id}
    assert not Post.objects.visible_to(PUBLIC).exists()


def test_a_post_never_ends_before_it_begins_in_the_database(county):
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(
            user=user(), agency=county, role="clerk", valid_from=date(2024, 1, 2), valid_to=date(2024, 1, 1))
