"""Several proceedings of one application: read from rows, columns and copied rows, remarked on, written and read
again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.registers.sheets import workbook

from gongkai.core.registers.entry import Dispute, Entry
from gongkai.core.registers.instances import INSTANCES_AFTER
from gongkai.core.registers.parse import parse
from gongkai.core.registers.read import read
from gongkai.core.registers.write import write_csv, write_xlsx

TODAY = date(2026, 11, 21)
FIRST_DAY = date(2024, 3, 1)
HEAD = (
    "登记号,收到日期,申请人类型,申请内容,办结日期,办理结果,复议收到日期,复议办结日期,复议结果,诉讼类型,审级,诉讼收到日期,"
    "诉讼办结日期,诉讼结果,重新答复"
)
ASKED = "A1,2024-01-05,自然人,甲,2024-01-20,予以公开"
BARE = "A1,,,,,"  # a further row as we write it
D = {n: date(2024, n, 1) for n in range(1, 13)}


def parsed(*rows: str, head: str = HEAD):
    return parse(read("\n".join([head, *rows]).encode()), TODAY)


def disputes(*rows: str, head: str = HEAD) -> tuple[Dispute, ...]:
    register = parsed(*rows, head=head)
    assert register.refused == ()
    (entry,) = register.entries
    return entry.disputes


def codes(*rows: str, head: str = HEAD) -> list[tuple[int, str, str]]:
    return [(one.row, one.code, one.severity) for one in parsed(*rows, head=head).problems]


@st.composite
def _chains(draw, kind, day):
    """A suit in its instances, each decided before the next: what may follow what is the law's."""
    stage = draw(st.sampled_from(["first", "first", "second", "retrial"]))
    chain, on = [], day
    for _ in range(draw(st.integers(1, 4))):
        decided = on + timedelta(draw(st.integers(0, 40)))
        result = draw(st.sampled_from(["upheld", "corrected", "other"]))
        redo = draw(st.sampled_from(["", "owed", "done", "waived"])) if result == "corrected" else ""
        chain.append(Dispute(kind, on, decided, result, stage, bool(chain), redo))
        on, stage = decided, draw(st.sampled_from(INSTANCES_AFTER[stage]))
    if draw(st.booleans()):
        last = chain[-1]
        chain[-1] = Dispute(kind, last.received, None, "pending", last.stage, last.goes_on)
    return chain


@st.composite
def _cases(draw):
    """All that can befall an application, in the order in which a register tells it."""
    rank = {"retrial": 0, "second": 1, "first": 2}

    def suits(kind, most):
        chains = [draw(_chains(kind, FIRST_DAY + timedelta(draw(st.integers(0, 300)))))
                  for _ in range(draw(st.integers(0, most)))]
        return [one for chain in sorted(chains, key=lambda chain: rank[chain[0].stage]) for one in chain]

    told = suits("after", 1)
    for _ in range(draw(st.integers(0, 3))):
        on = FIRST_DAY + timedelta(draw(st.integers(0, 300)))
        result = draw(st.sampled_from(["upheld", "corrected", "other", "pending"]))
        redo = draw(st.sampled_from(["", "owed", "done", "waived"])) if result == "corrected" else ""
        decided = None if result == "pending" else on + timedelta(draw(st.integers(0, 60)))
        told += [Dispute("reconsideration", on, decided, result, redo=redo), *suits("after", 2)]
    return (*told, *suits("direct", 2))


@settings(deadline=None)
@given(st.lists(_cases(), min_size=1, max_size=3), st.sampled_from([write_xlsx, write_csv]))
def test_whatever_befell_an_application_is_written_and_read_again(cases, write):
    entries = [
        Entry(row=0, number=f"A{n}", received=date(2024, 1, 5), content="甲", note="注", disputes=told)
        for n, told in enumerate(cases)
    ]
    register = parse(read(write(entries)), TODAY)
    assert register.refused == ()
    assert [(entry.number, entry.note, entry.disputes) for entry in register.entries] == [
        (entry.number, entry.note, entry.disputes) for entry in entries
    ]


def test_further_rows_go_on_with_the_suit_or_tell_of_another():
    told = disputes(
        f"{ASKED},2024-02-01,2024-03-01,维持,复议后起诉,,2024-04-01,2024-06-01,维持,",
        f"{BARE},,,,,二审,2024-07-01,2024-08-01,纠正,",
        f"{BARE},2024-02-01,2024-03-01,维持,,,,,,",
        f"{BARE},,,,直接起诉,,2024-05-01,,,",
    )
    assert told == (
        Dispute("reconsideration", D[2], D[3], "upheld"), Dispute("after", D[4], D[6], "upheld"),
        Dispute("after", D[7], D[8], "corrected", "second", True), Dispute("reconsideration", D[2], D[3], "upheld"),
        Dispute("direct", D[5]),
    )


def test_a_higher_instance_of_the_same_kind_goes_on_though_the_kind_is_written_again():
    told = disputes(
        f"{ASKED},,,,直接起诉,一审,2024-04-01,2024-06-01,维持,", f"{BARE},,,,直接起诉,二审,2024-07-01,2024-08-01,维持,",
        f"{BARE},,,,直接起诉,再审,2024-09-01,,未结,",
    )
    assert [(one.stage, one.goes_on) for one in told] == [("first", False), ("second", True), ("retrial", True)]


def test_second_instance_in_columns_of_its_own():
    head = HEAD + ",二审收到日期,二审办结日期,二审结果"
    told = disputes(f"{ASKED},,,,直接起诉,,2024-04-01,2024-06-01,维持,,2024-07-01,2024-08-01,纠正", head=head)
    assert told == (
        Dispute("direct", D[4], D[6], "upheld"), Dispute("direct", D[7], D[8], "corrected", "second", True),
    )
    assert (2, "second-without-first", "error") in codes(f"{ASKED},,,,,,,,,,2024-07-01,2024-08-01,纠正", head=head)


def test_copied_rows_and_merged_cells_say_the_same_thing_once():
    first = f"{ASKED},2024-02-01,2024-03-01,维持,复议后起诉,,2024-04-01,2024-06-01,维持,"
    again = f"{ASKED},2024-02-01,2024-03-01,维持,复议后起诉,二审,2024-07-01,,未结,"
    expected = (
        Dispute("reconsideration", D[2], D[3], "upheld"), Dispute("after", D[4], D[6], "upheld"),
        Dispute("after", D[7], None, "pending", "second", True),
    )
    assert disputes(first, again) == expected
    columns = HEAD.split(",")
    rows = [columns, first.split(","), ["", "", "", "", "", "", "", "", "", "", "二审", "2024-07-01", "", "未结"]]
    merges = [(1, at, 2, at, first.split(",")[at]) for at in range(10)]
    (entry,) = parse(read(workbook(rows, merges)), TODAY).entries
    assert entry.disputes == expected


def test_the_same_row_twice_and_another_application_are_refused_and_name_the_first():
    row = f"{ASKED},2024-02-01,2024-03-01,维持,,,,,,"
    assert codes(row, row) == [(3, "duplicate-number", "error")]
    other = "A1,2024-01-06,自然人,甲,2024-01-20,予以公开,2024-02-02,2024-03-01,维持,,,,,,"
    assert codes(row, other) == [(3, "duplicate-number", "error")]
    assert codes(row, f"{BARE},,,,,,,,,") == [(3, "duplicate-number", "error")]


def test_an_application_comes_in_with_all_its_disputes_or_not_at_all():
    rows = (f"{ASKED},,,,直接起诉,,2024-04-01,2024-06-01,维持,", f"{BARE},,,,,二审,2024-13-01,,,",
            "A2,2024-01-05,自然人,乙,,,,,,,,,,,")
    register = parsed(*rows)
    assert [entry.number for entry in register.entries] == ["A2"]
    assert {(one.row, one.code) for one in register.refused} == {(2, "case-refused"), (3, "date-unreadable")}
    assert (3, "dispute-before-receipt", "error") in codes(rows[0], f"{BARE},,,,,二审,2023-07-01,,,")


def test_remarks_and_columns_of_a_further_row_are_kept():
    head = HEAD + ",备注,承办人"
    register = parsed(
        f"{ASKED},,,,直接起诉,,2024-04-01,2024-06-01,维持,,一审在本县,甲科",
        f"{BARE},,,,,二审,2024-07-01,,,,二审在市里,乙科", head=head,
    )
    (entry,) = register.entries
    assert (entry.note, entry.extra) == ("一审在本县\n二审在市里", {"承办人": "甲科\n乙科"})


@pytest.mark.parametrize(("rows", "row", "code"), [
    ((f"{ASKED},2024-02-01,2024-06-01,维持,复议后起诉,,2024-03-01,2024-05-01,维持,",), 2, "suit-decided-first"),
    ((f"{ASKED},2024-02-01,,未结,复议后起诉,,2024-03-01,2024-05-01,维持,",), 2, "suit-decided-first"),
    ((f"{ASKED},2024-03-01,2024-04-01,维持,复议后起诉,,2024-02-01,,,",), 2, "suit-before-reconsideration"),
    ((f"{ASKED},2024-02-01,2024-06-01,维持,复议后起诉,,2024-03-01,,,",), 2, "suit-before-decision"),
    ((f"{ASKED},,,,直接起诉,二审,2024-03-01,,,",), 2, "instance-without-earlier"),
    ((f"{ASKED},,,,直接起诉,二审,2024-06-01,2024-07-01,维持,", f"{BARE},,,,直接起诉,,2024-03-01,2024-05-01,维持,"), 3,
     "first-after-second"),
    ((f"{ASKED},,,,直接起诉,,2024-06-01,2024-07-01,维持,", f"{BARE},,,,,二审,2024-03-01,2024-05-01,维持,"), 3,
     "instance-before-earlier"),
    ((f"{ASKED},,,,直接起诉,,2024-04-01,,,", f"{BARE},,,,,二审,2024-05-01,,,"), 3, "earlier-undecided"),
    ((f"{ASKED},,,,直接起诉,,2024-04-01,2024-07-01,维持,", f"{BARE},,,,,二审,2024-05-01,,,"), 3,
     "instance-before-decision"),
    ((f"{ASKED},2024-02-01,2024-03-01,纠正,,,,,,",), 2, "redo-unsaid"),
    ((f"{ASKED},2024-02-01,2024-03-01,纠正,,,,,,不知道",), 2, "unknown-redo"),
    ((f"{ASKED},2024-02-01,2024-03-01,维持,,,,,,已重新答复",), 2, "redo-without-correction"),
])
def test_an_odd_order_is_remarked_on_and_comes_in(rows, row, code):
    register = parsed(*rows)
    assert register.refused == ()
    (entry,) = register.entries
    assert entry.disputes
    found = [one for one in register.problems if (one.row, one.code) == (row, code)]
    assert [one.severity for one in found] == ["warning"]
    assert "%(" not in found[0].message


def test_what_is_in_order_is_not_remarked_on():
    assert codes(
        f"{ASKED},2024-02-01,2024-03-01,维持,复议后起诉,,2024-04-01,2024-06-01,纠正,",
        f"{BARE},,,,,二审,2024-07-01,2024-08-01,维持,",
    ) == []


@pytest.mark.parametrize(("said", "redo"), [
    ("尚未重新答复", "owed"), ("已重新答复", "done"), ("2024-04-01", "done"), ("无需重新答复", "waived"), ("", ""),
])
def test_what_is_said_of_replying_anew(said, redo):
    (one,) = disputes(f"{ASKED},2024-02-01,2024-03-01,纠正,,,,,,{said}")
    assert one.redo == redo
    told = codes(f"{ASKED},2024-02-01,2024-03-01,纠正,,,,,,{said}")
    assert told == {"owed": [(2, "redo-opens", "note")], "": [(2, "redo-unsaid", "warning")]}.get(redo, [])


def test_what_is_said_belongs_to_the_last_correction_of_the_row():
    told = disputes(f"{ASKED},2024-02-01,2024-03-01,纠正,复议后起诉,,2024-04-01,2024-06-01,纠正,尚未重新答复")
    assert [one.redo for one in told] == ["", "owed"]
    told = disputes(f"{ASKED},2024-02-01,2024-03-01,纠正,复议后起诉,,2024-04-01,2024-06-01,维持,已重新答复")
    assert [one.redo for one in told] == ["done", ""]
