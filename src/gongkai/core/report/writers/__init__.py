"""Reports to files. `write(report, to)` gives the bytes; each format lives in its own module.

A writer never repairs: a blank is written blank, a value as it was written (unit included), and a cell that the
form lacks is left out where the format can leave it out. What is written can be read back to the same cells.
"""

from __future__ import annotations

from importlib import import_module

from gongkai.core.report.model import Report

# Formats in the order in which people are offered them, with the media type of each.
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
}


def write(report: Report, to: str) -> bytes:
    """The report as a file of format `to`. Raises ValueError for a format that is not in MEDIA_TYPES."""
    if to not in MEDIA_TYPES:
        raise ValueError(f"unknown format {to!r}; known: {', '.join(MEDIA_TYPES)}")
    content: bytes = import_module(f"{__name__}.as_{to}").write(report)  # imported late: each has a heavy library
    return content
