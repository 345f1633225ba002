"""Campaigns for tests, opened through the real act."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.compilations import makers
from tests.factories import file_of

from gongkai.annual_reports import actions as annual
from gongkai.annual_reports.models import UploadItem
from gongkai.campaigns import actions
from gongkai.campaigns.models import Campaign, Member
from gongkai.compilations import actions as compilations
from gongkai.compilations.models import Compilation
from gongkai.core.report.samples import sample

YEAR = makers.YEAR
OPENED = date(2026, 1, 5)
DUE = date(2026, 1, 20)
OUT = date(2026, 3, 20)


def opened(office: makers.Office, **values: Any) -> Campaign:
    """A campaign of the year."""
    given = {
        "root": office.county, "year": YEAR, "title": "关于编制2025年度年报的通知", "notice": "请按期编制并提交。",
        "notice_number": "青政办函〔2026〕1号", "due_on": DUE, "publish_by": OUT, "at": makers.moment(OPENED),
    } | values
    return actions.open_campaign(by=given.pop("by", None) or office.supervisor, **given)


def member(campaign: Campaign, agency: Any) -> Member:
    """The line of an agency."""
    return Member.objects.select_related("agency", "campaign__root").get(campaign=campaign, agency=agency)


def sent(campaign: Campaign, by: Any, where: Any, *files: tuple[str, bytes], on: date = OPENED) -> list[UploadItem]:
    """Files sent and read."""
    batch = actions.take_in(
        by=by, campaign=campaign, agency=where, files=[annual.Incoming(name, [data]) for name, data in files],
        at=makers.moment(on),
    )
    for item in batch.items.all():
        annual.read(item_id=item.pk, at=makers.moment(on))
    return list(batch.items.select_related("batch__agency").order_by("position"))


def report_file(agency: Any, seed: int = 1) -> tuple[str, bytes]:
    """A report as an office would send it."""
    return f"{agency.name}.json", file_of(sample(seed, agency=agency.name, year=YEAR))


def submitted(office: makers.Office, agency: Any, *, on: date = date(2026, 1, 12)) -> Compilation:
    """Compiled from records, signed and submitted."""
    made = makers.signed(office, agency=agency)
    return compilations.submit(by=office.person(makers.roles.Clerk, agency), compilation=made, at=makers.moment(on))
