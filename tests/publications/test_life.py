"""The life of a publication: from the draft to the public, and out again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.publications.makers import (
    CREDIT,
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
    told,
)

from gongkai.accounts import roles
from gongkai.accounts.permissions import Denied
from gongkai.core.errors import Refused
from gongkai.ledger.models import Entry
from gongkai.publications import actions
from gongkai.publications.models import Edition, GateOpinion, Withholding
from gongkai.publications.standing import STANDING
from gongkai.publications.states import State
from gongkai.search import index
from gongkai.search.entry import Query

pytestmark = pytest.mark.django_db
KEY = KEYS[0]


def refused(code: str, call: Callable[..., Any], **named: Any) -> Refused:
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


def test_a_contributor_drafts_for_the_own_section_and_hands_in(of: Bureau):
    edition = drafted(of, by=of.contributor)
    assert edition.publication.section_id == of.water.pk
    edition = actions.submit(by=of.contributor, edition=edition, at=moment())
    assert edition.state == State.SUBMITTED
    refused("not-now", actions.edit, by=of.contributor, edition=edition, values={"title": "x"}, body=None, at=moment())
    edition = actions.accept(by=of.clerk, edition=edition, at=moment())
    refused("handed-in", actions.edit, by=of.contributor, edition=edition, values={"title": "x"}, body=None,
            at=moment())
    edition = sent(of, edition)
    assert told(edition.publication_id) == ["drafted", "submitted", "accepted", "sent"]


def test_what_comes_back_from_the_office_is_the_contributors_again(of: Bureau):
    edition = actions.submit(by=of.contributor, edition=drafted(of, by=of.contributor), at=moment())
    edition = actions.return_edition(by=of.clerk, edition=edition, remark="请补充依据", at=moment())
    assert (edition.state, edition.return_remark) == (State.RETURNED, "请补充依据")
    refused("not-now", actions.submit, by=of.contributor, edition=edition, at=moment())
    edition = actions.edit(by=of.contributor, edition=edition, values={"summary": "依据水法"}, body=None, at=moment())
    assert actions.submit(by=of.contributor, edition=edition, at=moment()).state == State.SUBMITTED


def test_a_contributor_of_another_section_may_not(of: Bureau):
    stranger = of.person(roles.Contributor, "stranger", of.relief)
    edition = drafted(of, by=of.contributor)
    with pytest.raises(Denied):
        actions.edit(by=stranger, edition=edition, values={"title": "x"}, body=None, at=moment())
    with pytest.raises(Denied):
        drafted(of, by=of.reviewer)


@pytest.mark.parametrize(("missing", "code"), [
    ({"attribute": ""}, "attribute-missing"),
    ({"attribute": "withheld", "attribute_reason": "x"}, "ground-missing"),
    ({"attribute": "withheld", "attribute_ground": "refused_internal"}, "reason-missing"),
    ({"attribute": "on_request"}, "reason-missing"),
])
def test_the_attribute_is_fixed_while_drafting(of: Bureau, missing, code):
    edition = drafted(of, **missing)
    refused(code, actions.send, by=of.clerk, edition=edition, at=moment())
    refused(code, actions.submit, by=of.clerk, edition=edition, at=moment())


def test_words_under_review_do_not_change_by_any_act(of: Bureau):
    edition = sent(of)
    refused("not-now", actions.edit, by=of.clerk, edition=edition, values={"title": "x"}, body=None, at=moment())
    refused("not-now", actions.attach, by=of.clerk, edition=edition, name="a.txt", data=b"a", at=moment())
    refused("not-now", actions.submit, by=of.clerk, edition=edition, at=moment())


def test_nobody_skips_a_gate(of: Bureau):
    edition = drafted(of)
    for act in (actions.publish, actions.pass_gates, actions.sign):
        named: dict[str, Any] = {"keys": [KEY]} if act is actions.pass_gates else (
            {"decided_attribute": "active", "on": ON} if act is actions.sign else {})
        by = {actions.publish: of.publisher, actions.pass_gates: of.reviewer, actions.sign: of.signatory}[act]
        refused("not-now", act, by=by, edition=edition, at=moment(), **named)
    edition = sent(of, edition)
    refused("not-now", actions.sign, by=of.signatory, edition=edition, decided_attribute="active", on=ON, at=moment())
    edition = actions.pass_gates(by=of.reviewer, edition=edition, keys=KEYS[:4], at=moment())
    assert edition.state == State.REVIEW
    refused("not-now", actions.sign, by=of.signatory, edition=edition, decided_attribute="active", on=ON, at=moment())
    edition = actions.pass_gates(by=of.reviewer, edition=edition, keys=KEYS[4:], at=moment())
    refused("not-now", actions.publish, by=of.publisher, edition=edition, at=moment())


def test_posts_decide_who_does_what(of: Bureau):
    edition = drafted(of)
    for by in (of.reviewer, of.signatory, of.contributor):
        with pytest.raises(Denied):
            actions.send(by=by, edition=edition, at=moment())
    edition = sent(of, edition)
    for by in (of.clerk, of.signatory):
        with pytest.raises(Denied):
            actions.pass_gates(by=by, edition=edition, keys=[KEY], at=moment())
    edition = actions.pass_gates(by=of.reviewer, edition=edition, keys=KEYS, at=moment())
    for by in (of.clerk, of.reviewer):
        with pytest.raises(Denied):
            actions.sign(by=by, edition=edition, decided_attribute="active", on=ON, at=moment())
    edition = actions.sign(by=of.signatory, edition=edition, decided_attribute="active", on=ON, at=moment())
    for by in (of.reviewer, of.signatory, of.contributor):
        with pytest.raises(Denied):
            actions.publish(by=by, edition=edition, at=moment())
    edition = actions.publish(by=of.publisher, edition=edition, at=moment())
    for by in (of.reviewer, of.contributor):
        with pytest.raises(Denied):
            actions.withdraw(by=by, publication=edition.publication, kind="error", note="", at=moment())


def test_the_editor_neither_reviews_nor_signs(of: Bureau):
    edition = sent(of, drafted(of, by=of.head))
    refused("own-work", actions.pass_gates, by=of.head, edition=edition, keys=[KEY], at=moment())
    edition = actions.pass_gates(by=of.reviewer, edition=edition, keys=KEYS, at=moment())
    refused("own-work", actions.sign, by=of.head, edition=edition, decided_attribute="active", on=ON, at=moment())


def test_the_reviewer_does_not_sign(of: Bureau):
    edition = actions.pass_gates(by=of.head, edition=sent(of), keys=KEYS, at=moment())
    refused("own-review", actions.sign, by=of.head, edition=edition, decided_attribute="active", on=ON, at=moment())


def test_three_reviews_are_three_persons(of: Bureau):
    actions.set_practice(by=of.head, agency=of.where, at=moment(), scheme="three")
    edition, keys = sent(of), ["first", "second", "secrecy"]
    refused("gate-apart", actions.pass_gates, by=of.reviewer, edition=edition, keys=keys, at=moment())
    edition = actions.pass_gates(by=of.reviewer, edition=edition, keys=keys[:1], at=moment())
    refused("gate-apart", actions.pass_gates, by=of.reviewer, edition=edition, keys=keys[1:2], at=moment())
    second = of.person(roles.Reviewer, "second")
    edition = actions.pass_gates(by=second, edition=edition, keys=keys[1:2], at=moment())
    edition = actions.pass_gates(by=of.head, edition=edition, keys=keys[2:], at=moment())
    assert edition.state == State.REVIEWED


def test_a_gate_that_is_not_passed_sends_it_back_and_all_begin_anew(of: Bureau):
    edition = actions.pass_gates(by=of.reviewer, edition=sent(of), keys=KEYS[:2], at=moment())
    edition = actions.return_edition(by=of.reviewer, edition=edition, key="secrecy", remark="附表有密级", at=moment())
    assert edition.state == State.RETURNED
    assert list(edition.opinions.values_list("key", "verdict")) == [
        (KEYS[0], "pass"), (KEYS[1], "pass"), ("secrecy", "return")]
    refused("not-now", actions.send, by=of.clerk, edition=edition, at=moment())
    edition = actions.edit(by=of.clerk, edition=edition, values={}, body="<p>改过的正文。</p>", at=moment())
    before = edition.digest
    edition = sent(of, edition)
    assert edition.digest != before
    assert not edition.gates.filter(passed_by__isnull=False).exists()
    assert edition.opinions.count() == 3, "what was said stays"


def test_what_is_signed_may_be_sent_back_by_whoever_publishes(of: Bureau):
    edition = actions.return_edition(by=of.publisher, edition=signed(of), remark="文号有误", at=moment())
    assert (edition.state, edition.signed_by_id, edition.signed_digest) == (State.RETURNED, None, "")
    assert of_edition(edition).published_on is None


def test_a_changed_picture_is_told(of: Bureau):
    edition = drafted(of)
    seen = edition.revision
    actions.edit(by=of.clerk, edition=edition, values={"title": "新的名称"}, body=None, at=moment(), seen=seen)
    refused("changed-meanwhile", actions.send, by=of.clerk, edition=edition, at=moment(), seen=seen)


def test_nothing_different_records_nothing(of: Bureau):
    edition = drafted(of)
    again = actions.edit(by=of.clerk, edition=edition, values={"title": edition.title}, body=edition.body, at=moment())
    assert again.revision == edition.revision
    assert told(edition.publication_id) == ["drafted"]


def test_what_is_not_published_is_filed_with_ground_and_reason(of: Bureau):
    edition = signed(of, decided="withheld")
    row = Withholding.objects.get()
    assert edition.state == State.FILED
    assert (row.ground, row.reason, row.attribute) == ("refused_process", "过程性信息", "withheld")
    assert row.next_on == ON.replace(year=2027)
    refused("not-now", actions.publish, by=of.publisher, edition=edition, at=moment())
    assert found("饮水安全") == []
    again = actions.revise(by=of.clerk, publication=of_edition(edition), change_note="改为公开", at=moment())
    again = actions.edit(by=of.clerk, edition=again, values={"attribute": "active"}, body=None, at=moment())
    published(of, again)
    row.refresh_from_db()
    assert row.ended_on == ON, "it is no longer to be looked at again"


def test_the_signatory_decides_and_says_why(of: Bureau):
    edition = reviewed(of, attribute="on_request", attribute_reason="涉及个别单位")
    named = {"by": of.signatory, "edition": edition, "on": ON, "at": moment()}
    refused("words-missing", actions.sign, decided_attribute="active", **named)
    refused("ground-missing", actions.sign, decided_attribute="withheld", reason="不宜公开", **named)
    assert actions.sign(decided_attribute="active", reason="应当让社会知晓", **named).state == State.SIGNED


def test_a_new_edition_goes_through_all_gates_beside_the_one_that_stands(of: Bureau):
    first = published(of)
    publication = of_edition(first)
    second = actions.revise(by=of.clerk, publication=publication, change_note="修改第二条", at=moment())
    refused("not-now", actions.revise, by=of.clerk, publication=of_edition(first), change_note="又改", at=moment())
    second = actions.edit(by=of.clerk, edition=second, values={"title": "饮水安全管理办法（修订）"},
                          body="<p>修订后的水质检测办法。</p>", at=moment())
    shown = of_edition(first)
    assert (shown.title, shown.current_id, found("水质检测")) == (first.title, first.pk, [])
    second = published(of, second)
    shown = of_edition(first)
    assert (shown.title, shown.current_id, shown.index_number) == (second.title, second.pk, publication.index_number)
    assert fresh(first).state == State.SUPERSEDED
    assert (found("水质检测"), found("请遵照执行")) == ([shown.pk], [])
    assert shown.published_on == ON


def test_a_revision_says_what_changed_and_keeps_kind_and_item(of: Bureau):
    first = published(of)
    refused("words-missing", actions.revise, by=of.clerk, publication=first.publication, change_note=" ", at=moment())
    second = actions.revise(by=of.clerk, publication=first.publication, change_note="改", at=moment())
    refused("place-stands", actions.edit, by=of.clerk, edition=second, values={"kind": "penalty"}, body=None,
            at=moment())


def test_a_revision_that_is_discarded_leaves_what_stands(of: Bureau):
    first = published(of)
    second = actions.revise(by=of.clerk, publication=first.publication, change_note="改", at=moment())
    actions.discard(by=of.clerk, edition=second, reason="不改了", at=moment())
    shown = of_edition(first)
    assert (shown.latest_id, shown.current_id) == (first.pk, first.pk)
    assert actions.revise(by=of.clerk, publication=shown, change_note="再改", at=moment()).number == 3


def test_a_revision_of_what_was_filed_may_be_given_up_and_begun_again(of: Bureau):
    filed = signed(of, decided="withheld", title="内部会议纪要")
    second = actions.revise(by=of.clerk, publication=of_edition(filed), change_note="拟改为公开", at=moment())
    second = actions.edit(by=of.clerk, edition=second, values={"title": "会议情况"}, body=None, at=moment())
    actions.discard(by=of.clerk, edition=second, reason="仍不公开", at=moment())
    shown = of_edition(filed)
    assert (shown.latest_id, shown.current_id, shown.title) == (filed.pk, None, "内部会议纪要")
    assert actions.revise(by=of.clerk, publication=shown, change_note="再议", at=moment()).number == 3


def test_withdrawn_is_gone_at_once_and_comes_back_only_through_the_gates(of: Bureau):
    edition = published(of)
    seen: list[Any] = []
    STANDING.append(seen.append)
    try:
        actions.withdraw(by=of.head, publication=edition.publication, kind="privacy", note="含个人信息", at=moment())
    finally:
        STANDING.remove(seen.append)
    shown = of_edition(edition)
    assert (found("饮水安全"), seen, shown.is_public) == ([], [{of.where.pk}], False)
    assert (fresh(edition).state, shown.withdrawal) == (State.WITHDRAWN, "privacy")
    refused("not-now", actions.publish, by=of.publisher, edition=edition, at=moment())
    again = actions.revise(by=of.clerk, publication=shown, change_note="删去个人信息", at=moment())
    refused("not-now", actions.publish, by=of.publisher, edition=again, at=moment())
    published(of, again)
    shown = of_edition(edition)
    assert (shown.is_public, shown.withdrawal, found("饮水安全")) == (True, "", [shown.pk])


def test_withdrawing_brings_a_newer_edition_back_to_its_author(of: Bureau):
    first = published(of)
    second = signed(of, actions.revise(by=of.clerk, publication=first.publication, change_note="改", at=moment()))
    actions.withdraw(by=of.head, publication=of_edition(first), kind="secrecy", note="", at=moment())
    assert fresh(second).state == State.RETURNED
    assert fresh(second).signed_by_id is None
    third = actions.edit(by=of.clerk, edition=fresh(second), values={"summary": "已核"}, body=None, at=moment())
    assert published(of, third).state == State.PUBLISHED


def test_the_emergency_lane_puts_gates_off_but_never_secrecy_nor_the_signature(of: Bureau):
    refused("lane-reason", drafted, of=of, lane="emergency")
    edition = sent(of, drafted(of, lane="emergency", lane_reason="堤防出险，须立即告知沿线群众"))
    assert list(edition.gates.filter(ahead=True).values_list("key", flat=True)) == ["secrecy"]
    refused("not-now", actions.publish, by=of.publisher, edition=edition, at=moment())
    edition = actions.pass_gates(by=of.reviewer, edition=edition, keys=["secrecy"], at=moment())
    edition = actions.sign(by=of.signatory, edition=edition, decided_attribute="active", on=ON, at=moment())
    edition = actions.publish(by=of.publisher, edition=edition, at=moment())
    assert edition.review_due_on == ON + timedelta(days=1)
    left = [key for key in KEYS if key != "secrecy"]
    refused("own-signature", actions.pass_after, by=signatory_who_reviews(of), edition=edition, keys=left,
            at=moment())
    refused("own-work", actions.pass_after, by=clerk_who_reviews(of), edition=edition, keys=left, at=moment())
    late = moment(ON + timedelta(days=2))
    edition = actions.pass_after(by=of.reviewer, edition=edition, keys=left, remark="补审同意", at=late)
    assert edition.review_due_on is None
    assert edition.opinions.count() == len(KEYS)
    assert '"late":true' in Entry.objects.get(kind="publications.gates_passed_after").payload
    refused("gate-passed", actions.pass_after, by=of.reviewer, edition=edition, keys=left, at=late)


def signatory_who_reviews(of: Bureau) -> Any:
    return with_role(of, of.signatory, roles.Reviewer)


def clerk_who_reviews(of: Bureau) -> Any:
    return with_role(of, of.clerk, roles.Reviewer)


def with_role(of: Bureau, who: Any, role: type[roles.Role]) -> Any:
    """The same person with another post."""
    from gongkai.accounts.models import Post, User
    from gongkai.accounts.queries import actor_for

    user = User.objects.get(pk=who.user_id)
    Post.objects.create(user=user, agency=of.where, role=role.key, valid_from=ON.replace(year=2020))
    return actor_for(user, on=ON)


@pytest.mark.parametrize("body", [
    "<p>联系人手机13812345678。</p>", "<p>身份证号11010519491231002X。</p>", "<p>机密★一年</p><p>有关通知</p>",
    "<p>（此件依申请公开）</p>",
])
def test_words_that_must_not_go_out_are_not_sent(of: Bureau, body):
    edition = drafted(of, body=f"<p>有关工作安排如下。</p>{body}")
    assert edition.screened == "block"
    said = refused("words-blocked", actions.send, by=of.clerk, edition=edition, at=moment())
    assert "13812345678" not in said.message
    assert "11010519491231002X" not in str(edition.screening)


def test_what_is_given_on_request_may_bear_its_mark(of: Bureau):
    body = "<p>正文。</p><p>（此件依申请公开）</p>"
    edition = drafted(of, body=body, attribute="on_request", attribute_reason="个别")
    edition = reviewed(of, edition)
    refused("words-blocked", actions.sign, by=of.signatory, edition=edition, decided_attribute="active", on=ON,
            reason="改为公开", at=moment())
    assert actions.sign(by=of.signatory, edition=edition, decided_attribute="on_request", on=ON, reason="个别单位",
                        at=moment()).state == State.FILED


def test_signature_and_publication_look_at_the_words_again(of: Bureau, monkeypatch):
    from gongkai.publications.actions import publishing, reviewing, signing

    edition = sent(of)
    with monkeypatch.context() as patch:
        patch.setattr(reviewing, "digest_of", lambda _edition: "x")
        refused("digest-changed", actions.pass_gates, by=of.reviewer, edition=edition, keys=KEYS, at=moment())
    edition = actions.pass_gates(by=of.reviewer, edition=edition, keys=KEYS, at=moment())
    with monkeypatch.context() as patch:
        patch.setattr(signing, "digest_of", lambda _edition: "x")
        refused("digest-changed", actions.sign, by=of.signatory, edition=edition, decided_attribute="active", on=ON,
                at=moment())
    edition = actions.sign(by=of.signatory, edition=edition, decided_attribute="active", on=ON, at=moment())
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "digest_of", lambda _edition: "x")
        refused("digest-changed", actions.publish, by=of.publisher, edition=edition, at=moment())


def test_events_hold_no_word_of_a_draft(of: Bureau):
    edition = published(of, title="张三丰的饮水办法", summary="李四光的概述", change_note="")
    actions.withdraw(by=of.head, publication=edition.publication, kind="error", note="王五的说明", at=moment())
    payloads = "".join(Entry.objects.filter(kind__startswith="publications.").values_list("payload", flat=True))
    assert not any(name in payloads for name in ("张三丰", "李四光", "王五", "饮水"))


def test_the_program_reviews_and_signs_nothing(of: Bureau):
    from tests.factories import SYSTEM

    edition = sent(of)
    refused("no-person", actions.pass_gates, by=SYSTEM, edition=edition, keys=KEYS, at=moment())
    edition = actions.pass_gates(by=of.reviewer, edition=edition, keys=KEYS, at=moment())
    refused("no-person", actions.sign, by=SYSTEM, edition=edition, decided_attribute="active", on=ON, at=moment())


def test_a_machine_may_draft_and_somebody_else_signs(of: Bureau):
    from tests.factories import SYSTEM

    edition = actions.draft(by=SYSTEM, agency=of.where, kind="other", title="导入的信息", at=moment(),
                            source="application:17", values={"attribute": "active"}, body="<p>正文</p>")
    edition = actions.edit(by=of.clerk, edition=edition, values={"summary": "概述"}, body=None, at=moment())
    assert published(of, edition).state == State.PUBLISHED
    assert of_edition(edition).source == "application:17"
    assert Edition.objects.get().author_id is None
