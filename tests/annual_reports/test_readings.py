"""A reading survives the database without loss."""

from __future__ import annotations

import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual_reports import readings
from gongkai.core.report.model import Cell, Finding, Fix, Note, Place, Report, Section, Severity, Status
from gongkai.core.report.samples import sample

numbers = st.integers(-10**12, 10**12) | st.decimals(-10**9, 10**9, places=4)
places = st.none() | st.builds(
    Place, table=st.integers(1, 9), row=st.integers(1, 40), col=st.none(), page=st.none(), line=st.none(),
)
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
cells = st.builds(
    Cell, id=st.just("t3.new.total"), status=st.just(Status.VALUE), value=numbers, raw=words,
    unit=st.sampled_from([None, "万元"]), where=places,
) | st.builds(Cell, id=st.just("t3.new.total"), status=st.sampled_from([Status.BLANK, Status.MISSING]),
              value=st.none(), raw=st.none() | words, unit=st.none(), where=places)


@given(cell=cells, text=words, place=places)
def test_dump_and_load_give_the_same_report(cell, text, place):
    report = Report(
        form="2021", forms={"t2": "2021"}, agency="甲", year=2023, cells={cell.id: cell},
        sections={1: Section(1, None, text, place)}, notes=[Note("x", text, place)],
    )
    assert readings.load(json.loads(json.dumps(readings.dump(report)))) == report


def test_a_whole_sample_survives():
    report = sample(3, year=2020)
    assert readings.load(json.loads(json.dumps(readings.dump(report)))) == report


@given(reported=numbers | words | st.none(), value=numbers)
def test_findings_survive(reported, value):
    fix = Fix({"a": value}, "改", ({"a": 1}, {"b": value}))
    findings = [Finding("G1", "C1", Severity.ERROR, "错", reported, None, ("a",), "C1+C2", fix)]
    assert readings.load_findings(json.loads(json.dumps(readings.dump_findings(findings)))) == findings


def test_a_database_decimal_becomes_the_number_it_is():
    assert readings.exact(Decimal("311.970000")) == Decimal("311.97")
    assert str(readings.exact(Decimal("311.970000"))) == "311.97"
    assert readings.exact(Decimal("100.000000")) == 100
    assert isinstance(readings.exact(Decimal("100.000000")), int)


def test_what_a_damaged_file_leaves_behind_is_made_storable():
    report = Report(preamble="前\x00后\ud800", cells={"a": Cell("a", Status.UNREADABLE, raw="1\x002")})
    dumped = readings.dump(report)
    assert (dumped["preamble"], dumped["cells"]["a"]["raw"]) == ("前\ufffd后\ufffd", "1\ufffd2")
