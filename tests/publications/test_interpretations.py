"""Documents and their interpretations: planned before the signature, published together."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.publications.makers import ON, Bureau, drafted, fresh, moment, of_edition, reviewed, signed
from tests.publications.test_life import found, refused

from gongkai.publications import actions
from gongkai.publications.models import Edition, Link
from gongkai.publications.states import State

pytestmark = pytest.mark.django_db


def normative(of: Bureau, **values) -> Edition:
    return drafted(of, kind="normative", title="饮水安全管理规定", **values)


def interpretation(of: Bureau, document: Edition) -> Edition:
    made = drafted(of, kind="interpretation", title="管理规定解读", body="<p>规定的背景说明。</p>")
    actions.link(by=of.clerk, source=made.publication, target=document.publication, relation="interprets", at=moment())
    return made


def planned(of: Bureau, document: Edition, due_on=None) -> None:
    actions.plan_interpretation(by=of.clerk, publication=document.publication, form="text", due_on=due_on, at=moment())


def test_a_normative_document_is_not_signed_without_a_plan(of: Bureau, settings):
    document = reviewed(of, normative(of))
    named = {"by": of.signatory, "edition": document, "decided_attribute": "active", "on": ON, "at": moment()}
    refused("interpretation-missing", actions.sign, **named)
    settings.GONGKAI_INTERPRETATION = "advised"
    assert actions.sign(**named).state == State.SIGNED


def test_an_exemption_has_a_reason(of: Bureau):
    document = reviewed(of, normative(of))
    exempt = {"by": of.clerk, "publication": document.publication, "at": moment()}
    refused("words-missing", actions.exempt_interpretation, reason="", **exempt)
    actions.exempt_interpretation(reason="内容简单，无需另作解读", **exempt)
    document = actions.sign(by=of.signatory, edition=document, decided_attribute="active", on=ON, at=moment())
    assert actions.publish(by=of.publisher, edition=document, at=moment()).state == State.PUBLISHED


def test_they_go_out_together(of: Bureau):
    document = normative(of)
    planned(of, document)
    said = interpretation(of, document)
    document = signed(of, document)
    publish = {"by": of.publisher, "edition": document, "at": moment()}
    refused("interpretation-unsigned", actions.publish, **publish)
    said = reviewed(of, said)
    refused("interpretation-unsigned", actions.publish, **publish)
    assert fresh(document).state == State.SIGNED
    said = actions.sign(by=of.signatory, edition=said, decided_attribute="active", on=ON, at=moment())
    refused("document-first", actions.publish, by=of.publisher, edition=said, at=moment())
    actions.publish(**publish)
    assert (fresh(document).state, fresh(said).state) == (State.PUBLISHED, State.PUBLISHED)
    assert found("背景说明") == [said.publication_id]
    assert of_edition(said).index_number != of_edition(document).index_number


def test_none_linked_is_not_ready_either(of: Bureau):
    document = normative(of)
    planned(of, document)
    document = signed(of, document)
    refused("interpretation-unsigned", actions.publish, by=of.publisher, edition=document, at=moment())


def test_one_that_is_due_later_may_follow_within_the_offices_days(of: Bureau):
    document = normative(of)
    planned(of, document, ON + timedelta(days=30))
    said = interpretation(of, document)
    document = actions.publish(by=of.publisher, edition=signed(of, document), at=moment())
    assert of_edition(document).interpretation_due_on == ON + timedelta(days=5)  # three working days, over a weekend
    assert fresh(said).state == State.DRAFT
    said = actions.publish(by=of.publisher, edition=signed(of, said), at=moment(ON + timedelta(days=1)))
    assert said.state == State.PUBLISHED


def test_only_an_interpretation_interprets(of: Bureau):
    document, other = normative(of), drafted(of, title="其他")
    refused("relation-kind", actions.link, by=of.clerk, source=other.publication, target=document.publication,
            relation="interprets", at=moment())
    refused("relation-validity", actions.link, by=of.clerk, source=other.publication, target=document.publication,
            relation="repeals", at=moment())
    refused("relation-self", actions.link, by=of.clerk, source=other.publication, target=other.publication,
            relation="related", at=moment())


def test_links_are_made_once_and_taken_back(of: Bureau):
    document = normative(of)
    said = interpretation(of, document)
    again = {"by": of.clerk, "source": said.publication, "target": document.publication, "relation": "interprets"}
    first = Link.objects.get()
    assert actions.link(**again, at=moment()).pk == first.pk
    actions.unlink(**again, at=moment())
    refused("link-missing", actions.unlink, **again, at=moment())


def test_a_plan_is_a_form_and_a_day_to_come(of: Bureau):
    document = normative(of)
    plan = {"by": of.clerk, "publication": document.publication, "at": moment()}
    refused("form-unknown", actions.plan_interpretation, form="dance", due_on=None, **plan)
    refused("plan-past", actions.plan_interpretation, form="text", due_on=ON - timedelta(days=1), **plan)
