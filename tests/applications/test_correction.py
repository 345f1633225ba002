"""Asked once, corrected or lapsed; withdrawn; added to and put right (Arts. 30, 31)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.applications.makers import AT, CONTENT, ON, pdf, registered, submitted
from tests.applications.test_intake import at_once, refused

from gongkai.accounts.permissions import Denied
from gongkai.applications import actions
from gongkai.applications.models import Application, Contact, Gram, Use
from gongkai.applications.rules import intake as rules
from gongkai.applications.states import State
from gongkai.ledger.models import Entry
from gongkai.ledger.queries import faults, timeline
from gongkai.letters.models import Letter
from gongkai.letters.queries import letters_of

pytestmark = pytest.mark.django_db
WHAT = "请明确所需方案的年度和文号"


def later(days: int):
    return {"on": ON + timedelta(days=days), "at": AT + timedelta(days=days)}


@pytest.fixture
def asked(bureau, clerk):
    made = registered(bureau)
    return actions.ask_correction(by=clerk, application=made, what=WHAT, on=ON, at=AT, seen=0)


def test_asking_stops_the_clock_and_sends_the_letter(asked):
    assert (asked.state, asked.correction_asked_on) == (State.CORRECTION, ON)
    assert asked.correction_due_on == asked.waits_until == date(2026, 3, 25), "fifteen working days"
    assert asked.due_on is None
    letter = letters_of("application", asked.pk).get()
    assert (letter.kind, letter.on) == ("correction_notice", ON)
    assert Entry.objects.filter(kind="applications.correction_asked").get().sentence == "告知补正，期限 2026-03-25"
    assert faults() == []


def test_it_is_asked_once_even_after_the_correction(asked, clerk):
    now = actions.correct(by=clerk, application=asked, content="2025年度，青民发〔2025〕12号", **later(5))
    assert (now.state, now.received_on, now.corrected_on) == (State.REGISTERED, ON, date(2026, 3, 9))
    assert now.due_on == date(2026, 4, 7), "twenty working days after the correction, 清明 not counted"
    refused("second-correction", lambda: actions.ask_correction(
        by=clerk, application=now, what="再补", **later(6)))
    assert Letter.objects.filter(kind="correction_notice").count() == 1


def test_a_late_notice_is_lawful_work_and_is_recorded_as_late(bureau, clerk):
    made = registered(bureau)
    actions.ask_correction(by=clerk, application=made, what=WHAT, **later(20))
    assert "已超过收到后七个工作日" in timeline("application", made.pk).last().sentence


def test_the_period_may_be_chosen_and_must_leave_time(bureau, clerk):
    made = registered(bureau)
    refused("limit-before-notice", lambda: actions.ask_correction(
        by=clerk, application=made, what=WHAT, on=ON, due_on=ON, at=AT))
    refused("correction-what", lambda: actions.ask_correction(by=clerk, application=made, what=" \n", on=ON, at=AT))
    now = actions.ask_correction(by=clerk, application=made, what=WHAT, on=ON, due_on=date(2026, 4, 3), at=AT)
    assert now.correction_due_on == date(2026, 4, 3)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_notice_is_neither_before_receipt_nor_to_come(bureau, clerk, days):
    made = registered(bureau)
    with pytest.raises(Exception, match="条例第三十"):
        actions.ask_correction(by=clerk, application=made, what=WHAT, on=ON + timedelta(days=days), at=AT)
    assert Letter.objects.count() == 0


def test_an_unconfirmed_application_is_confirmed_first(bureau, clerk):
    refused("not-now", lambda: actions.ask_correction(
        by=clerk, application=submitted(bureau), what=WHAT, on=ON, at=AT))


def test_nothing_that_was_first_written_is_lost(asked, clerk):
    now = actions.correct(by=clerk, application=asked, content="青民发〔2025〕12号", files=[pdf()], **later(1))
    assert now.content == f"{CONTENT}\n\n【2026年3月5日补正】\n青民发〔2025〕12号"
    assert now.attachments.get().use == Use.CORRECTION
    assert Gram.objects.filter(application=now).exists()


@given(st.text(max_size=50), st.text(max_size=50))
def test_a_correction_keeps_the_text_before_it(before, after):
    made = rules.corrected(before, after, ON)
    assert before in made
    assert after in made
    assert rules.corrected(before, f"{before}，{after}", ON) == (f"{before}，{after}")


def test_what_comes_back_goes_to_whoever_had_it(asked, clerk):
    Application.objects.filter(pk=asked.pk).update(handler_id=clerk.user_id)
    assert actions.correct(by=clerk, application=asked, content="2025年", on=ON, at=AT).state == State.ASSIGNED


@pytest.mark.django_db(transaction=True)
def test_two_clicks_of_the_applicant_at_once_are_one(asked):
    token = uuid4()
    answers = at_once(*[lambda: actions.correct_by_applicant(
        application=asked, content="2025年度", files=[pdf()], token=token, at=AT)] * 2)
    assert [answer.state for answer in answers] == [State.REGISTERED] * 2
    assert (asked.attachments.count(), Entry.objects.filter(kind="applications.corrected").count()) == (1, 1)


def test_a_correction_says_something_and_is_not_before_the_notice(asked, clerk):
    refused("nothing-corrected", lambda: actions.correct(by=clerk, application=asked, content=CONTENT, on=ON, at=AT))
    refused("nothing-corrected", lambda: actions.correct(by=clerk, application=asked, content=" ", on=ON, at=AT))
    with pytest.raises(Exception, match="第三十条"):
        actions.correct(by=clerk, application=asked, content="早", on=ON - timedelta(days=1), at=AT)


def test_the_applicant_corrects_from_the_tracking_page_once(asked):
    token = uuid4()
    send = lambda: actions.correct_by_applicant(  # noqa: E731
        application=asked, content="2025年度", files=[pdf("附件.pdf")], token=token, at=AT)
    now, again = send(), send()
    assert now.state == again.state == State.REGISTERED
    assert now.attachments.count() == 1
    assert now.content.count("2025年度") == CONTENT.count("2025年度") + 1
    corrected = Entry.objects.get(kind="applications.corrected")
    assert corrected.actor_name == "公众"
    refused("not-now", lambda: actions.correct_by_applicant(
        application=asked, content="又来", token=uuid4(), at=AT))


def test_late_corrections_are_taken_until_the_office_closes_the_case(asked, clerk):
    now = actions.correct(by=clerk, application=asked, content="2025年", **later(40))
    assert now.state == State.REGISTERED
    assert "超过补正期限" in timeline("application", now.pk).last().sentence


@pytest.mark.parametrize(("on", "today"), [(0, 0), (21, 21), (21, 30), (40, 30)])
def test_a_period_that_is_not_over_has_not_lapsed(asked, clerk, on, today):
    assert asked.correction_due_on == ON + timedelta(days=21)
    with pytest.raises(Exception, match="第三十条"):
        actions.lapse_correction(
            by=clerk, application=asked, on=ON + timedelta(days=on), at=AT + timedelta(days=today))
    asked.refresh_from_db()
    assert asked.state == State.CORRECTION


def test_a_lapsed_correction_closes_the_case_with_a_letter(asked, clerk):
    now = actions.lapse_correction(by=clerk, application=asked, seen=asked.revision, **later(22))
    letter = letters_of("application", now.pk).get(kind="reply_uncorrected")
    assert (now.state, now.answer_kind, now.closed_on) == (State.LAPSED, "uncorrected", ON + timedelta(days=22))
    assert now.reply_number == letter.number != ""
    assert faults() == []


# --- withdrawn --------------------------------------------------------------------------------------------------------

def test_a_withdrawal_closes_the_case_with_a_letter(bureau, clerk):
    now = actions.withdraw(by=clerk, application=registered(bureau), reason="电话撤回", on=ON, at=AT)
    assert (now.state, now.answer_kind, now.closed_on) == (State.WITHDRAWN, "withdrawn", ON)
    assert letters_of("application", now.pk).get().kind == "withdrawal_confirmation"
    assert Contact.objects.get(application=now).summary == "电话撤回"
    refused("not-now", lambda: actions.withdraw(by=clerk, application=now, reason="再撤", on=ON, at=AT))


def test_the_applicant_withdraws_an_unconfirmed_one_and_twice_is_once(bureau):
    made = submitted(bureau)
    for _ in range(2):
        now = actions.withdraw_by_applicant(application=made, reason="已经找到", at=AT)
    assert now.state == State.WITHDRAWN
    assert Entry.objects.filter(kind="applications.withdrawn").count() == 1
    assert "申请人在网上撤回" in timeline("application", now.pk).last().sentence


@pytest.mark.parametrize("days", [-1, 1])
def test_a_withdrawal_is_neither_before_arrival_nor_to_come(bureau, clerk, days):
    made = registered(bureau)
    with pytest.raises(Exception, match="请核对"):
        actions.withdraw(by=clerk, application=made, reason="撤", on=ON + timedelta(days=days), at=AT)
    assert Letter.objects.count() == 0
    refused("reason-needed", lambda: actions.withdraw(by=clerk, application=made, reason=" ", on=ON, at=AT))


# --- added and put right ----------------------------------------------------------------------------------------------

def test_a_talk_is_noted_without_its_words_in_the_ledger(bureau, clerk, stranger):
    made = registered(bureau)
    row = actions.contact(by=clerk, application=made, way="phone", summary="询问进度", happened_at=AT, at=AT)
    assert (row.summary, row.by_id) == ("询问进度", clerk.user_id)
    assert "进度" not in timeline("application", made.pk).last().payload
    said = {"by": clerk, "application": made, "way": "phone", "summary": "问", "happened_at": AT, "at": AT}
    refused("way-unknown", lambda: actions.contact(**said | {"way": "pigeon"}))
    refused("summary-needed", lambda: actions.contact(**said | {"summary": " "}))
    refused("future-date", lambda: actions.contact(**said | {"happened_at": AT + timedelta(hours=1)}))
    with pytest.raises(Denied):
        actions.contact(**said | {"by": stranger})


def test_files_are_added_by_use(bureau, clerk, stranger):
    made = registered(bureau)
    rows = actions.attach(by=clerk, application=made, use="reply", files=[pdf("方案.pdf"), pdf("附件.pdf")], at=AT)
    assert [(row.use, row.name) for row in rows] == [("reply", "方案.pdf"), ("reply", "附件.pdf")]
    refused("use-unknown", lambda: actions.attach(by=clerk, application=made, use="gift", files=[pdf()], at=AT))
    refused("nothing-sent", lambda: actions.attach(by=clerk, application=made, use="reply", files=[], at=AT))
    with pytest.raises(Denied):
        actions.attach(by=stranger, application=made, use="reply", files=[pdf()], at=AT)


def test_what_is_put_right_is_recorded_before_and_after(bureau, clerk):
    made = registered(bureau)
    now = actions.mend(
        by=clerk, application=made, reason="登记时选错", at=AT, seen=0,
        values={"applicant_kind": "welfare", "subject": "救助资金分配方案", "wanted": "any"})
    assert (now.applicant_kind, now.subject, now.revision) == ("welfare", "救助资金分配方案", 1)
    told = timeline("application", made.pk).last().sentence
    assert told == "更正登记：申请人类型（自然人 → 社会公益组织）、申请事项，理由：登记时选错"
    same = {"by": clerk, "application": now, "reason": "再改", "at": AT}
    refused("nothing-changed", lambda: actions.mend(values={"applicant_kind": "welfare"}, **same))
    refused("mend-value", lambda: actions.mend(values={"applicant_kind": "king"}, **same))
    refused("mend-field", lambda: actions.mend(values={"arrived_on": "2026-01-01"}, **same))
    refused("mend-text", lambda: actions.mend(values={"subject": " "}, **same))
    refused("changed-meanwhile", lambda: actions.mend(values={"purpose": "life"}, seen=0, **same))
    refused("reason-needed", lambda: actions.mend(values={"purpose": "life"}, **same | {"reason": " "}))


def test_a_channel_put_right_moves_the_receipt(bureau, clerk):
    made = registered(bureau, channel="post")
    now = actions.mend(by=clerk, application=made, values={"channel": "letter"}, reason="是平信", at=AT)
    assert (now.state, now.received_on, now.due_on) == (State.RECEIVED, None, None)
    back = actions.mend(by=clerk, application=now, values={"channel": "post"}, reason="是挂号信", at=AT)
    assert (back.state, back.received_on) == (State.REGISTERED, ON)
    Application.objects.filter(pk=back.pk).update(state=State.ASSIGNED)
    refused("mend-channel", lambda: actions.mend(
        by=clerk, application=back, values={"channel": "fax"}, reason="是传真", at=AT))
