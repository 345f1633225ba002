"""Putting right what the annual report counts: a kind of applicant that a register left blank, an outcome in it."""

from __future__ import annotations

from datetime import date

import pytest
from tests.applications.makers import AT, registered

from gongkai.accounts.permissions import Denied
from gongkai.applications import actions, registering
from gongkai.applications.actions.sheets import take_over
from gongkai.applications.forms.intake import MendForm
from gongkai.applications.models import Application
from gongkai.applications.probes import drifted
from gongkai.applications.states import State
from gongkai.core.errors import Refused
from gongkai.ledger.queries import timeline

pytestmark = pytest.mark.django_db
REGISTER = (
    "登记号,收到日期,申请人类型,申请内容,办结日期,办理结果\n"
    "2025-0001,2025-03-20,,征地批复,2025-04-10,予以公开\n"
    "2025-0002,2025-03-20,,规划许可,,\n"
)


@pytest.fixture
def imported(bureau, clerk):
    looked = registering.look(bureau, REGISTER.encode(), "台账.csv", today=date(2026, 1, 5))
    take_over(by=clerk, looked=looked, at=AT)
    return {row.number: row for row in Application.objects.filter(agency=bureau)}


def mend(clerk, row, **values):
    return actions.mend(by=clerk, application=row, values=values, reason="导入时漏填", at=AT)


def refused_and_unchanged(clerk, row, values, code):
    before = Application.objects.values().get(pk=row.pk)
    with pytest.raises(Refused) as refusal:
        mend(clerk, row, **values)
    assert refusal.value.code == code
    assert Application.objects.values().get(pk=row.pk) == before


def test_what_the_report_counts_is_put_right_even_in_the_archive(imported, clerk):
    row = imported["2025-0001"]
    before = Application.objects.values().get(pk=row.pk)
    mend(clerk, row, applicant_kind="business")
    mend(clerk, row, answer_kind="partial")
    after = Application.objects.values().get(pk=row.pk)
    changed = {key for key in after if after[key] != before[key]}
    assert changed == {"applicant_kind", "answer_kind", "revision"}
    assert (after["state"], after["applicant_kind"], after["answer_kind"]) == (State.ARCHIVED, "business", "partial")
    told = [entry.sentence for entry in timeline("application", row.pk)]
    assert told[-2:] == [
        "更正登记：申请人类型（空 → 商业企业），理由：导入时漏填",
        "更正登记：办理结果（予以公开 → 部分公开），理由：导入时漏填",
    ]


@pytest.mark.parametrize(("number", "values", "code"), [
    ("2025-0001", {"subject": "别的事项"}, "mend-archived"),
    ("2025-0001", {"applicant_kind": "natural", "channel": "post"}, "mend-archived"),
    ("2025-0001", {"answer_kind": "of-an-older-version"}, "mend-value"),
    ("2025-0001", {"answer_kind": ""}, "mend-value"),
    ("2025-0001", {"answer_kind": "granted"}, "nothing-changed"),
    ("2025-0002", {"answer_kind": "granted"}, "mend-answer"),
])
def test_nothing_else_in_the_archive_changes(imported, clerk, number, values, code):
    refused_and_unchanged(clerk, imported[number], values, code)


def test_the_outcome_of_a_case_that_was_answered_here_is_no_matter_of_mending(bureau, clerk):
    made = registered(bureau)
    actions.withdraw(by=clerk, application=made, reason="电话撤回", on=made.arrived_on, at=AT)
    with pytest.raises(Refused) as refusal:
        mend(clerk, made, answer_kind="granted")
    assert refusal.value.code == "mend-answer"


def test_another_bureau_mends_nothing(imported, stranger):
    with pytest.raises(Denied):
        mend(stranger, imported["2025-0001"], applicant_kind="natural")


def test_the_form_asks_what_can_be_put_right_and_chooses_nothing_by_itself(imported, clerk):
    made = {"actor": clerk, "today": date(2026, 1, 5)}
    archived, open_one = (MendForm(application=row, **made) for row in imported.values())
    if "answer_kind" not in archived.fields:
        archived, open_one = open_one, archived
    assert set(archived.fields) == {"seen", "applicant_kind", "answer_kind", "received_on", "closed_on", "reason"}
    assert "answer_kind" not in open_one.fields
    for form in (archived, open_one):
        assert form.fields["applicant_kind"].choices[0] == ("", "请选择")
    assert open_one.fields["channel"].choices[0][0] == ""
    row = imported["2025-0002"]
    sent = MendForm({
        "seen": "0", "applicant_kind": "research", "subject": row.subject, "purpose": "", "wanted": row.wanted,
        "delivery": row.delivery, "channel": "", "reason": "漏填",
    }, application=row, **made)
    assert sent.is_valid(), sent.errors
    sent.perform(by=clerk, at=AT)
    now = Application.objects.get(pk=row.pk)
    assert (now.applicant_kind, now.channel) == ("research", "")


def test_a_wrong_day_of_a_row_that_came_with_a_register_is_put_right(imported, clerk):
    row = imported["2025-0001"]
    mend(clerk, row, received_on=date(2025, 3, 21), closed_on=date(2025, 4, 18))
    now = Application.objects.get(pk=row.pk)
    assert (now.arrived_on, now.confirmed_on, now.received_on) == (date(2025, 3, 21),) * 3
    assert (now.state, now.closed_on) == (State.ARCHIVED, date(2025, 4, 18))
    assert now.due_on == date(2025, 4, 21), "the twentieth working day from then, Qingming between"
    assert drifted() == []
    assert list(timeline("application", row.pk))[-1].sentence == (
        "更正登记：收到日期（2025-03-20 → 2025-03-21）、办结日期（2025-04-10 → 2025-04-18），理由：导入时漏填"
    )


@pytest.mark.parametrize(("number", "values", "code"), [
    ("2025-0001", {"received_on": date(2025, 4, 11)}, "mend-order"),
    ("2025-0001", {"closed_on": date(2025, 3, 19)}, "mend-order"),
    ("2025-0001", {"closed_on": date(2036, 3, 19)}, "future-date"),
    ("2025-0001", {"closed_on": None}, "mend-value"),
    ("2025-0001", {"received_on": "2025-03-21"}, "mend-value"),
    ("2025-0002", {"closed_on": date(2025, 4, 10)}, "mend-value"),
    ("2025-0001", {"corrected_on": date(2025, 4, 1)}, "mend-archived"),
    ("2025-0002", {"corrected_on": date(2025, 4, 1)}, "mend-field"),
])
def test_days_that_cannot_be_are_refused(imported, clerk, number, values, code):
    refused_and_unchanged(clerk, imported[number], values, code)


def test_the_days_of_a_case_of_ours_follow_from_its_acts(bureau, clerk):
    made = registered(bureau)
    with pytest.raises(Refused) as refusal:
        mend(clerk, made, received_on=date(2025, 3, 1))
    assert refusal.value.code == "mend-days"


def test_the_form_offers_the_days_that_came_with_the_register(imported, bureau, clerk):
    made = {"actor": clerk, "today": date(2026, 1, 5)}
    archived, open_one = (MendForm(application=imported[number], **made) for number in ("2025-0001", "2025-0002"))
    assert {"received_on", "closed_on"} <= set(archived.fields)
    assert "received_on" in open_one.fields
    assert "closed_on" not in open_one.fields
    assert "received_on" not in MendForm(application=registered(bureau), **made).fields
    sent = MendForm({
        "seen": "0", "applicant_kind": "natural", "answer_kind": "granted", "received_on": "2025年3月21日",
        "closed_on": "2025-04-10", "reason": "收件章为 21 日",
    }, application=imported["2025-0001"], **made)
    assert sent.is_valid(), sent.errors
    sent.perform(by=clerk, at=AT)
    assert Application.objects.get(pk=imported["2025-0001"].pk).received_on == date(2025, 3, 21)
