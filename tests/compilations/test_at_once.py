"""Two people, one report: exactly one decision. One test also runs with a fault planted, which it must catch."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from tests.compilations.makers import ON, at_state, checked, fresh, late, moment, office, published, started, version

from gongkai.annual_reports import actions as annual
from gongkai.annual_reports.states import ReportState
from gongkai.compilations import actions, probes
from gongkai.compilations.actions import parts
from gongkai.compilations.models import Compilation, Counted, Remark, Signing
from gongkai.compilations.states import State
from gongkai.core.errors import Refused
from gongkai.ledger.models import Entry
from gongkai.ledger.queries import faults

pytestmark = pytest.mark.django_db(transaction=True)


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


def codes(answers: list[object]) -> list[str]:
    return sorted(a.code if isinstance(a, Refused) else "done" for a in answers)


@pytest.fixture
def of():
    made = office()
    assert made.supervisor
    return made


def decide(of) -> list[object]:
    made = at_state(of, State.SUBMITTED)
    seen = version(made)
    return at_once(
        lambda: actions.approve(by=of.supervisor, compilation=made, seen=seen, at=moment()),
        lambda: actions.return_(by=of.supervisor, compilation=made, seen=seen, text="请核对", at=moment()),
    )


def test_approved_or_returned_and_not_both_of_a_submitted_report(of):
    """An approved report may be returned afterwards, so that both may stand in that order and in no other."""
    answers = decide(of)
    states = {a.state for a in answers if isinstance(a, Compilation)}
    assert fresh(Compilation.objects.get()).state in states
    order = list(Remark.objects.order_by("pk").values_list("approved", flat=True))
    assert order in ([True], [False], [True, False])
    assert faults() == []


def approve_twice(of) -> list[object]:
    made = at_state(of, State.SUBMITTED)
    seen = version(made)
    return at_once(*(
        lambda: actions.approve(by=of.supervisor, compilation=made, seen=seen, at=moment()) for _ in range(2)
    ))


def test_two_approvals_are_one(of):
    assert codes(approve_twice(of)) == ["done", "not-now"]
    assert Remark.objects.count() == 1


def test_the_test_above_catches_a_table_that_is_not_asked(of, monkeypatch):
    made = at_state(of, State.SUBMITTED)
    monkeypatch.setattr(parts, "after", lambda state, act, **_: State.APPROVED)
    seen = version(made)
    at_once(*(
        lambda: actions.approve(by=of.supervisor, compilation=made, seen=seen, at=moment()) for _ in range(2)
    ))
    assert Remark.objects.count() == 2


def test_two_signatures_are_one_signing_with_one_list(of):
    made = checked(of)
    answers = at_once(*(
        lambda: actions.sign(by=of.signatory, compilation=made, on=ON, at=moment()) for _ in range(2)
    ))
    assert codes(answers) == ["done", "not-now"]
    assert Signing.objects.count() == 1
    assert Counted.objects.count() == 6
    assert probes.signings().well


def test_a_number_typed_in_while_the_leader_signs_is_in_the_paper_or_refused(of):
    made = checked(of)
    seen = made.revision
    answers = at_once(
        lambda: actions.sign(by=of.signatory, compilation=made, on=ON, at=moment(), seen=seen),
        lambda: actions.enter_cell(
            by=of.clerk, compilation=made, cell="t2.licences.decisions", value=Decimal(4), source="台账", at=moment(),
        ),
    )
    assert codes(answers) in (["changed-meanwhile", "done"], ["done", "not-now"])
    state = fresh(made).state
    assert (state == State.SIGNED) == (codes(answers) == ["done", "not-now"])
    assert probes.signings().well


def test_two_errata_of_the_same_difference_are_one(of):
    made = published(of)
    late(of)
    answers = at_once(*(
        lambda: actions.correct(by=of.signatory, compilation=made, reason="补登一件申请", at=moment()) for _ in range(2)
    ))
    assert codes(answers) == ["done", "nothing-changed"]
    assert fresh(made).report.published.number == 2
    assert fresh(made).report.versions.count() == 2
    assert probes.signings().well


def test_an_erratum_and_a_withdrawal_at_once_never_leave_the_report_public_against_the_word(of):
    made = published(of)
    late(of)
    answers = at_once(
        lambda: actions.correct(by=of.signatory, compilation=made, reason="补登一件申请", at=moment()),
        lambda: annual.withdraw(by=of.head, report=made.report, reason="核对中", at=moment()),
    )
    assert codes(answers) == ["done", "done"]
    assert fresh(made).report.state == ReportState.WITHDRAWN


def test_starting_at_once_is_one_report(of):
    answers = at_once(*(lambda by=by: started(of, by=by) for by in (of.clerk, of.head)))
    assert codes(answers) == ["done", "done"]
    assert Compilation.objects.count() == 1
    assert Entry.objects.filter(kind="compilations.started").count() == 1
    assert faults() == []
