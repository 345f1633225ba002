"""A report that has a course of its own in a room above (compiled, signed, submitted, approved): what that course asks.

    from gongkai.annual_reports.course import MAY_CORRECT, MAY_PUBLISH, MAY_REPLACE, STANDS
    MAY_PUBLISH.append(hook)     # (report) -> None, or Refused: not yet
    MAY_CORRECT.append(hook)     # (report) -> None, or Refused: its numbers are not corrected cell by cell
    MAY_REPLACE.append(hook)     # (report) -> None, or Refused: no file takes its place
    STANDS.append(hook)          # (version) -> bool: somebody decides or decided on it; a correction makes the next one

All are asked while the report is held, so that the course cannot move on meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable

from gongkai.annual_reports.models import AnnualReport, ReportVersion
from gongkai.core.errors import Refused

Hook = Callable[[AnnualReport], None]
MAY_PUBLISH: list[Hook] = []
MAY_CORRECT: list[Hook] = []
MAY_REPLACE: list[Hook] = []
STANDS: list[Callable[[ReportVersion], bool]] = []


def allows(hooks: list[Hook], report: AnnualReport) -> bool:
    """Whether nobody refuses: what a page asks before it offers an act."""
    try:
        ask(hooks, report)
    except Refused:
        return False
    return True


def ask(hooks: list[Hook], report: AnnualReport) -> None:
    """Ask everybody. Raises what one of them refuses."""
    for hook in hooks:
        hook(report)


def stands(version: ReportVersion) -> bool:
    """Whether a version is to be left as it is, because somebody above looks at it, spoke of it or signed it."""
    return any(hook(version) for hook in STANDS)
