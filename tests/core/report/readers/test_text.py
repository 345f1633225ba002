"""Plain text → the cells of the forms: every layout gives every cell, and what is doubtful gives none."""

from __future__ import annotations

from functools import partial
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.core.report.readers import text_sheets
from tests.core.report.readers.text_columns import SETTINGS, Setting, columns
from tests.core.report.readers.text_sheets import LAYOUTS, WITH_BLANKS, Layout, write
from tests.core.report.statutory_grids import numbered, report_document

from gongkai.core.report.document import Document
from gongkai.core.report.forms import FORM_IDS, form
from gongkai.core.report.locate import locate
from gongkai.core.report.model import Status
from gongkai.core.report.readers.text import read

by_layout = pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
by_form = pytest.mark.parametrize("form_id", FORM_IDS)


def cells_of(document: Document) -> dict[str, str]:
    return {key: str(cell.value) for key, cell in locate(document).cells.items() if cell.status is Status.VALUE}


def drawn(form_id: str, seed: int) -> dict[str, str]:
    """Numbers as offices have them: many zeros, some large, decreases negative, amounts with decimals."""
    rng = Random(seed)
    values = {}
    for spec in form(form_id).cells.values():
        number = rng.choice((0, 0, 0, rng.randrange(10), rng.randrange(500), rng.randrange(3_000_000)))
        values[spec.id] = str(-number if spec.kind == "change" and rng.random() < 0.5 else number)
        if spec.kind == "amount":
            values[spec.id] = f"{rng.randrange(90_000)}.{rng.randrange(1, 9999):04d}"
    return values


@by_form
@by_layout
def test_every_layout_gives_every_cell(layout: Layout, form_id: str) -> None:
    text = write(report_document(form_id, numbered(form_id)), layout)
    assert cells_of(read(text.encode())) == numbered(form_id)


@by_layout
@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), form_id=st.sampled_from(FORM_IDS))
def test_whatever_the_numbers(layout: Layout, seed: int, form_id: str) -> None:
    values = drawn(form_id, seed)
    text = write(report_document(form_id, values), layout, seed=seed)
    assert cells_of(read(text.encode())) == values


@pytest.mark.parametrize("layout", WITH_BLANKS, ids=lambda layout: layout.__name__)
@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), form_id=st.sampled_from(FORM_IDS))
def test_an_empty_cell_never_moves_a_neighbour(layout: Layout, seed: int, form_id: str) -> None:
    rng = Random(seed)
    values = {key: "" if rng.random() < 0.1 else value for key, value in numbered(form_id).items()}
    text = write(report_document(form_id, values), layout, seed=seed)
    located = locate(read(text.encode())).cells
    wrong = {
        key: (cell.value, values[key]) for key, cell in located.items()
        if cell.status is Status.VALUE and str(cell.value) != values[key]
    }
    assert not wrong


@pytest.mark.parametrize("layout", [text_sheets.cells, text_sheets.cells_apart], ids=lambda layout: layout.__name__)
def test_without_visible_cells_an_absent_value_makes_its_row_unreadable(layout: Layout) -> None:
    values = {**numbered("2021"), "t3.granted.business": ""}
    located = locate(read(write(report_document("2021", values), layout).encode())).cells
    row = [cell for key, cell in located.items() if key.startswith("t3.granted.")]
    assert {cell.status for cell in row} == {Status.UNREADABLE}
    assert all(cell.status is Status.VALUE for key, cell in located.items() if not key.startswith("t3.granted."))


@by_form
@pytest.mark.parametrize("setting", SETTINGS, ids=str)
@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_printed_page_gives_every_cell(setting: Setting, form_id: str, seed: int) -> None:
    values = drawn(form_id, seed)
    text = write(report_document(form_id, values), partial(columns, setting=setting), seed=seed)
    assert cells_of(read(text.encode())) == values


@pytest.mark.parametrize("layout", [*LAYOUTS, columns], ids=lambda layout: layout.__name__)
@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), form_id=st.sampled_from(FORM_IDS), share=st.floats(0.05, 1))
@example(seed=941, form_id="2019", share=0.4088)
def test_a_file_cut_off_anywhere_gives_no_wrong_number(layout: Layout, seed: int, form_id: str, share: float) -> None:
    values = drawn(form_id, seed)
    text = write(report_document(form_id, values), layout, seed=seed)
    found = cells_of(read(text[:int(len(text) * share)].encode()))
    assert {key: (number, values.get(key)) for key, number in found.items() if values.get(key) != number} == {}
