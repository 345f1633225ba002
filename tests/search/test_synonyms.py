"""Synonyms: who sets them, what they widen, and their page."""

from __future__ import annotations

import pytest
from django.test import Client
from tests import factories
from tests.search.corpora import Shelf
from tests.search.test_transactions import ENTRY

from gongkai.accounts import roles
from gongkai.accounts.models import User
from gongkai.accounts.permissions import Denied
from gongkai.core.errors import Refused
from gongkai.ledger.models import Entry as Record
from gongkai.search import actions, defaults, index, meanings, sources
from gongkai.search.entry import Query
from gongkai.search.models import Synonym
from gongkai.search.tokens import folded

pytestmark = pytest.mark.django_db
PAGE = "/desk/search/"


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    shelf = Shelf([ENTRY])
    monkeypatch.setattr(sources, "_SOURCES", [shelf])
    index.put([ENTRY])
    return shelf


def test_every_default_says_two_things() -> None:
    assert len(defaults.pairs()) >= 25
    for said, official in defaults.pairs():
        assert len(said) >= 2
        assert folded(said) not in folded(official), "found without a synonym"


def test_a_search_is_widened_and_says_so(shelf: Shelf) -> None:
    where = factories.agency()
    head = factories.actor(where, roles.HeadOfOffice)
    assert index.search(Query(text="排污费")).total == 0
    actions.add_synonym(by=head, agency=where, said="排污费", official="污水处理费", at=factories.AT)
    assert index.search(Query(text="排污费")).total == 0, "holds in the agency's own search"
    actions.add_synonym(by=factories.SYSTEM, agency=None, said="排污费", official="污水处理费", at=factories.AT)
    results = index.search(Query(text="排污费"))
    assert [hit.key for hit in results.hits] == [7]
    assert results.corrected == (("排污费", "污水处理费"),)
    assert ("污水处理费", True) in results.hits[0].excerpt
    assert index.search(Query(text="“排污费”")).total == 0, "taken exactly"
    assert index.search(Query(text="排污费用")).total == 0, "only whole words are widened"
    assert index.suggest("排污")[0] == "污水处理费"


def test_each_agency_is_reached_by_its_own_and_by_everybodys() -> None:
    here, there = factories.agency(), factories.agency("青澜县民政局")
    for agency, official in ((here, "此处用语"), (there, "彼处用语"), (None, "通用语")):
        actions.add_synonym(by=factories.SYSTEM, agency=agency, said="俗话说", official=official, at=factories.AT)
    assert set(meanings.synonyms(here.pk)["俗话说"]) == {"此处用语", "通用语"}
    assert set(meanings.synonyms(there.pk)["俗话说"]) == {"彼处用语", "通用语"}
    assert meanings.synonyms()["俗话说"] == ("通用语",)


def test_adding_and_removing_are_recorded_once(shelf: Shelf) -> None:
    where = factories.agency()
    head = factories.actor(where, roles.HeadOfOffice)
    before = Record.objects.count()
    for _ in range(2):
        actions.add_synonym(by=head, agency=where, said="排污费", official="污水处理费", at=factories.AT)
    actions.remove_synonym(by=head, agency=where, said="排污费", official="污水处理费", at=factories.AT)
    kinds = list(Record.objects.order_by("sequence").values_list("kind", flat=True))[before:]
    assert kinds == ["search.synonym_added", "search.synonym_removed"]
    with pytest.raises(Refused, match="已经不在"):
        actions.remove_synonym(by=head, agency=where, said="排污费", official="污水处理费", at=factories.AT)


def test_one_that_comes_with_the_program_can_be_dropped_and_taken_back() -> None:
    said, official = "低保", "最低生活保障"
    assert official in meanings.synonyms()[said]
    actions.remove_synonym(by=factories.SYSTEM, agency=None, said=said, official=official, at=factories.AT)
    assert said not in meanings.synonyms()
    with pytest.raises(Refused):
        actions.remove_synonym(by=factories.SYSTEM, agency=None, said=said, official=official, at=factories.AT)
    actions.add_synonym(by=factories.SYSTEM, agency=None, said=said, official=official, at=factories.AT)
    assert meanings.synonyms()[said] == (official,)


@pytest.mark.parametrize(("said", "official", "code"), [
    ("", "最低生活保障", "synonym-empty"), ("低", "最低生活保障", "synonym-empty"),
    ("低保" * 21, "最低", "synonym-long"),
    ("低保", "低保", "synonym-same"), ("低 保", "最低生活保障", "synonym-same"),
])
def test_what_says_nothing_is_refused(said: str, official: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        actions.add_synonym(by=factories.SYSTEM, agency=None, said=said, official=official, at=factories.AT)
    assert refusal.value.code == code
    assert Synonym.objects.count() == 0


def test_who_may_set_them() -> None:
    county = factories.agency()
    bureau = factories.agency("青澜县民政局", county)
    clerk, head = factories.actor(county, roles.Clerk), factories.actor(bureau, roles.HeadOfOffice)
    supervisor = factories.actor(county, roles.Supervisor)
    for actor, agency in ((clerk, county), (head, county), (head, None)):
        with pytest.raises(Denied):
            actions.add_synonym(by=actor, agency=agency, said="排污费", official="污水处理费", at=factories.AT)
    for actor, agency in ((head, bureau), (supervisor, bureau), (supervisor, None)):
        actions.add_synonym(by=actor, agency=agency, said="排污费", official="污水处理费", at=factories.AT)
    assert Synonym.objects.count() == 2
    assert Synonym.objects.visible_to(clerk).count() == 1


def test_the_page_lists_adds_and_removes(client: Client) -> None:
    county = factories.agency()
    client.force_login(User.objects.get(pk=factories.actor(county, roles.Supervisor).user_id))
    page = client.get(PAGE).content.decode()
    assert "最低生活保障" in page
    answer = client.post(PAGE, {"said": "排污费", "official": "污水<b>处理费", "agency": ""})
    assert answer.status_code == 302
    page = client.get(PAGE).content.decode()
    assert "污水&lt;b&gt;处理费" in page
    pair = {"said": "排污费", "official": "污水<b>处理费", "agency": ""}
    assert client.post(f"{PAGE}remove/", pair).status_code == 302
    assert client.post(f"{PAGE}remove/", pair).status_code == 400
    assert client.post(f"{PAGE}remove/", pair | {"agency": "999999"}).status_code == 404
    assert client.post(PAGE, {"said": "低", "official": "", "agency": ""}).status_code == 400
    assert "排污费" not in client.get(PAGE).content.decode()


def test_the_page_asks_no_more_the_more_there_are(client: Client, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    county = factories.agency()
    client.force_login(User.objects.get(pk=factories.actor(county, roles.Supervisor).user_id))
    for n in range(30):
        actions.add_synonym(by=factories.SYSTEM, agency=county, said=f"叫法{n}", official="写法", at=factories.AT)
    client.get(PAGE)
    with django_assert_max_num_queries(25):
        client.get(PAGE)
