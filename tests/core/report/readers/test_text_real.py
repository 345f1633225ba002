"""Published reports as text, when the folder of them lies beside the project: counts and numbers checked by hand."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.published import FOLDER

from gongkai.core.report.document import Document, Paragraph
from gongkai.core.report.locate import Located, locate
from gongkai.core.report.model import Status
from gongkai.core.report.readers.text import read

pytestmark = [
    pytest.mark.reports,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="no folder shared/reports beside the project"),
]

# file → values, blanks and unreadable cells of tables 二, 三 and 四
COUNTS = {
    "000_188cb6b0829351fe": (198, 0, 0), "001": (186, 0, 0), "002": (186, 0, 0), "002_633416d7cefaca87": (184, 14, 0),
    "004_7b64940dd0c78600": (198, 0, 0), "005": (200, 0, 0), "006": (200, 0, 0), "010": (9, 0, 0), "011": (29, 0, 0),
    "013": (52, 0, 0), "016": (36, 0, 0), "019": (57, 0, 0), "026": (20, 2, 0), "031": (10, 0, 0), "035": (80, 0, 6),
    "041": (73, 0, 6), "042": (6, 0, 0),
}
VALUES = {
    "000_188cb6b0829351fe": {
        "t2.services.decisions": "4", "t2.procurement.items": "48", "t2.procurement.amount": "311.97",
    },
    "001": {"t2.fees.amount": "7730.28", "t2.penalties.decisions": "4119", "t3.new.natural": "21",
            "t3.partial.natural": "4", "t3.unable_not_held.total": "10", "t3.unhandled_confirmation.natural": "0",
            "t3.unhandled_petition.natural": "1", "t4.reconsideration.upheld": "10", "t4.after.upheld": "5",
            "t4.after.total": "0"},
    "002": {"t3.granted.natural": "50", "t3.refused_security.natural": "1", "t3.unable_creation.natural": "1",
            "t4.direct.upheld": "1", "t4.after.upheld": "2", "t4.after.other": "1", "t4.after.total": "3"},
    "002_633416d7cefaca87": {"t2.procurement.items": "3", "t2.procurement.amount": "7182"},
    "005": {"t2.licences.decisions": "1808595", "t2.fees.amount": "59237.2449", "t3.refused_law.natural": "27",
            "t3.unable_creation.total": "28", "t3.other_rest.natural": "287", "t3.closed.legal": "7",
            "t3.unhandled_confirmation.natural": "4", "t4.reconsideration.total": "440", "t4.after.other": "67"},
    "006": {"t2.normative.repealed": "227", "t3.carried_in.natural": "118", "t3.other_uncorrected.welfare": "1",
            "t3.unable_not_held.business": "33", "t3.carried_out.total": "125", "t4.after.total": "52"},
    "035": {"t2.normative.in_force": "25", "t3.new.business": "7", "t3.partial.total": "17",
            "t3.refused_internal.natural": "1", "t3.carried_in.natural": "2"},
    "041": {"t2.penalties.decisions": "1472", "t3.new.natural": "1"},
    "042": {"t2.normative.repealed": "1", "t2.normative.in_force": "0"},
}


def taken_apart(name: str) -> tuple[Document, Located]:
    document = read((FOLDER / f"{name}.txt").read_bytes())
    return document, locate(document)


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_every_number_of_the_file_is_placed(name: str) -> None:
    _, located = taken_apart(name)
    found = Counter(cell.status for cell in located.cells.values())
    assert (found[Status.VALUE], found[Status.BLANK], found[Status.UNREADABLE]) == COUNTS[name]


@pytest.mark.parametrize("name", sorted(VALUES))
def test_values_stand_in_their_cells(name: str) -> None:
    _, located = taken_apart(name)
    found = {key: str(located.cells[key].value) for key in VALUES[name]}
    assert found == VALUES[name]


@pytest.mark.parametrize("name", ["003", "004"])
def test_numbers_torn_off_their_labels_are_not_placed_at_all(name: str) -> None:
    document, located = taken_apart(name)
    assert "labels-detached" in [note.code for note in document.notes]
    assert not [key for key, cell in located.cells.items() if cell.status is Status.VALUE]


@pytest.mark.parametrize(("name", "longest"), [("001", 200), ("002", 200), ("005", 600), ("006", 600)])
def test_wrapped_lines_are_paragraphs_again(name: str, longest: int) -> None:
    document, _ = taken_apart(name)
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert max(map(len, texts)) > longest
    ends = [text[-1] for text in texts if len(text) > 60]
    assert set(ends) <= set("。：！")
    assert not [text for text in texts if text.strip("- 0123456789") == ""]


def test_prose_keeps_its_numbers_and_gives_no_cell() -> None:
    document, _ = taken_apart("019")
    assert any("217" in block.text for block in document.blocks if isinstance(block, Paragraph))
