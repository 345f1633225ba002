"""What a name or a kind says about an agency: its last day, its power to make regulations, its identity."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.core.report.checks.made import codes, only, report


@pytest.mark.parametrize(("agency", "kind", "late"), [
    ("青澜县水利局", None, True),
    ("青澜县发展和改革委员会", None, True),
    ("青澜县人民政府", None, False),
    ("青澜县人民政府办公室", None, False),
    ("云麓镇人民政府", None, False),
    (None, None, False),
    ("青澜县人民政府", "department", True),
    ("青澜县水利局", "government", False),
])
def test_departments_are_due_in_january_governments_in_march(agency: str | None, kind: str | None, late: bool) -> None:
    made = replace(report(), agency=agency, signed_on=date(2024, 2, 6))
    assert ("GK1502" in codes(made, kind=kind)) == late


def test_nobody_is_in_time_in_april() -> None:
    assert only(replace(report(), signed_on=date(2024, 4, 1)), "GK1502").computed == "2024-03-31"


def test_without_a_date_nothing_is_said() -> None:
    assert codes(replace(report(), signed_on=None)) == []


@pytest.mark.parametrize(("agency", "kind", "told"), [
    ("青澜县水利局", None, True),
    ("青澜县人民政府", None, True),
    ("青澜市青州区人民政府", None, True),
    ("云麓镇人民政府", None, True),
    ("城东街道办事处", None, True),
    ("青澜省教育厅", None, True),
    ("青澜市人民政府", None, False),
    ("青澜省人民政府", None, False),
    ("青澜自治区人民政府", None, False),
    ("青澜市", None, False),
    ("国家青澜总局", None, False),
    ("青澜部", "department", False),
    ("水利局", "department", True),
    (None, None, False),
])
def test_who_can_make_regulations(agency: str | None, kind: str | None, told: bool) -> None:
    made = replace(report(t2__regulations__in_force=2), agency=agency)
    assert ("GK1701" in codes(made, kind=kind)) == told


def test_a_name_without_its_region_is_the_same_agency() -> None:
    before = report(year=2022, agency="青澜市青州区人民政府")
    assert "GK0502" not in codes(report(agency="青州区人民政府"), previous=before)
    assert "GK0502" in codes(report(agency="赤州区人民政府"), previous=before)


def test_the_wrong_previous_report_stops_every_rule_across_years() -> None:
    before = report(year=2021, t3__carried_out__total=9, t2__normative__in_force=9)
    assert codes(report(), previous=before) == ["GK0502"]
