from __future__ import annotations

from datetime import date

import pytest

from gongkai.core.deadlines.facts import Channel
from gongkai.core.law.applicants import ApplicantKind
from gongkai.core.registers.entry import Dispute
from gongkai.core.registers.parse import parse, parse_row
from gongkai.core.registers.read import Row, Sheet

_TODAY = date(2026, 11, 21)
_GOOD = {
    "number": "A1", "received": "2026-01-05", "channel": "邮寄", "applicant_kind": "自然人", "content": "低保名单",
    "correction_asked": "2026-01-08", "corrected": "2026-01-12", "extended": 20.0, "closed": "2026-02-20",
    "outcome": "（一）予以公开", "reply_number": "某公复〔2026〕1号", "reconsideration_received": "2026-03-01",
    "reconsideration_decided": "2026-04-01", "reconsideration_result": "维持", "suit_kind": "复议后起诉",
    "suit_received": "2026-05-01", "note": "备注",
}


def _parse(**changes):
    cells = {key: value for key, value in (_GOOD | changes).items() if value is not None}
    return parse_row(Row(7, cells, {"科室": "法规科"}), _TODAY)


def test_a_whole_row():
    parsed = _parse()
    assert parsed.problems == ()
    entry = parsed.entry
    assert (entry.row, entry.number) == (7, "A1")
    assert (entry.channel, entry.applicant_kind) == (Channel.POST, ApplicantKind.NATURAL)
    assert (entry.outcome, entry.extended, entry.closed) == ("granted", 20, date(2026, 2, 20))
    assert entry.disputes == (
        Dispute("reconsideration", date(2026, 3, 1), date(2026, 4, 1), "upheld"), Dispute("after", date(2026, 5, 1)),
    )
    assert entry.extra == {"科室": "法规科"}


@pytest.mark.parametrize(("changes", "field", "code"), [
    ({"number": None}, "number", "number-missing"), ({"number": "1" * 101}, "number", "number-too-long"),
    ({"number": date(2026, 1, 1)}, "number", "number-is-date"),
    ({"received": None}, "received", "received-missing"), ({"received": "今年"}, "received", "date-unreadable"),
    ({"received": "2026-11-22", "closed": None, "outcome": None}, "received", "date-in-future"),
    ({"closed": "2027-01-01"}, "closed", "date-in-future"),
    ({"closed": "2026-01-04"}, "closed", "closed-before-received"),
    ({"closed": "2026-01-10"}, "closed", "closed-before-correction"),
    ({"correction_asked": "2026-01-04"}, "correction_asked", "correction-before-receipt"),
    ({"corrected": "2026-01-07"}, "corrected", "corrected-before-asked"),
    ({"correction_asked": None}, "corrected", "correction-without-notice"),
    ({"extended": "21"}, "extended", "extension-out-of-range"),
    ({"extended": "-5"}, "extended", "extension-out-of-range"),
    ({"extended": "一些"}, "extended", "extension-unreadable"),
    ({"extended": 2.5}, "extended", "extension-unreadable"),
    ({"outcome": "不予公开"}, "outcome", "unknown-outcome"), ({"outcome": "办了"}, "outcome", "unknown-outcome"),
    ({"closed": None}, "closed", "outcome-without-closing"), ({"outcome": None}, "outcome", "closing-without-outcome"),
    ({"reconsideration_received": None}, "reconsideration_received", "dispute-without-date"),
    ({"reconsideration_received": "2025-12-01"}, "reconsideration_received", "dispute-before-receipt"),
    ({"reconsideration_decided": "2026-02-28"}, "reconsideration_decided", "decided-before-received"),
    ({"reconsideration_result": "不错"}, "reconsideration_result", "unknown-result"),
    ({"reconsideration_result": "未结"}, "reconsideration_result", "day-without-result"),
    ({"reconsideration_result": None}, "reconsideration_result", "day-without-result"),
    ({"reconsideration_decided": None}, "reconsideration_decided", "result-without-day"),
    ({"suit_kind": None}, "suit_kind", "suit-kind-missing"), ({"suit_kind": "上诉"}, "suit_kind", "unknown-suit-kind"),
    ({"suit_received": None}, "suit_received", "dispute-without-date"),
    ({"content": "长" * 20_001}, "content", "text-too-long"),
])
def test_what_keeps_a_row_out(changes, field, code):
    parsed = _parse(**changes)
    assert parsed.entry is None
    errors = [problem for problem in parsed.problems if problem.severity == "error"]
    assert (field, code) in [(problem.field, problem.code) for problem in errors]
    for problem in errors:
        assert problem.row == 7
        assert problem.message.endswith("。")
        assert "%(" not in problem.message


@pytest.mark.parametrize(("changes", "code"), [
    ({"applicant_kind": "法人"}, "unknown-applicant-kind"), ({"applicant_kind": None}, "applicant-kind-missing"),
    ({"channel": "飞鸽"}, "unknown-channel"), ({"content": None}, "content-missing"),
    ({"closed": None, "outcome": None}, "reply-without-closing"),
    ({"correction_asked": None, "corrected": None, "outcome": "逾期不补正"}, "correction-missing"),
    ({"reconsideration_received": None, "reconsideration_decided": None, "reconsideration_result": None},
     "suit-without-reconsideration"),
])
def test_what_can_be_mended_later(changes, code):
    parsed = _parse(**changes)
    assert [(problem.code, problem.severity) for problem in parsed.problems] == [(code, "warning")]
    assert parsed.entry is not None


def test_what_was_not_understood_stays_with_the_entry():
    entry = _parse(applicant_kind="某类法人", channel="飞鸽").entry
    assert (entry.applicant_kind, entry.channel) == (None, None)
    assert entry.extra == {"科室": "法规科", "原填申请人类型": "某类法人", "原填渠道": "飞鸽"}


def test_a_late_reply_is_a_fact():
    row = Row(2, {key: _GOOD[key] for key in ("number", "received", "applicant_kind", "content", "closed", "outcome")})
    parsed = parse_row(row, _TODAY, due=lambda entry: date(2026, 2, 3))
    assert parsed.entry is not None
    assert [(problem.code, problem.severity) for problem in parsed.problems] == [("replied-late", "note")]
    assert parse_row(row, _TODAY, due=lambda entry: date(2026, 2, 20)).problems == ()
    assert parse_row(row, _TODAY, due=lambda entry: None).problems == ()


def test_today_is_not_the_future():
    others = dict.fromkeys(set(_GOOD) - {"number", "received", "applicant_kind", "content"})
    assert _parse(received="2026-11-21", **others).problems == ()


def test_a_number_is_used_once_in_a_file():
    rows = [Row(n, {"number": number, "received": "2026-01-05", "applicant_kind": "自然人", "content": "x"})
            for n, number in enumerate(["A1", "A2", "ａ1", "A1", 3.0, "3"], 2)]
    register = parse(Sheet(tuple(rows), {}, ()), _TODAY)
    assert [entry.number for entry in register.entries] == ["A1", "A2", "3"]
    assert [(p.row, p.code, p.values["first"]) for p in register.refused] == [
        (4, "duplicate-number", 2), (5, "duplicate-number", 2), (7, "duplicate-number", 6),
    ]


@pytest.mark.parametrize("written", [0, "0", "0 个工作日"])
def test_an_extension_of_nothing_is_none(written: object) -> None:
    found = _parse(extended=written)
    assert found.entry is not None
    assert found.entry.extended is None
