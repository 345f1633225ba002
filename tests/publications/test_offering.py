"""The acts panel says what the acts do: what is offered takes place, what is closed is refused."""

from __future__ import annotations

import pytest
from tests.publications.makers import (
    KEYS,
    ON,
    Bureau,
    drafted,
    fresh,
    moment,
    of_edition,
    published,
    reviewed,
    sent,
    signed,
)

from gongkai.publications import actions
from gongkai.publications.offering import offered
from gongkai.publications.states import Act

pytestmark = pytest.mark.django_db


def panel(by, edition) -> dict[Act, str]:
    return {offer.act: offer.reason for offer in offered(by, fresh(edition), ON)}


def primary(by, edition) -> list[Act]:
    return [offer.act for offer in offered(by, fresh(edition), ON) if offer.primary]


def test_each_step_offers_the_next_to_whom_it_is(of: Bureau):
    edition = drafted(of)
    assert primary(of.clerk, edition) == [Act.SEND]
    edition = sent(of, edition)
    assert primary(of.reviewer, edition) == [Act.PASS]
    assert Act.PASS not in panel(of.clerk, edition)
    edition = actions.pass_gates(by=of.reviewer, edition=edition, keys=KEYS, at=moment())
    assert primary(of.signatory, edition) == [Act.SIGN]
    edition = actions.sign(by=of.signatory, edition=edition, decided_attribute="active", on=ON, at=moment())
    assert primary(of.publisher, edition) == [Act.PUBLISH]
    edition = actions.publish(by=of.publisher, edition=edition, at=moment())
    assert primary(of.publisher, edition) == [Act.REVISE]
    assert Act.WITHDRAW in panel(of.head, edition)


def test_a_contributor_sees_the_own_acts_until_the_draft_is_handed_in(of: Bureau):
    edition = drafted(of, by=of.contributor)
    assert {Act.EDIT, Act.ATTACH, Act.SUBMIT} <= set(panel(of.contributor, edition))
    assert Act.SEND not in panel(of.contributor, edition)
    edition = actions.submit(by=of.contributor, edition=edition, at=moment())
    edition = actions.accept(by=of.clerk, edition=edition, at=moment())
    assert Act.EDIT not in panel(of.contributor, edition)


def test_whoever_wrote_is_told_why_not(of: Bureau):
    edition = reviewed(of, drafted(of, by=of.head))
    assert "第十七条" in panel(of.head, edition)[Act.SIGN]


def test_what_blocks_is_said_before_it_is_tried(of: Bureau):
    blocked = drafted(of, body="<p>电话13812345678</p>")
    assert "不能公开" in panel(of.clerk, blocked)[Act.SEND]
    plain = drafted(of, attribute="", title="另一份")
    assert "公开属性" in panel(of.clerk, plain)[Act.SEND]
    document = reviewed(of, drafted(of, kind="normative", title="规定"))
    assert "解读方案" in panel(of.signatory, document)[Act.SIGN]
    actions.plan_interpretation(by=of.clerk, publication=document.publication, form="text", due_on=None, at=moment())
    document = actions.sign(by=of.signatory, edition=fresh(document), decided_attribute="active", on=ON, at=moment())
    assert "同步发布" in panel(of.publisher, document)[Act.PUBLISH]


def test_one_new_edition_at_a_time(of: Bureau):
    edition = published(of)
    assert panel(of.publisher, edition)[Act.REVISE] == ""
    actions.revise(by=of.clerk, publication=of_edition(edition), change_note="改", at=moment())
    assert panel(of.publisher, edition)[Act.REVISE]
    assert signed(of, title="另一份").state == "signed"
