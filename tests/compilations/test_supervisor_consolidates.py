"""The supervisor of a government compiles its consolidated report and hands it on; no other report is its work."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from tests import factories
from tests.compilations.makers import CASES, ON, YEAR, Office, fresh, imported, moment, started, version

from gongkai.accounts import roles
from gongkai.accounts.actor import Actor
from gongkai.accounts.models import User
from gongkai.accounts.permissions import Denied
from gongkai.agencies.models import Agency
from gongkai.annual_reports.models import Scope
from gongkai.compilations import actions, assemble, offering
from gongkai.compilations.models import Compilation, Fact
from gongkai.compilations.permissions import CompilationPermission as P
from gongkai.compilations.permissions import able, within
from gongkai.compilations.states import Act, State
from gongkai.compilations.work import work_for

pytestmark = pytest.mark.django_db
BASE = "/desk/annual/"


@pytest.fixture
def city(db: None) -> Agency:
    return factories.agency("澜州市人民政府", kind="government")


@pytest.fixture
def of(city: Agency) -> Office:
    """A county below a city, both with a supervisor, and a bureau of the county."""
    county = factories.agency("青澜县人民政府", city)
    made = Office(county, factories.agency("青澜县民政局", county))
    assert made.supervisor
    assert made.person(roles.Supervisor, city)
    imported(made.bureau, CASES)
    return made


def begun(of: Office) -> Compilation:
    return actions.start(by=of.supervisor, agency=of.county, year=YEAR, scope=Scope.CONSOLIDATED, at=moment())


def browser(by: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=by.user_id))
    return client


def test_it_begins_writes_checks_and_hands_on_what_the_leader_signed(of: Office, city: Agency) -> None:
    made = begun(of)
    assert assemble.standing(made)["t3.new.total"].value == 5
    by = of.supervisor
    actions.enter_cell(
        by=by, compilation=made, cell="t2.licences.decisions", value=Decimal(9), source="政务服务局", at=moment(),
    )
    actions.withdraw_entry(by=by, compilation=fresh(made), cell="t2.licences.decisions", at=moment())
    actions.write(by=by, compilation=fresh(made), section=5, body="问题：平台更新慢。改进：专人负责。", at=moment())
    actions.write(by=by, compilation=fresh(made), section=6, body="未收取信息处理费。", at=moment())
    head, leader = of.person(roles.HeadOfOffice, of.county), of.person(roles.Signatory, of.county)
    for finding in assemble.open_findings(made, assemble.check_findings(fresh(made), ON)):
        actions.waive(
            by=head, compilation=made, code=finding.code, cells=finding.cells, message=finding.message,
            reason="已核实", at=moment(),
        )
    made = actions.check(by=by, compilation=fresh(made), at=moment())
    assert made.state == State.CHECKED
    for do in (actions.sign, actions.take_back):
        with pytest.raises(Denied):
            do(by=by, compilation=made, at=moment(), **({"on": ON} if do is actions.sign else {}))
    made = actions.sign(by=leader, compilation=made, on=ON, at=moment())
    assert {one.state: one.count for one in work_for(by)} == {State.SIGNED: 1}, "today's page says whose turn it is"
    made = actions.submit(by=by, compilation=made, at=moment())
    assert work_for(by) == []
    assert made.state == State.SUBMITTED
    with pytest.raises(Denied):
        actions.approve(by=by, compilation=made, seen=version(made), at=moment())
    with pytest.raises(Denied):
        actions.return_(by=by, compilation=made, seen=version(made), text="自己退回", at=moment())
    above = of.person(roles.Supervisor, city)
    made = actions.approve(by=above, compilation=made, seen=version(made), at=moment())
    assert actions.publish(by=by, compilation=made, at=moment(), version=version(made)).state == State.PUBLISHED


def test_no_other_report_is_its_to_compile(of: Office, city: Agency) -> None:
    town = factories.agency("青澜县云麓镇人民政府", of.county, kind="township")
    factories.agency("青澜县云麓镇财政所", town)
    above = of.person(roles.Supervisor, city)
    for by, agency, scope in (
        (of.supervisor, of.county, Scope.OWN), (of.supervisor, of.bureau, Scope.OWN), (of.supervisor, town, Scope.OWN),
        (of.supervisor, town, Scope.CONSOLIDATED), (of.supervisor, city, Scope.CONSOLIDATED),
        (above, of.county, Scope.CONSOLIDATED), (of.clerk, of.county, Scope.CONSOLIDATED),
    ):
        with pytest.raises(Denied):
            actions.start(by=by, agency=agency, year=YEAR, scope=scope, at=moment())
    with pytest.raises(Denied):
        actions.start(by=of.supervisor, agency=of.bureau, year=YEAR, scope=Scope.CONSOLIDATED, at=moment())
    assert not Compilation.objects.exists()


def test_the_own_report_of_a_member_stays_the_members(of: Office) -> None:
    own = started(of)
    by, more = of.supervisor, {"compilation": own, "at": moment()}
    for act in (
        lambda: actions.check(by=by, **more),
        lambda: actions.submit(by=by, **more),
        lambda: actions.write(by=by, section=5, body="代写", **more),
        lambda: actions.redraft(by=by, **more),
        lambda: actions.withdraw_entry(by=by, cell="t3", **more),
        lambda: actions.enter_cell(by=by, cell="t2.licences.decisions", value=Decimal(1), source="代填", **more),
        lambda: actions.enter_table(by=by, table="t4", values={"t4.direct.other": Decimal(1)}, source="代填", **more),
    ):
        with pytest.raises(Denied):
            act()
    assert fresh(own).revision == own.revision
    assert offering.permitted(by, own) == {Act.RETURN, Act.APPROVE, Act.PUBLISH}
    page = browser(by)
    assert page.get(f"{BASE}{own.pk}/").status_code == 200
    for path in (f"{own.pk}/tables/t3/", f"{own.pk}/prose/5/0/", f"{own.pk}/prose/draft/"):
        assert page.get(BASE + path).status_code == 403, path


def test_a_person_and_a_row_are_asked_the_same_question(of: Office, city: Agency) -> None:
    """`within` gives exactly the reports on which `able` says yes, for everybody, both scopes and every permission."""
    for agency in (city, of.county, of.bureau):
        for scope in Scope.values:
            Compilation.objects.create(agency=agency, year=YEAR, scope=scope, form="2021", started_at=moment())
    rows = list(Compilation.objects.select_related("agency"))
    people = [of.person(role, where) for role in roles.ALL for where in (city, of.county, of.bureau)]
    both = Actor(people[0].user_id, "两地监督员", tuple(
        h for where in (city, of.county) for h in of.person(roles.Supervisor, where).holdings))
    for by in (*people, both, factories.SYSTEM):
        for permission in P:
            mine = set(Compilation.objects.filter(within(by, permission)))
            assert mine == {row for row in rows if able(by, permission, row, row.scope)}, (by.name, permission)


def test_at_the_top_of_the_tree_the_own_supervisor_receives(of: Office, city: Agency) -> None:
    """Where nobody is above, a consolidated report that came as a file would wait for ever."""
    above, below = of.person(roles.Supervisor, city), of.supervisor
    assert able(above, P.RECEIVE, city, Scope.CONSOLIDATED)
    assert able(above, P.RECEIVE, of.county, Scope.CONSOLIDATED)
    assert not able(below, P.RECEIVE, of.county, Scope.CONSOLIDATED)
    assert not able(below, P.RECEIVE, city, Scope.CONSOLIDATED)


def test_the_facts_of_the_office_stay_the_offices(of: Office) -> None:
    begun(of)
    with pytest.raises(Denied):
        actions.set_fact(
            by=of.supervisor, agency=of.county, year=YEAR, key="meetings", value=3, source="会议记录", at=moment(),
        )
    assert not Fact.objects.exists()


def test_its_page_has_the_button_of_the_consolidated_report_alone(of: Office) -> None:
    page = browser(of.supervisor)
    shown = page.get(BASE).content.decode()
    assert f'name="agency" value="{of.county.pk}"' in shown
    assert 'name="scope" value="consolidated"' in shown
    assert 'name="scope" value="own"' not in shown
    assert 'value="own"' not in shown.split('id="start_scope"')[1].split("</select>")[0]
    form = {"agency": of.county.pk, "year": YEAR}
    for other in ({"scope": "own"}, {"agency": of.bureau.pk, "scope": "consolidated"}):
        assert page.post(f"{BASE}start/", form | other).headers["Location"] == BASE, "refused, and said why"
    assert not Compilation.objects.exists()
    sent = page.post(f"{BASE}start/", form | {"scope": "consolidated"})
    made = Compilation.objects.get(agency=of.county, scope=Scope.CONSOLIDATED)
    assert sent.headers["Location"] == f"{BASE}{made.pk}/"
    for path in ("", "prose/", "prose/5/0/", "cells/t2.licences.decisions/", "carry/"):
        assert page.get(f"{BASE}{made.pk}/{path}").status_code == 200, path
    opened = page.get(f"{BASE}{made.pk}/").content.decode()
    assert f"{BASE}{made.pk}/acts/check/" in opened
    assert f"{BASE}{made.pk}/acts/sign/" not in opened
