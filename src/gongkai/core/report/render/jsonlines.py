"""Reports and findings as JSON lines: one object a file, also for a file that could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gongkai.core.errors import ReadError
from gongkai.core.report.model import Finding, Report
from gongkai.core.report.writers.as_json import dumps, finding_dict, to_dict


def report_line(file: str, report: Report, findings: Sequence[Finding], error: ReadError | None = None) -> str:
    """The whole report with its findings: what `gongkai read --json` prints. `error` says why it cannot be used."""
    return dumps(to_dict(report, findings) | {"file": file} | _error(error))


def findings_line(file: str, report: Report, findings: Sequence[Finding], error: ReadError | None = None) -> str:
    """Findings only, with the report's identity: what `gongkai check --format json` prints."""
    return dumps({
        "file": file, "form": report.form, "agency": report.agency, "year": report.year,
        "findings": [finding_dict(finding) for finding in findings],
    } | _error(error))


def error_line(file: str, error: ReadError) -> str:
    """A file that could not be read."""
    return dumps({"file": file} | _error(error))


def _error(error: ReadError | None) -> dict[str, Any]:
    return {"error": {"code": error.code, "message": error.message}} if error is not None else {}
