"""Real published reports: whoever blocks what must be published will be switched off."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.core.screening import screen

REPORTS = Path(__file__).parents[3].parent / "shared" / "reports"

pytestmark = [
    pytest.mark.reports,
    pytest.mark.skipif(not REPORTS.is_dir(), reason="the folder of published reports is not beside the project"),
]


def test_no_published_text_is_blocked() -> None:
    files = sorted(REPORTS.glob("*.[tp][xd][tf]"))
    assert files
    assert [file.name for file in files if screen(file.read_bytes(), file.name).verdict == "block"] == []
