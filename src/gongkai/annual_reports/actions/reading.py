"""Reading a stored file, so that a worker may die at any moment and nothing is lost or done twice.

Each attempt has a number. An attempt writes its result only while the item is still `reading` under that number, so
one that was given up for dead and comes back late changes nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F

import gongkai
from gongkai.accounts.actor import Actor, machine
from gongkai.accounts.permissions import authorise
from gongkai.agencies import matching
from gongkai.agencies.models import Agency
from gongkai.annual_reports import readings
from gongkai.annual_reports.events import ItemRead, ItemRefused, ItemRetried
from gongkai.annual_reports.isolation import CRASHED, read_apart
from gongkai.annual_reports.models import UploadItem
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.annual_reports.states import ItemAct, ItemState, next_item
from gongkai.core.errors import ReadError, Refused
from gongkai.core.report.model import Report, Status
from gongkai.files.queries import content
from gongkai.infra import tasks
from gongkai.ledger.actions import record

READER = machine("读取程序")
MOST_ATTEMPTS = 3
log = structlog.get_logger(__name__)


def read(*, item_id: int, at: datetime, apart: bool = True) -> None:
    """Read one stored item. Harmless when it is not waiting: another worker has it, or it is done.

    `apart` reads in a child process under limits; only for files that this program wrote itself may it be False.
    """
    attempt = _begin(item_id, at)
    if attempt is None:
        return
    item = UploadItem.objects.select_related("file", "batch__agency").get(pk=item_id)
    try:
        assert item.file is not None
        report = _report(content(item.file), item.name, apart=apart)
    except (ReadError, Refused) as error:
        _refuse(item, attempt, error, at)
    except FileNotFoundError:
        _refuse(item, attempt, Refused("file-gone", "存储中找不到这个文件，请重新上传"), at)
    else:
        _finish(item, attempt, report, at)


@transaction.atomic
def pick_up_stale(*, at: datetime) -> int:
    """Queue again what a dead worker left in `reading`; after MOST_ATTEMPTS refuse it. Returns how many."""
    from gongkai.annual_reports.tasks import read_item

    limit = at - timedelta(seconds=settings.GONGKAI_TASK_STALE_SECONDS)
    stale = list(
        UploadItem.objects.select_for_update(of=("self",)).filter(state=ItemState.READING, started_at__lt=limit)
        .select_related("batch")
    )
    for item in stale:
        if item.attempts >= MOST_ATTEMPTS:
            _settle(item, item.attempts, _refusal(item, CRASHED))
            record(ItemRefused(CRASHED.code, CRASHED.message), by=READER, at=at, subject_id=item.pk,
                   agency_id=item.batch.agency_id)
        elif _settle(item, item.attempts, {"state": next_item(item.state, ItemAct.RETRY)}):
            record(ItemRetried(item.attempts), by=READER, at=at, subject_id=item.pk, agency_id=item.batch.agency_id)
            tasks.queue(read_item, item.pk)
    return len(stale)


@transaction.atomic
def retry(*, by: Actor, item: UploadItem, at: datetime) -> UploadItem:
    """Read a refused or read item again, because the reader has become better. Raises Refused, Denied."""
    from gongkai.annual_reports.tasks import read_item

    authorise(by, AnnualReportPermission.UPLOAD, item)
    item = UploadItem.objects.select_for_update(of=("self",)).select_related("batch").get(pk=item.pk)
    if item.state == ItemState.STORED:
        return item
    if item.file_id is None:
        raise Refused("not-stored", "这个文件没有保存下来，请重新上传")
    item.state = next_item(item.state, ItemAct.RETRY)
    item.attempts, item.refused_code, item.refused_message = 0, "", ""
    item.save(update_fields=["state", "attempts", "refused_code", "refused_message"])
    record(ItemRetried(0), by=by, at=at, subject_id=item.pk, agency_id=item.batch.agency_id)
    tasks.queue(read_item, item.pk)
    return item


def _report(data: bytes, name: str, *, apart: bool) -> Report:
    if not apart:
        from gongkai.core.report.read import read_report

        return read_report(data, name=name)
    return read_apart(
        data, name, seconds=settings.GONGKAI_READ_SECONDS, megabytes=settings.GONGKAI_READ_MEGABYTES,
    )


def _begin(item_id: int, at: datetime) -> int | None:
    begun = UploadItem.objects.filter(pk=item_id, state=ItemState.STORED).update(
        state=next_item(ItemState.STORED, ItemAct.BEGIN), started_at=at, attempts=F("attempts") + 1,
    )
    return UploadItem.objects.values_list("attempts", flat=True).get(pk=item_id) if begun else None


@transaction.atomic
def _finish(item: UploadItem, attempt: int, report: Report, at: datetime) -> None:
    from gongkai.core.report.checks import check

    candidates = matching.candidates(
        report.agency, near=item.batch.agency, hints=(report.title, report.signature),
        prose="\n".join([report.preamble, *(section.text for section in report.sections.values())]),
    )
    best = matching.certain(candidates)
    kind = Agency.objects.values_list("kind", flat=True).get(pk=best) if best is not None else None
    findings = check(report, kind=kind, today=at.date())
    done = _settle(item, attempt, {
        "state": next_item(item.state, ItemAct.FINISH), "reading": readings.dump(report),
        "findings": readings.dump_findings(findings), "recognised_agency_id": best,
        "recognised_year": report.year, "candidates": [c.as_dict() for c in candidates],
    })
    if done:
        values = sum(cell.status is Status.VALUE for cell in report.cells.values())
        assert item.file is not None
        record(
            ItemRead(item.file.sha256, gongkai.__version__, values, len(findings)), by=READER, at=at,
            subject_id=item.pk, agency_id=item.batch.agency_id,
        )
        log.info("item read", item=item.pk, attempt=attempt, count=values)


@transaction.atomic
def _refuse(item: UploadItem, attempt: int, error: ReadError | Refused, at: datetime) -> None:
    if _settle(item, attempt, _refusal(item, error)):
        record(ItemRefused(error.code, error.message), by=READER, at=at, subject_id=item.pk,
               agency_id=item.batch.agency_id)
        log.info("item refused", item=item.pk, code=error.code)


def _refusal(item: UploadItem, error: ReadError | Refused) -> dict[str, Any]:
    return {
        "state": next_item(item.state, ItemAct.FAIL), "refused_code": error.code,
        "refused_message": error.message[:500],
    }


def _settle(item: UploadItem, attempt: int, values: dict[str, Any]) -> bool:
    """Write the result of an attempt if it is still the one in charge."""
    return bool(UploadItem.objects.filter(pk=item.pk, state=ItemState.READING, attempts=attempt).update(**values))
