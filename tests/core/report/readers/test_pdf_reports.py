"""The published report that lies beside the project as a PDF, cell by cell against the text made from it."""

from __future__ import annotations

import pytest
from tests.published import FOLDER

from gongkai.core.report.document import Grid, Paragraph
from gongkai.core.report.locate import locate
from gongkai.core.report.model import Status
from gongkai.core.report.readers.pdf import read

# What is not zero in the published file; rows and groups that are not named hold zeros only.
NOT_ZERO = {
    "t2.normative.repealed": "5", "t2.normative.in_force": "5", "t2.licences.decisions": "550",
    "t2.penalties.decisions": "4119", "t2.coercion.decisions": "195", "t2.fees.amount": "7730.28",
    "t4.reconsideration.upheld": "10", "t4.reconsideration.corrected": "1", "t4.after.upheld": "5",
} | {
    f"t3.{row}.{column}": value
    for row, value in {
        "new": "21", "partial": "4", "refused_secret": "1", "refused_process": "1", "refused_enforcement": "1",
        "unable_not_held": "10", "unable_creation": "3", "unhandled_petition": "1", "closed": "21",
    }.items()
    for column in ("natural", "total")
}


@pytest.fixture(scope="module")
def data() -> bytes:
    path = FOLDER / "001.pdf"
    if not path.exists():
        pytest.skip(f"no published reports at {FOLDER}")
    return path.read_bytes()


@pytest.mark.reports
def test_all_186_cells_are_right(data: bytes) -> None:
    located = locate(read(data))
    values = {key: str(cell.value) for key, cell in located.cells.items() if cell.status is Status.VALUE}
    assert {key: value for key, value in values.items() if value != "0"} == NOT_ZERO
    assert len(values) == 10 + 161 + 15
    assert {cell.status for cell in located.cells.values()} == {Status.VALUE}


@pytest.mark.reports
def test_paragraphs_are_whole_and_page_numbers_are_gone(data: bytes) -> None:
    blocks = read(data).blocks
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert sum(isinstance(block, Grid) for block in blocks) == 3
    assert [text[:2] for text in texts if text[1:2] == "、"] == ["一、", "二、", "三、", "四、", "五、", "六、"]
    assert not any(text.strip("- ").isdigit() for text in texts)
    assert all(text[-1] in "。况项告" or text.endswith("政府") for text in texts)
