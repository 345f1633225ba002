"""Corrections lie over the reading, which never changes; findings and sums follow them."""

from __future__ import annotations

import copy
from decimal import Decimal

import pytest
from tests import remembered
from tests.factories import AT, actor, filed

from gongkai.accounts import roles
from gongkai.accounts.permissions import Denied
from gongkai.annual_reports import actions, queries
from gongkai.annual_reports.models import Correction
from gongkai.core.errors import Refused
from gongkai.core.report.model import Status
from gongkai.core.report.samples import sample
from gongkai.ledger.queries import timeline

CELL = "t3.new.total"


@pytest.fixture
def broken(clerk, bureau):
    """A report whose total of row one is wrong by ten."""
    report = sample(5, agency=bureau.name, year=2023, size="large")
    cell = report.cells[CELL]
    report.cells[CELL] = type(cell)(CELL, Status.VALUE, cell.value + 10, str(cell.value + 10))
    return remembered.step(("broken", bureau.pk, clerk.user_id), lambda: filed(clerk, bureau, report=report))


def right_value(report):
    cells = queries.reading(report.current).cells
    return Decimal(cells[CELL].value - 10)


def mend(clerk, report, **said):
    return actions.correct(**({
        "by": clerk, "report": report, "cell": CELL, "value": right_value(report), "reason": "抄写时多写了10", "at": AT,
    } | said))


def test_a_correction_mends_the_findings_and_leaves_the_reading(clerk, broken):
    assert broken.current.errors > 0
    read = copy.deepcopy(broken.current.reading)
    mend(clerk, broken)
    broken.current.refresh_from_db()
    assert broken.current.errors == 0
    assert broken.current.reading == read
    filed_cell = broken.current.cells.get(cell=CELL)
    assert (filed_cell.value, filed_cell.corrected) == (right_value(broken), True)
    assert queries.effective(broken.current).cells[CELL].raw == queries.reading(broken.current).cells[CELL].raw
    assert "抄写时多写了10" in timeline("annual_report", broken.pk).last().sentence


def test_a_withdrawn_correction_stays_on_record_and_the_cell_is_as_read(clerk, broken):
    correction = mend(clerk, broken)
    actions.withdraw_correction(by=clerk, correction=correction, reason="看错了行", at=AT)
    broken.current.refresh_from_db()
    assert broken.current.errors > 0
    assert Correction.objects.get().withdrawn_at == AT
    with pytest.raises(Refused, match="已经撤回"):
        actions.withdraw_correction(by=clerk, correction=correction, reason="再撤一次", at=AT)


def test_a_second_correction_of_a_cell_supersedes_the_first(clerk, broken):
    mend(clerk, broken, value=Decimal(1))
    mend(clerk, broken, value=Decimal(2))
    assert list(Correction.objects.filter(withdrawn_at=None).values_list("value", flat=True)) == [Decimal(2)]
    assert Correction.objects.count() == 2


@pytest.mark.parametrize(("said", "code"), [
    ({"cell": "t9.nothing"}, "unknown-cell"),
    ({"reason": "  "}, "reason-needed"),
    ({"value": Decimal("1.5")}, "not-a-count"),
    ({"value": Decimal(-1)}, "not-a-count"),
    ({"cell": "t2.fees.amount", "value": Decimal("-0.5")}, "not-an-amount"),
    ({"cell": "t2.fees.amount", "value": Decimal("0.1234567")}, "too-fine"),
    ({"value": Decimal(10) ** 16}, "too-large"),
    ({"seen": 7}, "version-changed"),
])
def test_what_is_no_correction_is_refused_and_changes_nothing(clerk, broken, said, code):
    with pytest.raises(Refused) as refusal:
        mend(clerk, broken, **said)
    assert refusal.value.code == code
    assert Correction.objects.count() == 0


def test_the_same_number_is_no_correction(clerk, broken):
    with pytest.raises(Refused) as refusal:
        mend(clerk, broken, value=right_value(broken) + 10)
    assert refusal.value.code == "nothing-changed"


def test_a_cell_can_be_declared_empty(clerk, broken):
    mend(clerk, broken, value=None)
    cell = broken.current.cells.get(cell=CELL)
    assert (cell.status, cell.value) == (Status.BLANK, None)


def test_others_cannot_correct(broken, county):
    for role in (roles.Contributor, roles.Reviewer, roles.AuditAdministrator):
        with pytest.raises(Denied):
            mend(actor(broken.agency, role), broken)
    with pytest.raises(Denied):
        mend(actor(county, roles.Clerk), broken)


def test_a_published_version_is_corrected_in_a_copy(clerk, signatory, broken):
    first = mend(clerk, broken, cell="t3.carried_in.total", value=Decimal(99), reason="先改一处")
    broken = actions.publish(by=signatory, report=broken, at=AT)
    shown = broken.published
    mend(clerk, broken)
    broken.refresh_from_db()
    assert broken.published == shown
    assert (broken.current.number, broken.current.based_on) == (2, shown)
    assert queries.effective(broken.current).cells["t3.carried_in.total"].value == 99, "earlier corrections go along"
    assert queries.effective(shown).cells[CELL].value == right_value(broken) + 10, "the public still sees what it saw"
    assert first.version_id == shown.pk
    assert list(queries.amended_since_published(clerk)) == [broken]


def test_withdrawing_a_published_correction_happens_in_a_copy_too(clerk, signatory, broken):
    correction = mend(clerk, broken)
    broken = actions.publish(by=signatory, report=broken, at=AT)
    version = actions.withdraw_correction(by=clerk, correction=correction, reason="原件无误", at=AT)
    assert version.based_on == broken.published
    assert queries.effective(broken.published).cells[CELL].value == right_value(broken)
    assert queries.effective(version).cells[CELL].value == right_value(broken) + 10
