"""Asking others: the clock stands still, silence means opposite things, nobody is told who asked."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from tests.applications.made_replies import assigned, drafted, events, fresh, moment, office
from tests.applications.makers import ON, PERSON, PERSONAL

from gongkai.applications import actions, replying
from gongkai.applications.models import Consultation
from gongkai.applications.rules import handling as rules
from gongkai.applications.states import State
from gongkai.core.deadlines import PauseKind
from gongkai.core.errors import Refused
from gongkai.core.workdays import shipped
from gongkai.ledger.models import Entry
from gongkai.letters.models import Letter
from gongkai.letters.queries import document

pytestmark = pytest.mark.django_db
CALENDAR = shipped()
SENT = date(2026, 3, 10)
DUE = CALENDAR.add(SENT, 15)
STRANGER = {"name": "端木采薇", "phone": "13900008864", "address": "青澜县望河街道3号"}


@pytest.fixture
def of():
    return office()


@pytest.fixture
def case(of):
    return assigned(of)


def ask(of, case, kind="third_party", party="青澜县惠民食品有限公司", day=SENT, **values):
    values = {"about": "2025年申报的报价材料", "sent_on": day} | values
    return actions.consult(by=of.clerk, application=case, kind=kind, party=party, at=moment(day), **values)


def take(of, asked, opinion, on, *, today=None, **values):
    return actions.take_opinion(
        by=of.clerk, consultation=asked, opinion=opinion, on=on, at=moment(today or on), **values)


def text(letter):
    found = Document(BytesIO(document(letter, "docx")))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in found.paragraphs] + cells)


def refused(code, act, *args, **values):
    with pytest.raises(Refused) as refusal:
        act(*args, **values)
    assert refusal.value.code == code


def test_a_third_party_is_asked_and_the_clock_stands_still(of, case):
    asked = ask(of, case)
    assert (asked.due_on, fresh(case).state, fresh(case).waits_until) == (DUE, State.CONSULTING, DUE)
    came = date(2026, 3, 17)
    take(of, asked, "consent", came)
    after = fresh(case)
    assert after.state == State.ASSIGNED
    assert after.due_on == CALENDAR.add(case.due_on, CALENDAR.count(SENT, came)), "the days between are added"


def test_the_third_party_learns_of_the_matter_and_not_of_who_asked(of, case):
    asked = ask(of, case)
    letter = Letter.objects.get(pk=asked.letter_id)
    assert (letter.kind, letter.addressee_id) == ("third_party_letter", None)
    assert "青澜县惠民食品有限公司" in text(letter)
    assert not [word for word in PERSONAL if word in text(letter)]
    notice = Letter.objects.get(kind="third_party_notice")
    assert PERSON["name"] in text(notice)
    assert notice.addressee_id == case.identity_id


def test_a_letter_that_would_name_the_applicant_is_not_sent(of, case):
    refused("names-applicant", ask, of, case, about="欧阳问渠申请公开贵公司的报价，是否同意")
    assert (fresh(case).state, Consultation.objects.count(), Letter.objects.count()) == (State.ASSIGNED, 0, 0)


def test_a_third_party_who_is_a_person_is_sealed(of, case):
    asked = ask(of, case, party="", party_identity=STRANGER)
    assert asked.party == asked.party_identity.masks["name"] != STRANGER["name"]
    letter = Letter.objects.get(pk=asked.letter_id)
    assert STRANGER["name"] in text(letter)
    assert letter.addressee_id == asked.party_identity_id
    take(of, asked, "objection", date(2026, 3, 12), reason="端木采薇认为涉及隐私", overridden=False)
    for payload in Entry.objects.values_list("payload", flat=True):
        assert not [word for word in (*STRANGER.values(), *PERSONAL) if word in payload]
    refused("party-not-a-person", ask, of, case, "co_maker", party="", party_identity=STRANGER, day=date(2026, 3, 12))


@pytest.mark.parametrize(("kind", "letter", "words"), [
    ("third_party", "third_party_letter", "不视为同意"), ("co_maker", "co_maker_letter", "视为同意公开"),
    ("other_organ", "organ_letter", "自行决定"),
])
def test_silence_means_what_the_law_says(of, case, kind, letter, words):
    asked = ask(of, case, kind, "青澜县财政局", delivered_on=SENT)
    assert Letter.objects.get(pk=asked.letter_id).kind == letter
    refused("not-silent-yet", take, of, asked, "silent", DUE)
    late = DUE + timedelta(days=9)
    done = take(of, asked, "silent", late)
    assert (done.opinion, done.ended_on) == ("silent", DUE), "the time ended by itself, whenever it is noted"
    assert words in events(case)[-1].sentence
    assert fresh(case).due_on == CALENDAR.add(case.due_on, 15)


def test_nobody_is_silent_whose_receipt_is_not_known(of, case):
    late, asked = DUE + timedelta(days=1), ask(of, case)
    refused("delivery-unknown", take, of, asked, "silent", late)
    arrived = date(2026, 3, 13)
    actions.consultation_delivered(by=of.clerk, consultation=asked, on=arrived, at=moment(late))
    refused("not-silent-yet", take, of, asked, "silent", late)
    last = CALENDAR.add(arrived, 15)
    assert take(of, asked, "silent", last + timedelta(days=1)).ended_on == last


def test_several_may_be_out_and_the_last_leads_back(of, case):
    one, two = ask(of, case), ask(of, case, "co_maker", "青澜县财政局", day=date(2026, 3, 12))
    refused("already-asked", ask, of, case, day=date(2026, 3, 12))
    take(of, one, "consent", date(2026, 3, 16))
    assert fresh(case).state == State.CONSULTING
    refused("not-now", drafted, of, case)
    take(of, two, "consent", date(2026, 3, 18))
    after = fresh(case)
    assert after.state == State.ASSIGNED
    assert after.due_on == CALENDAR.add(case.due_on, CALENDAR.count(SENT, date(2026, 3, 18))), "overlap counts once"


def test_the_time_runs_from_the_day_on_which_it_arrived(of, case):
    asked = ask(of, case)
    arrived = date(2026, 3, 13)
    actions.consultation_delivered(by=of.clerk, consultation=asked, on=arrived, at=moment(arrived))
    asked.refresh_from_db()
    assert (asked.due_on, fresh(case).waits_until) == (CALENDAR.add(arrived, 15),) * 2
    refused("too-early", actions.consultation_delivered, by=of.clerk, consultation=asked, on=ON, at=moment(arrived))


def test_an_objection_gives_its_reason_and_can_be_overridden_for_the_public_interest_alone(of, case):
    asked = ask(of, case)
    on = date(2026, 3, 17)
    refused("reason-missing", take, of, asked, "objection", on)
    refused("override-needs-reason", take, of, asked, "objection", on, overridden=True)
    refused("override-needs-objection", take, of, asked, "consent", on, reason="影响公共安全", overridden=True)
    take(of, asked, "objection", on, reason="不公开将影响全县学生的食品安全", overridden=True)
    decision = Letter.objects.get(kind="third_party_decision")
    assert "食品安全" in text(decision)
    assert Letter.objects.get(pk=asked.letter_id).number in text(decision)
    assert "因公共利益决定公开" in events(case)[-1].sentence
    refused("third-party-overridden", drafted, of, case, "refused_third_party", day=on,
            values={"consultation": "见征求意见书", "reasons": "涉及商业秘密"})


def test_refusing_for_a_third_party_rests_on_what_it_said(of, case):
    on, values = date(2026, 3, 17), {"consultation": "见征求意见书", "reasons": "涉及商业秘密"}
    take(of, ask(of, case), "consent", on)
    refused("third-party-consented", drafted, of, case, "refused_third_party", day=on, values=values)
    take(of, ask(of, fresh(case), party="青澜县田园农场", day=on), "objection", on, reason="商业秘密")
    choice = next(c for c in replying.choices(fresh(case), on) if c.kind.key == "refused_third_party")
    assert choice.why_not is None
    assert "不同意公开" in choice.suggested["consultation"]
    assert drafted(of, case, "refused_third_party", day=on, values=values).state == State.DRAFTED


@pytest.mark.parametrize(("values", "code"), [
    ({"kind": "anybody"}, "consultation-kind"), ({"about": " "}, "words-missing"), ({"party": ""}, "words-missing"),
    ({"sent_on": date(2026, 3, 3)}, "before-receipt"), ({"sent_on": date(2026, 3, 11)}, "future-date"),
    ({"delivered_on": date(2026, 3, 9)}, "too-early"), ({"delivered_on": date(2026, 3, 11)}, "future-date"),
])
def test_what_cannot_be_asked_is_not_asked(of, case, values, code):
    refused(code, ask, of, case, **values)
    assert Letter.objects.count() == 0


def test_after_the_due_date_a_question_stops_no_clock(of, case):
    late = case.due_on + timedelta(days=1)
    refused("consulted-too-late", ask, of, case, day=late)


def test_an_answer_is_taken_once_and_not_of_a_day_before_the_question(of, case):
    asked = ask(of, case)
    refused("too-early", take, of, asked, "consent", date(2026, 3, 9), today=SENT)
    refused("opinion-kind", take, of, asked, "advice", SENT)
    other = ask(of, case, "other_organ", "青澜县档案馆")
    take(of, asked, "consent", SENT)
    refused("already-answered", take, of, asked, "consent", SENT)
    assert take(of, other, "advice", SENT).opinion == "advice"


@given(
    kind=st.sampled_from(PauseKind), said=st.sampled_from(["consent", "partial", "objection", "silent", "advice"]),
    after=st.integers(0, 60), noted=st.integers(0, 60), reason=st.sampled_from(["", "涉及商业秘密"]),
    overridden=st.booleans(),
)
def test_a_consultation_never_ends_before_it_began_nor_in_the_future(kind, said, after, noted, reason, overridden):
    on, today = SENT + timedelta(days=after), SENT + timedelta(days=after + noted)
    try:
        ended = rules.opinion(
            kind, said, on=on, sent_on=SENT, delivered_on=SENT, due_on=DUE, today=today, reason=reason,
            overridden=overridden)
    except Refused:
        return
    assert SENT <= ended <= today
    assert (ended == DUE and today > DUE) if said == "silent" else ended == on
    assert not overridden or (kind is PauseKind.THIRD_PARTY and reason)
