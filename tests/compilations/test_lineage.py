"""From a record to its cells, now and in the reports that were signed."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.compilations import makers
from tests.compilations.makers import ON
from tests.compilations.recount import register
from tests.compilations.test_figures import imported

from gongkai.accounts import roles
from gongkai.accounts.models import User
from gongkai.applications.models import Application
from gongkai.compilations import lineage
from gongkai.compilations.figures.parts import base_cells
from gongkai.compilations.figures.records import counted
from gongkai.compilations.models import Source
from gongkai.compilations.reach import own
from gongkai.core.report.forms import FORM_IDS
from gongkai.disputes.models import Dispute, Proceeding

pytestmark = pytest.mark.django_db


def test_the_cells_of_a_record_are_those_in_whose_lists_it_stands():
    agency = imported(register(31, 30, first_year=2022))
    for year in (2022, 2024):
        for form_id in FORM_IDS:
            stands = {(r.source, r.key): r.cells for r in counted(own(agency, year), form_id)}
            for source, model, rows in (
                (Source.APPLICATION, Application, Application.objects.filter(agency=agency)),
                (Source.DISPUTE, Proceeding, Proceeding.objects.filter(dispute__agency=agency)),
            ):
                assert model.objects.exists()
                for key in rows.values_list("pk", flat=True):
                    cells = lineage.cells_of(source, key, year, form_id)
                    assert cells == stands.get((source, key), ()), (year, source, key)
                    assert set(cells) <= set(base_cells(form_id))
    assert lineage.cells_of(Source.APPLICATION, 10**7, 2024) == ()


def test_a_record_knows_its_years_and_its_signed_reports(of):
    makers.signed(of)
    row = Application.objects.get(number="2024-07")
    found = lineage.lineage(Source.APPLICATION, row.pk, today=ON)
    assert [(one.year, [cell.id for cell in one.cells]) for one in found.now] == [
        (2025, ["t3.carried_in.natural", "t3.granted.natural"]),
        (2024, ["t3.new.natural", "t3.carried_out.natural"]),
    ]
    (frozen,) = found.signed
    assert [cell.id for cell in frozen.cells] == ["t3.carried_in.natural", "t3.granted.natural"]
    assert not frozen.differs
    Application.objects.filter(pk=row.pk).update(answer_kind="partial")
    assert lineage.lineage(Source.APPLICATION, row.pk, today=ON).signed[0].differs


def test_of_a_case_with_instances_the_one_that_counts_is_named():
    agency = imported(register(33, 60, first_year=2022))
    dispute = Dispute.objects.filter(agency=agency, track="direct").first()
    assert dispute is not None
    first = dispute.proceedings.get()
    Proceeding.objects.filter(pk=first.pk).update(received_on="2024-02-01", decided_on="2024-05-01", result="upheld")
    later = Proceeding.objects.create(dispute=dispute, position=2, stage="second", received_on=date(2024, 6, 1))
    assert lineage.cells_of(Source.DISPUTE, first.pk, 2024) == ()
    assert lineage.cells_of(Source.DISPUTE, later.pk, 2024) == ("t4.direct.pending",)
    assert [one.key for one in lineage.of_dispute(dispute, today=ON)] == [first.pk, later.pk]


def page(actor, row):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client.get(f"/desk/applications/{row.pk}/")


def test_the_applications_page_says_where_it_counts(of):
    makers.signed(of)
    row = Application.objects.get(number="2025-02")
    shown = page(of.clerk, row).content.decode()
    assert "计入年报" in shown
    assert "（二）部分公开" in shown
    assert "/cells/t3.partial.business/" in shown or "t3.partial.business" in shown
    assert "签发以后记录有变动" not in shown
    makers.late(of)
    late = page(of.clerk, Application.objects.get(number="2025-99")).content.decode()
    assert "签发时没有计入" in late


def test_the_panel_takes_the_same_queries_for_old_cases_and_new_ones(of, django_assert_max_num_queries):
    makers.signed(of)
    for number in ("2024-07", "2025-05"):
        row = Application.objects.get(number=number)
        with django_assert_max_num_queries(10):
            lineage.panel(of.person(roles.Clerk), row)
