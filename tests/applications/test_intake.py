"""The way in: number, receipt day, identity sealed, what is refused and what never is."""

from __future__ import annotations

import io
import logging
import re
import threading
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from tests.applications.makers import (
    AT,
    CONTENT,
    ON,
    ORGANISATION,
    PERSON,
    PERSONAL,
    pdf,
    registered,
    submission,
    submitted,
)
from tests.factories import SYSTEM, agency

from gongkai.accounts.permissions import Denied
from gongkai.agencies import actions as agencies
from gongkai.applications import actions
from gongkai.applications.actions import intake, parts
from gongkai.applications.models import Application, Attachment, Contact, RegisterSeries, Use
from gongkai.applications.rules import intake as rules
from gongkai.applications.states import State
from gongkai.applications.submission import Incoming, Piece, Submission
from gongkai.core.errors import Refused
from gongkai.ledger.models import Entry
from gongkai.ledger.queries import faults
from gongkai.vault.models import Sealed, SealedFile
from gongkai.vault.queries import open_file, personal

pytestmark = pytest.mark.django_db


def refused(code: str, call: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as caught:
        call()
    assert caught.value.code == code
    return caught.value


# --- online -----------------------------------------------------------------------------------------------------------

def test_an_application_from_the_public_page_waits_for_confirmation(bureau):
    made = submitted(bureau, files=[pdf()])
    assert (made.number, made.state, made.channel) == ("2026-0001", State.RECEIVED, "online")
    assert (made.arrived_on, made.received_on, made.due_on) == (ON, None, None)
    assert made.content == CONTENT
    held = made.attachments.get()
    assert (held.use, held.name, open_file(held.sealed_file)) == (Use.IDENTITY, "身份证.pdf", pdf().chunks[0])
    assert personal(made.identity)["id_number"] == PERSON["id_number"]
    assert faults() == []


def test_numbers_run_by_agency_and_by_the_year_of_arrival(bureau, county):
    assert [registered(bureau).number for _ in range(2)] == ["2026-0001", "2026-0002"]
    assert registered(county).number == "2026-0001"
    assert registered(bureau, arrived_on=date(2025, 12, 31)).number == "2025-0001"
    assert registered(bureau).number == "2026-0003"


def test_a_number_that_an_imported_register_uses_is_passed_over(bureau):
    first = registered(bureau)
    Application.objects.filter(pk=first.pk).update(number="2026-0003")
    RegisterSeries.objects.update(last=1)
    assert [registered(bureau).number for _ in range(3)] == ["2026-0002", "2026-0004", "2026-0005"]


def test_the_same_form_again_gives_the_same_number_and_code(bureau):
    token = uuid4()
    send = lambda content=CONTENT: actions.submit(  # noqa: E731
        agency=bureau, submission=submission(content), files=[pdf()], token=token, at=AT)
    first, again, changed = send(), send(), send("申请公开别的材料")
    assert (first.again, again.again, changed.again) == (False, True, True)
    assert first.application.pk == again.application.pk == changed.application.pk
    assert first.code == again.code == changed.code
    assert (again.differs, changed.differs) == (False, True)
    assert Application.objects.get().content == CONTENT
    assert (Sealed.objects.count(), Attachment.objects.count()) == (1, 1)


@pytest.mark.parametrize("before", [
    "申请公开", "申请公开" + " " * 104, "申请公开" + "\n" * 100, "公开" + "欧阳问渠，110105194912310021，" * 4,
])
def test_no_piece_of_a_number_is_left_where_the_subject_is_cut(bureau, before):
    """The text was cut before the applicant was taken out of it: half a number is not found, and was shown."""
    for filling in range(0, 30, 3):
        made = submitted(bureau, f"{before}{'字' * filling}110105194912310021，13900007351，低保", token=uuid4())
        assert not re.search(r"\d{3}", made.subject), made.subject


def test_the_subject_is_without_the_applicant_and_the_content_is_whole(bureau):
    content = "本人欧阳问渠，住柳荫街道槐树巷7号，电话139-0000-7351，申请公开本户2025年低保复核结果。"
    made = submitted(bureau, content)
    assert made.content == content
    assert not [word for word in PERSONAL if word in made.subject]
    assert "低保" in made.subject
    assert made.applicant_mask == "欧**"
    named = submitted(bureau, subject="欧阳问渠的低保复核")
    assert named.subject == "××的低保复核"


def test_the_same_person_has_one_key_and_others_another(bureau):
    mine = [submitted(bureau).applicant_key, submitted(bureau, identity={"phone": "13900009999"}).applicant_key]
    other = submitted(bureau, identity={"id_number": "110105194912310022"}).applicant_key
    business = submitted(bureau, kind="business").applicant_key
    assert mine[0] == mine[1]
    assert len({mine[0], other, business}) == 3
    assert PERSON["id_number"] not in mine[0]
    unknown = registered(bureau, identity={"id_number": "", "phone": "", "address": "", "email": ""})
    assert unknown.applicant_key == ""


@pytest.mark.parametrize(("kind", "without", "field", "code"), [
    ("natural", ("name",), "name", "name-missing"),
    ("natural", ("id_number",), "id_number", "identity-missing"),
    ("natural", ("phone", "address", "email"), "phone", "contact-missing"),
    ("natural", ("address",), "address", "delivery-needs"),
    ("business", ("organisation",), "organisation", "name-missing"),
    ("legal", ("credit_code",), "credit_code", "identity-missing"),
    ("welfare", ("contact_name",), "contact_name", "contact-person-missing"),
])
def test_what_article_29_asks_for_is_asked_for(bureau, kind, without, field, code):
    said = submission(kind=kind, identity=dict.fromkeys(without, " "))
    found = rules.problems(rules.tidy(said))
    assert (found[0].field, found[0].refused.code) == (field, code)
    told = refused(code, lambda: actions.submit(agency=bureau, submission=said, files=[], token=uuid4(), at=AT))
    assert told.message == found[0].refused.message
    assert Application.objects.count() == Sealed.objects.count() == Entry.objects.filter(
        kind="applications.received").count() == 0


def test_a_proof_that_is_attached_stands_for_a_number(bureau):
    assert submitted(bureau, identity={"id_number": ""}, files=[pdf()]).pk
    assert submitted(bureau, kind="research", identity={"credit_code": ""}, files=[pdf()]).pk


def test_everything_that_is_missing_is_told_at_once():
    found = rules.problems(Submission("", {}, "", wanted="parrot", delivery="post"))
    assert {problem.field for problem in found} >= {
        "applicant_kind", "content", "wanted", "contact_name", "credit_code", "phone", "address"}
    assert rules.problems(submission()) == []


def test_a_letter_that_lacks_something_is_registered_all_the_same(bureau, clerk):
    made = registered(bureau, by=clerk, channel="letter", identity=dict.fromkeys(PERSON, "") | {"name": "欧阳问渠"})
    assert made.state == State.RECEIVED
    refused("name-missing", lambda: registered(bureau, by=clerk, identity={"name": ""}))


@pytest.mark.parametrize(("content", "most"), [("字" * (rules.CONTENT_MOST + 1), rules.CONTENT_MOST)])
def test_a_text_beyond_the_limit_is_refused_with_its_length(bureau, content, most):
    told = refused("text-too-long", lambda: submitted(bureau, content))
    assert str(most) in told.message
    assert submitted(bureau, content[:-1]).content == content[:-1]


def test_what_cannot_be_seen_or_stored_is_taken_out(bureau):
    made = submitted(bureau, "申请\x00公开\r\n\u202e救助方案\u200b", features="文号\x00")
    assert (made.content, made.features) == ("申请公开\n救助方案", "文号")


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing_and_leaves_nothing_unstorable(text):
    once = rules.cleaned(text)
    assert rules.cleaned(once) == once
    assert not {"\x00", "\r", "\u202e"} & set(once)
    once.encode()


# --- who is asked -----------------------------------------------------------------------------------------------------

def test_an_organ_that_is_no_more_names_its_heirs(county, bureau):
    heir = agency("青澜县社会工作部", county)
    agencies.abolish(by=SYSTEM, agency=bureau, on=date(2026, 2, 1), successors=[heir], at=AT)
    bureau.refresh_from_db()
    told = refused("agency-ended", lambda: submitted(bureau))
    assert heir.name in told.message
    assert registered(bureau, arrived_on=date(2026, 1, 31)).number == "2026-0001"
    assert rules.check_organ("甲局", None, None, [], ON) is None
    refused("agency-ended-nobody", lambda: rules.check_organ("甲局", None, ON, [], ON))
    refused("agency-not-yet", lambda: rules.check_organ("甲局", ON, None, [], ON - timedelta(days=1)))


# --- at the counter ---------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("channel", "confirmed_on", "state", "received_on"), [
    ("in_person", None, State.REGISTERED, ON),
    ("post", None, State.REGISTERED, ON),
    ("post", ON, State.REGISTERED, ON),
    ("letter", None, State.RECEIVED, None),
    ("fax", None, State.RECEIVED, None),
    ("email", None, State.RECEIVED, None),
    ("fax", ON, State.REGISTERED, ON),
])
def test_the_day_of_receipt_follows_the_channel(bureau, clerk, channel, confirmed_on, state, received_on):
    made = registered(bureau, by=clerk, channel=channel, confirmed_on=confirmed_on)
    assert (made.state, made.received_on) == (state, received_on)
    assert (made.due_on is None) == (received_on is None)


def test_who_cannot_write_is_written_for_and_signs(bureau, clerk):
    made = registered(bureau, by=clerk, channel="in_person", oral=True)
    assert made.oral
    assert "尚未附上" in made.note
    signed = registered(bureau, by=clerk, channel="in_person", oral=True, files=[pdf("签名记录.pdf")])
    assert "见附件" in signed.note
    assert signed.attachments.get().use == Use.APPLICATION
    assert registered(bureau, by=clerk, channel="in_person", oral=True, note="已按指印").note == "已按指印"
    refused("oral-in-person", lambda: registered(bureau, by=clerk, channel="post", oral=True))


@pytest.mark.parametrize(("values", "code"), [
    ({"arrived_on": ON + timedelta(days=1)}, "future-date"),
    ({"channel": "fax", "confirmed_on": ON + timedelta(days=1)}, "future-date"),
    ({"channel": "fax", "confirmed_on": ON - timedelta(days=1)}, "too-early"),
    ({"channel": "pigeon"}, "channel-unknown"),
])
def test_a_day_that_cannot_be_is_refused_with_its_article(bureau, clerk, values, code):
    told = refused(code, lambda: registered(bureau, by=clerk, **values))
    assert code == "channel-unknown" or "第三十一条" in told.message
    assert Application.objects.count() == 0


def test_a_form_of_the_counter_sent_twice_is_one_application(bureau, county, clerk):
    token = uuid4()
    assert registered(bureau, by=clerk, token=token).pk == registered(bureau, by=clerk, token=token).pk
    refused("token-used", lambda: registered(county, token=token))


def test_a_stranger_registers_and_confirms_nothing(bureau, stranger):
    with pytest.raises(Denied):
        registered(bureau, by=stranger)
    made = submitted(bureau)
    with pytest.raises(Denied):
        actions.confirm(by=stranger, application=made, on=ON, how="phone", at=AT)
    assert not Application.objects.visible_to(stranger).exists()


# --- confirm and split ------------------------------------------------------------------------------------------------

def test_the_clock_runs_from_the_day_on_which_both_sides_confirm(bureau, clerk):
    made = submitted(bureau, at=AT - timedelta(days=2))
    now = actions.confirm(by=clerk, application=made, on=ON, how="phone", at=AT, seen=0)
    assert (now.state, now.arrived_on, now.received_on) == (State.REGISTERED, ON - timedelta(days=2), ON)
    assert now.due_on == date(2026, 4, 1)
    assert Contact.objects.get(application=now).way == "phone"
    refused("not-now", lambda: actions.confirm(by=clerk, application=now, on=ON, how="phone", at=AT))


@pytest.mark.parametrize("days", [-3, 1])
def test_a_confirmation_is_neither_before_arrival_nor_to_come(bureau, clerk, days):
    made = submitted(bureau, at=AT - timedelta(days=2))
    with pytest.raises(Refused, match="第三十一条"):
        actions.confirm(by=clerk, application=made, on=ON + timedelta(days=days), how="电话告知", at=AT)
    made.refresh_from_db()
    assert (made.state, made.revision) == (State.RECEIVED, 0)


def test_an_old_picture_is_not_decided_on(bureau, clerk):
    made = registered(bureau)
    actions.mend(by=clerk, application=made, values={"purpose": "life"}, reason="补标用途", at=AT)
    refused("changed-meanwhile", lambda: actions.split(
        by=clerk, application=made, pieces=PIECES, reason="两件事", on=ON, at=AT, seen=0))


PIECES = [Piece("救助名额", "申请公开各乡镇救助名额"), Piece("", "申请公开欧阳问渠户的救助标准")]


def test_a_split_application_lives_on_in_its_pieces(bureau, clerk):
    whole = submitted(bureau, files=[pdf()])
    whole = actions.confirm(by=clerk, application=whole, on=ON, how="phone", at=AT)
    pieces = actions.split(
        by=clerk, application=whole, pieces=PIECES, reason="一事一申请", on=ON, at=AT, seen=whole.revision, notice=True)
    assert [piece.number for piece in pieces] == ["2026-0001-1", "2026-0001-2"]
    for piece in pieces:
        assert (piece.state, piece.received_on, piece.due_on) == (State.REGISTERED, ON, whole.due_on)
        assert (piece.identity_id, piece.applicant_key) == (whole.identity_id, whole.applicant_key)
        assert piece.attachments.get().sealed_file_id == whole.attachments.get().sealed_file_id
    assert pieces[1].subject == "申请公开××户的救助标准"
    whole.refresh_from_db()
    assert (whole.state, whole.closed_on) == (State.SPLIT, None)
    assert set(Application.objects.counted()) == set(pieces)
    assert registered(bureau).number == "2026-0002"
    assert faults() == []


def test_an_unconfirmed_application_is_split_into_unconfirmed_ones(bureau, clerk):
    pieces = actions.split(
        by=clerk, application=submitted(bureau), pieces=PIECES, reason="一事一申请", on=ON, at=AT)
    assert {piece.state for piece in pieces} == {State.RECEIVED}
    again = actions.split(by=clerk, application=pieces[0], pieces=PIECES, reason="再拆", on=ON, at=AT)
    assert again[1].number == "2026-0001-1-2"


@pytest.mark.parametrize(("pieces", "code"), [
    (PIECES[:1], "split-count"), ([PIECES[0], Piece("空", " ")], "split-empty"),
    ([PIECES[0], Piece("长" * 301, "内容")], "split-too-long"),
])
def test_a_split_that_is_none_is_refused(bureau, clerk, pieces, code):
    made = registered(bureau)
    refused(code, lambda: actions.split(by=clerk, application=made, pieces=pieces, reason="拆", on=ON, at=AT))
    assert Application.objects.count() == 1


# --- nothing of the applicant where anybody may look ------------------------------------------------------------------

def test_nothing_personal_is_in_the_ledger_the_logs_or_a_row_as_text(bureau, clerk):
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    logging.getLogger().addHandler(handler)
    try:
        text = "我是欧阳问渠，电话13900007351，要槐树巷7号改造的材料"
        made = submitted(bureau, text, files=[pdf("欧阳问渠身份证.pdf")])
        now = actions.confirm(by=clerk, application=made, on=ON, how="打13900007351，欧阳问渠认可", at=AT)
        actions.mend(by=clerk, application=now, values={"subject": "槐树巷7号改造", "wanted": "paper"},
                     reason="欧阳问渠来电13900007351要求", at=AT)
        actions.contact(by=clerk, application=now, way="phone", summary="欧阳问渠问进度", happened_at=AT, at=AT)
        pieces = actions.split(by=clerk, application=now, pieces=PIECES, reason="欧阳问渠的两件事", on=ON, at=AT)
        actions.withdraw(by=clerk, application=pieces[0], on=ON, reason="欧阳问渠电话撤回", at=AT)
    finally:
        logging.getLogger().removeHandler(handler)
    told = "\n".join([
        *(f"{entry.payload} {entry.sentence} {entry.actor_name}" for entry in Entry.objects.all()), heard.getvalue(),
        *(f"{row} {row!r}" for model in (Application, Sealed, SealedFile, Contact) for row in model.objects.all()),
        *Application.objects.values_list("applicant_key", flat=True),
        *Application.objects.values_list("subject", flat=True),
    ])
    assert [word for word in PERSONAL if word in told] == []
    assert len(told) > 1000
    assert faults() == []


def test_the_submission_does_not_show_itself():
    assert not [word for word in (*PERSONAL, CONTENT) if word in repr(submission())]
    assert not [word for word in ORGANISATION.values() if word in repr(submission(kind="business"))]


# --- at the same time -------------------------------------------------------------------------------------------------

def at_once(*calls: Callable[[], object]) -> list[object]:
    """Run the calls in threads that start together; what each returned or raised."""
    barrier, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(n: int, call: Callable[[], object]) -> None:
        barrier.wait()
        try:
            answers[n] = call()
        except Exception as error:
            answers[n] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n, call)) for n, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def send_twice_at_once(where, token: UUID) -> list[object]:
    return at_once(*[lambda: actions.submit(
        agency=where, submission=submission(), files=[Incoming("证.pdf", [pdf().chunks[0]])], token=token, at=AT)] * 2)


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_is_one_application(bureau):
    answers = send_twice_at_once(bureau, uuid4())
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert sorted(answer.again for answer in answers) == [False, True]
    assert len({(answer.application.number, answer.code) for answer in answers}) == 1
    assert Application.objects.count() == Attachment.objects.count() == Sealed.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_test_above_catches_a_token_that_is_not_asked_again(bureau, monkeypatch):
    """Without the second look under the lock, one of the two senders gets a database error instead of the answer."""
    monkeypatch.setattr(intake, "_sent", lambda token: None)
    monkeypatch.setattr(intake, "_sent_meanwhile", lambda token: None)
    answers = send_twice_at_once(bureau, uuid4())
    assert sum(isinstance(answer, Exception) for answer in answers) == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_a_number_each(bureau):
    answers = at_once(*[lambda: submitted(bureau).number] * 6)
    assert sorted(map(str, answers)) == [f"2026-000{n}" for n in range(1, 7)]
    assert faults() == []


def confirm_at_once(bureau, clerk, colleague, **seen):
    made = submitted(bureau)
    return made, at_once(*(
        lambda by=by: actions.confirm(by=by, application=made, on=ON, how="phone", at=AT, **seen)
        for by in (clerk, colleague)
    ))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("seen", "code"), [({}, "not-now"), ({"seen": 0}, "changed-meanwhile")])
def test_two_confirm_at_once_and_one_is_told(bureau, clerk, colleague, seen, code):
    made, answers = confirm_at_once(bureau, clerk, colleague, **seen)
    assert [answer.code for answer in answers if isinstance(answer, Refused)] == [code]
    assert sum(isinstance(answer, Application) for answer in answers) == 1
    assert Entry.objects.filter(kind="applications.confirmed", subject_id=str(made.pk)).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_test_above_catches_a_table_that_is_not_asked(bureau, clerk, colleague, monkeypatch):
    monkeypatch.setattr(intake, "taken", lambda application, act, seen=None: (
        Application.objects.select_related("agency", "identity").get(pk=application.pk), State.REGISTERED))
    made, _ = confirm_at_once(bureau, clerk, colleague)
    assert Entry.objects.filter(kind="applications.confirmed", subject_id=str(made.pk)).count() == 2


def test_nothing_is_half_there_when_the_disk_is_full(bureau, monkeypatch):
    from django.db import OperationalError

    def full(application):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(parts, "index", full)
    told = refused("disk-full", lambda: submitted(bureau))
    assert "没有收下" in told.message
    assert (Application.objects.count(), Sealed.objects.count(), RegisterSeries.objects.count()) == (0, 0, 0)
