"""Every number opens: the rule, the records one by one, and after the signing the records as they were frozen."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import pytest
from tests import factories
from tests.compilations import makers
from tests.compilations.makers import ON, moment
from tests.compilations.test_figures import enter_registers, imported

from gongkai.applications.models import Application
from gongkai.compilations import actions, assemble, explain
from gongkai.compilations.figures import compute, listed, rule_of
from gongkai.compilations.models import Source
from gongkai.compilations.reach import own
from gongkai.core.report.forms import FORM_IDS, form
from gongkai.disputes.models import Proceeding

from tests.compilations.recount import register  # isort: skip

pytestmark = pytest.mark.django_db


def everything(of, cell, **asked):
    return explain.explain(of, cell, limit=None, **asked)


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_every_cell_has_a_rule_and_its_rows_are_its_records(form_id):
    agency = imported(register(21, 60, first_year=2022))
    enter_registers(agency, random.Random(4), 20)
    within = own(agency, 2024)
    for cell, figure in compute(within, form_id).items():
        told = everything(within, cell, form_id=form_id)
        found = listed(within, form_id, cell)
        assert told.rule == rule_of(cell, form_id) != ""
        assert told.title not in {"", cell}
        assert (told.value, told.length, len(told.rows)) == (figure.value, figure.records, figure.records)
        assert {(row.key, row.sign) for row in told.rows if row.sign > 0} == {
            (pk, 1) for pk in found.records.values_list("pk", flat=True)}
        assert len([r for r in told.rows if r.sign < 0]) == (found.minus.count() if found.minus is not None else 0)
        assert {row.agency for row in told.rows} <= {agency.name}
        assert {str(row.source) for row in told.rows} <= {str(found.source)}


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_pages_follow_one_another_without_a_gap_or_a_repetition(form_id):
    agency = imported(register(22, 50, first_year=2023))
    enter_registers(agency, random.Random(8), 20)
    within = own(agency, 2024)
    for cell in ("t3.closed.total", "t2.normative.made", "t4.reconsideration.total", "t2.licences.change"):
        if cell not in form(form_id).cells:
            continue
        whole = everything(within, cell, form_id=form_id).rows
        pieces, offset = [], 0
        while True:
            page = explain.explain(within, cell, form_id=form_id, limit=3, offset=offset)
            pieces += page.rows
            offset += 3
            assert page.more == (offset < page.length)
            if not page.more:
                break
        assert pieces == whole, cell


def test_a_row_says_what_the_rule_looked_at_and_nobodys_name():
    agency = imported(register(23, 60, first_year=2023))
    within = own(agency, 2024)
    row = everything(within, "t3.closed.total", form_id="2021").rows[0]
    source = Application.objects.get(pk=row.key)
    assert row.label == source.number
    assert row.url == f"/desk/applications/{source.pk}/"
    assert row.facts["received_on"] == source.received_on.isoformat()
    assert row.facts["closed_on"] == source.closed_on.isoformat()
    shown = dict(row.columns)
    assert shown["收到日期"] == source.received_on.isoformat()
    assert set(row.facts) <= {"agency", "received_on", "closed_on", "applicant_kind", "answer_kind", "state"}
    case = everything(within, "t4.reconsideration.total", form_id="2021").rows[0]
    proceeding = Proceeding.objects.get(pk=case.key)
    assert case.url == f"/desk/disputes/{proceeding.dispute_id}/"
    assert case.facts["application"] == proceeding.dispute.application.number
    assert explain.record_of(Source.APPLICATION, source.pk).facts == row.facts


def test_a_record_that_is_gone_and_a_cell_that_there_is_not():
    with pytest.raises(Application.DoesNotExist):
        explain.record_of(Source.APPLICATION, 10**6)
    with pytest.raises(KeyError):
        explain.explain(own(factories.agency(), 2024), "t3.other.natural", form_id="2021")


def test_a_number_typed_in_says_so_and_has_no_records(of):
    work = makers.started(of)
    actions.enter_cell(
        by=of.clerk, compilation=work, cell="t2.fees.amount", value=Decimal(12), source="财务报表", at=moment(),
    )
    told = explain.explain(makers.fresh(work), "t2.fees.amount")
    assert (told.value, told.length, told.rows, told.source) == (12, 0, [], Source.HAND)
    assert told.entered is not None
    assert told.entered.source == "财务报表"
    assert explain.explain(makers.fresh(work), "t2.normative.made").entered is None


def test_after_the_signing_the_list_is_the_frozen_one(of):
    work = makers.signed(of)
    before = {cell: everything(work, cell) for cell in form(work.form).cells}
    assert before["t3.new.total"].signing is not None
    assert [row.label for row in before["t3.new.total"].rows] == [f"2025-0{n}" for n in range(1, 6)]
    makers.late(of)
    Application.objects.filter(number="2025-02").update(answer_kind="granted", applicant_kind="natural")
    work = makers.fresh(work)
    for cell, told in before.items():
        again = everything(work, cell)
        assert (again.value, again.length, again.rows) == (told.value, told.length, told.rows), cell
        assert len(again.rows) == again.length, cell
        assert again.value == assemble.standing(work)[cell].value
    now = everything(work, "t3.granted.natural", live=True)
    assert {row.label for row in now.rows} == {"2024-07", "2025-01", "2025-02", "2025-99"}
    assert {row.label for row in everything(work, "t3.granted.natural").rows} == {"2024-07", "2025-01"}
    assert now.signing is None


def test_the_reckoning_of_instances_is_said(settings):
    assert "一案计一次" in rule_of("t4.direct.upheld", "2021")
    settings.GONGKAI_DISPUTES_PER_INSTANCE = True
    assert "各计一次" in rule_of("t4.direct.upheld", "2021")
    assert rule_of("t3.granted.natural", "2021").endswith("申请人类型是“自然人”")
    assert date(2025, 12, 31) < ON
