"""Reports to files. `write(report, to)` gives the bytes; each format lives in its own module.

A writer never repairs: a blank is written blank, a value as it was written (unit included), and a cell that the
form lacks is left out where the format can leave it out. What is written can be read back to the same cells.
"""

from __future__ import annotations

from importlib import import_module

from gongkai.core.report.model import Report
from gongkai.core.report.writers.dress import PLAIN, Dress

# Formats in the order in which people are offered them, with the media type of each.
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
}
DRESSED = frozenset({"docx", "xlsx", "html", "pdf"})  # the printed ones; the others hold the report and no more


def write(report: Report, to: str, dress: Dress = PLAIN) -> bytes:
    """The report as a file of format `to`. Raises ValueError for a format that is not in MEDIA_TYPES."""
    if to not in MEDIA_TYPES:
        raise ValueError(f"unknown format {to!r}; known: {', '.join(MEDIA_TYPES)}")
    writer = import_module(f"{__name__}.as_{to}")  # imported late: each has a heavy library
    content: bytes = writer.write(report, dress) if to in DRESSED else writer.write(report)
    return content
