"""Files of a draft: screened, the original sealed, a cleaned one kept for the public (Arts. 14, 15, 17, 37)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise, may
from gongkai.core.errors import Refused
from gongkai.files.actions import keep
from gongkai.files.names import safe
from gongkai.ledger.actions import record
from gongkai.publications.actions.parts import put, taken, writing, wrote
from gongkai.publications.events.drafting import (
    FileAttached,
    FileLookedAt,
    FileRemoved,
    FilesArranged,
    WarningsAccepted,
)
from gongkai.publications.models import Attachment, Edition
from gongkai.publications.permissions import PublicationPermission as P
from gongkai.publications.rules import files as rules
from gongkai.publications.states import Act, after
from gongkai.publications.uploads import Examined, examine, name_blocked
from gongkai.vault.actions import seal_file


def attach(
    *, by: Actor, edition: Edition, name: str, data: bytes, at: datetime, seen: int | None = None,
) -> Attachment:
    """Take a file in. The original is sealed whatever it holds; what the public gets is the cleaned one.

    The verdict stands on the row: a file that blocks or cannot be read is kept sealed and cannot be sent. It is
    screened before the transaction: nobody waits for it. Raises Refused: file-empty, too-large, files-count,
    handed-in, not-now, changed-meanwhile, disk-full; Denied.
    """
    authorise(by, writing(by, edition.publication, edition), edition.publication)
    after(edition.state, Act.ATTACH)
    rules.size(len(data), settings.GONGKAI_PUBLICATION_FILE_BYTES)
    looked = examine(data, safe(name))
    return _attach(by=by, edition=edition, data=data, looked=looked, at=at, seen=seen)


@transaction.atomic
def _attach(
    *, by: Actor, edition: Edition, data: bytes, looked: Examined, at: datetime, seen: int | None,
) -> Attachment:
    now, state = taken(edition, Act.ATTACH, seen=seen)
    authorise(by, writing(by, now.publication, now), now.publication)
    count = now.attachments.count()
    rules.count(count, settings.GONGKAI_PUBLICATION_FILES)
    _stored, original = seal_file(chunks=[data], at=at, limit=settings.GONGKAI_PUBLICATION_FILE_BYTES)
    cleaned = keep([looked.cleaned], at=at)[0] if looked.cleaned is not None else None
    wrote(now, by, at)
    last = now.attachments.aggregate(last=Max("order"))["last"]
    attachment = Attachment.objects.create(
        edition=now, order=0 if last is None else last + 1, name=_unlike(now, looked.name), original=original,
        original_name=looked.original_name, original_sha256=looked.original_sha256,
        original_findings=looked.original_findings, cleaned=cleaned, sha256=cleaned.sha256 if cleaned else "",
        size=cleaned.size if cleaned else 0, format=looked.format, text=looked.text, verdict=looked.verdict,
        findings=looked.findings, removed=looked.removed, needs_look=looked.needs_look, added_by_id=by.user_id,
        added_at=at,
    )
    now.warnings_accepted_by = None
    put(now, state)
    record(
        FileAttached(
            now.number, attachment.pk, attachment.original_sha256, attachment.sha256, attachment.verdict,
            len(attachment.original_findings),
        ), by=by, at=at, subject_id=now.publication_id, agency_id=now.publication.agency_id,
    )
    return attachment


@transaction.atomic
def detach(*, by: Actor, attachment: Attachment, at: datetime, seen: int | None = None) -> Edition:
    """Take a file out of a draft. Raises Refused: handed-in, not-now, changed-meanwhile; Denied."""
    now, state = taken(attachment.edition, Act.ATTACH, seen=seen)
    authorise(by, writing(by, now.publication, now), now.publication)
    row = _of(now, attachment)
    pk, sha256 = row.pk, row.original_sha256
    row.delete()
    wrote(now, by, at)
    put(now, state)
    record(
        FileRemoved(now.number, pk, sha256), by=by, at=at, subject_id=now.publication_id,
        agency_id=now.publication.agency_id,
    )
    return now


@transaction.atomic
def rename(*, by: Actor, attachment: Attachment, name: str, at: datetime, seen: int | None = None) -> Attachment:
    """Call a file something else; its ending stays. The name is screened too.

    Raises Refused: words-missing, name-blocked, handed-in, not-now, changed-meanwhile; Denied.
    """
    now, state = taken(attachment.edition, Act.ATTACH, seen=seen)
    authorise(by, writing(by, now.publication, now), now.publication)
    row = _of(now, attachment)
    called = safe(rules.name(name, row.name))
    if name_blocked(called):
        raise Refused("name-blocked", "文件名里有个人信息或者密级字样，没有改名；请换一个名称（第十五条）")
    row.name = called if called == row.name else _unlike(now, called, but=row.pk)
    row.save(update_fields=["name"])
    wrote(now, by, at)
    put(now, state)
    record(
        FilesArranged(now.number), by=by, at=at, subject_id=now.publication_id, agency_id=now.publication.agency_id,
    )
    return row


@transaction.atomic
def reorder(
    *, by: Actor, edition: Edition, keys: Sequence[int], at: datetime, seen: int | None = None,
) -> Edition:
    """Put the files in the order of their `keys`. Raises Refused: files-which, not-now, changed-meanwhile; Denied."""
    now, state = taken(edition, Act.ATTACH, seen=seen)
    authorise(by, writing(by, now.publication, now), now.publication)
    rows = {row.pk: row for row in now.attachments.all()}
    rules.all_of(keys, rows)
    for order, key in enumerate(keys):
        rows[key].order = order
        rows[key].save(update_fields=["order"])
    wrote(now, by, at)
    put(now, state)
    record(
        FilesArranged(now.number), by=by, at=at, subject_id=now.publication_id, agency_id=now.publication.agency_id,
    )
    return now


@transaction.atomic
def look(*, by: Actor, attachment: Attachment, at: datetime) -> Attachment:
    """A reviewer, or a colleague of the office, has looked at what could not be screened; never whoever added it.

    Raises Refused: own-file, nothing-to-look-at, not-now; Denied.
    """
    publication = attachment.edition.publication
    authorise(by, P.REVIEW if may(by, P.REVIEW, publication) else P.HANDLE, publication)
    now, _state = taken(attachment.edition, Act.PLAN)
    row = _of(now, attachment)
    rules.lookable(needs=row.needs_look, mine=by.user_id is None or row.added_by_id == by.user_id)
    row.checked_by_id, row.checked_at = by.user_id, at
    row.save(update_fields=["checked_by", "checked_at"])
    record(
        FileLookedAt(now.number, row.pk, row.sha256), by=by, at=at, subject_id=now.publication_id,
        agency_id=now.publication.agency_id,
    )
    return row


@transaction.atomic
def accept_warnings(*, by: Actor, edition: Edition, at: datetime, seen: int | None = None) -> Edition:
    """Say that each warning was looked at and may go out. What changes afterwards must be accepted anew.

    Raises Refused: no-warnings, handed-in, not-now, changed-meanwhile; Denied.
    """
    now, state = taken(edition, Act.EDIT, seen=seen)
    authorise(by, writing(by, now.publication, now), now.publication)
    found = len(now.screening) + sum(len(file.findings) for file in now.attachments.filter(verdict="warn"))
    rules.warnings(found)
    now.warnings_accepted_by_id = by.user_id
    put(now, state)
    record(
        WarningsAccepted(now.number, found), by=by, at=at, subject_id=now.publication_id,
        agency_id=now.publication.agency_id,
    )
    return now


def _of(edition: Edition, attachment: Attachment) -> Attachment:
    """The row as it is now. Raises Refused: file-gone."""
    row = edition.attachments.select_for_update(no_key=True).filter(pk=attachment.pk).first()
    if row is None:
        raise Refused("file-gone", "这个附件已经被删除；请刷新页面看最新情况")
    row.edition = edition
    return row



def _unlike(edition: Edition, name: str, but: int = 0) -> str:
    """A name that no other file of the edition has."""
    taken_names = set(edition.attachments.exclude(pk=but).values_list("name", flat=True))
    return rules.unlike(name, taken_names)
