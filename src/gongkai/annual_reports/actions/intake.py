"""Taking files in: the bytes are on the disk before anything looks into them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import OperationalError, transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.agencies.models import Agency
from gongkai.annual_reports.events import BatchUploaded
from gongkai.annual_reports.models import UploadBatch, UploadItem
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.annual_reports.states import ItemState
from gongkai.core.errors import ReadError, Refused
from gongkai.files import names
from gongkai.files.actions import keep
from gongkai.files.models import StoredFile
from gongkai.files.queries import content
from gongkai.infra import locks, tasks
from gongkai.ledger.actions import record

_NO_ROOM = ("is full", "No space left")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it arrives: its name and its bytes in pieces (an UploadedFile's `chunks()`)."""

    name: str
    chunks: Iterable[bytes]


@dataclass(frozen=True, slots=True)
class _Arrived:
    name: str
    file: StoredFile | None
    refused: Refused | ReadError | None = None


def upload(
    *, by: Actor, agency: Agency, files: Iterable[Incoming], at: datetime, token: UUID | None = None,
) -> UploadBatch:
    """Take a batch in on behalf of `agency` and queue its files for reading.

    A zip is kept and its members become files of the batch. A file that cannot be kept or opened becomes a refused
    item with its reason and never stops the others. The same `token` again gives the same batch (a form sent
    twice). Raises Denied, and Refused: nothing-sent, token-used, disk-full; then nothing is taken in.
    """
    authorise(by, AnnualReportPermission.UPLOAD, agency)
    token = token or uuid4()
    sent = _sent(token)
    if sent is not None:
        return _same_sender(sent, by, agency)
    # Outside the transaction: slow disks must not hold the only writer of SQLite.
    try:
        arrived = [piece for incoming in files for piece in _take(incoming, at)]
        if not arrived:
            raise Refused("nothing-sent", "没有选择文件，请选择一个或多个年报文件，或一个 .zip 压缩包")
        return _register(by=by, agency=agency, arrived=arrived, token=token, at=at)
    except OperationalError as error:
        # The database lies on a disk as well: SQLite says "disk is full", PostgreSQL "No space left on device".
        if not any(words in str(error) for words in _NO_ROOM):
            raise
        raise Refused("disk-full", "服务器磁盘已满，这次上传没有收下；请联系管理员腾出空间后重新上传") from error


@transaction.atomic
def _register(*, by: Actor, agency: Agency, arrived: list[_Arrived], token: UUID, at: datetime) -> UploadBatch:
    from gongkai.annual_reports.tasks import read_item

    # One registration at a time: two of one form are one batch, and of two people with the same file the second
    # is told so. It is short, for the bytes are on the disk already.
    locks.serialise("upload")
    sent = _sent_meanwhile(token)
    if sent is not None:
        return _same_sender(sent, by, agency)
    batch = UploadBatch.objects.create(token=token, agency=agency, uploaded_by_id=by.user_id, uploaded_at=at)
    queued, refused, duplicates = [], 0, 0
    for position, piece in enumerate(arrived, start=1):
        item = UploadItem(batch=batch, position=position, name=piece.name, file=piece.file)
        earlier = _same_content(by, piece.file)
        if piece.refused is not None:
            item.state, item.refused_code = ItemState.REFUSED, piece.refused.code
            item.refused_message = piece.refused.message[:500]
            refused += 1
        elif earlier is not None:
            item.state, item.duplicate_of = ItemState.DUPLICATE, earlier
            duplicates += 1
        item.save()
        if item.state == ItemState.STORED:
            queued.append(item.pk)
    record(BatchUploaded(len(arrived), refused, duplicates), by=by, at=at, subject_id=batch.pk, agency_id=agency.pk)
    for item_id in queued:
        tasks.queue(read_item, item_id)
    return batch


def _take(incoming: Incoming, at: datetime) -> Iterator[_Arrived]:
    """Keep one file; an archive is kept as well and gives its members."""
    from gongkai.core.report.readers import archive

    name = names.safe(incoming.name)
    try:
        file, _new = keep(incoming.chunks, at=at, limit=settings.GONGKAI_UPLOAD_MAX_BYTES)
    except Refused as refused:
        if refused.code == "disk-full":
            raise  # it holds for every file of the batch
        yield _Arrived(name, None, refused)
        return
    data = content(file)
    if not archive.is_archive(data):
        yield _Arrived(name, file)
        return
    found = False
    try:
        for member in archive.members(data):
            found = True
            kept = None if member.data is None else keep((member.data,), at=at)[0]
            yield _Arrived(names.safe(member.name), kept, member.error)
    except ReadError as error:
        yield _Arrived(name, file, error)
    else:
        if not found:
            yield _Arrived(name, file, Refused("empty-archive", "压缩包里没有年报文件；压缩包已保存，请检查后重新上传"))


def _same_content(by: Actor, file: StoredFile | None) -> UploadItem | None:
    """An earlier item with the same bytes that is still good and that this person may know of."""
    if file is None:
        return None
    return UploadItem.objects.visible_to(by).filter(file=file).exclude(
        state__in=[ItemState.REFUSED, ItemState.DUPLICATE]
    ).order_by("pk").first()


def _sent(token: UUID) -> UploadBatch | None:
    return UploadBatch.objects.filter(token=token).first()


# Asked a second time under the lock: a form sent twice at once passes the first question twice.
_sent_meanwhile = _sent


def _same_sender(batch: UploadBatch, by: Actor, agency: Agency) -> UploadBatch:
    if batch.agency_id != agency.pk or batch.uploaded_by_id != by.user_id:
        raise Refused("token-used", "这张表单已由他人提交，请刷新页面后重新上传")
    return batch
