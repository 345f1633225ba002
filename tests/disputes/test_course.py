"""The course of a case: what may be registered when, what follows, and what is refused with a reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests import factories
from tests.applications.makers import PERSONAL
from tests.disputes import makers
from tests.disputes.makers import fresh, moment

from gongkai.accounts import roles
from gongkai.accounts.permissions import Denied
from gongkai.agencies import actions as agencies
from gongkai.applications import actions as applications
from gongkai.core.errors import Refused
from gongkai.disputes import actions, probes
from gongkai.disputes.models import Dispute, DisputePaper, DisputeSeries, Proceeding
from gongkai.disputes.states import TABLE, Act, Ending, State, Track, after
from gongkai.ledger.models import Entry
from gongkai.vault.queries import personal

pytestmark = pytest.mark.django_db
ACTS = {
    Act.ANSWER: lambda case, by: actions.answer(by=by, dispute=case, on=makers.LATER, at=moment()),
    Act.DECIDE: lambda case, by: actions.decide(
        by=by, dispute=case, result="upheld", on=makers.LATER, at=moment()),
    Act.APPEAL: lambda case, by: actions.appeal(
        by=by, dispute=case, stage="second", received_on=makers.LATER, at=moment()),
    Act.AMEND: lambda case, by: actions.amend(
        by=by, proceeding=case.proceedings.get(), body="青澜县人民法院", reason="补登", at=moment()),
    Act.ATTACH: lambda case, by: makers.paper(case, by=by),
    Act.CLOSE: lambda case, by: actions.close(by=by, dispute=case, on=makers.LATER, at=moment()),
    Act.REOPEN: lambda case, by: actions.reopen(by=by, dispute=case, reason="当事人申请再审", at=moment()),
    Act.CANCEL: lambda case, by: actions.cancel(by=by, dispute=case, reason="误登", at=moment()),
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("act", list(ACTS))
def test_the_table_decides_what_is_lawful_and_nothing_else_happens(bureau, clerk, state, act):
    case = makers.in_state(bureau, state, Track.DIRECT, by=clerk)
    events = Entry.objects.count()
    if (state, act) in TABLE:
        ACTS[act](case, clerk)
        assert fresh(case).state == TABLE[state, act]
        assert Entry.objects.count() == events + 1
        assert not probes.misstated().exists()
    else:
        with pytest.raises(Refused) as refused:
            ACTS[act](case, clerk)
        assert refused.value.code == "not-now"
        assert (fresh(case).state, fresh(case).revision) == (state, case.revision)
        assert Entry.objects.count() == events


def test_the_table_is_asked_for_every_pair():
    for state in State:
        for act in Act:
            if (state, act) not in TABLE:
                with pytest.raises(Refused) as refused:
                    after(state, act)
                assert refused.value.code == "not-now"


def test_a_case_is_entered_with_its_clock_and_its_number(bureau, clerk):
    asked = makers.application(bureau)
    case = makers.received(
        bureau, by=clerk, application=asked, body="青澜县人民政府", accepted_on=date(2026, 3, 30), simple=True,
    )
    row = case.proceedings.get()
    assert (case.number, case.state, case.identity, case.party_mask) == (
        "议2026-0001", State.RECEIVED, asked.identity, asked.applicant_mask)
    assert (row.answer_due_on, row.answer_due_status, row.decision_due_on) == (
        date(2026, 4, 9), "settled", date(2026, 4, 29))
    assert makers.received(bureau, Track.DIRECT, by=clerk).number == "诉2026-0001"
    assert makers.received(bureau, Track.AFTER, by=clerk).number == "诉2026-0002"
    assert makers.received(bureau, by=clerk, on=date(2025, 3, 3)).number == "议2025-0001"
    assert makers.received(bureau, by=clerk, number="2026年第7号").number == "2026年第7号"
    for name in PERSONAL:
        assert not Entry.objects.filter(payload__contains=name, kind__startswith="disputes.").exists()


def test_a_number_that_somebody_typed_is_passed_over(bureau, clerk):
    makers.received(bureau, by=clerk, number="议2026-0001")
    makers.received(bureau, by=clerk, number="议2026-0002")
    assert makers.received(bureau, by=clerk).number == "议2026-0003"
    with pytest.raises(Refused, match="已经用过"):
        makers.received(bureau, by=clerk, number="议2026-0002")
    other = factories.agency("青澜县水利局", bureau.parent)
    assert makers.received(other).number == "议2026-0001"
    assert DisputeSeries.objects.get(agency=bureau).last == 3


def test_a_third_party_is_sealed_and_stays_out_of_every_word(bureau, clerk):
    asked = makers.application(bureau)
    case = makers.received(
        bureau, Track.DIRECT, by=clerk, application=asked, party=makers.THIRD, third_party=True,
        subject="青澜县远山建材有限公司不服向欧阳问渠公开合同",
    )
    assert case.identity_id != asked.identity_id
    assert personal(case.identity)["contact_name"] == "上官云章"
    assert "远山" not in case.subject
    assert "欧阳问渠" not in case.subject
    unknown = makers.received(bureau, Track.DIRECT, by=clerk, application=asked, third_party=True, body="某法院")
    assert (unknown.identity, unknown.party_mask) == (None, "")
    actions.cancel(by=clerk, dispute=case, reason="欧阳问渠的案件重复登记", at=moment())
    assert "欧阳" not in Entry.objects.get(kind="disputes.cancelled").payload


@pytest.mark.parametrize(("said", "code"), [
    ({"track": "criminal"}, "track"), ({"against": "nothing"}, "against"), ({"subject": " "}, "words-missing"),
    ({"subject": "长" * 301}, "words-too-long"), ({"on": date(2026, 11, 21)}, "future-date"),
    ({"accepted_on": date(2026, 4, 2)}, "too-early"), ({"filed_on": date(2026, 4, 2)}, "too-early"),
    ({"filed_on": date(2026, 3, 30), "accepted_on": date(2026, 3, 29)}, "too-early"),
    ({"stage": "second"}, "stage"), ({"number": "号" * 101}, "words-too-long"),
    ({"body": "院" * 121}, "words-too-long"),
])
def test_what_cannot_be_is_refused_and_nothing_is_kept(bureau, clerk, said, code):
    with pytest.raises(Refused) as refused:
        makers.received(bureau, by=clerk, **said)
    assert refused.value.code == code
    assert not Dispute.objects.exists()


def test_a_dispute_comes_after_what_it_is_about_and_belongs_to_the_same_organ(bureau, clerk, stranger):
    asked = makers.application(bureau)
    with pytest.raises(Refused) as early:
        makers.received(bureau, by=clerk, application=asked, on=date(2026, 3, 3))
    assert early.value.code == "too-early"
    other = factories.agency("青澜县林业局", bureau.parent)
    with pytest.raises(Refused) as elsewhere:
        makers.received(bureau, by=clerk, application=makers.application(other))
    assert elsewhere.value.code == "elsewhere"
    with pytest.raises(Denied):
        makers.received(bureau, by=stranger, application=asked)
    for role in (roles.Contributor, roles.Reviewer, roles.Signatory, roles.AuditAdministrator):
        with pytest.raises(Denied):
            makers.received(bureau, by=factories.actor(bureau, role))


def test_an_heir_answers_for_what_its_predecessor_did(bureau):
    old = factories.agency("青澜县老龄局", bureau.parent)
    asked = makers.application(old)
    agencies.abolish(by=factories.SYSTEM, agency=old, on=date(2026, 3, 20), successors=[bureau], at=moment())
    assert makers.received(bureau, application=asked).application == asked


def test_the_same_notice_twice_is_one_case(bureau, clerk):
    asked = makers.application(bureau)
    first = makers.received(bureau, by=clerk, application=asked)
    with pytest.raises(Refused, match=first.number) as twice:
        makers.received(bureau, by=clerk, application=asked)
    assert twice.value.code == "already-registered"
    makers.received(bureau, by=clerk, application=asked, case_number="青政复〔2026〕8号")
    with pytest.raises(Refused, match="议2026-0002"):
        makers.received(bureau, by=clerk, case_number="青政复〔2026〕8号", on=date(2026, 5, 1))
    actions.cancel(by=clerk, dispute=first, reason="误登", at=moment())
    assert makers.received(bureau, by=clerk, application=asked).number == "议2026-0003", "its number is not given again"


def test_a_suit_follows_a_reconsideration_of_the_same_organ(bureau, clerk):
    first = makers.decided(bureau, by=clerk, application=makers.application(bureau))
    suit = makers.received(bureau, Track.AFTER, by=clerk, follows=first, on=date(2026, 6, 8))
    assert (suit.follows, suit.application) == (first, first.application)
    other = makers.received(factories.agency("青澜县林业局", bureau.parent))
    for track, follows in ((Track.DIRECT, first), (Track.AFTER, suit), (Track.AFTER, other)):
        with pytest.raises(Refused) as refused:
            makers.received(bureau, track, by=clerk, follows=follows, on=date(2026, 6, 8))
        assert refused.value.code == "follows"


def test_days_come_in_their_order(bureau, clerk):
    case = makers.received(bureau, by=clerk)
    for on, code in ((date(2026, 3, 31), "too-early"), (date(2026, 11, 21), "future-date")):
        with pytest.raises(Refused) as refused:
            actions.answer(by=clerk, dispute=case, on=on, at=moment())
        assert refused.value.code == code
    actions.answer(by=clerk, dispute=case, on=makers.ANSWERED, at=moment())
    for said, code in (
        ({"on": date(2026, 3, 31)}, "too-early"), ({"on": makers.ANSWERED - timedelta(1)}, "answered-late"),
        ({"served_on": makers.DECIDED - timedelta(1)}, "too-early"), ({"result": "won"}, "result"),
        ({"ending": "revoked"}, "ending"), ({"result": "corrected", "ending": ""}, "ending"),
        ({"result": "other", "ending": "revoked"}, "ending"),
        ({"result": "corrected", "ending": "revoked", "redo": False}, "redo-reason"),
        ({"result": "corrected", "ending": "revoked", "redo_days": 0}, "redo-days"),
        ({"result": "corrected", "ending": "revoked", "redo_from": makers.ON}, "too-early"),
    ):
        with pytest.raises(Refused) as refused:
            actions.decide(by=clerk, dispute=case, **({"result": "upheld", "on": makers.DECIDED} | said), at=moment())
        assert refused.value.code == code
    assert fresh(case).state == State.ANSWERED
    assert case.proceedings.get().result == ""


def test_lateness_is_said_in_working_days(bureau, clerk):
    makers.answered(bureau, by=clerk, on=date(2026, 4, 20))
    assert "超过期限 2 个工作日" in Entry.objects.get(kind="disputes.answered").sentence


def test_a_suit_goes_through_its_instances_and_back(bureau, clerk):
    case = makers.appealed(bureau, by=clerk)
    assert case.state == State.RECEIVED
    second = case.proceedings.get(position=2)
    assert (second.stage, second.answer_due_on) == ("second", date(2026, 6, 25))
    with pytest.raises(Refused) as early:
        actions.decide(by=clerk, dispute=case, result="other", ending="remanded", on=date(2026, 6, 9), at=moment())
    assert early.value.code == "too-early"
    actions.decide(by=clerk, dispute=case, result="other", ending="remanded", on=date(2026, 8, 3), at=moment())
    for stage, received, code in (
        ("second", date(2026, 8, 20), "stage"), ("reconsideration", date(2026, 8, 20), "stage"),
        ("first", date(2026, 8, 2), "too-early"),
    ):
        with pytest.raises(Refused) as refused:
            actions.appeal(by=clerk, dispute=case, stage=stage, received_on=received, at=moment())
        assert refused.value.code == code
    actions.appeal(by=clerk, dispute=case, stage="first", received_on=date(2026, 8, 20), at=moment())
    assert [row.stage for row in case.proceedings.order_by("position")] == ["first", "second", "first"]
    with pytest.raises(Refused, match="另行登记"):
        actions.appeal(by=clerk, dispute=makers.decided(bureau, by=clerk), stage="first", received_on=makers.LATER,
                       at=moment())


def test_an_appeal_of_our_own_waits_for_no_answer_and_wakes_a_closed_case(bureau, clerk):
    case = makers.closed(bureau, Track.DIRECT, by=clerk)
    actions.appeal(by=clerk, dispute=case, stage="retrial", received_on=makers.LATER, ours=True, at=moment())
    now, row = fresh(case), case.proceedings.get(position=2)
    assert (now.state, now.closed_on, row.answer_due_on) == (State.ANSWERED, None, None)
    assert not probes.misstated().exists()


def test_an_old_picture_decides_nothing(bureau, clerk, colleague):
    case = makers.received(bureau, by=clerk)
    actions.answer(by=colleague, dispute=case, on=makers.ANSWERED, at=moment(), seen=case.revision)
    for call in (
        lambda: actions.decide(by=clerk, dispute=case, result="upheld", on=makers.DECIDED, at=moment(), seen=0),
        lambda: actions.cancel(by=clerk, dispute=case, reason="误登", at=moment(), seen=0),
        lambda: actions.amend(by=clerk, proceeding=case.proceedings.get(), body="院", reason="补", at=moment(), seen=0),
        lambda: actions.amend_dispute(by=clerk, dispute=case, note="补", reason="补", at=moment(), seen=0),
    ):
        with pytest.raises(Refused) as refused:
            call()
        assert refused.value.code == "changed-meanwhile"
    makers.paper(case, by=clerk)


def every_act(case, duty, by):
    """Each act on a case, by somebody."""
    row = duty.proceeding
    return [
        *(lambda act=act: ACTS[act](case, by) for act in ACTS),
        lambda: makers.fulfilled(duty, by=by),
        lambda: actions.lift(by=by, rehandling=duty, reason="撤回", at=moment()),
        lambda: actions.amend_period(
            by=by, rehandling=duty, days=5, working=True, from_on=makers.SERVED, reason="更正", at=moment()),
        lambda: actions.amend_dispute(by=by, dispute=case, note="改", reason="改", at=moment()),
        lambda: actions.amend(by=by, proceeding=row, body="改", reason="改", at=moment()),
    ]


def test_others_may_do_nothing(bureau, clerk, stranger, supervisor):
    case = makers.corrected(bureau, by=clerk)
    for who in (stranger, supervisor, *(
        factories.actor(bureau, role) for role in (roles.Contributor, roles.Reviewer, roles.Signatory)
    )):
        for act in every_act(case, case.rehandlings.get(), who):
            with pytest.raises(Denied):
                act()
    with pytest.raises(Denied):
        actions.move_dates(by=clerk, source="改", at=moment())
    assert fresh(case).revision == case.revision


def test_papers_are_kept_once_encrypted_and_only_lawful_files(bureau, clerk):
    case = makers.received(bureau, by=clerk)
    first = makers.paper(case, by=clerk)
    assert makers.paper(case, by=clerk, name="另一个名字.pdf").pk == first.pk
    assert DisputePaper.objects.count() == 1
    assert (first.kind, first.size, first.name) == ("notice", len(makers.PDF), "受理通知书.pdf")
    for said, code in (
        ({"kind": "song"}, "paper-kind"), ({"data": b"MZ program", "name": "x.pdf"}, "file-program"),
        ({"data": b""}, "file-empty"),
        ({"proceeding": makers.received(bureau, Track.DIRECT).proceedings.get()}, "proceeding-elsewhere"),
    ):
        with pytest.raises(Refused) as refused:
            makers.paper(case, by=clerk, **said)
        assert refused.value.code == code


def archived(asked, on, by):
    """The application withdrawn and put away on a day."""
    applications.withdraw(by=by, application=asked, on=on, reason="不再需要", at=moment(on))
    applications.archive(by=by, application=asked, on=on, at=moment(on))
    asked.refresh_from_db()


def test_an_archived_application_is_kept_as_long_as_disputed_ones(bureau, clerk):
    asked = makers.application(bureau)
    archived(asked, date(2026, 3, 10), clerk)
    assert asked.retain_until == date(2036, 12, 31)
    makers.received(bureau, by=clerk, application=asked)
    asked.refresh_from_db()
    assert asked.retain_until == date(2056, 12, 31)


def test_one_that_is_archived_after_the_dispute_is_kept_as_long(bureau, clerk):
    asked = makers.application(bureau)
    makers.received(bureau, by=clerk, application=asked, against="silence")
    archived(asked, date(2026, 4, 10), clerk)
    assert asked.retain_until == date(2056, 12, 31)


def test_every_ending_belongs_to_one_result():
    from gongkai.disputes.states import ENDINGS_OF

    listed = [ending for endings in ENDINGS_OF.values() for ending in endings]
    assert sorted(listed) == sorted(Ending)


def test_a_row_without_its_decision_is_refused_by_the_database(bureau):
    from django.db import IntegrityError, transaction

    case = makers.received(bureau)
    for wrong in (
        {"result": "upheld"}, {"decided_on": date(2026, 3, 1), "result": "upheld"}, {"answered_on": date(2026, 3, 1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Proceeding.objects.filter(dispute=case).update(**wrong)
