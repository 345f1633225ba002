"""What an agency published is found under its new place when the agency moves; its address stays."""

from __future__ import annotations

import pytest
from django.test import Client
from tests import factories
from tests.publications import makers
from tests.publications.makers import Bureau

from gongkai.agencies import actions as agencies
from gongkai.search import index
from gongkai.search.complete import examine
from gongkai.search.entry import Query

pytestmark = pytest.mark.django_db(transaction=True)


def found(path: str) -> list[int]:
    return [hit.key for hit in index.search(Query(text="饮水安全", under=path)).hits]


def test_search_follows_an_agency_to_its_new_place(of: Bureau, client: Client):
    edition = makers.published(of)
    city = factories.agency("青澜市人民政府")
    before = of.county.path
    assert found(before) == [edition.publication_id]
    agencies.move(by=factories.SYSTEM, agency=of.where, parent=city, at=factories.AT)
    assert (found(before), found(city.path)) == ([], [edition.publication_id])
    assert examine().well, "the index says what the documents say"
    assert client.get(f"/documents/{edition.publication_id}/").status_code == 200
