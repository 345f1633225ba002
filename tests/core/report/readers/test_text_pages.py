"""Printed pages with narrow columns: wrapped labels give every cell, and what is doubtful gives none."""

from __future__ import annotations

import re
from functools import partial
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.core.report.readers.test_text import cells_of, drawn
from tests.core.report.readers.text_pages import PAGES, Page, wrapped
from tests.core.report.readers.text_sheets import write
from tests.core.report.statutory_grids import numbered, relabelled, report_document

from gongkai.core.report.document import Grid
from gongkai.core.report.forms import FORM_IDS
from gongkai.core.report.readers.text import read

by_page = pytest.mark.parametrize("page", PAGES, ids=str)
by_form = pytest.mark.parametrize("form_id", FORM_IDS)
seeds = st.integers(0, 10_000)
CHANGED = 12  # lines that are spoilt


def page_of(form_id: str, values: dict[str, str], page: Page, seed: int = 0) -> str:
    return write(report_document(form_id, values), partial(wrapped, page=page), seed=seed)


def wrong(text: str, values: dict[str, str]) -> dict[str, tuple[str, str | None]]:
    found = cells_of(read(text.encode()))
    return {key: (number, values.get(key)) for key, number in found.items() if values.get(key) != number}


@by_page
@by_form
def test_wrapped_labels_give_every_cell(form_id: str, page: Page) -> None:
    values = numbered(form_id)
    assert cells_of(read(page_of(form_id, values, page).encode())) == values


@by_page
@settings(max_examples=5, deadline=None)
@given(seed=seeds, form_id=st.sampled_from(FORM_IDS))
def test_whatever_the_numbers(page: Page, seed: int, form_id: str) -> None:
    values = drawn(form_id, seed)
    assert cells_of(read(page_of(form_id, values, page, seed).encode())) == values


@settings(max_examples=25, deadline=None)
@given(page=st.sampled_from(PAGES), seed=seeds, form_id=st.sampled_from(FORM_IDS), share=st.floats(0.05, 1))
@example(page=Page((3, 4, 5), 8, "top"), seed=0, form_id="2021", share=0.7265625)  # in the label of 其他处理 1
def test_a_page_cut_off_anywhere_gives_no_wrong_number(page: Page, seed: int, form_id: str, share: float) -> None:
    values = drawn(form_id, seed)
    text = page_of(form_id, values, page, seed)
    assert wrong(text[:int(len(text) * share)], values) == {}


@settings(max_examples=25, deadline=None)
@given(page=st.sampled_from(PAGES), seed=seeds, form_id=st.sampled_from(FORM_IDS))
def test_empty_cells_never_move_a_neighbour(page: Page, seed: int, form_id: str) -> None:
    rng = Random(seed)
    values = {key: "" if rng.random() < 0.1 else value for key, value in drawn(form_id, seed).items()}
    assert wrong(page_of(form_id, values, page, seed), values) == {}


@settings(max_examples=30, deadline=None)
@given(page=st.sampled_from(PAGES), seed=seeds, form_id=st.sampled_from(FORM_IDS))
def test_lost_doubled_and_spoilt_lines_give_no_wrong_number(page: Page, seed: int, form_id: str) -> None:
    """Lines of labels or of numbers are lost, doubled or spoilt: rows are lost, none is mixed up."""
    rng = Random(seed)
    values = numbered(form_id)
    lines = page_of(form_id, values, page).split("\n")
    third = [at for at, line in enumerate(lines) if re.search(r"\D\d{3}(?:\s+\d{3}){6}$", line)]
    for _ in range(rng.randrange(1, CHANGED)):
        at = rng.choice(third) + rng.choice((-1, 0, 0, 1))
        change = rng.randrange(3)
        if change == 0:
            lines[at] = ""
        elif change == 1:
            lines.insert(at, lines[at])
        else:
            lines[at] = re.sub(r"\S", "字", lines[at], count=rng.randrange(1, 4))
    assert wrong("\n".join(lines), values) == {}


@by_page
@by_form
def test_digits_pushed_out_of_a_narrow_column_come_back_or_make_the_cell_unreadable(form_id: str, page: Page) -> None:
    values = numbered(form_id) | {"t3.refused_secret.business": "123456789", "t4.direct.other": "987654321"}
    assert wrong(page_of(form_id, values, page), values) == {}
    parts = [int(number) for key, number in values.items() if re.match(r"t3\.refused_secret\.(?!total)", key)]
    whole = values | {"t3.refused_secret.total": str(sum(parts))}
    text = page_of(form_id, whole, page)
    assert wrong(text, whole) == {}
    if page.place != "bottom":  # there the number's first digits stand apart, which may be anything
        assert cells_of(read(text.encode()))["t3.refused_secret.business"] == "123456789"


SWAPS = [
    ("商业企业", "科研机构"), ("自然人", "总计"), ("其他", "总计"), ("结果维持", "结果纠正"),
    ("未经复议直接起诉", "复议后起诉"),
]


@by_page
@pytest.mark.parametrize("swap", SWAPS, ids=str)
def test_heads_in_another_order_than_the_form_has_place_nothing_under_them(swap: tuple[str, str], page: Page) -> None:
    changed = dict([swap, swap[::-1]])
    document = report_document("2021", numbered("2021"))
    document.blocks = [
        relabelled(block, lambda text: changed.get(text, text)) if isinstance(block, Grid) else block
        for block in document.blocks
    ]
    table = "t4" if "诉" in swap[0] or "结果" in swap[0] else "t3"
    found = cells_of(read(write(document, partial(wrapped, page=page)).encode()))
    assert not [key for key in found if key.startswith(table)]
