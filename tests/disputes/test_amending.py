"""What was registered wrongly is put right, in the open: clock, state and duties follow."""

from __future__ import annotations

from datetime import date

import pytest
from tests import factories
from tests.disputes import makers
from tests.disputes.makers import fresh, moment

from gongkai.accounts.models import User
from gongkai.core.errors import Refused
from gongkai.disputes import actions, probes
from gongkai.disputes.states import Result, State, Track
from gongkai.ledger.models import Entry
from gongkai.vault.queries import personal

pytestmark = pytest.mark.django_db


def amend(case, position=1, **facts):
    return actions.amend(
        by=factories.SYSTEM, proceeding=case.proceedings.get(position=position), reason="录入有误", at=moment(),
        **facts,
    )


def test_clock_and_state_follow(bureau):
    case = makers.decided(bureau)
    amend(case, received_on=date(2026, 3, 2), simple=True, accepted_on=date(2026, 2, 26))
    row = case.proceedings.get()
    assert (row.answer_due_on, row.decision_due_on) == (date(2026, 3, 9), date(2026, 3, 30))
    amend(case, decided_on=None, served_on=None, result="")
    assert fresh(case).state == State.ANSWERED
    amend(case, answered_on=None)
    assert fresh(case).state == State.RECEIVED
    assert not probes.misstated().exists()
    told = Entry.objects.filter(kind="disputes.amended").order_by("sequence")
    assert "收到通知日期由“2026-04-01”改为“2026-03-02”" in told[0].sentence
    assert "录入有误" in told[0].sentence


def test_a_row_agrees_with_its_neighbours(bureau):
    case = makers.appealed(bureau)
    for position, facts, code in (
        (1, {"decided_on": date(2026, 6, 11), "served_on": None}, "too-early"),
        (1, {"decided_on": None, "served_on": None, "result": ""}, "decided-needed"),
        (2, {"received_on": date(2026, 5, 19)}, "too-early"),
        (1, {"result": "", "ending": ""}, "result-without-day"),
        (1, {"result": "corrected"}, "ending"), (1, {"stage": "second"}, "amend-field"),
        (1, {"body": ""}, "nothing-changed"), (2, {"received_on": date(2026, 11, 21)}, "future-date"),
    ):
        with pytest.raises(Refused) as refused:
            amend(case, position, **facts)
        assert refused.value.code == code, facts


def test_a_closed_case_keeps_its_result_until_it_is_opened_again(bureau):
    case = makers.closed(bureau)
    amend(case, decision_number="青政复决〔2026〕13号")
    assert fresh(case).state == State.CLOSED
    with pytest.raises(Refused) as refused:
        amend(case, decided_on=None, served_on=None, result="")
    assert refused.value.code == "reopen-first"
    assert case.proceedings.get().result == Result.UPHELD


def test_a_result_that_becomes_corrected_leaves_a_duty_and_one_that_no_longer_is_lifts_it(bureau):
    case = makers.decided(bureau)
    amend(case, result="corrected", ending="revoked")
    duty = case.rehandlings.get()
    assert (duty.from_on, duty.due_on) == (makers.SERVED, date(2026, 6, 23))
    amend(case, served_on=date(2026, 5, 26))
    duty.refresh_from_db()
    assert (duty.from_on, duty.due_on) == (date(2026, 5, 26), date(2026, 6, 24))
    amend(case, result="upheld", ending="")
    duty.refresh_from_db()
    assert (duty.lifted_on, "录入有误" in duty.lifted_reason) == (makers.LATER, True)
    amend(case, result="corrected", ending="ordered")
    duty.refresh_from_db()
    assert (duty.lifted_on, case.rehandlings.count()) == (None, 1)


def test_what_was_waived_is_owed_when_it_is_corrected_again(bureau):
    case = makers.corrected(bureau, ending="changed", redo=False, redo_reason="变更决定已经代替原答复")
    amend(case, reasons="另有要点")
    assert not case.rehandlings.exists(), "another field opens nothing"
    amend(case, result="upheld", ending="")
    assert case.proceedings.get().redo_waived == ""
    amend(case, result="corrected", ending="ordered")
    assert case.rehandlings.open().count() == 1


def test_the_case_itself(bureau, clerk):
    asked, other = makers.application(bureau), makers.application(bureau, content="申请公开养老机构名单")
    case = makers.received(bureau, Track.DIRECT, application=asked)
    colleague = factories.user("another")
    for facts, code in (
        ({"number": "1"}, "amend-field"), ({"track": "reconsideration"}, "track"),
        ({"handler": colleague}, "no-post"),
        ({"subject": ""}, "words-missing"), ({"note": ""}, "nothing-changed"), ({"against": "all"}, "against"),
        ({"follows": case}, "follows"),
    ):
        with pytest.raises(Refused) as refused:
            actions.amend_dispute(by=clerk, dispute=case, reason="录入有误", at=moment(), **facts)
        assert refused.value.code == code, facts
    person = User.objects.get(pk=clerk.user_id)
    now = actions.amend_dispute(
        by=clerk, dispute=case, reason="录入有误", at=moment(), track="after", application=other, handler=person,
        note="已联系", subject="欧阳问渠诉我局不答复",
    )
    assert (now.track, now.application, now.handler, now.note) == ("after", other, person, "已联系")
    assert now.identity_id == other.identity_id
    assert "欧阳" not in now.subject
    told = Entry.objects.get(kind="disputes.amended")
    assert "欧阳" not in told.payload
    assert f"所涉申请由“{asked.number}”改为“{other.number}”" in told.sentence
    now = actions.amend_dispute(
        by=clerk, dispute=case, reason="第三人起诉", at=moment(), third_party=True, party=makers.THIRD)
    assert personal(now.identity)["contact_name"] == "上官云章"
    assert "上官" not in "".join(Entry.objects.values_list("payload", flat=True))
