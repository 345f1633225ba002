"""The life of a publication: from the draft to the public, and out again."""

from __future__ import annotations

import pytest
from tests.publications.makers import (
    CREDIT,
    KEYS,
    ON,
    Bureau,
    of_edition,
    published,
    told,
)

from gongkai.core.errors import Refused
from gongkai.publications.models import GateOpinion
from gongkai.publications.states import State
from gongkai.search import index
from gongkai.search.entry import Query

pytestmark = pytest.mark.django_db


def refused(code: str, call, **named) -> Refused:
    with pytest.raises(Refused) as raised:
        call(**named)
    assert raised.value.code == code, raised.value.message
    return raised.value


def found(words: str) -> list[int]:
    return [hit.key for hit in index.search(Query(text=words)).hits]


def test_from_the_draft_to_the_public(of: Bureau):
    edition = published(of)
    publication = of_edition(edition)
    assert edition.state == State.PUBLISHED
    assert publication.index_number == f"{CREDIT}/2026-00001"
    assert (publication.published_on, publication.current_id) == (ON, edition.pk)
    assert publication.title == "农村饮水安全管理办法"
    assert told(publication.pk) == ["drafted", "sent", "gates_passed", "signed", "published"]
    assert found("饮水安全") == [publication.pk]
    assert set(GateOpinion.objects.values_list("key", flat=True)) == set(KEYS)
