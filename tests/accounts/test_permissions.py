"""May this actor? Which rows? Both questions have one answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import actor, agency

from gongkai.accounts import roles
from gongkai.accounts.actor import PUBLIC, Actor, Holding, machine
from gongkai.accounts.permissions import Denied, Permission, authorise, beneath, may, within
from gongkai.agencies.models import Agency
from gongkai.annual_reports.permissions import AnnualReportPermission as P
from gongkai.compilations.permissions import CompilationPermission


def test_a_clerk_reaches_its_own_agency_alone():
    clerk = Actor(1, "甲", (Holding(2, "0000000100000002", "局", "clerk"),))
    assert clerk.holdings[0].covers("0000000100000002")
    assert not clerk.holdings[0].covers("000000010000000200000003")
    assert not clerk.holdings[0].covers("00000001")


def test_a_supervisor_reaches_everything_below_and_nothing_beside():
    post = Holding(2, "0000000100000002", "县", "supervisor")
    assert post.covers("0000000100000002")
    assert post.covers("000000010000000200000003")
    assert not post.covers("0000000100000003")


def test_nobody_may_nothing_and_the_program_may_its_work():
    for permission in P:
        assert not may(PUBLIC, permission)
        assert may(machine("读取程序"), permission)
    with pytest.raises(Denied):
        authorise(PUBLIC, P.SEE)


@pytest.mark.django_db
def test_may_and_within_agree_for_every_role_and_place():
    """For every permission, role and post: the rows of `within` are exactly those that `may` allows."""
    county, other = agency(), agency("邻县人民政府")
    bureau = agency("青澜县民政局", county)
    agency("青澜县民政局办公室", bureau)
    agency("邻县民政局", other)
    everywhere = list(Agency.objects.all())
    for role in roles.ALL:
        for where in (county, bureau):
            someone = actor(where, role, username=f"{role.key}{where.pk}")
            for permission in (*P, *CompilationPermission):
                rows = set(Agency.objects.filter(within(someone, permission, "path")))
                assert rows == {a for a in everywhere if may(someone, permission, a)}, (role.key, permission)


@pytest.mark.django_db
def test_a_permission_for_here_does_not_reach_below():
    county = agency()
    bureau = agency("青澜县民政局", county)
    supervisor = actor(county, roles.Supervisor)
    assert may(supervisor, CompilationPermission.SEE, bureau)
    assert may(supervisor, CompilationPermission.CONSOLIDATE, county)
    assert not may(supervisor, CompilationPermission.CONSOLIDATE, bureau)


@given(st.integers(1, 10**8 - 2), st.integers(1, 10**8 - 2))
def test_the_range_of_a_subtree_is_its_prefix(mine, its):
    path, other = f"{mine:08d}", f"{its:08d}"
    ((_, low), (_, high)) = sorted(beneath(path, "path").children, key=lambda c: c[0] != "path__gte")
    for candidate in (path, path + other, other, other + path):
        assert (low <= candidate < high) == candidate.startswith(path)


def test_permissions_cannot_be_invented():
    with pytest.raises(ValueError, match="nonsense"):
        P("nonsense")
    assert issubclass(P, Permission)
