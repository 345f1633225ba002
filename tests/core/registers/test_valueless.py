"""Errors of a spreadsheet and formulas that were never computed are no empty cells."""

from __future__ import annotations

from datetime import date

import pytest
from tests.core.registers.sheets import HEAD, with_sheet_markup

from gongkai.core.registers.parse import parse
from gongkai.core.registers.read import read

_TODAY = date(2026, 11, 21)
_MORE = [*HEAD, "复议收到日期", "复议办结日期", "复议结果", "科室"]
_ERRORS = ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"]
_GOOD = {0: "A1", 1: "2026-01-05", 2: "自然人", 3: "甲", 4: "2026-01-20", 5: "予以公开"}


def _text(at, row, text):
    return f'<c r="{"ABCDEFGHIJ"[at]}{row}" t="inlineStr"><is><t>{text}</t></is></c>'


def _error(at, name):
    return f'<c r="{"ABCDEFGHIJ"[at]}2" t="e"><f>VLOOKUP(1,2,3)</f><v>{name}</v></c>'


def _register(changes, row=""):
    cells = {at: _text(at, 2, text) for at, text in _GOOD.items()} | changes
    head = "".join(_text(at, 1, text) for at, text in enumerate(_MORE))
    body = "".join(cells[at] for at in sorted(cells))
    return read(with_sheet_markup(f'<row r="1">{head}</row><row r="2"{row}>{body}</row>'.encode()))


def _problems(changes):
    register = parse(_register(changes), _TODAY)
    assert register.entries == ()
    return [(one.field, one.code, one.message) for one in register.problems]


@pytest.mark.parametrize("name", _ERRORS)
def test_an_answered_application_does_not_become_open(name):
    problems = _problems({4: _error(4, name), 5: _error(5, name)})
    assert [one[:2] for one in problems] == [("closed", "no-value"), ("outcome", "no-value")]
    assert f"“办结日期”是错误值 {name}" in problems[0][2]


@pytest.mark.parametrize("at", range(9))
def test_each_column_that_is_read_says_it_once(at):
    more = {6: _text(6, 2, "2026-02-01"), 7: _text(7, 2, "2026-03-01"), 8: _text(8, 2, "维持")}
    problems = _problems({**more, at: _error(at, "#N/A")})
    assert [one[1] for one in problems] == ["no-value"]
    assert f"“{_MORE[at]}”" in problems[0][2]


@pytest.mark.parametrize("value", ["", "<v></v>", "<v/>"])
@pytest.mark.parametrize("formula", ["<f>DATE(2026,1,20)</f>", '<f t="shared" si="0"/>'])
def test_a_formula_that_was_never_computed_is_no_empty_cell(formula, value):
    problems = _problems({4: f'<c r="E2">{formula}{value}</c>', 5: f'<c r="F2">{formula}{value}</c>'})
    assert [one[:2] for one in problems] == [("closed", "no-value"), ("outcome", "no-value")]
    assert "公式" in problems[0][2]


def test_an_empty_text_that_a_formula_gave_is_empty():
    empty = {at: f'<c r="{"ABCDEF"[at]}2" t="str"><f>IF(A2="","","")</f><v></v></c>' for at in (4, 5)}
    entry, = parse(_register(empty), _TODAY).entries
    assert entry.closed is None


def test_a_computed_formula_is_its_value():
    entry, = parse(_register({4: '<c r="E2"><f>46042</f><v>46042</v></c>'}), _TODAY).entries
    assert entry.closed == date(2026, 1, 20)


def test_a_column_of_the_offices_own_may_hold_errors():
    register = parse(_register({9: _error(9, "#N/A")}), _TODAY)
    assert len(register.entries) == 1
    assert register.refused == ()
    assert parse(_register({9: '<c r="J2"><f>1</f></c>'}), _TODAY).entries[0].extra == {}


def test_a_last_row_of_formulas_alone_is_named():
    row = {at: f'<c r="{"ABCDEF"[at]}2"><f>1</f></c>' for at in range(6)}
    assert {one[1] for one in _problems(row)} == {"no-value"}


def test_in_text_as_well():
    text = "登记号,收到日期,申请人类型,申请内容,办结日期,办理结果\nA1,2026-01-05,自然人,甲,#N/A,#REF!\n"
    problems = parse(read(text.encode()), _TODAY).problems
    assert [one.code for one in problems] == ["no-value", "no-value"]
