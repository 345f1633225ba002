"""Whether a policy is in force: marked by a person, ended by its last day, told everywhere at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories import SYSTEM
from tests.publications.makers import ON, Bureau, drafted, moment, of_edition, published, told
from tests.publications.test_life import refused

from gongkai.publications import actions, tasks
from gongkai.publications.kinds import Validity
from gongkai.publications.models import Edition, Link
from gongkai.search import index
from gongkai.search.entry import Query

pytestmark = pytest.mark.django_db


def policy(of: Bureau, title: str = "饮水补助政策", **values) -> Edition:
    return published(of, drafted(of, kind="policy", title=title, **values))


def in_search(validity: str) -> list[int]:
    return [hit.key for hit in index.search(Query(text="饮水补助", validity=validity)).hits]


def test_a_policy_is_in_force_when_it_comes_out(of: Bureau):
    old = policy(of)
    assert of_edition(old).validity == Validity.IN_FORCE
    assert in_search("in_force") == [old.publication_id]
    assert of_edition(published(of, title="通知")).validity == ""


def test_one_document_repeals_another_and_both_say_so(of: Bureau):
    old, new = policy(of), policy(of, "新的政策")
    mark = {"by": of.clerk, "publication": old.publication, "validity": "repealed", "at": moment()}
    refused("ended-missing", actions.mark_validity, **mark)
    refused("ended-early", actions.mark_validity, ended_on=ON - timedelta(days=99), **mark)
    actions.mark_validity(ended_on=ON, by_publication=new.publication, **mark)
    shown = of_edition(old)
    assert (shown.validity, shown.ended_on) == ("repealed", ON)
    link = Link.objects.get()
    assert (link.source_id, link.target_id, link.relation) == (new.publication_id, old.publication_id, "repeals")
    assert (in_search("in_force"), in_search("repealed")) == ([], [old.publication_id])
    again = actions.revise(by=of.clerk, publication=shown, change_note="改正错字", at=moment())
    published(of, again)
    assert of_edition(old).validity == "repealed", "a revision does not bring it back"


def test_only_public_policies_have_a_validity(of: Bureau):
    plain, draft = published(of), drafted(of, kind="policy")
    named = {"by": of.clerk, "validity": "amended", "at": moment()}
    refused("validity-none", actions.mark_validity, publication=plain.publication, **named)
    refused("not-public", actions.mark_validity, publication=draft.publication, **named)
    refused("validity-kind", actions.mark_validity, publication=policy(of).publication, by=of.clerk, validity="",
            at=moment())


def test_a_policy_lapses_on_its_last_day_by_itself(of: Bureau):
    old = policy(of, expires_on=ON + timedelta(days=10))
    policy(of, "饮水补助长期政策")
    assert tasks.lapse_due(moment(ON + timedelta(days=9))) == 0
    assert tasks.lapse_due(moment(ON + timedelta(days=10))) == 1
    shown = of_edition(old)
    assert (shown.validity, shown.ended_on) == ("lapsed", ON + timedelta(days=10))
    assert told(old.publication_id)[-1] == "validity_marked"
    assert in_search("lapsed") == [old.publication_id]
    assert tasks.lapse_due(moment(ON + timedelta(days=11))) == 0
    assert not actions.lapse(by=SYSTEM, publication=shown, at=moment(ON + timedelta(days=11)))


def test_one_that_is_over_when_it_comes_out_says_so(of: Bureau):
    old = policy(of, formed_on=ON - timedelta(days=90), expires_on=ON - timedelta(days=1))
    assert of_edition(old).validity == "lapsed"


def test_channels_are_those_of_the_law_and_the_website(of: Bureau):
    edition = published(of)
    refused("channel-unknown", actions.set_channels, by=of.clerk, publication=edition.publication,
            channels=["smoke"], at=moment())
    actions.set_channels(by=of.clerk, publication=edition.publication, channels=["gazette"], at=moment())
    assert of_edition(edition).channels == ["website", "gazette"]
