"""What is not published: entered with its ground, looked at again, and its way to the public."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests import factories
from tests.publications import makers
from tests.publications.makers import ON, Bureau, moment

from gongkai.accounts import roles
from gongkai.accounts.actor import Actor
from gongkai.accounts.models import User
from gongkai.accounts.permissions import Denied
from gongkai.core.errors import Refused
from gongkai.core.law.answers import GROUNDS
from gongkai.ledger.models import Entry as Told
from gongkai.publications import actions, withheld
from gongkai.publications.actions.withholding import reassess, withhold
from gongkai.publications.kinds import Attribute
from gongkai.publications.models import Edition, Publication, Withholding
from gongkai.publications.rules import withholding as rules

BASE = "/desk/publications/withheld/"
DAYS = st.dates(date(2008, 5, 1), date(2060, 12, 31))


@pytest.fixture
def now() -> Iterator[None]:
    with time_machine.travel(moment(), tick=False):
        yield


def at_browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def text(answer: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))  # type: ignore[attr-defined]


def kept(of: Bureau, **values: object) -> Withholding:
    told = {"title": "水库调度会商记录", "attribute": "withheld", "ground": "refused_process", "reason": "过程性信息",
            "decided_on": ON}
    return withhold(by=of.signatory, agency=of.where, at=moment(), **told | values)


@given(DAYS, st.integers(1, rules.MONTHS_MOST))
def test_so_many_months_later_is_the_same_day_or_the_last_of_its_month(day: date, months: int) -> None:
    later = rules.months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(DAYS, st.integers(1, 30), st.integers(1, 30))
def test_a_longer_interval_is_never_earlier(day: date, months: int, more: int) -> None:
    assert rules.months_later(day, months) < rules.months_later(day, months + more)


@given(st.integers(-500, 500))
def test_an_interval_is_one_to_sixty_months(months: int) -> None:
    if 1 <= months <= 60:
        assert rules.interval(months) == months
    else:
        with pytest.raises(Refused):
            rules.interval(months)


@pytest.mark.parametrize("ground", [*GROUNDS, "on_request", "", "invented"])
@pytest.mark.parametrize("attribute", list(Attribute))
def test_each_attribute_has_its_grounds(attribute: str, ground: str) -> None:
    lawful = (
        (attribute == Attribute.ON_REQUEST and ground == "on_request")
        or (attribute == Attribute.WITHHELD and ground in GROUNDS and GROUNDS[ground].code != "D8")
    )
    if lawful:
        rules.ground(attribute, ground)
        return
    with pytest.raises(Refused) as refused:
        rules.ground(attribute, ground)
    assert refused.value.code in {"attribute", "ground"}


@given(st.sampled_from(["keep", "on_request", "publish", "", "else"]), st.sampled_from(["withheld", "on_request"]))
def test_a_verdict_fits_what_it_speaks_of(verdict: str, attribute: str) -> None:
    lawful = verdict in {"keep", "publish"} or (verdict == "on_request" and attribute == "withheld")
    if lawful:
        rules.verdict(verdict, attribute)
        return
    with pytest.raises(Refused):
        rules.verdict(verdict, attribute)


def test_signed_filed_reassessed_revised_and_published(of: Bureau) -> None:
    edition = makers.signed(of, decided="withheld", attribute="withheld", attribute_ground="refused_process",
                            attribute_reason="过程性信息")
    assert edition.state == "filed"
    item = Withholding.objects.get()
    assert (item.publication_id, item.ground, item.next_on) == (
        edition.publication_id, "refused_process", rules.months_later(ON, item.every_months))
    with pytest.raises(Denied):
        reassess(by=of.clerk, withholding=item, verdict="keep", reason="依据仍成立", at=moment())
    later = moment(ON + timedelta(days=30))
    again = reassess(by=of.signatory, withholding=item, verdict="on_request", reason="过程已结束", at=later,
                     every_months=6)
    assert (again.attribute, again.ground, again.next_on) == ("on_request", "on_request", date(2026, 10, 3))
    ended = reassess(by=of.signatory, withholding=item, verdict="publish", reason="已无必要", at=later)
    assert ended.ended_on == date(2026, 4, 3)
    assert not Withholding.objects.standing().exists()
    with pytest.raises(Refused) as twice:
        reassess(by=of.signatory, withholding=item, verdict="keep", reason="x", at=later)
    assert twice.value.code == "already-ended"
    with time_machine.travel(later, tick=False):
        clerk = at_browser(of.clerk)
        assert "在原稿上修订" in text(clerk.get(f"{BASE}{item.pk}/"))
        begun = clerk.post(f"{BASE}{item.pk}/begin/")
    revised = Edition.objects.get(publication=edition.publication_id, number=2)
    assert begun.headers["Location"].endswith(f"/{edition.publication_id}/editions/2/edit/")
    revised = actions.edit(
        by=of.clerk, edition=revised, body=None, at=later,
        values={"attribute": "active", "attribute_ground": "", "attribute_reason": ""},
    )
    makers_on = {"by": of.clerk, "at": later}
    revised = actions.send(edition=revised, **makers_on)
    revised = actions.pass_gates(by=of.reviewer, edition=revised, keys=list(makers.KEYS), at=later)
    revised = actions.sign(by=of.signatory, edition=revised, decided_attribute="active", on=date(2026, 4, 3), at=later)
    actions.publish(by=of.publisher, edition=revised, at=later)
    assert Publication.objects.get(pk=edition.publication_id).is_public


@pytest.mark.usefixtures("now")
def test_the_events_tell_no_title(of: Bureau) -> None:
    item = kept(of)
    reassess(by=of.head, withholding=item, verdict="keep", reason="依据仍成立", at=moment())
    told = Told.objects.filter(subject_kind="withholding", subject_id=str(item.pk))
    assert [entry.kind for entry in told.order_by("sequence")] == ["publications.withheld", "publications.reassessed"]
    assert all("会商" not in entry.payload for entry in told)


def test_the_same_source_is_entered_once(of: Bureau) -> None:
    assert kept(of, source="application:7") == kept(of, source="application:7")


@pytest.mark.usefixtures("now")
def test_entered_found_looked_at_and_drafted_through_the_pages(of: Bureau) -> None:
    leader, clerk = at_browser(of.signatory), at_browser(of.clerk)
    assert "没有不公开的信息" in text(clerk.get(BASE))
    given = {"agency": of.where.pk, "title": "移民安置资金明细", "attribute": "withheld", "ground": "",
             "reason": "涉及个人隐私", "decided_on": "2024-03-01", "section": of.relief.pk}
    refused = leader.post(f"{BASE}new/", given)
    assert refused.status_code == 400
    assert "请选择不予公开的法定依据" in text(refused)
    assert "移民安置资金明细" in refused.content.decode()
    assert clerk.get(f"{BASE}new/").status_code == 403
    assert leader.post(f"{BASE}new/", given | {"ground": "refused_third_party"}).status_code == 302
    item = Withholding.objects.get()
    for query, there in (
        ("", True), ("due=overdue", True), ("due=soon", False), ("due=ended", False), ("attribute=withheld", True),
        ("attribute=on_request", False), ("ground=refused_third_party", True), ("ground=refused_secret", False),
        (f"section={of.relief.pk}", True), (f"section={of.water.pk}", False), ("q=移民", True), ("q=水库", False),
    ):
        assert ("移民安置资金明细" in text(clerk.get(f"{BASE}?{query}"))) is there, query
    assert "不公开信息到期要评估 1" in text(leader.get("/desk/"))
    assert "不公开信息到期要评估" not in text(clerk.get("/desk/"))
    empty = leader.post(f"{BASE}{item.pk}/look/", {"verdict": "keep", "reason": ""})
    assert empty.status_code == 400
    early = clerk.post(f"{BASE}{item.pk}/begin/")
    assert early.headers["Location"] == f"{BASE}{item.pk}/"
    assert not Publication.objects.exists()
    leader.post(f"{BASE}{item.pk}/look/", {"verdict": "publish", "reason": "安置已结束"})
    assert "等经办人起草" in text(leader.get(f"{BASE}{item.pk}/"))
    for _again in (1, 2):
        clerk.post(f"{BASE}{item.pk}/begin/")
    made = Publication.objects.get()
    assert (made.title, made.source, made.section) == ("移民安置资金明细", withheld.source(item), of.relief)
    assert "看起草的稿子" in text(clerk.get(f"{BASE}{item.pk}/"))
    csv = clerk.get(f"{BASE}export/?as=csv&due=ended").content.decode("utf-8-sig")
    assert csv.splitlines()[1].startswith("移民安置资金明细,,青澜县水利局,移民科,不予公开,")
    assert Told.objects.filter(kind="publications.exported").count() == 1


@pytest.mark.usefixtures("now")
def test_another_agency_sees_nothing_of_it(of: Bureau) -> None:
    item = kept(of)
    other = factories.agency("青澜县林业局", of.county)
    stranger = at_browser(factories.actor(other, roles.HeadOfOffice))
    assert stranger.get(f"{BASE}{item.pk}/").status_code == 404
    assert stranger.post(f"{BASE}{item.pk}/look/", {"verdict": "keep", "reason": "x"}).status_code == 404
    assert "水库调度会商记录" not in text(stranger.get(BASE))
    watcher = at_browser(factories.actor(of.county, roles.Supervisor))
    assert "水库调度会商记录" in text(watcher.get(BASE))
