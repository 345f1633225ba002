from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.deadlines.facts import Channel
from gongkai.core.errors import Refused
from gongkai.core.law.answers import ANSWERS
from gongkai.core.law.applicants import ApplicantKind
from gongkai.core.law.outcomes import parse_outcome
from gongkai.core.registers.columns import BY_FIELD, COLUMNS, choices, field_of, outcome_name, word
from gongkai.core.registers.entry import Dispute, Entry
from gongkai.core.registers.parse import parse
from gongkai.core.registers.read import read
from gongkai.core.registers.template import template_xlsx
from gongkai.core.registers.values import is_empty, text_of
from gongkai.core.registers.write import write_csv, write_xlsx

_TODAY = date(2026, 11, 21)
_DANGEROUS = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "＝1", "＋1", "－1", "＠x", "'=1", "''",
              "=cmd|' /C calc'!A1", "-",
              "_x000D_", "_x0041_", "a\nb", 'a"b', "a,b;c\td", "0012", "2026-01-05", "12345678901234567890",
              "1E5", "TRUE"]
_TEXTS = st.one_of(st.sampled_from(_DANGEROUS), st.text(max_size=40)).map(text_of)
_NUMBERS = _TEXTS.map(lambda text: " ".join(text.split())).filter(lambda text: text and not is_empty(text))


@st.composite
def _entries(draw, row):
    received = draw(st.dates(date(2019, 5, 15), date(2026, 1, 1)))

    def later(*, of=received):
        return of + timedelta(draw(st.integers(0, 60)))

    asked = draw(st.one_of(st.none(), st.builds(later)))
    corrected = later(of=asked) if asked and draw(st.booleans()) else None
    outcome = draw(st.one_of(st.none(), st.sampled_from(sorted(ANSWERS))))
    disputes = []
    for kind in draw(st.sampled_from([(), ("reconsideration",), ("direct",), ("reconsideration", "after")])):
        filed = later()
        result = draw(st.sampled_from(["upheld", "corrected", "other", "pending"]))
        disputes.append(Dispute(kind, filed, None if result == "pending" else later(of=filed), result))
    texts = {name: draw(_TEXTS.filter(lambda text: not is_empty(text) or not text))
             for name in ("content", "reply_number", "note")}
    return Entry(
        row=row, number=draw(_NUMBERS), received=received,
        channel=draw(st.one_of(st.none(), st.sampled_from(Channel))),
        applicant_kind=draw(st.one_of(st.none(), st.sampled_from(ApplicantKind))), correction_asked=asked,
        corrected=corrected, extended=draw(st.one_of(st.none(), st.integers(1, 20))),
        closed=later(of=corrected or asked or received) if outcome else None, outcome=outcome,
        disputes=tuple(disputes),
        extra={title: text for title in ("=科室", "答复日期") if (text := draw(_TEXTS))},
        **texts,
    )


@settings(deadline=None)
@given(st.data(), st.sampled_from([write_xlsx, write_csv]))
def test_what_is_written_is_read_again(data, write):
    entries = [data.draw(_entries(row)) for row in range(2, 2 + data.draw(st.integers(0, 3)))]
    entries = [replace(entry, number=f"{entry.row}{entry.number}"[:90]) for entry in entries]
    register = parse(read(write(entries)), _TODAY)
    assert register.refused == ()
    assert list(register.entries) == entries


@pytest.mark.parametrize("text", _DANGEROUS[:9])
def test_no_text_can_run(text):
    entry = Entry(2, "A1", _TODAY, content=text, extra={"科室": text})
    sheet = zipfile.ZipFile(io.BytesIO(write_xlsx([entry]))).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet
    cells = write_csv([entry]).decode("utf-8-sig").splitlines()[1].split(",")
    running = [cell for cell in cells if cell.strip('"').startswith(tuple("=+-@\t\r＝＋－＠"))]
    assert running in ([], ["+1", "+1"])  # a plain signed number is no formula


def test_every_kind_of_answer_is_written_as_it_is_read():
    for key in ANSWERS:
        assert parse_outcome(outcome_name(key)) == key
    assert outcome_name("granted") == "予以公开"
    assert outcome_name("refused_secret") == "属于国家秘密"
    assert outcome_name("published") == "告知已主动公开"


def test_lists_are_read_back():
    for words in ("channel", "result", "suit_kind", "suit_stage", "redo"):
        assert len({word(words, text) for text in choices(words)} - {None}) == len(choices(words))
    assert {word("channel", text) for text in choices("channel")} == {channel.value for channel in Channel}


def test_headings_mean_one_column_each():
    assert [field_of(column.heading) for column in COLUMNS] == list(BY_FIELD)
    words = [text for column in COLUMNS for text in (column.heading, *column.variants)]
    assert len(set(words)) == len(words)


def test_columns_that_cannot_be_written():
    for title in ("登记号", "", " x"):
        with pytest.raises(ValueError, match="heading"):
            write_csv([Entry(2, "A1", _TODAY, extra={title: "x"})])
    with pytest.raises(Refused) as refused:
        write_xlsx([Entry(2, "A1", _TODAY, extra={f"列{n}": "x" for n in range(60)})])
    assert refused.value.code == "register-too-wide"


def test_the_template_is_an_empty_register_with_lists():
    data = template_xlsx()
    sheet = read(data)
    assert (sheet.rows, sheet.kept, sheet.notes) == ((), (), ())
    assert list(sheet.headings) == [column.field for column in COLUMNS]
    markup = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert markup.count('type="list"') == sum(column.words is not None for column in COLUMNS) == 8
    assert markup.count('type="date"') == sum(column.kind == "date" for column in COLUMNS)
