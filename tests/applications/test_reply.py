"""The reply from the first draft to the signature: what it must state, who looks at it, what is numbered."""

from __future__ import annotations

from datetime import date

import pytest
from tests.applications.made_replies import (
    ANSWERS,
    GRANTED,
    assigned,
    drafted,
    fresh,
    moment,
    office,
    reviewed,
    served,
    signed,
)
from tests.applications.makers import ON, PERSONAL, registered

from gongkai.accounts.permissions import Denied
from gongkai.applications import actions, replying
from gongkai.applications.models import ReplyDraft, Review
from gongkai.applications.rules.reply import BY_ANOTHER_ACT, Incomplete
from gongkai.applications.states import State
from gongkai.core.errors import Refused
from gongkai.core.law.answers import ANSWERS as KINDS
from gongkai.core.law.answers import report_row
from gongkai.ledger.models import Entry
from gongkai.ledger.queries import timeline
from gongkai.letters.models import Letter

pytestmark = pytest.mark.django_db
LATER = date(2026, 3, 6)


@pytest.fixture
def of():
    return office()


def test_a_reply_is_drafted_reviewed_signed_and_numbered(of):
    case = signed(of, assigned(of))
    letter = Letter.objects.get(kind="reply_granted")
    assert (case.state, case.answer_kind, case.signed_on) == (State.SIGNED, "granted", ON)
    assert case.reply_number == letter.number == "青民公复〔2026〕1号"
    draft = case.drafts.get()
    assert (draft.letter_id, draft.signed_by_id) == (letter.pk, of.signatory.user_id)
    assert [entry.kind.split(".")[1] for entry in timeline("application", case.pk)][-5:] == [
        "drafted", "submitted", "reviewed", "reviewed", "signed"]


@pytest.mark.parametrize("kind", sorted(ANSWERS))
def test_every_kind_makes_its_letter_and_counts_in_one_row(of, kind):
    case, _service = served(of, assigned(of), kind, day=LATER)
    assert case.state == State.SERVED
    assert Letter.objects.get(number=case.reply_number).kind == KINDS[kind].letter
    assert report_row(case.answer_kind)


@pytest.mark.parametrize(("kind", "field"), [
    (kind, field) for kind, answer in KINDS.items() if kind in ANSWERS for field in answer.fields if field.required
], ids=lambda value: getattr(value, "name", value))
def test_what_an_answer_must_state_is_asked_for_by_its_label(of, kind, field):
    case = assigned(of)
    values = {name: value for name, value in ANSWERS[kind].items() if name != field.name}
    with pytest.raises(Incomplete, match=field.label) as refused:
        actions.draft_reply(
            by=of.clerk, application=case, answer_kind=kind, values=values, body="", at=moment(LATER),
        )
    assert refused.value.fields == (field.name,)
    assert fresh(case).state == State.ASSIGNED
    assert not ReplyDraft.objects.exists()


def test_a_right_organ_needs_its_address(of):
    values = ANSWERS["not_ours"] | {"right_contact": ""}
    with pytest.raises(Incomplete, match="第三十六条第五项"):
        drafted(of, assigned(of), "not_ours", values=values)


@pytest.mark.parametrize("kind", sorted(BY_ANOTHER_ACT))
def test_endings_with_an_act_of_their_own_are_not_drafted(of, kind):
    with pytest.raises(Refused) as refused:
        drafted(of, assigned(of), kind, values={})
    assert refused.value.code == "answer-by-act"


@pytest.mark.parametrize(("kind", "values", "code"), [
    ("unclear", {"reasons": "仍不明确"}, "correction-first"),
    ("excessive", {"reasons": "理由不合理", "reasons_asked_on": "2026-03-04"}, "reasons-first"),
    ("refused_third_party", {"consultation": "无", "reasons": "涉及商业秘密"}, "consultation-first"),
    ("not_held", ANSWERS["not_held"] | {"searched_on": "2026-03-09"}, "future-date"),
    ("not_held", ANSWERS["not_held"] | {"searched_on": "2026-03-03"}, "too-early"),
    ("not_held", ANSWERS["not_held"] | {"searched_on": "昨天"}, "date-shape"),
    ("nothing", {}, "answer-kind"),
])
def test_an_answer_that_the_case_does_not_bear_is_refused(of, kind, values, code):
    with pytest.raises(Refused) as refused:
        drafted(of, assigned(of), kind, values=values, day=LATER)
    assert refused.value.code == code


def test_the_page_says_beforehand_what_the_case_does_not_bear(of):
    offered = {choice.kind.key: choice for choice in replying.choices(assigned(of), ON)}
    closed = {key for key, choice in offered.items() if choice.why_not is not None}
    assert closed == {"unclear", "excessive", "refused_third_party"}
    assert set(offered) == set(KINDS) - BY_ANOTHER_ACT
    assert offered["not_held"].article == "第三十六条第四项"
    assert offered["not_held"].suggested == {"searched_by": "社会救助科"}


def test_a_repeat_is_linked_to_what_it_repeats(of):
    first, _service = served(of, assigned(of))
    again = assigned(of)
    drafted(of, again, "repeat", values={"earlier_number": f" {first.number} "})
    assert fresh(again).repeats_id == first.pk
    drafted(of, again)
    assert fresh(again).repeats_id is None, "the next version is no repeat"
    by_reply = drafted(of, assigned(of), "repeat", values={"earlier_number": first.reply_number})
    assert by_reply.repeats_id == first.pk
    unknown = drafted(of, assigned(of), "repeat", values={"earlier_number": "2009-0003"})
    assert unknown.repeats_id is None, "it may lie in an older register"


def test_a_repeat_is_of_the_same_applicant_answered_and_another(of):
    open_case, other = assigned(of), registered(of.where, kind="business")
    case = assigned(of)
    for earlier, code in ((open_case, "repeat-unanswered"), (other, "repeat-other-applicant"),
                          (case, "repeat-of-itself")):
        with pytest.raises(Refused) as refused:
            drafted(of, case, "repeat", values={"earlier_number": earlier.number})
        assert refused.value.code == code


def test_another_agencys_number_is_not_found(of):
    there = office("青澜县财政局")
    foreign, _service = served(there, assigned(there))
    mine = assigned(of)
    assert foreign.number == mine.number
    assert replying.earlier_of(mine, foreign.reply_number + "x") is None


def test_a_contributor_drafts_for_the_own_section_and_nothing_else(of):
    case = assigned(of)
    draft = actions.draft_reply(
        by=of.contributor, application=case, answer_kind="granted", values=GRANTED, body="", at=moment(ON))
    assert draft.by_id == of.contributor.user_id
    for act in (
        lambda: actions.submit_for_review(by=of.contributor, application=case, at=moment(ON)),
        lambda: actions.draft_reply(by=of.contributor, application=registered(of.where), answer_kind="granted",
                                    values=GRANTED, body="", at=moment(ON)),
    ):
        with pytest.raises(Denied):
            act()


def test_reviews_belong_to_one_version(of):
    case = reviewed(of, assigned(of))
    actions.return_draft(by=of.signatory, application=case, remark="请补充检索经过", at=moment(ON))
    with pytest.raises(Refused, match="先修改") as refused:
        actions.submit_for_review(by=of.clerk, application=case, at=moment(ON))
    assert refused.value.code == "returned"
    drafted(of, case)
    actions.submit_for_review(by=of.clerk, application=case, at=moment(ON))
    assert fresh(case).state == State.REVIEW, "the old reviews do not carry over"
    actions.review(by=of.reviewer, application=case, kind="legal", verdict="pass", at=moment(ON))
    assert fresh(case).state == State.REVIEW
    with pytest.raises(Refused):
        actions.sign(by=of.signatory, application=case, on=ON, at=moment(ON))
    actions.review(by=of.head, application=case, kind="secrecy", verdict="pass", at=moment(ON))
    assert fresh(case).state == State.REVIEWED
    assert [d.number for d in case.drafts.all()] == [1, 2]


def test_a_review_that_returns_needs_a_remark_and_leads_back(of):
    case = drafted(of, assigned(of))
    actions.submit_for_review(by=of.clerk, application=case, at=moment(ON))
    with pytest.raises(Refused) as refused:
        actions.review(by=of.reviewer, application=case, kind="legal", verdict="return", at=moment(ON))
    assert refused.value.code == "remark-missing"
    given = actions.review(
        by=of.reviewer, application=case, kind="legal", verdict="return", remark="依据写到款项", at=moment(ON))
    assert (fresh(case).state, given.remark) == (State.DRAFTED, "依据写到款项")


def test_who_drafted_neither_reviews_nor_signs(of):
    case = assigned(of)
    actions.draft_reply(by=of.head, application=case, answer_kind="granted", values=GRANTED, body="", at=moment(ON))
    actions.submit_for_review(by=of.clerk, application=case, at=moment(ON))
    with pytest.raises(Refused) as refused:
        actions.review(by=of.head, application=case, kind="legal", verdict="pass", at=moment(ON))
    assert refused.value.code == "own-draft"
    for kind in ("secrecy", "legal"):
        actions.review(by=of.reviewer, application=case, kind=kind, verdict="pass", at=moment(ON))
    with pytest.raises(Refused, match="自己的稿子"):
        actions.sign(by=of.head, application=case, on=ON, at=moment(ON))
    assert not Letter.objects.exists()
    assert actions.sign(by=of.signatory, application=case, on=ON, at=moment(ON)).signed_at


def test_the_same_review_does_not_pass_twice(of):
    case = drafted(of, assigned(of))
    actions.submit_for_review(by=of.clerk, application=case, at=moment(ON))
    actions.review(by=of.reviewer, application=case, kind="legal", verdict="pass", at=moment(ON))
    with pytest.raises(Refused) as refused:
        actions.review(by=of.head, application=case, kind="legal", verdict="pass", at=moment(ON))
    assert refused.value.code == "already-reviewed"
    assert Review.objects.count() == 1


@pytest.mark.parametrize(("on", "code"), [(date(2026, 3, 7), "future-date"), (date(2026, 3, 3), "too-early")])
def test_a_signature_has_a_day_that_can_be(of, on, code):
    case = reviewed(of, assigned(of), day=LATER)
    with pytest.raises(Refused) as refused:
        actions.sign(by=of.signatory, application=case, on=on, at=moment(LATER))
    assert refused.value.code == code
    assert not Letter.objects.exists(), "a refusal takes no number"


def test_a_late_reply_is_signed_and_recorded_as_late(of):
    late = date(2026, 4, 10)
    case = signed(of, assigned(of), day=late)
    assert case.due_on < late
    told = [entry.sentence for entry in timeline("application", case.pk) if entry.kind == "applications.signed"]
    assert "超过期限" in told[0]


def test_an_old_picture_is_told_so(of):
    case = assigned(of)
    seen = case.revision
    drafted(of, case)
    with pytest.raises(Refused) as refused:
        actions.draft_reply(by=of.colleague, application=case, answer_kind="granted", values=GRANTED, body="",
                            at=moment(ON), seen=seen)
    assert refused.value.code == "changed-meanwhile"


def test_nobody_of_another_agency_touches_it(of):
    stranger, case = office("青澜县财政局").clerk, assigned(of)
    with pytest.raises(Denied):
        drafted(type(of)(**{**vars(of), "clerk": stranger}), case)


def test_the_ledger_names_nobody(of):
    case = reviewed(of, assigned(of))
    actions.return_draft(by=of.signatory, application=case, remark="欧阳问渠的电话13900007351不要写", at=moment(ON))
    drafted(of, case, body="欧阳问渠申请的信息可以公开。")
    for payload in Entry.objects.values_list("payload", flat=True):
        assert not [word for word in PERSONAL if word in payload]
