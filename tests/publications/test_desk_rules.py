"""The page of the office's own rules, and the switch of the links."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from tests import factories
from tests.publications import makers
from tests.publications.makers import Bureau, moment
from tests.publications.test_pages_of_an_edition import BASE, at_browser, page_of, text

from gongkai.accounts import roles
from gongkai.publications.gates import FIVE
from gongkai.publications.models import DeadLink, LinkWatch, Practice

pytestmark = pytest.mark.django_db
RULES = f"{BASE}practice/"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(moment(), tick=False):
        yield


def rules(**more: object) -> dict[str, object]:
    """What the page sends as it stands."""
    sent: dict[str, object] = {
        "scheme": "five", "interpretation_days": 3, "reassess_months": 12, "review_after_days": 1,
        "handover": "quarterly", "index_template": "",
    }
    for n, gate in enumerate(FIVE.gates):
        sent |= {f"g_{n}_key": gate.key, f"g_{n}_name": gate.name, f"g_{n}_question": gate.question}
        if gate.after_emergency:
            sent[f"g_{n}_after"] = "on"
    return sent | more


def test_the_rules_are_kept_and_shown(of: Bureau) -> None:
    head = at_browser(of.head)
    assert "政治关" in head.get(RULES).content.decode()
    answer = head.post(RULES, rules(days_after_signing=3, index_template="{department}-{year}-{serial:04d}"))
    assert answer.status_code == 302, text(answer)
    kept = Practice.objects.get()
    assert (kept.days_after_signing, kept.gates, kept.index_template) == (3, [], "{department}-{year}-{serial:04d}")
    assert "2026-0001" in text(head.get(RULES))
    assert head.post(RULES, rules(g_5_name="财政关", g_5_question="数字是否一致")).status_code == 302
    assert [gate["name"] for gate in Practice.objects.get().gates][-1] == "财政关"
    edition = makers.sent(of)
    assert edition.gates.count() == 6
    assert "财政关" in text(at_browser(of.reviewer).get(page_of(edition, "acts/pass/")))
    assert head.post(RULES, rules(scheme="three")).status_code == 302
    assert Practice.objects.get().gates == []


def test_the_secrecy_gate_cannot_go(of: Bureau) -> None:
    head = at_browser(of.head)
    answer = head.post(RULES, rules(g_2_name=""))
    assert answer.status_code == 400
    assert "保密审查不能取消" in text(answer)
    assert head.post(RULES, rules(g_2_after="on")).status_code == 302
    assert not Practice.objects.filter(gates__0__isnull=False).exists()


def test_a_template_is_tried_while_it_is_typed(of: Bureau) -> None:
    head = at_browser(of.head)
    good = head.get(f"{RULES}sample/", {"agency": of.where.pk, "index_template": "{credit_code}/{year}-{serial:05d}"})
    assert f"{makers.CREDIT}/2026-00001" in text(good)
    assert "不能用" in text(head.get(f"{RULES}sample/", {"agency": of.where.pk, "index_template": "{year}"}))
    assert head.post(RULES, rules(index_template="{year}")).status_code == 400


def test_only_the_head_sets_rules_and_links(of: Bureau) -> None:
    for who in (of.clerk, of.reviewer, of.contributor, factories.actor(of.county, roles.Supervisor)):
        assert at_browser(who).get(RULES).status_code == 403
        assert at_browser(who).post(f"{BASE}links/switch/", {"agency": of.where.pk, "on": "1"}).status_code == 403
    head = at_browser(of.head)
    assert "没有检查链接" in text(head.get(f"{BASE}links/"))
    assert head.post(f"{BASE}links/switch/", {"agency": of.county.pk, "on": "1"}).status_code == 404
    assert head.post(f"{BASE}links/switch/", {"agency": of.where.pk, "on": "1"}).status_code == 302
    assert LinkWatch.objects.get().on
    edition = makers.published(of)
    DeadLink.objects.create(
        publication_id=edition.publication_id, url="https://far.example/gone", reason="gone", status=404,
        since=moment(), checked_at=moment(),
    )
    shown = text(at_browser(of.clerk).get(f"{BASE}links/"))
    assert "https://far.example/gone" in shown
    assert "页面不存在 404" in shown
    head.post(f"{BASE}links/switch/", {"agency": of.where.pk, "on": "0"})
    assert not DeadLink.objects.exists()
