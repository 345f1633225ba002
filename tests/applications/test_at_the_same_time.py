"""Two people, one application: one wins, the other is told. Planted faults show that the tests would see it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from tests.applications.made_replies import (
    GRANTED,
    Office,
    assigned,
    drafted,
    events,
    fresh,
    moment,
    office,
    person,
    reviewed,
    signed,
)
from tests.applications.makers import ON, registered
from tests.factories import actor

from gongkai.accounts import roles
from gongkai.applications import actions
from gongkai.applications.actions import handling, reply, time
from gongkai.applications.models import Application, Extension, ReplyDraft, Review, Service
from gongkai.applications.states import Act, State
from gongkai.core.errors import Refused
from gongkai.ledger.queries import faults
from gongkai.letters.models import Letter

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = {"changed-meanwhile", "not-now", "already-decided", "already-reviewed", "already-served"}


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


def one_wins(answers: list[object]) -> None:
    """Exactly one act took place, and everybody else was told so in a sentence."""
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    others = [answer for answer in answers if not isinstance(answer, Refused)]
    assert len(others) == 1, answers
    assert not isinstance(others[0], Exception), others
    assert {refusal.code for refusal in refused} <= TOLD
    assert faults() == []


def unguarded(act_leads_to: State) -> Callable[..., tuple[Application, State]]:
    """The planted fault: nobody asks the table, nor whether the picture is old."""
    def taken(application: Application, _act: Act, *, seen: int | None = None) -> tuple[Application, State]:
        return Application.objects.select_related("agency", "identity").get(pk=application.pk), act_leads_to
    return taken


@pytest.fixture
def of():
    return office()


def kinds(case: Application) -> list[str]:
    return [event.kind.removeprefix("applications.") for event in events(case)]


def assign_twice(of: Office) -> tuple[Application, list[object]]:
    case = registered(of.where)
    return case, at_once(*(
        lambda who=who: actions.assign(
            by=who, application=case, section=of.section, handler=person(who), at=moment(ON), seen=case.revision)
        for who in (of.clerk, of.colleague)
    ))


def test_two_clerks_assign_one_application(of):
    case, answers = assign_twice(of)
    one_wins(answers)
    assert kinds(case).count("assigned") == 1
    winner = next(answer for answer in answers if isinstance(answer, Application))
    assert fresh(case).handler_id == winner.handler_id


def test_the_test_above_catches_an_old_picture_that_nobody_asks_about(of, monkeypatch):
    monkeypatch.setattr(handling, "taken", unguarded(State.ASSIGNED))
    case, _answers = assign_twice(of)
    assert kinds(case).count("assigned") == 2


def test_two_drafts_from_one_picture(of):
    case = assigned(of)
    one_wins(at_once(*(
        lambda who=who: actions.draft_reply(
            by=who, application=case, answer_kind="granted", values=GRANTED, body="", at=moment(ON),
            seen=case.revision)
        for who in (of.clerk, of.contributor)
    )))
    assert ReplyDraft.objects.count() == 1


def decide_twice(of: Office) -> tuple[Application, list[object]]:
    case = assigned(of)
    proposal = actions.propose_extension(
        by=of.clerk, application=case, days=20, reason="须汇总材料", on=ON, at=moment(ON))
    other = actor(of.where, roles.HeadOfOffice, "second-head")
    return case, at_once(*(
        lambda who=who, yes=yes: actions.decide_extension(
            by=who, extension=proposal, approved=yes, on=ON, remark="不必延期", at=moment(ON))
        for who, yes in ((of.head, True), (other, False))
    ))


def test_two_heads_decide_one_extension(of):
    case, answers = decide_twice(of)
    one_wins(answers)
    granted = Extension.objects.get().approved
    assert fresh(case).extended_days == (20 if granted else 0)
    assert Letter.objects.filter(kind="extension_notice").count() == int(granted)
    assert kinds(case).count("extension_decided") == 1


def test_the_test_above_catches_a_decision_that_is_not_looked_at_again(of, monkeypatch):
    real = Extension.objects.get

    def blind(**named: Any) -> Extension:
        found = real(**named)
        found.approved = None
        return found

    monkeypatch.setattr(time.Extension.objects, "get", blind)
    case, _answers = decide_twice(of)
    assert kinds(case).count("extension_decided") == 2


def sign_twice(of: Office) -> tuple[Application, list[object]]:
    case = reviewed(of, assigned(of))
    return case, at_once(*(
        lambda who=who: actions.sign(by=who, application=case, on=ON, at=moment(ON)) for who in (of.signatory, of.head)
    ))


def test_two_people_sign_and_it_is_one_reply(of):
    case, answers = sign_twice(of)
    one_wins(answers)
    assert (fresh(case).state, kinds(case).count("signed")) == (State.SIGNED, 1)
    assert Letter.objects.get().number == fresh(case).reply_number


def test_the_test_above_catches_a_table_that_is_not_asked(of, monkeypatch):
    monkeypatch.setattr(reply, "taken", unguarded(State.SIGNED))
    case, _answers = sign_twice(of)
    assert kinds(case).count("signed") == 2


def review_twice(of: Office) -> tuple[Application, list[object]]:
    case = drafted(of, assigned(of))
    actions.submit_for_review(by=of.clerk, application=case, at=moment(ON))
    return case, at_once(*(
        lambda who=who: actions.review(by=who, application=case, kind="legal", verdict="pass", at=moment(ON))
        for who in (of.reviewer, of.head)
    ))


def test_two_reviewers_give_one_verdict(of):
    case, answers = review_twice(of)
    one_wins(answers)
    assert (Review.objects.count(), fresh(case).state) == (1, State.REVIEW)


def test_the_test_above_catches_a_verdict_that_is_not_looked_for(of, monkeypatch):
    """Without the rule the second reviewer gets an error of the database instead of a sentence."""
    monkeypatch.setattr(reply.rules, "verdict", lambda _kind, _said, remark, _passed: remark)
    _case, answers = review_twice(of)
    assert sum(isinstance(a, Exception) and not isinstance(a, Refused) for a in answers) == 1


def test_two_reviews_of_two_kinds_both_count(of):
    case = drafted(of, assigned(of))
    actions.submit_for_review(by=of.clerk, application=case, at=moment(ON))
    answers = at_once(*(
        lambda kind=kind, who=who: actions.review(
            by=who, application=case, kind=kind, verdict="pass", at=moment(ON))
        for kind, who in (("legal", of.reviewer), ("secrecy", of.head))
    ))
    assert [type(answer) for answer in answers] == [Review, Review]
    assert fresh(case).state == State.REVIEWED


def test_one_service_sent_twice_is_one_service(of):
    case = signed(of, assigned(of))
    answers = at_once(*[
        lambda: actions.serve(by=of.clerk, application=case, way="post", on=ON, at=moment(ON), seen=case.revision),
    ] * 3)
    assert {answer.pk for answer in answers} == {Service.objects.get().pk}
    assert kinds(case).count("served") == 1


def test_two_ways_of_service_and_one_holds(of):
    case = signed(of, assigned(of))
    one_wins(at_once(*(
        lambda way=way: actions.serve(by=of.clerk, application=case, way=way, on=ON, at=moment(ON))
        for way in ("post", "in_person")
    )))
    assert Service.objects.count() == 1


def test_withdrawal_and_signature_at_once(of):
    case = reviewed(of, assigned(of))
    one_wins(at_once(
        lambda: actions.sign(by=of.signatory, application=case, on=ON, at=moment(ON), seen=case.revision),
        lambda: actions.withdraw(
            by=of.clerk, application=case, on=ON, reason="不再需要", at=moment(ON), seen=case.revision),
    ))


def test_many_applications_signed_at_once_have_numbers_without_a_gap(of):
    cases = [reviewed(of, assigned(of)) for _ in range(4)]
    answers = at_once(*(
        lambda case=case: actions.sign(by=of.signatory, application=case, on=ON, at=moment(ON)) for case in cases
    ))
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert sorted(Letter.objects.values_list("serial", flat=True)) == [1, 2, 3, 4]
    assert faults() == []
