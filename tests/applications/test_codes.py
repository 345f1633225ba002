"""Number and secret code: what opens the tracking page, what does not, and what it shows."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.applications.makers import AT, ON, PERSONAL, pdf, registered, submitted
from tests.applications.test_intake import PIECES, refused

from gongkai.accounts.actor import machine
from gongkai.applications import actions, codes, numbers, public
from gongkai.applications.models import Application
from gongkai.applications.states import State
from gongkai.vault.rotation import rotate

pytestmark = pytest.mark.django_db
OLD, NEW = b"0123456789abcdef", b"fedcba9876543210"


# --- the code ---------------------------------------------------------------------------------------------------------

@given(st.uuids())
def test_a_code_is_readable_and_belongs_to_its_token(token: UUID):
    code = codes.made(token)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}", code)
    assert codes.made(token) == code
    typed = code.lower().replace("-", " ").replace("0", "O").replace("1", "l")
    assert codes.digest(typed) == codes.digest(code)


def test_codes_are_spread_and_need_the_key(settings):
    made = {codes.made(uuid4()) for _ in range(2000)}
    assert len(made) == 2000
    for at in (0, 7, 13):
        assert len({code[at] for code in made}) == 32
    token = uuid4()
    before = codes.made(token)
    settings.GONGKAI_VAULT_KEYS = (NEW,)
    assert codes.made(token) != before


@pytest.mark.parametrize(("text", "number"), [
    (" 2026－０００１ ", "2026-0001"), ("2026—0001", "2026-0001"), ("2026-0001-2", "2026-0001-2"),
])
def test_a_number_is_read_as_it_is_typed(text, number):
    assert numbers.typed(text) == number


# --- the door ---------------------------------------------------------------------------------------------------------

def test_number_and_code_together_open_and_nothing_else(bureau, county, django_assert_num_queries):
    mine, other, elsewhere = submitted(bureau), submitted(bureau), submitted(county)
    assert mine.number == elsewhere.number
    code = codes.code_for(mine)
    assert public.tracked(mine.number, code) == mine
    assert public.tracked(f" {mine.number} ", code.lower().replace("-", "")) == mine
    assert public.tracked(elsewhere.number, codes.code_for(elsewhere)) == elsewhere
    for number, said in (
        (other.number, code), (mine.number, codes.code_for(other)), ("2026-9999", code), (mine.number, ""),
        (mine.number, mine.code_digest), (mine.number, str(mine.token)), ("", ""), ("\x00", "\x00" * 5000),
    ):
        with django_assert_num_queries(1):
            assert public.tracked(number, said) is None


def test_an_imported_row_without_a_code_is_never_opened(bureau):
    made = registered(bureau)
    Application.objects.filter(pk=made.pk).update(code_digest="", token=None)
    made.refresh_from_db()
    assert public.tracked(made.number, "") is None
    refused("code-none", lambda: codes.code_for(made))


def test_neither_code_nor_anything_that_gives_it_is_in_the_row(bureau):
    made = submitted(bureau)
    code = codes.code_for(made)
    kept = " ".join(str(getattr(made, field.attname)) for field in Application._meta.concrete_fields)
    assert code not in kept
    assert codes.plain(code) not in kept
    assert code not in str(made) + repr(made)


def test_pieces_open_with_the_code_of_the_whole(bureau, clerk):
    whole = submitted(bureau)
    code = codes.code_for(whole)
    pieces = actions.split(by=clerk, application=whole, pieces=PIECES, reason="两件事", on=ON, at=AT)
    assert [public.tracked(piece.number, code) for piece in pieces] == pieces
    assert codes.code_for(Application.objects.get(pk=pieces[0].pk)) == code
    assert public.view_of(public.tracked(whole.number, code)).pieces == ("2026-0001-1", "2026-0001-2")


def test_a_new_key_leaves_codes_and_persons_as_they_were(bureau, settings):
    made = submitted(bureau)
    code, key = codes.code_for(made), made.applicant_key
    settings.GONGKAI_VAULT_KEYS = (NEW, OLD)
    assert public.tracked(made.number, code) == made
    assert codes.code_for(made) == code
    rotate(by=machine("测试"), at=AT)
    settings.GONGKAI_VAULT_KEYS = (NEW,)
    assert public.tracked(made.number, code) == made
    made.refresh_from_db()
    assert submitted(bureau).applicant_key == made.applicant_key != key
    refused("code-lost", lambda: codes.code_for(made))


# --- what it shows ----------------------------------------------------------------------------------------------------

def test_the_view_tells_where_it_stands_and_nothing_of_the_office(bureau, clerk):
    made = submitted(bureau, "我是欧阳问渠，要槐树巷7号的材料", files=[pdf("欧阳问渠.pdf")])
    waiting = public.view_of(made)
    assert (waiting.received_on, waiting.due_on, waiting.may) == (None, None, {"withdraw"})
    now = actions.confirm(by=clerk, application=made, on=ON, how="phone", at=AT)
    actions.contact(by=clerk, application=now, way="phone", summary="内部备注", happened_at=AT, at=AT)
    actions.attach(by=clerk, application=now, use="working", files=[pdf("内部.pdf")], at=AT)
    Application.objects.filter(pk=now.pk).update(handler_id=clerk.user_id, note="内部备注", answer_kind="granted")
    view = public.view_of(public.tracked(now.number, codes.code_for(now)))
    assert (view.received_on, view.applicant, view.outcome) == (ON, "欧**", "")
    assert view.due_on is not None
    assert view.steps
    assert (view.letters, view.files) == ((), ())
    shown = " ".join(str(getattr(view, field.name)) for field in fields(view))
    assert [word for word in (*PERSONAL, "内部", clerk.name) if word in shown] == []


def test_a_correction_is_asked_for_and_answered_there(bureau, clerk):
    made = registered(bureau)
    made = actions.ask_correction(by=clerk, application=made, what="请写明年度", on=ON, at=AT)
    view = public.view_of(made)
    assert view.may_correct
    assert view.may_withdraw
    assert (view.correction_asked_for, view.correction_due_on) == ("请写明年度", made.correction_due_on)
    letter, = view.letters
    assert public.letter_for_applicant(made, letter.key).pk == letter.key
    now = actions.correct_by_applicant(application=made, content="2025年", token=uuid4(), at=AT)
    assert not public.view_of(now).may_correct


def test_the_reply_opens_when_it_was_served_and_working_papers_never(bureau, clerk):
    made = registered(bureau)
    reply, = actions.attach(by=clerk, application=made, use="reply", files=[pdf("方案.pdf")], at=AT)
    paper, = actions.attach(by=clerk, application=made, use="working", files=[pdf("内部.pdf")], at=AT)
    for state in (State.ASSIGNED, State.REVIEW, State.SIGNED):
        Application.objects.filter(pk=made.pk).update(state=state)
        made.refresh_from_db()
        assert public.view_of(made).files == ()
        assert public.file_for_applicant(made, reply.pk) is None
    Application.objects.filter(pk=made.pk).update(
        state=State.SERVED, closed_on=ON, answer_kind="granted", reply_number="青民公复〔2026〕1号")
    made.refresh_from_db()
    view = public.view_of(made)
    assert [(file.name, file.size) for file in view.files] == [("方案.pdf", len(pdf().chunks[0]))]
    assert (view.reply_number, view.closed_on, view.may) == ("青民公复〔2026〕1号", ON, frozenset())
    assert view.outcome
    assert public.file_for_applicant(made, paper.pk) is None


def test_a_lapsed_case_shows_its_letter(bureau, clerk):
    made = actions.ask_correction(by=clerk, application=registered(bureau), what="请写明年度", on=ON, at=AT)
    days = timedelta(days=30)
    now = actions.lapse_correction(by=clerk, application=made, on=ON + days, at=AT + days)
    view = public.view_of(now)
    assert view.reply_number
    assert {letter.title for letter in view.letters} == {"政府信息公开申请补正告知书", "政府信息公开申请告知书"}


def test_every_state_has_its_public_words():
    assert set(public.STATE_WORDS) == set(State)
