"""Correcting what was published: a new version with the differences said; the version before stays as it was."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from tests import factories
from tests.compilations.makers import (
    ON,
    YEAR,
    Office,
    at_state,
    entry,
    fresh,
    imported,
    late,
    moment,
    office,
    published,
    signed,
    started,
)

from gongkai.annual_reports import actions as annual
from gongkai.annual_reports import queries as filed
from gongkai.annual_reports.states import ReportState
from gongkai.applications import registering
from gongkai.applications.actions import sheets
from gongkai.applications.models import Application
from gongkai.compilations import actions, assemble, errata, freezing, probes, queries, rules
from gongkai.compilations.actions import erratum as acts
from gongkai.compilations.differences import differences
from gongkai.compilations.models import Compilation, Signing
from gongkai.compilations.states import State
from gongkai.core.errors import Refused
from gongkai.core.report.forms import form
from gongkai.disputes.models import Proceeding
from gongkai.files.queries import content
from gongkai.ledger.models import Entry

pytestmark = pytest.mark.django_db
LATER = date(2026, 2, 10)


def corrected(of: Office, made: Compilation, **values) -> Signing:
    return actions.correct(by=of.signatory, compilation=made, reason="补登一件申请", at=moment(LATER), **values)


@pytest.fixture
def made(of) -> Compilation:
    return published(of)


def test_an_erratum_of_everything_says_the_records_of_now(of, made):
    before = content(made.report.published.file)
    old = made.report.published
    late(of)
    signing = corrected(of, made)
    made = fresh(made)
    assert signing.changes == {
        f"t3.{row}.{column}": [was, was + 1]
        for row, column, was in (
            ("new", "natural", 3), ("new", "total", 5), ("granted", "natural", 2), ("granted", "total", 3),
            ("closed", "natural", 3), ("closed", "total", 5))
    }
    assert made.state == State.PUBLISHED
    assert made.report.published == signing.version
    assert made.report.published.number == 2
    assert made.report.state == ReportState.PUBLISHED
    assert filed.effective(signing.version).value("t3.new.total") == 6
    assert differences(made) == []
    old.refresh_from_db()
    assert content(old.file) == before
    assert (signing.signed_on, filed.reading(signing.version).signed_on) == (LATER, ON)
    assert probes.signings().well
    assert list(queries.errata(made.report)) == [signing]
    said = Entry.objects.get(kind="compilations.corrected")
    assert "t3.new.total: 5 → 6" in said.payload
    assert signing.digest in said.payload


def test_the_words_follow_the_numbers_and_the_change_is_known(of, made):
    late(of)
    signing = corrected(of, made)
    changed = queries.prose_changes(signing)
    assert changed
    assert any("6" in after and "5" in before for before, after in changed.values())
    assert all(before != after for before, after in changed.values())
    assert set(changed) <= set(signing.prose)


def test_only_the_cells_that_were_chosen_follow_and_their_sums(of, made):
    late(of)  # 本年新收, 予以公开
    entry(of.bureau, "licence", date(2025, 5, 6))
    signing = corrected(of, made, cells=["t2.licences.decisions"])
    assert signing.changes == {"t2.licences.decisions": [0, 1]}
    assert assemble.standing(fresh(made))["t3.new.total"].value == 5
    rows = {row.label for row in signing.counted.filter(source="application")}
    assert "2025-99" not in rows
    assert {d.cell for d in differences(fresh(made))} == {
        f"t3.{row}.{column}" for row in ("new", "granted", "closed") for column in ("natural", "total")
    }
    assert probes.signings().well


def test_cells_that_leave_the_table_unbalanced_are_refused(of, made):
    late(of)
    with pytest.raises(Refused) as refused:
        corrected(of, made, cells=["t3.new.natural"])
    assert refused.value.code == "open-findings"
    assert fresh(made).report.published.number == 1
    signing = corrected(of, made, cells=["t3.new.natural", "t3.granted.natural"])
    assert signing.cells["t3.closed.total"] == [6, 6]


def test_a_sum_that_is_chosen_takes_its_parts_along(of, made):
    late(of)
    signing = corrected(of, made, cells=["t3.new.total", "t3.closed.total"])
    assert signing.changes["t3.granted.natural"] == [2, 3]


@pytest.mark.parametrize("state", [s for s in State if s is not State.PUBLISHED])
def test_what_is_not_published_is_not_corrected(of, state):
    made = at_state(of, state)
    late(of)
    with pytest.raises(Refused) as refused:
        corrected(of, made)
    assert refused.value.code == "not-now"


@pytest.mark.parametrize(("reason", "code"), [(" ", "reason-needed"), ("字" * 501, "words-too-long")])
def test_an_erratum_says_why(of, made, reason, code):
    late(of)
    with pytest.raises(Refused) as refused:
        actions.correct(by=of.signatory, compilation=made, reason=reason, at=moment(LATER))
    assert refused.value.code == code


def test_nothing_to_correct(of, made):
    with pytest.raises(Refused) as refused:
        corrected(of, made)
    assert refused.value.code == "nothing-changed"
    assert Signing.objects.count() == 1
    with pytest.raises(Refused) as refused:
        corrected(of, made, cells=["t3.nonsense.total"])
    assert refused.value.code == "unknown-cell"


def test_several_in_a_row(of, made):
    for n in range(3):
        late(of, f"晚-{n}")
        corrected(of, made)
    made = fresh(made)
    assert made.report.published.number == 4
    assert assemble.standing(made)["t3.new.total"].value == 8
    assert [s.number for s in queries.errata(made.report)] == [4, 3, 2]
    assert [list(s.changes["t3.new.total"]) for s in queries.errata(made.report)] == [[7, 8], [6, 7], [5, 6]]
    assert probes.signings().well


def test_the_second_of_two_who_looked_at_the_same_is_told(of, made):
    late(of)
    seen = made.revision
    corrected(of, made, seen=seen)
    late(of, "2025-98")
    with pytest.raises(Refused) as refused:
        corrected(of, made, seen=seen)
    assert refused.value.code == "changed-meanwhile"
    assert Signing.objects.count() == 2


def test_a_number_typed_in_is_corrected_with_its_source(of):
    made = started(of)
    actions.enter_cell(
        by=of.clerk, compilation=made, cell="t2.penalties.decisions", value=Decimal(7), source="处罚台账", at=moment(),
    )
    made = published(of, fresh(made))
    with pytest.raises(Refused) as refused:
        corrected(of, made, entered={"t2.penalties.decisions": Decimal(9)})
    assert refused.value.code == "source-needed"
    signing = corrected(of, made, entered={"t2.penalties.decisions": Decimal(9)}, source="处罚台账复核")
    assert signing.changes == {"t2.penalties.decisions": [7, 9]}
    assert signing.counted.get(source="hand").label == "处罚台账复核"
    assert made.entered.count() == 2


def test_an_erratum_of_a_report_that_was_taken_down_waits(of, made):
    annual.withdraw(by=of.head, report=made.report, reason="核对中", at=moment(LATER))
    late(of)
    signing = corrected(of, made)
    made = fresh(made)
    assert made.report.state == ReportState.WITHDRAWN
    assert made.report.current == signing.version
    assert made.report.published.number == 1
    assert list(queries.errata(made.report)) == []
    annual.publish(by=of.head, report=made.report, at=moment(LATER), seen=2)
    made = fresh(made)
    assert (made.report.state, made.report.published.number) == (ReportState.PUBLISHED, 2)
    assert list(queries.errata(made.report)) == [signing]


def test_a_broken_rule_of_an_erratum_can_be_answered_for(of):
    signed(of, year=YEAR - 1)
    made = published(of)
    imported(of.bureau, [("2024-55", "2024-12-23", "自然人", "2025-01-15", "予以公开")], on=LATER)
    with pytest.raises(Refused) as refused:
        corrected(of, made)
    assert refused.value.code == "open-findings"
    for finding in errata.proposed(made, LATER).findings:
        actions.waive(
            by=of.signatory, compilation=fresh(made), code=finding.code, cells=finding.cells, message=finding.message,
            reason="上年漏登", at=moment(LATER),
        )
    assert corrected(of, made).changes["t3.carried_in.natural"] == [1, 2]


def test_the_preview_is_what_is_issued(of, made):
    late(of)
    proposal = errata.proposed(made, LATER)
    signing = corrected(of, made)
    assert proposal.changes == signing.changes
    assert proposal.texts == signing.prose
    assert set(proposal.rewritten) == set(queries.prose_changes(signing))


@pytest.mark.parametrize("where", ["sealed", "put", "show", "record"])
def test_a_failure_half_way_leaves_nothing(of, made, monkeypatch, where):
    late(of)
    entries = Entry.objects.count()
    before = fresh(made).revision

    class Planted(Exception):
        pass

    real = getattr(acts, where)

    def failing(*args, **values):
        real(*args, **values)
        raise Planted

    monkeypatch.setattr(acts, where, failing)
    with pytest.raises(Planted), transaction.atomic():
        corrected(of, made)
    now = fresh(made)
    assert (now.revision, now.report.published.number, now.report.current.number) == (before, 1, 1)
    assert Signing.objects.count() == 1
    assert Entry.objects.count() == entries
    assert now.report.versions.count() == 1
    assert probes.signings().well
    monkeypatch.undo()
    assert corrected(of, made).number == 2


def test_corrected_lists_are_those_of_now_for_the_cells_and_of_before_for_others(of, made):
    Application.objects.filter(number="2025-02").update(applicant_kind="research")
    # New in another column, and still closed in the old one: the columns do not add up, somebody answers for it.
    chosen = ["t3.new.business", "t3.new.research"]
    for finding in errata.proposed(made, LATER, chosen).findings:
        actions.waive(
            by=of.signatory, compilation=fresh(made), code=finding.code, cells=finding.cells, message=finding.message,
            reason="分步更正", at=moment(LATER),
        )
    signing = corrected(of, made, cells=chosen)
    assert signing.counted.get(label="2025-02").cells == ["t3.new.research", "t3.partial.business"]
    assert probes.signings().well


CELLS = sorted(set(form("2021").cells) - rules.sums(form("2021")))


@given(st.dictionaries(st.sampled_from(CELLS), st.integers(0, 99)), st.lists(st.sampled_from(list(form("2021").cells))))
def test_sums_are_made_of_their_parts(values, chosen):
    """Property: sums are sums whatever the numbers; the parts of any cells are no sums, and cover what they add up."""
    made = form("2021")
    summed = rules.summed(made, dict.fromkeys(made.cells, 0) | values)
    for identity in made.identities:
        if identity.rule in {"C2", "C3", "C4"}:
            assert sum(summed[c] for c in identity.left) == sum(summed[c] for c in identity.right)
    parts = rules.parts_of(made, chosen)
    assert not parts & rules.sums(made)
    assert {c for c in chosen if c not in rules.sums(made)} <= parts


def test_rows_of_two_lists_meet_in_order(of, made):
    late(of)
    signing = made.signings.get()
    pairs = list(freezing.pairs(freezing.kept(signing), freezing.rows(made)))
    assert [new.label for old, new in pairs if old is None] == ["2025-99"]
    assert all(old.cells == new.cells for old, new in pairs if old is not None)


def test_alone_or_not_the_erratum_is_public_at_once(db):
    of = office(supervised=False)
    made = published(of)
    late(of)
    assert corrected(of, made).version == fresh(made).report.published


def disputed(of: Office) -> None:
    """A case with a reconsideration that is not decided yet."""
    lines = (
        "登记号,收到日期,申请人类型,申请内容,办结日期,办理结果,复议收到日期,复议结果\n"
        "2025-71,2025-03-03,自然人,申请公开救助资金发放情况,2025-03-20,不予公开,2025-04-01,尚未审结\n"
    )
    looked = registering.look(of.bureau, lines.replace("不予公开", "属于国家秘密").encode(), "台账.csv", today=ON)
    assert not looked.refused, [p.message for p in looked.refused]
    sheets.take_over(by=factories.SYSTEM, looked=looked, at=moment())


@pytest.mark.parametrize("alone", ["corrected", "pending"])
def test_a_case_that_went_from_one_result_to_another_is_corrected_in_both(alone):
    of = office()
    disputed(of)
    made = published(of)
    Proceeding.objects.update(decided_on=date(2025, 6, 2), result="corrected")
    with pytest.raises(Refused) as refused:
        corrected(of, made, cells=[f"t4.reconsideration.{alone}"])
    assert refused.value.code == "moves-together"
    other = {"corrected": "尚未审结", "pending": "结果纠正"}[alone]
    assert other in refused.value.message
    assert fresh(made).report.published.number == 1, "nothing was issued"
    signing = corrected(of, made, cells=["t4.reconsideration.corrected", "t4.reconsideration.pending"])
    assert signing.changes == {"t4.reconsideration.corrected": [0, 1], "t4.reconsideration.pending": [1, 0]}
    assert assemble.standing(fresh(made))["t4.reconsideration.total"].value == 1
