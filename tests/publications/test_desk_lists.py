"""The list, its groups, the day's page, the coverage matrix: what they count, and what they ask the database."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.publications import makers
from tests.publications.makers import ON, Bureau, moment
from tests.publications.test_pages_of_an_edition import BASE, at_browser, text

from gongkai.accounts import roles
from gongkai.accounts.actor import Actor
from gongkai.catalogue.models import Item
from gongkai.core.catalogue.freshness import State as Freshness
from gongkai.publications import actions, coverage, work
from gongkai.publications.models import Edition, Publication

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(moment(), tick=False):
        yield


def item(of: Bureau, code: str, **values: object) -> Item:
    return Item.objects.create(
        agency=of.where, code=code, name=f"事项{code}", limit_text="20个工作日内", limit_days=20, **values,
    )


def groups(actor: Actor, on: date = ON) -> dict[str, int]:
    return {queue.group.key: queue.count for queue in work.work_for(actor, on).queues}


def test_each_person_sees_what_waits_for_them(of: Bureau) -> None:
    makers.drafted(of, by=of.clerk, title="起草中的")
    submitted = actions.draft(
        by=of.contributor, agency=of.where, kind="other", title="报送的", at=moment(), section=of.water,
        body=makers.BODY, values={"attribute": "active", "formed_on": ON},
    )
    actions.submit(by=of.contributor, edition=submitted, at=moment())
    makers.sent(of, title="审查中的")
    makers.reviewed(of, title="待签发的")
    makers.signed(of, title="待发布的")
    makers.published(of, title="已发布的")
    assert groups(of.clerk) == {"submitted": 1, "publish": 1, "drafts": 1}
    assert groups(of.reviewer) == {"review": 1}
    assert groups(of.signatory) == {"signature": 1}
    assert groups(of.contributor) == {}
    later = ON + timedelta(days=60)
    assert groups(of.reviewer, later)["overdue"] == 5
    # Who reviews or signs reads the own work first, who handles what is late.
    assert [next(iter(groups(who, later))) for who in (of.reviewer, of.signatory, of.clerk)] == [
        "review", "signature", "overdue",
    ]
    head = work.work_for(of.head, later)
    assert [(b.name, b.count) for b in head.sections] == [("", 4), ("水资源科", 1)]
    supervisor = factories.actor(of.county, roles.Supervisor)
    assert [(b.name, b.count) for b in work.work_for(supervisor, later).below] == [(of.where.name, 5)]
    assert work.work_for(supervisor, later).queues == []


def test_what_comes_back_waits_for_its_drafter_and_an_emergency_for_its_review(of: Bureau) -> None:
    back = makers.sent(of, title="退回的")
    actions.return_edition(by=of.reviewer, edition=back, remark="文号不对", at=moment())
    assert groups(of.clerk) == {"returned": 1}
    fast = makers.sent(of, title="应急的", lane="emergency", lane_reason="汛情")
    actions.pass_gates(by=of.reviewer, edition=fast, keys=["secrecy"], at=moment())
    fast = actions.sign(by=of.signatory, edition=fast, decided_attribute="active", on=ON, at=moment())
    actions.publish(by=of.publisher, edition=fast, at=moment())
    assert groups(of.reviewer) == {"after": 1}
    client = at_browser(of.reviewer)
    answer = client.post(f"{BASE}{fast.publication_id}/editions/1/acts/pass_after/", {
        "keys": ["political", "legal", "procedure", "timeliness"], "remark": "补审同意",
        "seen": Edition.objects.get(pk=fast.pk).revision,
    })
    assert answer.status_code == 302, text(answer)
    assert groups(of.reviewer) == {}


def test_the_list_keeps_its_filters_in_the_address(of: Bureau) -> None:
    first = item(of, "20.1", section=of.water)
    actions.draft(by=of.clerk, agency=of.where, kind="plan", title="供水规划", at=moment(), item=first,
                  section=of.water, values={"attribute": "on_request", "attribute_reason": "过程中"})
    makers.published(of, title="饮水安全办法", document_number="青水〔2026〕3号")
    client = at_browser(of.clerk)
    assert "共 2 件" in text(client.get(BASE))
    for query in ("q=供水", "kind=plan", "attribute=on_request", "state=draft", f"item={first.pk}",
                  f"section={of.water.pk}", "group=drafts", "q=〔2026〕3号", "group=public", "state=published"):
        assert "共 1 件" in text(client.get(f"{BASE}?{query}")), query
    assert "共 2 件" in text(client.get(f"{BASE}?year=2026&state=nonsense&item=x&section=99"))
    assert "没有符合条件的信息" in text(client.get(f"{BASE}?year=2026&kind=fee"))
    for order in ("due_on", "-published_on", "-formed_on", "nonsense"):
        assert client.get(f"{BASE}?sort={order}").status_code == 200
    narrow = client.get(f"{BASE}?show=index").content.decode()
    assert ">索引号</th>" in narrow
    assert ">科室</th>" not in narrow


def test_the_list_leaves_as_a_spreadsheet(of: Bureau) -> None:
    makers.published(of, title="=HYPERLINK(1)饮水安全办法")
    client = at_browser(of.clerk)
    answer = client.get(f"{BASE}export/?as=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:2] == ["索引号", "名称"]
    assert rows[1][1].startswith("'=")
    assert rows[1][9] == "已发布"
    assert client.get(f"{BASE}export/").content.startswith(b"PK")
    assert at_browser(of.reviewer).get(f"{BASE}export/").status_code == 403


def test_an_empty_list_says_what_it_is_for(of: Bureau) -> None:
    assert "还没有主动公开的信息" in text(at_browser(of.clerk).get(BASE))


def test_a_contributor_sees_the_own_section_alone(of: Bureau) -> None:
    makers.drafted(of, by=of.clerk, title="别人的")
    actions.draft(by=of.contributor, agency=of.where, kind="other", title="本科室的", at=moment(), section=of.water)
    shown = text(at_browser(of.contributor).get(BASE))
    assert "本科室的" in shown
    assert "别人的" not in shown


def test_items_are_stale_empty_and_due(of: Bureau) -> None:
    monthly = item(of, "20.2", mode="periodic", period="month", section=of.water)
    item(of, "20.3", required=True)
    fresh = item(of, "20.4")
    for one in (monthly, fresh):
        edition = actions.draft(
            by=of.clerk, agency=of.where, kind="other", title=f"材料{one.code}", at=moment(), item=one,
            body=makers.BODY, values={"attribute": "active", "formed_on": ON},
        )
        makers.published(of, edition)
    assert [(s.item.code, s.state) for s in coverage.mine(of.clerk, ON)] == [("20.3", Freshness.EMPTY)]
    later = ON + timedelta(days=70)
    assert [(s.item.code, s.state) for s in coverage.mine(of.clerk, later)] == [
        ("20.2", Freshness.STALE), ("20.3", Freshness.EMPTY),
    ]
    assert [s.item.code for s in coverage.mine(of.contributor, later)] == ["20.2"]
    shown = text(at_browser(of.clerk).get("/desk/"))
    assert "我的目录里要更新的事项" in shown


def test_the_matrix_counts_by_section_aspect_and_agency(of: Bureau) -> None:
    first = item(of, "20.1", section=of.water, aspects=["decision", "result"], required=True)
    item(of, "20.10", section=of.relief, required=True)
    makers.published(of, actions.draft(
        by=of.clerk, agency=of.where, kind="other", title="一", at=moment(), item=first, body=makers.BODY,
        values={"attribute": "active", "formed_on": ON},
    ))
    matrix, more = coverage.by_section(of.where, ON)
    assert not more
    assert {row.name: [c.count if c else None for c in row.cells] for row in matrix.rows} == {
        "水资源科": [1, None], "移民科": [None, 0],
    }
    aspects, _more = coverage.by_aspect(of.where, ON)
    assert [row.name for row in aspects.rows if row.total] == ["决策", "结果"]
    supervisor = factories.actor(of.county, roles.Supervisor)
    below, _more = coverage.by_agency(supervisor, ON)
    assert below.columns == [("20.1", "事项20.1"), ("20.10", "事项20.10")]
    assert {row.name: row.total for row in below.rows} == {of.county.name: 0, of.where.name: 1}
    client = at_browser(supervisor)
    assert "20.10" in text(client.get(f"{BASE}coverage/"))
    assert "事项20.1" in client.get(f"{BASE}coverage/?as=csv").content.decode()
    assert client.get(f"{BASE}coverage/?by=nonsense").status_code == 404
    assert at_browser(of.contributor).get(f"{BASE}coverage/?agency={of.county.pk}").status_code == 404


def test_questions_to_the_database_do_not_grow_with_the_rows(of: Bureau) -> None:
    supervisor = factories.actor(of.county, roles.Supervisor)
    clients = [at_browser(of.clerk), at_browser(supervisor), at_browser(of.reviewer)]
    pages = (BASE, f"{BASE}?group=overdue", f"{BASE}coverage/", f"{BASE}coverage/?by=agencies", "/desk/")

    def asked() -> list[int]:
        counts = []
        for client in clients:
            for page in pages:
                with CaptureQueriesContext(connection) as found:
                    assert client.get(page).status_code == 200
                counts.append(len(found))
        return counts

    def more(n: int, start: int) -> None:
        for k in range(start, start + n):
            one = item(of, f"20.{k}", section=of.water, order=k, required=True)
            makers.sent(of, actions.draft(
                by=of.clerk, agency=of.where, kind="other", title=f"第{k}件", at=moment(), item=one, section=of.water,
                body=makers.BODY, values={"attribute": "active", "formed_on": ON - timedelta(days=90)},
            ))

    more(6, 1)
    asked()
    few = asked()
    more(8, 100)
    assert asked() == few
    assert max(few) <= 70


def test_an_edition_page_asks_no_more_with_a_long_history(of: Bureau) -> None:
    first = makers.published(of)
    client = at_browser(of.clerk)
    path = f"{BASE}{first.publication_id}/editions/1/"
    client.get(path)
    with CaptureQueriesContext(connection) as before:
        client.get(path)
    for n in range(4):
        newer = actions.revise(by=of.clerk, publication=Publication.objects.get(), change_note=f"第{n}次", at=moment())
        makers.published(of, newer)
    with CaptureQueriesContext(connection) as after:
        client.get(path)
    assert len(after) <= len(before) + 3
