"""Grids of every shape → the same cells under the same ids."""

from __future__ import annotations

import pytest
from tests.core.report.statutory_grids import (
    document,
    numbered,
    stacked,
    table2,
    table3,
    table4,
    without_spans,
)

from gongkai.core.report.forms import FORM_IDS, form
from gongkai.core.report.locate import Located, locate
from gongkai.core.report.model import Status


def values_of(located: Located) -> dict[str, str]:
    return {cell_id: str(cell.value) for cell_id, cell in located.cells.items() if cell.status is Status.VALUE}


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_every_cell_of_a_clean_set_is_found(form_id: str) -> None:
    values = numbered(form_id)
    located = locate(document(*table2(form_id, values), table3(form_id, values), table4(values)))
    assert values_of(located) == values
    assert list(located.cells) == list(form(form_id).cells)
    assert located.forms == {"t2": form_id, "t3": form_id}
    assert located.notes == []


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_one_grid_holding_everything(form_id: str) -> None:
    values = numbered(form_id)
    everything = stacked([*table2(form_id, values), table3(form_id, values), table4(values)])
    assert values_of(locate(document(everything))) == values


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_spans_lost_in_plain_text(form_id: str) -> None:
    values = numbered(form_id)
    grids = [*table2(form_id, values), table3(form_id, values), table4(values)]
    located = locate(document(*map(without_spans, grids)))
    assert values_of(located) == values
    assert located.forms == {"t2": form_id, "t3": form_id}
