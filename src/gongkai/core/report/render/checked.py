"""One file that went through the checks: what renderers of several files are given."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.core.errors import ReadError
from gongkai.core.report.model import Finding, Report


@dataclass(frozen=True, slots=True)
class Checked:
    """A file with its report and findings, or with the reason why it could not be read."""

    file: str
    report: Report | None = None
    findings: tuple[Finding, ...] = ()
    error: ReadError | None = None
