"""Files of a case. They are kept encrypted and never taken away again."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import authorise
from gongkai.applications.actions.parts import seal_files
from gongkai.applications.submission import Incoming
from gongkai.applications.uploads import accepted
from gongkai.core.errors import Refused
from gongkai.disputes.actions import parts
from gongkai.disputes.events import DisputePaperAttached
from gongkai.disputes.models import Dispute, DisputePaper, PaperKind, Proceeding
from gongkai.disputes.permissions import DisputePermission as P
from gongkai.disputes.states import Act
from gongkai.ledger.actions import record


@transaction.atomic
def attach(
    *, by: Actor, dispute: Dispute, name: str, data: bytes, kind: str, at: datetime,
    proceeding: Proceeding | None = None,
) -> DisputePaper:
    """Add a file to the case. The same file once more gives the paper that is there.

    Raises Refused: paper-kind, proceeding-elsewhere, a file that is not taken (applications.uploads), disk-full,
    not-now; Denied.
    """
    authorise(by, P.HANDLE, dispute)
    now, state = parts.taken(dispute, Act.ATTACH)
    if kind not in set(PaperKind):
        raise Refused("paper-kind", "请选择材料的种类；没有保存")
    if proceeding is not None and proceeding.dispute_id != now.pk:
        raise Refused("proceeding-elsewhere", "所选的审理程序不是这件案件的；没有保存")
    (file,) = accepted([Incoming(name, [data])])
    digest = hashlib.sha256(file.data).hexdigest()
    there = DisputePaper.objects.filter(dispute=now, sha256=digest).first()
    if there is not None:
        return there
    ((kept, sealed),) = seal_files([file], at)
    paper = DisputePaper.objects.create(
        dispute=now, proceeding=proceeding, kind=kind, name=kept, size=len(file.data), sha256=digest, sealed=sealed,
        added_by_id=by.user_id, added_at=at,
    )
    parts.put(now, state)
    record(DisputePaperAttached(kind, paper.size, digest), by=by, at=at, subject_id=now.pk, agency_id=now.agency_id)
    return paper
