"""What the course of a compiled report asks of the room below: nothing is published, corrected or replaced past it."""

from __future__ import annotations

from gongkai.annual_reports.models import AnnualReport, ReportVersion
from gongkai.compilations.models import Compilation, Remark, Signing
from gongkai.compilations.states import FROZEN, STATE_NAMES, Origin, State
from gongkai.core.errors import Refused


def may_publish(report: AnnualReport) -> None:
    """Only what went the whole way: again after it was taken down, in the version that was published or issued as an
    erratum. Raises Refused: in-course."""
    made = Compilation.objects.filter(report=report).first()
    if made is None:
        return
    issued = report.current_id == report.published_id or Signing.objects.filter(version=report.current_id).exists()
    if made.state != State.PUBLISHED or not issued:
        raise Refused(
            "in-course", "这份年报在编制流程里，现在是“%(state)s”，没有公开；请按编制流程公布或者发布更正",
            state=STATE_NAMES[State(made.state)],
        )


def may_correct(report: AnnualReport) -> None:
    """Numbers that were compiled here are never altered in the paper. Raises Refused: compiled-here, approved."""
    made = Compilation.objects.filter(report=report).first()
    if made is None:
        return
    if made.origin == Origin.RECORDS:
        raise Refused(
            "compiled-here", "这份年报由本系统编制并签发，不能直接改数；没有提交的撤回签发后修改，已公布的发布更正",
        )
    _not_approved(made)


def may_replace(report: AnnualReport) -> None:
    """A file takes the place of a compiled report only while that is being worked on. Raises Refused: compiled-here,
    approved."""
    made = Compilation.objects.filter(report=report).first()
    if made is None:
        return
    if made.origin == Origin.RECORDS and made.state in FROZEN:
        raise Refused(
            "compiled-here", "这份年报由本系统编制并签发，不能用文件替换；没有提交的撤回签发后修改，已公布的发布更正",
        )
    _not_approved(made)


def stands(version: ReportVersion) -> bool:
    """A version that the supervisor looks at or has spoken of, or that was signed or issued as an erratum, keeps its
    numbers: who approves a version by its number approves what was on the page."""
    return (
        Compilation.objects.filter(report=version.report_id, state=State.SUBMITTED).exists()
        or Remark.objects.filter(version=version).exists()
        or Signing.objects.filter(version=version).exists()
    )


def _not_approved(made: Compilation) -> None:
    if made.state == State.APPROVED:
        raise Refused("approved", "主管部门已经核准这一版，没有改动；要改的请主管部门先退回")
