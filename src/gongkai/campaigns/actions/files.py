"""Files of members that do not work here: kept, read by the same rules, confirmed and handed in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.agencies.models import Agency
from gongkai.annual_reports import actions as annual
from gongkai.annual_reports.models import UploadBatch, UploadItem
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.campaigns.actions.parts import held
from gongkai.campaigns.events import FileAccepted, FilesHandedIn
from gongkai.campaigns.models import Campaign, Handed, Member
from gongkai.compilations import actions as compilations
from gongkai.compilations.models import Compilation
from gongkai.core.errors import Refused
from gongkai.infra import locks
from gongkai.ledger.actions import record


def take_in(
    *, by: Actor, campaign: Campaign, agency: Agency, files: Iterable[annual.Incoming], at: datetime,
    token: UUID | None = None,
) -> UploadBatch:
    """Keep files that were sent for a campaign and queue them for reading. What cannot be read is kept and says why;
    the rest goes on. The same `token` again is the same batch.

    Raises Refused: nothing-sent, token-used, disk-full; Denied.
    """
    authorise(by, AnnualReportPermission.UPLOAD, agency)
    batch = annual.upload(by=by, agency=agency, files=files, at=at, token=token)
    _register(by=by, campaign=campaign, batch=batch, at=at)
    return batch


@transaction.atomic
def _register(*, by: Actor, campaign: Campaign, batch: UploadBatch, at: datetime) -> None:
    locks.serialise(f"campaign-{campaign.root_id}-{campaign.year}")
    _row, new = Handed.objects.get_or_create(batch=batch, defaults={"campaign": campaign})
    if new:
        record(FilesHandedIn(batch.pk), by=by, at=at, subject_id=campaign.pk, agency_id=batch.agency_id)


@transaction.atomic
def accept_file(
    *, by: Actor, campaign: Campaign, item: UploadItem, agency: Agency, scope: str, at: datetime,
    replace: bool = False,
) -> Compilation:
    """Say whose report a read file is: it is filed for the campaign's year and submitted in one act.

    Raises Refused: not-a-member, campaign-closed, and what confirming and handing in refuse; Denied.
    """
    authorise(by, AnnualReportPermission.CONFIRM, agency)
    now = held(campaign)
    if not Member.objects.owing().filter(campaign=now, agency=agency, scope=scope).exists():
        raise Refused(
            "not-a-member", "%(agency)s不是这项工作中要报这份年报的机关，没有收；请核对机关和范围，或者先增加它",
            agency=agency.name,
        )
    version = annual.confirm(by=by, item=item, agency=agency, year=now.year, scope=scope, replace=replace, at=at)
    made = compilations.hand_in(by=by, report=version.report, at=at)
    record(
        FileAccepted(agency.pk, item.pk, version.number), by=by, at=at, subject_id=now.pk, agency_id=agency.pk,
    )
    return made
