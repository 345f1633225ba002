"""The rules on published reports: what is truly wrong with them is found, and nothing is invented."""

from __future__ import annotations

import pytest
from tests.published import FOLDER

from gongkai.core.report.checks import check
from gongkai.core.report.model import Report, Severity
from gongkai.core.report.read import read_file

pytestmark = [
    pytest.mark.reports,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the folder of published reports is not beside the project"),
]

# Codes by file, all examined by hand. GK1004 (a truncated or unplaceable table) stands for no mistake.
TRUE = {
    "000_188cb6b0829351fe.txt": ["GK1404"],
    "001.txt": ["GK0401", "GK0401", "GK1301"],
    "002.txt": ["GK1108", "GK1301"],
    "002_633416d7cefaca87.txt": ["GK1401", "GK1502", "GK1601", "GK1801", "GK2301", "GK2302"],
    "003.txt": ["GK1301"],
    "004.txt": ["GK1301"],
    "004_7b64940dd0c78600.txt": ["GK1301", "GK1901"],
    "005.txt": [],
    "006.txt": ["GK1105", "GK1106"],
    "010.txt": ["GK1401"],
    "011.txt": ["GK1301", "GK1401"],
    "013.txt": ["GK1401", "GK2001"],
    "016.txt": ["GK1401", "GK1403"],
    "019.txt": ["GK1401"],
    "026.txt": ["GK1401", "GK1403", "GK1403", "GK1801"],
    "031.txt": ["GK1401"],
    "035.txt": ["GK1401"],
    "041.txt": ["GK1401"],
    "042.txt": ["GK1401"],
}


def _read(name: str) -> Report:
    return read_file(FOLDER / name)


@pytest.mark.parametrize("name", sorted(TRUE))
def test_the_true_findings_and_no_others(name: str) -> None:
    found = [f for f in check(_read(name)) if f.severity is not Severity.NOT_CHECKED]
    assert [f.code for f in found] == TRUE[name], [f.message for f in found]


def test_the_total_left_at_zero_is_mended() -> None:
    first, second = (f for f in check(_read("001.txt")) if f.code == "GK0401")
    assert first.fix is not None
    assert first.fix.values == {"t4.reconsideration.total": 11}
    assert second.fix is not None
    assert {"t4.after.total": 5} in second.fix.alternatives


def test_prose_and_table_four_contradict_each_other() -> None:
    found = [(f.reported, f.computed) for f in check(_read("006.txt")) if f.rule == "C11"]
    assert found == [(134, 170), (57, 77)]


@pytest.mark.parametrize(("name", "before"), [("006.txt", "005.txt"), ("002.txt", "001.txt")])
def test_successive_years_agree(name: str, before: str) -> None:
    codes = [f.code for f in check(_read(name), previous=_read(before))]
    assert not {"GK0501", "GK0502", "GK0601", "GK2102"} & set(codes)
