"""What a year lacks: each kind is found with the page where it is mended, and is gone when it was mended."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from tests import factories
from tests.applications.makers import registered, submitted
from tests.compilations import makers
from tests.compilations.makers import ON, YEAR, moment

from gongkai.accounts.models import User
from gongkai.agencies import actions as agencies
from gongkai.applications import actions as applications
from gongkai.applications.models import Application
from gongkai.applications.states import State
from gongkai.compilations import actions, assemble
from gongkai.compilations.problems import SHOWN, problems
from gongkai.compilations.reach import consolidated, own

pytestmark = pytest.mark.django_db


def found(of, **asked):
    return {one.code: one for one in problems(own(of.bureau, YEAR), today=ON, **asked)}


def test_a_whole_register_lacks_nothing(of):
    assert found(of) == {}
    assert problems(makers.started(of), today=ON) == []


def test_a_missing_kind_of_applicant_is_named_and_mended_where_the_link_leads(of):
    makers.imported(of.bureau, [
        ("2025-90", "2025-05-12", "", "2025-05-28", "予以公开"), ("2025-91", "2025-05-13", "", "", "")])
    before = assemble.figures_of(makers.started(of))["t3.new.total"].value
    one = found(of)["applicant-kind-missing"]
    assert one.sentence == "2 件申请没有申请人类型，没有计入表三"
    assert [row.label for row in one.rows] == ["2025-90", "2025-91"]
    client = Client()
    client.force_login(User.objects.get(pk=of.clerk.user_id))
    for row in one.rows:
        page = client.get(row.url)
        assert page.status_code == 200
        assert page.context["form"].fields["applicant_kind"].choices[0] == ("", "请选择")
    archived = client.post(one.rows[0].url, {"seen": "0", "applicant_kind": "natural", "answer_kind": "granted",
                                             "reason": "导入时漏填"})
    assert archived.status_code == 302
    assert found(of)["applicant-kind-missing"].count == 1
    assert assemble.figures_of(makers.started(of))["t3.new.total"].value == before + 1


def test_what_cannot_be_is_named(of):
    rows = {row.number: row.pk for row in Application.objects.filter(agency=of.bureau)}

    def put(which, **values):
        Application.objects.filter(pk=rows[which]).update(**values)

    put("2025-01", answer_kind="of-an-older-version")
    put("2025-02", received_on=date(2025, 6, 1))
    put("2025-03", closed_on=date(2026, 5, 1))
    put("2025-04", number="2023-77")
    codes = found(of)
    assert {code: [row.label for row in one.rows] for code, one in codes.items()} == {
        "answer-unknown": ["2025-01"], "closed-before-receipt": ["2025-02"], "day-to-come": ["2025-03"],
        "number-of-another-year": ["2023-77"],
    }
    assert all(row.url.startswith("/desk/applications/") for one in codes.values() for row in one.rows)


def test_what_waits_at_the_end_of_the_year_is_named(of):
    at = moment(date(2025, 12, 30))
    letter = submitted(of.bureau, at=at)
    one = found(of)["unconfirmed"]
    assert [row.label for row in one.rows] == [letter.number]
    applications.confirm(by=of.clerk, application=letter, on=date(2025, 12, 31), how="phone", at=moment())
    assert "unconfirmed" not in found(of)
    made = registered(of.bureau, arrived_on=date(2025, 12, 1), at=moment(date(2025, 12, 1)))
    Application.objects.filter(pk=made.pk).update(
        state=State.SIGNED, signed_on=date(2025, 12, 20), answer_kind="granted",
    )
    assert [row.label for row in found(of)["not-served"].rows] == [made.number]


def test_nobody_is_asked_about_what_was_typed_in(of):
    makers.imported(of.bureau, [("2025-90", "2025-05-12", "", "2025-05-28", "予以公开")])
    work = makers.started(of)
    assert [one.code for one in problems(work, today=ON)] == ["applicant-kind-missing"]
    actions.enter_table(by=of.clerk, compilation=work, table="t3", values={"t3.new.natural": Decimal(1)},
                        source="纸质台账", at=moment())
    assert problems(makers.fresh(work), today=ON) == []


def test_only_so_many_are_named_and_the_rest_is_counted(of, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        found(of)
    makers.imported(of.bureau, [
        (f"2025-{n}", "2025-05-12", "", "2025-05-28", "予以公开") for n in range(100, 100 + SHOWN + 7)])
    with django_assert_max_num_queries(21):
        one = found(of)["applicant-kind-missing"]
    assert (one.count, len(one.rows), one.more) == (SHOWN + 7, SHOWN, 7)


def test_cases_that_nobody_answers_for_are_named(of):
    old, other = (factories.agency(f"青澜县{name}局", of.county) for name in ("老龄", "卫生"))
    makers.imported(old, [("2025-01", "2025-05-12", "自然人", "", "")])
    agencies.abolish(by=factories.SYSTEM, agency=old, on=date(2025, 9, 1), successors=[of.bureau, other], at=moment())
    one = found(of)["unattributed"]
    assert [row.label for row in one.rows] == ["青澜县老龄局"]
    assert {p.code for p in problems(consolidated(of.county, YEAR), today=ON)} == set()


def test_another_years_problems_are_not_this_years(of):
    makers.imported(of.bureau, [("2023-90", "2023-05-12", "", "2023-05-28", "予以公开")])
    assert found(of) == {}
    assert [one.code for one in problems(own(of.bureau, 2023), today=ON)] == ["applicant-kind-missing"]
