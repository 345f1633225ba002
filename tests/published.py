"""Where the published reports are that tests may read but that are never copied here: beside the project."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "reports"
