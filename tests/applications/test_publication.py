"""One click from a reply to proactive publication: nobody of the case is left in the text, and that is checked."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.applications.made_replies import assigned, events, moment, office, person, served, signed
from tests.applications.makers import ON, PERSON, PERSONAL

from gongkai.accounts.permissions import Denied
from gongkai.applications import actions, naming, replying
from gongkai.applications.actions import publishing
from gongkai.applications.models import PublicationDraft
from gongkai.core.errors import Refused
from gongkai.core.text.redact import Redacted, leaks, remove_tokens, tokens
from gongkai.ledger.models import Entry

pytestmark = pytest.mark.django_db
LATER = date(2026, 3, 6)
TELLING = (
    "欧阳问渠（身份证110105194912310021，电话139 0000 7351）住青澜县柳荫街道槐树巷7号，"
    "2025年度临时救助资金共分配312.97万元。欧阳先生另询邮箱wenqu.ouyang@example.invalid。"
)


@pytest.fixture
def of():
    return office()


def publish(of, case, title="临时救助资金分配", body=TELLING):
    return actions.draft_publication(by=of.clerk, application=case, title=title, body=body, at=moment(LATER))


def test_one_click_makes_a_draft_without_the_applicant(of):
    case, _service = served(of, assigned(of), body=TELLING)
    title, body, removed, left = replying.publication_proposal(case)
    assert not [word for word in PERSONAL if word in title + body]
    assert "312.97万元" in body
    assert not [leak for leak in left if leak.certain]
    assert {"name", "id_number", "phone", "address", "email"} <= set(removed)
    draft = publish(of, case, title, body)
    assert (draft.title, draft.body) == (title, body)
    assert publish(of, case, "另一个标题", "另一份稿子").pk == draft.pk, "the second click gives the same draft"
    assert [e.kind for e in events(case)].count("applications.publication_drafted") == 1


def test_what_was_typed_since_is_searched_again(of):
    case, _service = served(of, assigned(of))
    draft = publish(of, case, title="欧阳问渠申请的信息")
    assert not [word for word in PERSONAL if word in draft.title + draft.body]
    assert events(case)[-1].sentence.startswith("转为主动公开的稿子，去除申请人信息")
    assert draft.removed["name"] >= 2


def test_persons_who_were_asked_are_taken_out_too(of):
    case = assigned(of)
    stranger = {"name": "端木采薇", "phone": "13900008864"}
    asked = actions.consult(
        by=of.clerk, application=case, kind="third_party", party="", about="报价材料", sent_on=ON,
        party_identity=stranger, at=moment(ON))
    actions.take_opinion(by=of.clerk, consultation=asked, opinion="consent", on=LATER, at=moment(LATER))
    case, _service = served(of, case, day=LATER, body="端木采薇（13900008864）同意公开。")
    _title, body, _removed, _left = replying.publication_proposal(case)
    assert not [word for word in stranger.values() if word in body]


def test_a_text_in_which_somebody_is_left_is_not_kept(of, monkeypatch):
    """A removal that misses something is caught by the check, which knows none of its patterns."""
    monkeypatch.setattr(publishing, "remove_tokens", lambda text, tokens: Redacted(text, {}, ()))
    case, _service = served(of, assigned(of))
    with pytest.raises(Refused) as refused:
        publish(of, case)
    assert refused.value.code == "applicant-left"
    assert "姓名" in refused.value.message
    assert not [word for word in PERSONAL if word in refused.value.message], "the places are shown masked"
    assert not PublicationDraft.objects.exists()


def test_only_what_was_disclosed_and_served_can_be_published(of):
    refusing, _service = served(of, assigned(of), "refused_security")
    waiting = signed(of, assigned(of))
    for case, code in ((refusing, "nothing-disclosed"), (waiting, "not-now")):
        with pytest.raises(Refused) as refused:
            publish(of, case)
        assert refused.value.code == code
    case, _service = served(of, assigned(of))
    with pytest.raises(Refused, match="标题"):
        publish(of, case, title=" ")
    with pytest.raises(Denied):
        actions.draft_publication(by=of.contributor, application=case, title="标题", body="正文", at=moment(LATER))


def test_how_the_applicant_got_it_and_what_the_applicant_wrote_are_nobodys_concern(of):
    case, _service = served(of, assigned(of, content="本人为低保户，申请公开2025年度临时救助资金分配方案。",
                                         subject="2025年度临时救助资金分配方案"))
    _title, body, _removed, _left = replying.publication_proposal(case)
    assert "低保户" not in body
    assert "邮寄" not in body


def test_the_ledger_counts_and_quotes_nothing(of):
    case, _service = served(of, assigned(of))
    publish(of, case)
    for payload in Entry.objects.values_list("payload", flat=True):
        assert not [word for word in (*PERSONAL, "312.97") if word in payload]


KNOWN = tokens(name=PERSON["name"], id_number=PERSON["id_number"], phone=PERSON["phone"], address=PERSON["address"],
               email=PERSON["email"])


@settings(max_examples=60)
@given(st.lists(st.sampled_from([
    *(token.value for token in KNOWN), "临时救助", "。", "\n", "１３９００００７３５１", "欧阳女士", "问渠", "2025年",
]), max_size=30).map("".join))
def test_whatever_stands_in_a_text_nothing_certain_is_left(text):
    assert not [leak for leak in leaks(remove_tokens(text, KNOWN).text, KNOWN) if leak.certain]


def test_every_field_of_the_vault_has_a_kind_of_token():
    from gongkai.vault.fields import FIELDS

    assert {name for name, field in FIELDS.items() if field.personal} == set(naming._KIND_OF)


@pytest.fixture
def keyless(request):
    return request.getfixturevalue("settings")  # the name is Hypothesis's in this module


def test_without_the_key_nothing_is_proposed_and_the_page_says_why(of, client, keyless):
    """Before, the form of the act ended in an error page; it must not say either that there was nothing to remove."""
    case, _service = served(of, assigned(of), body=TELLING)
    keyless.GONGKAI_VAULT_KEYS = (b"another key 1234",)
    client.force_login(person(of.clerk))
    page = client.get(f"/desk/applications/{case.pk}/acts/publish_draft/")
    assert page.status_code == 200
    assert "现有密钥打不开" in page.content.decode()
    assert "不必去除" not in page.content.decode()
    assert "分配312.97万元" not in page.content.decode()
    typed = client.post(f"/desk/applications/{case.pk}/acts/publish_draft/", {"title_": "题", "body": "打好的字"})
    assert typed.status_code == 400
    assert "打好的字" in typed.content.decode()
    assert not PublicationDraft.objects.exists()
