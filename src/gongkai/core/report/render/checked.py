"""One file that went through the checks: what renderers of several files are given."""

from __future__ import annotations

from typing import NamedTuple

from gongkai.core.errors import ReadError
from gongkai.core.report.model import Finding, Report


class Checked(NamedTuple):
    """A file with its report and findings, or with the reason why it could not be read.

    A report that was opened but cannot be used (`core.report.usable`) has both.
    """

    file: str
    report: Report | None = None
    findings: tuple[Finding, ...] = ()
    error: ReadError | None = None
