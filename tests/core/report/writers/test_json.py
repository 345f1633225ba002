"""The project's own JSON keeps a report whole and refuses what is not one."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.errors import ReadError
from gongkai.core.report.model import Cell, Finding, Fix, Severity, Status
from gongkai.core.report.readers import own_json
from gongkai.core.report.samples import sample
from gongkai.core.report.writers import write
from gongkai.core.report.writers.as_json import dumps, to_dict

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4)


@pytest.mark.parametrize("year", [2020, 2023])
def test_a_report_comes_back_whole(year: int) -> None:
    report = sample(2, year=year, size="large")
    report.cells["t3.closed.total"] = Cell("t3.closed.total", Status.BLANK, raw="/")
    report.cells["t4.after.total"] = Cell("t4.after.total", Status.MISSING)
    report.cells["t4.direct.total"] = Cell("t4.direct.total", Status.UNREADABLE, raw="十 二")
    again = own_json.read(write(report, "json"))
    assert again == replace(report, kind="json")


@settings(deadline=None)
@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | DECIMALS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4), max_leaves=12,
), st.sampled_from([None, 2]))
def test_dumps_is_json_with_exact_decimals(value: object, indent: int | None) -> None:
    assert json.loads(dumps(value, indent=indent), parse_float=Decimal) == value


def test_decimals_keep_their_digits() -> None:
    assert dumps({"amount": Decimal("311.970"), "big": Decimal("1E+3")}) == '{"amount": 311.970, "big": 1000}'


def test_findings_have_the_contract_shape() -> None:
    finding = Finding(
        "row-sum", "C2", Severity.ERROR, "总计不等于各列之和", 3, 2, ("t3.new.total",),
        fix=Fix({"t3.new.total": 2}, "总计改为 2"),
    )
    shape = json.loads(dumps(to_dict(sample(1), [finding])))
    assert {"file", "form", "agency", "year", "cells", "sections", "findings"} <= shape.keys()
    assert shape["findings"][0]["cells"] == ["t3.new.total"]
    assert shape["findings"][0]["severity"] == "error"
    assert shape["cells"]["t3.new.total"].keys() == {"value", "status", "raw"}
    assert shape["cells"]["t2.fees.amount"].keys() == {"value", "status", "raw", "unit"}
    assert shape["sections"]["1"].keys() == {"heading", "text"}


@pytest.mark.parametrize(("data", "code"), [
    (b"", "json-broken"), (b"{", "json-broken"), (b"\xff\xfe{}", "json-broken"), (b"[" * 10**5, "json-broken"),
    (b'{"cells": {"t3.new.total": {"status": "value", "value": NaN}}}', "json-broken"),
    (b"[]", "json-foreign"), (b"7", "json-foreign"), (b'{"cells": []}', "json-foreign"),
    (b'{"cells": {"t3.new.total": 4}}', "json-foreign"),
    (b'{"cells": {"t3.new.total": {"status": "value", "value": "4"}}}', "json-foreign"),
    (b'{"cells": {"t3.new.total": {"status": "blank", "value": 0}}}', "json-foreign"),
    (b'{"cells": {"t3.new.total": {"status": "zero", "value": 0}}}', "json-foreign"),
    (b'{"cells": {}, "year": "2023"}', "json-foreign"), (b'{"cells": {}, "signed_on": "May"}', "json-foreign"),
    (b'{"cells": {}, "sections": {"x": {}}}', "json-foreign"), (b'{"cells": {}, "sections": [1]}', "json-foreign"),
])
def test_anything_else_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as refused:
        own_json.read(data)
    assert refused.value.code == code


def test_unknown_cells_are_said_not_kept() -> None:
    report = own_json.read(b'{"cells": {"t9.x.y": {"status": "value", "value": 1}}}')
    assert report.cells == {}
    assert [note.code for note in report.notes] == ["unknown-cells"]
